// A programme: what a campaign asks of which units by when, as data that was checked when adopted.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "ledger/flow.h"
#include "ledger/org_tree.h"

namespace tz::ledger {

// At which level of the country a unit stands. Of an administrative unit it is its kind; of any
// other (agency, branch, enterprise, university, organisation, neighbourhood, area) that of the
// nearest administrative unit above it by place, placeholders passed over.
enum class Level : std::uint8_t { Nation, Province, Prefecture, County, Township, Village, Group };
constexpr std::size_t kLevelCount = 7;
constexpr std::size_t kUnitKindCount = 14;
std::string_view to_text(Level level);  // "township"
std::optional<Level> level_named(std::string_view name);
// None for a kind that is not administrative.
constexpr std::optional<Level> level_of(UnitKind kind) {
  // The first kinds are the levels, in the same order.
  static_assert(static_cast<int>(UnitKind::Group) == static_cast<int>(Level::Group));
  if (kind > UnitKind::Group) return std::nullopt;
  return static_cast<Level>(kind);
}

// Whether units are below a unit in the tree.
enum class Position : std::uint8_t { Any, Inner, Leaf };
std::string_view to_text(Position position);
std::optional<Position> position_named(std::string_view name);

// Units that have every one of these; what is left out restricts nothing. Never a placeholder, nor
// a unit that ended before the day in question.
struct Selector {
  std::vector<UnitKind> kinds;  // the type of organisation
  std::vector<Level> levels;
  std::vector<std::string> under;   // codes: their subtrees, or what an area covers
  std::vector<std::string> except;  // codes whose subtrees, or areas, are left out again
  Position position = Position::Any;
  friend bool operator==(const Selector&, const Selector&) = default;
};
// Whether it takes a unit of that kind, level and position, wherever that stands.
bool takes(const Selector& selector, UnitKind kind, Level level, bool leaf);
// Whether a unit of that kind can be at that level.
bool possible(UnitKind kind, Level level);

struct ProgrammeBatch {
  std::string id;
  Title title;
  Day from;
  Day to;  // the last day
};

struct Tier {
  std::string id;
  Title title;
  std::uint16_t batch = 0;          // an index into batches
  std::vector<Selector> selectors;  // a unit that one of them takes is of the tier
  // It is asked what that tier is asked, less `without`, and what names it itself.
  std::optional<std::uint16_t> by_reference_to;
  std::vector<std::uint16_t> without;  // indices into requirements
};

enum class RequirementSort : std::uint8_t {
  Study,            // met by an assessment or a delivered result, never by time spent
  SelfExamination,  // a list of problems, or "none", which the level above checks
  Meeting,          // held with its quorum
  Rectification,    // a matter that findings and lists of problems roll up to
  Deliverable,      // something handed over
};
std::string_view to_text(RequirementSort sort);
std::optional<RequirementSort> requirement_sort_named(std::string_view name);

enum class StudyMetBy : std::uint8_t { Assessment, Result };
std::string_view to_text(StudyMetBy met_by);
std::optional<StudyMetBy> study_met_by_named(std::string_view name);

enum class SetBy : std::uint8_t { Central, Provincial, Municipal, Local };
std::string_view to_text(SetBy set_by);
std::optional<SetBy> set_by_named(std::string_view name);

// `part` of `of` who are to be there: 2/3.
struct Quorum {
  std::int32_t part = 1;
  std::int32_t of = 1;
  friend bool operator==(const Quorum&, const Quorum&) = default;
};

// What a requirement costs each unit that it is asked of.
struct Asked {
  std::vector<std::string> fields;  // values to be filled in, by code
  std::int32_t evidence = 0;        // pieces
  std::int32_t visits = 0;          // times that somebody comes
  std::optional<Title> necessity;   // why evidence is asked for
  [[nodiscard]] std::int64_t count() const {
    return static_cast<std::int64_t>(fields.size()) + evidence + visits;
  }
};

struct Requirement {
  std::string id;
  Title title;
  RequirementSort sort = RequirementSort::Study;
  std::vector<std::uint16_t> of;        // indices of the tiers that it names itself
  std::optional<Selector> among;        // only these units of the tiers
  std::vector<std::optional<Day>> due;  // by batch; none: not asked in that one
  StudyMetBy met_by = StudyMetBy::Assessment;
  std::optional<Title> stated;          // Study: a period that somebody stated, as words
  Quorum quorum;                        // Meeting
  std::optional<std::uint16_t> parent;  // Rectification: of which it is a part
  SetBy set_by = SetBy::Central;        // Rectification
  std::optional<Title> delivers;        // Deliverable: what
  Asked asks;
};

struct Programme {
  std::string id;
  std::int64_t version = 1;
  Title title;
  Title basis;  // the document that it rests on
  Day from;
  Day to;
  // A unit that several tiers take belongs to the first of them; else no unit may be taken twice.
  bool precedence = false;
  std::vector<ProgrammeBatch> batches;  // one after the other
  std::vector<Tier> tiers;
  std::vector<Requirement> requirements;
  // How many fields, pieces of evidence and visits a unit of that level may be asked for in a
  // month.
  std::array<std::optional<std::int32_t>, kLevelCount> budget;

  // Needs no more than kTiersMax and kRequirementsMax.
  [[nodiscard]] std::uint16_t tier_count() const {
    return static_cast<std::uint16_t>(tiers.size());
  }
  [[nodiscard]] std::uint16_t requirement_count() const {
    return static_cast<std::uint16_t>(requirements.size());
  }
  [[nodiscard]] std::optional<std::uint16_t> batch(std::string_view named) const;
  [[nodiscard]] std::optional<std::uint16_t> tier(std::string_view named) const;
  [[nodiscard]] std::optional<std::uint16_t> requirement(std::string_view named) const;
  // What a tier is asked, references followed, going up. Of tiers that refer to each other in a
  // circle, what is found before it closes.
  [[nodiscard]] std::vector<std::uint16_t> asked_of(std::uint16_t tier) const;
  // By when that tier has to meet a requirement; none if its batch has no day for it.
  [[nodiscard]] std::optional<Day> due(std::uint16_t tier, std::uint16_t requirement) const;
};

constexpr std::size_t kBatchesMax = 20;
constexpr std::size_t kTiersMax = 100;  // a unit's tier is one byte, with a bit to spare
constexpr std::size_t kRequirementsMax = 400;
constexpr std::size_t kSelectorsMax = 50;   // of one tier
constexpr std::size_t kAreaCodesMax = 500;  // of one list

// Fields that nobody has to fill in, because the ledger knows them.
const std::vector<std::string_view>& known_fields();
// Whether the words count hours or minutes ("40 学时", "30 minutes", study_hours): what is met by
// time spent is no requirement. Minutes of a meeting are none.
bool counts_time(std::string_view words);

// What a fault is about, and so where in a file it stands.
enum class ProgrammePart : std::uint8_t { Whole, Batch, Tier, Requirement, Unit };

// Where a programme contradicts itself or its tree: `at` is the id of the batch, tier or
// requirement, or the code of the unit. `more` holds what its sentence needs beside that.
struct ProgrammeFault {
  std::string code;
  ProgrammePart part = ProgrammePart::Whole;
  std::string at;
  Facts more;
  friend bool operator==(const ProgrammeFault&, const ProgrammeFault&) = default;
};
constexpr std::size_t kProgrammeFaultsMax = 100;
// Every contradiction that can be found without a tree (kProgrammeFaultsMax at most), none twice;
// empty when the programme is sound. Takes any programme, damaged ones too.
std::vector<ProgrammeFault> check(const Programme& programme);

}  // namespace tz::ledger
