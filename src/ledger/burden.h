// What units are asked for in a month, and by whom: by programmes, by work groups, and by whatever
// else its callers add.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/state.h"

namespace tz::ledger {

// Of one unit, or of all in a part of the tree.
struct Burden {
  std::int64_t requirements = 0;  // of programmes that fall due
  std::int64_t fields = 0;        // that they want filled in
  std::int64_t evidence = 0;      // pieces that they want
  std::int64_t planned = 0;       // visits that they announce
  std::int64_t visits = 0;        // that work groups made
  std::int64_t papers = 0;        // that these asked for
  std::int64_t deadlines = 0;     // of what the unit leads
  std::int64_t notices = 0;       // to its posts
  Burden& operator+=(const Burden& more);
  friend bool operator==(const Burden&, const Burden&) = default;
};
// What of it counts against a budget: fields, evidence, papers and visits. One that was announced
// and then made is one.
std::int64_t charged(const Burden& burden);

// In whose name something is asked.
struct Asker {
  enum class Sort : std::uint8_t { Programme, WorkGroup, Kind, Notice };
  Sort sort = Sort::Programme;
  std::string id;              // of a programme or kind
  std::optional<UnitId> unit;  // that sent the group, or whose act was told
  // Of whom a programme asked it, where that unit's matters are another's by now.
  std::optional<UnitId> asked_of = std::nullopt;
  friend auto operator<=>(const Asker&, const Asker&) = default;
};
std::string_view to_text(Asker::Sort sort);  // "work_group"

struct AskedBy {
  Asker asker;
  Burden burden;
  friend bool operator==(const AskedBy&, const AskedBy&) = default;
};
// Adds to the row of the same asker, or adds one.
void add(std::vector<AskedBy>& rows, const Asker& asker, const Burden& burden);
Burden sum_of(const std::vector<AskedBy>& rows);

enum class Whole : std::uint8_t { Unit, AllBelow };  // the unit by itself, or with what it covers

// What programmes and work groups ask of a unit in the month of that first day: requirements that
// fall due in it of units that are not exempt, and visits made in it. Of programmes as they were
// drawn over the tree of their adoption; and of the unit what it has to answer for those that it
// had succeeded by the end of the month. One row an asker.
std::vector<AskedBy> asked_of(const State& state, UnitId unit, Whole whole, Day month);

// The level of a unit on that day; none of a placeholder and of what has ended.
std::optional<Level> level_of(const OrgTree& tree, UnitId unit, Day day);

// A unit that is asked for more than its level's budget.
struct BurdenOver {
  UnitId unit;
  Level level = Level::Nation;
  Day month;
  std::int64_t asked = 0;
  std::int32_t budget = 0;
};
Facts facts_of(const BurdenOver& over, const OrgTree& tree);

// Whether what was really asked of the unit in that month is too much.
std::optional<BurdenOver> over_budget(const State& state, UnitId unit, Day month, Day today);

// The first unit, by month and then in tree order, of which these would ask too much: a work group
// may come as often as its mandate says in every month that it has a day of.
struct BurdenQuestion {
  std::vector<std::shared_ptr<const AdoptedProgramme>> programmes;
  KeptList<std::shared_ptr<const WorkGroup>> groups;
  std::vector<Interval> where;  // of the tree as it is; merged
  std::vector<Day> months;      // first days, going up
};
std::optional<BurdenOver> first_over(const State& state, const BurdenQuestion& asking, Day today);

}  // namespace tz::ledger
