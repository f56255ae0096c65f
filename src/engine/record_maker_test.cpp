// What many hands make is what one makes, step by step, in the order of the documents.
#include "engine/record_maker.h"

#include <gtest/gtest.h>

#include "ledger/event_codec.h"
#include "merkle/tree.h"

namespace tz::engine {
namespace {

constexpr journal::LedgerId kLedger = {1, 2, 3};
constexpr const char* kMonth = "2019-09";

ledger::EventDraft draft_of(Random& random) {
  if (random.next_u64() % 5 == 0)
    return {ledger::AccountOpened{AccountId{random.next_u64() % 9}}, {}, {}};
  ledger::EventDraft draft{
      ledger::Corrected{"title", {}}, ledger::ItemNo{random.next_u64() % 99}, {}};
  const std::uint64_t count = random.next_u64() % 4;
  for (std::uint64_t i = 0; i < count; ++i)
    draft.texts.push_back({"text" + std::to_string(i), std::string(random.next_u64() % 200, 'x')});
  return draft;
}

Recording recording_at(std::uint64_t seq) {
  return {kLedger,   Seq{seq},           Instant{1'568'000'000'000'000},
          PostId{7}, CommandId{seq * 3}, ledger::Origin::Invented};
}

// The record as docs/journal-format.md builds it up, every random byte drawn where it is needed.
Made slowly(const Recording& at, const ledger::EventDraft& draft, access::Keyring& keyring,
            Random& random) {
  std::vector<std::string> labels;
  for (const auto& text : draft.texts) labels.push_back(text.label);
  const ledger::EncodedEvent encoded = ledger::encode(
      draft.event, labels, ledger::says_origin(draft.event) ? at.origin : ledger::Origin::Real);
  journal::Record record;
  record.seq = at.next;
  record.recorded = at.now;
  record.type = encoded.type;
  record.type_version = encoded.type_version;
  record.payload = encoded.payload;
  if (draft.item) record.item = draft.item->value;
  record.actor = at.actor;
  record.command = at.command;
  random.fill(record.context_salt);
  random.fill(record.payload_salt);
  Made out;
  for (const auto& text : draft.texts) {
    const auto part = static_cast<std::uint8_t>(record.parts.size());
    const std::uint64_t subject = subject_of(at.next, part);
    access::SecretKey key;
    random.fill(key);
    const access::Sealed sealed =
        access::seal(text.text, key, sealing_context(at.ledger, at.next, part), random);
    out.keys.push_back({subject, kMonth, *keyring.wrap(key, kMonth, subject, random)});
    record.parts.push_back({subject,
                            journal::commit("tz/text/1", sealed.text_salt, as_bytes(text.text)),
                            sealed.ciphertext});
  }
  out.stored = journal::encode(record, at.ledger);
  out.leaf = merkle::leaf_hash(out.stored.header);
  return out;
}

void expect_same(const Made& made, const Made& expected) {
  ASSERT_EQ(made.stored.header, expected.stored.header);
  ASSERT_EQ(made.stored.body, expected.stored.body);
  ASSERT_EQ(made.leaf, expected.leaf);
  ASSERT_EQ(made.keys.size(), expected.keys.size());
  for (std::size_t i = 0; i < made.keys.size(); ++i) {
    EXPECT_EQ(made.keys[i].subject, expected.keys[i].subject);
    EXPECT_EQ(made.keys[i].wrapping_key, expected.keys[i].wrapping_key);
    EXPECT_EQ(made.keys[i].wrapped, expected.keys[i].wrapped);
  }
}

struct Batches {
  explicit Batches(std::uint64_t seed) : what(seed), quick(seed + 1), slow(seed + 1) {}

  // Adds so many to the maker, and what they must become to `expected`.
  void add(RecordMaker& maker, std::size_t count) {
    Drawing drawing{*quick_keys, quick, kMonth, nullptr};
    for (std::size_t i = 0; i < count; ++i) {
      ledger::EventDraft draft = draft_of(what);
      const Recording at = recording_at(seq++);
      expected.push_back(slowly(at, draft, *slow_keys, slow));
      Ingredients drawn = *gather(at, draft, {}, drawing);
      ASSERT_EQ(bytes_of(drawn),
                expected.back().stored.header.size() + expected.back().stored.body.size());
      maker.add(std::move(drawn), kLedger);
    }
    wrapping.push_back(drawing.wrapping);
  }

  SeededRandom what;
  SeededRandom quick;
  SeededRandom slow;
  std::unique_ptr<access::Keyring> quick_keys = access::Keyring::in_memory();
  std::unique_ptr<access::Keyring> slow_keys = access::Keyring::in_memory();
  std::vector<std::shared_ptr<const access::WrappingKey>> wrapping;
  std::uint64_t seq = 0;
  std::vector<Made> expected;
};

TEST(RecordMaker, MakesWhatTheSlowWayMakesInOrder) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Batches batches(seed);
    RecordMaker maker;
    for (int round = 0; round < 4; ++round) {
      batches.expected.clear();
      batches.add(maker, batches.what.next_u64() % 700);
      std::size_t at = 0;
      for (auto some = maker.next(); !some.empty(); some = maker.next())
        for (const Made& made : some) expect_same(made, batches.expected.at(at++));
      ASSERT_EQ(at, batches.expected.size());
    }
  }
}

TEST(RecordMaker, ForgetsWhatIsNotTakenAndGoesOn) {
  Batches batches(9);
  RecordMaker maker;
  batches.add(maker, 500);
  maker.clear();
  EXPECT_TRUE(maker.next().empty());
  batches.expected.clear();
  batches.add(maker, 3);
  const auto made = maker.next();
  ASSERT_EQ(made.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) expect_same(made[i], batches.expected[i]);
}

TEST(RecordMaker, EndsWithWorkUnderWay) {
  Batches batches(10);
  RecordMaker maker;
  batches.add(maker, 1000);
}

TEST(Gather, TheKeysOfTextsAreForgottenOnceTheyAreWrapped) {
  const auto keyring = access::Keyring::in_memory();
  SeededRandom random(3);
  Drawing drawing{*keyring, random, kMonth, nullptr};
  ledger::EventDraft draft{ledger::Corrected{"title", {}}, ledger::ItemNo{1}, {{"title", "秘密"}}};
  Ingredients drawn = *gather(recording_at(1), draft, {}, drawing);
  EXPECT_NE(drawn.texts[0].draw.key, access::SecretKey{});
  (void)make(drawn, kLedger);
  EXPECT_EQ(drawn.texts[0].draw.key, access::SecretKey{});
}

}  // namespace
}  // namespace tz::engine
