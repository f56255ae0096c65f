// Passwords: what is refused, what a hash looks like, and that nothing opens without one.
#include "access/passwords.h"

#include <gtest/gtest.h>

namespace tz::access {
namespace {

Policy cheap() {
  Policy policy;
  policy.argon2_ops = 1;
  policy.argon2_bytes = 8192;
  return policy;
}

TEST(Passwords, AHashIsArgon2idWithThePolicysCost) {
  const auto hash = hash_password("correct horse battery", cheap());
  ASSERT_TRUE(hash.ok());
  EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << *hash;
}

TEST(Passwords, TheSamePasswordHashesDifferentlyEachTime) {
  EXPECT_NE(*hash_password("correct horse battery", cheap()),
            *hash_password("correct horse battery", cheap()));
}

TEST(Passwords, OnlyTheRightPasswordOpens) {
  const std::string hash = *hash_password("乡镇街道社区网格员二号", cheap());
  EXPECT_TRUE(*check_password(hash, "乡镇街道社区网格员二号", cheap()));
  EXPECT_FALSE(*check_password(hash, "乡镇街道社区网格员三号", cheap()));
  EXPECT_FALSE(*check_password(hash, "", cheap()));
}

TEST(Passwords, WithoutAHashNothingOpens) {
  EXPECT_FALSE(*check_password(std::nullopt, "correct horse battery", cheap()));
  EXPECT_FALSE(*check_password(std::nullopt, "", cheap()));
}

// Made with the reference implementation of Argon2 (argon2 -id -t 2 -k 256 -p 1), as published with
// its tests for version 0x13.
TEST(Passwords, HashesOfTheReferenceImplementationOpen) {
  const std::string hash =
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
  EXPECT_TRUE(*check_password(hash, "password", cheap()));
  EXPECT_FALSE(*check_password(hash, "differentpassword", cheap()));
}

TEST(Passwords, CharactersAreCountedNotBytes) {
  Policy policy = cheap();
  policy.password_chars_min = 10;
  const auto nine = hash_password("一二三四五六七八九", policy);
  ASSERT_FALSE(nine.ok());
  EXPECT_EQ(nine.error().code, "password_weak");
  EXPECT_EQ(nine.error().facts, (Facts{{"chars_min", "10"}}));
  EXPECT_TRUE(hash_password("一二三四五六七八九十", policy).ok());
}

TEST(Passwords, TooLongAPasswordIsRefusedAndNeverRight) {
  const std::string longest(kPasswordBytesMax, 'x');
  const std::string hash = *hash_password(longest, cheap());
  EXPECT_EQ(hash_password(longest + "x", cheap()).error().code, "password_too_long");
  EXPECT_TRUE(*check_password(hash, longest, cheap()));
  EXPECT_FALSE(*check_password(hash, longest + "x", cheap()));
}

TEST(Passwords, AMemoryDemandThatCannotBeMetIsAFailureNotAWrongPassword) {
  Policy absurd = cheap();
  absurd.argon2_bytes = ~std::size_t{0};
  const auto hash = hash_password("correct horse battery", absurd);
  ASSERT_FALSE(hash.ok());
  EXPECT_EQ(hash.error().code, "out_of_memory");
  EXPECT_EQ(hash.error().error_class, ErrorClass::Failure);
}

TEST(Passwords, SecretsAreTheSameOnlyWhenAllBytesAre) {
  EXPECT_TRUE(same_secret("", ""));
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "ab"));
  EXPECT_FALSE(same_secret("abc", "abcd"));
}

}  // namespace
}  // namespace tz::access
