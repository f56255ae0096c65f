// Query codes as they are shown, typed and kept.
#include "access/query_code.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace tz::access {
namespace {

TEST(QueryCode, IsReadHoweverItIsTyped) {
  SeededRandom random(5);
  const std::string code = new_query_code(random);
  EXPECT_EQ(code.size(), 25U);
  const auto digits = read_query_code(code);
  ASSERT_TRUE(digits.has_value());
  EXPECT_EQ(digits->size(), 21U);
  std::string lower = code;
  std::transform(lower.begin(), lower.end(), lower.begin(), ::tolower);
  std::replace(lower.begin(), lower.end(), '-', ' ');
  EXPECT_EQ(read_query_code(lower), digits);
  EXPECT_EQ(hash_of_code(code, Hash{}), hash_of_code(*digits, Hash{}));
}

TEST(QueryCode, AWrongDigitIsNoCode) {
  SeededRandom random(6);
  const std::string code = *read_query_code(new_query_code(random));
  for (std::size_t i = 0; i < code.size(); ++i) {
    std::string wrong = code;
    wrong[i] = wrong[i] == '0' ? '2' : '0';
    EXPECT_EQ(read_query_code(wrong), std::nullopt) << i;
  }
  for (const char* text : {"", "0", "-", "00000000000000000000", "0000000000000000000000", "中文"})
    EXPECT_EQ(read_query_code(text), std::nullopt) << text;
}

TEST(QueryCode, AnotherSaltAnotherHash) {
  SeededRandom random(7);
  const std::string code = new_query_code(random);
  Hash salt{};
  salt[0] = 1;
  EXPECT_FALSE(same_code(hash_of_code(code, Hash{}), hash_of_code(code, salt)));
  EXPECT_TRUE(same_code(hash_of_code(code, salt), hash_of_code(code, salt)));
}

TEST(QueryCode, ComesNoTwice) {
  SeededRandom random(8);
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(new_query_code(random)).second);
}

}  // namespace
}  // namespace tz::access
