// A snapshot saves reading, and is never trusted over the journal.
#include "engine/snapshot.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/file.h"
#include "engine/small_engine_test.h"

namespace tz::engine {
namespace {

std::string new_folder() {
  std::string folder = testing::TempDir() + "/tz_snapshot_XXXXXX";
  EXPECT_NE(mkdtemp(folder.data()), nullptr);
  return folder;
}

class SnapshotTest : public testing::Test {
 protected:
  SnapshotTest() : folder(new_folder()), small({}, folder) {
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(small.open_item().ok());
    size = small.stored_size();
    small.close();
  }
  ~SnapshotTest() override {
    small.close();
    std::filesystem::remove_all(folder);
  }
  Bytes bytes() { return (*read_file(folder + "/snapshot", 1 << 20))->bytes; }
  void write(const Bytes& changed) {
    ASSERT_TRUE(write_file({folder + "/snapshot"}, changed).ok());
  }
  std::uint32_t count_after_opening() {
    small.open();
    return small.engine->published().view->count({});
  }
  journal::LedgerId id() { return *ledger_id_of(*read_genesis(*reader())); }
  std::unique_ptr<journal::Reader> reader() {
    return *journal::open_memory_journal(small.store)->open_reader();
  }

  std::string folder;
  SmallEngine small;
  std::uint64_t size = 0;
};

TEST_F(SnapshotTest, IsWrittenAtTheEndAndHoldsTheColumns) {
  const auto snapshot = read_snapshot(folder);
  ASSERT_TRUE(snapshot.ok() && *snapshot);
  EXPECT_EQ((*snapshot)->size, size);
  World replayed;
  replayed.ledger_id = id();
  ASSERT_TRUE(catch_up(replayed, *reader(), size, small_readers()).ok());
  EXPECT_EQ((*snapshot)->columns, replayed.rollup.save());
  EXPECT_EQ((*snapshot)->root, replayed.frontier.root());
  EXPECT_EQ((*snapshot)->system_records, replayed.system_records);
  EXPECT_FALSE(*read_snapshot("/nonexistent"));
}

// Told by a snapshot that says something else than the journal: what it says is what is shown.
TEST_F(SnapshotTest, IsUsedWhenTheLedgerOpens) {
  auto snapshot = **read_snapshot(folder);
  World half;
  half.ledger_id = id();
  ASSERT_TRUE(catch_up(half, *reader(), size - 5, small_readers()).ok());
  Bytes changed = bytes();
  const Bytes fewer = half.rollup.save();
  const std::size_t before = changed.size() - 32 - snapshot.columns.size() - 8;
  changed.resize(before);
  ByteWriter writer(changed);
  writer.u64(fewer.size());
  writer.raw(fewer);
  const Hash hash = sha256(changed);
  writer.raw(hash);
  write(changed);
  EXPECT_EQ(count_after_opening(), 15U);
  const auto report = small.verify();
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].code, "snapshot_wrong");
}

// Written beside the writer, from what was published: whatever comes meanwhile is not in it.
TEST(SnapshotsUnderWay, AreWhatReplayGivesAtTheirSize) {
  const std::string folder = new_folder();
  Limits limits;
  limits.snapshot_records = 7;
  SmallEngine small(limits, folder);
  std::uint64_t seen = 0;
  for (int found = 0; found < 3;) {
    ASSERT_TRUE(small.open_item().ok());
    const auto snapshot = read_snapshot(folder);
    ASSERT_TRUE(snapshot.ok());
    if (!*snapshot || (*snapshot)->size == seen) continue;
    ASSERT_GT((*snapshot)->size, seen);
    seen = (*snapshot)->size;
    ++found;
    World replayed;
    const auto reader = *journal::open_memory_journal(small.store)->open_reader();
    replayed.ledger_id = *ledger_id_of(*read_genesis(*reader));
    ASSERT_TRUE(catch_up(replayed, *reader, seen, small_readers()).ok());
    EXPECT_EQ((*snapshot)->columns, replayed.rollup.save());
    EXPECT_EQ((*snapshot)->root, replayed.frontier.root());
    EXPECT_EQ((*snapshot)->recorded, replayed.recorded);
    EXPECT_EQ((*snapshot)->system_records, replayed.system_records);
  }
  small.close();
  const auto reader = *journal::open_memory_journal(small.store)->open_reader();
  EXPECT_EQ((*read_snapshot(folder))->size, *reader->size());
  std::filesystem::remove_all(folder);
}

TEST_F(SnapshotTest, GivesTheSameWorldAsReplay) {
  World restored;
  restored.ledger_id = id();
  ASSERT_TRUE(restore(restored, **read_snapshot(folder), *reader(), small_readers()).ok());
  World replayed;
  replayed.ledger_id = id();
  ASSERT_TRUE(catch_up(replayed, *reader(), size, small_readers()).ok());
  EXPECT_EQ(restored.rollup.save(), replayed.rollup.save());
  EXPECT_EQ(restored.frontier.root(), replayed.frontier.root());
  EXPECT_EQ(restored.recorded, replayed.recorded);
  EXPECT_EQ(restored.system_records, replayed.system_records);
  EXPECT_EQ(restored.state.posts.size(), replayed.state.posts.size());
}

TEST_F(SnapshotTest, ADamagedOneIsIgnoredWhateverIsWrong) {
  const Bytes whole = bytes();
  for (std::size_t i = 0; i < whole.size(); i += 97) {
    Bytes changed = whole;
    changed[i] ^= 1;
    write(changed);
    ASSERT_EQ(read_snapshot(folder).error().code, "snapshot_damaged") << i;
  }
  EXPECT_EQ(count_after_opening(), 20U);
  small.close();
  write(Bytes(whole.begin(), whole.begin() + 40));
  EXPECT_EQ(read_snapshot(folder).error().code, "snapshot_damaged");
  EXPECT_EQ(count_after_opening(), 20U);
  small.close();
  std::filesystem::remove(folder + "/snapshot");
  EXPECT_EQ(count_after_opening(), 20U);
}

TEST_F(SnapshotTest, AnotherLedgersOrALaterOneIsIgnored) {
  const std::string other_folder = new_folder();
  {
    SmallEngine other({}, other_folder, 6);
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(other.open_item().ok());
  }
  Bytes others = (*read_file(other_folder + "/snapshot", 1 << 20))->bytes;
  std::filesystem::remove_all(other_folder);
  write(others);
  EXPECT_EQ(count_after_opening(), 20U);
}

TEST_F(SnapshotTest, IsRestoredOnlyOverTheJournalItWasTakenOf) {
  const Snapshot whole = **read_snapshot(folder);
  const auto refused = [&](auto change) {
    Snapshot changed = whole;
    change(changed);
    World world;
    world.ledger_id = id();
    return text_of(restore(world, changed, *reader(), small_readers()).error());
  };
  EXPECT_EQ(refused([](Snapshot& s) { s.ledger_id[0] ^= 1; }), "snapshot_damaged why=ledger");
  EXPECT_EQ(refused([](Snapshot& s) { ++s.size; }), "snapshot_damaged why=ahead");
  EXPECT_EQ(refused([](Snapshot& s) { s.root[0] ^= 1; }), "snapshot_damaged why=root");
  EXPECT_EQ(refused([](Snapshot& s) { s.system_records.push_back(s.size - 1); }),
            "snapshot_damaged why=records");
}

}  // namespace
}  // namespace tz::engine
