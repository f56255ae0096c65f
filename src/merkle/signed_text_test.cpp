// Texts under the log's signature: what was signed opens, all else is refused by its kind.
#include "merkle/signed_text.h"

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace tz::merkle {
namespace {

constexpr std::string_view kText = "taizhang erasures 1\nthrough 3\n";

SigningKey key_of(std::uint8_t seed) {
  SigningKey key{"ledger.example/changchun", {}};
  key.seed.fill(seed);
  return key;
}
std::string verdict(std::string_view text, std::uint8_t seed = 1) {
  const auto opened = open_signed_text(text, verifier_key(key_of(seed)));
  return opened.ok() ? "" : opened.error().code;
}

TEST(SignedText, OpensToWhatWasSigned) {
  const std::string made = sign_text(kText, key_of(1));
  EXPECT_TRUE(made.starts_with(std::string(kText) + "signed "));
  EXPECT_TRUE(made.ends_with("=\n"));
  EXPECT_EQ(*open_signed_text(made, verifier_key(key_of(1))), kText);
  EXPECT_EQ(sign_text(kText, key_of(1)), made) << "one text has one signature";
}

TEST(SignedText, ItsOneLineIsEnough) {
  EXPECT_EQ(verdict(sign_text("taizhang nothing\n", key_of(1))), "");
}

TEST(SignedText, AnotherKeysIsForged) {
  const std::string made = sign_text(kText, key_of(1));
  EXPECT_EQ(verdict(made, 2), "signed_text_forged");
  const auto opened = open_signed_text(made, verifier_key(key_of(2)));
  EXPECT_EQ(opened.error().facts, (Facts{{"key", to_text(verifier_key(key_of(2)))}}));
}

TEST(SignedText, EveryChangedByteIsRefused) {
  const std::string made = sign_text(kText, key_of(1));
  for (std::size_t at = 0; at < made.size(); ++at) {
    std::string changed = made;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_NE(verdict(changed), "") << at;
  }
}

TEST(SignedText, EveryShorterTextIsRefused) {
  const std::string made = sign_text(kText, key_of(1));
  for (std::size_t bytes = 0; bytes < made.size(); ++bytes)
    EXPECT_EQ(verdict(std::string_view(made).substr(0, bytes)), "signed_text_malformed") << bytes;
}

TEST(SignedText, WhatStandsBehindTheSignatureIsRefused) {
  const std::string made = sign_text(kText, key_of(1));
  EXPECT_EQ(verdict(made + "\n"), "signed_text_malformed");
  EXPECT_EQ(verdict(made + "account 7\n"), "signed_text_malformed");
  // A second signature, over the first, is of another text.
  EXPECT_EQ(verdict(made + made.substr(kText.size())), "signed_text_forged");
}

TEST(SignedText, ASignatureOfWrongLengthOrSpellingIsRefused) {
  const std::string text(kText);
  EXPECT_EQ(verdict(text + "signed \n"), "signed_text_malformed");
  EXPECT_EQ(verdict(text + "signed " + to_base64(Bytes(63)) + "\n"), "signed_text_malformed");
  EXPECT_EQ(verdict(text + "signed " + to_base64(Bytes(65)) + "\n"), "signed_text_malformed");
  EXPECT_EQ(verdict(text + "signed not base64!\n"), "signed_text_malformed");
  EXPECT_EQ(verdict(text + "Signed " + to_base64(Bytes(64)) + "\n"), "signed_text_malformed");
  EXPECT_EQ(verdict(text + "signed " + to_base64(Bytes(64)) + "\n"), "signed_text_forged");
}

TEST(SignedText, IsNoCheckpointAndNoCheckpointIsOne) {
  const SigningKey key = key_of(1);
  EXPECT_FALSE(open_checkpoint(sign_text(kText, key), verifier_key(key)).ok());
  EXPECT_EQ(verdict(sign({key.name, 3, {}, {}}, key)), "signed_text_malformed");
}

}  // namespace
}  // namespace tz::merkle
