// The alphabet, and Horner's rule in the field of 32 elements.
#include "base/code_digits.h"

#include <string_view>

#include "base/error.h"

namespace tz {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// Times a, in the field of 32 elements: a^5 is a^2 + 1.
constexpr std::uint8_t times_a(std::uint8_t element) {
  const unsigned shifted = unsigned{element} << 1;
  return static_cast<std::uint8_t>((shifted & 0x20) != 0 ? shifted ^ 0x25 : shifted);
}

}  // namespace

char code_digit(std::uint8_t digit) {
  TZ_ASSERT(digit < kDigits.size());
  return kDigits[digit];
}

std::optional<std::uint8_t> code_digit_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const std::size_t at = kDigits.find(c);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<std::uint8_t>(at);
}

// From the left, the next place (that of the check digit) empty. Addition and subtraction are the
// same here, so this is the digit that makes the sum zero.
std::uint8_t check_digit(std::span<const std::uint8_t> digits) {
  TZ_ASSERT(digits.size() <= kCodeDigitsMax);
  std::uint8_t sum = 0;
  for (const std::uint8_t digit : digits) sum = times_a(static_cast<std::uint8_t>(sum ^ digit));
  return sum;
}

}  // namespace tz
