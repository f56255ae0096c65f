// What disputes come to: by outcome, by the parties' answers and by what came back.
#include "ledger/disputes.h"

#include <gtest/gtest.h>

namespace tz::ledger {
namespace {

constexpr Day kDay{18'000};

DisputeBrought brought(std::uint64_t no, std::size_t parties) {
  DisputeBrought out;
  out.no = DisputeNo{no};
  out.sort = DisputeSort::Debt;
  out.day = kDay;
  out.parties.resize(parties);
  return out;
}
DisputeEnded ended(std::uint64_t no, DisputeOutcome outcome, int days = 0) {
  return {DisputeNo{no}, outcome, Day{kDay.number + days}, {}, {PostId{1}}};
}
DisputeCounts counts(const Disputes& all) {
  DisputeCounts out;
  for (std::size_t i = 0; i < all.size(); ++i) out.add(all.at(i));
  return out;
}

TEST(Disputes, OneIsOpenUntilItEnds) {
  Disputes all;
  all.apply(brought(7, 2));
  EXPECT_EQ(all.find(DisputeNo{8}), nullptr);
  ASSERT_NE(all.find(DisputeNo{7}), nullptr);
  EXPECT_EQ(all.find(DisputeNo{7})->closed(), std::nullopt);
  EXPECT_EQ(counts(all).brought(), 1U);
  EXPECT_EQ(counts(all).ended(), 0U);
  EXPECT_EQ(counts(all).parties_silent, 0U);
  all.apply(ended(7, DisputeOutcome::Agreed, 3));
  EXPECT_EQ(all.find(DisputeNo{7})->closed(), Day{kDay.number + 3});
  EXPECT_EQ(counts(all).ended(), 1U);
  EXPECT_EQ(counts(all).on_the_spot, 0U);
  EXPECT_EQ(counts(all).parties_silent, 2U);
}

TEST(Disputes, AgreedIsConfirmedByAllDeniedByOneOrNeither) {
  Disputes all;
  for (const std::uint64_t no : {1U, 2U, 3U}) {
    all.apply(brought(no, 2));
    all.apply(ended(no, DisputeOutcome::Agreed));
    all.apply(PartyAnswered{DisputeNo{no}, 1, true, AnswerWay::Code});
  }
  all.apply(PartyAnswered{DisputeNo{1}, 2, true, AnswerWay::Paper});
  all.apply(PartyAnswered{DisputeNo{2}, 2, false, AnswerWay::Code});
  const DisputeCounts sum = counts(all);
  EXPECT_EQ(sum.on_the_spot, 3U);
  EXPECT_EQ(sum.confirmed, 1U);
  EXPECT_EQ(sum.denied, 1U);
  EXPECT_EQ(sum.unanswered, 1U);
  EXPECT_EQ(sum.parties_yes, 4U);
  EXPECT_EQ(sum.parties_no, 1U);
  EXPECT_EQ(sum.parties_silent, 1U);
}

TEST(Disputes, WhatFailedIsNeitherConfirmedNorDenied) {
  Disputes all;
  all.apply(brought(1, 2));
  all.apply(ended(1, DisputeOutcome::Failed));
  all.apply(PartyAnswered{DisputeNo{1}, 1, false, AnswerWay::Code});
  EXPECT_EQ(counts(all).denied, 0U);
  EXPECT_EQ(counts(all).parties_no, 1U);
}

TEST(Disputes, OneThatCameBackTwiceCountsOnceAgainstItself) {
  Disputes all;
  all.apply(brought(1, 2));
  all.apply(ended(1, DisputeOutcome::Withdrawn));
  for (const std::uint64_t no : {2U, 3U}) {
    DisputeBrought again = brought(no, 2);
    again.returns = DisputeNo{1};
    all.apply(again);
  }
  EXPECT_EQ(all.find(DisputeNo{1})->returned, 2U);
  EXPECT_EQ(counts(all).came_back, 1U);
  EXPECT_EQ(counts(all).returns, 2U);
}

TEST(Disputes, ACopyKeepsWhatItWas) {
  Disputes all;
  for (std::uint64_t no = 0; no < 600; ++no) all.apply(brought(no, 2));
  const Disputes before = all;
  all.apply(ended(599, DisputeOutcome::Agreed));
  all.apply(brought(600, 2));
  EXPECT_FALSE(before.find(DisputeNo{599})->outcome.has_value());
  EXPECT_EQ(before.find(DisputeNo{600}), nullptr);
  EXPECT_TRUE(all.find(DisputeNo{599})->outcome.has_value());
  EXPECT_EQ(all.size(), before.size() + 1);
}

}  // namespace
}  // namespace tz::ledger
