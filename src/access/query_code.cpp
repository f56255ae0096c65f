// Drawing, reading and hashing query codes.
#include "access/query_code.h"

#include <array>

#include "access/sodium_ready.h"
#include "base/code_digits.h"

namespace tz::access {
namespace {

constexpr std::size_t kDigits = 20;
constexpr std::size_t kGroup = 5;
constexpr std::string_view kTag = "tz/query-code/1";

}  // namespace

std::string new_query_code(Random& random) {
  std::array<std::uint8_t, kDigits> digits;
  random.fill(digits);
  for (std::uint8_t& digit : digits) digit &= 31;
  std::string out;
  for (std::size_t i = 0; i < kDigits; ++i) {
    out += code_digit(digits[i]);
    if (i % kGroup == kGroup - 1) out += '-';
  }
  return out + code_digit(check_digit(digits));
}

std::optional<std::string> read_query_code(std::string_view text) {
  std::array<std::uint8_t, kDigits> digits{};
  std::string out;
  for (const char c : text) {
    if (c == '-' || c == ' ') continue;
    const auto digit = code_digit_of(c);
    if (!digit || out.size() > kDigits) return std::nullopt;
    if (out.size() < kDigits)
      digits[out.size()] = *digit;
    else if (check_digit(digits) != *digit)
      return std::nullopt;
    out += code_digit(*digit);
  }
  if (out.size() != kDigits + 1) return std::nullopt;
  return out;
}

Hash hash_of_code(std::string_view code, const Hash& salt) {
  const auto digits = read_query_code(code);
  TZ_ASSERT(digits.has_value());
  const std::uint8_t zero = 0;
  return sha256({as_bytes(kTag), BytesView(&zero, 1), salt, as_bytes(*digits)});
}

bool same_code(const Hash& a, const Hash& b) {
  return sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace tz::access
