// Results carry a value or an error, and TZ_TRY passes errors on.
#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace tz {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return refusal("odd", {{"number", std::to_string(number)}});
  return number / 2;
}

Result<std::string> quarter(int number) {
  const int once = TZ_TRY(half(number));
  return std::to_string(TZ_TRY(half(once)));
}

TEST(Result, HoldsAValueOrAnError) {
  EXPECT_TRUE(half(4).ok());
  EXPECT_EQ(*half(4), 2);
  EXPECT_FALSE(half(3).ok());
  EXPECT_EQ(half(3).error().code, "odd");
  EXPECT_EQ(half(3).error().facts, (Facts{{"number", "3"}}));
}

TEST(Result, TryPassesTheFirstErrorOn) {
  EXPECT_EQ(*quarter(12), "3");
  EXPECT_EQ(quarter(7).error().facts, (Facts{{"number", "7"}}));
  EXPECT_EQ(quarter(6).error().facts, (Facts{{"number", "3"}}));
}

TEST(Result, CarriesWhatCannotBeCopied) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
  const std::unique_ptr<int> taken = std::move(result).value();
  EXPECT_EQ(*taken, 5);
}

TEST(Result, RefusalsAndFailuresAreToldApart) {
  EXPECT_EQ(refusal("a").error_class, ErrorClass::Refusal);
  EXPECT_EQ(failure("a").error_class, ErrorClass::Failure);
}

TEST(ResultDeathTest, AskingTheWrongSideIsABug) {
  EXPECT_DEATH((void)half(3).value(), "bug: ok\\(\\)");
  EXPECT_DEATH((void)half(4).error(), "bug: !ok\\(\\)");
}

}  // namespace
}  // namespace tz
