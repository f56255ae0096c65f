// The words of programme files, and what follows from a programme without a tree.
#include "ledger/programme.h"

#include <algorithm>
#include <array>

#include "ledger/enum_names.h"

namespace tz::ledger {
namespace {

// Each table has its enumerators' names in their order.
constexpr std::array<std::string_view, kLevelCount> kLevels = {
    "nation", "province", "prefecture", "county", "township", "village", "group"};
constexpr std::array<std::string_view, 3> kPositions = {"any", "inner", "leaf"};
constexpr std::array<std::string_view, 5> kSorts = {"study", "self_examination", "meeting",
                                                    "rectification", "deliverable"};
constexpr std::array<std::string_view, 2> kMetBy = {"assessment", "result"};
constexpr std::array<std::string_view, 4> kSetBy = {"central", "provincial", "municipal", "local"};

// Numbers before "minutes" that are not digits.
constexpr std::array<std::string_view, 20> kNumberWords = {
    "one",   "two",   "three", "four",   "five",    "six",    "seven",
    "eight", "nine",  "ten",   "half",   "twelve",  "twenty", "thirty",
    "forty", "fifty", "sixty", "ninety", "fifteen", "hundred"};

template <class Value>
bool has(const std::vector<Value>& all, const Value& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

template <class Part>
std::optional<std::uint16_t> index_of(const std::vector<Part>& parts, std::string_view id) {
  for (std::size_t index = 0; index < parts.size(); ++index)
    if (parts[index].id == id) return static_cast<std::uint16_t>(index);
  return std::nullopt;
}

enum class Letters { Word, Number, Other };

Letters letters(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return Letters::Word;
  return c >= '0' && c <= '9' ? Letters::Number : Letters::Other;
}

// Runs of Latin letters, in small letters, and of digits; all else parts them.
std::vector<std::string> runs(std::string_view words) {
  std::vector<std::string> out;
  Letters before = Letters::Other;
  for (const char c : words) {
    const Letters now = letters(c);
    if (now != Letters::Other) {
      if (now != before) out.emplace_back();
      out.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    before = now;
  }
  return out;
}

bool identifier(std::string_view words) {
  return std::all_of(words.begin(), words.end(),
                     [](char c) { return letters(c) != Letters::Other || c == '_'; });
}

}  // namespace

std::string_view to_text(Level level) { return name_in(kLevels, level); }
std::optional<Level> level_named(std::string_view name) { return named_in<Level>(kLevels, name); }

std::string_view to_text(Position position) { return name_in(kPositions, position); }
std::optional<Position> position_named(std::string_view name) {
  return named_in<Position>(kPositions, name);
}

std::string_view to_text(RequirementSort sort) { return name_in(kSorts, sort); }
std::optional<RequirementSort> requirement_sort_named(std::string_view name) {
  return named_in<RequirementSort>(kSorts, name);
}

std::string_view to_text(StudyMetBy met_by) { return name_in(kMetBy, met_by); }
std::optional<StudyMetBy> study_met_by_named(std::string_view name) {
  return named_in<StudyMetBy>(kMetBy, name);
}

std::string_view to_text(SetBy set_by) { return name_in(kSetBy, set_by); }
std::optional<SetBy> set_by_named(std::string_view name) { return named_in<SetBy>(kSetBy, name); }

bool takes(const Selector& selector, UnitKind kind, Level level, bool leaf) {
  if (!selector.kinds.empty() && !has(selector.kinds, kind)) return false;
  if (!selector.levels.empty() && !has(selector.levels, level)) return false;
  return selector.position == Position::Any || (selector.position == Position::Leaf) == leaf;
}

bool possible(UnitKind kind, Level level) {
  const auto own = level_of(kind);
  return !own || *own == level;
}

std::optional<std::uint16_t> Programme::batch(std::string_view named) const {
  return index_of(batches, named);
}
std::optional<std::uint16_t> Programme::tier(std::string_view named) const {
  return index_of(tiers, named);
}
std::optional<std::uint16_t> Programme::requirement(std::string_view named) const {
  return index_of(requirements, named);
}

std::vector<std::uint16_t> Programme::asked_of(std::uint16_t tier) const {
  TZ_ASSERT(tier < tiers.size());
  // From the tier along its references; `without` holds for what is taken over, not for its own.
  std::vector<bool> passed(tiers.size(), false);
  std::vector<bool> left_out(requirements.size(), false);
  std::vector<std::uint16_t> asked;
  for (std::optional<std::uint16_t> at = tier; at && *at < tiers.size() && !passed[*at];
       at = tiers[*at].by_reference_to) {
    passed[*at] = true;
    for (std::size_t i = 0; i < requirements.size(); ++i)
      if (has(requirements[i].of, *at) && !left_out[i]) {
        asked.push_back(static_cast<std::uint16_t>(i));
        left_out[i] = true;  // once is enough
      }
    for (const std::uint16_t one : tiers[*at].without)
      if (one < requirements.size()) left_out[one] = true;
  }
  std::sort(asked.begin(), asked.end());
  return asked;
}

std::optional<Day> Programme::due(std::uint16_t tier, std::uint16_t requirement) const {
  TZ_ASSERT(tier < tiers.size());
  TZ_ASSERT(requirement < requirements.size());
  const std::vector<std::optional<Day>>& days = requirements[requirement].due;
  const std::size_t batch = tiers[tier].batch;
  return batch < days.size() ? days[batch] : std::nullopt;
}

const std::vector<std::string_view>& known_fields() {
  static const std::vector<std::string_view> fields = {
      "areas",        "closed_items",   "completion_rate", "open_items",     "overdue_items",
      "rebound_rate", "reopened_items", "returned_items",  "satisfied_rate", "subordinates",
      "superior",     "unit_code",      "unit_kind",       "unit_level",     "unit_name",
      "unit_path",    "verdicts",
  };
  return fields;
}

bool counts_time(std::string_view words) {
  for (const std::string_view one : {"小时", "学时", "课时", "分钟", "钟头"})
    if (words.find(one) != std::string_view::npos) return true;
  const std::vector<std::string> all = runs(words);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i] == "hour" || all[i] == "hours") return true;
    if (all[i] != "minute" && all[i] != "minutes") continue;
    if (identifier(words)) return true;
    const bool counted = i > 0 && (letters(all[i - 1][0]) == Letters::Number ||
                                   std::find(kNumberWords.begin(), kNumberWords.end(),
                                             all[i - 1]) != kNumberWords.end());
    if (counted) return true;
  }
  return false;
}

}  // namespace tz::ledger
