// Sums of one unit and of many; for many at once, one number a position.
#include "ledger/burden.h"

#include <algorithm>
#include <array>

#include "ledger/enum_names.h"
#include "ledger/interval.h"
#include "ledger/mandate.h"
#include "ledger/unit_classes.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, 4> kSorts = {"programme", "work_group", "kind", "notice"};

Burden of_requirement(const Requirement& words, std::int64_t units) {
  Burden out;
  out.requirements = units;
  out.fields = units * static_cast<std::int64_t>(words.asks.fields.size());
  out.evidence = units * words.asks.evidence;
  out.planned = units * words.asks.visits;
  return out;
}

Burden of_visit(const Visit& visit) {
  Burden out;
  out.visits = visit.sort == VisitSort::Papers ? 0 : 1;
  out.papers = visit.asked;
  return out;
}

bool falls_due(const AdoptedRequirement& one, std::uint8_t tier, Day month) {
  const auto due = one.by->due(tier, one.index);
  return !one.dropped && due && first_of_month(*due) == month;
}

bool is_exempt(const AdoptedRequirement& one, std::uint32_t position) {
  return one.coverage.status(position) == CoverageStatus::Exempt;
}

// Of those positions of the tree that was frozen, how many are asked by then.
std::int64_t units_due(const AdoptedRequirement& one, const std::vector<Interval>& where,
                       Day month) {
  const AskedUnits& asked = one.coverage.asked();
  std::int64_t out = 0;
  for (std::uint8_t tier = 0; tier < asked.tier_count; ++tier) {
    if (!falls_due(one, tier, month)) continue;
    for (const Interval& part : where) {
      const CoverageCounts counts = one.coverage.counts(part);
      for (std::size_t kind = 0; kind < kUnitKindCount; ++kind)
        for (std::size_t status = 0; status < kCoverageStatusCount; ++status)
          if (static_cast<CoverageStatus>(status) != CoverageStatus::Exempt)
            out +=
                counts.of(tier, static_cast<UnitKind>(kind), static_cast<CoverageStatus>(status));
    }
  }
  return out;
}

std::vector<Interval> positions_of(const OrgTree& tree, UnitId unit, Whole whole, Day day) {
  if (unit.value >= tree.size()) return {};  // it came later
  if (whole == Whole::AllBelow) return tree.extent(unit, day);
  const std::uint32_t at = tree.position(unit);
  return {{at, at + 1}};
}

Day last_of_month(Day month) { return Day{next_month(month).number - 1}; }

// Whether a unit that was asked left it to whoever has its matters now: not exempt, and not covered
// before it ended.
bool left_over(const AdoptedRequirement& one, const OrgTree& tree, UnitId unit) {
  const OrgTree& frozen = *one.coverage.asked().tree;
  if (unit.value >= frozen.size()) return false;
  const std::uint32_t at = frozen.position(unit);
  if (!one.coverage.asks(at) || is_exempt(one, at)) return false;
  const auto last = tree.to(unit);
  return !is_covered(one.coverage.status(at)) || (last && *last < one.coverage.since(at));
}

// What the unit has to answer for those before it, but for those counted already.
void add_left_over(const State& state, UnitId unit, Day month, const AdoptedRequirement& one,
                   const std::vector<Interval>& counted, std::vector<AskedBy>& out) {
  const AskedUnits& asked = one.coverage.asked();
  for (const UnitId before : state.before_of(unit, last_of_month(month))) {
    if (before == unit || !left_over(one, *state.tree, before)) continue;
    const std::uint32_t at = asked.tree->position(before);
    const auto tier = static_cast<std::uint8_t>(asked.tier_at[at] - 1);
    if (holds(counted, at) || !falls_due(one, tier, month)) continue;
    add(out, {Asker::Sort::Programme, one.by->id, {}, before}, of_requirement(one.words(), 1));
  }
}

UnitId sender_of(const State& state, const WorkGroup& group) {
  const Post* issuer = state.post(group.issuer);
  TZ_ASSERT(issuer != nullptr);
  return issuer->unit;
}

// What each position is charged in one month, of many at once.
class Charges {
 public:
  Charges(const State& state, const BurdenQuestion& asking, Day month)
      : tree_(*state.tree), asking_(asking), month_(month) {
    if (state.anybody_succeeded()) find_passed_on(state);
    given_.resize(tree_.size());
    planned_.resize(tree_.size());
    visits_.resize(tree_.size());
    for (const auto& programme : asking.programmes)
      for (const AdoptedRequirement& one : programme->requirements) add(one);
    for (const auto& group : asking.groups) add(*group);
  }

  [[nodiscard]] std::int64_t at(std::uint32_t position) const {
    return std::int64_t{given_[position]} + std::max(planned_[position], visits_[position]);
  }

 private:
  template <class Use>
  void each(const std::vector<Interval>& where, Use use) {
    for (const Interval& part : where)
      for (std::uint32_t at = part.begin; at < part.end; ++at) use(at);
  }

  // Whose matters are another's by the end of the month.
  void find_passed_on(const State& state) {
    for (std::uint32_t i = 0; i < tree_.size(); ++i) {
      const UnitId now = state.now_of(UnitId{i}, last_of_month(month_));
      if (now != UnitId{i} && holds(asking_.where, tree_.position(now)))
        passed_on_.emplace_back(UnitId{i}, tree_.position(now));
    }
  }

  void add(const AdoptedRequirement& one) {
    const AskedUnits& asked = one.coverage.asked();
    std::array<bool, 256> due{};
    for (std::uint8_t tier = 0; tier < asked.tier_count; ++tier)
      due[tier + 1U] = falls_due(one, tier, month_);
    if (std::none_of(due.begin(), due.end(), [](bool one_due) { return one_due; })) return;
    const Burden each_unit = of_requirement(one.words(), 1);
    const bool same = asked.tree.get() == &tree_;
    each(asking_.where, [&](std::uint32_t at) {
      std::uint32_t then = at;
      if (!same) {
        const UnitId unit = tree_.at(at);
        if (unit.value >= asked.tree->size()) return;
        then = asked.tree->position(unit);
      }
      if (!due[asked.tier_at[then]] || is_exempt(one, then)) return;
      charge(at, each_unit);
    });
    for (const auto& [unit, at] : passed_on_)
      if (left_over(one, tree_, unit) && due[asked.tier_at[asked.tree->position(unit)]])
        charge(at, each_unit);
  }

  void charge(std::uint32_t at, const Burden& each_unit) {
    given_[at] += static_cast<std::int32_t>(each_unit.fields + each_unit.evidence);
    planned_[at] += static_cast<std::int32_t>(each_unit.planned);
  }

  // As often as it may come, or as it came.
  void add(const WorkGroup& group) {
    const Day last{next_month(month_).number - 1};
    const bool lasts = group.from <= last && month_ <= group.to;
    std::vector<std::pair<std::uint32_t, std::int32_t>> made;  // by position
    for (const Visit& visit : group.visits) {
      if (first_of_month(visit.day) != month_) continue;
      const std::uint32_t at = tree_.position(visit.unit);
      if (!holds(asking_.where, at)) continue;
      const Burden burden = of_visit(visit);
      given_[at] += static_cast<std::int32_t>(burden.papers);
      made.emplace_back(at, static_cast<std::int32_t>(burden.visits));
    }
    const auto may = static_cast<std::int32_t>(lasts ? group.visits_max : 0);
    if (may > 0)
      each(common(asking_.where, covered_by(tree_, group.units, group.from)),
           [&](std::uint32_t at) { visits_[at] += may; });
    std::sort(made.begin(), made.end());
    for (std::size_t i = 0; i < made.size();) {
      const std::uint32_t at = made[i].first;
      std::int32_t count = 0;
      for (; i < made.size() && made[i].first == at; ++i) count += made[i].second;
      visits_[at] += std::max(0, count - may);
    }
  }

  const OrgTree& tree_;
  const BurdenQuestion& asking_;
  const Day month_;
  std::vector<std::int32_t> given_;  // fields, evidence, papers
  std::vector<std::int32_t> planned_;
  std::vector<std::int32_t> visits_;
  std::vector<std::pair<UnitId, std::uint32_t>> passed_on_;  // units, and the positions of those
};

}  // namespace

Burden& Burden::operator+=(const Burden& more) {
  requirements += more.requirements;
  fields += more.fields;
  evidence += more.evidence;
  planned += more.planned;
  visits += more.visits;
  papers += more.papers;
  deadlines += more.deadlines;
  notices += more.notices;
  return *this;
}

std::int64_t charged(const Burden& burden) {
  return burden.fields + burden.evidence + burden.papers + std::max(burden.planned, burden.visits);
}

std::string_view to_text(Asker::Sort sort) { return name_in(kSorts, sort); }

void add(std::vector<AskedBy>& rows, const Asker& asker, const Burden& burden) {
  if (burden == Burden{}) return;
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const AskedBy& one) { return one.asker == asker; });
  if (found == rows.end())
    rows.push_back({asker, burden});
  else
    found->burden += burden;
}

Burden sum_of(const std::vector<AskedBy>& rows) {
  Burden out;
  for (const AskedBy& one : rows) out += one.burden;
  return out;
}

std::vector<AskedBy> asked_of(const State& state, UnitId unit, Whole whole, Day month) {
  std::vector<AskedBy> out;
  for (const auto& programme : state.programmes)
    for (const AdoptedRequirement& one : programme->requirements) {
      const AskedUnits& asked = one.coverage.asked();
      const std::vector<Interval> counted = positions_of(*asked.tree, unit, whole, asked.day);
      const std::int64_t units = units_due(one, counted, month);
      add(out, {Asker::Sort::Programme, programme->newest().id, {}},
          of_requirement(one.words(), units));
      add_left_over(state, unit, month, one, merged(counted), out);
    }
  const std::vector<Interval> where = merged(positions_of(*state.tree, unit, whole, month));
  for (const auto& group : state.work_groups)
    for (const Visit& visit : group->visits)
      if (first_of_month(visit.day) == month && holds(where, state.tree->position(visit.unit)))
        add(out, {Asker::Sort::WorkGroup, {}, sender_of(state, *group)}, of_visit(visit));
  return out;
}

std::optional<Level> level_of(const OrgTree& tree, UnitId unit, Day day) {
  const auto counts = [&](UnitId one) {
    return !tree.placeholder(one) && (!tree.to(one) || day <= *tree.to(one));
  };
  if (!counts(unit)) return std::nullopt;
  for (UnitId at = unit;; at = tree.parent(at)) {
    if (const auto level = level_of(tree.kind(at)); level && counts(at)) return level;
    if (tree.parent(at) == at) return Level::Nation;
  }
}

Facts facts_of(const BurdenOver& over, const OrgTree& tree) {
  return {{"unit", std::string(tree.code(over.unit))},
          {"level", std::string(to_text(over.level))},
          {"month", month_text(over.month)},
          {"asked", std::to_string(over.asked)},
          {"budget", std::to_string(over.budget)}};
}

std::optional<BurdenOver> over_budget(const State& state, UnitId unit, Day month, Day today) {
  const auto level = level_of(*state.tree, unit, today);
  const auto budget = level ? state.budget->of(*level) : std::nullopt;
  if (!budget) return std::nullopt;
  const std::int64_t asked = charged(sum_of(asked_of(state, unit, Whole::Unit, month)));
  if (asked <= *budget) return std::nullopt;
  return BurdenOver{unit, *level, month, asked, *budget};
}

std::optional<BurdenOver> first_over(const State& state, const BurdenQuestion& asking, Day today) {
  if (state.budget->count() == 0) return std::nullopt;
  const std::vector<UnitClass> classes = unit_classes(*state.tree, today);
  for (const Day month : asking.months) {
    const Charges charges(state, asking, month);
    for (const Interval& part : asking.where)
      for (std::uint32_t at = part.begin; at < part.end; ++at) {
        if (classes[at] == 0) continue;
        const Level level = traits_of(classes[at]).level;
        const auto budget = state.budget->of(level);
        if (budget && charges.at(at) > *budget)
          return BurdenOver{state.tree->at(at), level, month, charges.at(at), *budget};
      }
  }
  return std::nullopt;
}

}  // namespace tz::ledger
