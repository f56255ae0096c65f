// Units that change, over HTTP: what their pages tell, where old codes lead, what programmes show.
#include <gtest/gtest.h>

#include "http/client.h"
#include "http/contract.h"
#include "support/small_programme.h"

namespace tz::http_test {
namespace {

using ledger::ChangeKind;

// In the small ledger 一街道 gets another name and code, 和平社区 ends for 幸福社区, and 东社区
// comes below 一街道 with the code that 和平社区 had.
class UnitChanges : public testing::Test {
 protected:
  UnitChanges() {
    served.ledger->add_person("happy", {{"900101001002", ledger::Role::Responsible}});
    served.ledger->add_person("east", {{"900102001001", ledger::Role::Responsible}});
  }
  void change(std::vector<ledger::UnitChange> changes) {
    const Day day = day_of(served.ledger->clock.now(), Zone{});
    const auto done = served.ledger->engine->submit_and_wait(
        {ledger::ChangeUnits{"test", day, {}, std::move(changes), {}}, {}, {}, {}});
    ASSERT_TRUE(done.ok()) << done.error().code;
  }
  void change() {
    const UnitId street = served.ledger->unit("900101001");
    const UnitId peace = served.ledger->unit("900101001001");
    const UnitId east = served.ledger->unit("900102001001");
    change({{street, ChangeKind::Renamed, "一镇", {}},
            {street, ChangeKind::Recoded, "900101009", {}},
            {peace, ChangeKind::Ended, {}, {}},
            {peace, ChangeKind::Succeeded, {}, served.ledger->unit("900101001002")},
            {east, ChangeKind::Recoded, "900101001001", {}},
            {east, ChangeKind::Moved, {}, street}});
  }
  Reply unit(const std::string& named) {
    Reply reply = served.get("supervisor", "/api/v1/units/" + named);
    if (reply.status == 200) {
      EXPECT_EQ(breach("GET", "/api/v1/units/{code}", reply), "");
    }
    return reply;
  }
  std::string position() { return unit("0").at("position").dump(); }

  Served served;
};

TEST_F(UnitChanges, APageTellsWhatBecameOfItsUnit) {
  change();
  const Reply street = unit("900101001");  // by its old code
  EXPECT_EQ(street.text("code"), "900101009");
  EXPECT_EQ(street.text("name"), "一镇");
  EXPECT_EQ(street.text("once/0/code"), "900101001");
  EXPECT_EQ(street.text("once/0/name"), "一街道");
  EXPECT_EQ(street.text("once/0/parent/code"), "900101");
  EXPECT_EQ(street.at("once").as_array()->size(), 1U) << "all of one day is one";
  const Reply east = unit("900101001001");  // by a code that another had
  EXPECT_EQ(east.text("name"), "东社区");
  EXPECT_EQ(east.text("once/0/code"), "900102001001");
  EXPECT_EQ(east.text("once/0/parent/code"), "900102001");
  EXPECT_EQ(east.text("had_code/0/name"), "和平社区");
  const Reply ended = unit("900101001001@" + east.at("had_code/0/at").dump());
  EXPECT_EQ(ended.text("name"), "和平社区");
  EXPECT_EQ(ended.at("at").dump(), east.at("had_code/0/at").dump());
  EXPECT_FALSE(ended.at("to").is_null());
  EXPECT_EQ(ended.text("successors/0/code"), "900101001002");
  const Reply heir = unit("900101001002");
  EXPECT_EQ(heir.text("came_from/0/how"), "inherited");
  EXPECT_EQ(heir.text("came_from/0/unit/name"), "和平社区");
  for (const char* none : {"900101001001@0", "900101001001@", "9001@x", "@5", "9@5"})
    EXPECT_EQ(unit(none).code(), "unit_unknown") << none;
}

TEST_F(UnitChanges, ThePastIsToldByTheTreeOfThenBesideThatOfNow) {
  served.ledger->open_problem("900101001001", "路灯不亮");
  const std::string then = position();
  change();
  served.ledger->open_problem("900101001002", "井盖松动");
  const Reply street = unit("900101009?as_of=@" + then);  // it had another code
  EXPECT_EQ(street.text("code"), "900101001");
  EXPECT_EQ(street.text("name"), "一街道");
  EXPECT_EQ(street.at("totals/0/total").dump(), "1");
  EXPECT_EQ(street.text("now/code"), "900101009");
  EXPECT_EQ(street.at("now/totals/0/total").dump(), "2");
  const Reply peace = unit("900101001001?as_of=@" + then);
  EXPECT_EQ(peace.text("name"), "和平社区");
  EXPECT_EQ(peace.at("totals/0/total").dump(), "1");
  EXPECT_EQ(peace.at("now/totals/0/total").dump(), "0");
  // 东社区, by the code that it has now and that was another's then.
  const Reply east = unit("900101001001@" + position() + "?as_of=@" + then);
  EXPECT_EQ(east.text("code"), "900102001001");
  EXPECT_EQ(east.text("now/code"), "900101001001");
  EXPECT_TRUE(unit("900101009").at("now").is_null());
}

TEST_F(UnitChanges, AProgrammeShowsWhatBecameOfWhomItAsked) {
  ASSERT_EQ(served
                .post("admin", "/api/v1/programmes", std::string(support::kSmallProgramme),
                      {"Content-Type: application/octet-stream"})
                .status,
            201U);
  const auto coverage = [&](const std::string& person) {
    Reply reply =
        served.get(person, "/api/v1/units/900101/coverage?programme=small&requirement=report");
    EXPECT_EQ(breach("GET", "/api/v1/units/{code}/coverage", reply), "") << reply.body;
    return reply;
  };
  const Reply before = coverage("happy");
  EXPECT_TRUE(before.at("uncovered/rows/0/now").is_null());
  change();
  const Reply after = coverage("happy");
  EXPECT_EQ(after.at("requirements/0/counts").dump(), before.at("requirements/0/counts").dump());
  ASSERT_EQ(after.at("uncovered/rows").as_array()->size(), 3U);
  EXPECT_EQ(after.text("uncovered/rows/0/unit/code"), "900101001");
  EXPECT_EQ(after.text("uncovered/rows/0/now/code"), "900101009");
  EXPECT_EQ(after.text("uncovered/rows/1/unit/code"), "900101001001");
  EXPECT_EQ(after.text("uncovered/rows/1/now/successor/code"), "900101001002");
  EXPECT_EQ(after.at("uncovered/rows/1/answers").dump(), R"(["met"])");
  EXPECT_TRUE(after.at("uncovered/rows/2/now").is_null());
  const std::string ended = "900101001001@" + after.at("uncovered/rows/1/unit/at").dump();
  const auto answer = [&](const std::string& person, const std::string& named) {
    return served.post(person, "/api/v1/programmes/small/requirements/report/answers/met",
                       R"({"units":[")" + named + R"("],"text":"已交"})",
                       {"Content-Type: application/json"});
  };
  EXPECT_EQ(answer("east", ended).code(), "not_permitted") << "the code is its, the unit is not";
  // The successor's own page names it.
  const auto inherited = [&] {
    Reply reply = served.get(
        "happy", "/api/v1/units/900101001002/coverage?programme=small&requirement=report");
    EXPECT_EQ(breach("GET", "/api/v1/units/{code}/coverage", reply), "") << reply.body;
    return reply;
  };
  const Reply heir = inherited();
  EXPECT_EQ(heir.text("requirements/0/inherited/rows/0/unit/code"), "900101001001");
  EXPECT_EQ(heir.text("requirements/0/inherited/rows/0/now/successor/code"), "900101001002");
  EXPECT_EQ(heir.at("requirements/0/inherited/rows/0/answers").dump(), R"(["met"])");
  EXPECT_EQ(answer("happy", ended).status, 200U);
  EXPECT_TRUE(inherited().at("requirements/0/inherited/rows").as_array()->empty());
  const Reply done = coverage("happy");
  EXPECT_EQ(done.at("uncovered/rows").as_array()->size(), 2U);
  EXPECT_EQ(done.text("uncovered/rows/1/unit/code"), "900101001002");
}

TEST_F(UnitChanges, PagesOfUnitsGoOnBehindOneWhoseCodeIsAnothers) {
  change();
  std::vector<std::string> names;
  std::string cursor;
  do {
    const Reply page =
        served.get("supervisor", "/api/v1/units/900101009/children?limit=1" + cursor);
    ASSERT_EQ(page.status, 200U) << page.body;
    names.push_back(page.text("children/0/name"));
    cursor = page.at("next").is_null() ? "" : "&cursor=" + page.text("next");
  } while (!cursor.empty() && names.size() < 9);
  EXPECT_EQ(names, (std::vector<std::string>{"和平社区", "幸福社区", "东社区"}));
}

}  // namespace
}  // namespace tz::http_test
