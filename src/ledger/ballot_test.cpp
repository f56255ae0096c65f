// Who is chosen by a ballot: against the slow definition, over random votes.
#include "ledger/ballot.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace tz::ledger {
namespace {

std::vector<CandidateVotes> with(const std::vector<std::int64_t>& in_favour) {
  std::vector<CandidateVotes> out;
  for (std::size_t i = 0; i < in_favour.size(); ++i)
    out.push_back({ItemNo{i + 1}, in_favour[i], 3, 1});
  return out;
}

std::string chosen(const std::vector<std::int64_t>& in_favour, std::int64_t places) {
  const auto who = chosen_by(with(in_favour), places);
  if (!who.ok()) return who.error().code;
  std::string out;
  for (const ItemNo no : *who) out += std::to_string(no.value) + " ";
  return out;
}

TEST(Ballot, ChoosesThoseWithMostVotesTheMostFirst) {
  EXPECT_EQ(chosen({40, 30, 50}, 2), "3 1 ");
  EXPECT_EQ(chosen({0, 1}, 1), "2 ");
}

TEST(Ballot, WantsMoreCandidatesThanPlaces) {
  EXPECT_EQ(chosen({40, 30}, 2), "ballot_too_few");
  EXPECT_EQ(chosen({}, 1), "ballot_too_few");
}

TEST(Ballot, DecidesNoTieForTheLastPlace) {
  EXPECT_EQ(chosen({40, 30, 30}, 2), "ballot_tied");
  EXPECT_EQ(chosen({40, 40, 30}, 2), "1 2 ") << "both have a place, in the order of the list";
}

// Each who was chosen has more votes than each who was not; a tie is told exactly where no such
// choice exists.
TEST(Ballot, IsFairOverRandomVotes) {
  std::mt19937 random(20190908);
  const auto below = [&](int end) {
    return std::uniform_int_distribution<int>(0, end - 1)(random);
  };
  for (int round = 0; round < 5'000; ++round) {
    std::vector<std::int64_t> votes;
    for (int i = 2 + below(6); i > 0; --i) votes.push_back(below(8));
    const auto places = static_cast<std::size_t>(1 + below(static_cast<int>(votes.size()) - 1));
    std::vector<std::int64_t> sorted = votes;
    std::sort(sorted.rbegin(), sorted.rend());
    const auto who = chosen_by(with(votes), static_cast<std::int64_t>(places));
    if (sorted[places - 1] == sorted[places]) {
      ASSERT_FALSE(who.ok());
      EXPECT_EQ(who.error().code, "ballot_tied");
      continue;
    }
    ASSERT_TRUE(who.ok());
    ASSERT_EQ(who->size(), places);
    for (std::size_t i = 0; i < votes.size(); ++i) {
      const bool in = std::find(who->begin(), who->end(), ItemNo{i + 1}) != who->end();
      EXPECT_EQ(in, votes[i] >= sorted[places - 1]);
    }
  }
}

}  // namespace
}  // namespace tz::ledger
