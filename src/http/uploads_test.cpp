// Files of several accounts: who has which, and how many are too many.
#include "http/uploads.h"

#include <gtest/gtest.h>

namespace tz::http {
namespace {

constexpr AccountId kOne{1};
constexpr AccountId kOther{2};

Hash file_of(std::uint8_t first) {
  Hash out{};
  out[0] = first;
  return out;
}

bool upload(Uploads& uploads, AccountId account, std::uint8_t file, std::uint64_t bytes,
            Instant now = {}) {
  if (!uploads.begin(account, bytes, now).ok()) return false;
  uploads.settle(account, bytes, file_of(file), now);
  return true;
}

TEST(Uploads, AreOfWhoSentThemAlone) {
  Uploads uploads(Uploads::Limits{});
  EXPECT_FALSE(uploads.has(kOne, file_of(1), {}));
  EXPECT_TRUE(upload(uploads, kOne, 1, 10));
  EXPECT_TRUE(uploads.has(kOne, file_of(1), {}));
  EXPECT_FALSE(uploads.has(kOther, file_of(1), {}));
  EXPECT_FALSE(uploads.has(kOne, file_of(2), {}));
}

TEST(Uploads, SoManyBytesAndNoMore) {
  Uploads uploads({100, 10, 30});
  EXPECT_TRUE(upload(uploads, kOne, 1, 60));
  const Outcome refused = uploads.begin(kOne, 41, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "uploads_too_many");
  EXPECT_TRUE(upload(uploads, kOther, 1, 100)) << "another's count is his own";
  EXPECT_TRUE(upload(uploads, kOne, 2, 40));
  EXPECT_FALSE(uploads.begin(kOne, 1, {}).ok());
  EXPECT_FALSE(uploads.begin(AccountId{3}, 101, {}).ok());
}

TEST(Uploads, SoManyFilesAndNoMoreThoseOnTheirWayToo) {
  Uploads uploads({1000, 2, 30});
  EXPECT_TRUE(upload(uploads, kOne, 1, 1));
  ASSERT_TRUE(uploads.begin(kOne, 1, {}).ok());
  EXPECT_FALSE(uploads.begin(kOne, 1, {}).ok());
  uploads.settle(kOne, 1, std::nullopt, {});  // it was no picture
  EXPECT_TRUE(upload(uploads, kOne, 2, 1));
  EXPECT_FALSE(uploads.begin(kOne, 1, {}).ok());
}

TEST(Uploads, WhatIsNamedMakesRoom) {
  Uploads uploads({100, 10, 30});
  EXPECT_TRUE(upload(uploads, kOne, 1, 100));
  uploads.named(kOther, file_of(1), {});
  uploads.named(kOne, file_of(9), {});
  EXPECT_FALSE(uploads.begin(kOne, 1, {}).ok());
  uploads.named(kOne, file_of(1), {});
  uploads.named(kOne, file_of(1), {});
  EXPECT_TRUE(upload(uploads, kOne, 2, 100));
  EXPECT_FALSE(uploads.begin(kOne, 1, {}).ok());
  EXPECT_TRUE(uploads.has(kOne, file_of(1), Instant{kDayUs - 1})) << "for a second item";
  EXPECT_FALSE(uploads.has(kOne, file_of(1), Instant{kDayUs}));
}

TEST(Uploads, TheSameFileTwiceCountsOnce) {
  Uploads uploads({100, 10, 30});
  EXPECT_TRUE(upload(uploads, kOne, 1, 50));
  EXPECT_TRUE(upload(uploads, kOne, 1, 50));
  EXPECT_TRUE(upload(uploads, kOne, 2, 50));
  EXPECT_FALSE(uploads.begin(kOne, 1, {}).ok());
}

TEST(Uploads, AreForgottenAfterTheirDays) {
  Uploads uploads({100, 10, 30});
  const Instant late{30 * kDayUs};
  EXPECT_TRUE(upload(uploads, kOne, 1, 100));
  EXPECT_TRUE(uploads.has(kOne, file_of(1), Instant{late.us - 1}));
  EXPECT_FALSE(uploads.has(kOne, file_of(1), late));
  EXPECT_TRUE(upload(uploads, kOne, 2, 100, late));
}

}  // namespace
}  // namespace tz::http
