// Digits of codes that people read out and type: Crockford's base 32, the last one a check digit.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace tz {

constexpr std::size_t kCodeDigitsMax = 30;  // beyond it two digits would have the same factor

// '0' to '9' and 'A' to 'Z' without I, L, O and U. Needs a digit below 32.
char code_digit(std::uint8_t digit);
// Lower case too, and o, i and l for 0, 1 and 1.
std::optional<std::uint8_t> code_digit_of(char c);

// A digit stands for an element of the field of 32 elements (polynomials in a over GF(2) modulo
// a^5 + a^2 + 1, bit n of the digit being the factor of a^n). Counted from the right with the check
// digit as place 0, the sum of digit times a^place is zero. As the factors of up to 31 places
// differ and none is zero, one wrong digit, and any two digits that changed places, adjacent or
// not, always give another sum: a code misheard or mistyped in that way is recognised as wrong.
// Needs at most kCodeDigitsMax digits.
std::uint8_t check_digit(std::span<const std::uint8_t> digits);

}  // namespace tz
