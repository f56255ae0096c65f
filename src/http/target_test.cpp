// Targets are read in one way, against a slow reading of the same grammar.
#include "http/target.h"

#include <gtest/gtest.h>

#include <map>

#include "base/random.h"

namespace tz::http {
namespace {

std::string why(const Result<Target>& target) {
  if (target.ok()) return "";
  return target.error().facts.empty() ? "" : target.error().facts[0].second;
}

TEST(Target, IsTakenApart) {
  const auto target = parse_target("/api/v1/items/7K3M-Q9XD-4?limit=20&cursor=a%2Fb+c&empty=");
  ASSERT_TRUE(target.ok());
  EXPECT_EQ(target->segments, (std::vector<std::string>{"api", "v1", "items", "7K3M-Q9XD-4"}));
  ASSERT_EQ(target->query.size(), 3U);
  EXPECT_EQ(target->query[1].second, "a/b c");
  EXPECT_EQ(target->query[2].second, "");
  EXPECT_TRUE(parse_target("/")->segments.empty());
  EXPECT_EQ(parse_target("/%E5%8F%B0")->segments[0], "台");
}

TEST(Target, IsRefusedWithTheReason) {
  const std::map<std::string, std::string> cases = {
      {"", "form"},
      {"a", "form"},
      {"//", "segment"},
      {"/a/", "segment"},
      {"/.", "segment"},
      {"/a/..", "segment"},
      {"/%2E%2e", "segment"},
      {"/a%2fb", "segment"},
      {"/a%5Cb", "segment"},
      {"/%", "percent"},
      {"/%1", "percent"},
      {"/%1g", "percent"},
      {"/%1f", "character"},
      {"/%7F", "character"},
      {"/a\"", "character"},
      {"/a#b", "character"},
      {"/\xE5\x8F\xB0", "character"},
      {"/%C0%AF", "encoding"},
      {"/?=1", "form"},
      {"/?a&a=1", "query_twice"},
      {"/?a=%ZZ", "percent"},
  };
  for (const auto& [text, reason] : cases) {
    const auto target = parse_target(text);
    EXPECT_FALSE(target.ok()) << text;
    EXPECT_EQ(why(target), reason) << text;
  }
  std::string many;
  for (std::size_t i = 0; i <= kSegmentsMax; ++i) many += "/a";
  EXPECT_EQ(why(parse_target(many)), "count");
  EXPECT_EQ(parse_target("/" + std::string(kTargetBytesMax, 'a')).error().code, "target_too_long");
}

std::string encoded(const std::string& text, Random& random) {
  static constexpr char kDigits[] = "0123456789abcdefABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain && random.next_u64() % 2 == 0) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    const auto digit = [&](unsigned value) {
      return kDigits[value >= 10 && random.next_u64() % 2 == 0 ? value + 6 : value];
    };
    out += '%';
    out += digit(byte >> 4U);
    out += digit(byte & 15U);
  }
  return out;
}

TEST(Target, GivesBackWhateverWasEncoded) {
  const std::uint64_t seed = 20190908;
  SeededRandom random(seed);
  const std::vector<std::string> pieces = {"a",  "z9", "台", "é", "~", "...", "%",  "+",
                                           " b", "&",  "=",  "?", "#", "'",   "\"", "𠀀"};
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::string> segments;
    std::map<std::string, std::string> query;
    std::string text;
    for (std::uint64_t i = random.next_u64() % 5; i > 0; --i) {
      std::string segment;
      for (std::uint64_t n = 1 + random.next_u64() % 4; n > 0; --n)
        segment += pieces[random.next_u64() % pieces.size()];
      text += "/" + encoded(segment, random);
      segments.push_back(segment);
    }
    if (text.empty()) text = "/";
    for (std::uint64_t i = random.next_u64() % 4; i > 0; --i)
      query[pieces[random.next_u64() % pieces.size()]] = pieces[random.next_u64() % pieces.size()];
    char mark = '?';
    for (const auto& [name, value] : query) {
      text += mark + encoded(name, random) + "=" + encoded(value, random);
      mark = '&';
    }
    const auto target = parse_target(text);
    ASSERT_TRUE(target.ok()) << "seed " << seed << " round " << round << ": " << text;
    EXPECT_EQ(target->segments, segments) << text;
    EXPECT_EQ((std::map<std::string, std::string>(target->query.begin(), target->query.end())),
              query)
        << text;
  }
}

TEST(Query, IsReadByTypeAndLeavesNothingOver) {
  const Target target = *parse_target("/?limit=20&overdue=true&n=18446744073709551616&x=-1");
  QueryReader reader(target);
  EXPECT_EQ(*reader.limit(50, 200), 20U);
  EXPECT_EQ(*reader.yes_no("overdue"), std::optional<bool>(true));
  EXPECT_EQ(reader.number("n", ~std::uint64_t{0}).error().code, "query_bad");
  EXPECT_EQ(reader.finish().error().code, "query_unknown");
  EXPECT_EQ(reader.number("x", 10).error().code, "query_bad");
  EXPECT_TRUE(reader.finish().ok());
  EXPECT_EQ(*reader.number("missing", 10), std::nullopt);
  QueryReader strict(target);
  EXPECT_EQ(strict.limit(5, 10).error().code, "query_bad");
  EXPECT_EQ(strict.yes_no("limit").error().code, "query_bad");
}

}  // namespace
}  // namespace tz::http
