// Which items are work of a post, and comparing two lists of them.
#include "ledger/handover.h"

#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "ledger/decide_item.h"
#include "ledger/verdict.h"
#include "ledger/waiting.h"

namespace tz::ledger {
namespace {

bool fixes(const State& state, const Post& post, const Item& item, Day day) {
  if (post.role != Role::Responsible) return false;
  const auto its = [&](UnitId unit) {
    return unit == post.unit || state.now_of(unit, day) == post.unit;
  };
  return (item.lead && its(*item.lead)) ||
         std::any_of(item.responsible.begin(), item.responsible.end(), its) ||
         std::any_of(item.measures.begin(), item.measures.end(), [&](const Measure& measure) {
           return its(measure.owner) && !measure.done && !measure.ended;
         });
}

// Whether nobody is to be asked now of what is asked once a deadline is over.
bool nobody_to_ask(const Transition& transition, const Item& item, const State& state, Day day) {
  const bool over = item.due && *item.due < day;
  const bool of_one = transition.guard(GuardKind::SomebodyBrought) != nullptr;
  return !over || verdict_refused(transition, item) || (of_one && !brought(item, state));
}

bool takes_step(const State& state, const Post& post, const Item& item, Day day) {
  const Flow& flow = flow_of(item, state);
  return std::any_of(
      flow.transitions.begin(), flow.transitions.end(), [&](const Transition& transition) {
        if (!transition.leaves(item.state) || !moves_on(flow, transition, item.state)) return false;
        if (waits_for_deadline(flow, transition, item.state) &&
            nobody_to_ask(transition, item, state, day))
          return false;
        const Relations relations =
            usable(state, step_wish(transition), post.role).without(Relation::Mandate);
        return stands_in(post, relations, item, state, day) &&
               !recused(state, post, item, day, transition.act);
      });
}

}  // namespace

std::vector<WorkPart> work_parts(const State& state, const Post& post, const Item& item, Day day) {
  std::vector<WorkPart> out;
  if (is_staged(item, state) || !is_open(phase_of(item, state))) return out;
  // It stays a duty of the unit: no list shows it to whom it may complain of.
  if (item.report && item.report->accusation) return out;
  if (std::find(item.handed_from.begin(), item.handed_from.end(), post.id) !=
      item.handed_from.end())
    return out;
  const Post* recorder = state.post(item.recorder);
  // What was listed for a work group is the group's.
  if (!item.work_group && recorder != nullptr && recorder->place() == post.id)
    out.push_back(WorkPart::Recorder);
  if (fixes(state, post, item, day)) out.push_back(WorkPart::Fixer);
  if (takes_step(state, post, item, day)) out.push_back(WorkPart::Step);
  return out;
}

Hash hash_of(const WorkList& list) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.raw(as_bytes("tz/handover/1"));
  writer.u8(0);
  writer.raw(list.salt);
  for (const OpenWork& one : list.items) {
    writer.u64(one.item.value);
    writer.u64(one.version.value);
    writer.u8(static_cast<std::uint8_t>(one.parts.size()));
    for (const WorkPart part : one.parts) writer.u8(static_cast<std::uint8_t>(part));
  }
  return sha256(bytes);
}

std::string_view to_text(WorkChange::What what) {
  switch (what) {
    case WorkChange::What::Came:
      return "came";
    case WorkChange::What::Went:
      return "went";
    case WorkChange::What::Changed:
      break;
  }
  return "changed";
}

std::vector<WorkChange> changes(const WorkList& before, const WorkList& now) {
  std::map<ItemNo, const OpenWork*> left;
  for (const OpenWork& one : before.items) left[one.item] = &one;
  std::map<ItemNo, WorkChange::What> found;
  for (const OpenWork& one : now.items) {
    const auto known = left.find(one.item);
    if (known == left.end()) {
      found[one.item] = WorkChange::What::Came;
      continue;
    }
    if (!(*known->second == one)) found[one.item] = WorkChange::What::Changed;
    left.erase(known);
  }
  for (const auto& [no, work] : left) found[no] = WorkChange::What::Went;
  std::vector<WorkChange> out;
  out.reserve(found.size());
  for (const auto& [no, what] : found) out.push_back({no, what});
  return out;
}

}  // namespace tz::ledger
