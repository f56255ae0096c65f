// Units, totals, lists and the journal: the same numbers everywhere, and only what one may see.
#include <gtest/gtest.h>

#include "http/contract.h"

namespace tz::http_test {
namespace {

std::int64_t number(const Reply& reply, const std::string& path) {
  const Json found = reply.at(path);
  return found.as_int() == nullptr ? -1 : *found.as_int();
}

void open_as_the_program(Served& served, const std::string& unit_code) {
  ledger::OpenItem command;
  command.kind = "problem";
  command.place = served.ledger->unit(unit_code);
  command.source = "resident";
  command.title = "x";
  ASSERT_TRUE(served.ledger->engine->submit_and_wait({std::move(command), {}, {}, {}}).ok());
}

TEST(Rollup, AddsUpHoweverItIsCut) {
  Served served;
  for (const char* unit : {"900101001001", "900101001001", "900101001002"})
    served.ledger->open_problem(unit, "x");
  // At a placeholder and at an area itself: in nobody's row.
  for (const char* unit : {"900100", "area-1"}) open_as_the_program(served, unit);
  served.post("outsider", "/api/v1/items",
              R"({"kind":"problem","unit":"900102001001","source":"resident","title":"y"})");
  for (const char* code : {"0", "90", "9001", "900101", "900101001", "900101001001", "900102"}) {
    const std::string path = std::string("/api/v1/units/") + code + "/rollup?by=";
    const Reply by_kind = served.ask({"GET", path + "kind", "", {}});
    EXPECT_EQ(breach("GET", "/api/v1/units/{code}/rollup", by_kind), "") << by_kind.body;
    const std::int64_t total = number(by_kind, "rows/0/total");
    const Reply by_child = served.ask({"GET", path + "child", "", {}});
    std::int64_t sum = number(by_child, "own/0/total");
    for (std::size_t i = 0; i < by_child.list("rows").size(); ++i)
      if (by_child.at("rows/" + std::to_string(i) + "/overlaps") == Json(false))
        sum += number(by_child, "rows/" + std::to_string(i) + "/totals/0/total");
    EXPECT_EQ(sum, total) << code;
    for (const char* by : {"phase", "state"}) {
      const Reply cut = served.ask({"GET", path + by, "", {}});
      std::int64_t counted = 0;
      for (std::size_t i = 0; i < cut.list("rows").size(); ++i)
        counted += number(cut, "rows/" + std::to_string(i) + "/count");
      EXPECT_EQ(counted, total) << code << by;
    }
    EXPECT_EQ(
        number(served.ask({"GET", std::string("/api/v1/units/") + code, "", {}}), "totals/0/total"),
        total);
  }
  const Reply area = served.ask({"GET", "/api/v1/units/area-1/rollup?by=child", "", {}});
  EXPECT_EQ(number(area, "totals/0/total"), 2);
  EXPECT_EQ(area.text("rows/0/unit/code"), "900102001");
  EXPECT_TRUE(area.at("totals/0/fixed").is_null());
  EXPECT_EQ(served.ask({"GET", "/api/v1/units/0/rollup?by=source", "", {}}).code(),
            "by_unsupported");
  EXPECT_EQ(served.ask({"GET", "/api/v1/units/nowhere/rollup", "", {}}).code(), "unit_unknown");
}

TEST(Units, HidePlaceholdersAndPage) {
  Served served;
  const Reply all = served.ask({"GET", "/api/v1/units/9001/children", "", {}});
  std::vector<std::string> codes;
  for (const Json& child : all.list("children")) codes.push_back(*child.find("code")->as_text());
  EXPECT_EQ(codes, (std::vector<std::string>{"900103", "900101", "900102", "9001-ga", "area-1"}));
  std::vector<std::string> paged;
  std::string cursor;
  for (int i = 0; i < 10; ++i) {
    const Reply page = served.ask({"GET", "/api/v1/units/9001/children?limit=2" + cursor, "", {}});
    for (const Json& child : page.list("children")) paged.push_back(*child.find("code")->as_text());
    if (page.at("next").is_null()) break;
    cursor = "&cursor=" + page.text("next");
  }
  EXPECT_EQ(paged, codes);
  EXPECT_EQ(served.ask({"GET", "/api/v1/units/9001/children?cursor=0", "", {}}).code(),
            "cursor_bad");
  EXPECT_EQ(served.ask({"GET", "/api/v1/units/900103", "", {}}).text("parent/code"), "9001");
  EXPECT_TRUE(served.ask({"GET", "/api/v1/units/0", "", {}}).at("parent").is_null());
}

TEST(Posts, AreToldWithoutNames) {
  Served served;
  const Reply posts = served.get("checker", "/api/v1/units/900101/posts?role=verifier");
  EXPECT_EQ(posts.list("posts").size(), 1U);
  EXPECT_EQ(number(posts, "posts/0/post"),
            static_cast<std::int64_t>(served.ledger->post("checker").value));
  EXPECT_EQ(posts.body.find("checker"), std::string::npos);
  EXPECT_EQ(served.get("checker", "/api/v1/units/900101/posts?role=king").code(), "query_bad");
}

TEST(List, ShowsOwnSightInPagesNewestFirst) {
  Served served;
  std::vector<std::string> newest_first;
  for (int i = 0; i < 7; ++i)
    newest_first.insert(newest_first.begin(), ledger::to_text(served.ledger->open_problem(
                                                  "900101001001", "第" + std::to_string(i))));
  served.post("outsider", "/api/v1/items",
              R"({"kind":"problem","unit":"900102001001","source":"resident","title":"y"})");
  std::vector<std::string> seen;
  std::string cursor;
  for (int i = 0; i < 10; ++i) {
    const Reply page = served.get("supervisor", "/api/v1/items?limit=3" + cursor);
    ASSERT_EQ(page.status, 200U) << page.body;
    EXPECT_EQ(breach("GET", "/api/v1/items", page), "");
    for (const Json& item : page.list("items")) seen.push_back(*item.find("item")->as_text());
    if (page.at("next").is_null()) break;
    cursor = "&cursor=" + page.text("next");
  }
  EXPECT_EQ(seen, newest_first);
  EXPECT_EQ(served.get("supervisor", "/api/v1/items").text("items/6/title"), "第0");
  EXPECT_EQ(served.get("outsider", "/api/v1/items").list("items").size(), 1U);
  EXPECT_EQ(served.get("admin", "/api/v1/items").list("items").size(), 0U);
  EXPECT_EQ(served.get("fixer", "/api/v1/items").list("items").size(), 0U);
  // The cursor of somebody else's page tells nothing.
  EXPECT_EQ(served.get("outsider", "/api/v1/items" + cursor.replace(0, 1, "?")).code(),
            "cursor_bad");
}

TEST(List, IsFiltered) {
  Served served;
  const std::string one = ledger::to_text(served.ledger->open_problem("900101001001", "甲"));
  served.ledger->open_problem("900101001002", "乙");
  served.act("supervisor", one, "assign", R"({"lead":"900101-zj","due":"2019-09-12"})");
  const auto count = [&](const std::string& person, const std::string& query) {
    const Reply reply = served.get(person, "/api/v1/items?" + query);
    const Json items = reply.at("items");
    return items.as_array() == nullptr ? -1 : static_cast<int>(items.as_array()->size());
  };
  EXPECT_EQ(count("supervisor", "unit=900101001001"), 1);
  EXPECT_EQ(count("supervisor", "unit=900101"), 2);
  EXPECT_EQ(count("supervisor", "phase=assigned"), 1);
  EXPECT_EQ(count("supervisor", "kind=problem&state=registered"), 1);
  EXPECT_EQ(count("supervisor", "lead=900101-zj"), 1);
  EXPECT_EQ(count("fixer", ""), 1);  // it leads one
  EXPECT_EQ(count("supervisor", "overdue=true"), 0);
  EXPECT_EQ(count("supervisor", "state=registered"), -1);
  EXPECT_EQ(count("supervisor", "phase=lost"), -1);
  EXPECT_EQ(count("supervisor", "colour=red"), -1);
  EXPECT_EQ(count("supervisor", "limit=201"), -1);
  EXPECT_EQ(count("supervisor", "limit=0"), -1);
}

TEST(Journal, ShowsTheLedgersRecordsAndThoseInSight) {
  Served served;
  const std::string mine = ledger::to_text(served.ledger->open_problem("900101001001", "甲"));
  const std::string theirs =
      served
          .post("outsider", "/api/v1/items",
                R"({"kind":"problem","unit":"900102001001","source":"resident","title":"y"})")
          .text("item");
  std::string after;
  std::string all;
  std::int64_t last = -1;
  for (int i = 0; i < 100; ++i) {
    const Reply page = served.get("supervisor", "/api/v1/journal?limit=4" + after);
    ASSERT_EQ(page.status, 200U) << page.body;
    EXPECT_EQ(breach("GET", "/api/v1/journal", page), "") << page.body;
    for (const Json& record : page.list("records")) {
      EXPECT_GT(*record.find("seq")->as_int(), last);
      last = *record.find("seq")->as_int();
      all += record.dump();
    }
    after = "&after=" + page.at("after").dump();
    if (page.at("more") == Json(false)) break;
  }
  EXPECT_NE(all.find("\"genesis\""), std::string::npos);
  EXPECT_NE(all.find(mine), std::string::npos);
  EXPECT_EQ(all.find(theirs), std::string::npos);
  EXPECT_EQ(all.find("甲\""), std::string::npos) << "texts stand in no plain record";
  EXPECT_EQ(served.ask({"GET", "/api/v1/journal", "", {}}).status, 401U);
}

TEST(Ledger, SaysWhichItIsToAnybody) {
  support::SmallLedgerOptions options;
  options.simulated = true;
  Served served({}, std::move(options));
  const Reply ledger = served.ask({"GET", "/api/v1/ledger", "", {}});
  ASSERT_EQ(ledger.status, 200U) << ledger.body;
  EXPECT_EQ(breach("GET", "/api/v1/ledger", ledger), "") << ledger.body;
  EXPECT_EQ(ledger.text("origin"), "ledger.example/small");
  EXPECT_EQ(ledger.at("simulated"), Json(true));
  EXPECT_EQ(ledger.at("demo"), Json(true));
  EXPECT_EQ(ledger.text("root/code"), "0");
  EXPECT_EQ(ledger.text("zone"), "Asia/Shanghai");
  EXPECT_EQ(ledger.text("version"), "1.2.3");
  EXPECT_EQ(ledger.text("log_key"), merkle::to_text(served.context.log_key));
  EXPECT_EQ(number(ledger, "units"),
            static_cast<std::int64_t>(served.ledger->engine->published().state->tree->size()));
  const std::string before = ledger.text("today");
  served.ledger->clock.advance_days(1);
  EXPECT_GT(served.ask({"GET", "/api/v1/ledger", "", {}}).text("today"), before);
  Served real;
  EXPECT_EQ(real.ask({"GET", "/api/v1/ledger", "", {}}).at("demo"), Json(false));
  EXPECT_EQ(real.ask({"GET", "/api/v1/ledger?x=1", "", {}}).code(), "query_unknown");
}

TEST(Kinds, ShowTheFlow) {
  Served served;
  const Reply flow = served.ask({"GET", "/api/v1/kinds/problem/flow?version=1", "", {}});
  EXPECT_EQ(flow.text("states/0/state"), "registered");
  EXPECT_EQ(served.ask({"GET", "/api/v1/kinds/poem/flow", "", {}}).code(), "kind_unknown");
  EXPECT_EQ(served.ask({"GET", "/api/v1/kinds/problem/flow?version=9", "", {}}).status, 404U);
  const Reply table = served.ask({"GET", "/api/v1/templates/items.csv", "", {}});
  EXPECT_EQ(table.status, 200U);
  EXPECT_NE(table.body.find(','), std::string::npos);
}

}  // namespace
}  // namespace tz::http_test
