// What only the journal in a SQLite file has: its locks, its format, and erasure down to the bytes.
#include "journal/sqlite_journal.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "base/random.h"

namespace tz::journal {
namespace {

constexpr std::size_t kAll = ~std::size_t{0};

class SqliteJournal : public testing::Test {
 protected:
  SqliteJournal() {
    std::string folder = testing::TempDir() + "/tz_journal_XXXXXX";
    EXPECT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    options_.path = folder_ / "journal.db";
  }
  ~SqliteJournal() override { std::filesystem::remove_all(folder_); }

  void create() { ASSERT_TRUE(create_sqlite_journal(options_).ok()); }
  std::unique_ptr<Journal> open() { return open_sqlite_journal(options_).value(); }
  std::string open_code() {
    const auto journal = open_sqlite_journal(options_);
    return journal.ok() ? "ok" : journal.error().code;
  }

  // Runs SQL as another program would.
  void run_sql(const std::string& sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(options_.path.c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    sqlite3_close(database);
  }

  // All bytes of the files in the folder.
  static std::string stored_bytes(const std::filesystem::path& folder) {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  }
  bool stored_anywhere(BytesView wanted) const {
    return stored_bytes(folder_).find(as_text(wanted)) != std::string::npos;
  }

  std::filesystem::path folder_;
  SqliteOptions options_;
};

Batch one_record(std::uint64_t expected_size) {
  Batch batch;
  batch.expected_size = expected_size;
  batch.records.push_back({Bytes(120, 1), Bytes(200, 2)});
  return batch;
}

Bytes wrapped_key(Random& random) {
  Bytes bytes(72);
  random.fill(bytes);
  return bytes;
}

TEST_F(SqliteJournal, IsMadeOnce) {
  EXPECT_EQ(open_code(), "ledger_missing");
  EXPECT_EQ(open_sqlite_reader(options_).error().code, "ledger_missing");
  EXPECT_FALSE(std::filesystem::exists(options_.path + ".lock"));
  create();
  EXPECT_EQ(open_code(), "ok");
  EXPECT_EQ(create_sqlite_journal(options_).error().code, "ledger_exists");
  EXPECT_EQ(open_code(), "ok");
}

TEST_F(SqliteJournal, CannotBeMadeWhereThereIsNoFolder) {
  options_.path = folder_ / "nowhere" / "journal.db";
  EXPECT_EQ(create_sqlite_journal(options_).error().code, "storage_failed");
}

TEST_F(SqliteJournal, HasOneWriterAndReadersBesideIt) {
  create();
  std::unique_ptr<Journal> writer = open();
  EXPECT_EQ(open_code(), "ledger_in_use");
  const auto reader = open_sqlite_reader(options_);
  ASSERT_TRUE(reader.ok());
  ASSERT_TRUE(writer->append(one_record(0)).ok());
  EXPECT_EQ((*reader)->size().value(), 1U);
  ASSERT_TRUE(writer->reopen().ok());
  EXPECT_EQ(open_code(), "ledger_in_use") << "the lock is kept while reopening";
  writer.reset();
  EXPECT_EQ(open_code(), "ok");
  EXPECT_EQ((*reader)->size().value(), 1U) << "a reader outlives the writer";
}

TEST_F(SqliteJournal, AReaderNeedsNoWriter) {
  create();
  ASSERT_TRUE(open()->append(one_record(0)).ok());
  const auto reader = open_sqlite_reader(options_);
  ASSERT_TRUE(reader.ok()) << reader.error().code;
  EXPECT_EQ((*reader)->size().value(), 1U);
  EXPECT_EQ(open_code(), "ok") << "a reader takes no lock";
}

TEST_F(SqliteJournal, OtherFormatsAreRefused) {
  create();
  run_sql("PRAGMA user_version=2");
  EXPECT_EQ(open_code(), "ledger_format");
  EXPECT_EQ(open_sqlite_reader(options_).error().code, "ledger_format");
  run_sql("PRAGMA user_version=1; PRAGMA application_id=1");
  EXPECT_EQ(open_code(), "ledger_format");
}

TEST_F(SqliteJournal, WhatIsNoDatabaseIsDamaged) {
  std::ofstream(options_.path) << std::string(10'000, 'x');
  EXPECT_EQ(open_code(), "journal_damaged");
  EXPECT_EQ(open_sqlite_reader(options_).error().code, "journal_damaged");
  EXPECT_EQ(create_sqlite_journal(options_).error().code, "ledger_exists");
}

TEST_F(SqliteJournal, AMissingRecordIsAGap) {
  create();
  {
    const auto journal = open();
    for (std::uint64_t i = 0; i < 5; ++i) ASSERT_TRUE(journal->append(one_record(i)).ok());
  }
  run_sql("DELETE FROM records WHERE seq = 2");
  const auto reader = open_sqlite_reader(options_).value();
  const auto records = reader->read(Seq{0}, kAll, kAll);
  ASSERT_FALSE(records.ok());
  EXPECT_EQ(records.error().code, "journal_gap");
  EXPECT_EQ(reader->read_headers(Seq{2}, kAll).error().code, "journal_gap");
  EXPECT_EQ(reader->read(Seq{3}, kAll, kAll).value().size(), 2U);
}

TEST_F(SqliteJournal, DamagedPagesAreReportedNotRead) {
  create();
  {
    const auto journal = open();
    Batch batch = one_record(0);
    while (batch.records.size() < 500) batch.records.push_back(batch.records.front());
    ASSERT_TRUE(journal->append(batch).ok());
  }
  std::fstream file(options_.path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(16 * 4096);
  file << std::string(40 * 4096, '\xee');
  file.close();
  const auto reader = open_sqlite_reader(options_).value();
  const auto records = reader->read(Seq{0}, kAll, kAll);
  ASSERT_FALSE(records.ok());
  EXPECT_EQ(records.error().code, "journal_damaged");
}

TEST_F(SqliteJournal, AnErasedKeyIsInNoFile) {
  create();
  SeededRandom random(2019);
  const auto journal = open();
  const auto reader = journal->open_reader().value();
  Batch batch;
  for (std::uint64_t subject = 1; subject <= 3; ++subject)
    batch.subject_keys.push_back({subject, "2019-09", wrapped_key(random)});
  ASSERT_TRUE(journal->append(batch).ok());
  const Bytes first = batch.subject_keys[0].wrapped;
  const Bytes second = batch.subject_keys[1].wrapped;
  const Bytes third = batch.subject_keys[2].wrapped;
  EXPECT_TRUE(stored_anywhere(first));
  ASSERT_TRUE(reader->subject_key(1).value());
  ASSERT_TRUE(journal->erase_subject_key(1).ok());
  EXPECT_FALSE(stored_anywhere(first));
  EXPECT_TRUE(stored_anywhere(second));

  // In a batch, and cleansed by tend().
  Batch erasing = one_record(0);
  erasing.erased_subjects = {2};
  ASSERT_TRUE(journal->append(erasing).ok());
  ASSERT_TRUE(journal->tend().ok());
  EXPECT_FALSE(stored_anywhere(second));
  EXPECT_TRUE(stored_anywhere(third));

  // Replaced, as when keys are wrapped anew.
  Batch rewrapping = one_record(1);
  rewrapping.subject_keys = {{3, "2019-10", wrapped_key(random)}};
  ASSERT_TRUE(journal->append(rewrapping).ok());
  ASSERT_TRUE(journal->erase_subject_key(3).ok());
  EXPECT_FALSE(stored_anywhere(third));
  EXPECT_FALSE(stored_anywhere(rewrapping.subject_keys[0].wrapped));
}

// Keys of random subjects move between pages when pages split and join; no copy may stay behind.
TEST_F(SqliteJournal, ErasedKeysLeaveNoCopyWhereTheyOnceStood) {
  constexpr std::uint64_t kSeed = 4;
  create();
  SeededRandom random(kSeed);
  const auto journal = open();
  std::map<std::uint64_t, Bytes> keys;
  for (int round = 0; round < 40; ++round) {
    Batch batch;
    for (int i = 0; i < 60; ++i) {
      const std::uint64_t subject = random.next_u64();
      keys[subject] = wrapped_key(random);
      batch.subject_keys.push_back({subject, "2019-09", keys[subject]});
    }
    ASSERT_TRUE(journal->append(batch).ok());
  }
  std::vector<Bytes> erased;
  Batch batch;
  for (auto key = keys.begin(); key != keys.end();) {
    if (random.next_u64() % 3 == 0) {
      ++key;
      continue;
    }
    batch.erased_subjects.push_back(key->first);
    erased.push_back(key->second);
    key = keys.erase(key);
    if (batch.erased_subjects.size() < 50) continue;
    ASSERT_TRUE(journal->append(batch).ok());
    batch.erased_subjects.clear();
  }
  ASSERT_TRUE(journal->append(batch).ok());
  ASSERT_TRUE(journal->erase_subject_key(0).ok());
  const std::string stored = stored_bytes(folder_);
  std::size_t found = 0;
  for (const Bytes& key : erased) found += stored.find(as_text(key)) == std::string::npos ? 0 : 1;
  EXPECT_EQ(found, 0U) << "of " << erased.size() << ", seed " << kSeed;
  for (const auto& [subject, key] : keys)
    ASSERT_NE(stored.find(as_text(key)), std::string::npos) << subject;
}

TEST_F(SqliteJournal, ErasureWaitsForAReaderAndIsThenPending) {
  create();
  SeededRandom random(1);
  const auto journal = open();
  Batch batch = one_record(0);
  batch.subject_keys = {{1, "2019-09", wrapped_key(random)}};
  ASSERT_TRUE(journal->append(batch).ok());

  sqlite3* busy = nullptr;
  ASSERT_EQ(sqlite3_open(options_.path.c_str(), &busy), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(busy, "BEGIN; SELECT * FROM records", nullptr, nullptr, nullptr),
            SQLITE_OK);
  const Outcome outcome = journal->erase_subject_key(1);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, "erase_pending");
  EXPECT_FALSE(journal->open_reader().value()->subject_key(1).value()) << "deleted all the same";
  EXPECT_TRUE(journal->tend().ok());
  EXPECT_TRUE(stored_anywhere(batch.subject_keys[0].wrapped));
  EXPECT_TRUE(journal->append(one_record(1)).ok()) << "work goes on";
  sqlite3_close(busy);

  EXPECT_TRUE(journal->tend().ok());
  EXPECT_FALSE(stored_anywhere(batch.subject_keys[0].wrapped));
}

// After a crash the log holds what was erased; opening cleanses it.
TEST_F(SqliteJournal, OpeningEmptiesTheLogACrashLeft) {
  create();
  SeededRandom random(1);
  const Bytes wrapped = wrapped_key(random);
  const std::filesystem::path crashed = folder_ / "crashed";
  std::filesystem::create_directory(crashed);
  {
    const auto journal = open();
    Batch batch = one_record(0);
    batch.subject_keys = {{1, "2019-09", wrapped}};
    ASSERT_TRUE(journal->append(batch).ok());
    batch = one_record(1);
    batch.erased_subjects = {1};
    ASSERT_TRUE(journal->append(batch).ok());
    std::filesystem::copy(options_.path, crashed / "journal.db");
    std::filesystem::copy(options_.path + "-wal", crashed / "journal.db-wal");
  }
  ASSERT_NE(stored_bytes(crashed).find(as_text(wrapped)), std::string::npos);
  options_.path = crashed / "journal.db";
  const auto journal = open();
  EXPECT_EQ(journal->open_reader().value()->size().value(), 2U);
  EXPECT_EQ(stored_bytes(crashed).find(as_text(wrapped)), std::string::npos);
}

// Where commits kept coming it grew to a quarter of a gigabyte, and then one commit waited for all
// of that to be moved. What a reader pins here is what commits add beside tend() there.
TEST_F(SqliteJournal, AppendMovesTheLittleThatTendLeftOfALongLog) {
  create();
  const auto journal = open();
  Batch batch = one_record(0);
  batch.records.front().body.resize(200'000);
  const auto append = [&] {
    ASSERT_TRUE(journal->append(batch).ok());
    ++batch.expected_size;
  };
  for (int i = 0; i < 200; ++i) append();
  sqlite3* busy = nullptr;
  ASSERT_EQ(sqlite3_open(options_.path.c_str(), &busy), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(busy, "BEGIN; SELECT seq FROM records LIMIT 1", nullptr, nullptr, nullptr),
            SQLITE_OK);
  append();
  ASSERT_TRUE(journal->tend().ok());
  EXPECT_GT(journal->untended_bytes(), 0U);
  EXPECT_LT(journal->untended_bytes(), 1'000'000U);
  sqlite3_close(busy);
  append();
  EXPECT_EQ(journal->untended_bytes(), 0U);
  const auto longest = std::filesystem::file_size(options_.path + "-wal");
  for (int i = 0; i < 20; ++i) append();
  EXPECT_EQ(std::filesystem::file_size(options_.path + "-wal"), longest) << "it starts over";
  EXPECT_EQ(journal->open_reader().value()->size().value(), batch.expected_size);
}

TEST_F(SqliteJournal, TendMovesTheLogIntoTheFile) {
  create();
  const auto journal = open();
  Batch batch = one_record(0);
  while (batch.records.size() < 5000) batch.records.push_back(batch.records.front());
  ASSERT_TRUE(journal->append(batch).ok());
  const auto before = std::filesystem::file_size(options_.path);
  EXPECT_GT(journal->untended_bytes(), 1'000'000U);
  ASSERT_TRUE(journal->tend().ok());
  EXPECT_EQ(journal->untended_bytes(), 0U);
  EXPECT_GT(std::filesystem::file_size(options_.path), before + 1'000'000);
}

}  // namespace
}  // namespace tz::journal
