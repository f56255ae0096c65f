// A programme over a tree: which unit is of which tier, and what adopting it would change.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/programme.h"

namespace tz::ledger {

// A unit that two tiers take, the earlier one first.
struct Contest {
  UnitId unit;
  std::uint16_t tier = 0;
  std::uint16_t other = 0;
  friend bool operator==(const Contest&, const Contest&) = default;
};

// The tier of each unit on a day.
struct TierMap {
  std::vector<std::uint8_t> tier_at;       // by position: 0 for none, else the tier's index + 1
  std::vector<std::uint32_t> unit_counts;  // by tier
  // Units that more than one tier takes; they stand under the first of these.
  std::uint32_t contested = 0;
  std::optional<Contest> first_contest;  // in pre-order
};

// Needs at most kTiersMax tiers. A code that the tree does not know covers nothing. Takes one pass
// over the tree and what the areas of selectors cut it into.
TierMap assign_tiers(const Programme& programme, const OrgTree& tree, Day day);

// The tier + 1 of each unit that a requirement is asked of, by position; 0 where it is not.
std::vector<std::uint8_t> asked_tiers(const Programme& programme, std::uint16_t requirement,
                                      const OrgTree& tree, Day day);

// The tree's objections to a sound programme (kProgrammeFaultsMax at most): programme_unit_unknown,
// programme_tier_empty, programme_tier_contested (unless there is precedence) and
// programme_unit_burden_over, of the units as they are on that day.
std::vector<ProgrammeFault> check(const Programme& programme, const OrgTree& tree, Day day);

// What is so before a programme is adopted, and what after it.
struct Change {
  std::int64_t before = 0;
  std::int64_t after = 0;
  friend bool operator==(const Change&, const Change&) = default;
};

// Units of a tier that are of one kind.
struct PlannedType {
  std::string tier;
  UnitKind kind = UnitKind::Village;
  Change units;
  friend bool operator==(const PlannedType&, const PlannedType&) = default;
};

// Units that a requirement is asked of; `won` are asked only afterwards, `lost` no more.
struct PlannedRequirement {
  std::string requirement;
  Change units;
  std::int64_t won = 0;
  std::int64_t lost = 0;
  friend bool operator==(const PlannedRequirement&, const PlannedRequirement&) = default;
};

struct PlannedMonth {
  Day month;     // its first day
  Change asked;  // fields, pieces of evidence and visits, of all units of the level
  Change most;   // of the one unit that is asked the most
  friend bool operator==(const PlannedMonth&, const PlannedMonth&) = default;
};

// What units of a level are asked for, by the months in which it falls due.
struct PlannedBurden {
  Level level = Level::Nation;
  Change units;  // in some tier
  Change asked;
  std::optional<std::int32_t> budget;  // of the programme to be adopted
  std::vector<PlannedMonth> months;    // going up, those in which anything is asked
  friend bool operator==(const PlannedBurden&, const PlannedBurden&) = default;
};

struct Plan {
  std::vector<PlannedType> types;  // tiers in their order, those only before it last; then kinds
  std::vector<PlannedRequirement> requirements;  // in the same way
  std::vector<PlannedBurden> burden;             // levels that have units in some tier
  friend bool operator==(const Plan&, const Plan&) = default;
};

// `before` is the version that is in force, null where none is. Tiers and requirements of the two
// are the same where their ids are. Needs sound programmes.
Plan plan(const Programme* before, const Programme& after, const OrgTree& tree, Day day);

}  // namespace tz::ledger
