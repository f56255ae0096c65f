// Item numbers as text with a check digit, and back.
#include "ledger/item_no.h"

#include <array>

#include "base/code_digits.h"
#include "base/error.h"

namespace tz::ledger {
namespace {

constexpr std::size_t kDigitCount = 8;

}  // namespace

std::string to_text(ItemNo no) {
  TZ_ASSERT(no.value < kItemNoCount);
  std::array<std::uint8_t, kDigitCount> digits{};
  for (std::size_t i = 0; i < kDigitCount; ++i)
    digits[i] = static_cast<std::uint8_t>((no.value >> (5 * (kDigitCount - 1 - i))) & 31);
  std::string text;
  for (std::size_t i = 0; i < kDigitCount; ++i) {
    if (i == kDigitCount / 2) text += '-';
    text += code_digit(digits[i]);
  }
  text += '-';
  text += code_digit(check_digit(digits));
  return text;
}

std::optional<ItemNo> parse_item_no(std::string_view text) {
  std::array<std::uint8_t, kDigitCount> digits{};
  std::uint64_t value = 0;
  std::size_t count = 0;
  bool hyphen = false;  // the character before was one
  for (const char c : text) {
    if (c == '-') {
      if (hyphen || (count != kDigitCount / 2 && count != kDigitCount)) return std::nullopt;
      hyphen = true;
      continue;
    }
    hyphen = false;
    const std::optional<std::uint8_t> digit = code_digit_of(c);
    if (!digit || count > kDigitCount) return std::nullopt;
    if (count < kDigitCount) {
      digits[count] = *digit;
      value = (value << 5) | *digit;
    } else if (check_digit(digits) != *digit) {
      return std::nullopt;
    }
    ++count;
  }
  if (count != kDigitCount + 1) return std::nullopt;
  return ItemNo{value};
}

}  // namespace tz::ledger
