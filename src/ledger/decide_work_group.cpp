// A group is sent by a post that is over all it is sent to; what it does there, it does by that.
#include "ledger/decide_work_group.h"

#include <algorithm>

#include "ledger/burden.h"
#include "ledger/decide_units.h"
#include "ledger/given_text.h"
#include "ledger/interval.h"
#include "ledger/permission.h"
#include "ledger/post_scope.h"

namespace tz::ledger {
namespace {

using Refused = std::optional<Error>;

constexpr std::int64_t kVisitsMax = 31;
constexpr std::int64_t kPapersMax = 1000;

Facts numbered(WorkGroupId group) { return {{"group", std::to_string(group.value)}}; }

template <class T>
bool twice(std::vector<T> some) {
  std::sort(some.begin(), some.end());
  return std::adjacent_find(some.begin(), some.end()) != some.end();
}

template <class T>
Refused list_fault(const char* field, const std::vector<T>& some, std::size_t count_max) {
  if (some.size() > count_max)
    return refusal("list_too_long", {{"field", field}, {"count_max", std::to_string(count_max)}});
  if (twice(some)) return refusal("field_bad", {{"field", field}});
  return std::nullopt;
}

// One post of the actor that is over each of these units.
Result<PostId> sends(const Circumstances& at, const std::vector<UnitId>& units) {
  const Wish wish{Right::WorkGroupMandate, nullptr, to_text(Right::WorkGroupMandate)};
  std::optional<Error> error;
  for (const Post& post : at.state.posts_of(at.actor.account, day_of(at.now, at.state.zone))) {
    if (at.actor.post && *at.actor.post != post.id) continue;
    Circumstances in_it = at;
    in_it.actor.post = post.id;
    const bool over_all = std::all_of(units.begin(), units.end(), [&](UnitId unit) {
      const auto one = permitted(in_it, wish, unit);
      if (!one.ok()) error = one.error();
      return one.ok();
    });
    if (over_all) return post.id;
  }
  if (!error) error = permitted(at, wish, units.front()).error();
  return *error;
}

Refused members_fault(const State& state, const std::vector<PostId>& members, Day today) {
  if (members.empty()) return refusal("field_required", {{"field", "members"}});
  if (auto error = list_fault("members", members, kGroupMembersMax)) return error;
  const PolicyRow& row = state.policy->of(Right::WorkGroupRead);
  for (const PostId id : members) {
    const Post* post = state.post(id);
    // Nobody is in it by acting for a member, nor in a post that a mandate gives nothing.
    if (post == nullptr || post->acting || !post->held_on(today) ||
        !row.over(post->role).has(Relation::Mandate))
      return refusal("member_unfit", {{"post", std::to_string(id.value)}});
  }
  return std::nullopt;
}

Refused matters_fault(const State& state, const MandateWorkGroup& command) {
  if (command.kinds.empty() && command.requirements.empty())
    return refusal("field_required", {{"field", "kinds"}});
  if (auto error = list_fault("kinds", command.kinds, kListCountMax)) return error;
  if (command.requirements.size() > kMandateUnitsMax)
    return refusal("list_too_long",
                   {{"field", "requirements"}, {"count_max", std::to_string(kMandateUnitsMax)}});
  for (const std::string& kind : command.kinds)
    if (!state.kind_index(kind)) return refusal("kind_unknown", {{"kind", kind}});
  for (const RequirementName& one : command.requirements) {
    const auto programme = state.programme_of(one.programme);
    if (!programme) return refusal("programme_unknown", {{"programme", one.programme}});
    if (state.programmes[*programme]->requirement(one.requirement) == nullptr)
      return refusal("requirement_unknown", {{"requirement", one.requirement}});
    if (std::count(command.requirements.begin(), command.requirements.end(), one) > 1)
      return refusal("field_bad", {{"field", "requirements"}});
  }
  return std::nullopt;
}

Refused period_fault(Day from, Day to, Day today) {
  if (from < today || to < from || to.number - from.number >= kMandateDaysMax)
    return refusal("mandate_period", {{"days_max", std::to_string(kMandateDaysMax)}});
  return std::nullopt;
}

bool share_matters(const MandateWorkGroup& command, const WorkGroup& other) {
  const auto kind = [&](const std::string& one) { return other.has_kind(one); };
  const auto requirement = [&](const RequirementName& one) {
    return other.has_requirement(one.programme, one.requirement);
  };
  return std::any_of(command.kinds.begin(), command.kinds.end(), kind) ||
         std::any_of(command.requirements.begin(), command.requirements.end(), requirement);
}

// An area may reach beyond the unit in which it lies: nobody sends where he is not over.
Refused beyond_scope(const State& state, PostId post, const MandateWorkGroup& command, Day from,
                     Day today) {
  const std::vector<Interval> over = scope_of(state, post, today);
  for (const UnitId unit : command.units)
    if (!less(covered_by(*state.tree, {unit}, from), over).empty())
      return refusal("mandate_beyond_scope", {{"unit", std::string(state.tree->code(unit))}});
  return std::nullopt;
}

// Those that look into some of the same, somewhere, on a day that both have.
std::vector<WorkGroupId> overlapping(const State& state, const MandateWorkGroup& command,
                                     Day from) {
  const std::vector<Interval> here = covered_by(*state.tree, command.units, from);
  std::vector<WorkGroupId> out;
  for (std::size_t i = 0; i < state.work_groups.size(); ++i) {
    const WorkGroup& other = *state.work_groups[i];
    if (std::max(other.from, from) > std::min(other.to, command.to)) continue;
    if (!share_matters(command, other)) continue;
    if (!common(here, covered_by(*state.tree, other.units, other.from)).empty())
      out.push_back(WorkGroupId{i + 1});
  }
  return out;
}

// Whether it could come so often that a unit is asked for more than its level's budget.
Refused burdens_too_much(const State& state, const WorkGroupMandated& event, Day today) {
  if (event.visits_max == 0) return std::nullopt;
  auto group = std::make_shared<WorkGroup>();
  group->units = event.units;
  group->visits_max = event.visits_max;
  group->from = event.from;
  group->to = event.to;
  BurdenQuestion question{
      state.programmes, state.work_groups, covered_by(*state.tree, event.units, event.from), {}};
  question.groups.add(std::move(group));
  for (Day month = first_of_month(event.from); month <= event.to; month = next_month(month))
    question.months.push_back(month);
  if (const auto over = first_over(state, question, today))
    return refusal("burden_over", facts_of(*over, *state.tree));
  return std::nullopt;
}

// A group that the actor may know of; to all others there is none.
Result<const WorkGroup*> known(const Circumstances& at, WorkGroupId id) {
  const WorkGroup* group = at.state.work_group(id);
  if (group == nullptr ||
      !may_read(at.state, *group, at.actor.account, day_of(at.now, at.state.zone)))
    return refusal("work_group_unknown", numbered(id));
  return group;
}

// The same, to be changed by whoever could have sent it, before it is over.
Result<PostId> changes(const Circumstances& at, WorkGroupId id) {
  const WorkGroup& group = *TZ_TRY(known(at, id));
  const PostId post = TZ_TRY(sends(at, group.units));
  if (group.to < day_of(at.now, at.state.zone)) return refusal("work_group_over", numbered(id));
  return post;
}

// --- visits

struct Visiting {
  const Circumstances& at;
  const RecordVisit& command;
  const WorkGroup& group;
  Day today;
};

// In which post of the actor's the unit was visited.
Result<PostId> visitor(const Visiting& v) {
  const State& state = v.at.state;
  const UnitId unit = v.command.unit;
  const Facts where = {{"unit", std::string(state.tree->code(unit))}};
  const PolicyRow& row = state.policy->of(Right::VisitRecord);
  for (const Post& post : state.posts_of(v.at.actor.account, v.today)) {
    if (v.at.actor.post && *v.at.actor.post != post.id) continue;
    if (post.acting || !v.group.in_force(v.today) || !v.group.has(post.id) ||
        !row.over(post.role).has(Relation::Mandate))
      continue;
    if (auto ended = ended_unit(state, post.unit, v.today)) return *ended;
    const std::vector<Interval> covered = covered_by(*state.tree, v.group.units, v.group.from);
    if (!reaches(state, v.group, covered, unit, v.today)) return refusal("visit_outside", where);
    if (!reaches(state, v.group, reach_of(state, v.group, post.account, v.today), unit, v.today))
      return refusal("visitor_recused", where);
    return post.id;
  }
  return refusal("not_permitted", {{"transition", std::string(to_text(Right::VisitRecord))},
                                   {"roles", who_text(row)}});
}

bool named_before(const WorkGroup& group, std::vector<ItemNo> Visit::*items, ItemNo no) {
  return std::any_of(group.visits.begin(), group.visits.end(), [&](const Visit& visit) {
    const std::vector<ItemNo>& some = visit.*items;
    return std::find(some.begin(), some.end(), no) != some.end();
  });
}

// An item that the group's mandate covers at the visited unit or below it.
Result<const Item*> item_there(const Visiting& v, ItemNo no) {
  const State& state = v.at.state;
  const Facts which = {{"item", to_text(no)}};
  const Item* item = v.at.item(no);
  if (item == nullptr || is_staged(*item, state) ||
      !may_read(state, v.at.actor.account, *item, v.today))
    return refusal("item_unknown", which);
  if (!v.group.has_kind(flow_of(*item, state).kind) ||
      !holds(covered_by(*state.tree, {v.command.unit}, v.today),
             state.tree->position(counted_at(*item, item->place, state))))
    return refusal("visit_item_elsewhere", which);
  return item;
}

Refused items_fault(const Visiting& v) {
  for (const ItemNo no : v.command.opened) {
    const auto item = item_there(v, no);
    if (!item.ok()) return item.error();
    const bool its_own =
        v.group.has((*item)->recorder) && v.group.from <= day_of((*item)->opened, v.at.state.zone);
    if (!its_own) return refusal("visit_item_not_listed", {{"item", to_text(no)}});
    if (named_before(v.group, &Visit::opened, no))
      return refusal("visit_item_twice", {{"item", to_text(no)}});
  }
  for (const ItemNo no : v.command.checked) {
    const auto item = item_there(v, no);
    if (!item.ok()) return item.error();
    const auto& all = (*item)->verifiers;
    const bool by_it = std::any_of(all.begin(), all.end(), [&](const Verifier& one) {
      return v.group.has(one.post) && v.group.from <= one.day;
    });
    if (!by_it) return refusal("visit_item_not_verified", {{"item", to_text(no)}});
    if (named_before(v.group, &Visit::checked, no))
      return refusal("visit_item_twice", {{"item", to_text(no)}});
  }
  return std::nullopt;
}

Refused words_fault(const Visiting& v) {
  const RecordVisit& given = v.command;
  if (given.day < v.group.from || v.today < given.day)
    return refusal("visit_day", {{"from", to_text(v.group.from)}, {"to", to_text(v.today)}});
  if (given.asked < 0 || given.asked > kPapersMax)
    return refusal("field_bad", {{"field", "asked"}});
  if (given.sort == VisitSort::Papers && given.asked == 0)
    return refusal("field_required", {{"field", "asked"}});
  if (given.text.empty()) return refusal("field_required", {{"field", "text"}});
  if (auto error = text_fault({"text", kTextCharsMax, Shape::Text}, given.text)) return error;
  if (auto error = list_fault("opened", given.opened, kListCountMax)) return error;
  return list_fault("checked", given.checked, kListCountMax);
}

}  // namespace

Result<Decision> decide_mandate(const Circumstances& at, const MandateWorkGroup& command) {
  const State& state = at.state;
  const Day today = day_of(at.now, state.zone);
  const Day from = command.from.value_or(today);
  if (command.units.empty()) return refusal("field_required", {{"field", "units"}});
  if (auto error = list_fault("units", command.units, kMandateUnitsMax)) return *error;
  const PostId post = TZ_TRY(sends(at, command.units));
  if (command.name.empty()) return refusal("field_required", {{"field", "name"}});
  if (auto error = text_fault({"name", kTitleCharsMax, Shape::Line}, command.name)) return *error;
  if (auto error = members_fault(state, command.members, today)) return *error;
  if (auto error = matters_fault(state, command)) return *error;
  if (auto error = period_fault(from, command.to, today)) return *error;
  for (const UnitId unit : command.units)
    if (auto error = ended_unit(state, unit, from)) return *error;
  if (command.visits_max < 0 || command.visits_max > kVisitsMax)
    return refusal("field_bad", {{"field", "visits_max"}});
  if (auto error = beyond_scope(state, post, command, from, today)) return *error;
  const std::vector<WorkGroupId> overlaps = overlapping(state, command, from);
  if (!overlaps.empty() && command.overlap_reason.empty()) {
    const Post* issuer = state.post(state.work_group(overlaps.front())->issuer);
    TZ_ASSERT(issuer != nullptr);
    return refusal("mandate_overlaps", {{"group", std::to_string(overlaps.front().value)},
                                        {"unit", std::string(state.tree->code(issuer->unit))}});
  }
  std::vector<LabelledText> texts;
  if (!overlaps.empty()) {
    if (auto error =
            text_fault({"overlap_reason", kTextCharsMax, Shape::Text}, command.overlap_reason))
      return *error;
    texts.push_back({"overlap_reason", command.overlap_reason});
  }
  WorkGroupMandated event{WorkGroupId{state.work_groups.size() + 1},
                          command.name,
                          post,
                          command.members,
                          command.units,
                          command.kinds,
                          command.requirements,
                          command.visits_max,
                          from,
                          command.to,
                          overlaps};
  if (auto error = burdens_too_much(state, event, today)) return *error;
  return Decision{post, {{std::move(event), {}, std::move(texts)}}};
}

Result<Decision> decide_members(const Circumstances& at, const ChangeMembers& command) {
  const PostId post = TZ_TRY(changes(at, command.group));
  if (auto error = members_fault(at.state, command.members, day_of(at.now, at.state.zone)))
    return *error;
  if (at.state.work_group(command.group)->members == command.members)
    return refusal("nothing_to_do");
  return Decision{post, {{WorkGroupMembersChanged{command.group, command.members}, {}, {}}}};
}

Result<Decision> decide_group_end(const Circumstances& at, const EndWorkGroup& command) {
  const PostId post = TZ_TRY(changes(at, command.group));
  if (command.reason.empty()) return refusal("field_required", {{"field", "reason"}});
  if (auto error = text_fault({"reason", kTextCharsMax, Shape::Text}, command.reason))
    return *error;
  // From now on, and not only from tomorrow.
  const Day last{day_of(at.now, at.state.zone).number - 1};
  return Decision{post, {{WorkGroupEnded{command.group, last}, {}, {{"reason", command.reason}}}}};
}

Result<Decision> decide_visit(const Circumstances& at, const RecordVisit& command) {
  const WorkGroup& group = *TZ_TRY(known(at, command.group));
  TZ_ASSERT(command.unit.value < at.state.tree->size());
  const Visiting visiting{at, command, group, day_of(at.now, at.state.zone)};
  const PostId post = TZ_TRY(visitor(visiting));
  if (auto error = words_fault(visiting)) return *error;
  if (auto error = ended_unit(at.state, command.unit, command.day)) return *error;
  if (auto error = items_fault(visiting)) return *error;
  VisitRecorded event{command.group, command.unit,   command.day,    command.sort,
                      command.asked, command.opened, command.checked};
  return Decision{post, {{std::move(event), {}, {{"visit", command.text}}}}};
}

}  // namespace tz::ledger
