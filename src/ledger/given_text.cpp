// Looking at each character of a text.
#include "ledger/given_text.h"

#include <algorithm>
#include <array>

#include "base/csv.h"

namespace tz::ledger {
namespace {

constexpr std::size_t kCodeBytesMax = 40;

// The characters of a text that is UTF-8, one after the other.
class Characters {
 public:
  explicit Characters(std::string_view text) : text_(text) {}

  std::optional<char32_t> next() {
    if (at_ == text_.size()) return std::nullopt;
    const unsigned char first = byte();
    if (first < 0x80) return first;
    const int more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    char32_t value = first & (0x3FU >> static_cast<unsigned>(more));
    for (int i = 0; i < more && at_ < text_.size(); ++i) value = value << 6U | (byte() & 0x3FU);
    return value;
  }

 private:
  unsigned char byte() { return static_cast<unsigned char>(text_[at_++]); }

  std::string_view text_;
  std::size_t at_ = 0;
};

struct Range {
  char32_t first;
  char32_t last;
};
template <std::size_t N>
bool in(const std::array<Range, N>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const Range& range) { return range.first <= c && c <= range.last; });
}

// Control characters, and what ends a line or a paragraph.
bool is_control(char32_t c) {
  static constexpr std::array<Range, 3> kControls = {
      {{0x00, 0x1F}, {0x7F, 0x9F}, {0x2028, 0x2029}}};
  return in(kControls, c);
}

// What shows nothing: spaces of every width, those of no width, fillers, marks of direction.
bool is_blank(char32_t c) {
  static constexpr std::array<Range, 12> kBlanks = {{{0x20, 0x20},
                                                     {0xA0, 0xA0},
                                                     {0xAD, 0xAD},
                                                     {0x115F, 0x1160},
                                                     {0x1680, 0x1680},
                                                     {0x180E, 0x180E},
                                                     {0x2000, 0x200F},
                                                     {0x202A, 0x202F},
                                                     {0x205F, 0x206F},
                                                     {0x2800, 0x2800},
                                                     {0x3000, 0x3000},
                                                     {0xFEFF, 0xFEFF}}};
  return is_control(c) || in(kBlanks, c) || c == 0x3164 || c == 0xFFA0;
}

}  // namespace

std::optional<Error> text_fault(const TextPlace& place, std::string_view text) {
  const Facts field = {{"field", place.field}};
  if (!valid_utf8(text)) return refusal("text_encoding", field);
  std::size_t count = 0;
  bool controls = false;
  bool blank = true;
  Characters characters(text);
  while (const auto c = characters.next()) {
    ++count;
    controls = controls || is_control(*c);
    blank = blank && is_blank(*c);
  }
  if (count > place.chars_max)
    return refusal("text_too_long",
                   {{"field", place.field}, {"chars_max", std::to_string(place.chars_max)}});
  if (blank && count > 0) return refusal("field_required", field);
  if (controls && place.shape == Shape::Line) return refusal("text_control", field);
  return std::nullopt;
}

bool valid_code(std::string_view text) {
  return !text.empty() && text.size() <= kCodeBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

}  // namespace tz::ledger
