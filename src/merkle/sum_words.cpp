// Taking lines apart, and the two lines that every text about a sum tree has.
#include "merkle/sum_words.h"

namespace tz::merkle {

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (words.size() + 1 < kWordsMax) {
    const std::size_t end = line.find(' ');
    if (end == std::string_view::npos) break;
    words.push_back(line.substr(0, end));
    line.remove_prefix(end + 1);
  }
  words.push_back(line);
  return words;
}

std::optional<std::string_view> after(std::string_view name, std::string_view line) {
  if (!line.starts_with(name)) return std::nullopt;
  line.remove_prefix(name.size());
  if (!line.starts_with(' ')) return std::nullopt;
  return line.substr(1);
}

std::string grid_line(const SumGrid& grid) {
  return "grid " + std::to_string(grid.tiers) + " " + std::to_string(grid.types) + " " +
         std::to_string(grid.statuses);
}

std::optional<SumGrid> parse_grid_line(std::string_view line) {
  const std::optional<std::string_view> numbers = after("grid", line);
  if (!numbers) return std::nullopt;
  const std::vector<std::string_view> words = words_of(*numbers);
  SumGrid grid;
  if (words.size() != 3 || !read_number(words[0], grid.tiers) ||
      !read_number(words[1], grid.types) || !read_number(words[2], grid.statuses))
    return std::nullopt;
  if (!check_grid(grid).ok()) return std::nullopt;
  return grid;
}

std::string size_line(std::uint32_t size) { return "size " + std::to_string(size); }

std::optional<std::uint32_t> parse_size_line(std::string_view line) {
  const std::optional<std::string_view> number = after("size", line);
  std::uint32_t size = 0;
  if (!number || !read_number(*number, size)) return std::nullopt;
  return size;
}

}  // namespace tz::merkle
