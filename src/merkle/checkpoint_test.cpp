// Checkpoints: known notes made elsewhere, and every way in which a note is refused.
#include "merkle/checkpoint.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <numeric>

#include "merkle/signed_note.h"
#include "merkle/slow_tree_test.h"

namespace tz::merkle {
namespace {

SigningKey test_key() {
  SigningKey key{"ledger.example/changchun", {}};
  std::iota(key.seed.begin(), key.seed.end(), std::uint8_t{0});
  return key;
}

// Made by another Ed25519 implementation from the same seed.
constexpr std::string_view kVerifierKey =
    "ledger.example/changchun+8e72d704+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
constexpr std::string_view kNote =
    "ledger.example/changchun\n"
    "70000\n"
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    "clock simulated\n"
    "\n"
    "\u2014 ledger.example/changchun jnLXBEbM/EvO9NxrUxOP/U0bPxQ1DXxcoJqtbJwxVmxcGS3bU6lMLEk2HH7iv"
    "N8FlNTrz2xw0XldloVBOTHzF2WY3AI=\n";
constexpr std::string_view kOtherLine =
    "\u2014 witness.example/w AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";

Checkpoint test_checkpoint() {
  Checkpoint checkpoint{"ledger.example/changchun", 70000, {}, {"clock simulated"}};
  std::iota(checkpoint.root.begin(), checkpoint.root.end(), std::uint8_t{0});
  return checkpoint;
}

// A note over any text at all, rightly signed.
std::string note_over(std::string_view text) {
  const SigningKey key = test_key();
  std::uint8_t public_key[crypto_sign_ed25519_PUBLICKEYBYTES];
  std::uint8_t secret_key[crypto_sign_ed25519_SECRETKEYBYTES];
  crypto_sign_ed25519_seed_keypair(public_key, secret_key, key.seed.data());
  std::array<std::uint8_t, crypto_sign_ed25519_BYTES> signature{};
  crypto_sign_ed25519_detached(signature.data(), nullptr, as_bytes(text).data(), text.size(),
                               secret_key);
  return std::string(text) + "\n" +
         signature_line(key.name, key_id(key.name, 1, public_key), signature);
}

// The code of the refusal and, where it has one, its why; "" where the note is accepted.
std::string verdict(std::string_view note, const VerifierKey& key = verifier_key(test_key())) {
  const Result<Checkpoint> opened = open_checkpoint(note, key);
  if (opened.ok()) return "";
  const Error& error = opened.error();
  const auto why = std::find_if(error.facts.begin(), error.facts.end(),
                                [](const auto& fact) { return fact.first == "why"; });
  return error.code + (why == error.facts.end() ? "" : " " + why->second);
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  const std::size_t at = out.find(from);
  TZ_ASSERT(at != std::string::npos);
  return out.replace(at, from.size(), to);
}

TEST(Checkpoint, ANoteMadeElsewhereIsMadeHereByteForByte) {
  EXPECT_EQ(to_text(verifier_key(test_key())), kVerifierKey);
  EXPECT_EQ(sign(test_checkpoint(), test_key()), kNote);
}

TEST(Checkpoint, ANoteMadeElsewhereOpens) {
  const Result<VerifierKey> key = parse_verifier_key(kVerifierKey);
  ASSERT_TRUE(key.ok());
  const Result<Checkpoint> opened = open_checkpoint(kNote, *key);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(*opened, test_checkpoint());
}

TEST(Checkpoint, TheExampleOfTheSpecificationIsWellSigned) {
  const Result<VerifierKey> key =
      parse_verifier_key("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  ASSERT_TRUE(key.ok());
  const std::string note =
      "This is an example message.\n\n\u2014 example.com/foo "
      "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM"
      "=\n";
  // Its signature holds, so it is refused only for being no checkpoint.
  EXPECT_EQ(verdict(note, *key), "checkpoint_malformed lines");
  EXPECT_EQ(verdict(replaced(note, "This", "That"), *key), "checkpoint_forged");
}

TEST(Checkpoint, WhatIsSignedOpensAsItWas) {
  SeededRandom random(test_seed());
  for (int round = 0; round < 100; ++round) {
    SigningKey key{"台账.example/" + std::to_string(random.next_u64()), {}};
    random.fill(key.seed);
    Checkpoint checkpoint{
        key.name, random.next_u64() >> random.next_u64() % 64, random_hash(random), {}};
    for (std::uint64_t i = random.next_u64() % 4; i > 0; --i)
      checkpoint.extensions.push_back("演示 " + std::to_string(i));
    const Result<VerifierKey> read = parse_verifier_key(to_text(verifier_key(key)));
    ASSERT_TRUE(read.ok());
    const Result<Checkpoint> opened = open_checkpoint(sign(checkpoint, key), *read);
    ASSERT_TRUE(opened.ok());
    ASSERT_EQ(*opened, checkpoint);
  }
}

TEST(Checkpoint, NoBitOfANoteCanBeFlipped) {
  const VerifierKey key = verifier_key(test_key());
  for (std::size_t at = 0; at < kNote.size() * 8; ++at) {
    std::string note(kNote);
    note[at / 8] = static_cast<char>(note[at / 8] ^ (1 << at % 8));
    ASSERT_FALSE(open_checkpoint(note, key).ok()) << "bit " << at;
  }
}

TEST(Checkpoint, NoByteOfANoteCanBeTakenOutOrDoubled) {
  const VerifierKey key = verifier_key(test_key());
  for (std::size_t at = 0; at < kNote.size(); ++at) {
    std::string shorter(kNote);
    shorter.erase(at, 1);
    ASSERT_FALSE(open_checkpoint(shorter, key).ok()) << "byte " << at;
    std::string longer(kNote);
    longer.insert(at, 1, longer[at]);
    ASSERT_FALSE(open_checkpoint(longer, key).ok()) << "byte " << at;
    ASSERT_FALSE(open_checkpoint(kNote.substr(0, at), key).ok()) << "byte " << at;
  }
}

TEST(Checkpoint, AnAlteredTextOrSignatureIsForged) {
  EXPECT_EQ(verdict(replaced(kNote, "70000", "70001")), "checkpoint_forged");
  EXPECT_EQ(verdict(replaced(kNote, "clock simulated\n", "")), "checkpoint_forged");
  EXPECT_EQ(verdict(replaced(kNote, "BEbM", "BEbN")), "checkpoint_forged");
  EXPECT_EQ(verdict(replaced(kNote, "3AI=\n", "3A==\n")), "checkpoint_forged");  // 63 bytes
}

TEST(Checkpoint, AnotherKeysNoteIsUnsigned) {
  SigningKey other = test_key();
  other.seed[0] ^= 1;
  EXPECT_EQ(verdict(kNote, verifier_key(other)), "checkpoint_unsigned");
  SigningKey renamed = test_key();
  renamed.name += "2";
  EXPECT_EQ(verdict(kNote, verifier_key(renamed)), "checkpoint_unsigned");
  // The same name and id with another key is a known key whose signature is wrong.
  VerifierKey collided = verifier_key(other);
  collided.id = verifier_key(test_key()).id;
  EXPECT_EQ(verdict(kNote, collided), "checkpoint_forged");
}

TEST(Checkpoint, WithoutAKeyANoteSaysWhatItSaysAndNothingOfWhoSignedIt) {
  const Result<Checkpoint> read = read_unchecked(kNote);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, test_checkpoint());
  std::string other(kNote);
  other.replace(other.find("70000"), 5, "70001");
  ASSERT_TRUE(read_unchecked(other).ok());
  EXPECT_EQ(read_unchecked(other)->size, 70001U);
  EXPECT_EQ(read_unchecked("x").error().code, "checkpoint_malformed");
  other.replace(0, other.find('\n'), "two words");
  EXPECT_EQ(read_unchecked(other).error().code, "checkpoint_malformed");
}

TEST(Checkpoint, SignaturesByOthersArePassedOver) {
  const std::size_t line = kNote.find("\u2014");
  std::string before(kNote);
  before.insert(line, kOtherLine);
  EXPECT_EQ(verdict(before), "");
  const std::string after = std::string(kNote) + std::string(kOtherLine);
  EXPECT_EQ(verdict(after), "");
  const std::string alone = std::string(kNote.substr(0, line)) + std::string(kOtherLine);
  EXPECT_EQ(verdict(alone), "checkpoint_unsigned");
  // Our name under another id is somebody else's.
  EXPECT_EQ(verdict(std::string(kNote) + "\u2014 ledger.example/changchun AAAAAAAA\n"), "");
}

TEST(Checkpoint, OneWrongSignatureByTheKeySpoilsTheNote) {
  const std::string line(kNote.substr(kNote.find("\u2014")));
  EXPECT_EQ(verdict(std::string(kNote) + line), "");
  EXPECT_EQ(verdict(std::string(kNote) + replaced(line, "BEbM", "BEbN")), "checkpoint_forged");
}

TEST(Checkpoint, SixteenSignaturesAreReadAndNoMore) {
  std::string note(kNote);
  for (int i = 0; i < 15; ++i) note += kOtherLine;
  EXPECT_EQ(verdict(note), "");
  note += kOtherLine;
  EXPECT_EQ(verdict(note), "checkpoint_malformed signature_count");
}

TEST(Checkpoint, ANoteOfWrongFormIsMalformed) {
  const std::string text(kNote.substr(0, kNote.find("\n\n") + 1));
  EXPECT_EQ(verdict(""), "checkpoint_malformed blank_line");
  EXPECT_EQ(verdict(text), "checkpoint_malformed blank_line");
  EXPECT_EQ(verdict(replaced(kNote, "\n\n", "\n")), "checkpoint_malformed blank_line");
  EXPECT_EQ(verdict(text + "\n"), "checkpoint_malformed signature_line");
  EXPECT_EQ(verdict(kNote.substr(0, kNote.size() - 1)), "checkpoint_malformed signature_line");
  EXPECT_EQ(verdict(replaced(kNote, "\u2014 ", "- ")), "checkpoint_malformed signature_line");
  EXPECT_EQ(verdict(std::string(kNote) + "\u2014 a AAAA\n"), "checkpoint_malformed signature_line");
  EXPECT_EQ(verdict(std::string(kNote) + "\u2014 a+b AAAAAAAA\n"),
            "checkpoint_malformed signature_line");
  EXPECT_EQ(verdict(std::string(kNote) + "\u2014 a\u3000b AAAAAAAA\n"),
            "checkpoint_malformed signature_line");
  EXPECT_EQ(verdict(std::string(kNote) + "\u2014  AAAAAAAA\n"),
            "checkpoint_malformed signature_line");
  EXPECT_EQ(verdict(replaced(kNote, "simulated", "simu\tlated")), "checkpoint_malformed control");
  EXPECT_EQ(verdict(replaced(kNote, "simulated\n", "simulated\r\n")),
            "checkpoint_malformed control");
  EXPECT_EQ(verdict(replaced(kNote, "simulated", std::string_view("\0", 1))),
            "checkpoint_malformed control");
  EXPECT_EQ(verdict(replaced(kNote, "simulated", "\xff")), "checkpoint_malformed encoding");
  EXPECT_EQ(verdict(std::string(kNoteBytesMax, 'a')), "checkpoint_malformed blank_line");
  EXPECT_EQ(verdict(std::string(kNoteBytesMax + 1, 'a')), "checkpoint_malformed size");
}

TEST(Checkpoint, AWellSignedTextThatIsNoCheckpointIsMalformed) {
  const std::string text(kNote.substr(0, kNote.find("\n\n") + 1));
  ASSERT_EQ(note_over(text), kNote);
  const auto with = [&](std::string_view from, std::string_view to) {
    return verdict(note_over(replaced(text, from, to)));
  };
  const std::string root_line = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  EXPECT_EQ(with("clock simulated\n", ""), "");
  EXPECT_EQ(with("70000", "0"), "");
  EXPECT_EQ(with("70000", "18446744073709551615"), "");
  for (const char* size :
       {"18446744073709551616", "070000", "00", "+7", "-7", " 7", "7 ", "7e4", "0x7", "seven"})
    EXPECT_EQ(with("70000", size), "checkpoint_malformed tree_size") << size;
  EXPECT_EQ(with("ledger.example/changchun", "ledger.example/harbin"),
            "checkpoint_malformed origin");
  for (const char* root : {"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=", "AAEC", "="})
    EXPECT_EQ(with(root_line, root), "checkpoint_malformed root") << root;
  EXPECT_EQ(with("70000\n", "\n"), "checkpoint_malformed empty_line");
  EXPECT_EQ(with("clock simulated\n", "\nclock simulated\n"), "checkpoint_malformed empty_line");
  EXPECT_EQ(with("clock simulated\n", "clock simulated\n\n"), "checkpoint_malformed empty_line");
  EXPECT_EQ(with(root_line + "\nclock simulated\n", ""), "checkpoint_malformed lines");
}

TEST(Checkpoint, AVerifierKeyHasOneSpelling) {
  const std::string good(kVerifierKey);
  const std::string wrong[] = {
      "",
      "+",
      "++",
      "ledger.example/changchun",
      "ledger.example/changchun+8e72d704",
      replaced(good, "ledger", ""),              // the id is of another name
      replaced(good, "ledger", "ledger "),       // a space in the name
      replaced(good, "ledger", "\u00a0"),        // a space of another script
      replaced(good, "ledger", "\xff"),          // not UTF-8
      replaced(good, "8e72d704", "8E72D704"),    // upper case
      replaced(good, "8e72d704", "8e72d705"),    // another id
      replaced(good, "8e72d704", "8e72d7"),      // a short id
      replaced(good, "8e72d704", "008e72d704"),  // a long id
      replaced(good, "AQOh", "AgOh"),            // another type
      replaced(good, "VTG4", "VTG5"),            // another key
      replaced(good, "VTG4", ""),                // a short key
      replaced(good, "VTG4", "VTG4AAAA"),        // a long key
      good + "\n",
      good + "+",
      std::string(kNoteBytesMax, 'a') + good,
  };
  ASSERT_TRUE(parse_verifier_key(good).ok());
  for (const std::string& text : wrong) {
    const Result<VerifierKey> key = parse_verifier_key(text);
    ASSERT_FALSE(key.ok()) << text;
    EXPECT_EQ(key.error().code, "bad_verifier_key");
  }
}

TEST(Checkpoint, ALogsNameHasNoSpacePlusOrControl) {
  EXPECT_TRUE(valid_key_name("ledger.example/changchun"));
  EXPECT_TRUE(valid_key_name("台账.example/长春"));
  for (const char* name : {"", " ", "a b", "a+b", "a\tb", "a\nb", "a\u0085b", "a\u00a0b",
                           "a\u2003b", "a\u2028b", "a\u3000b", "\xc3"})
    EXPECT_FALSE(valid_key_name(name)) << name;
}

TEST(CheckpointDeathTest, SigningWhatCouldNotBeReadIsABug) {
  const SigningKey key = test_key();
  Checkpoint checkpoint = test_checkpoint();
  checkpoint.extensions = {""};
  EXPECT_DEATH((void)sign(checkpoint, key), "bug");
  checkpoint.extensions = {"two\nlines"};
  EXPECT_DEATH((void)sign(checkpoint, key), "bug");
  checkpoint = test_checkpoint();
  checkpoint.origin = "elsewhere.example";
  EXPECT_DEATH((void)sign(checkpoint, key), "bug");
}

}  // namespace
}  // namespace tz::merkle
