// The file, the page made from it, the contract and the routes say the same.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "base/embedded.h"
#include "http/access_page.h"
#include "http/routes.h"
#include "policy/policy_table.h"
#include "programme/policy_file.h"
#include "support/contract_path.h"

namespace tz::policy_test {
namespace {

TEST(Page, IsMadeFromThePolicyOfToday) {
  const auto policy = programme::read_policy(embedded_file("policy/policy.yaml"));
  ASSERT_TRUE(policy.ok()) << policy.error().code;
  std::ifstream file(std::string(TZ_SOURCE) + "/docs/access.md", std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), http::access_page(*policy)) << "taizhang policy page > docs/access.md";
}

TEST(Page, ContractSaysWhoMayInTheWordsOfTheTable) {
  const YAML::Node file = YAML::Load(std::string(embedded_file("api/openapi.yaml")));
  const std::vector<std::string> known = rights();
  for (const http::Route& route : http::routes()) {
    const std::string right(to_text(route.right));
    ASSERT_NE(std::find(known.begin(), known.end(), right), known.end())
        << route.pattern << " takes a right that is not in the table";
    std::string method(route.method);
    std::transform(method.begin(), method.end(), method.begin(), ::tolower);
    EXPECT_EQ(
        file["paths"][support::as_in_contract(route.pattern)][method]["x-access"].as<std::string>(),
        says(right))
        << route.method << " " << route.pattern;
  }
}

TEST(Page, EveryRightOfTheProgramStandsInTheFileOnce) {
  std::set<std::string> program;
  for (std::size_t i = 0; i < ledger::kRightCount; ++i)
    program.insert(std::string(to_text(static_cast<ledger::Right>(i))));
  const std::vector<std::string> written = rights();
  EXPECT_EQ(std::set<std::string>(written.begin(), written.end()), program);
  EXPECT_EQ(written.size(), program.size());
}

YAML::Node shared(const YAML::Node& file, const YAML::Node& reference) {
  const std::string path = reference["$ref"].as<std::string>();
  return file["components"]["parameters"][path.substr(path.rfind('/') + 1)];
}

// Nobody's statistics are kept by person: no address, query or answer is cut by account.
TEST(Page, NoRouteGroupsByPerson) {
  const YAML::Node file = YAML::Load(std::string(embedded_file("api/openapi.yaml")));
  const std::set<std::string> persons = {"account", "person",  "recorder", "reporter", "user",
                                         "holder",  "checker", "official", "fixer",    "verifier"};
  std::size_t seen = 0;
  for (const auto& path : file["paths"]) {
    // The audit log is of persons, and shows their rows to its administrator; it counts none.
    if (path.first.as<std::string>() == "/api/v1/audit") continue;
    for (const auto& operation : path.second)
      for (const YAML::Node& written : operation.second["parameters"]) {
        const YAML::Node parameter = written["$ref"] ? shared(file, written) : written;
        ++seen;
        EXPECT_FALSE(persons.contains(parameter["name"].as<std::string>()))
            << path.first.as<std::string>();
        if (parameter["name"].as<std::string>() != "by" &&
            parameter["name"].as<std::string>() != "sort")
          continue;
        for (const YAML::Node& word : parameter["schema"]["enum"])
          EXPECT_FALSE(persons.contains(word.as<std::string>())) << path.first.as<std::string>();
      }
  }
  EXPECT_GT(seen, 30U);
}

TEST(Page, RollupRefusesToBeCutByPerson) {
  WalkedTown town;
  for (const char* by : {"account", "person", "recorder", "post", "verifier"})
    EXPECT_EQ(
        town.ask("supervisor.above", {"GET", std::string("/api/v1/units/900101/rollup?by=") + by})
            .code,
        "by_unsupported")
        << by;
  for (const char* column : {"recorder", "account", "person", "by", "checkers", "fixer"})
    EXPECT_GE(town.ask("supervisor.above",
                       {"GET", std::string("/api/v1/exports/items.csv?columns=item,") + column})
                  .status,
              400U)
        << column;
  for (const char* field : {"recorder", "account", "person", "post", "holder", "by"})
    EXPECT_GE(
        town.ask("supervisor.above", {"GET", std::string("/api/v1/items?") + field + "=1"}).status,
        400U)
        << field;
}

}  // namespace
}  // namespace tz::policy_test
