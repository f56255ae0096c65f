// Independence by walking upwards; totals by a loop over all items for each unit.
#include "simulation/slow_history.h"

#include <algorithm>
#include <tuple>

#include "ledger/item.h"

namespace tz::test {

using namespace ledger;

bool SlowHistory::reaches(UnitId unit, UnitId superior, Day day) const {
  if (unit == superior) return true;
  const UnitId parent = parents_[unit.value];
  if (parent != unit && reaches(parent, superior, day)) return true;
  return std::any_of(lines_.begin(), lines_.end(), [&](const LineEdge& edge) {
    return edge.unit == unit && edge.line != LineKind::Area && edge.from <= day &&
           (!edge.to || day <= *edge.to) && reaches(edge.superior, superior, day);
  });
}

bool SlowHistory::lies_in(UnitId unit, UnitId ancestor) const {
  while (unit != ancestor) {
    if (parents_[unit.value] == unit) return false;
    unit = parents_[unit.value];
  }
  return true;
}

void SlowHistory::take_part(Case& about, PostId actor) {
  if (actor.value == 0) return;
  const PostGranted& post = posts_[actor.value - 1];
  about.persons.insert(post.account.value);
  about.persons_units.insert(post.unit.value);
}

Violation SlowHistory::dependent(const Case& about, PostId id, Day day) const {
  if (id.value < 1 || id.value > posts_.size()) return "was given by no post at all";
  const PostGranted& post = posts_[id.value - 1];
  if (post.role != Role::Verifier) return "was given by somebody who is no verifier";
  if (about.persons.contains(post.account.value)) return "was given by somebody who took part";
  if (about.persons_units.contains(post.unit.value)) return "was given by a unit that took part";
  for (const auto* units : {&about.fixing, &about.supporting})
    for (std::uint32_t unit : *units)
      if (reaches(post.unit, UnitId{unit}, day))
        return "was given by a unit that fixes or supports, or by one below it";
  return std::nullopt;
}

Violation SlowHistory::dependent(std::uint64_t item, PostId post, Day day) const {
  const auto known = cases_.find(item);
  return known == cases_.end() ? std::nullopt : dependent(known->second, post, day);
}

Violation SlowHistory::verified(const Case& about, const journal::Record& record,
                                const VerificationGiven& event) const {
  const Day day = day_of(record.recorded, Zone{});
  std::set<std::uint64_t> persons;
  std::vector<PostId> posts = event.checkers;
  posts.push_back(record.actor);
  for (PostId post : posts) {
    if (Violation wrong = dependent(about, post, day)) return "a verification " + *wrong;
    persons.insert(posts_[post.value - 1].account.value);
  }
  const bool by_two = event.stage == Stage::OnSite || event.stage == Stage::LookBack;
  if (by_two && persons.size() < 2) return "one person alone checked";
  return std::nullopt;
}

Violation SlowHistory::take(const engine::OpenedRecord& opened) {
  const journal::Record& record = opened.record;
  const Event& event = opened.event.event;
  ++counts_[record.type];
  if (const auto* units = std::get_if<UnitsRegistered>(&event))
    for (const UnitRow& row : units->rows) parents_.push_back(row.parent);
  if (const auto* lines = std::get_if<UnitLinesAdded>(&event))
    lines_.insert(lines_.end(), lines->edges.begin(), lines->edges.end());
  if (const auto* post = std::get_if<PostGranted>(&event)) posts_.push_back(*post);
  if (!record.item) return std::nullopt;
  items_.insert(*record.item);
  Case& about = cases_[*record.item];
  Violation wrong;
  if (const auto* assigned = std::get_if<Assigned>(&event)) {
    about.fixing.insert(assigned->lead.value);
    for (UnitId unit : assigned->responsible) about.fixing.insert(unit.value);
    for (UnitId unit : assigned->supporting) about.supporting.insert(unit.value);
  } else if (const auto* measure = std::get_if<MeasurePlanned>(&event)) {
    about.fixing.insert(measure->owner.value);
    take_part(about, record.actor);
  } else if (const auto* part = std::get_if<PartAssigned>(&event)) {
    about.supporting.insert(part->unit.value);
    if (part->called) take_part(about, record.actor);
  } else if (std::holds_alternative<ProgressReported>(event) ||
             std::holds_alternative<PartDone>(event)) {
    take_part(about, record.actor);
  } else if (const auto* moved = std::get_if<TransitionTaken>(&event)) {
    if (moved->transition == "request_closure") take_part(about, record.actor);
  } else if (const auto* verification = std::get_if<VerificationGiven>(&event)) {
    ++verification_count_;
    wrong = verified(about, record, *verification);
    if (verification->stage == Stage::Preliminary) about.review_passed = verification->passed;
    if (verification->stage == Stage::OnSite) about.check_passed = verification->passed;
    if (verification->stage == Stage::Return) about.review_passed = about.check_passed = false;
  } else if (std::holds_alternative<ItemReopened>(event)) {
    about.review_passed = about.check_passed = false;
  } else if (const auto* closed = std::get_if<ItemClosed>(&event)) {
    if (closed->fixed && !(about.review_passed && about.check_passed))
      wrong = "closed as fixed without a review and a check of this round";
  } else if (std::holds_alternative<JudgementGiven>(event) && record.actor.value != 0) {
    const PostGranted& post = posts_[record.actor.value - 1];
    if (about.persons.contains(post.account.value)) wrong = "judged by somebody who took part";
  }
  if (!wrong) return std::nullopt;
  return "record " + std::to_string(record.seq.value) + ": " + *wrong;
}

namespace {

struct Expected {
  rollup::Totals below;
  rollup::Totals own;
  std::map<std::pair<std::string, std::string>, rollup::QuantitySum> sums;
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::pair<std::uint32_t, std::uint32_t>> states;
};

void count_item(rollup::PhaseCounts& counts, const ItemRow& row, bool overdue) {
  const auto phase = static_cast<std::size_t>(row.phase);
  ++counts.count[phase];
  if (overdue) ++counts.overdue[phase];
  if (row.phase == Phase::Closed && row.fixed) ++counts.closed_fixed;
  if (row.reopened > 0) ++counts.reopened;
}

void add_sum(Expected& expected, const ItemQuantity& quantity) {
  auto& sum = expected.sums[{quantity.id, quantity.unit}];
  sum.id = quantity.id;
  sum.unit = quantity.unit;
  sum.value += quantity.value;
  ++sum.item_count;
  const bool over = quantity.qualifier == Qualifier::Over || sum.qualifier == Qualifier::Over;
  const bool about = quantity.qualifier == Qualifier::About || sum.qualifier == Qualifier::About;
  sum.qualifier = about ? Qualifier::About : over ? Qualifier::Over : Qualifier::Exact;
}

Violation compare_unit(const Expected& expected, const rollup::View& view, UnitId unit) {
  const std::string where = " of unit " + std::to_string(unit.value);
  if (!(view.totals(unit) == expected.below)) return "the totals" + where;
  if (!(view.own_totals(unit) == expected.own)) return "the own totals" + where;
  auto sums = view.quantities(unit, rollup::kAllKinds);
  std::sort(sums.begin(), sums.end(), [](const auto& a, const auto& b) {
    return std::tie(a.id, a.unit) < std::tie(b.id, b.unit);
  });
  std::vector<rollup::QuantitySum> wanted;
  for (const auto& [name, sum] : expected.sums) wanted.push_back(sum);
  if (sums != wanted) return "the quantities" + where;
  rollup::Filter filter;
  filter.unit = unit;
  std::uint32_t states = 0;
  for (const rollup::StateCount& count : view.by_state(filter)) {
    const auto found = expected.states.find({count.flow, count.state});
    if (found == expected.states.end() || found->second.first != count.count ||
        found->second.second != count.overdue)
      return "the counts by state" + where;
    ++states;
  }
  if (states != expected.states.size()) return "the counts by state" + where;
  std::uint32_t all = 0;
  for (const rollup::PhaseCounts& kind : expected.below.kinds)
    for (std::uint32_t count : kind.count) all += count;
  if (view.count(filter) != all) return "the count" + where;
  return std::nullopt;
}

}  // namespace

Violation compare_totals(const SlowHistory& history, const State& state, const rollup::View& view,
                         const std::vector<Item>& items) {
  for (std::uint32_t id = 0; id < history.unit_count(); ++id) {
    Expected expected;
    for (const Item& item : items) {
      const ItemRow row = row_of(item, state);
      if (row.import || !history.lies_in(row.place, UnitId{id})) continue;
      const bool overdue =
          is_open(row.phase) && row.due && end_of(*row.due, state.zone) <= view.instant();
      count_item(expected.below.kinds[row.kind], row, overdue);
      if (row.place == UnitId{id}) count_item(expected.own.kinds[row.kind], row, overdue);
      auto& by_state = expected.states[{row.flow, row.state}];
      ++by_state.first;
      if (overdue) ++by_state.second;
      for (const ItemQuantity& quantity : quantities_of(item)) add_sum(expected, quantity);
    }
    if (Violation wrong = compare_unit(expected, view, UnitId{id})) return wrong;
  }
  return std::nullopt;
}

}  // namespace tz::test
