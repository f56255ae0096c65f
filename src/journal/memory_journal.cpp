// Keeps a journal in memory and lets planned faults happen to it.
#include "journal/memory_journal.h"

#include <deque>
#include <map>
#include <mutex>
#include <utility>

namespace tz::journal {

class MemoryStore {
 public:
  mutable std::mutex mutex;  // over all below
  std::size_t operation_count = 0;
  std::deque<StoredRecord> records;
  std::map<std::uint64_t, SubjectKeyRow> subject_keys;
  std::map<std::pair<std::string, Bytes>, Bytes> kept;
  std::map<std::pair<std::uint8_t, std::uint64_t>, Hash> tree_hashes;
  std::map<std::uint64_t, std::string> checkpoints;
};

namespace {

void apply(MemoryStore& store, const Batch& batch) {
  store.records.insert(store.records.end(), batch.records.begin(), batch.records.end());
  for (const SubjectKeyRow& row : batch.subject_keys) store.subject_keys[row.subject] = row;
  for (const SubjectKeyRow& row : batch.rewrapped_keys)
    if (store.subject_keys.contains(row.subject)) store.subject_keys[row.subject] = row;
  for (const std::uint64_t subject : batch.erased_subjects) store.subject_keys.erase(subject);
  for (const KeptRow& row : batch.kept) {
    if (row.value)
      store.kept[{row.space, row.key}] = *row.value;
    else
      store.kept.erase({row.space, row.key});
  }
  for (const TreeHashRow& row : batch.tree_hashes)
    store.tree_hashes[{row.level, row.index}] = row.hash;
  for (const CheckpointRow& row : batch.checkpoints) store.checkpoints[row.size] = row.note;
}

class MemoryReader final : public Reader {
 public:
  explicit MemoryReader(std::shared_ptr<MemoryStore> store) : store_(std::move(store)) {}

  Result<std::uint64_t> size() override {
    const std::lock_guard lock(store_->mutex);
    return std::uint64_t{store_->records.size()};
  }

  Result<std::vector<StoredRecord>> read(Seq from, std::size_t count_max,
                                         std::size_t bytes_max) override {
    const std::lock_guard lock(store_->mutex);
    std::vector<StoredRecord> records;
    std::size_t bytes = 0;
    for (std::uint64_t seq = from.value; seq < store_->records.size(); ++seq) {
      const StoredRecord& record = store_->records[seq];
      bytes += record.header.size() + record.body.size();
      if (records.size() >= count_max || (!records.empty() && bytes > bytes_max)) break;
      records.push_back(record);
    }
    return records;
  }

  Result<std::vector<StoredRecord>> read_each(std::span<const Seq> seqs) override {
    const std::lock_guard lock(store_->mutex);
    std::vector<StoredRecord> records;
    for (const Seq seq : seqs) {
      if (seq.value >= store_->records.size()) break;
      records.push_back(store_->records[seq.value]);
    }
    return records;
  }

  Result<std::vector<Bytes>> read_headers(Seq from, std::size_t count_max) override {
    const std::lock_guard lock(store_->mutex);
    std::vector<Bytes> headers;
    for (std::uint64_t seq = from.value; seq < store_->records.size() && headers.size() < count_max;
         ++seq)
      headers.push_back(store_->records[seq].header);
    return headers;
  }

  Result<std::optional<SubjectKeyRow>> subject_key(std::uint64_t subject) override {
    const std::lock_guard lock(store_->mutex);
    const auto found = store_->subject_keys.find(subject);
    if (found == store_->subject_keys.end()) return std::optional<SubjectKeyRow>();
    return std::optional(found->second);
  }

  Result<std::vector<SubjectKeyRow>> subject_keys(std::uint64_t from,
                                                  std::size_t count_max) override {
    const std::lock_guard lock(store_->mutex);
    std::vector<SubjectKeyRow> rows;
    for (auto row = store_->subject_keys.lower_bound(from);
         row != store_->subject_keys.end() && rows.size() < count_max; ++row)
      rows.push_back(row->second);
    return rows;
  }

  Result<std::optional<Bytes>> kept(std::string_view space, BytesView key) override {
    const std::lock_guard lock(store_->mutex);
    const auto found = store_->kept.find({std::string(space), {key.begin(), key.end()}});
    if (found == store_->kept.end()) return std::optional<Bytes>();
    return std::optional(found->second);
  }

  Result<std::vector<KeptRow>> kept_all(std::string_view space) override {
    const std::lock_guard lock(store_->mutex);
    std::vector<KeptRow> rows;
    for (auto row = store_->kept.lower_bound({std::string(space), {}});
         row != store_->kept.end() && row->first.first == space; ++row)
      rows.push_back({row->first.first, row->first.second, row->second});
    return rows;
  }

  Result<std::vector<KeptRow>> kept_from(std::string_view space, BytesView from,
                                         std::size_t count_max) override {
    const std::lock_guard lock(store_->mutex);
    std::vector<KeptRow> rows;
    for (auto row = store_->kept.lower_bound({std::string(space), {from.begin(), from.end()}});
         row != store_->kept.end() && row->first.first == space && rows.size() < count_max; ++row)
      rows.push_back({row->first.first, row->first.second, row->second});
    return rows;
  }

  Result<std::optional<Hash>> tree_hash(std::uint8_t level, std::uint64_t index) override {
    const std::lock_guard lock(store_->mutex);
    const auto found = store_->tree_hashes.find({level, index});
    if (found == store_->tree_hashes.end()) return std::optional<Hash>();
    return std::optional(found->second);
  }

  Result<std::vector<TreeHashRow>> tree_hashes() override {
    const std::lock_guard lock(store_->mutex);
    std::vector<TreeHashRow> rows;
    for (const auto& [place, hash] : store_->tree_hashes)
      rows.push_back({place.first, place.second, hash});
    return rows;
  }

  Result<std::optional<CheckpointRow>> checkpoint(std::uint64_t size_max) override {
    const std::lock_guard lock(store_->mutex);
    auto after = store_->checkpoints.upper_bound(size_max);
    if (after == store_->checkpoints.begin()) return std::optional<CheckpointRow>();
    --after;
    return std::optional(CheckpointRow{after->first, after->second});
  }

  Result<std::vector<CheckpointRow>> checkpoints(std::uint64_t from_size,
                                                 std::size_t count_max) override {
    const std::lock_guard lock(store_->mutex);
    std::vector<CheckpointRow> rows;
    for (auto row = store_->checkpoints.lower_bound(from_size);
         row != store_->checkpoints.end() && rows.size() < count_max; ++row)
      rows.push_back({row->first, row->second});
    return rows;
  }

 private:
  const std::shared_ptr<MemoryStore> store_;
};

class MemoryJournal final : public Journal {
 public:
  MemoryJournal(std::shared_ptr<MemoryStore> store, FaultPlan plan)
      : store_(std::move(store)), plan_(std::move(plan)) {}

  Outcome append(const Batch& batch) override {
    const std::lock_guard lock(store_->mutex);
    if (failed_)
      return failure("storage_failed", {{"path", "memory"}, {"why", "an earlier write failed"}});
    if (batch.expected_size != store_->records.size())
      return refusal("journal_moved", {{"expected", std::to_string(batch.expected_size)},
                                       {"size", std::to_string(store_->records.size())}});
    return operate([this, &batch] { apply(*store_, batch); });
  }

  Outcome reopen() override {
    const std::lock_guard lock(store_->mutex);
    failed_ = false;
    return Done{};
  }

  Outcome erase_subject_key(std::uint64_t subject) override {
    const std::lock_guard lock(store_->mutex);
    if (failed_)
      return failure("storage_failed", {{"path", "memory"}, {"why", "an earlier write failed"}});
    return operate([this, subject] { store_->subject_keys.erase(subject); });
  }

  Result<std::unique_ptr<Reader>> open_reader() override {
    return std::unique_ptr<Reader>(std::make_unique<MemoryReader>(store_));
  }

  Outcome tend() override { return Done{}; }

 private:
  // One storage operation, under the store's mutex, with the fault planned for it.
  Outcome operate(const std::function<void()>& change) {
    const std::size_t operation = store_->operation_count++;
    const Fault fault = plan_ ? plan_(operation) : Fault::None;
    if (fault == Fault::Full)
      return failure("storage_full", {{"path", "memory"}, {"why", "planned"}});
    if (fault != Fault::FailedBefore) change();
    if (fault == Fault::None) return Done{};
    failed_ = true;
    return failure("storage_failed", {{"path", "memory"}, {"why", "planned"}});
  }

  const std::shared_ptr<MemoryStore> store_;
  const FaultPlan plan_;
  bool failed_ = false;  // under the store's mutex
};

}  // namespace

std::shared_ptr<MemoryStore> make_memory_store() { return std::make_shared<MemoryStore>(); }

std::size_t operation_count(const MemoryStore& store) {
  const std::lock_guard lock(store.mutex);
  return store.operation_count;
}

std::unique_ptr<Journal> open_memory_journal(std::shared_ptr<MemoryStore> store, FaultPlan plan) {
  return std::make_unique<MemoryJournal>(std::move(store), std::move(plan));
}

}  // namespace tz::journal
