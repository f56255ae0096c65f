// Rates over HTTP: the same items as the totals, for the same people, never ranked.
#include <gtest/gtest.h>

#include <algorithm>

#include "http/contract.h"
#include "http/rate_rows.h"

namespace tz::http_test {
namespace {

// The denominator of a rate before exclusions; 0 where there is none.
std::int64_t denominator(const Json& row, std::string_view rate) {
  const Json* share = row.find("rates")->find(rate)->find("before");
  return share->is_null() ? 0 : number(*share, "denominator");
}

TEST(Rates, AreOfTheItemsThatTotalsCount) {
  Served served;
  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "x"));
  served.ledger->open_problem("900101001002", "y");
  served.post("outsider", "/api/v1/items",
              R"({"kind":"problem","unit":"900102001001","source":"resident","title":"z"})");
  ASSERT_EQ(served.act("supervisor", no, "reject", R"({"reason":"不属实"})").status, 200U);
  for (const char* code : {"0", "9001", "900101", "900101001", "900102"}) {
    const std::string path = std::string("/api/v1/units/") + code;
    const Reply rates = served.ask({"GET", path + "/rates?by=child", "", {}});
    EXPECT_EQ(breach("GET", "/api/v1/units/{code}/rates", rates), "") << rates.body;
    const Reply rollup = served.ask({"GET", path + "/rollup", "", {}});
    const Json counted = kind_row(rates.at("rows"), "problem");
    const Json total = kind_row(rollup.at("rows"), "problem");
    for (const char* name : {"total", "open", "closed", "fixed", "dropped"})
      EXPECT_EQ(number(counted, name),
                number(total, std::string_view(name) == "fixed" ? "closed_fixed" : name))
          << code << name;
    // Children and what no child counts add up to the whole.
    std::int64_t items = number(kind_row(rates.at("own"), "problem"), "total");
    std::int64_t completions = denominator(kind_row(rates.at("own"), "problem"), "completion");
    for (const Json& child : rates.list("children")) {
      if (*child.find("overlaps")->as_bool()) continue;
      const Json row = kind_row(*child.find("rows"), "problem");
      items += number(row, "total");
      completions += denominator(row, "completion");
    }
    EXPECT_EQ(items, number(counted, "total")) << code;
    EXPECT_EQ(completions, denominator(counted, "completion")) << code;
  }
  const Reply city = served.ask({"GET", "/api/v1/units/9001/rates", "", {}});
  EXPECT_EQ(city.text("rows/0/rates/completion/after/percent"), "0.00");
  EXPECT_EQ(city.at("rows/0/rates/completion/after/denominator"), Json(2));
  EXPECT_EQ(city.at("rows/0/rates/completion/few"), Json(true));
  EXPECT_TRUE(city.at("rows/0/rates/solved/after").is_null());
  EXPECT_TRUE(city.at("rows/0/days/after").is_null());
}

TEST(Rates, OfAPeriodAreOfWhatWasListedOrClosedInIt) {
  Served served;
  served.ledger->open_problem("900101001001", "x");
  const std::string path = "/api/v1/units/9001/rates?";
  const auto total = [&](const std::string& query) {
    const Reply reply = served.ask({"GET", path + query, "", {}});
    EXPECT_EQ(reply.status, 200U) << reply.body;
    return number(kind_row(reply.at("rows"), "problem"), "total");
  };
  EXPECT_EQ(total("from=2000-01-01"), 1);
  EXPECT_EQ(total("to=2000-01-01"), 0);
  EXPECT_EQ(total("from=2000-01-01&period=closed"), 0);
  EXPECT_EQ(total("kind=problem"), 1);
  EXPECT_EQ(served.ask({"GET", path + "kind=none", "", {}}).code(), "kind_unknown");
  for (const char* bad : {"by=phase", "period=due", "from=2019-02-30", "cursor=x&by=child"}) {
    const Reply reply = served.ask({"GET", path + bad, "", {}});
    EXPECT_TRUE(reply.code() == "query_bad" || reply.code() == "cursor_bad") << bad << reply.body;
  }
}

TEST(Rates, OfChildrenStandInTheOrderOfTheTree) {
  Served served;
  const Reply rates = served.ask({"GET", "/api/v1/units/9001/rates?by=child", "", {}});
  const Reply rollup = served.ask({"GET", "/api/v1/units/9001/rollup?by=child", "", {}});
  ASSERT_EQ(rates.list("children").size(), rollup.list("rows").size());
  for (std::size_t i = 0; i < rates.list("children").size(); ++i) {
    const std::string at = std::to_string(i);
    EXPECT_EQ(rates.at("children/" + at + "/unit"), rollup.at("rows/" + at + "/unit"));
  }
}

TEST(Rates, OfKindsAboutPersonsAreForThoseWhoSeeTheirTotals) {
  Served served;
  const auto kinds = [](const Reply& reply) {
    std::vector<std::string> out;
    for (const Json& row : reply.list("rows")) out.push_back(*row.find("kind")->as_text());
    return out;
  };
  const std::string path = "/api/v1/units/900101";
  for (const char* person : {"", "supervisor", "outsider", "admin"}) {
    const auto get = [&](const std::string& what) {
      return *person == '\0' ? served.ask({"GET", path + what, "", {}})
                             : served.get(person, path + what);
    };
    EXPECT_EQ(kinds(get("/rates")), kinds(get("/rollup"))) << person;
  }
}

}  // namespace
}  // namespace tz::http_test
