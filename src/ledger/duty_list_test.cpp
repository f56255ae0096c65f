// What a community may lead, by division, kind and day; and what is no such list.
#include "ledger/duty_list.h"

#include <gtest/gtest.h>

#include <string>

namespace tz::ledger {
namespace {

constexpr const char* kHead = "division,kind,category,from,to,basis\n";

DutyList list(const std::string& rows) {
  auto out = DutyList::parse(kHead + rows);
  EXPECT_TRUE(out.ok()) << (out.ok() ? "" : out.error().code);
  return out.ok() ? *out : DutyList{};
}

std::string fault(const std::string& text) {
  const auto out = DutyList::parse(text);
  if (out.ok()) return "none";
  std::string said = out.error().code;
  for (const auto& [name, value] : out.error().facts) said += " " + name + "=" + value;
  return said;
}

bool lets(const DutyList& duties, const char* category, const char* region, const char* day) {
  return duties.lets_lead({"problem", category, {region}, *parse_day(day)});
}

TEST(DutyList, WithoutOneNothingIsKeptFromAnybody) {
  EXPECT_TRUE(lets({}, "traffic", "110101", "2021-09-24"));
}

TEST(DutyList, AListHoldsInItsDivisionForItsKindOnItsDays) {
  const DutyList duties = list("1101,problem,livelihood,2021-09-24,2021-12-31,basis\n");
  EXPECT_TRUE(lets(duties, "livelihood", "110101", "2021-09-24"));
  EXPECT_FALSE(lets(duties, "traffic", "110101", "2021-09-24"));
  EXPECT_FALSE(lets(duties, "traffic", "110101", "2021-12-31"));
  // The day before, the day after, elsewhere, and of another kind no list holds.
  EXPECT_TRUE(lets(duties, "traffic", "110101", "2021-09-23"));
  EXPECT_TRUE(lets(duties, "traffic", "110101", "2022-01-01"));
  EXPECT_TRUE(lets(duties, "traffic", "220204", "2021-09-24"));
  EXPECT_TRUE(duties.lets_lead({"hazard", "traffic", {"110101"}, *parse_day("2021-09-24")}));
}

TEST(DutyList, TheSmallestDivisionsListHolds) {
  const DutyList duties = list(",problem,livelihood,,,all\n110101,problem,traffic,,,own\n");
  EXPECT_TRUE(lets(duties, "traffic", "110101", "2021-09-24"));
  EXPECT_FALSE(lets(duties, "livelihood", "110101", "2021-09-24"));
  EXPECT_TRUE(lets(duties, "livelihood", "220204", "2021-09-24"));
  EXPECT_FALSE(lets(duties, "traffic", "220204", "2021-09-24"));
}

TEST(DutyList, SaysWhatIsWrongAndWhere) {
  EXPECT_NE(fault("").find("calendar_malformed"), std::string::npos);
  EXPECT_NE(fault("division,kind\n").find("column=category"), std::string::npos);
  const std::string head = kHead;
  EXPECT_NE(fault(head + "1101,problem\n").find("line=2 column=division"), std::string::npos);
  EXPECT_NE(fault(head + "xx,problem,traffic,,,b\n").find("column=division"), std::string::npos);
  EXPECT_NE(fault(head + "1101,,traffic,,,b\n").find("column=kind"), std::string::npos);
  EXPECT_NE(fault(head + "1101,problem,traffic,2021-13-01,,b\n").find("column=from"),
            std::string::npos);
  EXPECT_NE(fault(head + "1101,problem,traffic,2021-09-24,2020-01-01,b\n").find("column=to"),
            std::string::npos);
  EXPECT_NE(fault(head + "1101,problem,traffic,,,\n").find("column=basis"), std::string::npos);
}

}  // namespace
}  // namespace tz::ledger
