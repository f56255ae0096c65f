// What journal.h promises, asked of every backend alike.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <ostream>
#include <thread>

#include "base/random.h"
#include "journal/memory_journal.h"
#include "journal/sqlite_journal.h"

namespace tz::journal {

bool operator==(const StoredRecord& a, const StoredRecord& b) {
  return a.header == b.header && a.body == b.body;
}

namespace {

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

// A place a journal is kept in, which outlives the journals opened on it.
class Place {
 public:
  virtual ~Place() = default;
  virtual Result<std::unique_ptr<Journal>> open() = 0;
};

class MemoryPlace final : public Place {
 public:
  Result<std::unique_ptr<Journal>> open() override { return open_memory_journal(store_); }

 private:
  std::shared_ptr<MemoryStore> store_ = make_memory_store();
};

class SqlitePlace final : public Place {
 public:
  SqlitePlace() {
    std::string folder = testing::TempDir() + "/tz_contract_XXXXXX";
    EXPECT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    options_.path = folder_ / "journal.db";
    EXPECT_TRUE(create_sqlite_journal(options_).ok());
  }
  ~SqlitePlace() override { std::filesystem::remove_all(folder_); }
  Result<std::unique_ptr<Journal>> open() override { return open_sqlite_journal(options_); }

 private:
  std::filesystem::path folder_;
  SqliteOptions options_;
};

struct Backend {
  std::string name;
  std::function<std::unique_ptr<Place>()> make;
};

// Without it a test's listed name would hold the parameter's bytes.
void PrintTo(const Backend& backend, std::ostream* out) { *out << backend.name; }

class JournalContract : public testing::TestWithParam<Backend> {
 protected:
  JournalContract() : place_(GetParam().make()) { open(); }

  void open() {
    reader_.reset();
    journal_.reset();
    auto journal = place_->open();
    ASSERT_TRUE(journal.ok()) << journal.error().code;
    journal_ = std::move(journal).value();
    auto reader = journal_->open_reader();
    ASSERT_TRUE(reader.ok()) << reader.error().code;
    reader_ = std::move(reader).value();
  }
  std::uint64_t size() { return reader_->size().value(); }
  std::vector<StoredRecord> all() { return reader_->read(Seq{0}, kAll, kAll).value(); }

  std::unique_ptr<Place> place_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<Reader> reader_;
};

StoredRecord record_of(std::uint8_t byte, std::size_t body_size = 10) {
  return {Bytes(5, byte), Bytes(body_size, byte)};
}

Batch records_batch(std::uint64_t expected_size, std::size_t count) {
  Batch batch;
  batch.expected_size = expected_size;
  for (std::size_t i = 0; i < count; ++i)
    batch.records.push_back(record_of(static_cast<std::uint8_t>(expected_size + i)));
  return batch;
}

Batch kept_batch(std::uint64_t expected_size, std::vector<KeptRow> rows) {
  Batch batch;
  batch.expected_size = expected_size;
  batch.kept = std::move(rows);
  return batch;
}

TEST_P(JournalContract, StartsEmpty) {
  EXPECT_EQ(size(), 0U);
  EXPECT_TRUE(all().empty());
  EXPECT_TRUE(reader_->read_headers(Seq{0}, kAll).value().empty());
  EXPECT_FALSE(reader_->subject_key(1).value());
  EXPECT_FALSE(reader_->kept("a", Bytes{1}).value());
  EXPECT_TRUE(reader_->kept_all("a").value().empty());
  EXPECT_FALSE(reader_->tree_hash(1, 0).value());
  EXPECT_TRUE(reader_->tree_hashes().value().empty());
  EXPECT_FALSE(reader_->checkpoint(kAll).value());
  EXPECT_TRUE(reader_->checkpoints(0, kAll).value().empty());
}

TEST_P(JournalContract, AppendedRecordsAreReadInOrder) {
  ASSERT_TRUE(journal_->append(records_batch(0, 3)).ok());
  ASSERT_TRUE(journal_->append(records_batch(3, 4)).ok());
  EXPECT_EQ(size(), 7U);
  EXPECT_EQ(all(), records_batch(0, 7).records);
  const auto tail = reader_->read(Seq{5}, kAll, kAll).value();
  EXPECT_EQ(tail, records_batch(5, 2).records);
  EXPECT_TRUE(reader_->read(Seq{7}, kAll, kAll).value().empty());
  EXPECT_TRUE(reader_->read(Seq{std::numeric_limits<std::uint64_t>::max()}, 1, 1).value().empty());
  const auto headers = reader_->read_headers(Seq{6}, kAll).value();
  EXPECT_EQ(headers, std::vector<Bytes>{record_of(6).header});
}

TEST_P(JournalContract, RecordsAreReadByTheirNumbers) {
  const auto read = [this](std::vector<Seq> seqs) { return reader_->read_each(seqs).value(); };
  EXPECT_TRUE(read({}).empty());
  EXPECT_TRUE(read({Seq{0}}).empty()) << "of nothing";
  ASSERT_TRUE(journal_->append(records_batch(0, 10)).ok());
  EXPECT_TRUE(read({}).empty());
  EXPECT_EQ(read({Seq{0}, Seq{3}, Seq{9}}),
            (std::vector<StoredRecord>{record_of(0), record_of(3), record_of(9)}));
  EXPECT_EQ(read({Seq{8}, Seq{10}, Seq{11}}), std::vector<StoredRecord>{record_of(8)})
      << "up to the first that is not there";
  EXPECT_TRUE(read({Seq{std::numeric_limits<std::uint64_t>::max()}}).empty());
  ASSERT_TRUE(journal_->append(records_batch(10, 1)).ok());
  EXPECT_EQ(read({Seq{10}}), std::vector<StoredRecord>{record_of(10)}) << "the state of now";
}

TEST_P(JournalContract, ReadingKeepsItsLimits) {
  ASSERT_TRUE(journal_->append(records_batch(0, 10)).ok());  // 15 bytes each
  EXPECT_EQ(reader_->read(Seq{0}, 4, kAll).value().size(), 4U);
  EXPECT_EQ(reader_->read(Seq{0}, 0, kAll).value().size(), 0U);
  EXPECT_EQ(reader_->read(Seq{0}, kAll, 45).value().size(), 3U);
  EXPECT_EQ(reader_->read(Seq{0}, kAll, 44).value().size(), 2U);
  EXPECT_EQ(reader_->read(Seq{0}, kAll, 0).value().size(), 1U) << "the first always comes";
  EXPECT_EQ(reader_->read_headers(Seq{3}, 2).value().size(), 2U);
}

TEST_P(JournalContract, EmptyBytesAreBytes) {
  Batch batch = kept_batch(0, {{"space", {}, Bytes{}}});
  batch.records.push_back({});
  ASSERT_TRUE(journal_->append(batch).ok());
  EXPECT_EQ(all(), std::vector<StoredRecord>(1));
  EXPECT_EQ(reader_->kept("space", {}).value(), std::optional(Bytes{}));
}

TEST_P(JournalContract, KeptRowsAreReadFromAKeyOn) {
  ASSERT_TRUE(journal_
                  ->append(kept_batch(0, {{"a", Bytes{9}, Bytes{1}},
                                          {"b", Bytes{1}, Bytes{1}},
                                          {"b", Bytes{1, 0}, Bytes{2}},
                                          {"b", Bytes{2}, Bytes{3}},
                                          {"c", Bytes{0}, Bytes{4}}}))
                  .ok());
  const auto keys = [&](const Bytes& from, std::size_t count_max) {
    std::vector<Bytes> out;
    for (const KeptRow& row : reader_->kept_from("b", from, count_max).value())
      out.push_back(row.key);
    return out;
  };
  EXPECT_EQ(keys({}, kAll), (std::vector<Bytes>{{1}, {1, 0}, {2}}));
  EXPECT_EQ(keys({1, 0}, kAll), (std::vector<Bytes>{{1, 0}, {2}}));
  EXPECT_EQ(keys({}, 2), (std::vector<Bytes>{{1}, {1, 0}}));
  EXPECT_EQ(keys({3}, kAll), std::vector<Bytes>());
}

TEST_P(JournalContract, AnotherSizeIsRefusedAndNothingWritten) {
  ASSERT_TRUE(journal_->append(records_batch(0, 2)).ok());
  for (std::uint64_t wrong : {0, 1, 3}) {
    Batch batch = records_batch(wrong, 1);
    batch.kept.push_back({"space", Bytes{1}, Bytes{1}});
    EXPECT_EQ(journal_->append(batch).error().code, "journal_moved");
  }
  EXPECT_EQ(size(), 2U);
  EXPECT_FALSE(reader_->kept("space", Bytes{1}).value());
  EXPECT_TRUE(journal_->append(records_batch(2, 1)).ok());
}

TEST_P(JournalContract, SubjectKeysArePutReplacedAndErased) {
  constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();
  Batch batch;
  batch.subject_keys = {{0, "2019-09", Bytes{1}}, {kLargest, "2019-09", Bytes{2}}};
  ASSERT_TRUE(journal_->append(batch).ok());
  EXPECT_EQ(reader_->subject_key(0).value()->wrapped, Bytes{1});
  EXPECT_EQ(reader_->subject_key(kLargest).value()->wrapped, Bytes{2});
  EXPECT_EQ(reader_->subject_key(kLargest).value()->subject, kLargest);

  batch.subject_keys = {{0, "2019-10", Bytes{3}}};
  ASSERT_TRUE(journal_->append(batch).ok());
  EXPECT_EQ(reader_->subject_key(0).value()->wrapping_key, "2019-10");
  EXPECT_EQ(reader_->subject_key(0).value()->wrapped, Bytes{3});

  ASSERT_TRUE(journal_->erase_subject_key(0).ok());
  EXPECT_FALSE(reader_->subject_key(0).value());
  EXPECT_TRUE(reader_->subject_key(kLargest).value());
  EXPECT_TRUE(journal_->erase_subject_key(0).ok()) << "erasing twice harms nothing";
}

TEST_P(JournalContract, ErasureInABatchComesAfterItsKeys) {
  Batch batch;
  batch.subject_keys = {{1, "2019-09", Bytes{1}}, {2, "2019-09", Bytes{2}}};
  batch.erased_subjects = {2};
  ASSERT_TRUE(journal_->append(batch).ok());
  EXPECT_TRUE(reader_->subject_key(1).value());
  EXPECT_FALSE(reader_->subject_key(2).value());
  EXPECT_TRUE(journal_->tend().ok());
}

TEST_P(JournalContract, WhatIsWrappedAnewWasThere) {
  Batch batch;
  batch.subject_keys = {{1, "2019-09", Bytes{1}}, {2, "2019-09", Bytes{2}}};
  ASSERT_TRUE(journal_->append(batch).ok());
  ASSERT_TRUE(journal_->erase_subject_key(2).ok());
  Batch renewal;
  renewal.rewrapped_keys = {{1, "2019-10", Bytes{3}}, {2, "2019-10", Bytes{4}}};
  ASSERT_TRUE(journal_->append(renewal).ok());
  EXPECT_EQ(reader_->subject_key(1).value()->wrapping_key, "2019-10");
  EXPECT_EQ(reader_->subject_key(1).value()->wrapped, Bytes{3});
  EXPECT_FALSE(reader_->subject_key(2).value()) << "what was erased stays so";
  renewal.rewrapped_keys = {{1, "2019-11", Bytes{5}}};
  renewal.erased_subjects = {1};
  ASSERT_TRUE(journal_->append(renewal).ok());
  EXPECT_FALSE(reader_->subject_key(1).value());
}

TEST_P(JournalContract, SubjectKeysAreReadInOrder) {
  Batch batch;
  batch.subject_keys = {{32, "2019-10", Bytes{3}}, {1, "2019-09", Bytes{1}}, {16, "2019-09", {}}};
  ASSERT_TRUE(journal_->append(batch).ok());
  const auto subjects = [&](std::uint64_t from, std::size_t count_max) {
    std::vector<std::uint64_t> out;
    for (const SubjectKeyRow& row : reader_->subject_keys(from, count_max).value())
      out.push_back(row.subject);
    return out;
  };
  EXPECT_EQ(subjects(0, 9), (std::vector<std::uint64_t>{1, 16, 32}));
  EXPECT_EQ(subjects(2, 1), (std::vector<std::uint64_t>{16}));
  EXPECT_TRUE(subjects(33, 9).empty());
  const SubjectKeyRow last = reader_->subject_keys(32, 1).value().at(0);
  EXPECT_EQ(last.wrapping_key, "2019-10");
  EXPECT_EQ(last.wrapped, Bytes{3});
}

TEST_P(JournalContract, KeptRowsArePutReplacedAndDeleted) {
  ASSERT_TRUE(journal_
                  ->append(kept_batch(0, {{"b", Bytes{2}, Bytes{20}},
                                          {"b", Bytes{1, 0}, Bytes{10}},
                                          {"b", Bytes{1}, Bytes{11}},
                                          {"b", Bytes{255}, Bytes{12}},
                                          {"a", Bytes{2}, Bytes{99}},
                                          {"bb", Bytes{2}, Bytes{98}}}))
                  .ok());
  const auto rows = reader_->kept_all("b").value();
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].key, Bytes{1});
  EXPECT_EQ(rows[1].key, (Bytes{1, 0}));
  EXPECT_EQ(rows[2].key, Bytes{2});
  EXPECT_EQ(rows[3].key, Bytes{255});
  EXPECT_EQ(rows[3].value, Bytes{12});

  // Within a batch the later row counts.
  ASSERT_TRUE(journal_
                  ->append(kept_batch(0, {{"b", Bytes{2}, Bytes{21}},
                                          {"b", Bytes{2}, Bytes{22}},
                                          {"b", Bytes{1}, std::nullopt},
                                          {"b", Bytes{7}, std::nullopt}}))
                  .ok());
  EXPECT_EQ(reader_->kept("b", Bytes{2}).value(), Bytes{22});
  EXPECT_FALSE(reader_->kept("b", Bytes{1}).value());
  EXPECT_EQ(reader_->kept("a", Bytes{2}).value(), Bytes{99});
  EXPECT_EQ(reader_->kept_all("b").value().size(), 3U);
}

TEST_P(JournalContract, TreeHashesAreFoundByLevelAndIndex) {
  const auto filled = [](std::uint8_t byte) {
    Hash hash;
    hash.fill(byte);
    return hash;
  };
  Batch batch;
  batch.tree_hashes = {{2, 0, filled(3)}, {1, 1, filled(2)}, {1, 0, filled(1)}};
  ASSERT_TRUE(journal_->append(batch).ok());
  EXPECT_EQ(reader_->tree_hash(1, 0).value(), filled(1));
  EXPECT_EQ(reader_->tree_hash(2, 0).value(), filled(3));
  EXPECT_FALSE(reader_->tree_hash(2, 1).value());
  const auto rows = reader_->tree_hashes().value();
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[1].index, 1U);
  EXPECT_EQ(rows[1].hash, filled(2));
  EXPECT_EQ(rows[2].level, 2U);
}

TEST_P(JournalContract, CheckpointsAreFoundBySize) {
  Batch batch;
  batch.checkpoints = {{30, "thirty"}, {10, "ten"}, {20, "twenty"}};
  ASSERT_TRUE(journal_->append(batch).ok());
  EXPECT_FALSE(reader_->checkpoint(9).value());
  EXPECT_EQ(reader_->checkpoint(10).value()->note, "ten");
  EXPECT_EQ(reader_->checkpoint(29).value()->note, "twenty");
  EXPECT_EQ(reader_->checkpoint(std::numeric_limits<std::uint64_t>::max()).value()->size, 30U);
  const auto rows = reader_->checkpoints(11, 1).value();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].note, "twenty");
  EXPECT_EQ(reader_->checkpoints(0, kAll).value().size(), 3U);
}

TEST_P(JournalContract, EverythingIsThereAfterOpeningAgain) {
  Batch batch = records_batch(0, 300);
  batch.subject_keys = {{5, "2019-09", Bytes{1, 2, 3}}};
  batch.kept = {{"space", Bytes{9}, Bytes{8}}};
  batch.tree_hashes = {{1, 0, Hash{4}}};
  batch.checkpoints = {{300, "note"}};
  ASSERT_TRUE(journal_->append(batch).ok());
  open();
  EXPECT_EQ(size(), 300U);
  EXPECT_EQ(all(), batch.records);
  EXPECT_EQ(reader_->subject_key(5).value()->wrapped, (Bytes{1, 2, 3}));
  EXPECT_EQ(reader_->kept("space", Bytes{9}).value(), Bytes{8});
  EXPECT_EQ(reader_->tree_hash(1, 0).value(), Hash{4});
  EXPECT_EQ(reader_->checkpoint(300).value()->note, "note");
  EXPECT_EQ(journal_->append(records_batch(0, 1)).error().code, "journal_moved");
  EXPECT_TRUE(journal_->append(records_batch(300, 1)).ok());
}

TEST_P(JournalContract, ReopeningKeepsWhatIsThereAndItsReaders) {
  ASSERT_TRUE(journal_->append(records_batch(0, 5)).ok());
  ASSERT_TRUE(journal_->tend().ok());
  ASSERT_TRUE(journal_->reopen().ok());
  EXPECT_EQ(size(), 5U);
  EXPECT_TRUE(journal_->append(records_batch(5, 2)).ok());
  EXPECT_EQ(size(), 7U) << "a reader from before";
  EXPECT_TRUE(journal_->tend().ok());
  EXPECT_EQ(journal_->open_reader().value()->size().value(), 7U);
}

// The journal as two plain containers.
struct Model {
  std::vector<StoredRecord> records;
  std::map<std::uint64_t, Bytes> subject_keys;
  std::map<std::pair<std::string, Bytes>, Bytes> kept;
};

Bytes some_bytes(Random& random, std::size_t size_max) {
  Bytes bytes(random.next_u64() % (size_max + 1));
  random.fill(bytes);
  return bytes;
}

Batch random_batch(Random& random, Model& model) {
  Batch batch;
  batch.expected_size = model.records.size();
  const std::size_t body_max = random.next_u64() % 10 == 0 ? 40'000 : 300;
  for (std::uint64_t i = random.next_u64() % 20; i > 0; --i) {
    batch.records.push_back({some_bytes(random, 200), some_bytes(random, body_max)});
    model.records.push_back(batch.records.back());
  }
  for (std::uint64_t i = random.next_u64() % 4; i > 0; --i) {
    batch.subject_keys.push_back({random.next_u64() % 20, "m", some_bytes(random, 80)});
    model.subject_keys[batch.subject_keys.back().subject] = batch.subject_keys.back().wrapped;
  }
  for (std::uint64_t i = random.next_u64() % 3; i > 0; --i) {
    batch.erased_subjects.push_back(random.next_u64() % 20);
    model.subject_keys.erase(batch.erased_subjects.back());
  }
  for (std::uint64_t i = random.next_u64() % 6; i > 0; --i) {
    KeptRow row{random.next_u64() % 2 == 0 ? "a" : "b", some_bytes(random, 1), std::nullopt};
    if (random.next_u64() % 3 != 0) row.value = some_bytes(random, 50);
    if (row.value)
      model.kept[{row.space, row.key}] = *row.value;
    else
      model.kept.erase({row.space, row.key});
    batch.kept.push_back(row);
  }
  return batch;
}

void expect_same(Reader& reader, const Model& model) {
  ASSERT_EQ(reader.size().value(), model.records.size());
  ASSERT_EQ(reader.read(Seq{0}, kAll, kAll).value(), model.records);
  for (std::uint64_t subject = 0; subject < 20; ++subject) {
    const auto row = reader.subject_key(subject).value();
    const auto expected = model.subject_keys.find(subject);
    ASSERT_EQ(row.has_value(), expected != model.subject_keys.end());
    if (row) {
      ASSERT_EQ(row->wrapped, expected->second);
    }
  }
  std::map<std::pair<std::string, Bytes>, Bytes> kept;
  for (const char* space : {"a", "b"})
    for (const KeptRow& row : reader.kept_all(space).value()) kept[{space, row.key}] = *row.value;
  ASSERT_EQ(kept, model.kept);
}

TEST_P(JournalContract, AgreesWithPlainContainers) {
  constexpr std::uint64_t kSeed = 704'474;
  std::printf("seed %llu\n", static_cast<unsigned long long>(kSeed));
  SeededRandom random(kSeed);
  Model model;
  for (int round = 0; round < 120; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    switch (random.next_u64() % 8) {
      case 0:
        ASSERT_TRUE(journal_->tend().ok());
        break;
      case 1:
        open();
        break;
      case 2: {
        const std::uint64_t subject = random.next_u64() % 20;
        ASSERT_TRUE(journal_->erase_subject_key(subject).ok());
        model.subject_keys.erase(subject);
        break;
      }
      default:
        ASSERT_TRUE(journal_->append(random_batch(random, model)).ok());
    }
    ASSERT_NO_FATAL_FAILURE(expect_same(*reader_, model));
  }
}

TEST_P(JournalContract, OtherThreadsSeeWholeBatchesAlone) {
  constexpr std::size_t kBatchSize = 7;
  constexpr std::uint64_t kBatches = 60;
  std::atomic<bool> done{false};
  std::atomic<std::uint64_t> torn{0};
  std::thread reading([&] {
    const std::unique_ptr<Reader> reader = journal_->open_reader().value();
    std::size_t before = 0;
    while (!done) {
      const std::size_t count = reader->read(Seq{0}, kAll, kAll).value().size();
      if (count % kBatchSize != 0 || count < before) ++torn;
      before = count;
    }
  });
  std::thread tending([&] {
    while (!done)
      if (!journal_->tend().ok()) ++torn;
  });
  std::uint64_t appended = 0;
  while (appended < kBatches &&
         journal_->append(records_batch(appended * kBatchSize, kBatchSize)).ok())
    ++appended;
  done = true;
  reading.join();
  tending.join();
  EXPECT_EQ(appended, kBatches);
  EXPECT_EQ(torn, 0U);
  EXPECT_EQ(size(), kBatches * kBatchSize);
}

INSTANTIATE_TEST_SUITE_P(
    Backends, JournalContract,
    testing::Values(Backend{"memory", [] { return std::make_unique<MemoryPlace>(); }},
                    Backend{"sqlite", [] { return std::make_unique<SqlitePlace>(); }}),
    [](const testing::TestParamInfo<Backend>& backend) { return backend.param.name; });

// An absent backend is said, not left out in silence.
TEST(JournalBackends, PostgresqlIsAbsent) {
  std::printf("backend postgresql: absent, its contract was not tested\n");
}

}  // namespace
}  // namespace tz::journal
