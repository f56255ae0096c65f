// Lists of work are hashed whole and compared item by item; an acting ends with either of its
// posts.
#include "ledger/handover.h"

#include <gtest/gtest.h>

namespace tz::ledger {
namespace {

constexpr Day kDay{18147};

WorkList list() {
  return {{},
          {{ItemNo{1}, Seq{7}, {WorkPart::Recorder}},
           {ItemNo{2}, Seq{8}, {WorkPart::Fixer, WorkPart::Step}}}};
}

TEST(Handover, EveryPartOfTheListIsInItsHash) {
  const Hash whole = hash_of(list());
  EXPECT_EQ(hash_of(list()), whole);
  WorkList other = list();
  other.salt[31] = 1;
  EXPECT_NE(hash_of(other), whole);
  other = list();
  other.items[0].item = ItemNo{3};
  EXPECT_NE(hash_of(other), whole);
  other = list();
  other.items[1].version = Seq{9};
  EXPECT_NE(hash_of(other), whole);
  other = list();
  other.items[1].parts = {WorkPart::Fixer};
  EXPECT_NE(hash_of(other), whole);
  other = list();
  other.items.pop_back();
  EXPECT_NE(hash_of(other), whole);
}

TEST(Handover, ChangesNameWhatCameWentAndIsOther) {
  WorkList now = list();
  EXPECT_TRUE(changes(list(), now).empty());
  now.items[1].version = Seq{9};
  now.items[0] = {ItemNo{3}, Seq{10}, {WorkPart::Step}};
  using What = WorkChange::What;
  const std::vector<WorkChange> expected{
      {ItemNo{1}, What::Went}, {ItemNo{2}, What::Changed}, {ItemNo{3}, What::Came}};
  EXPECT_EQ(changes(list(), now), expected);
}

State three_posts() {
  State state;
  for (std::uint64_t i = 1; i <= 3; ++i) {
    apply(state, AccountOpened{AccountId{i}}, {}, {});
    apply(state, PostGranted{PostId{i}, AccountId{i}, UnitId{0}, Role::Verifier, kDay, {}}, {}, {});
  }
  apply(state, ActingGranted{PostId{4}, PostId{1}, PostId{2}, kDay, Day{kDay.number + 9}}, {}, {});
  return state;
}

TEST(Acting, IsAPostOfWhoeverActsAndCountsAsTheHolders) {
  const State state = three_posts();
  const std::vector<Post> posts = state.posts_of(AccountId{2}, kDay);
  ASSERT_EQ(posts.size(), 2U);
  EXPECT_EQ(posts[1].account, AccountId{2});
  EXPECT_EQ(posts[1].holder(), AccountId{1});
  EXPECT_EQ(posts[1].place(), PostId{1});
  EXPECT_TRUE(state.acts(AccountId{2}, kDay));
  EXPECT_FALSE(state.acts(AccountId{1}, kDay));
  EXPECT_EQ(state.posts_of(AccountId{2}, Day{kDay.number + 10}).size(), 1U);
}

TEST(Acting, EndsWithEitherOfItsPosts) {
  for (const std::uint64_t ended : {1, 2}) {
    State state = three_posts();
    apply(state, PostEnded{PostId{ended}, kDay}, {}, {});
    EXPECT_TRUE(state.acts(AccountId{2}, kDay));
    EXPECT_FALSE(state.acts(AccountId{2}, Day{kDay.number + 1}));
  }
  State state = three_posts();
  apply(state, PostEnded{PostId{3}, kDay}, {}, {});
  EXPECT_TRUE(state.acts(AccountId{2}, Day{kDay.number + 9}));
}

}  // namespace
}  // namespace tz::ledger
