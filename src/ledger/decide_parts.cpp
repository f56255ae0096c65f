// Several units on one matter: parts of supporting units, calls, and shares of their own.
#include <algorithm>

#include "ledger/acting.h"
#include "ledger/checkable.h"
#include "ledger/clock.h"
#include "ledger/guard.h"

namespace tz::ledger {
namespace {

bool holds(const std::vector<UnitId>& units, UnitId unit) {
  return std::find(units.begin(), units.end(), unit) != units.end();
}

std::string code_of(const Acting& a, UnitId unit) {
  return std::string(a.at.state.tree->code(unit));
}

void add_part(Acting& a, std::size_t number, const GivenPart& part, bool called) {
  a.add(PartAssigned{static_cast<std::uint16_t>(number), part.unit, part.due, called},
        {{"part", part.text}});
}

// The step by which a share that was just listed is given to its unit.
const Transition* first_assignment(const Flow& flow) {
  for (const Transition& one : flow.transitions)
    if (one.act == Act::Assign && one.leaves(0)) return &one;
  return nullptr;
}

// An item of its own, given to its unit at once.
Outcome open_share(Acting& a, const Flow& flow, const GivenShare& share) {
  const Transition* assigned = first_assignment(flow);
  if (assigned == nullptr) return refusal("transition_unknown", {{"transition", "assign"}});
  ItemOpened opened;
  opened.no = share.no;
  opened.kind = flow.kind;
  opened.flow_version = flow.version;
  opened.place = share.place.value_or(counted_at(a.item, a.item.place, a.at.state));
  opened.source = a.item.source;
  opened.category = a.item.category;
  opened.nature = a.item.nature;
  opened.severity = a.item.severity;
  opened.fix_class = a.item.fix_class;
  opened.batch = a.item.batch;
  opened.feedback = a.item.feedback;
  if (a.item.special) {
    const SpecialName special = *special_named(a.at.state.specials[*a.item.special].name);
    opened.programme = special.programme;
    opened.requirement = special.requirement;
  }
  std::vector<EventDraft> drafts;
  Item item = open(a.at.state, opened, {{}, a.at.now, a.post, 0, {}});
  drafts.push_back({opened, share.no, {{"title", share.title}}});
  TZ_TRY(start_clocks(a.at, flow, opened, drafts));
  for (std::size_t i = 1; i < drafts.size(); ++i)
    apply(item, a.at.state, drafts[i].event, {{}, a.at.now, a.post, 0, {}});
  drafts.push_back({ItemsLinked{LinkKind::ShareOf, a.item.no}, share.no, {}});
  drafts.push_back(
      {Assigned{share.lead, {}, {}, a.item.supervising, {}, share.due, {}}, share.no, {}});
  const std::uint16_t to = assigned->target(0);
  TZ_TRY(turn_clocks(a.at, item, *assigned, to, {}, drafts));
  drafts.push_back(
      {TransitionTaken{assigned->id, flow.states[0].id, flow.states[to].id}, share.no, {}});
  for (EventDraft& draft : drafts) a.after.push_back(std::move(draft));
  return Done{};
}

}  // namespace

std::vector<UnitId> with_parts(const ActionInput& input) {
  std::vector<UnitId> out = input.supporting;
  for (const GivenPart& part : input.parts)
    if (!holds(out, part.unit)) out.push_back(part.unit);
  return out;
}

Refused assign_parts(Acting& a, const std::optional<Day>& due) {
  std::size_t number = a.item.parts.size();
  std::vector<UnitId> seen;
  for (const GivenPart& part : a.input.parts) {
    const Facts which = {{"unit", code_of(a, part.unit)}};
    if (part.unit == *a.input.lead || holds(a.input.responsible, part.unit))
      return refusal("part_of_lead", which);
    if (holds(seen, part.unit)) return refusal("part_twice", which);
    seen.push_back(part.unit);
    if (auto error = not_past(a, part.due)) return error;
    if (due && part.due > *due) return refusal("part_after_deadline", which);
    add_part(a, ++number, part, false);
  }
  return std::nullopt;
}

Refused contribute(Acting& a) {
  const Post* post = a.at.state.post(a.post);
  TZ_ASSERT(post != nullptr);
  bool any = false;
  add_evidence(a);
  for (const UnitPart& part : a.item.parts) {
    if (part.done || part.ended || a.at.state.now_of(part.unit, a.today) != post->unit) continue;
    a.add(PartDone{part.part});
    any = true;
  }
  if (!any) return refusal("part_none", {{"unit", code_of(a, post->unit)}});
  return std::nullopt;
}

// A township calls what lies beside and above it; what lies below it does as it is told.
Refused call_in(Acting& a) {
  for (const char* field : {"parts", "reason"})
    if (auto error = required(field, a.input)) return error;
  const Post* post = a.at.state.post(a.post);
  TZ_ASSERT(post != nullptr);
  const OrgTree& tree = *a.at.state.tree;
  if (tree.kind(post->unit) != UnitKind::Township)
    return refusal("call_in_not_township", {{"unit", code_of(a, post->unit)}});
  std::size_t number = a.item.parts.size();
  std::vector<UnitId> seen;
  for (const GivenPart& part : a.input.parts) {
    const Facts which = {{"unit", code_of(a, part.unit)}};
    if (tree.within(part.unit, post->unit)) return refusal("call_in_below", which);
    if (auto error = nobody_to_check(a, {part.unit})) return error;
    if (auto error = not_past(a, part.due)) return error;
    if (a.item.due && *a.item.due < part.due) return refusal("part_after_deadline", which);
    for (const UnitPart& other : a.item.parts)
      if (other.unit == part.unit && !other.done && !other.ended)
        return refusal("part_twice", which);
    if (holds(seen, part.unit)) return refusal("part_twice", which);
    seen.push_back(part.unit);
    add_part(a, ++number, part, true);
  }
  return std::nullopt;
}

// Both sides say how it was: whoever called, of who came, and who came, of the call. Who has not
// come by its date is said to have failed, and the part is waited for no longer.
Refused assess(Acting& a) {
  for (const char* field : {"part", "good"})
    if (auto error = required(field, a.input)) return error;
  const Post* post = a.at.state.post(a.post);
  TZ_ASSERT(post != nullptr);
  const Facts which = {{"part", std::to_string(*a.input.part)}};
  const auto part = std::find_if(a.item.parts.begin(), a.item.parts.end(),
                                 [&](const UnitPart& one) { return one.part == *a.input.part; });
  if (part == a.item.parts.end() || part->ended) return refusal("part_unknown", which);
  if (!part->done && a.today <= part->due) return refusal("part_not_due", which);
  const bool called = a.at.state.now_of(part->unit, a.today) == post->unit;
  // Of a part that was assigned, only that it was not done by its date.
  if (!part->called && (called || part->done || *a.input.good))
    return refusal("part_unknown", which);
  if (called ? part->called_right : part->came_well) return refusal("part_assessed", which);
  if (!*a.input.good)
    if (auto error = required("reason", a.input)) return error;
  PartAssessed event{part->part, called ? PartSide::Called : PartSide::Caller, *a.input.good, {}};
  if (!part->called) event.assigned = true;
  a.add(event);
  return std::nullopt;
}

Refused split(Acting& a) {
  for (const char* field : {"shares", "reason"})
    if (auto error = required(field, a.input)) return error;
  // A share lies open to those whom the report may complain of.
  if (a.item.report) return refusal("report_not_split");
  // What comes back brings its whole back; a whole of wholes would be asked of nobody.
  if (a.item.share_of) return refusal("share_not_split");
  const Flow& own = flow_of(a.item, a.at.state);
  const Flow& flow = *a.at.state.flows[*a.at.state.flow_of(own.kind)];
  const UnitId whole = counted_at(a.item, a.item.place, a.at.state);
  std::vector<UnitId> seen;
  for (const GivenShare& share : a.input.shares) {
    if (holds(seen, share.lead)) return refusal("share_twice", {{"unit", code_of(a, share.lead)}});
    seen.push_back(share.lead);
    if (auto error = not_past(a, share.due)) return error;
    if (share.place && !a.at.state.tree->within(*share.place, whole))
      return refusal("share_outside", {{"unit", code_of(a, *share.place)}});
    if (auto error = lead_unlisted(a.at, a.item, share.lead)) return error;
    if (auto error = nobody_to_check(a, {share.lead})) return error;
    TZ_ASSERT(a.at.item(share.no) == nullptr);
    a.add(ItemsLinked{LinkKind::HasShare, share.no});
    const Outcome done = open_share(a, flow, share);
    if (!done.ok()) return done.error();
  }
  return std::nullopt;
}

}  // namespace tz::ledger
