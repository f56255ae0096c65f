// The rules of the file, which of several holds, and what is refused.
#include "calendar/rule.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace tz::calendar {
namespace {

constexpr std::string_view kHead =
    "code,length,starts,rolls,extension,extensions,division,programme,from,to,zh,en,basis\n";

Day day(std::string_view text) { return parse_day(text).value(); }

Rules rules() {
  std::ifstream in(std::string(TZ_SOURCE) + "/calendar/limits.csv");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return Rules::parse(text).value();
}

std::string fault(std::string_view rows) {
  const auto out = Rules::parse(std::string(kHead) + std::string(rows));
  if (out.ok()) return "read";
  std::string facts = out.error().code;
  for (const auto& [name, value] : out.error().facts) facts += " " + value;
  return facts;
}

TEST(Rules, HoldTheLimitsOfThePetitionRegulations) {
  for (const auto& [code, length] :
       {std::pair("petition.accept", "15d"), std::pair("petition.objection", "5wd"),
        std::pair("petition.handle", "60d"), std::pair("petition.review", "30d"),
        std::pair("petition.rereview", "30d"), std::pair("petition.register", "15d")}) {
    const Rule rule = rules().find(code, {{"22"}, "", day("2024-01-01")}).value();
    EXPECT_EQ(to_text(rule.length), length) << code;
    EXPECT_TRUE(rule.rolls);
    EXPECT_FALSE(rule.basis.empty());
  }
  EXPECT_EQ(rules().find("petition.handle", {{}, "", day("2005-04-30")}).error().code,
            "rule_not_in_force");
  // Those of 2005 say the same but for the window in which a referral can be objected to.
  const Scope before{{}, "", day("2022-04-30")};
  EXPECT_EQ(to_text(rules().find("petition.handle", before).value().length), "60d");
  EXPECT_NE(rules().find("petition.handle", before).value().basis,
            rules().find("petition.handle", {{}, "", day("2022-05-01")}).value().basis);
  EXPECT_EQ(rules().find("petition.objection", before).error().code, "rule_not_in_force");
  EXPECT_EQ(rules().find("petition.hurry", {{}, "", day("2024-01-01")}).error().code,
            "rule_unknown");
}

TEST(Rules, AnExtensionIsCappedAndGivenOnce) {
  const Scope scope{{}, "", day("2024-01-01")};
  const Rule handle = rules().find("petition.handle", scope).value();
  const Length month{LengthUnit::NaturalDays, 30};
  EXPECT_TRUE(check_extensions(handle, {}).ok());
  EXPECT_TRUE(check_extensions(handle, {month}).ok());
  EXPECT_EQ(check_extensions(handle, {{LengthUnit::NaturalDays, 31}}).error().code,
            "extension_over_cap");
  EXPECT_EQ(check_extensions(handle, {month, month}).error().code, "extensions_too_many");
  EXPECT_EQ(check_extensions(handle, {{LengthUnit::WorkingDays, 3}}).error().code,
            "extension_unit");
  EXPECT_EQ(check_extensions(rules().find("petition.accept", scope).value(), {month}).error().code,
            "extension_not_allowed");
}

TEST(Rules, ALengthOfOnesOwnIsCountedAsTheRuleCountsAndNoLonger) {
  const Rule handle = rules().find("petition.handle", {{}, "", day("2024-01-01")}).value();
  EXPECT_TRUE(check_length(handle, {LengthUnit::NaturalDays, 15}).ok());
  EXPECT_TRUE(check_length(handle, handle.length).ok());
  EXPECT_EQ(check_length(handle, {LengthUnit::NaturalDays, 61}).error().code, "length_over_rule");
  EXPECT_EQ(check_length(handle, {LengthUnit::WorkingDays, 15}).error().code, "length_unit");
  EXPECT_EQ(check_length(handle, {LengthUnit::Months, 1}).error().code, "length_unit");
}

TEST(Rules, TheNearestThatHoldsIsTaken) {
  const Rules many = Rules::parse(std::string(kHead) +
                                  "a,10d,received,yes,,0,,,,2020-12-31,甲,a,x\n"
                                  "a,9d,received,yes,,0,,,2021-01-01,,甲,a,x\n"
                                  "a,8d,received,yes,,0,37,,,,甲,a,x\n"
                                  "a,7d,received,yes,,0,3701,,,,甲,a,x\n"
                                  "a,6d,received,no,,0,,spring,,,甲,a,x\n")
                         .value();
  const auto length = [&](const char* region, const char* programme, const char* from) {
    return to_text(many.find("a", {{region}, programme, day(from)})->length);
  };
  EXPECT_EQ(length("", "", "2020-12-31"), "10d");
  EXPECT_EQ(length("", "", "2021-01-01"), "9d");
  EXPECT_EQ(length("3702", "", "2021-01-01"), "8d");
  EXPECT_EQ(length("370102", "", "2021-01-01"), "7d");
  EXPECT_EQ(length("370102", "spring", "2021-01-01"), "6d");
  EXPECT_EQ(length("370102", "autumn", "2021-01-01"), "7d");
}

TEST(Rules, FaultsNameLineAndColumn) {
  EXPECT_EQ(fault("a,10d,received,yes,,0,,,,,甲,a,x\n"), "read");
  EXPECT_EQ(Rules::parse("").error().code, "calendar_malformed");
  EXPECT_EQ(Rules::parse("code,length\n").error().code, "calendar_malformed");
  EXPECT_EQ(fault("a,10d\n"), "calendar_malformed 2 code cells");
  EXPECT_EQ(fault("A,10d,received,yes,,0,,,,,甲,a,x\n"), "calendar_malformed 2 code word");
  EXPECT_EQ(fault("a,10x,received,yes,,0,,,,,甲,a,x\n"), "calendar_malformed 2 length length");
  EXPECT_EQ(fault("a,10d,,yes,,0,,,,,甲,a,x\n"), "calendar_malformed 2 starts word");
  EXPECT_EQ(fault("a,10d,received,y,,0,,,,,甲,a,x\n"), "calendar_malformed 2 rolls word");
  EXPECT_EQ(fault("a,10d,received,yes,x,1,,,,,甲,a,x\n"), "calendar_malformed 2 extension length");
  EXPECT_EQ(fault("a,10d,received,yes,5d,0,,,,,甲,a,x\n"), "calendar_malformed 2 extensions count");
  EXPECT_EQ(fault("a,10d,received,yes,,1,,,,,甲,a,x\n"), "calendar_malformed 2 extensions count");
  EXPECT_EQ(fault("a,10d,received,yes,5d,99,,,,,甲,a,x\n"),
            "calendar_malformed 2 extensions count");
  EXPECT_EQ(fault("a,10d,received,yes,,0,370,,,,甲,a,x\n"), "calendar_malformed 2 division region");
  EXPECT_EQ(fault("a,10d,received,yes,,0,,S P,,,甲,a,x\n"), "calendar_malformed 2 programme word");
  EXPECT_EQ(fault("a,10d,received,yes,,0,,,x,,甲,a,x\n"), "calendar_malformed 2 from day");
  EXPECT_EQ(fault("a,10d,received,yes,,0,,,2021-01-01,2020-01-01,甲,a,x\n"),
            "calendar_malformed 2 to order");
  EXPECT_EQ(fault("a,10d,received,yes,,0,,,,,,a,x\n"), "calendar_malformed 2 zh empty");
  EXPECT_EQ(fault("a,10d,received,yes,,0,,,,,甲,a,\n"), "calendar_malformed 2 basis empty");
  EXPECT_EQ(fault("a,10d,received,yes,,0,,,,,甲,a,x\na,9d,received,yes,,0,,,2021-01-01,,甲,a,x\n"),
            "calendar_malformed 3 code twice");
}

}  // namespace
}  // namespace tz::calendar
