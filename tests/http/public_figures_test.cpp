// Figures about persons, as everybody gets them: by month, never one to four, never anew.
#include <gtest/gtest.h>

#include <set>

#include "base/embedded.h"
#include "engine/figures.h"
#include "http/contract.h"

namespace tz::http_test {
namespace {

class PublicFigures : public testing::Test {
 protected:
  PublicFigures() {
    served.ledger->clock.set(*parse_instant("2019-09-09T09:00:00+08:00"));
    const std::string flow(embedded_file("flows/request.yaml"));
    const std::string limits(embedded_file("calendar/limits.csv"));
    for (const ledger::Command& command :
         {ledger::Command(ledger::AdoptTimeRules{std::nullopt, limits}),
          ledger::Command(ledger::AdoptFlow{flow})})
      EXPECT_TRUE(served.ledger->engine->submit_and_wait({command, {}, {}, {}}).ok());
  }

  void report(const std::string& unit, int count) {
    if (staffed.insert(unit).second)
      served.ledger->add_person("at-" + unit, {{unit, ledger::Role::Supervisor}});
    for (int i = 0; i < count; ++i) {
      ++sent;
      ledger::ReceiveReport report;
      report.kind = "request";
      report.place = served.ledger->unit(unit);
      report.text = "路灯坏了";
      report.code_salt[0] = report.code_hash[0] = static_cast<std::uint8_t>(sent);
      ASSERT_TRUE(served.ledger->engine->submit_and_wait({report, {}, {}, {}}).ok());
    }
  }
  std::size_t publish(const std::string& at) {
    served.ledger->clock.set(*parse_instant(at));
    return *engine::publish_figures(*served.ledger->engine, served.ledger->clock.now());
  }
  Json figures(const std::string& query) {
    const Reply reply = served.ask({"GET", "/api/v1/public-figures" + query, "", {}});
    EXPECT_EQ(reply.status, 200U) << reply.body;
    return *parse_json(reply.body);
  }
  static std::string received(const Json& figures, const std::string& unit) {
    for (const Json& row : *figures.find("rows")->as_array())
      if (*row.find("code")->as_text() == unit) return row.find("received")->dump();
    return "no row";
  }

  Served served;
  std::set<std::string> staffed;  // somebody there dispatches
  int sent = 0;
};

TEST_F(PublicFigures, AMonthIsPublishedOnceWhenItIsOver) {
  report("900101001001", 4);  // below a township: counts for it
  report("900101001", 2);
  report("900102001", 6);
  report("900103", 1);
  EXPECT_EQ(publish("2019-09-30T23:59:00+08:00"), 0U);
  const Json nothing = figures("");
  EXPECT_EQ(nothing.find("month")->dump(), "null");
  EXPECT_EQ(nothing.find("received")->dump(), "null");
  EXPECT_EQ(served.ask({"GET", "/figures?lang=en", "", {}}).status, 200U);

  EXPECT_EQ(publish("2019-10-01T00:00:00+08:00"), 1U);
  EXPECT_EQ(publish("2019-10-20T00:00:00+08:00"), 0U);
  const Json whole = figures("");
  EXPECT_EQ(whole.find("months")->dump(), R"(["2019-09"])");
  EXPECT_EQ(whole.find("received")->dump(), "13");
  // 6 and 6 of 13 would tell of the 1 beside them.
  const Json city = figures("?unit=9001&month=2019-09&kind=request");
  EXPECT_EQ(received(city, "900101"), "null");
  EXPECT_EQ(received(city, "900102"), "6");
  EXPECT_EQ(received(city, "900103"), "null");
  EXPECT_EQ(city.find("rest")->dump(), "7");
  EXPECT_EQ(received(figures("?unit=900101"), "900101001"), "null") << "nothing below it either";
  EXPECT_EQ(received(figures("?unit=900102"), "900102001"), "6");
  EXPECT_EQ(figures("?unit=900101001").find("rows")->dump(), "[]");
  EXPECT_EQ(figures("?unit=900101001001").find("received")->dump(), "null");

  report("900103", 9);
  EXPECT_EQ(received(figures("?unit=9001"), "900103"), "null");
  EXPECT_EQ(publish("2019-12-01T00:00:00+08:00"), 2U) << "October, and November with nothing";
  EXPECT_EQ(received(figures("?unit=9001&month=2019-10"), "900103"), "9");
  EXPECT_EQ(received(figures("?unit=9001&month=2019-09"), "900103"), "null");
  EXPECT_EQ(figures("").find("month")->dump(), R"("2019-11")");
}

TEST_F(PublicFigures, ThePageSaysTheSameInBothLanguagesWithoutScript) {
  report("900101001", 7);
  report("900102001", 9);
  publish("2019-10-01T00:00:00+08:00");
  for (const char* lang : {"zh-CN", "en"}) {
    const Reply page =
        served.ask({"GET", std::string("/figures?unit=9001&month=2019-09&lang=") + lang, "", {}});
    EXPECT_EQ(page.status, 200U);
    EXPECT_EQ(page.header("content-language"), lang);
    EXPECT_NE(page.body.find("<td>7</td>"), std::string::npos);
    EXPECT_NE(page.body.find("<td>16</td>"), std::string::npos);
    EXPECT_NE(page.body.find("—</span>"), std::string::npos) << "丙县 has none";
    EXPECT_EQ(page.body.find("<script"), std::string::npos);
    EXPECT_EQ(page.body.find("<<"), std::string::npos) << "a sentence is missing";
  }
}

TEST_F(PublicFigures, AccusationsAreCountedNowhereAndPublishNoMonth) {
  const auto accuse = [&](const std::string& unit) {
    ledger::ReceiveReport report;
    report.kind = "request";
    report.accused = {served.ledger->unit(unit)};
    report.text = "乱收费";
    ASSERT_TRUE(served.ledger->engine->submit_and_wait({report, {}, {}, {}}).ok());
  };
  for (int i = 0; i < 9; ++i) accuse("900101");
  EXPECT_EQ(publish("2019-10-01T00:00:00+08:00"), 0U) << "nothing but accusations came in";
  report("900102", 5);
  for (int i = 0; i < 9; ++i) accuse("900102");
  EXPECT_EQ(publish("2019-11-01T00:00:00+08:00"), 1U);
  EXPECT_EQ(figures("").find("received")->dump(), "5");
  EXPECT_EQ(figures("?unit=9001").find("rest")->dump(), "0");
}

// A township that is registered afterwards is no row of a month that was counted without it.
TEST_F(PublicFigures, AnOldMonthHasTheRowsAndTheRestOfItsOwnTree) {
  report("900103", 7);
  EXPECT_EQ(publish("2019-10-01T00:00:00+08:00"), 1U);
  const std::string before = figures("?unit=900103&month=2019-09").dump();
  const auto page = [&](const std::string& query) {
    return served.ask({"GET", "/figures?lang=en&" + query, "", {}}).body;
  };
  ledger::UnitRow row;
  row.code = "900103009";
  row.name = "三街道";
  row.parent = served.ledger->unit("900103");
  row.kind = ledger::UnitKind::Township;
  row.from = *parse_day("2019-10-02");
  ASSERT_TRUE(
      served.ledger->engine->submit_and_wait({ledger::RegisterUnits{"test", {row}, {}}, {}, {}, {}})
          .ok());
  EXPECT_EQ(figures("?unit=900103&month=2019-09").dump(), before);
  EXPECT_EQ(page("unit=900103&month=2019-09").find("三街道"), std::string::npos);
  EXPECT_EQ(page("unit=900103&month=2019-09").find("Of units without"), std::string::npos);
  EXPECT_NE(page("unit=900103009&month=2019-09").find("registered after"), std::string::npos);

  report("900103009", 6);
  report("900103", 5);
  EXPECT_EQ(publish("2019-11-01T00:00:00+08:00"), 1U);
  EXPECT_EQ(received(figures("?unit=900103&month=2019-10"), "900103009"), "6");
  EXPECT_EQ(figures("?unit=900103&month=2019-10").find("rest")->dump(), "5");
  EXPECT_EQ(figures("?unit=900103&month=2019-09").find("rest")->dump(), "7");
}

TEST_F(PublicFigures, WhatIsAskedWronglyIsSaid) {
  const auto code = [&](const std::string& query) {
    const Reply reply = served.ask({"GET", "/api/v1/public-figures" + query, "", {}});
    return std::to_string(reply.status) + " " + *parse_json(reply.body)->find("code")->as_text();
  };
  EXPECT_EQ(code("?kind=problem"), "400 figures_public_already");
  EXPECT_EQ(code("?kind=nothing"), "400 kind_unknown");
  EXPECT_EQ(code("?month=2019-09"), "404 figures_month_unknown");
  EXPECT_EQ(code("?month=2019-13"), "400 query_bad");
  EXPECT_EQ(code("?month=2019-9"), "400 query_bad");
  EXPECT_EQ(code("?unit=5"), "404 unit_unknown");
  EXPECT_EQ(code("?day=5"), "400 query_unknown");
}

}  // namespace
}  // namespace tz::http_test
