// Adopting holidays and limits, and finding those of a place.
#include "ledger/time_rules.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace tz::ledger {
namespace {

std::string file_text(const std::string& name) {
  std::ifstream in(std::string(TZ_SOURCE) + "/calendar/" + name);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

Day day(const char* text) { return *parse_day(text); }

TimeRules adopted(const char* known) {
  auto rules = TimeRules{}.with_calendar(file_text("holidays.csv"), day(known));
  EXPECT_TRUE(rules.ok());
  return *rules->with_limits(file_text("limits.csv"));
}

TEST(TimeRules, KnowNothingBeforeTheyAreAdopted) {
  const TimeRules none;
  EXPECT_FALSE(none.has_calendar());
  EXPECT_FALSE(none.knows("petition.handle"));
  EXPECT_FALSE(none.rule("petition.handle", {{}, "", day("2024-09-13")}));
}

TEST(TimeRules, AreAsKnownOnTheDayOfAdoption) {
  const TimeRules early = adopted("2018-06-01");
  const TimeRules late = adopted("2025-06-01");
  // 3 May 2019 became a holiday by a notice of March 2019.
  EXPECT_TRUE(early.days_of({}).works(day("2019-05-03")));
  EXPECT_FALSE(late.days_of({}).works(day("2019-05-03")));
}

TEST(TimeRules, KnowWhereLocalHolidaysAreNotKnown) {
  const TimeRules rules = adopted("2025-06-01");
  const Day some = day("2024-06-03");
  EXPECT_EQ(rules.days_of({"650102"}).local_unknown(some, some), 2024);
  EXPECT_FALSE(rules.days_of({"610102"}).local_unknown(some, some));
}

TEST(TimeRules, ALimitHoldsOnItsDays) {
  const TimeRules rules = adopted("2025-06-01");
  EXPECT_TRUE(rules.knows("petition.handle"));
  EXPECT_FALSE(rules.knows("petition.other"));
  EXPECT_FALSE(rules.rule("petition.handle", {{}, "", day("2005-04-30")}));
  EXPECT_FALSE(rules.rule("petition.objection", {{}, "", day("2022-04-30")}));
  const auto rule = rules.rule("petition.handle", {{"220204"}, "", day("2022-05-01")});
  ASSERT_TRUE(rule.has_value());
  EXPECT_EQ(calendar::to_text(rule->length), "60d");
}

TEST(TimeRules, ALaterFileLosesNoNotice) {
  const TimeRules rules = adopted("2025-06-01");
  const std::string text = file_text("holidays.csv");
  EXPECT_TRUE(rules.with_calendar(text, day("2025-07-01")).ok());
  const std::string shorter = text.substr(0, text.rfind("\nnotice") + 1);
  const auto refused = rules.with_calendar(shorter, day("2025-07-01"));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "calendar_shorter");
  EXPECT_FALSE(rules.with_calendar("nonsense", day("2025-07-01")).ok());
  EXPECT_FALSE(rules.with_limits("nonsense").ok());
}

TEST(TimeRules, TheRegionOfAUnitIsThatOfTheNearestDivisionAbove) {
  OrgTree tree;
  const auto unit = [](const char* code, std::uint32_t parent, UnitKind kind) {
    UnitRow row;
    row.code = code;
    row.name = code;
    row.parent = UnitId{parent};
    row.kind = kind;
    row.from = day("2000-01-01");
    return row;
  };
  const std::vector<UnitRow> rows = {
      unit("0", 0, UnitKind::Nation), unit("22", 0, UnitKind::Province),
      unit("2202", 1, UnitKind::Prefecture), unit("2202-CG", 2, UnitKind::Agency),
      unit("220204006001", 2, UnitKind::Village)};
  tree.append_units(rows);
  EXPECT_EQ(region_of(tree, UnitId{0}).code, "");
  EXPECT_EQ(region_of(tree, UnitId{1}).code, "22");
  EXPECT_EQ(region_of(tree, UnitId{3}).code, "2202");
  EXPECT_EQ(region_of(tree, UnitId{4}).code, "220204");
}

}  // namespace
}  // namespace tz::ledger
