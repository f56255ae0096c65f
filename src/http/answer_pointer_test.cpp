// Pointers over a small answer.
#include "http/answer_pointer.h"

#include <gtest/gtest.h>

namespace tz::http {
namespace {

std::string at(std::string_view pointer) {
  static const Json answer = *parse_json(
      R"({"rows": [{"id": "a", "set": 1, "of": null, "units": [{"code": "x"}, {"code": "y"}]},)"
      R"({"id": "b", "set": 2, "of": "a", "units": [{"code": "x"}]}], "late": true})");
  std::string out;
  for (const Json& value : values_at(answer, pointer)) out += value.dump() + " ";
  return out;
}

TEST(AnswerPointer, ReachesIntoLists) {
  EXPECT_EQ(at("/late"), "true ");
  EXPECT_EQ(at("/rows/*/id"), R"("a" "b" )");
  EXPECT_EQ(at("/rows/*/units/*/code"), R"("x" "y" "x" )");
  EXPECT_EQ(at("/rows/id=b/set"), "2 ");
  EXPECT_EQ(at("/rows/set=1/of=null/id"), R"("a" )");
  EXPECT_EQ(at("/rows/*/of=a/id"), R"("b" )");
}

TEST(AnswerPointer, Counts) {
  EXPECT_EQ(at("/rows/*/units/*/code/#"), "3 ");
  EXPECT_EQ(at("/rows/*/units/*/code/##"), "2 ");
  EXPECT_EQ(at("/rows/id=none/#"), "0 ");
}

TEST(AnswerPointer, GivesNothingWhereAStepDoesNotFit) {
  EXPECT_EQ(at("/none"), "");
  EXPECT_EQ(at("/late/*"), "");
  EXPECT_EQ(at("/rows/id"), "");
  EXPECT_EQ(at("/rows/none=a"), "");
}

}  // namespace
}  // namespace tz::http
