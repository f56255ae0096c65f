// Reading a question, and what each character of names and each syllable stands for in it.
#include "search/name_pattern.h"

#include "search/folding.h"

namespace tz::search {
namespace {

bool is_letter(char32_t character) { return character >= U'a' && character <= U'z'; }

bool may_be_in_code(char32_t character) {
  return is_letter(character) || (character >= U'0' && character <= U'9') || character == U'-' ||
         character == U'_' || character == U'.';
}

}  // namespace

std::uint64_t NamePattern::Step::moves() const {
  std::uint64_t out = ends | ends_unfinished;
  for (const std::uint64_t each : by) out |= each;
  return out;
}

void NamePattern::Step::add(const Step& other) {
  ends |= other.ends;
  ends_unfinished |= other.ends_unfinished;
  for (std::size_t i = 0; i < by.size(); ++i) by[i] |= other.by[i];
}

bool separates(char32_t character) {
  return character == U' ' || character == U'\'' || character == U'\u2019' ||
         character == U'\u2018' || character == U'`';
}

bool NamePattern::read(std::string_view utf8) {
  Folding folding;
  const std::u16string text = folding.text(utf8);
  bool code = true;
  bool parted = false;
  for (std::size_t at = 0; at < text.size();) {
    char32_t character = next_character(text, at);
    if (character == U'ü') character = U'v';
    if (separates(character)) {
      parted = true;
      continue;
    }
    if (characters_.size() == kCharactersMax) return false;
    if (parted) parted_ |= std::uint64_t{1} << characters_.size();
    parted = false;
    characters_ += character;
    code = code && may_be_in_code(character);
  }
  if (code)
    for (const char32_t character : characters_) code_ += static_cast<char>(character);
  return !characters_.empty();
}

void NamePattern::stand_for(Step& step, std::size_t spot, std::size_t count) const {
  const std::uint64_t bit = std::uint64_t{1} << spot;
  if (spot + count == characters_.size())
    step.ends |= bit;
  else
    step.by[count - 1] |= bit;
}

void NamePattern::add_literal(char32_t character, Step& step) const {
  for (std::size_t spot = 0; spot < characters_.size(); ++spot)
    if (characters_[spot] == character) stand_for(step, spot, 1);
}

NamePattern::Step NamePattern::step_for_syllable(std::string_view syllable) const {
  Step step;
  for (std::size_t spot = 0; spot < characters_.size(); ++spot) {
    std::size_t same = 0;
    while (same < syllable.size() && spot + same < characters_.size() &&
           characters_[spot + same] == static_cast<char32_t>(syllable[same]) &&
           (same == 0 || (parted_ >> (spot + same) & 1) == 0))
      ++same;
    if (same == 0) continue;
    stand_for(step, spot, 1);
    if (same == syllable.size())
      stand_for(step, spot, same);
    else if (same > 1 && spot + same == characters_.size())
      step.ends_unfinished |= std::uint64_t{1} << spot;
  }
  return step;
}

std::optional<NamePattern> NamePattern::of(std::string_view utf8, const NameCharacters& names) {
  NamePattern pattern;
  if (!pattern.read(utf8)) return std::nullopt;
  std::vector<Step> syllables;
  syllables.reserve(names.syllables.size());
  for (const std::string& syllable : names.syllables)
    syllables.push_back(pattern.step_for_syllable(syllable));
  pattern.steps_.resize(names.characters.size());
  for (std::size_t i = 0; i < pattern.steps_.size(); ++i) {
    Step& step = pattern.steps_[i];
    pattern.add_literal(names.characters[i], step);
    for (const std::uint16_t reading : names.readings[i]) step.add(syllables[reading]);
    pattern.moves_.push_back(step.moves());
  }
  return pattern;
}

}  // namespace tz::search
