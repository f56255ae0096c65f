// Verdicts over HTTP: who was asked, what few said kept back, and the same as a table.
#include <gtest/gtest.h>

#include <algorithm>

#include "http/client.h"
#include "http/contract.h"
#include "http/rate_rows.h"

namespace tz::http_test {
namespace {

void take(Served& served, const std::string& person, const std::string& no,
          const std::string& transition, const std::string& body) {
  const Reply reply = served.act(person, no, transition, body);
  ASSERT_EQ(reply.status, 200U) << transition << reply.body;
}

using Villages = std::vector<std::string>;
constexpr const char* kVillage = "900101001001";
constexpr const char* kOther = "900101001002";

// A problem at each of these villages, closed as fixed.
std::vector<std::string> closed(Served& served, const Villages& villages) {
  std::vector<std::string> out;
  for (const std::string& village : villages) {
    const std::string title = "x" + std::to_string(out.size());
    out.push_back(ledger::to_text(served.ledger->open_problem(village, title)));
    const std::string& no = out.back();
    const std::string sha256 = served
                                   .post("fixer", "/api/v1/evidence", sample_pdf(title),
                                         {"Content-Type: application/octet-stream"})
                                   .text("sha256");
    take(served, "supervisor", no, "assign", R"({"lead":"900101-zj","due":"2019-09-30"})");
    take(served, "fixer", no, "plan",
         R"({"measures":[{"text":"划线","due":"2019-09-20"}],"criterion":"划出车位"})");
    take(
        served, "fixer", no, "report",
        R"({"measure":1,"done":true,"text":"已划线","evidence":[{"sha256":")" + sha256 + R"("}]})");
    take(served, "fixer", no, "request_closure", "{}");
    take(served, "checker", no, "review", "{}");
    const std::string second = std::to_string(served.ledger->post("checker_2").value);
    take(served, "checker", no, "check", R"({"text":"现场数过","checkers":[)" + second + "]}");
    take(served, "supervisor", no, "publicise", R"({"notice_last":"2019-09-20"})");
  }
  served.ledger->clock.advance_days(14);
  for (const std::string& no : out)
    take(served, "supervisor", no, "close", R"({"outcome":"fixed"})");
  return out;
}

constexpr const char* kYes = R"({"solved":"yes","satisfied":"yes","way":"phone"})";
constexpr const char* kSilent = R"({"solved":"no_answer","way":"paper"})";

TEST(Verdicts, TellWhoWasAskedAndKeepBackWhatFewSaid) {
  Served served;
  const std::vector<std::string> items = closed(served, Villages(6, kVillage));
  take(served, "recorder", items[0], "judge", kSilent);
  for (std::size_t i = 1; i < 5; ++i) take(served, "recorder", items[i], "judge", kYes);
  const std::string path = "/api/v1/units/9001/verdicts";
  const auto told = [&](const std::string& from) {
    const Reply reply = served.ask({"GET", from, "", {}});
    EXPECT_EQ(breach("GET", "/api/v1/units/{code}/verdicts", reply), "") << reply.body;
    return reply;
  };
  Json row = kind_row(told(path).at("rows"), "problem");
  EXPECT_EQ(number(row, "closed"), 6);
  EXPECT_EQ(number(row, "asked"), 5);
  EXPECT_EQ(number(row, "answered"), 4);
  EXPECT_EQ(number(row, "silent"), 1);
  EXPECT_EQ(number(row, "by_phone"), 4);
  EXPECT_EQ(number(row, "on_paper"), 1);
  EXPECT_TRUE(*row.find("solved")->find("hidden")->as_bool());
  EXPECT_TRUE(row.find("solved")->find("after")->is_null());
  take(served, "recorder", items[5], "judge", kYes);
  row = kind_row(told(path).at("rows"), "problem");
  EXPECT_FALSE(*row.find("solved")->find("hidden")->as_bool());
  EXPECT_EQ(number(*row.find("solved")->find("after"), "numerator"), 5);
  EXPECT_TRUE(*row.find("solved")->find("few")->as_bool());
  // By the level of the place, and below in the order of the tree.
  const Reply page = told(path);
  ASSERT_EQ(page.list("levels").size(), 1U);
  EXPECT_EQ(page.text("levels/0/level"), "village");
  const Reply rollup = served.ask({"GET", "/api/v1/units/9001/rollup?by=child", "", {}});
  ASSERT_EQ(page.list("children").size(), rollup.list("rows").size());
  for (std::size_t i = 0; i < page.list("children").size(); ++i) {
    const std::string at = std::to_string(i);
    EXPECT_EQ(page.at("children/" + at + "/unit"), rollup.at("rows/" + at + "/unit"));
  }
}

TEST(Verdicts, AreATableToo) {
  Served served;
  take(served, "recorder", closed(served, Villages(1, kVillage)).front(), "judge", kYes);
  const Reply table = served.ask({"GET", "/api/v1/units/9001/verdicts.csv", "", {}});
  EXPECT_EQ(table.status, 200U) << table.body;
  EXPECT_EQ(table.body.rfind("\xEF\xBB\xBF范围,单位代码,单位,类别,已销号,回访,", 0), 0U)
      << table.body;
  EXPECT_NE(table.body.find("\r\nunit,9001,"), std::string::npos) << table.body;
  EXPECT_NE(table.body.find("hidden"), std::string::npos) << table.body;
  const auto cells = [](const std::string& line) {
    return std::count(line.begin(), line.end(), ',');
  };
  const std::size_t end = table.body.find("\r\n");
  const std::size_t second = table.body.find("\r\n", end + 2);
  EXPECT_EQ(cells(table.body.substr(0, end)), cells(table.body.substr(end + 2, second - end - 2)));
}

TEST(Verdicts, ShowHowSomebodyWasAskedAndByWhom) {
  Served served;
  const std::string no = closed(served, Villages(1, kVillage)).front();
  EXPECT_EQ(served.act("recorder", no, "judge", kSilent).status, 200U);
  EXPECT_EQ(served.act("recorder", no, "judge", kSilent).status, 200U);
  Reply item = served.get("recorder", "/api/v1/items/" + no);
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}", item), "") << item.body;
  EXPECT_EQ(item.at("judgement/tries"), Json(2));
  EXPECT_EQ(item.text("judgement/way"), "paper");
  EXPECT_EQ(item.text("judgement/by/role"), "recorder");
  EXPECT_EQ(served.act("recorder", no, "judge", kYes).status, 200U);
  EXPECT_EQ(served.act("recorder", no, "judge", kSilent).code(), "verdict_given");
}

// Whom to ask of many is drawn by what the server computes, and shown by number.
TEST(Verdicts, OfManyAreOfThoseWhoWereDrawn) {
  Served served;
  const std::string no = closed(served, Villages(1, kVillage)).front();
  const std::string digest(64, 'a');
  take(served, "checker", no, "list_affected",
       R"({"affected":90,"asked":5,"digest":")" + digest + "\"}");
  EXPECT_EQ(served.act("recorder", no, "judge", kYes).code(), "lot_answers");
  take(served, "checker", no, "draw", "{}");
  const Reply item = served.get("recorder", "/api/v1/items/" + no);
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}", item), "") << item.body;
  EXPECT_EQ(item.at("lot/affected"), Json(90));
  EXPECT_EQ(item.text("lot/digest"), digest);
  ASSERT_EQ(item.list("lot/drawn").size(), 5U);
  for (const Json& one : item.list("lot/drawn"))
    take(served, "recorder", no, "ask_drawn",
         R"({"drawn":)" + std::to_string(number(one, "number")) +
             R"(,"solved":"yes","satisfied":"yes","way":"phone"})");
  const Reply judged = served.get("recorder", "/api/v1/items/" + no);
  EXPECT_EQ(judged.text("judgement/solved"), "yes");
  EXPECT_EQ(judged.at("lot/solved"), Json(5));
  EXPECT_EQ(judged.text("state/id"), "closed");
}

// Each answer changes the sum: by what it was before and after somebody would learn what one said.
TEST(Verdicts, TheSumOfManyIsToldWhenAllWereAsked) {
  Served served;
  const std::string no = closed(served, Villages(1, kVillage)).front();
  take(served, "checker", no, "list_affected",
       R"({"affected":90,"asked":6,"digest":")" + std::string(64, 'a') + "\"}");
  take(served, "checker", no, "draw", "{}");
  const std::string path = "/api/v1/items/" + no;
  std::size_t count = 0;
  for (const Json& one : served.get("recorder", path).list("lot/drawn")) {
    take(served, "recorder", no, "ask_drawn",
         R"({"drawn":)" + std::to_string(number(one, "number")) +
             R"(,"solved":"yes","satisfied":"yes","way":"phone"})");
    ++count;
    EXPECT_EQ(served.get("fixer", path).at("lot/solved").is_null(), count < 6) << count;
    EXPECT_EQ(served.get("checker", path).at("lot/solved").is_null(), count < 5) << count;
  }
  EXPECT_EQ(served.get("fixer", path).at("lot/satisfied"), Json(6));
}

// Whoever fixed it holds the list of none, and reads the sum alone.
TEST(Verdicts, WhatEachOfManySaidIsForThoseWhoAsk) {
  Served served;
  const std::string no = closed(served, Villages(1, kVillage)).front();
  take(served, "checker", no, "list_affected",
       R"({"affected":90,"asked":5,"digest":")" + std::string(64, 'a') + "\"}");
  take(served, "checker", no, "draw", "{}");
  const Json first = served.get("recorder", "/api/v1/items/" + no).list("lot/drawn").front();
  take(served, "recorder", no, "ask_drawn",
       R"({"drawn":)" + std::to_string(number(first, "number")) +
           R"(,"solved":"yes","satisfied":"no","way":"phone","why":"too_late"})");
  const auto answers = [&](const std::string& person, const std::string& path) {
    const Reply reply = served.get(person, path);
    std::vector<Json> out;
    for (const Json& each : reply.list("records"))
      if (*each.find("type")->as_text() == "judgement_given") out.push_back(*each.find("payload"));
    EXPECT_EQ(out.size(), 1U) << person << path << reply.body;
    return out;
  };
  const std::string history = "/api/v1/items/" + no + "/history";
  const std::int64_t version =
      *served.get("recorder", "/api/v1/items/" + no).at("version").as_int();
  const std::string journal = "/api/v1/journal?after=" + std::to_string(version - 5);
  for (const char* person : {"recorder", "checker"}) {
    EXPECT_FALSE(answers(person, history).front().is_null()) << person;
    const Reply item = served.get(person, "/api/v1/items/" + no);
    EXPECT_EQ(item.at("lot/drawn/0/answered"), Json(true)) << person;
  }
  for (const char* person : {"fixer", "supervisor"}) {
    EXPECT_TRUE(answers(person, history).front().is_null()) << person;
    EXPECT_TRUE(answers(person, journal).front().is_null());
    const Reply item = served.get(person, "/api/v1/items/" + no);
    EXPECT_EQ(breach("GET", "/api/v1/items/{no}", item), "") << item.body;
    EXPECT_TRUE(item.at("lot/drawn/0/answered").is_null()) << person;
    EXPECT_EQ(item.at("lot/answered"), Json(1)) << person;
    EXPECT_TRUE(item.at("lot/solved").is_null()) << person;
  }
}

// Three neighbours who answered are too few for anybody else to hear what they come to.
TEST(Verdicts, TheSumOfAHandfulIsForThoseWhoAsk) {
  support::SmallLedgerOptions options;
  options.limits.checkpoint_records = 1;  // so that every record has a proof at once
  Served served({}, std::move(options));
  const std::string no = closed(served, Villages(1, kVillage)).front();
  take(served, "checker", no, "list_affected",
       R"({"affected":3,"asked":3,"digest":")" + std::string(64, 'a') + "\"}");
  take(served, "checker", no, "draw", "{}");
  const std::string path = "/api/v1/items/" + no;
  for (const Json& one : served.get("recorder", path).list("lot/drawn"))
    take(served, "recorder", no, "ask_drawn",
         R"({"drawn":)" + std::to_string(number(one, "number")) +
             R"(,"solved":"yes","satisfied":"yes","way":"phone"})");
  const auto payloads = [&](const std::string& person) {
    const Reply reply = served.get(person, path + "/history");
    std::size_t told = 0;
    std::vector<std::int64_t> records;
    for (const Json& each : reply.list("records")) {
      if (*each.find("type")->as_text() != "judgement_given") continue;
      told += each.find("payload")->is_null() ? 0 : 1;
      records.push_back(number(each, "seq"));
    }
    EXPECT_EQ(records.size(), 4U) << "three answers and their sum";
    const Reply proof =
        served.get(person, path + "/records/" + std::to_string(records.back()) + "/proof");
    EXPECT_EQ(proof.status, 200U) << proof.body;
    EXPECT_EQ(proof.at("payload").is_null(), told == 0) << person;
    return told;
  };
  EXPECT_EQ(served.get("recorder", path).text("judgement/solved"), "yes");
  EXPECT_EQ(payloads("recorder"), 4U);
  const Reply item = served.get("fixer", path);
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}", item), "") << item.body;
  EXPECT_TRUE(item.at("judgement").is_null()) << item.body;
  EXPECT_EQ(item.at("lot/answered"), Json(3));
  EXPECT_EQ(payloads("fixer"), 0U);
}

// What two said is in no number, and of a period what was said is for those who work there.
TEST(Verdicts, NoPageLessAnotherTellsOfFew) {
  Served served;
  const std::vector<std::string> items =
      closed(served, {kVillage, kVillage, kVillage, kVillage, kVillage, kVillage, kOther, kOther});
  for (const std::string& no : items) take(served, "recorder", no, "judge", kYes);
  const auto solved = [](const Json& rows) {
    return *kind_row(rows, "problem").find("rates")->find("solved");
  };
  const std::string path = "/api/v1/units/900101001/rates?by=child";
  const Reply page = served.ask({"GET", path, "", {}});
  EXPECT_EQ(breach("GET", "/api/v1/units/{code}/rates", page), "") << page.body;
  const Json whole = solved(page.at("rows"));
  EXPECT_EQ(number(*whole.find("after"), "denominator"), 6);
  EXPECT_EQ(number(whole, "kept_back"), 2);
  EXPECT_EQ(solved(page.at("children/0/rows")).find("after")->dump(), whole.find("after")->dump());
  const Json other = solved(page.at("children/1/rows"));
  EXPECT_TRUE(*other.find("hidden")->as_bool());
  EXPECT_EQ(number(other, "kept_back"), 2);
  const std::string position = std::to_string(*page.at("position").as_int());
  for (const std::string& period :
       {std::string("&from=2019-01-01"), std::string("&to=2019-12-31"), "&as_of=@" + position}) {
    const Reply stranger = served.ask({"GET", path + period, "", {}});
    EXPECT_TRUE(*solved(stranger.at("rows")).find("hidden")->as_bool()) << period;
    EXPECT_EQ(number(solved(stranger.at("rows")), "kept_back"), 8) << period;
    const Reply official = served.get("supervisor", path + period);
    EXPECT_FALSE(*solved(official.at("rows")).find("hidden")->as_bool()) << period;
  }
}

// Its number; its deadline is 2019-09-30.
std::string planned_problem(Served& served) {
  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "无处停车"));
  take(served, "supervisor", no, "assign", R"({"lead":"900101-zj","due":"2019-09-30"})");
  take(served, "fixer", no, "plan",
       R"({"measures":[{"text":"划线","due":"2019-09-20"}],"criterion":"划出车位"})");
  return no;
}

// Who brought it says so while it is open; that it cannot be met is found by somebody else than who
// fixes it, and told as that.
TEST(Verdicts, AreGivenWhenTheDeadlineIsOverAndWhatCannotBeMetIsToldAsThat) {
  Served served;
  const std::string no = planned_problem(served);
  const std::string path = "/api/v1/items/" + no;
  const std::string unsatisfied =
      R"({"solved":"no","satisfied":"no","way":"phone","why":"not_done"})";
  EXPECT_EQ(served.act("recorder", no, "call_back", unsatisfied).code(), "deadline_not_over");
  const std::string unmet = R"({"ground":"not_possible","reason":"地下有燃气主管"})";
  EXPECT_EQ(served.act("checker", no, "find_unmet", unmet).code(), "verdict_not_unsatisfied");
  served.ledger->clock.advance_days(40);
  take(served, "recorder", no, "call_back", unsatisfied);
  const Reply open = served.get("recorder", path);
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}", open), "") << open.body;
  EXPECT_EQ(open.at("judgement/closure"), Json(0));
  EXPECT_EQ(open.text("state/id"), "in_progress");
  take(served, "checker", no, "find_unmet", unmet);
  const Reply closed = served.get("recorder", path);
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}", closed), "") << closed.body;
  EXPECT_EQ(closed.text("closures/0/outcome"), "cannot_be_met");
  EXPECT_EQ(closed.text("closures/0/ground"), "not_possible");
  const Json row =
      kind_row(served.ask({"GET", "/api/v1/units/9001/verdicts", "", {}}).at("rows"), "problem");
  EXPECT_EQ(number(row, "unmet"), 1);
  EXPECT_EQ(number(row, "asked"), 1);
}

// Those who are drawn while it is open are kept from who fixes it as after a closing.
TEST(Verdicts, OfManyWhenTheDeadlineIsOverAreForThoseWhoAskToo) {
  Served served;
  const std::string no = planned_problem(served);
  const std::string path = "/api/v1/items/" + no;
  served.ledger->clock.advance_days(40);
  take(served, "checker", no, "list_affected_overdue",
       R"({"affected":90,"asked":5,"digest":")" + std::string(64, 'a') + "\"}");
  take(served, "checker", no, "draw", "{}");
  const Json first = served.get("recorder", path).list("lot/drawn").front();
  take(served, "recorder", no, "ask_drawn_overdue",
       R"({"drawn":)" + std::to_string(number(first, "number")) +
           R"(,"solved":"no","satisfied":"no","way":"phone","why":"too_late"})");
  const Reply item = served.get("fixer", path);
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}", item), "") << item.body;
  EXPECT_EQ(item.at("lot/closure"), Json(0));
  EXPECT_TRUE(item.at("lot/drawn/0/answered").is_null());
  EXPECT_TRUE(item.at("judgement").is_null());
  EXPECT_EQ(served.get("recorder", path).at("lot/drawn/0/answered"), Json(true));
  std::size_t given = 0;
  for (const Json& each : served.get("fixer", path + "/history").list("records")) {
    if (*each.find("type")->as_text() != "judgement_given") continue;
    ++given;
    EXPECT_TRUE(each.find("payload")->is_null());
  }
  EXPECT_EQ(given, 1U);
}

}  // namespace
}  // namespace tz::http_test
