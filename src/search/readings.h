// How a Chinese character is read, in plain letters: what people type to find a unit.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tz::search {

constexpr std::size_t kSyllableLettersMax = 6;  // "zhuang"

// One thread.
class Readings {
 public:
  // Takes about a quarter of a second. Fails with `character_data_missing` (fact: why).
  static Result<Readings> open();
  ~Readings();
  Readings(Readings&&) noexcept;
  Readings& operator=(Readings&&) noexcept;

  // Syllables of a to z, each once: the usual one as ICU has it, then those of place_readings.cpp.
  // Where there is an ü, one with v and one with u. None for what is no Chinese character.
  [[nodiscard]] std::vector<std::string> of(char32_t character) const;

 private:
  struct Inside;
  explicit Readings(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

// Other readings that a character has in names of places, with a space between them; empty if
// none are known.
std::string_view place_readings(char32_t character);
// Every character that has some, in order.
std::u32string characters_with_place_readings();

}  // namespace tz::search
