// Records there and back, every bit of them, and the golden bytes of the first version.
#include "journal/record.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>

#include "base/random.h"

namespace tz::journal {
namespace {

constexpr LedgerId kLedger = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
constexpr std::size_t kContextCommitmentAt = 34;
constexpr std::size_t kPayloadCommitmentAt = 66;
constexpr std::size_t kPartCountAt = 98;

Hash hash_of(Random& random) {
  Hash hash;
  random.fill(hash);
  return hash;
}

Bytes bytes_of(Random& random, std::size_t count) {
  Bytes bytes(count);
  random.fill(bytes);
  return bytes;
}

// A number of any size, the smallest and the largest ones as often as all others.
std::uint64_t number_of(Random& random) {
  switch (random.next_u64() % 4) {
    case 0:
      return random.next_u64() % 3;
    case 1:
      return std::numeric_limits<std::uint64_t>::max() - random.next_u64() % 3;
    default:
      return random.next_u64() >> random.next_u64() % 64;
  }
}

Record record_of(Random& random, std::size_t part_count) {
  Record record;
  record.seq = Seq{number_of(random)};
  record.recorded = Instant{static_cast<std::int64_t>(number_of(random))};
  record.type = std::string(random.next_u64() % 30, 't');
  record.type_version = static_cast<std::uint8_t>(random.next_u64());
  if (random.next_u64() % 2 == 0) record.item = number_of(random);
  if (random.next_u64() % 2 == 0) record.prev = Seq{number_of(random)};
  record.actor = PostId{number_of(random)};
  record.command = CommandId{number_of(random)};
  record.index = static_cast<std::uint16_t>(random.next_u64());
  record.context_salt = hash_of(random);
  record.payload_salt = hash_of(random);
  record.payload = as_text(bytes_of(random, random.next_u64() % 60));
  for (std::size_t i = 0; i < part_count; ++i)
    record.parts.push_back(
        {number_of(random), hash_of(random), bytes_of(random, random.next_u64() % 40)});
  return record;
}

// The three records of the golden file. They are never changed: a change of format adds others.
std::map<std::string, Record> golden_records() {
  const auto filled = [](std::uint8_t byte) {
    Hash hash;
    hash.fill(byte);
    return hash;
  };
  Record parts;
  parts.seq = Seq{7};
  parts.recorded = Instant{1'567'906'200'000'000};
  parts.type = "item_opened";
  parts.item = 4711;
  parts.prev = Seq{3};
  parts.actor = PostId{12};
  parts.command = CommandId{0x0123456789abcdef};
  parts.index = 1;
  parts.context_salt = filled(0xa1);
  parts.payload_salt = filled(0xa2);
  parts.payload = R"({"kind":"problem","unit":220204})";
  parts.parts = {{4711, filled(0xb1), {0xde, 0xad, 0xbe, 0xef}}, {4712, filled(0xb2), {}}};

  Record bare;
  bare.type = "genesis";
  bare.payload = "{}";

  Record largest;
  largest.seq = Seq{std::numeric_limits<std::uint64_t>::max()};
  largest.recorded = Instant{std::numeric_limits<std::int64_t>::min()};
  largest.type = std::string(255, 'z');
  largest.type_version = 255;
  largest.item = std::numeric_limits<std::uint64_t>::max();
  largest.prev = Seq{std::numeric_limits<std::uint64_t>::max()};
  largest.actor = PostId{std::numeric_limits<std::uint64_t>::max()};
  largest.command = CommandId{std::numeric_limits<std::uint64_t>::max()};
  largest.index = 65535;
  largest.context_salt = filled(0xff);
  largest.payload_salt = filled(0xff);
  largest.payload = R"({"name":"致和南小区"})";
  largest.parts.assign(kPartCountMax,
                       {std::numeric_limits<std::uint64_t>::max(), filled(0xff), Bytes(3, 0xff)});
  return {{"with_parts", parts}, {"without_item", bare}, {"maximal_ids", largest}};
}

std::filesystem::path golden_path() {
  return std::filesystem::path(TZ_SOURCE) / "tests/golden/record_v1.txt";
}

std::map<std::string, StoredRecord> golden_bytes() {
  std::ifstream file(golden_path());
  EXPECT_TRUE(file.is_open());
  std::map<std::string, StoredRecord> all;
  std::string word;
  std::string name;
  while (file >> word) {
    if (word == "#") {
      std::getline(file, word);
      continue;
    }
    std::string value;
    file >> value;
    if (word == "record") name = value;
    if (word == "header") all[name].header = from_hex(value).value();
    if (word == "body") all[name].body = from_hex(value).value();
  }
  return all;
}

void write_golden_bytes() {
  std::ofstream file(golden_path());
  file << "# Records of envelope version 1 in hexadecimal, ledger id 0102..10. Their values stand\n"
          "# in src/journal/record_test.cpp, the grammar in docs/journal-format.md.\n";
  for (const auto& [name, record] : golden_records()) {
    const StoredRecord stored = encode(record, kLedger);
    file << "\nrecord " << name << "\nheader " << to_hex(stored.header) << "\nbody "
         << to_hex(stored.body) << "\n";
  }
}

TEST(Record, GoldenBytesBothWays) {
  if (std::getenv("TZ_ACCEPT") != nullptr) {
    write_golden_bytes();
    FAIL() << "golden file rewritten as asked; run again without TZ_ACCEPT";
  }
  const auto records = golden_records();
  const auto stored = golden_bytes();
  ASSERT_EQ(records.size(), stored.size());
  for (const auto& [name, record] : records) {
    SCOPED_TRACE(name);
    const StoredRecord encoded = encode(record, kLedger);
    EXPECT_EQ(to_hex(encoded.header), to_hex(stored.at(name).header));
    EXPECT_EQ(to_hex(encoded.body), to_hex(stored.at(name).body));
    const auto decoded = decode(stored.at(name).header, stored.at(name).body, kLedger);
    ASSERT_TRUE(decoded.ok()) << decoded.error().code;
    EXPECT_EQ(*decoded, record);
  }
}

// The layout written down a second time, for one record, from the grammar alone.
TEST(Record, TheLayoutIsTheGrammar) {
  const Record record = golden_records().at("with_parts");
  Bytes context;
  ByteWriter out(context);
  out.u8(1);
  out.text8("item_opened");
  out.u8(1), out.u64(4711);
  out.u8(1), out.u64(3);
  out.u64(12), out.u64(0x0123456789abcdef), out.u16(1);
  out.u64(4711), out.u64(4712);
  const auto committed = [](std::string tag, const Hash& salt, BytesView bytes) {
    tag.push_back('\0');
    tag += as_text(salt);
    tag += as_text(bytes);
    return sha256(as_bytes(tag));
  };
  Bytes header;
  ByteWriter head(header);
  head.u8(1), head.u8(1), head.raw(kLedger), head.u64(7), head.u64(1'567'906'200'000'000);
  head.raw(committed("tz/context/1", record.context_salt, context));
  head.raw(committed("tz/payload/1", record.payload_salt, as_bytes(record.payload)));
  head.u8(2);
  for (const SealedPart& part : record.parts)
    head.raw(sha256(BytesView(part.ciphertext))), head.raw(part.text_commitment);
  EXPECT_EQ(to_hex(encode(record, kLedger).header), to_hex(header));
  EXPECT_EQ(header.size(), 99 + 2 * 64);
}

TEST(Record, WhatIsEncodedIsDecoded) {
  constexpr std::uint64_t kSeed = 20190908;
  SeededRandom random(kSeed);
  for (int i = 0; i < 2000; ++i) {
    const Record record = record_of(random, random.next_u64() % (kPartCountMax + 1));
    const StoredRecord stored = encode(record, kLedger);
    ASSERT_LE(stored.header.size(), kHeaderBytesMax);
    const auto decoded = decode(stored.header, stored.body, kLedger);
    ASSERT_TRUE(decoded.ok()) << decoded.error().code << " seed " << kSeed << " record " << i;
    ASSERT_EQ(*decoded, record) << "seed " << kSeed << " record " << i;
  }
}

TEST(Record, LargestSizesAreTaken) {
  SeededRandom random(1);
  Record record = record_of(random, kPartCountMax);
  record.payload = std::string(kPayloadBytesMax, 'p');
  record.parts[0].ciphertext = Bytes(kCiphertextBytesMax, 7);
  const StoredRecord stored = encode(record, kLedger);
  const auto decoded = decode(stored.header, stored.body, kLedger);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(*decoded, record);
}

// A bit of the body is always missed by a commitment; a bit of the header may only change what the
// header alone says (time, sequence, a text's commitment), and then the leaf is another one.
TEST(Record, EveryFlippedBitIsDetectedOrChangesTheLeaf) {
  constexpr std::uint64_t kSeed = 36;
  SeededRandom random(kSeed);
  for (std::size_t part_count : {0, 1, 2, 3, 5, 12}) {
    const Record record = record_of(random, part_count);
    const StoredRecord stored = encode(record, kLedger);
    StoredRecord flipped = stored;
    for (std::size_t bit = 0; bit < stored.header.size() * 8; ++bit) {
      flipped.header[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
      const auto decoded = decode(flipped.header, flipped.body, kLedger);
      if (decoded.ok()) {
        ASSERT_EQ(encode(*decoded, kLedger).header, flipped.header);
        ASSERT_NE(*decoded, record);
      }
      flipped.header[bit / 8] = stored.header[bit / 8];
    }
    for (std::size_t bit = 0; bit < stored.body.size() * 8; ++bit) {
      flipped.body[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
      ASSERT_FALSE(decode(flipped.header, flipped.body, kLedger).ok())
          << "seed " << kSeed << " parts " << part_count << " bit " << bit;
      flipped.body[bit / 8] = stored.body[bit / 8];
    }
  }
}

TEST(Record, NothingMissingAndNothingTrailing) {
  SeededRandom random(5);
  for (std::size_t part_count : {0, 3}) {
    const StoredRecord stored = encode(record_of(random, part_count), kLedger);
    const BytesView header = stored.header;
    const BytesView body = stored.body;
    for (std::size_t size = 0; size < header.size(); ++size)
      ASSERT_EQ(decode(header.first(size), body, kLedger).error().code, "record_malformed");
    for (std::size_t size = 0; size < body.size(); ++size)
      ASSERT_FALSE(decode(header, body.first(size), kLedger).ok());
    for (const std::uint8_t extra : Bytes{0, 255}) {
      StoredRecord longer = stored;
      longer.header.push_back(extra);
      ASSERT_EQ(decode(longer.header, body, kLedger).error().code, "record_malformed");
      longer.body.push_back(extra);
      ASSERT_EQ(decode(header, longer.body, kLedger).error().code, "record_malformed");
    }
  }
}

TEST(Record, PartCountsMustBeEqual) {
  SeededRandom random(6);
  Record record = record_of(random, 3);
  const StoredRecord three = encode(record, kLedger);
  record.parts.pop_back();
  const StoredRecord two = encode(record, kLedger);
  EXPECT_EQ(decode(three.header, two.body, kLedger).error().code, "record_malformed");
  EXPECT_EQ(decode(two.header, three.body, kLedger).error().code, "record_malformed");
}

TEST(Record, AnotherLedgersRecordIsForeign) {
  SeededRandom random(8);
  const StoredRecord stored = encode(record_of(random, 1), kLedger);
  LedgerId other = kLedger;
  other[15] ^= 1;
  EXPECT_EQ(decode(stored.header, stored.body, other).error().code, "record_foreign");
}

TEST(Record, WhatDisagreesIsNamed) {
  SeededRandom random(9);
  Record record = record_of(random, 1);
  record.payload = "{}";
  record.parts[0].ciphertext = {1, 2, 3};
  const StoredRecord stored = encode(record, kLedger);
  const auto what = [&stored](std::size_t at) {
    StoredRecord altered = stored;
    altered.body[at] ^= 1;
    const Error error = decode(altered.header, altered.body, kLedger).error();
    EXPECT_EQ(error.code, "record_disagrees");
    return error.facts.at(0).second;
  };
  EXPECT_EQ(what(0), "context");                       // its salt
  EXPECT_EQ(what(32), "payload");                      // its salt
  EXPECT_EQ(what(66), "context");                      // type version
  EXPECT_EQ(what(stored.body.size() - 8), "payload");  // "}"
  EXPECT_EQ(what(stored.body.size() - 1), "ciphertext");
}

// Bytes whose commitments hold but whose grammar does not.
StoredRecord with_context(const Record& record, BytesView context) {
  StoredRecord stored = encode(record, kLedger);
  const std::size_t old_size = static_cast<std::size_t>(stored.body[64]) << 8 | stored.body[65];
  Bytes body(stored.body.begin(), stored.body.begin() + 64);
  ByteWriter out(body);
  out.u16(static_cast<std::uint16_t>(context.size()));
  out.raw(context);
  out.raw(BytesView(stored.body).subspan(66 + old_size));
  stored.body = body;
  const Hash commitment = commit("tz/context/1", record.context_salt, context);
  std::copy(commitment.begin(), commitment.end(), stored.header.begin() + kContextCommitmentAt);
  return stored;
}

TEST(Record, AMalformedContextIsRefusedThoughCommittedTo) {
  Record record = golden_records().at("with_parts");
  const Bytes body = encode(record, kLedger).body;
  const std::size_t size = static_cast<std::size_t>(body[64]) << 8 | body[65];
  const Bytes context(body.begin() + 66, body.begin() + 66 + static_cast<std::ptrdiff_t>(size));
  const auto code = [&record](const Bytes& altered) {
    const StoredRecord stored = with_context(record, altered);
    const auto decoded = decode(stored.header, stored.body, kLedger);
    return decoded.ok() ? "ok" : decoded.error().code;
  };
  EXPECT_EQ(code(context), "ok");
  Bytes altered = context;
  altered.push_back(0);
  EXPECT_EQ(code(altered), "record_malformed");
  altered = context;
  altered.pop_back();
  EXPECT_EQ(code(altered), "record_malformed");
  altered = context;
  altered[1 + 1 + record.type.size()] = 2;  // whether there is an item: neither no nor yes
  EXPECT_EQ(code(altered), "record_malformed");
  EXPECT_EQ(code({}), "record_malformed");
}

TEST(Record, LimitsHoldOnReading) {
  SeededRandom random(10);
  Record record = record_of(random, 0);
  record.payload.clear();
  StoredRecord stored = encode(record, kLedger);
  stored.header[kPartCountAt] = kPartCountMax + 1;
  stored.header.resize(99 + 64 * (kPartCountMax + 1));
  EXPECT_EQ(decode(stored.header, stored.body, kLedger).error().code, "record_malformed");

  stored = encode(record, kLedger);
  const std::string payload(kPayloadBytesMax + 1, 'x');
  const Hash commitment = commit("tz/payload/1", record.payload_salt, as_bytes(payload));
  std::copy(commitment.begin(), commitment.end(), stored.header.begin() + kPayloadCommitmentAt);
  for (int i = 0; i < 4; ++i) stored.body.pop_back();  // the length of the empty payload
  ByteWriter out(stored.body);
  out.u32(static_cast<std::uint32_t>(payload.size()));
  out.raw(as_bytes(payload));
  EXPECT_EQ(decode(stored.header, stored.body, kLedger).error().code, "record_malformed");
}

TEST(Record, VersionsAndSuitesNotKnownAreRefused) {
  SeededRandom random(11);
  const StoredRecord stored = encode(record_of(random, 1), kLedger);
  for (std::size_t at : {0, 1}) {
    StoredRecord altered = stored;
    altered.header[at] = 2;
    EXPECT_EQ(decode(altered.header, altered.body, kLedger).error().code, "record_malformed");
  }
}

TEST(RecordDeath, TooMuchIsABug) {
  SeededRandom random(12);
  Record record = record_of(random, kPartCountMax + 1);
  EXPECT_DEATH(encode(record, kLedger), "kPartCountMax");
  record.parts.clear();
  record.payload = std::string(kPayloadBytesMax + 1, 'x');
  EXPECT_DEATH(encode(record, kLedger), "kPayloadBytesMax");
}

}  // namespace
}  // namespace tz::journal
