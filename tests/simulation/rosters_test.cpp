// A register that was counted wrongly by whoever asked for it is found when the ledger is verified.
#include <gtest/gtest.h>

#include "base/embedded.h"
#include "journal/memory_journal.h"
#include "support/engine_ledger.h"

namespace tz::test {
namespace {

using namespace ledger;

class Rosters : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(ledger.found(journal::open_memory_journal(journal::make_memory_store())).ok());
    const std::pair<const char*, UnitKind> units[] = {
        {"1", UnitKind::County}, {"101", UnitKind::Township}, {"101001", UnitKind::Village}};
    std::uint32_t parent = 0;
    for (const auto& [code, kind] : units)
      ASSERT_TRUE(ledger.add_unit({code, code, UnitId{parent++}, kind, false, Day{0}, {}}).ok());
    ASSERT_TRUE(ledger.set_up(AdoptFlow{std::string(embedded_file("flows/household.yaml"))}).ok());
    recorder = *ledger.add_person({{UnitId{3}, Role::Recorder}});
    leader = *ledger.add_person({{UnitId{1}, Role::Supervisor}});
    must(leader, OpenScheme{"round_3", "第三批", {UnitId{1}}});
    for (int i = 0; i < 20; ++i) {
      OpenItem household;
      household.kind = "household";
      household.place = UnitId{3};
      household.source = "register";
      household.title = "某户";
      household.scheme = "round_3";
      must(recorder, household);
    }
    must(leader, CloseRegister{"round_3"});
  }
  void must(AccountId account, Command command) {
    const auto done = ledger.ask({account, {}}, std::move(command));
    ASSERT_TRUE(done.ok()) << to_text(done.error());
  }
  void freeze(std::int64_t count) {
    const std::uint64_t position = ledger.engine().published().size;
    must(leader, FreezeRoster{"round_3", position, {{UnitId{3}, count}}});
  }
  void publish(std::int64_t count) {
    PublishRoster command;
    command.scheme = "round_3";
    command.audience = RosterAudience::Affected;
    command.unit = UnitId{3};
    command.first = command.last = *parse_day("2019-09-09");
    command.position = ledger.engine().published().size;
    command.rows = {{{UnitId{3}}, {{HouseholdStage::Registered, HouseholdStage::Archived, count}}}};
    must(leader, command);
  }
  EngineLedger ledger;
  AccountId recorder, leader;
};

TEST_F(Rosters, AreSoundAsTheyAreMade) {
  freeze(20);
  publish(20);
  EXPECT_EQ(ledger.codes_found(), "");
}

TEST_F(Rosters, ARegisterThatWasCountedWronglyIsFound) {
  freeze(21);
  EXPECT_EQ(ledger.codes_found(), "roster_wrong ");
}

TEST_F(Rosters, ARosterOfOtherHouseholdsIsFound) {
  freeze(20);
  publish(25);
  EXPECT_EQ(ledger.codes_found(), "roster_wrong ");
}

}  // namespace
}  // namespace tz::test
