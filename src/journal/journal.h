// The append-only log: what happened, in order.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"
#include "base/sha256.h"
#include "journal/record.h"

namespace tz::journal {

// A subject's key, wrapped under the wrapping key of that name; deleted to erase the subject.
struct SubjectKeyRow {
  std::uint64_t subject = 0;
  std::string wrapping_key;  // e.g. "2019-09"
  Bytes wrapped;
};

// Small rows that must change in the same transaction as the records (accounts, idempotency keys).
struct KeptRow {
  std::string space;
  Bytes key;
  std::optional<Bytes> value;  // none: delete
};

// The root of one full subtree of 256^level records, level >= 1.
struct TreeHashRow {
  std::uint8_t level = 1;
  std::uint64_t index = 0;
  Hash hash{};
};

struct CheckpointRow {
  std::uint64_t size = 0;
  std::string note;  // signed note
};

// One transaction. A row replaces the one of the same key; subjects are erased after keys are put
// and rewrapped.
struct Batch {
  std::uint64_t expected_size = 0;  // records the caller believes are there
  std::vector<StoredRecord> records;
  std::vector<SubjectKeyRow> subject_keys;
  // Replace the row of their subject where there still is one: what was erased stays so.
  std::vector<SubjectKeyRow> rewrapped_keys;
  // Deleted at once; the log may yield them until tend() or erase_subject_key() has cleansed it.
  std::vector<std::uint64_t> erased_subjects;
  // What rows of `kept` replace or delete must go from the log too, as keys of subjects do.
  bool cleanse = false;
  std::vector<KeptRow> kept;
  std::vector<TreeHashRow> tree_hashes;
  std::vector<CheckpointRow> checkpoints;
};

// Reads what is durable. One thread at a time a reader; many readers beside the writer.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual Result<std::uint64_t> size() = 0;
  // Records from `from` on, at most `count_max` of them and, after the first, at most about
  // `bytes_max` bytes. Empty past the end.
  virtual Result<std::vector<StoredRecord>> read(Seq from, std::size_t count_max,
                                                 std::size_t bytes_max) = 0;
  // The records of these numbers, which ascend, all of one durable state; up to the first that is
  // not there.
  virtual Result<std::vector<StoredRecord>> read_each(std::span<const Seq> seqs) = 0;
  // Headers alone, for tiles and proofs.
  virtual Result<std::vector<Bytes>> read_headers(Seq from, std::size_t count_max) = 0;
  virtual Result<std::optional<SubjectKeyRow>> subject_key(std::uint64_t subject) = 0;
  // By subject, from `from` on.
  virtual Result<std::vector<SubjectKeyRow>> subject_keys(std::uint64_t from,
                                                          std::size_t count_max) = 0;
  virtual Result<std::optional<Bytes>> kept(std::string_view space, BytesView key) = 0;
  virtual Result<std::vector<KeptRow>> kept_all(std::string_view space) = 0;
  // Of a space by key, from `from` on, at most `count_max`.
  virtual Result<std::vector<KeptRow>> kept_from(std::string_view space, BytesView from,
                                                 std::size_t count_max) = 0;
  virtual Result<std::optional<Hash>> tree_hash(std::uint8_t level, std::uint64_t index) = 0;
  virtual Result<std::vector<TreeHashRow>> tree_hashes() = 0;
  // The newest of at most `size_max` records; none before the first.
  virtual Result<std::optional<CheckpointRow>> checkpoint(std::uint64_t size_max) = 0;
  virtual Result<std::vector<CheckpointRow>> checkpoints(std::uint64_t from_size,
                                                         std::size_t count_max) = 0;
};

// The one writer. Called by the engine's thread only.
class Journal {
 public:
  virtual ~Journal() = default;
  // All of the batch or none; durable when it returns. Refuses `journal_moved` when expected_size
  // is not the size; fails with `storage_full` (nothing written; reads go on) or `storage_failed`
  // (unknown whether written: reopen and look before anything else).
  virtual Outcome append(const Batch& batch) = 0;
  // After `storage_failed`: lets go of everything held of the file and opens it anew, so that what
  // is read next is what is really there. The writer lock is kept throughout; open readers too.
  virtual Outcome reopen() = 0;
  // Deletes the subject's key, if it is there, so that neither the file nor its log yields it
  // again. Fails like append, or with `erase_pending` (facts: subject, why) when it is deleted
  // durably but the log could not be emptied, for readers still read it; tend() then does it.
  virtual Outcome erase_subject_key(std::uint64_t subject) = 0;
  // A reader of its own, for one other thread. Safe from any thread.
  virtual Result<std::unique_ptr<Reader>> open_reader() = 0;
  // What another thread should call now and then, so that append never pays for it; may take
  // long, never blocks append for long. A write or sync that fails in it, but for a full disk,
  // closes the journal as a failed append does. Safe from one other thread.
  virtual Outcome tend() = 0;
  // About how much tend() would move now. Any thread.
  [[nodiscard]] virtual std::uint64_t untended_bytes() const { return 0; }
};

}  // namespace tz::journal
