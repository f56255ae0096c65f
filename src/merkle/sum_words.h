// What the texts about sum trees are made of: lines of words with single spaces between.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "merkle/sums.h"

namespace tz::merkle {

// The words between single spaces; some are empty where spaces are not single. From the
// kWordsMax-th on they stay together: no line of any text has so many.
constexpr std::size_t kWordsMax = 8;
std::vector<std::string_view> words_of(std::string_view line);

// Decimal, without leading zeros, into a number that has room for it.
template <class Number>
bool read_number(std::string_view word, Number& number) {
  if (word.size() > 1 && word.front() == '0') return false;
  const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
  return fault == std::errc{} && end == word.data() + word.size();
}

// What stands after the line's name and a space.
std::optional<std::string_view> after(std::string_view name, std::string_view line);

std::string grid_line(const SumGrid& grid);  // "grid 3 6 5", without line feed
std::optional<SumGrid> parse_grid_line(std::string_view line);
std::string size_line(std::uint32_t size);  // "size 704474"
std::optional<std::uint32_t> parse_size_line(std::string_view line);

}  // namespace tz::merkle
