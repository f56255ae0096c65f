// Item numbers as text with a check digit, and back.
#include "ledger/item_no.h"

#include <array>

#include "base/error.h"

namespace tz::ledger {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kDigitCount = 8;

// Times a, in the field of 32 elements: a^5 is a^2 + 1.
constexpr std::uint8_t times_a(std::uint8_t element) {
  const unsigned shifted = unsigned{element} << 1;
  return static_cast<std::uint8_t>((shifted & 0x20) != 0 ? shifted ^ 0x25 : shifted);
}

// Horner's rule over the digits from the left, the next place (that of the check digit) empty.
// Addition and subtraction are the same here, so this is the digit that makes the sum zero.
std::uint8_t check_digit(const std::array<std::uint8_t, kDigitCount>& digits) {
  std::uint8_t sum = 0;
  for (const std::uint8_t digit : digits) sum = times_a(static_cast<std::uint8_t>(sum ^ digit));
  return sum;
}

std::optional<std::uint8_t> digit_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const std::size_t at = kDigits.find(c);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<std::uint8_t>(at);
}

}  // namespace

std::string to_text(ItemNo no) {
  TZ_ASSERT(no.value < kItemNoCount);
  std::array<std::uint8_t, kDigitCount> digits{};
  for (std::size_t i = 0; i < kDigitCount; ++i)
    digits[i] = static_cast<std::uint8_t>((no.value >> (5 * (kDigitCount - 1 - i))) & 31);
  std::string text;
  for (std::size_t i = 0; i < kDigitCount; ++i) {
    if (i == kDigitCount / 2) text += '-';
    text += kDigits[digits[i]];
  }
  text += '-';
  text += kDigits[check_digit(digits)];
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
    const std::optional<std::uint8_t> digit = digit_of(c);
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
