// A lot that was drawn by another root than that of the records is found when the ledger is
// verified.
#include <gtest/gtest.h>

#include "base/embedded.h"
#include "engine/draw_root.h"
#include "journal/memory_journal.h"
#include "support/engine_ledger.h"

namespace tz::test {
namespace {

using namespace ledger;

class Lots : public testing::Test {
 protected:
  // A project that was given up, and concerns some.
  void SetUp() override {
    ASSERT_TRUE(ledger.found(journal::open_memory_journal(journal::make_memory_store())).ok());
    ASSERT_TRUE(ledger.add_unit({"1", "1", UnitId{0}, UnitKind::County, false, Day{0}, {}}).ok());
    ASSERT_TRUE(
        ledger.add_unit({"101", "101", UnitId{1}, UnitKind::Township, false, Day{0}, {}}).ok());
    ASSERT_TRUE(ledger.set_up(AdoptFlow{std::string(embedded_file("flows/project.yaml"))}).ok());
    leader = *ledger.add_person({{UnitId{1}, Role::Supervisor}});
    checker = *ledger.add_person({{UnitId{1}, Role::Verifier}});
    ASSERT_TRUE(ledger.add_person({{UnitId{2}, Role::Responsible}}).ok());
    OpenItem project;
    project.kind = "project";
    project.place = UnitId{2};
    project.source = "collected";
    project.title = "停车位";
    const auto opened = ledger.ask({leader, {}}, project);
    ASSERT_TRUE(opened.ok()) << to_text(opened.error());
    no = *opened->item;
    ActionInput input;
    input.text = input.reason = "如此";
    input.lead = UnitId{2};
    input.due = *parse_day("2019-12-31");
    input.outcome = "not_possible";
    for (const char* step : {"argue", "decide", "assign", "give_up"}) take(leader, step, input);
    input.affected = 90;
    input.asked = 5;
    input.digest = sha256(as_bytes("the list"));
    take(checker, "list_affected", input);
  }
  Item item() { return *ledger.engine().item(no); }
  void take(AccountId who, const char* step, const ActionInput& input) {
    const auto done = ledger.ask({who, {}}, TakeAction{no, item().last, step, input});
    ASSERT_TRUE(done.ok()) << step << to_text(done.error());
  }
  void draw_by(const Hash& root) {
    ActionInput input;
    input.root = root;
    take(checker, "draw", input);
  }
  EngineLedger ledger;
  AccountId leader, checker;
  ItemNo no;
};

TEST_F(Lots, AreSoundAsTheProgramDrawsThem) {
  draw_by(*engine::draw_root(ledger.engine(), item()));
  EXPECT_EQ(ledger.codes_found(), "");
}

TEST_F(Lots, ThatWereDrawnByAnotherRootAreFound) {
  Hash root = *engine::draw_root(ledger.engine(), item());
  root[0] ^= 1;
  draw_by(root);
  EXPECT_EQ(ledger.codes_found(), "lot_root_wrong ");
}

}  // namespace
}  // namespace tz::test
