// Finds units by name, by code, by pinyin and by its initials: a scan of compact arrays.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/id.h"
#include "search/folding.h"
#include "search/readings.h"

namespace tz::search {

class NamePattern;

struct UnitEntry {
  std::string_view code;
  std::string_view name;
  std::uint8_t level = 0;    // how many units stand above it
  bool placeholder = false;  // found by its whole code alone
};

// Positions [begin, end) in pre-order.
struct PositionInterval {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct UnitQuestion {
  std::string_view text;  // UTF-8
  std::size_t count_max = 10;
  std::span<const PositionInterval> scope;  // the caller's own, sorted and disjoint
  std::function<bool(UnitId)> occupied;     // whether it has items; empty: none has
};

// How well a unit fits; the better first.
enum class Fit : std::uint8_t { Whole, Stem, Beginning, Inside };

struct UnitsFound {
  std::vector<UnitId> units;  // the best first
  std::uint64_t count = 0;    // of all that fit
};

// A value: copied where a published one must grow. What is compared are folded names, without
// spaces and apostrophes. In a question each letter run may be, in any mixture, the letters of a
// name, whole syllables of its characters, their first letters, and at the very end the beginning
// of a syllable; a space or an apostrophe is no part of a syllable. So "致和南", "zhihenan",
// "zhi'he nan", "zhn" and "致hn" all find 致和南社区居委会.
//
// Best first: the whole name or code; the name but for a usual ending such as 社区居委会; its
// beginning, or the code's; anything else. Among equals: in scope, with items, higher up, with a
// shorter name, and earlier in pre-order.
class UnitIndex {
 public:
  // Adds units in order of registration; their ids go up from size(). One thread, on an index
  // that nobody reads.
  void add(std::span<const UnitEntry> units, Folding& folding, const Readings& readings);
  // The pre-order positions of all units, by id; to be set after every add().
  void set_positions(std::vector<std::uint32_t> positions);

  [[nodiscard]] std::size_t size() const { return levels_.size(); }
  [[nodiscard]] std::size_t bytes() const;

  // Any thread.
  [[nodiscard]] UnitsFound find(const UnitQuestion& question) const;

 private:
  using Class = std::uint16_t;  // one of the different characters in names

  Class class_of(char32_t character, const Readings& readings);
  [[nodiscard]] std::u16string_view classes_of(UnitId unit) const;
  [[nodiscard]] std::string_view code_of(UnitId unit) const;
  [[nodiscard]] bool usual_ending(std::u16string_view classes) const;
  [[nodiscard]] std::optional<Fit> fit(UnitId unit, const NamePattern& pattern) const;
  void index_endings();

  std::u16string names_;                  // classes, one name after the other
  std::vector<std::uint32_t> name_ends_;  // by unit
  std::string codes_;                     // folded
  std::vector<std::uint32_t> code_ends_;  // by unit
  std::vector<std::uint8_t> levels_;
  std::vector<std::uint8_t> placeholders_;
  std::vector<std::uint32_t> positions_;

  std::unordered_map<char32_t, Class> classes_;
  std::vector<char32_t> characters_;                  // by class
  std::vector<std::vector<std::uint16_t>> readings_;  // by class: indexes into syllables_
  std::vector<std::string> syllables_;
  std::unordered_map<std::string, std::uint16_t> syllable_indexes_;
  std::vector<std::u16string> endings_;  // usual ones whose characters all occur, as classes
};

// Endings of names that people leave out, such as 镇 and 社区居委会.
std::span<const std::u16string_view> usual_endings();

}  // namespace tz::search
