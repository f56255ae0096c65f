// A resettlement scheme (征迁项目): the households that move, counted once and for all, the term in
// which they sign, and what is shown of them in public.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/id.h"
#include "base/sha256.h"
#include "base/time.h"
#include "ledger/kept_list.h"
#include "ledger/phase.h"

namespace tz::ledger {

class OrgTree;

// How many households a unit had when the register was closed; units below it not counted.
struct HouseholdCount {
  UnitId unit;
  std::int64_t households = 0;
  friend bool operator==(const HouseholdCount&, const HouseholdCount&) = default;
};

// Whom a public roster is for.
enum class RosterAudience : std::uint8_t {
  Affected,   // households of that village, each by its own query code
  Everybody,  // who then sees no unit below the township
};
std::string_view to_text(RosterAudience audience);
std::optional<RosterAudience> roster_audience_named(std::string_view name);

// A row of a public roster is of so many households at least, and a number in it is none or so many
// at least: nobody is told by standing alone.
constexpr std::int64_t kRosterRowMin = 20;
constexpr std::int64_t kRosterCellMin = 5;
constexpr std::int32_t kRosterDaysMax = 31;

// With each step of a household all that split from it are looked at.
constexpr std::size_t kSplitsMax = 20;

// A row of an item has 16 bits for its scheme.
constexpr std::size_t kSchemesMax = 60'000;

// How many households stand between two stages, both included.
struct RosterCell {
  HouseholdStage first = HouseholdStage::Registered;
  HouseholdStage last = HouseholdStage::Registered;
  std::int64_t households = 0;
  friend bool operator==(const RosterCell&, const RosterCell&) = default;
};
// Some units together, and how far their households are. Of a village: its groups; a unit that has
// too few stands with others, and the village itself for those that are of no group.
struct RosterRow {
  std::vector<UnitId> units;
  std::vector<RosterCell> cells;  // in order of stage, next to each other; all stages
  friend bool operator==(const RosterRow&, const RosterRow&) = default;
};

// What one unit has of each stage; index: HouseholdStage.
using StageCounts = std::array<std::int64_t, kHouseholdStageCount>;
struct StagesOfUnit {
  UnitId unit;
  StageCounts counts{};
};
// The rows that may be public; none where there are too few households altogether. Pure: the same
// counts, the same rows.
std::vector<RosterRow> public_rows(const std::vector<StagesOfUnit>& units);
// The unit itself where it is a township or above one, else the nearest such unit above it: no
// other is shown to everybody.
UnitId township_or_above(const OrgTree& tree, UnitId unit);
// Whether rows keep what kRosterRowMin and kRosterCellMin say.
bool may_be_public(const std::vector<RosterRow>& rows);

struct PublishedRoster {
  RosterAudience audience = RosterAudience::Affected;
  std::optional<UnitId> unit;  // of the affected: whose households; else the scheme's, by township
  Day first;
  Day last;
  std::uint64_t position = 0;  // records of which it is the result
  Instant published;
  std::vector<RosterRow> rows;
};

// Those of one village, or for everybody: by number from 1, in order of publication; never none.
struct RostersOfUnit {
  std::optional<UnitId> unit;          // as in PublishedRoster
  std::vector<std::uint32_t> numbers;  // that were not over when the newest was published
  std::vector<std::uint32_t> ever;
};

// The share of the frozen households that must have signed for any agreement to hold is no less.
constexpr std::int64_t kSigningPercentMin = 80;

struct SigningTerm {
  Day first;
  Day last;
  std::optional<std::int64_t> percent;  // none: each agreement holds by itself
  friend bool operator==(const SigningTerm&, const SigningTerm&) = default;
};

struct Scheme {
  std::string code;
  std::string name;           // public by nature
  std::vector<UnitId> units;  // or areas
  std::optional<Seq> closed;  // the record that closed the register
  Day register_day;           // the day of that
  // As they were then, by unit, going up; null until they were counted.
  std::shared_ptr<const std::vector<HouseholdCount>> households;
  std::int64_t household_count = 0;  // the sum of these
  std::int64_t signed_count = 0;     // of these
  std::optional<SigningTerm> term;
  std::optional<Day> in_effect;  // of a conditional one: the day on which the ratio was reached
  KeptList<std::shared_ptr<const PublishedRoster>> rosters;  // in order of publication
  // For everybody, then by village going up; null before the first.
  std::shared_ptr<const std::vector<std::shared_ptr<const RostersOfUnit>>> rosters_by_unit;

  void publish(PublishedRoster roster, Day today);
  // Null: there is none.
  [[nodiscard]] const RostersOfUnit* rosters_of(std::optional<UnitId> unit) const;

  // Whether agreements hold.
  [[nodiscard]] bool holds() const { return term && (!term->percent || in_effect); }
  // Whether the term is over and the ratio was not reached: no agreement will ever hold.
  [[nodiscard]] bool lapsed(Day today) const { return term && !holds() && term->last < today; }
  // Whether so many signatures reach the ratio.
  [[nodiscard]] bool reached_by(std::int64_t count) const;
};

// --- what happens to it: events (ledger/event.h)

struct SchemeOpened {
  std::string scheme;         // a code
  std::string name;           // public by nature, as a unit's
  std::vector<UnitId> units;  // or areas
};
// No household is registered after this one, but for those that split from one that is.
struct RegisterClosed {
  std::string scheme;
};
// How many households each unit had when the register was closed, as they stood after so many
// records: what every rate is of from now on. In as many records as it takes.
struct RosterFrozen {
  std::string scheme;
  std::uint64_t position = 0;
  std::vector<HouseholdCount> households;  // by unit, going up
};
struct SigningOpened {
  std::string scheme;
  Day first;
  Day last;
  std::optional<std::int64_t> percent;  // of the households that must sign for any to be bound
};
// One more, or one fewer, of the frozen households has signed; which one, its own record tells.
struct SignatureCounted {
  std::string scheme;
  bool given = true;  // else it was taken back
};
// The ratio was reached by the signature before this one: all agreements hold.
struct SchemeTookEffect {
  std::string scheme;
  std::int64_t signed_count = 0;
  std::int64_t household_count = 0;
};
struct RosterPublished {
  std::string scheme;
  RosterAudience audience = RosterAudience::Affected;
  std::optional<UnitId> unit;  // of the affected: whose households; else the scheme's, by township
  Day first;
  Day last;
  std::uint64_t position = 0;
  std::vector<RosterRow> rows;
};
// A household was given a code by which it reads what is recorded of it, and none that it had holds
// any longer.
struct QueryCodeIssued {
  Hash code_salt{};
  Hash code_hash{};
};

}  // namespace tz::ledger
