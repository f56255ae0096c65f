// Random work on a journal over a faulty disk, beside plain containers of what was acknowledged.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "journal/journal.h"
#include "journal/sqlite_journal.h"
#include "support/faulty_vfs.h"

namespace tz::test {

// All that a journal is to hold.
struct Contents {
  std::vector<journal::StoredRecord> records;
  std::map<std::uint64_t, Bytes> subject_keys;
  std::map<Bytes, Bytes> kept;
  std::map<std::uint64_t, Hash> tree_hashes;
  std::map<std::uint64_t, std::string> checkpoints;

  void apply(const journal::Batch& batch);
  friend bool operator==(const Contents& a, const Contents& b);
};

// A broken promise, in words; none when all is well.
using Violation = std::optional<std::string>;

// One seed's story: the same seed, disk and faults give the same story.
class JournalWorkload {
 public:
  JournalWorkload(FaultyDisk& disk, journal::SqliteOptions options, std::uint64_t seed);

  // Whether subjects are erased; an erasure waits for readers that another test keeps waiting.
  void set_erasing(bool is_erasing) { is_erasing_ = is_erasing; }

  // Opens the journal; false when a fault hindered it.
  bool open();
  void close();
  [[nodiscard]] bool is_open() const { return journal_ != nullptr; }
  // One random step. Tells of an error that no fault explains, and of a receipt that does not
  // hold. After an append or erasure of doubtful outcome the journal waits for reopen().
  Violation step();
  // Opens the journal again within the process; false when a fault hindered it.
  bool reopen();
  [[nodiscard]] bool needs_reopening() const { return needs_reopening_; }

  // Needs the journal open. Reads everything and compares: the contents are those acknowledged, or
  // those with the one doubtful change whole; which it is, is settled by this.
  Violation check();
  // Before anything is opened after a restart: no cleansed key lies anywhere on the disk.
  Violation check_erased() const;

  [[nodiscard]] std::size_t acknowledged_count() const { return acknowledged_count_; }

 private:
  Violation append();
  Violation erase();
  Violation tend();
  Violation look();
  Violation judge(const Error& error, const std::string& action);
  journal::Batch random_batch();
  journal::StoredRecord random_record(std::uint64_t seq);
  Bytes random_bytes(std::size_t size);
  Result<Contents> read_all();

  FaultyDisk& disk_;
  const journal::SqliteOptions options_;
  SeededRandom random_;
  bool is_erasing_ = true;
  std::unique_ptr<journal::Journal> journal_;
  bool needs_reopening_ = false;
  Contents acknowledged_;
  std::optional<journal::Batch> doubtful_;
  std::set<Bytes> erased_;    // keys deleted, their bytes perhaps still in the log
  std::set<Bytes> cleansed_;  // keys whose bytes must be nowhere
  std::size_t acknowledged_count_ = 0;
};

}  // namespace tz::test
