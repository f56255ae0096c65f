// Reads a journal.db beside its writer; every call sees one durable state.
#include <algorithm>
#include <limits>
#include <utility>

#include "journal/sqlite.h"

namespace tz::journal {
namespace {

using sqlite::Run;
using sqlite::Statement;

constexpr std::uint64_t kNumberMax = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kReserveMax = 4096;  // rows room is made for before they are seen

SubjectKeyRow subject_key_of(const Run& row, std::uint64_t subject) {
  return {subject, std::string(row.text(0)), row.blob(1)};
}

Result<Hash> hash_of(BytesView bytes) {
  Hash hash{};
  if (bytes.size() != hash.size())
    return failure("journal_damaged", {{"why", "a tree hash is not 32 bytes"}});
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

Error gap(std::uint64_t expected, std::uint64_t found) {
  return failure("journal_gap",
                 {{"expected", std::to_string(expected)}, {"found", std::to_string(found)}});
}

class SqliteReader final : public Reader {
 public:
  static Result<std::unique_ptr<Reader>> open(const SqliteOptions& options) {
    if (!TZ_TRY(sqlite::file_exists(options)))
      return refusal("ledger_missing", {{"path", options.path}});
    std::unique_ptr<SqliteReader> reader(new SqliteReader);
    reader->database_ = TZ_TRY(sqlite::connect(options, sqlite::Access::Read));
    TZ_TRY(sqlite::check_format(reader->database_.get(), options));
    TZ_TRY(reader->prepare());
    return std::unique_ptr<Reader>(std::move(reader));
  }

  Result<std::uint64_t> size() override {
    Run run(size_);
    if (!TZ_TRY(run.step())) return std::uint64_t{0};
    return run.number(0) + 1;
  }

  Result<std::vector<StoredRecord>> read(Seq from, std::size_t count_max,
                                         std::size_t bytes_max) override {
    std::vector<StoredRecord> records;
    if (from.value > kNumberMax) return records;
    records.reserve(std::min(count_max, kReserveMax));
    Run run(read_);
    run.number(1, from.value).number(2, std::min<std::uint64_t>(count_max, kNumberMax));
    std::size_t bytes = 0;
    while (TZ_TRY(run.step())) {
      const std::uint64_t expected = from.value + records.size();
      if (run.number(0) != expected) return gap(expected, run.number(0));
      const BytesView header = run.view(1);
      const BytesView body = run.view(2);
      bytes += header.size() + body.size();
      if (!records.empty() && bytes > bytes_max) break;
      records.push_back({{header.begin(), header.end()}, {body.begin(), body.end()}});
    }
    return records;
  }

  Result<std::vector<StoredRecord>> read_each(std::span<const Seq> seqs) override {
    std::vector<StoredRecord> records;
    records.reserve(seqs.size());
    Run held(size_);  // as long as it is under way, nothing is locked and looked up anew below
    TZ_TRY(held.step());
    for (const Seq seq : seqs) {
      if (seq.value > kNumberMax) break;
      Run run(read_one_);
      run.number(1, seq.value);
      if (!TZ_TRY(run.step())) break;
      records.push_back({run.blob(0), run.blob(1)});
    }
    return records;
  }

  Result<std::vector<Bytes>> read_headers(Seq from, std::size_t count_max) override {
    std::vector<Bytes> headers;
    if (from.value > kNumberMax) return headers;
    headers.reserve(std::min(count_max, kReserveMax));
    Run run(read_headers_);
    run.number(1, from.value).number(2, std::min<std::uint64_t>(count_max, kNumberMax));
    while (TZ_TRY(run.step())) {
      const std::uint64_t expected = from.value + headers.size();
      if (run.number(0) != expected) return gap(expected, run.number(0));
      headers.push_back(run.blob(1));
    }
    return headers;
  }

  Result<std::optional<SubjectKeyRow>> subject_key(std::uint64_t subject) override {
    Run run(subject_key_);
    run.number(1, subject);
    if (!TZ_TRY(run.step())) return std::optional<SubjectKeyRow>();
    return std::optional(subject_key_of(run, subject));
  }

  Result<std::vector<SubjectKeyRow>> subject_keys(std::uint64_t from,
                                                  std::size_t count_max) override {
    std::vector<SubjectKeyRow> rows;
    if (from > kNumberMax) return rows;
    rows.reserve(std::min(count_max, kReserveMax));
    Run run(subject_keys_);
    run.number(1, from).number(2, std::min<std::uint64_t>(count_max, kNumberMax));
    while (TZ_TRY(run.step())) rows.push_back(subject_key_of(run, run.number(2)));
    return rows;
  }

  Result<std::optional<Bytes>> kept(std::string_view space, BytesView key) override {
    Run run(kept_);
    run.text(1, space).blob(2, key);
    if (!TZ_TRY(run.step())) return std::optional<Bytes>();
    return std::optional(run.blob(0));
  }

  Result<std::vector<KeptRow>> kept_all(std::string_view space) override {
    std::vector<KeptRow> rows;
    Run run(kept_all_);
    run.text(1, space);
    while (TZ_TRY(run.step())) rows.push_back({std::string(space), run.blob(0), run.blob(1)});
    return rows;
  }

  Result<std::vector<KeptRow>> kept_from(std::string_view space, BytesView from,
                                         std::size_t count_max) override {
    std::vector<KeptRow> rows;
    Run run(kept_from_);
    run.text(1, space).blob(2, from).number(3, std::min<std::uint64_t>(count_max, kNumberMax));
    while (TZ_TRY(run.step())) rows.push_back({std::string(space), run.blob(0), run.blob(1)});
    return rows;
  }

  Result<std::optional<Hash>> tree_hash(std::uint8_t level, std::uint64_t index) override {
    Run run(tree_hash_);
    run.number(1, level).number(2, index);
    if (!TZ_TRY(run.step())) return std::optional<Hash>();
    return std::optional(TZ_TRY(hash_of(run.view(0))));
  }

  Result<std::vector<TreeHashRow>> tree_hashes() override {
    std::vector<TreeHashRow> rows;
    Run run(tree_hashes_);
    while (TZ_TRY(run.step())) {
      const Hash hash = TZ_TRY(hash_of(run.view(2)));
      rows.push_back({static_cast<std::uint8_t>(run.number(0)), run.number(1), hash});
    }
    return rows;
  }

  Result<std::optional<CheckpointRow>> checkpoint(std::uint64_t size_max) override {
    Run run(checkpoint_);
    run.number(1, std::min(size_max, kNumberMax));
    if (!TZ_TRY(run.step())) return std::optional<CheckpointRow>();
    return std::optional(CheckpointRow{run.number(0), std::string(run.text(1))});
  }

  Result<std::vector<CheckpointRow>> checkpoints(std::uint64_t from_size,
                                                 std::size_t count_max) override {
    std::vector<CheckpointRow> rows;
    if (from_size > kNumberMax) return rows;
    Run run(checkpoints_);
    run.number(1, from_size).number(2, std::min<std::uint64_t>(count_max, kNumberMax));
    while (TZ_TRY(run.step())) rows.push_back({run.number(0), std::string(run.text(1))});
    return rows;
  }

 private:
  SqliteReader() = default;

  Outcome prepare() {
    const struct {
      Statement& statement;
      const char* sql;
    } all[] = {
        {size_, "SELECT seq FROM records ORDER BY seq DESC LIMIT 1"},
        {read_, "SELECT seq, header, body FROM records WHERE seq >= ?1 ORDER BY seq LIMIT ?2"},
        {read_one_, "SELECT header, body FROM records WHERE seq = ?1"},
        {read_headers_, "SELECT seq, header FROM records WHERE seq >= ?1 ORDER BY seq LIMIT ?2"},
        {subject_key_, "SELECT wrapping_key, wrapped FROM subject_keys WHERE subject = ?1"},
        {subject_keys_,
         "SELECT wrapping_key, wrapped, subject FROM subject_keys WHERE subject >= ?1 "
         "ORDER BY subject LIMIT ?2"},
        {kept_, "SELECT value FROM kept WHERE space = ?1 AND key = ?2"},
        {kept_all_, "SELECT key, value FROM kept WHERE space = ?1 ORDER BY key"},
        {kept_from_,
         "SELECT key, value FROM kept WHERE space = ?1 AND key >= ?2 ORDER BY key LIMIT ?3"},
        {tree_hash_, "SELECT hash FROM tree_hashes WHERE level = ?1 AND place = ?2"},
        {tree_hashes_, "SELECT level, place, hash FROM tree_hashes ORDER BY level, place"},
        {checkpoint_,
         "SELECT size, note FROM checkpoints WHERE size <= ?1 ORDER BY size DESC LIMIT 1"},
        {checkpoints_,
         "SELECT size, note FROM checkpoints WHERE size >= ?1 ORDER BY size LIMIT ?2"},
    };
    for (const auto& [statement, sql] : all)
      statement = TZ_TRY(Statement::prepare(database_.get(), sql));
    return Done{};
  }

  sqlite::Connection database_;  // first: closed after its statements
  Statement size_;
  Statement read_;
  Statement read_one_;
  Statement read_headers_;
  Statement subject_key_;
  Statement subject_keys_;
  Statement kept_;
  Statement kept_all_;
  Statement kept_from_;
  Statement tree_hash_;
  Statement tree_hashes_;
  Statement checkpoint_;
  Statement checkpoints_;
};

}  // namespace

Result<std::unique_ptr<Reader>> open_sqlite_reader(const SqliteOptions& options) {
  return SqliteReader::open(options);
}

}  // namespace tz::journal
