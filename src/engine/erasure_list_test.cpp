// The list of what was erased: its text, each way in which one is refused, and following a journal.
#include "engine/erasure_list.h"

#include <gtest/gtest.h>

#include "engine/small_engine_test.h"
#include "merkle/signed_text.h"

namespace tz::engine {
namespace {

const std::string kLedger(32, 'a');

merkle::SigningKey key_of(std::uint8_t seed) {
  merkle::SigningKey key{"ledger.test/log", {}};
  key.seed.fill(seed);
  return key;
}
ErasureList full_list() {
  ErasureList list;
  list.ledger = kLedger;
  list.through = 812;
  list.texts = {{Seq{3}, 0}, {Seq{3}, 15}, {Seq{700}, 1}};
  list.files = {Seq{9}};
  list.accounts = {AccountId{2}, AccountId{5}};
  return list;
}
// What is said of a text that is rightly signed.
std::string verdict(const std::string& text) {
  const auto list =
      parse_erasures(merkle::sign_text(text, key_of(1)), merkle::verifier_key(key_of(1)));
  return list.ok() ? "" : text_of(list.error());
}
std::string after_head(const std::string& lines) {
  return "taizhang erasures 1\n" + kLedger + "\nthrough 9\n" + lines;
}

TEST(ErasureList, IsReadAsItWasWritten) {
  for (const ErasureList& list : {full_list(), ErasureList{kLedger, 0, {}, {}, {}}}) {
    const std::string text = to_text(list, key_of(1));
    EXPECT_EQ(*parse_erasures(text, merkle::verifier_key(key_of(1))), list);
  }
  EXPECT_TRUE(to_text(full_list(), key_of(1))
                  .starts_with("taizhang erasures 1\n" + kLedger +
                               "\nthrough 812\ntext 3 0\ntext 3 15\ntext 700 1\nfile 9\n"
                               "account 2\naccount 5\nsigned "));
}

TEST(ErasureList, AnotherLogsIsRefused) {
  const std::string text = to_text(full_list(), key_of(1));
  EXPECT_EQ(parse_erasures(text, merkle::verifier_key(key_of(2))).error().code,
            "signed_text_forged");
}

TEST(ErasureList, EachFaultIsNamedByItsLine) {
  EXPECT_EQ(verdict("taizhang erasures 2\n"), "erasures_malformed line=1");
  EXPECT_EQ(verdict("taizhang erasures 1\n"), "erasures_malformed line=2");
  EXPECT_EQ(verdict("taizhang erasures 1\nabc\n"), "erasures_malformed line=2");
  EXPECT_EQ(verdict("taizhang erasures 1\n" + kLedger + "\nthrough\n"),
            "erasures_malformed line=3");
  EXPECT_EQ(verdict("taizhang erasures 1\n" + kLedger + "\nthrough 01\n"),
            "erasures_malformed line=3");
  EXPECT_EQ(verdict(after_head("")), "");
  for (const char* line :
       {"text 1", "text 1 2 3", "text 1 16", "text -1 0", "text 1  2", "text 1 2 ", "text x 0",
        "file", "file 1 2", "file 00", "account", "account 1 1", "account 18446744073709551616",
        "reason 1", "", " text 1 2", "texts 1 2"})
    EXPECT_EQ(verdict(after_head(std::string(line) + "\n")), "erasures_malformed line=4") << line;
}

TEST(ErasureList, NothingStandsInItTwice) {
  EXPECT_EQ(verdict(after_head("text 1 2\ntext 1 3\ntext 1 2\n")), "erasures_malformed line=6");
  EXPECT_EQ(verdict(after_head("file 1\nfile 1\n")), "erasures_malformed line=5");
  EXPECT_EQ(verdict(after_head("account 1\naccount 1\n")), "erasures_malformed line=5");
}

TEST(ErasureList, FollowsWhatTheJournalDestroyed) {
  SmallEngine small;
  const auto opened = small.open_item();
  ASSERT_TRUE(opened.ok());
  const auto erased = small.set_up(ledger::EraseItem{*opened->item, *opened->version, "误录"});
  ASSERT_TRUE(erased.ok()) << text_of(erased.error());
  ASSERT_TRUE(small.open_item().ok());
  const auto ledger = ledger_id_of(small.engine->published().state->genesis);
  const auto reader = *small.journal->open_reader();
  ErasureList list;
  int rounds = 0;
  while (*follow_redactions(list, *reader, *ledger, 2)) ++rounds;
  EXPECT_GE(rounds, 3) << "some records at a time";
  EXPECT_EQ(list.through, small.stored_size());
  EXPECT_EQ(list.texts, (std::set<std::pair<Seq, std::uint8_t>>{{Seq{opened->first}, 0}}));
  EXPECT_TRUE(list.files.empty());
  const ErasureList before = list;
  EXPECT_FALSE(*follow_redactions(list, *reader, *ledger, 100)) << "nothing further";
  EXPECT_EQ(list, before);
}

}  // namespace
}  // namespace tz::engine
