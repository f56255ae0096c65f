// Funds over HTTP: what everybody sees, who reads the book, and that what a household goes by is in
// no record.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/embedded.h"
#include "http/client.h"
#include "http/contract.h"
#include "ledger/fund_statement.h"

namespace tz::http_test {
namespace {

using ledger::Role;

constexpr const char* kFunds = "/api/v1/funds";

class FundRoutes : public testing::Test {
 protected:
  FundRoutes() {
    served.ledger->add_person("chief", {{"900101", Role::Supervisor}});
    submit(ledger::AdoptFlow{std::string(embedded_file("flows/loan.yaml"))});
    open_fund("relief", '7');
    submit(ledger::BookMoney{"relief", ledger::EntrySort::Capital, 10'000'000, "凭证"});
  }
  void submit(ledger::Command command) {
    const auto done = served.ledger->engine->submit_and_wait({std::move(command), {}, {}, {}});
    ASSERT_TRUE(done.ok()) << done.error().code;
  }
  void open_fund(const char* code, char key_digit) {
    ledger::OpenFund fund;
    fund.fund = code;
    fund.unit = served.ledger->unit("900101");
    fund.title_zh = fund.title_en = "Relief";
    fund.rules = {3'000'000, 300'000, 365, 180, 1, "文件"};
    fund.key = std::string(64, key_digit);
    submit(fund);
  }
  Reply apply(const std::string& household, const std::string& fund = "relief") {
    return served.post("recorder", "/api/v1/items",
                       R"({"kind":"loan","unit":"900101001","source":"household","title":"借款",)"
                       R"("amount":200000,"episode":"ZY-42","household":")" +
                           household + R"(","fund":")" + fund + "\"}",
                       {"Content-Type: application/json"});
  }

  Reply stranger(const std::string& path) { return served.ask({"GET", path, "", {}}); }

  Served served;
};

TEST_F(FundRoutes, EverybodySeesTheirRulesAndNoBook) {
  const Reply list = stranger(kFunds);
  EXPECT_EQ(breach("GET", kFunds, list), "");
  ASSERT_EQ(list.list("funds").size(), 1U);
  const Reply one = stranger("/api/v1/funds/relief");
  EXPECT_EQ(breach("GET", "/api/v1/funds/{fund}", one), "");
  EXPECT_TRUE(one.at("book").is_null());
  const Reply table = stranger("/api/v1/funds.csv");
  EXPECT_EQ(breach("GET", "/api/v1/funds.csv", table), "");
  EXPECT_NE(table.body.find("\r\nrelief,Relief,900101,"), std::string::npos) << table.body;
  EXPECT_NE(table.body.find(",30000.00,3000.00,365,180,1,文件,"), std::string::npos) << table.body;
  const Reply spans = stranger("/api/v1/funds/relief/spans.csv");
  EXPECT_EQ(spans.status, 200U) << spans.body;
  EXPECT_EQ(breach("GET", "/api/v1/funds/{fund}/spans.csv", spans), "");
  EXPECT_EQ(std::count(spans.body.begin(), spans.body.end(), '\n'),
            1 + static_cast<std::ptrdiff_t>(one.list("spans").size()));
  EXPECT_EQ(stranger("/api/v1/funds/none").code(), "fund_unknown");
}

TEST_F(FundRoutes, TheBookIsForWhoIsOverTheirUnit) {
  for (const char* part : {"/statement", "/statement.csv", "/loans", "/loans.csv", "/ageing.csv"}) {
    const std::string path = std::string("/api/v1/funds/relief") + part;
    EXPECT_EQ(served.get("recorder", path).code(), "not_permitted") << part;
    EXPECT_EQ(served.get("outsider", path).code(), "not_permitted") << part;
    const Reply seen = served.get("chief", path);
    EXPECT_EQ(seen.status, 200U) << part;
    EXPECT_EQ(breach("GET", std::string("/api/v1/funds/{fund}") + part, seen), "") << part;
  }
  const Reply one = served.get("chief", "/api/v1/funds/relief");
  EXPECT_EQ(breach("GET", "/api/v1/funds/{fund}", one), "");
  EXPECT_EQ(one.at("book/accounts/cash").dump(), "10000000");
  const std::string months = served.get("chief", "/api/v1/funds/relief/statement.csv").body;
  EXPECT_NE(months.find("月份,期初（元）,本金（元）,"), std::string::npos) << months;
  EXPECT_NE(months.find("100000.00"), std::string::npos) << months;
}

TEST_F(FundRoutes, TheTableOfLoansHasAllOfThemInTheReadersLanguage) {
  const Reply asked = apply("HK-900101-77");
  ASSERT_EQ(asked.status, 201U) << asked.body;
  const std::string path = "/api/v1/funds/relief/loans.csv";
  const Reply table = served.get("chief", path);
  EXPECT_NE(table.body.find("事项编号,单位代码,单位,申请日期,申请（元）,已承诺（元）,"),
            std::string::npos)
      << table.body;
  EXPECT_NE(table.body.find("\r\n" + asked.text("item") + ","), std::string::npos) << table.body;
  EXPECT_NE(table.body.find(",2000.00,0.00,,0.00,0.00,0.00,0.00,,否,否\r\n"), std::string::npos)
      << table.body;
  EXPECT_EQ(served.get("chief", path + "?limit=100000").body, table.body);
  EXPECT_EQ(served.get("chief", path + "?limit=100001").code(), "query_bad");
  const Reply english = served.ask(
      {"GET",
       path,
       "",
       {"Authorization: Bearer " + served.ledger->token("chief"), "Accept-Language: en"}});
  EXPECT_NE(english.body.find("item,unit,name,asked for on,asked for (yuan),"), std::string::npos)
      << english.body;
}

TEST_F(FundRoutes, AnotherFundKnowsWhatIsLentForAlready) {
  open_fund("second", '8');
  ASSERT_EQ(apply("HK-900101-77").status, 201U);
  EXPECT_EQ(apply("hk 90010177", "second").code(), "loan_open_already");
  EXPECT_EQ(apply("HK-900101-78", "second").status, 201U);
}

TEST_F(FundRoutes, NoLoanIsAskedForByATable) {
  const Reply brought =
      served.post("recorder", "/api/v1/imports?kind=loan&unit=900101001",
                  "title,source\n借款,household\n", {"Content-Type: application/octet-stream"});
  EXPECT_EQ(brought.code(), "import_faulty") << brought.body;
  ASSERT_EQ(brought.list("faults").size(), 1U) << brought.body;
  EXPECT_EQ(brought.text("faults/0/code"), "loan_not_imported");
}

TEST_F(FundRoutes, WhatAHouseholdGoesByIsInNoRecord) {
  const Reply asked = apply("HK-900101-77");
  ASSERT_EQ(asked.status, 201U) << asked.body;
  EXPECT_EQ(apply("hk 90010177").code(), "loan_open_already");
  EXPECT_EQ(apply("HK-900101-78").status, 201U);
  const std::string item = "/api/v1/items/" + asked.text("item");
  const Reply seen = served.get("recorder", item);
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}", seen), "");
  EXPECT_EQ(seen.at("loan/asked").dump(), "200000");
  for (const std::string& path : {item, item + "/history", std::string("/api/v1/journal?limit=200"),
                                  std::string("/api/v1/funds/relief/loans")}) {
    const std::string body = served.get("chief", path).body;
    EXPECT_EQ(body.find("HK-900101"), std::string::npos) << path;
    EXPECT_EQ(body.find("ZY-42"), std::string::npos) << path;
    EXPECT_EQ(body.find(std::string(64, '7')), std::string::npos) << path << " tells the key";
  }
}

}  // namespace
}  // namespace tz::http_test
