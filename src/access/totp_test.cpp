// One-time codes, held against the vectors of RFC 6238 and RFC 4648.
#include "access/totp.h"

#include <gtest/gtest.h>

namespace tz::access {
namespace {

const BytesView kSecret = as_bytes("12345678901234567890");

Instant at_second(std::int64_t second) { return Instant{second * 1'000'000}; }

TEST(Totp, GivesTheCodesOfRfc6238) {
  struct Vector {
    std::int64_t second;
    const char* code;
  };
  const Vector vectors[] = {{59, "94287082"},         {1111111109, "07081804"},
                            {1111111111, "14050471"}, {1234567890, "89005924"},
                            {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const Vector& each : vectors)
    EXPECT_EQ(totp_code(kSecret, totp_step(at_second(each.second)), 8), each.code) << each.second;
  EXPECT_EQ(totp_code(kSecret, totp_step(at_second(59))), "287082");
}

TEST(Totp, AcceptsTheStepsBesideAndEachOnlyOnce) {
  const Instant now = at_second(1111111111);
  const std::uint64_t step = totp_step(now);
  for (const std::uint64_t at : {step - 1, step, step + 1})
    EXPECT_EQ(totp_accepts(kSecret, totp_code(kSecret, at), now, 0), at);
  EXPECT_FALSE(totp_accepts(kSecret, totp_code(kSecret, step - 2), now, 0).has_value());
  EXPECT_FALSE(totp_accepts(kSecret, totp_code(kSecret, step + 2), now, 0).has_value());
  EXPECT_FALSE(totp_accepts(kSecret, totp_code(kSecret, step), now, step).has_value());
  EXPECT_EQ(totp_accepts(kSecret, totp_code(kSecret, step + 1), now, step), step + 1);
  EXPECT_FALSE(totp_accepts(kSecret, "", now, 0).has_value());
  EXPECT_FALSE(totp_accepts(kSecret, "000000000000", now, 0).has_value());
  const std::string code = totp_code(kSecret, step);
  EXPECT_EQ(totp_accepts(kSecret, code.substr(0, 3) + " " + code.substr(3), now, 0), step);
}

TEST(Totp, WritesBase32AsRfc4648) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "MY"},
                                                         {"fo", "MZXQ"},
                                                         {"foo", "MZXW6"},
                                                         {"foob", "MZXW6YQ"},
                                                         {"fooba", "MZXW6YTB"},
                                                         {"foobar", "MZXW6YTBOI"}};
  for (const auto& [plain, written] : vectors) EXPECT_EQ(to_base32(as_bytes(plain)), written);
}

TEST(Totp, TheAddressIsOneThatAuthenticatorsTake) {
  EXPECT_EQ(totp_address(kSecret, "台账 A", "wang.li"),
            "otpauth://totp/%E5%8F%B0%E8%B4%A6%20A:wang.li?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            "&issuer=%E5%8F%B0%E8%B4%A6%20A");
}

}  // namespace
}  // namespace tz::access
