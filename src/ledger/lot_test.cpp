// Drawing numbers as a stranger would, and what those who were drawn come to.
#include "ledger/lot.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/bytes.h"

namespace tz::ledger {
namespace {

constexpr ItemNo kItem{1};

AffectedListed listed(std::uint32_t affected, std::uint16_t asked) {
  return {1, affected, asked, sha256(as_bytes("list"))};
}

std::vector<std::uint32_t> drawn(std::uint32_t affected, std::uint16_t asked,
                                 std::string_view root = "root") {
  const AffectedListed list = listed(affected, asked);
  return draw_numbers(lot_seed_text(kItem, list, sha256(as_bytes(root))), affected, asked);
}

// Computed by another program, from docs/verdicts.md.
TEST(Lot, AStrangerDrawsTheSame) {
  EXPECT_EQ(drawn(120, 6), (std::vector<std::uint32_t>{29, 87, 100, 59, 38, 67}));
  EXPECT_EQ(drawn(5, 5), (std::vector<std::uint32_t>{1, 2, 4, 3, 5}));
}

TEST(Lot, EachIsDrawnOnceAndAnotherRootDrawsOthers) {
  std::vector<std::uint32_t> numbers = drawn(400, 400);
  std::sort(numbers.begin(), numbers.end());
  for (std::uint32_t i = 0; i < 400; ++i) EXPECT_EQ(numbers[i], i + 1);
  EXPECT_EQ(drawn(1, 1), std::vector<std::uint32_t>{1});
  EXPECT_NE(drawn(kAffectedMax, 5), drawn(kAffectedMax, 5, "another"));
  for (const std::uint32_t number : drawn(kAffectedMax, 400)) {
    EXPECT_GE(number, 1U);
    EXPECT_LE(number, kAffectedMax);
  }
}

// Of a hundred drawn out of ten, each number leads about as often as any other.
TEST(Lot, NoNumberIsLikelier) {
  std::vector<int> first(11, 0);
  for (int i = 0; i < 2000; ++i) ++first[drawn(10, 1, std::to_string(i)).front()];
  for (std::uint32_t number = 1; number <= 10; ++number) {
    EXPECT_GT(first[number], 140) << number;
    EXPECT_LT(first[number], 260) << number;
  }
}

Lot lot_of(const std::vector<std::pair<Verdict, Verdict>>& said, std::uint8_t tries) {
  Lot out;
  out.list = listed(100, static_cast<std::uint16_t>(said.size()));
  for (const auto& [solved, satisfied] : said)
    out.drawn.push_back({1, solved, satisfied, {}, {}, tries});
  return out;
}

TEST(Lot, MoreThanHalfOfThoseWhoAnsweredDecide) {
  const auto yes = Verdict::Yes;
  const auto no = Verdict::No;
  const auto none = Verdict::NoAnswer;
  const Lot half = lot_of({{yes, no}, {no, none}, {none, none}}, kTriesEnough);
  EXPECT_TRUE(is_done(half));
  EXPECT_EQ(verdict_of(half).solved, no);
  EXPECT_EQ(verdict_of(half).satisfied, no);
  EXPECT_FALSE(verdict_of(half).way.has_value());
  const Lot most = lot_of({{yes, yes}, {yes, no}, {no, yes}}, 0);
  EXPECT_TRUE(is_done(most));
  EXPECT_EQ(verdict_of(most).solved, yes);
  EXPECT_EQ(verdict_of(most).satisfied, yes);
  const Lot silent = lot_of({{none, none}}, kTriesEnough);
  EXPECT_EQ(verdict_of(silent).solved, none);
  EXPECT_EQ(count_of(silent).silent, 1U);
  EXPECT_FALSE(is_done(lot_of({{yes, yes}, {none, none}}, kTriesEnough - 1)));
}

TEST(Lot, AHandfulIsWhoeverAnsweredAndIsFewerThanFive) {
  const auto yes = Verdict::Yes;
  const auto none = Verdict::NoAnswer;
  const auto of = [&](std::size_t answered, std::size_t rated) {
    std::vector<std::pair<Verdict, Verdict>> said(8, {none, none});
    for (std::size_t i = 0; i < answered; ++i) said[i] = {yes, i < rated ? yes : none};
    return is_of_few(count_of(lot_of(said, kTriesEnough)));
  };
  EXPECT_FALSE(of(0, 0)) << "there is nothing to tell";
  EXPECT_TRUE(of(1, 0));
  EXPECT_TRUE(of(4, 4));
  EXPECT_FALSE(of(5, 5));
  EXPECT_FALSE(of(5, 0));
  EXPECT_TRUE(of(8, 4));
}

}  // namespace
}  // namespace tz::ledger
