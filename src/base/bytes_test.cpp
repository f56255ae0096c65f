// Hexadecimal, base64 and fixed layouts, against published vectors and by round trips.
#include "base/bytes.h"

#include <gtest/gtest.h>

#include <set>

#include "base/random.h"

namespace tz {
namespace {

TEST(Hex, RoundTrips) {
  EXPECT_EQ(to_hex(as_bytes("")), "");
  EXPECT_EQ(to_hex(Bytes{0x00, 0x9f, 0xff}), "009fff");
  EXPECT_EQ(*from_hex("009fff"), (Bytes{0x00, 0x9f, 0xff}));
  EXPECT_TRUE(from_hex("")->empty());
}

TEST(Hex, RefusesWhatIsNotLowerCaseHexadecimal) {
  for (const char* bad : {"0", "0g", "0F", " 00", "0x", "00 ", "é"})
    EXPECT_EQ(from_hex(bad).error().code, "bad_hex") << bad;
}

TEST(Base64, VectorsOfRfc4648) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) {
    EXPECT_EQ(to_base64(as_bytes(plain)), encoded);
    EXPECT_EQ(as_text(*from_base64(encoded)), plain);
  }
}

TEST(Base64, EveryDigitIsUsed) {
  Bytes bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<std::uint8_t>(i));
  const std::string text = to_base64(bytes);
  EXPECT_EQ(std::set<char>(text.begin(), text.end()).size(), 65U);
  EXPECT_EQ(*from_base64(text), bytes);
}

TEST(Base64, RefusesWhatIsNotCanonical) {
  for (const char* bad : {"Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8=Zm8=", "=Zg=", "Zg=a",
                          "====", "Zm9v\n", "Zm9-", "Zm9_", " Zm9"})
    EXPECT_EQ(from_base64(bad).error().code, "bad_base64") << bad;
}

TEST(Base64, OneTextForOneByteString) {
  const std::uint64_t seed = 1;
  SeededRandom random(seed);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 4; ++i) text.push_back("ABCQgwxyz019+/=="[random.next_u64() % 16]);
    const auto bytes = from_base64(text);
    if (!bytes.ok()) continue;
    EXPECT_EQ(to_base64(*bytes), text) << "seed " << seed << " round " << round;
  }
}

TEST(Layout, WritesBigEndianAndReadsItBack) {
  Bytes bytes;
  ByteWriter out(bytes);
  out.u8(0x01);
  out.u16(0x0203);
  out.u32(0x04050607);
  out.u64(0x08090a0b0c0d0e0f);
  out.text8("ab");
  EXPECT_EQ(to_hex(bytes), "0102030405060708090a0b0c0d0e0f026162");
  ByteReader in(bytes);
  EXPECT_EQ(in.u8(), 0x01U);
  EXPECT_EQ(in.u16(), 0x0203U);
  EXPECT_EQ(in.u32(), 0x04050607U);
  EXPECT_EQ(in.u64(), 0x08090a0b0c0d0e0fU);
  EXPECT_EQ(in.text8(), "ab");
  EXPECT_TRUE(in.ok());
  EXPECT_TRUE(in.rest().empty());
}

TEST(Layout, AReadPastTheEndGivesZerosForEver) {
  const Bytes bytes = {1, 2, 3};
  ByteReader in(bytes);
  EXPECT_EQ(in.u32(), 0U);
  EXPECT_FALSE(in.ok());
  EXPECT_EQ(in.u8(), 0U);
  EXPECT_TRUE(in.raw(1).empty());
  EXPECT_EQ(in.text8(), "");
  EXPECT_FALSE(in.ok());
}

TEST(Layout, ALengthThatLiesIsFound) {
  const Bytes bytes = {5, 'a', 'b'};
  ByteReader in(bytes);
  EXPECT_EQ(in.text8(), "");
  EXPECT_FALSE(in.ok());
  ByteReader huge(bytes);
  EXPECT_TRUE(huge.raw(~std::size_t{0}).empty());
  EXPECT_FALSE(huge.ok());
}

}  // namespace
}  // namespace tz
