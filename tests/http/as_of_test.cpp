// The past over HTTP: what was answered then is answered again, and nothing that is hidden now.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/embedded.h"
#include "http/contract.h"

namespace tz::http_test {
namespace {

std::string as_of(const std::string& path, const std::string& when) {
  return path + (path.find('?') == std::string::npos ? "?as_of=" : "&as_of=") + when;
}

std::string route_of(const std::string& path) {
  if (path.starts_with("/api/v1/items")) return "/api/v1/items";
  if (path.find("/rollup") != std::string::npos) return "/api/v1/units/{code}/rollup";
  if (path.find("/verdicts") != std::string::npos) return "/api/v1/units/{code}/verdicts";
  if (path.find("/rates") != std::string::npos) return "/api/v1/units/{code}/rates";
  return "/api/v1/units/{code}";
}

// An answer without how its moment was named, and without what stands beside it of now.
Json told(const Reply& reply) {
  Json out;
  for (const JsonMember& member : *reply.json.as_object())
    if (member.first != "as_of" && member.first != "now") out.set(member.first, member.second);
  return out;
}

std::string position_of(const Reply& reply) { return "@" + reply.at("position").dump(); }

class AsOf : public testing::Test {
 protected:
  // The program lists it: no post of these people covers every unit.
  std::string open(const std::string& unit) {
    ledger::OpenItem command;
    command.kind = "problem";
    command.place = served.ledger->unit(unit);
    command.source = "resident";
    command.title = "x";
    const auto done = served.ledger->engine->submit_and_wait({std::move(command), {}, {}, {}});
    EXPECT_TRUE(done.ok());
    return done.ok() ? ledger::to_text(*done->item) : "";
  }
  void assign(const std::string& item, const std::string& due) {
    ASSERT_EQ(
        served.act("supervisor", item, "assign", R"({"lead":"900101-zj","due":")" + due + R"("})")
            .status,
        200U);
  }
  void move_to(const std::string& item, const std::string& unit) {
    const Reply moved = served.act("supervisor", item, "correct",
                                   R"({"field":"place","value":")" + unit + R"(","reason":"y"})");
    ASSERT_EQ(moved.status, 200U) << moved.body;
  }
  void must(ledger::Command command) {
    ASSERT_TRUE(served.ledger->engine->submit_and_wait({std::move(command), {}, {}, {}}).ok());
  }
  std::string newest() { return position_of(served.get("supervisor", "/api/v1/units/0/rollup")); }

  Served served;
};

TEST_F(AsOf, AnswersWhatWasAnsweredThen) {
  const std::vector<std::pair<std::string, std::string>> questions = {
      {"", "/api/v1/units/9001/rollup?by=child"},
      {"", "/api/v1/units/900101/rollup?by=state"},
      {"", "/api/v1/units/area-1"},
      {"supervisor", "/api/v1/units/0/rollup?by=phase"},
      {"supervisor", "/api/v1/units/900101?with=children,trend"},
      {"supervisor", "/api/v1/items?sort=due"},
      {"supervisor", "/api/v1/units/9001/rates?by=child"},
      {"supervisor", "/api/v1/units/9001/verdicts"},
      {"recorder", "/api/v1/items?overdue=yes"},
      {"recorder", "/api/v1/items?unit=900101001001"},
  };
  const auto ask = [&](const auto& question, const std::string& path) {
    return question.first.empty() ? served.ask({"GET", path, "", {}})
                                  : served.get(question.first, path);
  };
  std::vector<std::pair<std::string, std::vector<Json>>> answers;
  const auto note = [&] {
    answers.emplace_back(newest(), std::vector<Json>{});
    for (const auto& question : questions)
      answers.back().second.push_back(told(ask(question, question.second)));
  };
  note();
  const std::string first = open("900101001001");
  note();
  const std::string second = open("900101001002");
  assign(first, "2019-09-20");
  note();
  served.ledger->clock.advance_days(15);
  move_to(first, "900101001002");
  note();
  must(ledger::RegisterUnits{"test",
                             {{"900101002",
                               "三街道",
                               served.ledger->unit("900101"),
                               ledger::UnitKind::Township,
                               false,
                               Day{0},
                               {}}},
                             {{served.ledger->unit("900101001"),
                               served.ledger->unit("area-1"),
                               ledger::LineKind::Area,
                               Day{0},
                               {}}}});
  const std::string third = open("900101002");
  assign(second, "2019-11-30");
  note();
  served.ledger->clock.advance_days(100);
  assign(third, "2020-11-30");
  for (const auto& [position, then] : answers) {
    SCOPED_TRACE(position);
    for (std::size_t i = 0; i < questions.size(); ++i) {
      const Reply again = ask(questions[i], as_of(questions[i].second, position));
      EXPECT_EQ(again.status, 200U) << again.body;
      EXPECT_EQ(breach("GET", route_of(questions[i].second), again), "") << again.body;
      EXPECT_EQ(again.text("as_of"), position);
      EXPECT_EQ(told(again).dump(), then[i].dump()) << questions[i].second;
    }
  }
}

// A day means its end, and what falls due is told for that day.
TEST_F(AsOf, OverdueIsToldForTheDayAskedAbout) {
  const std::string item = open("900101001001");
  assign(item, "2019-09-20");
  served.ledger->clock.advance_days(60);
  const auto overdue = [&](const std::string& when) {
    const Reply totals = served.ask({"GET", as_of("/api/v1/units/0/rollup", when), "", {}});
    const Reply list = served.get("supervisor", as_of("/api/v1/items", when));
    EXPECT_EQ(list.at("totals/overdue"), totals.at("totals/0/overdue"));
    EXPECT_EQ(list.at("items/0/overdue"), Json(list.at("totals/overdue") == Json(1)));
    return totals.at("totals/0/overdue").dump();
  };
  EXPECT_EQ(overdue("2019-09-20"), "0");
  EXPECT_EQ(overdue("2019-09-21"), "1");
  EXPECT_EQ(overdue("2019-09-20T23:59:59.999%2B08:00"), "0");
  EXPECT_EQ(overdue("2019-09-20T16:00:00Z"), "1");
}

TEST_F(AsOf, WhatIsNoMomentOfThePastIsRefused) {
  const std::string item = open("900101001001");
  const auto code = [&](const std::string& when, const std::string& person = "supervisor") {
    return served.get(person, as_of("/api/v1/units/0/rollup", when)).code();
  };
  EXPECT_EQ(code("yesterday"), "as_of_bad");
  EXPECT_EQ(code(""), "as_of_bad");
  EXPECT_EQ(code("@0"), "as_of_before_ledger");
  EXPECT_EQ(code("1999-01-01"), "as_of_before_ledger");
  EXPECT_EQ(code("@999999"), "as_of_future");
  EXPECT_EQ(code("2999-01-01"), "as_of_future");
  const std::string today = to_text(day_of(served.ledger->clock.now(), {}));
  EXPECT_EQ(code(today), "as_of_future") << "its end has not come";
  EXPECT_EQ(served.ask({"GET", as_of("/api/v1/units/0/rollup", "@1") + "&as_of=@2", "", {}}).status,
            400U);
  EXPECT_EQ(served.get("supervisor", as_of("/api/v1/items/" + item, "@1")).code(), "query_unknown");
}

// A unit that was registered since was not there: nobody's post at it changes what the past shows.
TEST_F(AsOf, UnitsRegisteredSinceAreUnknown) {
  (void)open("900101001001");
  const std::string before = newest();
  must(ledger::RegisterUnits{"test",
                             {{"new",
                               "新设单位",
                               served.ledger->unit("900101"),
                               ledger::UnitKind::Township,
                               false,
                               Day{0},
                               {}}},
                             {}});
  served.ledger->add_person("newcomer", {{"new", ledger::Role::Recorder}});
  served.ledger->add_person("newcomer_above", {{"new", ledger::Role::Supervisor},
                                               {"900101001", ledger::Role::Supervisor}});
  EXPECT_EQ(served.ask({"GET", "/api/v1/units/new/rollup", "", {}}).status, 200U);
  EXPECT_EQ(served.ask({"GET", as_of("/api/v1/units/new/rollup", before), "", {}}).code(),
            "unit_unknown");
  EXPECT_EQ(served.get("newcomer", as_of("/api/v1/items?unit=new", before)).code(), "unit_unknown");
  EXPECT_TRUE(served.get("newcomer", as_of("/api/v1/items", before)).list("items").empty());
  EXPECT_EQ(served.get("newcomer_above", as_of("/api/v1/items", before)).list("items").size(), 1U);
}

// Who may see an item is decided by where it is now, not by where it was.
TEST_F(AsOf, WhatMovedAwayIsNotSeenWhereItWas) {
  served.ledger->add_person("first", {{"900101001001", ledger::Role::Verifier}});
  served.ledger->add_person("second", {{"900101001002", ledger::Role::Verifier}});
  const std::string item = open("900101001001");
  const std::string there = newest();
  EXPECT_EQ(served.get("first", "/api/v1/items").list("items").size(), 1U);
  EXPECT_EQ(served.get("second", "/api/v1/items").list("items").size(), 0U);
  move_to(item, "900101001002");
  EXPECT_EQ(served.get("first", "/api/v1/items").list("items").size(), 0U);
  EXPECT_EQ(served.get("first", as_of("/api/v1/items", there)).list("items").size(), 0U);
  const Reply seen = served.get("second", as_of("/api/v1/items", there));
  ASSERT_EQ(seen.list("items").size(), 1U);
  EXPECT_EQ(seen.text("items/0/unit/code"), "900101001001") << "where it was";
  // The cursor is no way to ask about it either.
  EXPECT_EQ(served.get("first", as_of("/api/v1/items?cursor=" + item, there)).code(), "cursor_bad");
  EXPECT_EQ(served.get("second", as_of("/api/v1/items?cursor=" + item, there)).status, 200U);
}

std::int64_t requests_told(const Reply& reply) {
  for (const Json& row : reply.list("totals"))
    if (*row.find("kind")->as_text() == "request") return *row.find("total")->as_int();
  return -1;
}

// An accusation is kept from somebody who belongs to the accused unit now, whatever he saw then.
TEST_F(AsOf, WhatIsHiddenNowIsNotSeenThroughThePast) {
  must(ledger::AdoptTimeRules{std::string(embedded_file("calendar/holidays.csv")),
                              std::string(embedded_file("calendar/limits.csv"))});
  must(ledger::AdoptFlow{std::string(embedded_file("flows/request.yaml"))});
  served.ledger->add_person("chief", {{"9001", ledger::Role::Supervisor}});
  served.ledger->add_person("turncoat", {{"9001", ledger::Role::Supervisor}});
  const Reply sent = served.ask({"POST",
                                 "/api/v1/requests",
                                 R"({"accused":["900101"],"text":"x"})",
                                 {"Content-Type: application/json"}});
  ASSERT_EQ(sent.status, 201U) << sent.body;
  const std::string no = sent.text("item");
  const std::string then = newest();
  const std::string totals = "/api/v1/units/9001/rollup?by=phase";
  EXPECT_EQ(requests_told(served.get("turncoat", totals)), 1);
  (void)open("900101001001");
  must(ledger::GrantPost{served.ledger->account("turncoat"), served.ledger->unit("900101"),
                         ledger::Role::Verifier});
  for (const auto& [person, count] : std::map<std::string, int>{{"chief", 1}, {"turncoat", 0}}) {
    EXPECT_EQ(requests_told(served.get(person, totals)), count) << person;
    EXPECT_EQ(requests_told(served.get(person, as_of(totals, then))), count) << person;
    const Reply list = served.get(person, as_of("/api/v1/items", then));
    EXPECT_EQ(list.list("items").size(), static_cast<std::size_t>(count)) << person;
    EXPECT_EQ(list.body.find(no) == std::string::npos, count == 0);
    const Reply page = served.get(person, as_of("/api/v1/units/9001?with=children,trend", then));
    EXPECT_EQ(requests_told(page), count);
    EXPECT_EQ(page.at("trend/weeks/11/listed").dump(), std::to_string(count));
    EXPECT_EQ(served.get(person, as_of("/api/v1/items?cursor=" + no, then)).status,
              count == 0 ? 400U : 200U);
  }
  // Those of whom it complains see nothing of it, nor does a stranger.
  EXPECT_EQ(served.get("supervisor", as_of("/api/v1/items", then)).body.find(no),
            std::string::npos);
  EXPECT_EQ(requests_told(served.ask({"GET", as_of(totals, then), "", {}})), -1);
}

}  // namespace
}  // namespace tz::http_test
