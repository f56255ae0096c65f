// The steps of the workload and the comparison with what was acknowledged.
#include "simulation/journal_workload.h"

#include <algorithm>
#include <limits>

#include "journal/record.h"

namespace tz::test {

namespace {

using journal::Batch;
using journal::StoredRecord;

constexpr journal::LedgerId kLedger = {1, 9, 7, 8};
constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
constexpr std::uint64_t kSubjectCount = 30;
constexpr const char* kSpace = "space";

}  // namespace

void Contents::apply(const Batch& batch) {
  records.insert(records.end(), batch.records.begin(), batch.records.end());
  for (const journal::SubjectKeyRow& row : batch.subject_keys)
    subject_keys[row.subject] = row.wrapped;
  for (const std::uint64_t subject : batch.erased_subjects) subject_keys.erase(subject);
  for (const journal::KeptRow& row : batch.kept) {
    if (row.value)
      kept[row.key] = *row.value;
    else
      kept.erase(row.key);
  }
  for (const journal::TreeHashRow& row : batch.tree_hashes) tree_hashes[row.index] = row.hash;
  for (const journal::CheckpointRow& row : batch.checkpoints) checkpoints[row.size] = row.note;
}

bool operator==(const Contents& a, const Contents& b) {
  const auto same_record = [](const StoredRecord& one, const StoredRecord& other) {
    return one.header == other.header && one.body == other.body;
  };
  return std::equal(a.records.begin(), a.records.end(), b.records.begin(), b.records.end(),
                    same_record) &&
         a.subject_keys == b.subject_keys && a.kept == b.kept && a.tree_hashes == b.tree_hashes &&
         a.checkpoints == b.checkpoints;
}

JournalWorkload::JournalWorkload(FaultyDisk& disk, journal::SqliteOptions options,
                                 std::uint64_t seed)
    : disk_(disk), options_(std::move(options)), random_(seed) {}

bool JournalWorkload::open() {
  auto opened = journal::open_sqlite_journal(options_);
  if (!opened.ok()) return false;
  journal_ = std::move(opened).value();
  needs_reopening_ = false;
  return true;
}

void JournalWorkload::close() { journal_.reset(); }

bool JournalWorkload::reopen() {
  if (!journal_->reopen().ok()) return false;
  needs_reopening_ = false;
  return true;
}

Violation JournalWorkload::step() {
  switch (random_.next_u64() % 16) {
    case 0:
    case 1:
      return tend();
    case 2:
      return is_erasing_ ? erase() : append();
    case 3:
      return look();
    case 4:
      close();
      if (open()) return {};
      needs_reopening_ = true;
      return judge(failure("storage_failed"), "open");
    default:
      return append();
  }
}

// An error is fair only if a fault was met, and only of these codes.
Violation JournalWorkload::judge(const Error& error, const std::string& action) {
  const bool is_fair = (disk_.fault_met() || disk_.is_without_power()) &&
                       (error.code == "storage_failed" || error.code == "storage_full" ||
                        error.code == "journal_damaged" || error.code == "erase_pending");
  if (is_fair) return {};
  std::string words = action + " answered " + error.code;
  for (const auto& [name, value] : error.facts) words += " " + name + "=" + value;
  return words;
}

Violation JournalWorkload::append() {
  const Batch batch = random_batch();
  const Outcome outcome = journal_->append(batch);
  if (outcome.ok()) {
    for (const std::uint64_t subject : batch.erased_subjects) {
      const auto found = acknowledged_.subject_keys.find(subject);
      if (found != acknowledged_.subject_keys.end()) erased_.insert(found->second);
    }
    acknowledged_.apply(batch);
    ++acknowledged_count_;
    return {};
  }
  if (outcome.error().code != "storage_full") {  // full means that nothing was written
    doubtful_ = batch;
    needs_reopening_ = true;
  }
  return judge(outcome.error(), "append");
}

Violation JournalWorkload::erase() {
  Batch same;  // what it amounts to
  same.erased_subjects = {random_.next_u64() % kSubjectCount};
  const auto found = acknowledged_.subject_keys.find(same.erased_subjects.front());
  const Bytes key = found == acknowledged_.subject_keys.end() ? Bytes() : found->second;
  const Outcome outcome = journal_->erase_subject_key(same.erased_subjects.front());
  const bool is_deleted = outcome.ok() || outcome.error().code == "erase_pending";
  if (is_deleted) {
    acknowledged_.apply(same);
    if (!key.empty()) erased_.insert(key);
    ++acknowledged_count_;
  } else if (outcome.error().code != "storage_full") {
    doubtful_ = same;
    needs_reopening_ = true;
  }
  if (!outcome.ok()) return judge(outcome.error(), "erase");
  cleansed_.merge(erased_);
  return {};
}

Violation JournalWorkload::tend() {
  const Outcome outcome = journal_->tend();
  if (!outcome.ok()) return judge(outcome.error(), "tend");
  if (is_erasing_) cleansed_.merge(erased_);  // nobody reads, so nothing stood in its way
  return {};
}

Violation JournalWorkload::look() {
  const auto reader = journal_->open_reader();
  if (!reader.ok()) return judge(reader.error(), "open_reader");
  const auto size = (*reader)->size();
  if (!size.ok()) return judge(size.error(), "size");
  if (*size == acknowledged_.records.size()) return {};
  return "a reader sees " + std::to_string(*size) + " records of " +
         std::to_string(acknowledged_.records.size());
}

Violation JournalWorkload::check() {
  const Result<Contents> found = read_all();
  if (!found.ok()) return judge(found.error(), "read_all");
  for (std::size_t i = 0; i < found->records.size(); ++i) {
    const StoredRecord& stored = found->records[i];
    const auto record = journal::decode(stored.header, stored.body, kLedger);
    if (!record.ok()) return "record " + std::to_string(i) + ": " + record.error().code;
    if (record->seq.value != i) return "record " + std::to_string(i) + " has another sequence";
  }
  if (doubtful_ && !(*found == acknowledged_)) acknowledged_.apply(*doubtful_);
  doubtful_.reset();
  if (*found == acknowledged_) return {};
  return "found " + std::to_string(found->records.size()) + " records of " +
         std::to_string(acknowledged_.records.size()) + ", or other rows beside them";
}

Violation JournalWorkload::check_erased() const {
  for (const Bytes& key : cleansed_)
    if (disk_.holds(key)) return "an erased key is on the disk";
  return {};
}

Result<Contents> JournalWorkload::read_all() {
  const std::unique_ptr<journal::Reader> reader = TZ_TRY(journal_->open_reader());
  Contents all;
  all.records = TZ_TRY(reader->read(Seq{0}, kAll, kAll));
  const std::uint64_t size = TZ_TRY(reader->size());
  if (size != all.records.size()) return failure("size_disagrees");
  for (std::uint64_t subject = 0; subject < kSubjectCount; ++subject) {
    const auto row = TZ_TRY(reader->subject_key(subject));
    if (row) all.subject_keys[subject] = row->wrapped;
  }
  const auto kept = TZ_TRY(reader->kept_all(kSpace));
  for (const journal::KeptRow& row : kept) all.kept[row.key] = *row.value;
  const auto tree_hashes = TZ_TRY(reader->tree_hashes());
  for (const journal::TreeHashRow& row : tree_hashes) all.tree_hashes[row.index] = row.hash;
  const auto checkpoints = TZ_TRY(reader->checkpoints(0, kAll));
  for (const journal::CheckpointRow& row : checkpoints) all.checkpoints[row.size] = row.note;
  return all;
}

Bytes JournalWorkload::random_bytes(std::size_t size) {
  Bytes bytes(size);
  random_.fill(bytes);
  return bytes;
}

StoredRecord JournalWorkload::random_record(std::uint64_t seq) {
  journal::Record record;
  record.seq = Seq{seq};
  record.recorded = Instant{static_cast<std::int64_t>(seq)};
  record.type = "simulated";
  record.command = CommandId{random_.next_u64()};
  random_.fill(record.context_salt);
  random_.fill(record.payload_salt);
  const bool is_large = random_.next_u64() % 40 == 0;  // over several pages
  record.payload = as_text(random_bytes(random_.next_u64() % (is_large ? 30'000 : 300)));
  if (random_.next_u64() % 4 == 0)
    record.parts.push_back({seq, {}, random_bytes(random_.next_u64() % 200)});
  return journal::encode(record, kLedger);
}

Batch JournalWorkload::random_batch() {
  Batch batch;
  batch.expected_size = acknowledged_.records.size();
  const std::uint64_t count = random_.next_u64() % 10;
  for (std::uint64_t i = 0; i < count; ++i)
    batch.records.push_back(random_record(batch.expected_size + i));
  const std::uint64_t size = batch.expected_size + count;
  for (std::uint64_t i = random_.next_u64() % 3; i > 0; --i)
    batch.subject_keys.push_back({random_.next_u64() % kSubjectCount, "2019-09", random_bytes(48)});
  if (is_erasing_ && random_.next_u64() % 6 == 0)
    batch.erased_subjects = {random_.next_u64() % kSubjectCount};
  // Always a row that tells this batch from every other.
  batch.kept.push_back({kSpace, random_bytes(random_.next_u64() % 2), random_bytes(12)});
  if (random_.next_u64() % 3 == 0) batch.kept.push_back({kSpace, random_bytes(1), std::nullopt});
  if (random_.next_u64() % 4 == 0) batch.tree_hashes.push_back({1, size, Hash{7}});
  if (random_.next_u64() % 4 == 0) batch.checkpoints.push_back({size, "note"});
  return batch;
}

}  // namespace tz::test
