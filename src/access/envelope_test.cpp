// What is sealed to a unit opens with both halves of its key, and with nothing less.
#include "access/envelope.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "access/key_halves.h"

namespace tz::access {
namespace {

constexpr std::string_view kWho = R"({"name":"王某","contact":"13900000000","words":"我是会计"})";

class Envelope : public testing::Test {
 protected:
  SeededRandom random{3};
  NewReceivingKey made = new_receiving_key("江州市", random);
};

TEST_F(Envelope, OpensWithBothHalves) {
  const SealedIdentity sealed = seal_to(made.key, kWho, random);
  const auto key = join(made.b, made.a);
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(*open_with(*key, sealed.box, sealed.commitment), kWho);
}

TEST_F(Envelope, OpensWithNoHalfAndNoOtherKey) {
  const SealedIdentity sealed = seal_to(made.key, kWho, random);
  const NewReceivingKey other = new_receiving_key("x", random);
  for (const PrivateKey& key : {made.a.share, made.b.share, *join(other.a, other.b)})
    EXPECT_EQ(open_with(key, sealed.box, sealed.commitment).error().code, "envelope_damaged");
}

TEST_F(Envelope, ChangedOrCommittedToOtherwiseIsRefused) {
  const SealedIdentity sealed = seal_to(made.key, kWho, random);
  const PrivateKey key = *join(made.a, made.b);
  for (std::size_t at = 0; at < sealed.box.size(); at += 97) {
    Bytes changed = sealed.box;
    changed[at] ^= 1;
    EXPECT_FALSE(open_with(key, changed, sealed.commitment).ok()) << at;
  }
  Hash other = sealed.commitment;
  other[0] ^= 1;
  EXPECT_FALSE(open_with(key, sealed.box, other).ok());
  EXPECT_FALSE(open_with(key, BytesView(sealed.box).first(100), sealed.commitment).ok());
}

// Neither the length nor equality of two boxes tells anything.
TEST_F(Envelope, AllAreOfOneLengthAndNoneTheSame) {
  const SealedIdentity one = seal_to(made.key, "a", random);
  const SealedIdentity other = seal_to(made.key, std::string(3000, 'x'), random);
  EXPECT_EQ(one.box.size(), other.box.size());
  const SealedIdentity again = seal_to(made.key, "a", random);
  EXPECT_NE(one.box, again.box);
  EXPECT_NE(one.commitment, again.commitment);
}

TEST_F(Envelope, KeysOfLowOrderAreNotUsable) {
  EXPECT_TRUE(usable(made.key));
  EXPECT_FALSE(usable(PublicKey{}));
  PublicKey one{};
  one[0] = 1;
  EXPECT_FALSE(usable(one));
}

TEST_F(Envelope, FilesAreReadAsTheyAreWritten) {
  const SealedIdentity sealed = seal_to(made.key, kWho, random);
  const EnvelopeFile file{"00", "7K3M-Q9XD-4", 12, "2202", made.key, sealed.commitment, sealed.box};
  Json several;
  several.set("envelopes", JsonArray{to_json(file), to_json(file)});
  for (const std::string& text : {to_json(file).dump(), several.dump()}) {
    const auto read = read_envelopes(text);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->back().box, file.box);
    EXPECT_EQ(read->back().record, 12U);
    EXPECT_EQ(read->back().commitment, file.commitment);
  }
  for (const char* wrong : {"{}", "[]", R"({"taizhang":"envelope 2"})", R"({"envelopes":[]})"})
    EXPECT_EQ(read_envelopes(wrong).error().code, "envelope_file_bad") << wrong;
  EXPECT_EQ(read_envelopes("{").error().code, "bad_json");
}

TEST_F(Envelope, HalvesAreReadAsTheyAreWritten) {
  const auto read = read_key_half(to_text(made.a));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->label, "江州市");
  EXPECT_TRUE(join(*read, made.b).ok());
  std::string changed = to_text(made.a);
  const std::size_t at = changed.find("\"share\":\"") + 10;
  changed[at] = changed[at] == '0' ? '1' : '0';
  EXPECT_EQ(read_key_half(changed).error().code, "key_half_bad");
}

TEST_F(Envelope, HalvesOfDifferentKeysAreToldApart) {
  const NewReceivingKey other = new_receiving_key("x", random);
  EXPECT_EQ(join(made.a, made.a).error().code, "key_halves_differ");
  EXPECT_EQ(join(made.a, other.b).error().code, "key_halves_differ");
  KeyHalf forged = other.b;
  forged.key = made.key;
  EXPECT_EQ(join(made.a, forged).error().code, "key_halves_differ");
}

}  // namespace
}  // namespace tz::access
