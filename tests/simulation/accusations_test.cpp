// Whom reports complain of is known again after a restart, and where it cannot be known, nobody but
// the receiver sees the item, before a restart as after it.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "ledger/permission.h"
#include "support/engine_ledger.h"

namespace tz::test {
namespace {

using namespace ledger;

class Accusing : public testing::TestWithParam<bool> {
 protected:
  Accusing() : folder_(made_folder()), ledger_({1, {}, GetParam() ? folder_ : "", ""}) {
    EXPECT_TRUE(ledger_.found(journal()).ok());
    EXPECT_TRUE(ledger_.set_up(project_limits()).ok());
    EXPECT_TRUE(ledger_.set_up(AdoptFlow{request_flow_text()}).ok());
    const Day from = *parse_day("1949-10-01");
    for (const auto& [code, parent, kind] : {std::tuple{"22", UnitId{0}, UnitKind::Province},
                                             {"2202", UnitId{1}, UnitKind::Prefecture},
                                             {"220204", UnitId{2}, UnitKind::County}})
      EXPECT_TRUE(ledger_.add_unit({code, code, parent, kind, false, from, {}}).ok());
    boss_ = *ledger_.add_person({{UnitId{2}, Role::Supervisor}});
    above_ = *ledger_.add_person({{UnitId{1}, Role::Supervisor}});
    accused_ = *ledger_.add_person({{UnitId{3}, Role::Supervisor}});
    moved_ = *ledger_.add_person({{UnitId{3}, Role::Recorder}});
    const PostId left = ledger_.engine().published().state->posts.back().id;
    EXPECT_TRUE(ledger_.set_up(EndPost{left}).ok());
    ledger_.clock().set_to(*parse_day("2019-09-10"));
    EXPECT_TRUE(ledger_.set_up(GrantPost{moved_, UnitId{2}, Role::Recorder}).ok());
    no_ = *ledger_.set_up(report())->item;
  }
  ~Accusing() override {
    ledger_.close();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  static ReceiveReport report() {
    ReceiveReport out;
    out.kind = "request";
    out.accused = {UnitId{3}};
    out.text = "what he saw";
    return out;
  }
  static std::string made_folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "accusations_XXXXXX").string();
    TZ_ASSERT(::mkdtemp(pattern.data()) != nullptr);
    return pattern;
  }
  std::unique_ptr<journal::Journal> journal() { return journal::open_memory_journal(store_); }
  void restart() {
    ledger_.close();
    ASSERT_TRUE(ledger_.open(journal()).ok());
  }
  bool sees(AccountId account) {
    const auto item = ledger_.engine().item(no_);
    const auto state = ledger_.engine().published().state;
    return may_read(*state, account, *item, *parse_day("2019-09-10"));
  }
  std::vector<UnitId> known() {
    const auto state = ledger_.engine().published().state;
    const Accusation* found = state->accusations->find(no_);
    return found == nullptr ? std::vector<UnitId>{UnitId{99}} : found->units;
  }

  std::string folder_;
  std::shared_ptr<journal::MemoryStore> store_ = journal::make_memory_store();
  EngineLedger ledger_;
  AccountId boss_;
  AccountId above_;
  AccountId accused_;
  AccountId moved_;  // from there to the receiving unit
  ItemNo no_;
};

TEST_P(Accusing, IsKnownAfterARestart) {
  EXPECT_EQ(known(), std::vector<UnitId>{UnitId{3}});
  restart();
  EXPECT_EQ(known(), std::vector<UnitId>{UnitId{3}});
  EXPECT_TRUE(sees(boss_));
  EXPECT_TRUE(sees(above_));
  EXPECT_FALSE(sees(accused_));
  EXPECT_FALSE(sees(moved_));
  const auto report = ledger_.verify();
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->findings.empty());
}

// What is forgotten hides as much at once as it does after a restart: from everybody but the
// receiver. Who was of the accused unit and is the receiver's now is told apart no longer.
TEST_P(Accusing, WithoutItsTextOnlyTheReceiverSeesTheItem) {
  for (const bool whole : {false, true}) {
    if (whole) no_ = *ledger_.set_up(report())->item;
    EXPECT_TRUE(sees(above_));
    EXPECT_FALSE(sees(moved_));
    const auto item = *ledger_.engine().item(no_);
    const auto destroyed =
        whole ? ledger_.ask({boss_, {}}, EraseItem{no_, item.last, "asked for"})
              : ledger_.ask({boss_, {}}, RedactText{no_, item.last, item.report->record,
                                                    kAccusedPart, "a mistake"});
    ASSERT_TRUE(destroyed.ok()) << to_text(destroyed.error());
    for (const bool restarted : {false, true}) {
      if (restarted) restart();
      EXPECT_EQ(known(), std::vector<UnitId>{}) << restarted;
      EXPECT_TRUE(sees(boss_)) << restarted;
      EXPECT_TRUE(sees(moved_)) << restarted;
      EXPECT_FALSE(sees(above_)) << restarted;
      EXPECT_FALSE(sees(accused_)) << restarted;
      const auto state = ledger_.engine().published().state;
      for (const auto& [account, kept] : {std::pair{boss_, false}, std::pair{moved_, false},
                                          std::pair{above_, true}, std::pair{accused_, true}}) {
        const auto from = kept_from(*state, account, *parse_day("2019-09-10"));
        EXPECT_EQ(std::count(from.begin(), from.end(), no_), kept ? 1 : 0) << restarted;
      }
    }
  }
}

TEST_P(Accusing, DestroyingAnotherTextForgetsNothing) {
  const auto item = *ledger_.engine().item(no_);
  ASSERT_TRUE(ledger_
                  .ask({boss_, {}}, RedactText{no_, item.last, item.report->record, std::uint8_t{0},
                                               "a mistake"})
                  .ok());
  EXPECT_EQ(known(), std::vector<UnitId>{UnitId{3}});
  EXPECT_FALSE(sees(moved_));
  restart();
  EXPECT_EQ(known(), std::vector<UnitId>{UnitId{3}});
  EXPECT_FALSE(sees(moved_));
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutSnapshot, Accusing, testing::Bool());

}  // namespace
}  // namespace tz::test
