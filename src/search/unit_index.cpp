// Adding units, and one pass over all of them for a question.
#include "search/unit_index.h"

#include <algorithm>

#include "base/error.h"
#include "search/name_pattern.h"

namespace tz::search {
namespace {

constexpr std::uint16_t kOtherClass = 0xFFFF;  // beyond as many characters as can be told apart
constexpr unsigned kPositionBits = 32;
constexpr std::uint64_t kNoItems = std::uint64_t{1} << 48;

}  // namespace

UnitIndex::Class UnitIndex::class_of(char32_t character, const Readings& readings) {
  const auto found = classes_.find(character);
  if (found != classes_.end()) return found->second;
  if (characters_.size() == kOtherClass) return kOtherClass;
  const auto made = static_cast<Class>(characters_.size());
  classes_.emplace(character, made);
  characters_.push_back(character);
  readings_.emplace_back();
  for (const std::string& syllable : readings.of(character)) {
    const auto [at, added] =
        syllable_indexes_.try_emplace(syllable, static_cast<std::uint16_t>(syllables_.size()));
    if (added) syllables_.push_back(syllable);
    readings_.back().push_back(at->second);
  }
  return made;
}

void UnitIndex::add(std::span<const UnitEntry> units, Folding& folding, const Readings& readings) {
  for (const UnitEntry& unit : units) {
    const std::u16string name = folding.text(unit.name);
    for (std::size_t at = 0; at < name.size();) {
      const char32_t character = next_character(name, at);
      if (!separates(character)) names_ += static_cast<char16_t>(class_of(character, readings));
    }
    name_ends_.push_back(static_cast<std::uint32_t>(names_.size()));
    for (const char16_t each : folding.text(unit.code)) codes_ += static_cast<char>(each);
    code_ends_.push_back(static_cast<std::uint32_t>(codes_.size()));
    levels_.push_back(unit.level);
    placeholders_.push_back(unit.placeholder ? 1 : 0);
  }
  index_endings();
}

void UnitIndex::index_endings() {
  endings_.clear();
  for (const std::u16string_view ending : usual_endings()) {
    std::u16string classes;
    bool occurs = true;
    for (std::size_t at = 0; at < ending.size();) {
      const auto found = classes_.find(next_character(ending, at));
      occurs = occurs && found != classes_.end();
      if (occurs) classes += static_cast<char16_t>(found->second);
    }
    if (occurs) endings_.push_back(std::move(classes));
  }
}

void UnitIndex::set_positions(std::vector<std::uint32_t> positions) {
  TZ_ASSERT(positions.size() == size());
  positions_ = std::move(positions);
}

std::size_t UnitIndex::bytes() const {
  return names_.capacity() * 2 + codes_.capacity() + name_ends_.capacity() * 4 +
         code_ends_.capacity() * 4 + levels_.capacity() + placeholders_.capacity() +
         positions_.capacity() * 4 + characters_.capacity() * 100;
}

std::u16string_view UnitIndex::classes_of(UnitId unit) const {
  const std::uint32_t begin = unit.value == 0 ? 0 : name_ends_[unit.value - 1];
  return std::u16string_view(names_).substr(begin, name_ends_[unit.value] - begin);
}

std::string_view UnitIndex::code_of(UnitId unit) const {
  const std::uint32_t begin = unit.value == 0 ? 0 : code_ends_[unit.value - 1];
  return std::string_view(codes_).substr(begin, code_ends_[unit.value] - begin);
}

bool UnitIndex::usual_ending(std::u16string_view classes) const {
  return std::find(endings_.begin(), endings_.end(), classes) != endings_.end();
}

std::optional<Fit> UnitIndex::fit(UnitId unit, const NamePattern& pattern) const {
  std::optional<Fit> by_code;
  if (!pattern.code().empty()) {
    const std::string_view code = code_of(unit);
    if (code == pattern.code()) return Fit::Whole;
    if (code.starts_with(pattern.code())) by_code = Fit::Beginning;
  }
  if (placeholders_[unit.value] != 0) return std::nullopt;
  const std::u16string_view name = classes_of(unit);
  if (!pattern.occurs_in(name)) return by_code;
  Fit best = by_code.value_or(Fit::Inside);
  pattern.each_end_from_start(name, [&](std::size_t end, bool finished) {
    Fit here = Fit::Beginning;
    if (finished && end == name.size()) here = Fit::Whole;
    if (finished && end < name.size() && usual_ending(name.substr(end))) here = Fit::Stem;
    best = std::min(best, here);
  });
  return best;
}

UnitsFound UnitIndex::find(const UnitQuestion& question) const {
  UnitsFound out;
  const auto pattern = NamePattern::of(question.text, {characters_, readings_, syllables_});
  if (!pattern || question.count_max == 0) return out;
  TZ_ASSERT(positions_.size() == size());
  const auto in_scope = [&](std::uint32_t position) {
    const auto after = std::upper_bound(
        question.scope.begin(), question.scope.end(), position,
        [](std::uint32_t at, const PositionInterval& each) { return at < each.begin; });
    return after != question.scope.begin() && position < std::prev(after)->end;
  };
  std::vector<std::pair<std::uint64_t, UnitId>> best;  // a heap, the worst first
  for (std::uint32_t i = 0; i < size(); ++i) {
    const UnitId unit{i};
    const auto fits = fit(unit, *pattern);
    if (!fits) continue;
    ++out.count;
    const std::uint64_t length = std::min<std::size_t>(classes_of(unit).size(), 255);
    std::uint64_t rank = static_cast<std::uint64_t>(*fits) << 50 | length << kPositionBits |
                         std::uint64_t{levels_[i]} << (kPositionBits + 8) | positions_[i];
    if (!in_scope(positions_[i])) rank |= std::uint64_t{1} << 49;
    const bool full = best.size() == question.count_max;
    if (full && best.front().first < rank) continue;
    // Only now: it is the dear question.
    if (!question.occupied || !question.occupied(unit)) rank |= kNoItems;
    if (full && best.front().first < rank) continue;
    if (full) {
      std::pop_heap(best.begin(), best.end());
      best.pop_back();
    }
    best.emplace_back(rank, unit);
    std::push_heap(best.begin(), best.end());
  }
  std::sort_heap(best.begin(), best.end());
  for (const auto& [rank, unit] : best) out.units.push_back(unit);
  return out;
}

}  // namespace tz::search
