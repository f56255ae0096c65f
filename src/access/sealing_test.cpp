// Sealed texts and wrapped keys open where they belong, and nowhere else.
#include "access/sealing.h"

#include <gtest/gtest.h>
#include <sodium.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace tz::access {
namespace {

namespace fs = std::filesystem;

SecretKey key_of(std::uint8_t fill) {
  SecretKey key{};
  key.fill(fill);
  return key;
}

Bytes context_of(std::string_view text) {
  const BytesView bytes = as_bytes(text);
  return {bytes.begin(), bytes.end()};
}

TEST(Sealing, WhatWasSealedOpens) {
  SeededRandom random(1);
  for (std::size_t length : {0, 1, 62, 63, 64, 65, 127, 128, 10'000}) {
    std::string text(length, 'x');
    if (length > 2) text.replace(length - 2, 2, std::string("\x80\0", 2));  // like padding
    const Sealed sealed = seal(text, key_of(7), context_of("here"), random);
    const auto opened = unseal(sealed.ciphertext, key_of(7), context_of("here"));
    ASSERT_TRUE(opened.ok()) << length;
    EXPECT_EQ(opened->text, text);
    EXPECT_EQ(opened->text_salt, sealed.text_salt);
  }
}

TEST(Sealing, TheLengthTellsOnlyTheBlock) {
  SeededRandom random(1);
  std::set<std::size_t> lengths;
  for (std::size_t length = 0; length < 64; ++length)
    lengths.insert(seal(std::string(length, 'x'), key_of(7), {}, random).ciphertext.size());
  EXPECT_EQ(lengths, (std::set<std::size_t>{24 + 32 + 64 + 16}));
  EXPECT_EQ(seal(std::string(64, 'x'), key_of(7), {}, random).ciphertext.size(),
            24U + 32 + 128 + 16);
}

TEST(Sealing, AnyChangedByteIsFound) {
  SeededRandom random(1);
  const Sealed sealed = seal("致和南小区没有停车位", key_of(7), context_of("here"), random);
  for (std::size_t at = 0; at < sealed.ciphertext.size(); ++at) {
    Bytes changed = sealed.ciphertext;
    changed[at] ^= 1;
    EXPECT_EQ(unseal(changed, key_of(7), context_of("here")).error().code, "sealed_text_damaged");
  }
  for (std::size_t length = 0; length < sealed.ciphertext.size(); ++length)
    EXPECT_FALSE(
        unseal(BytesView(sealed.ciphertext).first(length), key_of(7), context_of("here")).ok());
}

TEST(Sealing, AnotherKeyOrAnotherPlaceOpensNothing) {
  SeededRandom random(1);
  const Sealed sealed = seal("text", key_of(7), context_of("record 5"), random);
  EXPECT_FALSE(unseal(sealed.ciphertext, key_of(8), context_of("record 5")).ok());
  EXPECT_FALSE(unseal(sealed.ciphertext, key_of(7), context_of("record 6")).ok());
  EXPECT_FALSE(unseal(sealed.ciphertext, key_of(7), {}).ok());
}

TEST(Sealing, TheSameTextTwiceLooksDifferentAndHasAnotherSalt) {
  SeededRandom random(1);
  const Sealed first = seal("text", key_of(7), {}, random);
  const Sealed second = seal("text", key_of(7), {}, random);
  EXPECT_NE(first.ciphertext, second.ciphertext);
  EXPECT_NE(first.text_salt, second.text_salt);
}

// The layout is stored for ever: this one is opened step by step, as a stranger would.
TEST(Sealing, TheBytesAreNonceThenXChaCha20Poly1305OfSaltTextAndPadding) {
  SeededRandom random(1);
  const SecretKey key = key_of(9);
  const Sealed sealed = seal("abc", key, context_of("c"), random);
  Bytes plain(sealed.ciphertext.size() - 24 - 16);
  ASSERT_EQ(crypto_aead_xchacha20poly1305_ietf_decrypt(
                plain.data(), nullptr, nullptr, sealed.ciphertext.data() + 24,
                sealed.ciphertext.size() - 24, as_bytes("c").data(), 1, sealed.ciphertext.data(),
                key.data()),
            0);
  Bytes expected(sealed.text_salt.begin(), sealed.text_salt.end());
  expected.insert(expected.end(), {'a', 'b', 'c', 0x80});
  expected.resize(32 + 64);
  EXPECT_EQ(plain, expected);
}

// draft-irtf-cfrg-xchacha-03, appendix A.3.1: the cipher that libsodium gives is the one named.
TEST(Sealing, TheCipherAgreesWithItsPublishedVector) {
  const std::string_view plain =
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
      "sunscreen would be it.";
  const Bytes aad = *from_hex("50515253c0c1c2c3c4c5c6c7");
  const Bytes key = *from_hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  const Bytes nonce = *from_hex("404142434445464748494a4b4c4d4e4f5051525354555657");
  Bytes out(plain.size() + 16);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data(), nullptr, as_bytes(plain).data(),
                                             plain.size(), aad.data(), aad.size(), nullptr,
                                             nonce.data(), key.data());
  EXPECT_EQ(to_hex(out),
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
            "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
            "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
            "21f9664c97637da9768812f615c68b13b52e"
            "c0875924c1c7987947deafd8780acf49");
}

class KeyringTest : public testing::Test {
 protected:
  KeyringTest() {
    std::string pattern = (fs::temp_directory_path() / "tz_keyring_XXXXXX").string();
    TZ_ASSERT(::mkdtemp(pattern.data()) != nullptr);
    base_ = pattern;
    folder_ = base_ + "/keys";
  }
  ~KeyringTest() override { fs::remove_all(base_); }
  [[nodiscard]] std::string file(const std::string& month) const {
    return folder_ + "/wrap-" + month + ".key";
  }

  std::string base_;
  std::string folder_;
  SeededRandom random_{3};
};

TEST_F(KeyringTest, WrappedKeysOpenAfterTheFolderIsOpenedAgain) {
  Bytes wrapped;
  {
    const auto keyring = *Keyring::open(folder_);
    wrapped = *keyring->wrap(key_of(5), "2019-09", 77, random_);
    EXPECT_EQ(*keyring->unwrap(wrapped, "2019-09", 77), key_of(5));
  }
  const auto again = *Keyring::open(folder_);
  EXPECT_EQ(*again->unwrap(wrapped, "2019-09", 77), key_of(5));
}

TEST_F(KeyringTest, ModesKeepEverybodyElseOut) {
  const auto keyring = *Keyring::open(folder_);
  ASSERT_TRUE(keyring->wrap(key_of(5), "2019-09", 77, random_).ok());
  struct stat about {};
  ASSERT_EQ(::stat(folder_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0700U);
  ASSERT_EQ(::stat(file("2019-09").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  EXPECT_EQ(about.st_size, 32);
  // Nothing but the key is left.
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(KeyringTest, AKeyIsMadeOnceAMonth) {
  const auto keyring = *Keyring::open(folder_);
  const Bytes first = *keyring->wrap(key_of(5), "2019-09", 1, random_);
  const Bytes second = *keyring->wrap(key_of(6), "2019-09", 2, random_);
  ASSERT_TRUE(keyring->wrap(key_of(6), "2019-10", 3, random_).ok());
  EXPECT_EQ(*keyring->unwrap(first, "2019-09", 1), key_of(5));
  EXPECT_EQ(*keyring->unwrap(second, "2019-09", 2), key_of(6));
  EXPECT_TRUE(fs::exists(file("2019-10")));
}

TEST_F(KeyringTest, AKeyMadeByAnotherProcessIsUsedAndNeverReplaced) {
  const auto ours = *Keyring::open(folder_);
  const auto theirs = *Keyring::open(folder_);
  const Bytes wrapped = *theirs->wrap(key_of(5), "2019-09", 1, random_);
  EXPECT_EQ(*ours->unwrap(wrapped, "2019-09", 1), key_of(5));
  const auto third = *Keyring::open(folder_);
  const Bytes also = *third->wrap(key_of(6), "2019-09", 2, random_);
  EXPECT_EQ(*theirs->unwrap(also, "2019-09", 2), key_of(6));
}

TEST_F(KeyringTest, AKeyOpensOnlyUnderItsMonthAndSubject) {
  const auto keyring = Keyring::in_memory();
  const Bytes wrapped = *keyring->wrap(key_of(5), "2019-09", 77, random_);
  ASSERT_TRUE(keyring->wrap(key_of(5), "2019-10", 77, random_).ok());
  EXPECT_EQ(keyring->unwrap(wrapped, "2019-09", 78).error().code, "wrapped_key_damaged");
  EXPECT_EQ(keyring->unwrap(wrapped, "2019-10", 77).error().code, "wrapped_key_damaged");
  EXPECT_EQ(keyring->unwrap(wrapped, "2019-11", 77).error().code, "wrapping_key_missing");
  EXPECT_EQ(keyring->unwrap(wrapped, "../../../etc/x", 77).error().code, "wrapping_key_missing");
  for (std::size_t at = 0; at < wrapped.size(); ++at) {
    Bytes changed = wrapped;
    changed[at] ^= 0x80;
    EXPECT_EQ(keyring->unwrap(changed, "2019-09", 77).error().code, "wrapped_key_damaged");
  }
  EXPECT_EQ(keyring->unwrap({}, "2019-09", 77).error().code, "wrapped_key_damaged");
}

TEST_F(KeyringTest, WithoutTheMonthsKeyNothingOpens) {
  Bytes wrapped;
  {
    const auto keyring = *Keyring::open(folder_);
    wrapped = *keyring->wrap(key_of(5), "2019-09", 77, random_);
  }
  fs::remove(file("2019-09"));
  const auto keyring = *Keyring::open(folder_);
  const auto outcome = keyring->unwrap(wrapped, "2019-09", 77);
  EXPECT_EQ(outcome.error().code, "wrapping_key_missing");
  EXPECT_EQ(outcome.error().facts, (Facts{{"month", "2019-09"}}));
}

TEST_F(KeyringTest, AKeyThatOthersMayReadIsRefused) {
  { ASSERT_TRUE((*Keyring::open(folder_))->wrap(key_of(5), "2019-09", 77, random_).ok()); }
  for (const unsigned mode : {0640U, 0604U, 0620U, 0601U}) {
    ASSERT_EQ(::chmod(file("2019-09").c_str(), mode), 0);
    const auto keyring = Keyring::open(folder_);
    ASSERT_FALSE(keyring.ok()) << mode;
    EXPECT_EQ(keyring.error().code, "keys_unreadable");
    EXPECT_EQ(keyring.error().facts, (Facts{{"path", file("2019-09")}}));
  }
  ASSERT_EQ(::chmod(file("2019-09").c_str(), 0400), 0);
  EXPECT_TRUE(Keyring::open(folder_).ok());
}

TEST_F(KeyringTest, AKeyOfWrongSizeIsRefused) {
  { ASSERT_TRUE(Keyring::open(folder_).ok()); }
  for (const int size : {0, 31, 33, 5000}) {
    std::ofstream(file("2019-09")) << std::string(static_cast<std::size_t>(size), 'k');
    ASSERT_EQ(::chmod(file("2019-09").c_str(), 0600), 0);
    EXPECT_EQ(Keyring::open(folder_).error().code, "keys_unreadable") << size;
  }
}

TEST_F(KeyringTest, OtherFilesInTheFolderAreNoneOfItsBusiness) {
  { ASSERT_TRUE(Keyring::open(folder_).ok()); }
  for (const char* name : {"checkpoint.key", "wrap-2019-13.key", "wrap-2019-09.key.a1B2c3",
                           "wrap-2019-9.key", "notes.txt"})
    std::ofstream(folder_ + "/" + name) << "something";
  EXPECT_TRUE(Keyring::open(folder_).ok());
}

TEST_F(KeyringTest, ADestroyedMonthOpensNoMore) {
  const auto keyring = *Keyring::open(folder_);
  const Bytes old = *keyring->wrap(key_of(5), "2019-09", 1, random_);
  const Bytes kept = *keyring->wrap(key_of(6), "2019-10", 2, random_);
  EXPECT_EQ(*keyring->months(), (std::vector<std::string>{"2019-09", "2019-10"}));
  keyring->wrap_from("2019-10");
  ASSERT_TRUE(keyring->destroy("2019-09", random_).ok());
  EXPECT_FALSE(fs::exists(file("2019-09")));
  EXPECT_EQ(*keyring->months(), std::vector<std::string>{"2019-10"});
  EXPECT_EQ(keyring->unwrap(old, "2019-09", 1).error().code, "wrapping_key_missing");
  EXPECT_EQ(*keyring->unwrap(kept, "2019-10", 2), key_of(6));
  EXPECT_TRUE(keyring->destroy("2019-09", random_).ok()) << "twice harms nothing";
}

TEST_F(KeyringTest, AClockThatIsSetBackWrapsUnderTheMonthThatIsKept) {
  const auto keyring = *Keyring::open(folder_);
  keyring->wrap_from("2019-10");
  keyring->wrap_from("2019-08");
  EXPECT_EQ((*keyring->wrapping_key("2019-09", random_))->month(), "2019-10");
  EXPECT_EQ((*keyring->wrapping_key("2019-11", random_))->month(), "2019-11");
  EXPECT_FALSE(fs::exists(file("2019-09")));
}

TEST_F(KeyringTest, TheFileOfADestroyedKeyIsOverwrittenFirst) {
  const auto keyring = *Keyring::open(folder_);
  ASSERT_TRUE(keyring->wrap(key_of(5), "2019-09", 1, random_).ok());
  const std::string held = base_ + "/held";
  fs::create_hard_link(file("2019-09"), held);  // what the disk's blocks hold
  std::string before(32, '\0');
  std::ifstream(held, std::ios::binary).read(before.data(), 32);
  keyring->wrap_from("2019-10");
  ASSERT_TRUE(keyring->destroy("2019-09", random_).ok());
  std::string after(32, '\0');
  std::ifstream(held, std::ios::binary).read(after.data(), 32);
  EXPECT_NE(after, before);
  EXPECT_NE(after, std::string(32, '\0')) << "never a key that somebody could guess";
}

TEST_F(KeyringTest, AFolderThatCannotBeMadeIsAFailure) {
  std::ofstream(base_ + "/file") << "in the way";
  EXPECT_EQ(Keyring::open(base_ + "/file").error().code, "storage_failed");
  EXPECT_EQ(Keyring::open(base_ + "/none/keys").error().code, "storage_failed");
}

}  // namespace
}  // namespace tz::access
