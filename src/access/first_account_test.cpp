// The code of the first account: right, wrong, used, drawn anew, and asked for twice at once.
#include "access/first_account.h"

#include <gtest/gtest.h>

namespace tz::access {
namespace {

std::string claimed(FirstAccount& first, std::string_view code) {
  const Outcome outcome = first.claim(code);
  return outcome.ok() ? "ok" : outcome.error().code;
}

TEST(FirstAccount, ACodeIsGoodUntilTheAccountIsThere) {
  SeededRandom random(1);
  FirstAccount first;
  const std::string code = first.open(random);
  EXPECT_EQ(claimed(first, code), "ok");
  EXPECT_EQ(claimed(first, code), "setup_busy");
  first.give_back();
  EXPECT_EQ(claimed(first, code), "ok");
  first.done();
  EXPECT_EQ(claimed(first, code), "setup_over");
}

TEST(FirstAccount, NoCodeIsGoodBeforeOneIsDrawn) {
  SeededRandom random(1);
  FirstAccount other;
  FirstAccount first;
  EXPECT_EQ(claimed(first, other.open(random)), "setup_over");
  EXPECT_EQ(claimed(first, ""), "setup_over");
}

TEST(FirstAccount, EveryStartHasACodeOfItsOwn) {
  SeededRandom random(1);
  FirstAccount first;
  const std::string before = first.open(random);
  const std::string now = first.open(random);
  EXPECT_NE(before, now);
  EXPECT_EQ(claimed(first, before), "setup_code_wrong");
  EXPECT_EQ(claimed(first, now), "ok");
}

TEST(FirstAccount, WhoeverGuessesDoesNotKeepTheOwnerOut) {
  SeededRandom random(1);
  FirstAccount other;
  const std::string wrong = other.open(random);
  FirstAccount first;
  const std::string code = first.open(random);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(claimed(first, wrong), "setup_code_wrong");
  for (const char* none : {"", "mistyped", "-", "00000-00000-00000-00000-0"})
    EXPECT_EQ(claimed(first, none), "setup_code_wrong");
  EXPECT_EQ(claimed(first, code), "ok");
}

TEST(FirstAccount, ACodeIsReadHoweverItIsTyped) {
  SeededRandom random(1);
  FirstAccount first;
  std::string typed = " " + first.open(random) + " ";
  for (char& c : typed) c = c == '-' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  EXPECT_EQ(claimed(first, typed), "ok");
}

}  // namespace
}  // namespace tz::access
