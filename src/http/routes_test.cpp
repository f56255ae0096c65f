// The table is in order, and a word in a path goes before a name.
#include "http/routes.h"

#include <gtest/gtest.h>

namespace tz::http {
namespace {

std::string pattern_of(std::string_view method, const std::vector<std::string>& segments) {
  const Match match = find_route(method, segments);
  return match.route == nullptr ? "-" : std::string(match.route->pattern);
}

TEST(Routes, AreSortedAndEachStandsOnce) {
  const auto table = routes();
  for (std::size_t i = 1; i < table.size(); ++i)
    EXPECT_LT(std::pair(table[i - 1].pattern, table[i - 1].method),
              std::pair(table[i].pattern, table[i].method));
}

TEST(Routes, AreFoundByPathAndMethod) {
  EXPECT_EQ(pattern_of("GET", {}), "/");
  EXPECT_EQ(pattern_of("GET", {"items", "new"}), "/items/new");
  EXPECT_EQ(pattern_of("GET", {"items", "X"}), "/items/{no}");
  EXPECT_EQ(pattern_of("GET", {"api", "v1", "items", "X"}), "/api/v1/items/{no}");
  EXPECT_EQ(pattern_of("POST", {"api", "v1", "items", "on-behalf"}), "/api/v1/items/on-behalf");
  EXPECT_EQ(pattern_of("GET", {"api", "v1", "items", "X", "history"}),
            "/api/v1/items/{no}/history");
  EXPECT_EQ(pattern_of("POST", {"api", "v1", "items", "X", "correct"}),
            "/api/v1/items/{no}/correct");
  EXPECT_EQ(pattern_of("POST", {"api", "v1", "items", "X", "assign"}),
            "/api/v1/items/{no}/{transition}");
  EXPECT_EQ(find_route("POST", {"api", "v1", "items", "X", "assign"}).params,
            (std::vector<std::string>{"X", "assign"}));
  EXPECT_EQ(find_route("GET", {"log", "tile", "0", "x001", "234"}).params,
            (std::vector<std::string>{"0/x001/234"}));
  EXPECT_EQ(pattern_of("GET", {"log", "tile"}), "-");
  EXPECT_EQ(pattern_of("GET", {"api", "v1"}), "-");
  EXPECT_EQ(pattern_of("HEAD", {"healthz"}), "/healthz");
}

TEST(Routes, TellWhichMethodsAPathHas) {
  EXPECT_EQ(find_route("PUT", {"api", "v1", "session"}).allowed, "DELETE, GET, POST");
  EXPECT_EQ(find_route("PUT", {"nothing"}).allowed, "");
}

}  // namespace
}  // namespace tz::http
