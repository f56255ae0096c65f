// An address is counted for an hour, and by nothing that names it.
#include "http/address_limit.h"

#include <gtest/gtest.h>

namespace tz::http {
namespace {

constexpr Instant kNow{1'570'000'000'000'000};

TEST(AddressLimit, CountsEachAddressForAnHour) {
  SeededRandom random(1);
  AddressLimit limit(2, random);
  EXPECT_TRUE(limit.take("10.0.0.1", kNow));
  EXPECT_TRUE(limit.take("10.0.0.1", kNow));
  EXPECT_FALSE(limit.take("10.0.0.1", kNow));
  EXPECT_TRUE(limit.take("10.0.0.2", kNow));
  EXPECT_TRUE(limit.take("10.0.0.1", Instant{kNow.us + std::int64_t{3600} * 1'000'000}));
}

TEST(AddressLimit, WhatIsGivenBackDoesNotCount) {
  SeededRandom random(1);
  AddressLimit limit(1, random);
  EXPECT_TRUE(limit.take("10.0.0.1", kNow));
  limit.give_back("10.0.0.1", kNow);
  EXPECT_TRUE(limit.take("10.0.0.1", kNow));
  EXPECT_FALSE(limit.take("10.0.0.1", kNow));
}

TEST(AddressLimit, OneHouseholdIsOneAddress) {
  SeededRandom random(1);
  AddressLimit limit(1, random);
  EXPECT_TRUE(limit.take("2001:db8:1:2:3:4:5:6", kNow));
  EXPECT_FALSE(limit.take("2001:db8:1:2:aaaa:4:5:6", kNow));
  EXPECT_TRUE(limit.take("2001:db8::1:1:1:1", kNow));
  EXPECT_FALSE(limit.take("2001:db8::2:1:1:1", kNow));
  EXPECT_TRUE(limit.take("2001:db8:1:3:3:4:5:6", kNow));
}

TEST(AddressLimit, AFloodOfAddressesShutsNobodyOut) {
  SeededRandom random(1);
  AddressLimit limit(1, random);
  for (int i = 0; i < 65'536; ++i)
    ASSERT_TRUE(
        limit.take("10.1." + std::to_string(i / 256) + "." + std::to_string(i % 256), kNow));
  EXPECT_TRUE(limit.take("10.9.0.1", kNow)) << "there is no room, and still he may";
  EXPECT_FALSE(limit.take("10.1.0.1", kNow)) << "who is known is still counted by himself";
}

}  // namespace
}  // namespace tz::http
