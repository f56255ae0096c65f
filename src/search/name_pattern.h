// A question for spots, made ready: which of its parts each character of a name can stand for.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/readings.h"

namespace tz::search {

// White space and apostrophes: they part syllables and are no part of a name.
bool separates(char32_t character);

// The characters that occur in names, as an index tells them apart.
struct NameCharacters {
  std::span<const char32_t> characters;                  // by class
  std::span<const std::vector<std::uint16_t>> readings;  // by class: indexes into syllables
  std::span<const std::string> syllables;
};

// Bit p of a set of spots means: what was read so far stands for the first p characters of the
// question. A name is read character by character, and all spots move at once.
class NamePattern {
 public:
  static constexpr std::size_t kCharactersMax = 64;

  // None for a question without characters or with too many.
  static std::optional<NamePattern> of(std::string_view utf8, const NameCharacters& names);

  // The question as a code could begin with it; empty if none can.
  [[nodiscard]] std::string_view code() const { return code_; }

  // Whether some run of the name's characters, given as classes, stands for the whole question.
  [[nodiscard]] bool occurs_in(std::u16string_view name) const {
    std::uint64_t spots = 1;
    for (const char16_t each : name) {
      if (each >= moves_.size() || (spots & moves_[each]) == 0) {
        spots = 1;
        continue;
      }
      const Step& step = steps_[each];
      if ((spots & (step.ends | step.ends_unfinished)) != 0) return true;
      spots = moved(spots, step) | 1;
    }
    return false;
  }

  // Calls `told(end, finished)` for each beginning name[0, end) that stands for the question;
  // not finished: its last syllable is typed in part.
  template <class Told>
  void each_end_from_start(std::u16string_view name, Told told) const {
    std::uint64_t spots = 1;
    for (std::size_t i = 0; i < name.size() && spots != 0; ++i) {
      if (name[i] >= steps_.size()) return;
      const Step& step = steps_[name[i]];
      if ((spots & step.ends) != 0)
        told(i + 1, true);
      else if ((spots & step.ends_unfinished) != 0)
        told(i + 1, false);
      spots = moved(spots, step);
    }
  }

 private:
  struct Step {
    // Spots from which it stands for i + 1 characters, of which the last is not the question's.
    std::array<std::uint64_t, kSyllableLettersMax> by{};
    std::uint64_t ends = 0;             // spots from which it stands for all that is left
    std::uint64_t ends_unfinished = 0;  // the same for the beginning of a syllable
    [[nodiscard]] std::uint64_t moves() const;
    void add(const Step& other);
  };

  NamePattern() = default;
  bool read(std::string_view utf8);
  Step step_for_syllable(std::string_view syllable) const;
  void stand_for(Step& step, std::size_t spot, std::size_t count) const;
  void add_literal(char32_t character, Step& step) const;

  static std::uint64_t moved(std::uint64_t spots, const Step& step) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < step.by.size(); ++i) out |= (spots & step.by[i]) << (i + 1);
    return out;
  }

  std::u32string characters_;
  std::uint64_t parted_ = 0;  // before which of them a separator stands
  std::string code_;
  std::vector<Step> steps_;           // by class
  std::vector<std::uint64_t> moves_;  // by class: spots from which it stands for anything
};

}  // namespace tz::search
