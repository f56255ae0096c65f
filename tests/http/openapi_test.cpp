// The contract and the program say the same: routes, access, and the shape of live answers.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <set>

#include "base/embedded.h"
#include "http/contract.h"
#include "http/routes.h"
#include "support/contract_path.h"

namespace tz::http_test {
namespace {

YAML::Node contract() { return YAML::Load(std::string(embedded_file("api/openapi.yaml"))); }

TEST(Contract, HasEveryRouteOfTheTableAndNoOther) {
  std::set<std::string> written;
  for (const auto& path : contract()["paths"])
    for (const auto& operation : path.second) {
      std::string method = operation.first.as<std::string>();
      for (char& c : method) c = static_cast<char>(c - 32);
      written.insert(method + " " + path.first.as<std::string>());
    }
  std::set<std::string> served;
  for (const http::Route& route : http::routes())
    served.insert(std::string(route.method) + " " + support::as_in_contract(route.pattern));
  EXPECT_EQ(written, served);
}

TEST(Contract, StatesWhoMayCallAndAgreesWithTheTable) {
  const YAML::Node file = contract();
  for (const http::Route& route : http::routes()) {
    std::string method(route.method);
    for (char& c : method) c = static_cast<char>(c + 32);
    const YAML::Node operation = file["paths"][support::as_in_contract(route.pattern)][method];
    ASSERT_TRUE(operation["x-access"]) << route.pattern;
    EXPECT_EQ(operation["requestBody"].IsDefined(), route.takes != http::Takes::Nothing)
        << route.pattern;
  }
}

TEST(Contract, EveryReferenceLeadsSomewhere) {
  const std::string text(embedded_file("api/openapi.yaml"));
  const YAML::Node file = contract();
  std::size_t found = 0;
  for (std::size_t at = text.find("'#/"); at != std::string::npos; at = text.find("'#/", at + 1)) {
    std::string path = text.substr(at + 3, text.find('\'', at + 1) - at - 3);
    YAML::Node here = file;
    while (!path.empty()) {
      const std::size_t end = path.find('/');
      const YAML::Node next = here[path.substr(0, end)];
      ASSERT_TRUE(next.IsDefined()) << path;
      here.reset(next);
      path = end == std::string::npos ? "" : path.substr(end + 1);
    }
    ++found;
  }
  EXPECT_GT(found, 50U);
}

TEST(Contract, HoldsForLiveAnswers) {
  Served served;
  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "路灯不亮"));
  ASSERT_EQ(
      served.act("supervisor", no, "assign", R"({"lead":"900101-zj","due":"2019-09-30"})").status,
      200U);
  struct Case {
    const char* route;
    std::string path;
  };
  const Case cases[] = {
      {"/api/v1/audit", "/api/v1/audit"},
      {"/api/v1/items", "/api/v1/items"},
      {"/api/v1/items/{no}", "/api/v1/items/" + no},
      {"/api/v1/items/{no}/history", "/api/v1/items/" + no + "/history"},
      {"/api/v1/journal", "/api/v1/journal"},
      {"/api/v1/kinds", "/api/v1/kinds"},
      {"/api/v1/kinds/{kind}/flow", "/api/v1/kinds/problem/flow"},
      {"/api/v1/kinds/{kind}/limits", "/api/v1/kinds/problem/limits"},
      {"/api/v1/ledger", "/api/v1/ledger"},
      {"/api/v1/session", "/api/v1/session"},
      {"/api/v1/units", "/api/v1/units?codes=9001,900101,none"},
      {"/api/v1/units/{code}", "/api/v1/units/900101"},
      {"/api/v1/units/{code}", "/api/v1/units/900102-pcs"},
      {"/api/v1/units/{code}", "/api/v1/units/9001?with=children,trend"},
      {"/api/v1/units/{code}", "/api/v1/units/area-1?with=children"},
      {"/api/v1/units/{code}/children", "/api/v1/units/9001/children"},
      {"/api/v1/units/{code}/posts", "/api/v1/units/900101/posts"},
      {"/api/v1/units/{code}/rates", "/api/v1/units/9001/rates"},
      {"/api/v1/units/{code}/rates", "/api/v1/units/9001/rates?by=child"},
      {"/api/v1/units/{code}/rollup", "/api/v1/units/9001/rollup?by=child"},
      {"/api/v1/units/{code}/rollup", "/api/v1/units/9001/rollup?by=state"},
      {"/api/v1/units/{code}/verdicts", "/api/v1/units/9001/verdicts"},
      {"/healthz", "/healthz"},
      {"/readyz", "/readyz"},
  };
  for (const Case& each : cases) {
    const bool audit = each.path == "/api/v1/audit";
    const Reply reply = served.get(audit ? "auditor" : "supervisor", each.path);
    EXPECT_EQ(reply.status, 200U) << each.path << " " << reply.body;
    EXPECT_EQ(breach("GET", each.route, reply), "") << each.path << "\n" << reply.body;
  }
  const Reply refused = served.get("outsider", "/api/v1/items/" + no);
  EXPECT_EQ(refused.status, 404U);
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}", refused), "");
}

TEST(Contract, TheCheckItselfFindsWhatIsWrong) {
  Reply reply;
  reply.status = 200;
  reply.headers = {{"content-type", "application/json"}};
  reply.json.set("status", "ok");
  EXPECT_EQ(breach("GET", "/healthz", reply), "");
  reply.json.set("more", 1);
  EXPECT_NE(breach("GET", "/healthz", reply), "");
  reply.json = {};
  reply.json.set("status", "ill");
  EXPECT_NE(breach("GET", "/healthz", reply), "");
  reply.json = {};
  EXPECT_NE(breach("GET", "/healthz", reply), "");
}

}  // namespace
}  // namespace tz::http_test
