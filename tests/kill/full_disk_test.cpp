// A full disk under SQLite and the engine: a clear refusal, reads go on, and so does work later.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "engine/history.h"
#include "journal/sqlite_journal.h"
#include "support/engine_ledger.h"
#include "support/faulty_vfs.h"

namespace tz::test {
namespace {

using namespace ledger;

class FullDisk : public testing::Test {
 protected:
  FullDisk() : disk_("full", 1, Overwrite::Powersafe) {
    std::string folder = testing::TempDir() + "/tz_full_XXXXXX";
    EXPECT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;  // for the lock; the file itself lies on the faulty disk
    options_ = {folder_ / "journal.db", disk_.name(), false};
    EXPECT_TRUE(journal::create_sqlite_journal(options_).ok());
    EXPECT_TRUE(ledger_.found(*journal::open_sqlite_journal(options_)).ok());
    recorder_ = *ledger_.add_person({{UnitId{0}, Role::Recorder}});
  }
  ~FullDisk() override {
    ledger_.close();
    std::filesystem::remove_all(folder_);
  }

  Result<engine::Receipt> open_item() {
    OpenItem command;
    command.kind = "problem";
    command.source = "resident";
    command.title = "小区无处停车";
    return ledger_.ask({recorder_, {}}, command);
  }

  FaultyDisk disk_;
  std::filesystem::path folder_;
  journal::SqliteOptions options_;
  EngineLedger ledger_;
  AccountId recorder_;
};

TEST_F(FullDisk, RefusesClearlyAndReadsGoOn) {
  const auto first = open_item();
  ASSERT_TRUE(first.ok());
  const std::uint64_t size = ledger_.engine().published().size;
  disk_.arm({FaultKind::DiskFull, 0, std::uint64_t{1} << 40});
  for (int i = 0; i < 3; ++i) {
    const auto refused = open_item();
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "storage_full");
  }
  EXPECT_TRUE(disk_.fault_met());
  EXPECT_EQ(ledger_.engine().published().size, size);
  EXPECT_EQ(ledger_.engine().item(*first->item)->last, first->version);
  const auto entries = engine::history(ledger_.engine(), ledger_.keyring(), *first->item);
  ASSERT_TRUE(entries.ok());
  EXPECT_EQ(engine::current_texts(*entries).title, "小区无处停车");

  disk_.disarm();
  const auto second = open_item();
  ASSERT_TRUE(second.ok()) << to_text(second.error());
  EXPECT_EQ(second->first, size) << "what was refused left something";
  const auto report = ledger_.verify();
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->findings.empty());
}

TEST_F(FullDisk, ALedgerWithAWriterTakesNoSecondOne) {
  const auto second = journal::open_sqlite_journal(options_);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, "ledger_in_use");
  // Readers are welcome.
  EXPECT_TRUE(journal::open_sqlite_reader(options_).ok());
}

}  // namespace
}  // namespace tz::test
