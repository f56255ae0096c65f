// What a check digit finds.
#include "base/code_digits.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace tz {
namespace {

TEST(CodeDigits, AreReadAsTheyAreWritten) {
  for (std::uint8_t digit = 0; digit < 32; ++digit)
    EXPECT_EQ(code_digit_of(code_digit(digit)), digit);
  EXPECT_EQ(code_digit_of('o'), 0);
  EXPECT_EQ(code_digit_of('i'), 1);
  EXPECT_EQ(code_digit_of('L'), 1);
  EXPECT_EQ(code_digit_of('u'), std::nullopt);
  EXPECT_EQ(code_digit_of('-'), std::nullopt);
}

// All single errors and all swaps of the longest code there may be.
TEST(CheckDigit, TellsEveryWrongDigitAndEverySwap) {
  std::vector<std::uint8_t> digits;
  for (std::size_t i = 0; i < kCodeDigitsMax; ++i)
    digits.push_back(static_cast<std::uint8_t>(i * 7 % 32));
  const std::uint8_t right = check_digit(digits);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    for (std::uint8_t other = 0; other < 32; ++other) {
      auto wrong = digits;
      wrong[i] = other;
      EXPECT_EQ(check_digit(wrong) == right, other == digits[i]);
    }
    for (std::size_t j = 0; j < i; ++j) {
      auto swapped = digits;
      std::swap(swapped[i], swapped[j]);
      EXPECT_EQ(check_digit(swapped) == right, digits[i] == digits[j]);
    }
  }
}

}  // namespace
}  // namespace tz
