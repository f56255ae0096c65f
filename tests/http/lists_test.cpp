// Units, totals, lists and the journal: the same numbers everywhere, and only what one may see.
#include <gtest/gtest.h>

#include <map>

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

TEST(Units, AreToldTogetherWithWhatStandsBelowThem) {
  Served served;
  served.ledger->open_problem("900101001001", "甲");
  const Reply many = served.ask({"GET", "/api/v1/units?codes=9001,none,900101", "", {}});
  ASSERT_EQ(many.status, 200U) << many.body;
  EXPECT_EQ(breach("GET", "/api/v1/units", many), "") << many.body;
  ASSERT_EQ(many.list("units").size(), 2U);
  EXPECT_EQ(many.text("units/0/code"), "9001");
  EXPECT_EQ(many.at("unknown"), Json(JsonArray{Json("none")}));
  for (const char* index : {"0", "1"}) {
    const std::string at = std::string("units/") + index + "/";
    const Reply alone = served.ask({"GET", "/api/v1/units/" + many.text(at + "code"), "", {}});
    EXPECT_EQ(many.at(at + "totals"), alone.at("totals"));
    EXPECT_EQ(many.at(at + "quantities"), alone.at("quantities"));
  }
  // What is counted below is what a walk by children finds.
  std::map<std::string, std::int64_t> walked;
  std::vector<std::string> waiting = {"9001"};
  while (!waiting.empty()) {
    const std::string code = waiting.back();
    waiting.pop_back();
    const Reply page = served.ask({"GET", "/api/v1/units/" + code + "/children", "", {}});
    for (const Json& child : page.list("children")) {
      ++walked[*child.find("kind")->as_text()];
      waiting.push_back(*child.find("code")->as_text());
    }
  }
  std::map<std::string, std::int64_t> told;
  for (const Json& each : many.list("units/0/below"))
    told[*each.find("kind")->as_text()] = *each.find("count")->as_int();
  EXPECT_EQ(told, walked);
  std::string fifty_one = "9001";
  for (int i = 0; i < 50; ++i) fifty_one += ",u" + std::to_string(i);
  for (const std::string& codes :
       {std::string(), std::string("9001,"), std::string("9001,9001"), fifty_one})
    EXPECT_EQ(served.ask({"GET", "/api/v1/units?codes=" + codes, "", {}}).code(), "query_bad")
        << codes;
  EXPECT_EQ(served.ask({"GET", "/api/v1/units", "", {}}).code(), "query_bad");
}

TEST(UnitPage, HoldsItsPartsAndItsWeeksInOneAnswer) {
  Served served;
  const auto dropped = served.ledger->open_problem("900101001001", "甲");
  served.ledger->open_problem("900101001001", "乙");
  served.ledger->clock.advance_days(7);
  served.ledger->open_problem("900101001002", "丙");
  EXPECT_EQ(
      served.act("supervisor", ledger::to_text(dropped), "reject", R"({"reason":"重复"})").status,
      200U);
  const Reply page = served.ask({"GET", "/api/v1/units/900101?with=trend,children", "", {}});
  ASSERT_EQ(page.status, 200U) << page.body;
  EXPECT_EQ(breach("GET", "/api/v1/units/{code}", page), "") << page.body;
  const Reply rollup = served.ask({"GET", "/api/v1/units/900101/rollup?by=child", "", {}});
  EXPECT_EQ(page.at("children_page/rows"), rollup.at("rows"));
  EXPECT_EQ(page.at("children_page/next"), rollup.at("next"));
  EXPECT_EQ(page.text("children_page/rows/0/kind"), "agency");
  ASSERT_EQ(page.list("trend/weeks").size(), 12U);
  const auto week = [&](int index, const char* what) {
    return number(page, "trend/weeks/" + std::to_string(index) + "/" + what);
  };
  EXPECT_EQ(page.text("trend/weeks/11/first"), "2019-09-16");
  EXPECT_EQ(page.text("trend/weeks/11/last"), "2019-09-22");
  EXPECT_EQ(week(10, "listed"), 2);
  EXPECT_EQ(week(10, "open"), 1) << "the one that was dropped is open in no week";
  EXPECT_EQ(week(11, "listed"), 1);
  EXPECT_EQ(week(11, "open"), number(page, "totals/0/open"));
  EXPECT_EQ(week(9, "open"), 0);
  const Reply plain = served.ask({"GET", "/api/v1/units/900101", "", {}});
  EXPECT_TRUE(plain.at("trend").is_null());
  EXPECT_TRUE(plain.at("children_page").is_null());
  for (const char* with : {"", "all", "trend,", "trend,trend", "children trend"})
    EXPECT_GE(served.ask({"GET", std::string("/api/v1/units/900101?with=") + with, "", {}}).status,
              400U)
        << with;
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
  EXPECT_EQ(count("supervisor", "open=yes"), 2);
  EXPECT_EQ(count("supervisor", "open=no"), 0);
  EXPECT_EQ(count("supervisor", "fixed=no&reopened=no"), 2);
  EXPECT_EQ(count("supervisor", "reopened=yes"), 0);
  EXPECT_EQ(count("supervisor", "open=perhaps"), -1);
  EXPECT_EQ(count("supervisor", "state=registered"), -1);
  EXPECT_EQ(count("supervisor", "phase=lost"), -1);
  EXPECT_EQ(count("supervisor", "colour=red"), -1);
  EXPECT_EQ(count("supervisor", "limit=201"), -1);
  EXPECT_EQ(count("supervisor", "limit=0"), -1);
}

std::vector<std::string> numbers_in(const Reply& page) {
  std::vector<std::string> out;
  for (const Json& item : page.list("items")) out.push_back(*item.find("item")->as_text());
  return out;
}

// 甲 due first and closed by nobody, 乙 due later, 丙 with no deadline at all.
struct ThreeItems {
  explicit ThreeItems(Served& served) {
    const auto open = [&](const char* unit, const char* title) {
      served.ledger->clock.advance_days(1);
      return ledger::to_text(served.ledger->open_problem(unit, title));
    };
    first = open("900101001002", "甲");
    second = open("900101001001", "乙");
    third = open("900101001001", "丙");
    served.act("supervisor", first, "assign", R"({"lead":"900101-zj","due":"2019-09-20"})");
    served.act("supervisor", second, "assign", R"({"lead":"900101-cg","due":"2019-09-25"})");
  }
  std::string first;
  std::string second;
  std::string third;
};

TEST(List, IsSortedEitherWayWithWhatIsMissingLast) {
  Served served;
  const ThreeItems items(served);
  const auto& [a, b, c] = items;
  using Numbers = std::vector<std::string>;
  const auto sorted = [&](const std::string& query) {
    const Reply page = served.get("supervisor", "/api/v1/items?" + query);
    EXPECT_EQ(breach("GET", "/api/v1/items", page), "") << page.body;
    return numbers_in(page);
  };
  EXPECT_EQ(sorted(""), (Numbers{c, b, a}));
  EXPECT_EQ(sorted("sort=opened&order=asc"), (Numbers{a, b, c}));
  EXPECT_EQ(sorted("sort=due&order=asc"), (Numbers{a, b, c}));
  EXPECT_EQ(sorted("sort=due"), (Numbers{b, a, c}));
  EXPECT_EQ(sorted("sort=changed"), (Numbers{b, a, c}));
  EXPECT_EQ(sorted("sort=unit&order=asc"), (Numbers{b, c, a}));
  EXPECT_EQ(sorted("sort=lead&order=asc"), (Numbers{b, a, c}));
  EXPECT_EQ(sorted("sort=closed"), (Numbers{c, b, a})) << "none is closed: the newest first";
  for (const char* query : {"sort=title", "sort=", "order=up", "sort=due&sort=unit"})
    EXPECT_GE(served.get("supervisor", std::string("/api/v1/items?") + query).status, 400U);
}

TEST(List, IsPagedInAnyOrderByCursorAndByOffset) {
  Served served;
  const ThreeItems items(served);
  for (const char* order : {"sort=due&order=asc", "sort=lead", "sort=changed", "sort=unit"}) {
    const std::string path = std::string("/api/v1/items?") + order;
    const std::vector<std::string> all = numbers_in(served.get("supervisor", path));
    ASSERT_EQ(all.size(), 3U);
    Reply page = served.get("supervisor", path + "&limit=1");
    std::vector<std::string> joined = numbers_in(page);
    while (!page.at("next").is_null()) {
      page = served.get("supervisor", path + "&limit=1&cursor=" + page.text("next"));
      EXPECT_EQ(number(page, "total"), 3);
      for (const std::string& no : numbers_in(page)) joined.push_back(no);
    }
    EXPECT_EQ(joined, all) << order;
    const Reply tail = served.get("supervisor", path + "&limit=5&offset=2");
    EXPECT_EQ(numbers_in(tail), (std::vector<std::string>{all[2]})) << order;
    EXPECT_TRUE(tail.at("next").is_null());
    EXPECT_EQ(number(served.get("supervisor", path + "&offset=1000000"), "total"), 3);
  }
  const std::string both = "/api/v1/items?offset=1&cursor=" + items.first;
  EXPECT_EQ(served.get("supervisor", both).code(), "query_bad");
  EXPECT_EQ(served.get("supervisor", "/api/v1/items?offset=1000001").code(), "query_bad");
}

TEST(List, IsBoundedByDaysBothOfWhichCount) {
  Served served;
  const ThreeItems items(served);
  const auto count = [&](const std::string& query) {
    const Reply page = served.get("supervisor", "/api/v1/items?" + query);
    EXPECT_EQ(page.status, 200U) << page.body;
    EXPECT_EQ(number(page, "total"), static_cast<std::int64_t>(page.list("items").size()));
    return number(page, "total");
  };
  const std::string day =
      served.get("supervisor", "/api/v1/items?order=asc").text("items/0/opened");
  EXPECT_EQ(count("opened_from=" + day + "&opened_to=" + day), 1);
  EXPECT_EQ(count("opened_from=" + day), 3);
  EXPECT_EQ(count("due_from=2019-09-20&due_to=2019-09-25"), 2);
  EXPECT_EQ(count("due_from=2019-09-21"), 1);
  EXPECT_EQ(count("due_to=2019-09-19"), 0);
  EXPECT_EQ(count("closed_from=2000-01-01"), 0) << "none has a close-out";
  for (const char* bad : {"due_from=2019-9-1", "opened_to=today", "closed_to="})
    EXPECT_EQ(served.get("supervisor", std::string("/api/v1/items?") + bad).code(), "query_bad");
}

TEST(List, CountsWhatTheUnitPageCounts) {
  Served served;
  const ThreeItems items(served);
  served.act("supervisor", items.third, "reject", R"({"reason":"重复"})");
  served.ledger->clock.advance_days(12);
  served.ledger->open_problem("900101001001", "丁");  // a batch: what is overdue is counted anew
  const Reply page = served.get("supervisor", "/api/v1/items?unit=900101&limit=1");
  const Reply unit = served.ask({"GET", "/api/v1/units/900101", "", {}});
  EXPECT_EQ(number(page, "total"), number(unit, "totals/0/total"));
  EXPECT_GT(number(page, "totals/overdue"), 0);
  for (const char* what : {"open", "overdue", "closed", "closed_fixed", "reopened", "dropped"})
    EXPECT_EQ(number(page, std::string("totals/") + what),
              number(unit, std::string("totals/0/") + what))
        << what;
  EXPECT_EQ(page.text("items/0/source"), "resident");
  EXPECT_EQ(page.text("items/0/changed").substr(0, 10), page.text("items/0/opened"));
  const Reply nobody = served.get("admin", "/api/v1/items?sort=due");
  EXPECT_EQ(number(nobody, "total"), 0);
  EXPECT_EQ(number(nobody, "totals/open"), 0);
  EXPECT_EQ(number(served.get("outsider", "/api/v1/items"), "total"), 0)
      << "another unit's items are in no number";
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
  const Reply flow = served.ask({"GET", "/api/v1/kinds/problem/flow?version=7", "", {}});
  EXPECT_EQ(flow.text("states/0/state"), "registered");
  EXPECT_EQ(served.ask({"GET", "/api/v1/kinds/poem/flow", "", {}}).code(), "kind_unknown");
  EXPECT_EQ(served.ask({"GET", "/api/v1/kinds/problem/flow?version=9", "", {}}).status, 404U);
  const Reply table = served.ask({"GET", "/api/v1/templates/items.csv", "", {}});
  EXPECT_EQ(table.status, 200U);
  EXPECT_NE(table.body.find(','), std::string::npos);
}

}  // namespace
}  // namespace tz::http_test
