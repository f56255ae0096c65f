// An account has one turn at a time, and gets the next when the last copy of it is gone.
#include "http/one_each.h"

#include <gtest/gtest.h>

#include "http/big_answer.h"

namespace tz::http {
namespace {

TEST(OneEach, AnAccountHasOneTurnAtATime) {
  OneEach turns;
  OneEach::Turn first = turns.begin(AccountId{1});
  ASSERT_TRUE(first);
  EXPECT_FALSE(turns.begin(AccountId{1}));
  EXPECT_TRUE(turns.begin(AccountId{2}));
  OneEach::Turn copy = first;
  first.reset();
  EXPECT_FALSE(turns.begin(AccountId{1}));
  copy.reset();
  EXPECT_TRUE(turns.begin(AccountId{1}));
}

TEST(BigAnswer, RoomIsBoundedAndGivenBack) {
  std::atomic<std::size_t> held{0};
  HeldBytes most = hold_bytes(held, kBigBytesMax);
  ASSERT_TRUE(most);
  EXPECT_FALSE(hold_bytes(held, 1));
  EXPECT_EQ(held.load(), kBigBytesMax);
  most.reset();
  EXPECT_EQ(held.load(), 0U);
  {
    Response response;
    response.body = "12345";
    count_body(held, response);
    EXPECT_EQ(held.load(), 5U);
  }
  EXPECT_EQ(held.load(), 0U);
}

}  // namespace
}  // namespace tz::http
