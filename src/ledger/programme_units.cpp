// All units of one class in one stretch of the tree are treated alike, so they are counted once and
// the rest is worked out for each class and not for each unit.
#include "ledger/programme_units.h"

#include <algorithm>
#include <map>
#include <set>

#include "ledger/unit_classes.h"

namespace tz::ledger {
namespace {

// A programme's questions, answered by class and stretch. Its reaches stand in a list that it may
// share with another's, each from `first` on.
class Asking {
 public:
  Asking(const Programme& programme, const OrgTree& tree, Day day, std::vector<Reach>& reaches)
      : programme_(programme), first_(reaches.size()) {
    for (std::size_t tier = 0; tier < programme.tiers.size(); ++tier)
      for (const Selector& selector : programme.tiers[tier].selectors) {
        reaches.push_back(reach_of(selector, tree, day));
        tiers_.push_back(static_cast<std::uint16_t>(tier));
      }
    among_.resize(programme.requirements.size());
    for (std::size_t i = 0; i < programme.requirements.size(); ++i) {
      if (!programme.requirements[i].among) continue;
      among_[i] = reaches.size();
      reaches.push_back(reach_of(*programme.requirements[i].among, tree, day));
    }
    for (std::uint16_t tier = 0; tier < programme.tier_count(); ++tier)
      asked_.push_back(programme.asked_of(tier));
  }

  struct Taken {
    std::optional<std::uint16_t> tier;   // the first
    std::optional<std::uint16_t> other;  // the next that takes it as well
  };
  [[nodiscard]] Taken taken(const std::vector<Reach>& reaches, const Stretch& stretch,
                            UnitClass of) const {
    Taken out;
    for (std::size_t i = 0; i < tiers_.size(); ++i) {
      if (!stretch.active[first_ + i] || !reaches[first_ + i].classes[of]) continue;
      if (out.tier && *out.tier != tiers_[i]) {
        out.other = tiers_[i];
        break;
      }
      out.tier = tiers_[i];
    }
    return out;
  }

  // Calls `use` with each requirement that a unit of the tier and class is asked there.
  template <class Use>
  void each_asked(const std::vector<Reach>& reaches, const Stretch& stretch, std::uint16_t tier,
                  UnitClass of, Use use) const {
    for (const std::uint16_t one : asked_[tier]) {
      const std::optional<std::size_t> reach = among_[one];
      if (!reach || (stretch.active[*reach] && reaches[*reach].classes[of])) use(one);
    }
  }

  // What one unit is asked for, by month.
  using Months = std::map<Day, std::int64_t>;
  [[nodiscard]] Months months(const std::vector<Reach>& reaches, const Stretch& stretch,
                              std::uint16_t tier, UnitClass of) const {
    Months out;
    each_asked(reaches, stretch, tier, of, [&](std::uint16_t one) {
      const std::int64_t count = programme_.requirements[one].asks.count();
      const std::optional<Day> due = programme_.due(tier, one);
      if (count > 0 && due) out[first_of_month(*due)] += count;
    });
    return out;
  }

  [[nodiscard]] const Programme& programme() const { return programme_; }

 private:
  const Programme& programme_;
  std::size_t first_;
  std::vector<std::uint16_t> tiers_;               // of each reach of a tier's selectors
  std::vector<std::optional<std::size_t>> among_;  // the reach of each requirement
  std::vector<std::vector<std::uint16_t>> asked_;  // by tier
};

UnitId first_of_class(const OrgTree& tree, const std::vector<UnitClass>& classes,
                      const Stretch& stretch, UnitClass of) {
  std::uint32_t at = stretch.positions.begin;
  while (classes[at] != of) ++at;
  return tree.at(at);
}

// The first of two in pre-order.
bool sooner(const OrgTree& tree, const Contest& a, const std::optional<Contest>& b) {
  return !b || tree.position(a.unit) < tree.position(b->unit);
}

// What one stretch and class adds to a plan, on one side.
class Planning {
 public:
  Planning(const Programme* before, const Programme& after) {
    for (const Programme* side : {&after, before}) {
      if (side == nullptr) continue;
      for (const Tier& tier : side->tiers) tier_rows_.emplace(tier.id, tier_rows_.size());
      for (const Requirement& one : side->requirements)
        requirement_rows_.emplace(one.id, requirement_rows_.size());
    }
    types_.resize(tier_rows_.size());
    plan_.requirements.resize(requirement_rows_.size());
    for (const auto& [id, row] : requirement_rows_) plan_.requirements[row].requirement = id;
    for (std::size_t level = 0; level < kLevelCount; ++level) {
      levels_[level].level = static_cast<Level>(level);
      levels_[level].budget = after.budget[level];
    }
  }

  using Side = std::int64_t Change::*;
  using Rows = std::vector<std::size_t>;

  // The rows of the requirements that such a unit is asked.
  Rows take(const Asking& asking, const std::vector<Reach>& reaches, const Stretch& stretch,
            UnitClass of, Side side) {
    Rows rows;
    const auto tier = asking.taken(reaches, stretch, of).tier;
    if (!tier) return rows;
    const std::int64_t count = stretch.counts[of];
    const UnitTraits unit = traits_of(of);
    types_[tier_rows_.at(asking.programme().tiers[*tier].id)][unit.kind].*side += count;
    asking.each_asked(reaches, stretch, *tier, of, [&](std::uint16_t one) {
      rows.push_back(requirement_rows_.at(asking.programme().requirements[one].id));
      plan_.requirements[rows.back()].units.*side += count;
    });
    const auto level = static_cast<std::size_t>(unit.level);
    levels_[level].units.*side += count;
    for (const auto& [month, asked] : asking.months(reaches, stretch, *tier, of)) {
      PlannedMonth& row = months_[level][month];
      row.asked.*side += asked * count;
      row.most.*side = std::max(row.most.*side, asked);
      levels_[level].asked.*side += asked * count;
    }
    std::sort(rows.begin(), rows.end());
    return rows;
  }

  void compare(const Rows& before, const Rows& after, std::int64_t count) {
    const auto has = [](const Rows& rows, std::size_t row) {
      return std::binary_search(rows.begin(), rows.end(), row);
    };
    for (const std::size_t row : after)
      if (!has(before, row)) plan_.requirements[row].won += count;
    for (const std::size_t row : before)
      if (!has(after, row)) plan_.requirements[row].lost += count;
  }

  Plan finished() {
    std::vector<std::string> tiers(tier_rows_.size());
    for (const auto& [id, row] : tier_rows_) tiers[row] = id;
    for (std::size_t row = 0; row < tiers.size(); ++row)
      for (const auto& [kind, units] : types_[row])
        plan_.types.push_back({tiers[row], kind, units});
    for (std::size_t level = 0; level < kLevelCount; ++level) {
      if (levels_[level].units == Change{}) continue;
      for (auto& [month, row] : months_[level]) {
        row.month = month;
        levels_[level].months.push_back(row);
      }
      plan_.burden.push_back(std::move(levels_[level]));
    }
    return std::move(plan_);
  }

 private:
  Plan plan_;
  std::map<std::string, std::size_t> tier_rows_;
  std::map<std::string, std::size_t> requirement_rows_;
  std::vector<std::map<UnitKind, Change>> types_;  // by tier's row
  std::array<PlannedBurden, kLevelCount> levels_;
  std::array<std::map<Day, PlannedMonth>, kLevelCount> months_;
};

// The codes that its selectors name, each once.
std::set<std::string> codes_in(const Programme& programme) {
  std::set<std::string> codes;
  const auto take = [&](const Selector& selector) {
    codes.insert(selector.under.begin(), selector.under.end());
    codes.insert(selector.except.begin(), selector.except.end());
  };
  for (const Tier& tier : programme.tiers)
    for (const Selector& selector : tier.selectors) take(selector);
  for (const Requirement& requirement : programme.requirements)
    if (requirement.among) take(*requirement.among);
  return codes;
}

// The fault, at most one a tier, of units that are asked for more than their level's budget.
class Budgets {
 public:
  explicit Budgets(const Programme& programme)
      : programme_(programme), faults_(programme.tiers.size()) {}

  void look(std::uint16_t tier, Level level, const Asking::Months& months, std::string_view unit) {
    const std::optional<std::int32_t> budget = programme_.budget[static_cast<std::size_t>(level)];
    for (const auto& [month, asked] : months) {
      if (!budget || asked <= *budget || faults_[tier]) continue;
      faults_[tier] = ProgrammeFault{"programme_unit_burden_over",
                                     ProgrammePart::Tier,
                                     programme_.tiers[tier].id,
                                     {{"unit", std::string(unit)},
                                      {"level", std::string(to_text(level))},
                                      {"month", month_text(month)},
                                      {"asked", std::to_string(asked)},
                                      {"budget", std::to_string(*budget)}}};
    }
  }
  [[nodiscard]] const std::optional<ProgrammeFault>& fault(std::size_t tier) const {
    return faults_[tier];
  }

 private:
  const Programme& programme_;
  std::vector<std::optional<ProgrammeFault>> faults_;
};

}  // namespace

TierMap assign_tiers(const Programme& programme, const OrgTree& tree, Day day) {
  TZ_ASSERT(programme.tiers.size() <= kTiersMax);
  std::vector<Reach> reaches;
  const Asking asking(programme, tree, day, reaches);
  const std::vector<UnitClass> classes = unit_classes(tree, day);
  TierMap out;
  out.tier_at.resize(classes.size());
  out.unit_counts.assign(programme.tiers.size(), 0);
  each_stretch(classes, reaches, [&](const Stretch& stretch) {
    std::array<std::uint8_t, 256> tier_of{};
    for (const UnitClass of : stretch.present) {
      const Asking::Taken taken = asking.taken(reaches, stretch, of);
      if (!taken.tier) continue;
      tier_of[of] = static_cast<std::uint8_t>(*taken.tier + 1);
      out.unit_counts[*taken.tier] += stretch.counts[of];
      if (!taken.other) continue;
      out.contested += stretch.counts[of];
      const Contest contest{first_of_class(tree, classes, stretch, of), *taken.tier, *taken.other};
      if (sooner(tree, contest, out.first_contest)) out.first_contest = contest;
    }
    const auto [begin, end] = stretch.positions;
    for (std::uint32_t at = begin; at < end; ++at) out.tier_at[at] = tier_of[classes[at]];
  });
  return out;
}

std::vector<std::uint8_t> asked_tiers(const Programme& programme, std::uint16_t requirement,
                                      const OrgTree& tree, Day day) {
  std::vector<Reach> reaches;
  const Asking asking(programme, tree, day, reaches);
  const std::vector<UnitClass> classes = unit_classes(tree, day);
  std::vector<std::uint8_t> out(classes.size());
  each_stretch(classes, reaches, [&](const Stretch& stretch) {
    std::array<std::uint8_t, 256> tier_of{};
    for (const UnitClass of : stretch.present) {
      const auto tier = asking.taken(reaches, stretch, of).tier;
      if (!tier || !programme.due(*tier, requirement)) continue;
      asking.each_asked(reaches, stretch, *tier, of, [&](std::uint16_t one) {
        if (one == requirement) tier_of[of] = static_cast<std::uint8_t>(*tier + 1);
      });
    }
    const auto [begin, end] = stretch.positions;
    for (std::uint32_t at = begin; at < end; ++at) out[at] = tier_of[classes[at]];
  });
  return out;
}

std::vector<ProgrammeFault> check(const Programme& programme, const OrgTree& tree, Day day) {
  std::vector<ProgrammeFault> faults;
  for (const std::string& code : codes_in(programme))
    if (!tree.find(code))
      faults.push_back(
          ProgrammeFault{"programme_unit_unknown", ProgrammePart::Unit, code, {{"unit", code}}});
  const TierMap map = assign_tiers(programme, tree, day);
  std::vector<Reach> reaches;
  const Asking asking(programme, tree, day, reaches);
  const std::vector<UnitClass> classes = unit_classes(tree, day);
  Budgets budgets(programme);
  each_stretch(classes, reaches, [&](const Stretch& stretch) {
    for (const UnitClass of : stretch.present)
      if (const auto tier = asking.taken(reaches, stretch, of).tier)
        budgets.look(*tier, traits_of(of).level, asking.months(reaches, stretch, *tier, of),
                     tree.code(first_of_class(tree, classes, stretch, of)));
  });
  for (std::size_t tier = 0; tier < programme.tiers.size(); ++tier) {
    if (map.unit_counts[tier] == 0)
      faults.push_back(ProgrammeFault{
          "programme_tier_empty", ProgrammePart::Tier, programme.tiers[tier].id, {}});
    if (budgets.fault(tier)) faults.push_back(*budgets.fault(tier));
  }
  if (map.first_contest && !programme.precedence) {
    const Contest& contest = *map.first_contest;
    faults.push_back(ProgrammeFault{"programme_tier_contested",
                                    ProgrammePart::Tier,
                                    programme.tiers[contest.other].id,
                                    {{"other", programme.tiers[contest.tier].id},
                                     {"unit", std::string(tree.code(contest.unit))},
                                     {"name", std::string(tree.name(contest.unit))},
                                     {"count", std::to_string(map.contested)}}});
  }
  if (faults.size() > kProgrammeFaultsMax) faults.resize(kProgrammeFaultsMax);
  return faults;
}

Plan plan(const Programme* before, const Programme& after, const OrgTree& tree, Day day) {
  std::vector<Reach> reaches;
  std::optional<Asking> earlier;
  if (before != nullptr) earlier.emplace(*before, tree, day, reaches);
  const Asking later(after, tree, day, reaches);
  Planning planning(before, after);
  each_stretch(unit_classes(tree, day), reaches, [&](const Stretch& stretch) {
    for (const UnitClass of : stretch.present) {
      Planning::Rows lost;
      if (earlier) lost = planning.take(*earlier, reaches, stretch, of, &Change::before);
      const Planning::Rows won = planning.take(later, reaches, stretch, of, &Change::after);
      planning.compare(lost, won, stretch.counts[of]);
    }
  });
  return planning.finished();
}

}  // namespace tz::ledger
