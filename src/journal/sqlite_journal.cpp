// Writes journal.db: one transaction a batch, and the upkeep of its write-ahead log.
#include "journal/sqlite_journal.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "base/file.h"
#include "journal/file_lock.h"
#include "journal/sqlite.h"

namespace tz::journal {
namespace {

using sqlite::Run;
using sqlite::Statement;

constexpr std::int64_t kLogBytesMax = std::int64_t{256} << 20;  // then append itself checkpoints
constexpr std::int64_t kLogBytesStep = std::int64_t{64} << 20;  // and again after so much more
// A log starts over only when a commit finds all of it moved, which another thread never achieves
// while commits keep coming. From this length on append itself moves the rest, once the other
// thread has left it so little that nobody notices.
constexpr std::int64_t kLogBytesLong = std::int64_t{32} << 20;
constexpr std::int64_t kRestBytesMax = std::int64_t{1} << 20;
constexpr int kPassesMax = 4;  // of tend(), each with less to move than the one before
constexpr int kCleanseAttemptsMax = 20;
constexpr auto kCleansePause = std::chrono::milliseconds(50);

// Column names avoid SQL's own words; docs/journal-format.md describes the tables.
constexpr const char* kSchema = R"sql(
  CREATE TABLE records(seq INTEGER PRIMARY KEY, header BLOB NOT NULL, body BLOB NOT NULL);
  CREATE TABLE subject_keys(
    subject INTEGER PRIMARY KEY, wrapping_key TEXT NOT NULL, wrapped BLOB NOT NULL);
  CREATE TABLE tree_hashes(level INTEGER NOT NULL, place INTEGER NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY(level, place)) WITHOUT ROWID;
  CREATE TABLE checkpoints(size INTEGER PRIMARY KEY, note TEXT NOT NULL);
  CREATE TABLE kept(space TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY(space, key)) WITHOUT ROWID;
  CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  INSERT INTO meta VALUES('about', 'Taizhang journal, format 1');
)sql";

// Copies the whole log into the file and cuts it to nothing, durably. False when a reader or
// another checkpoint stood in the way; what could be copied then has been.
Result<bool> empty_log(sqlite3* database) {
  sqlite3_busy_timeout(database, 0);
  const int code =
      sqlite3_wal_checkpoint_v2(database, "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  const Outcome outcome = code == SQLITE_OK || code == SQLITE_BUSY
                              ? Outcome(Done{})
                              : Outcome(sqlite::last_error(database, "checkpoint"));
  sqlite3_busy_timeout(database, sqlite::kBusyWaitMs);
  TZ_TRY(Outcome(outcome));
  if (code == SQLITE_BUSY) return false;
  // SQLite leaves the cut to the system's leisure; a power loss would bring the old log back.
  sqlite3_file* log = nullptr;
  sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (log != nullptr && log->pMethods != nullptr) {
    const int sync_code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
    if (sync_code != SQLITE_OK)
      return sqlite::error_of(sync_code, sqlite3_db_filename(database, "main"), "sync_log");
  }
  return true;
}

// The writing connection and its kept statements.
struct Session {
  sqlite::Connection database;  // first: closed after its statements
  Statement begin;
  Statement commit;
  Statement rollback;
  Statement last_seq;
  Statement put_record;
  Statement put_subject_key;
  Statement rewrap_subject_key;
  Statement remove_subject_key;
  Statement put_kept;
  Statement remove_kept;
  Statement put_tree_hash;
  Statement put_checkpoint;
  Statement put_meta;
};

Outcome prepare(Session& session) {
  const struct {
    Statement& statement;
    const char* sql;
  } all[] = {
      {session.begin, "BEGIN IMMEDIATE"},
      {session.commit, "COMMIT"},
      {session.rollback, "ROLLBACK"},
      {session.last_seq, "SELECT seq FROM records ORDER BY seq DESC LIMIT 1"},
      {session.put_record, "INSERT INTO records VALUES(?1, ?2, ?3)"},
      {session.put_subject_key, "INSERT OR REPLACE INTO subject_keys VALUES(?1, ?2, ?3)"},
      {session.rewrap_subject_key,
       "UPDATE subject_keys SET wrapping_key = ?2, wrapped = ?3 WHERE subject = ?1"},
      {session.remove_subject_key, "DELETE FROM subject_keys WHERE subject = ?1"},
      {session.put_kept, "INSERT OR REPLACE INTO kept VALUES(?1, ?2, ?3)"},
      {session.remove_kept, "DELETE FROM kept WHERE space = ?1 AND key = ?2"},
      {session.put_tree_hash, "INSERT OR REPLACE INTO tree_hashes VALUES(?1, ?2, ?3)"},
      {session.put_meta, "INSERT OR REPLACE INTO meta VALUES(?1, ?2)"},
      {session.put_checkpoint, "INSERT OR REPLACE INTO checkpoints VALUES(?1, ?2)"},
  };
  for (const auto& [statement, sql] : all)
    statement = TZ_TRY(Statement::prepare(session.database.get(), sql));
  return Done{};
}

class SqliteJournal final : public Journal {
 public:
  static Result<std::unique_ptr<Journal>> open(const SqliteOptions& options) {
    if (!TZ_TRY(sqlite::file_exists(options)))
      return refusal("ledger_missing", {{"path", options.path}});
    std::unique_ptr<SqliteJournal> journal(new SqliteJournal(options));
    journal->lock_ = TZ_TRY(FileLock::take(options.path + ".lock"));
    TZ_TRY(journal->start());
    return std::unique_ptr<Journal>(std::move(journal));
  }

  Outcome append(const Batch& batch) override {
    if (failed_) return must_reopen("append");
    if (batch.expected_size != size_)
      return refusal("journal_moved", {{"expected", std::to_string(batch.expected_size)},
                                       {"size", std::to_string(size_)}});
    TZ_TRY(in_transaction([this, &batch] { return write(batch); }));
    size_ += batch.records.size();
    if (batch.cleanse || !batch.erased_subjects.empty()) log_holds_erased_ = true;
    keep_log_bounded();
    return Done{};
  }

  Outcome reopen() override {
    session_.reset();
    {
      const std::lock_guard tending(tending_);
      tender_.reset();
    }
    log_bytes_ = 0;
    moved_bytes_ = 0;
    next_checkpoint_bytes_ = kLogBytesMax;
    failed_ = false;  // before the start: tend() may fail meanwhile
    Outcome started = start();
    if (!started.ok()) failed_ = true;
    return started;
  }

  Outcome erase_subject_key(std::uint64_t subject) override {
    if (failed_) return must_reopen("erase_subject_key");
    TZ_TRY(in_transaction([this, subject] { return remove_subject_key(subject); }));
    log_holds_erased_ = true;
    for (int attempt = 0; attempt < kCleanseAttemptsMax; ++attempt) {
      if (attempt > 0) std::this_thread::sleep_for(kCleansePause);
      const Result<bool> emptied = cleanse(session_->database.get());
      if (!emptied.ok()) return erase_pending(subject, emptied.error().facts);
      if (*emptied) return Done{};
    }
    return erase_pending(subject, {{"why", "a reader is still reading"}});
  }

  Result<std::unique_ptr<Reader>> open_reader() override { return open_sqlite_reader(options_); }

  Outcome tend() override {
    const std::lock_guard tending(tending_);
    if (!tender_) tender_ = TZ_TRY(sqlite::connect(options_, sqlite::Access::Write));
    TZ_TRY(checkpoint_locked(tender_.get()));
    for (int pass = 1; pass < kPassesMax && log_bytes_ > kLogBytesLong; ++pass) {
      if (rest_bytes() <= kRestBytesMax) break;
      TZ_TRY(checkpoint_locked(tender_.get()));
    }
    if (log_holds_erased_) TZ_TRY(cleanse_locked(tender_.get()));
    return Done{};
  }

  [[nodiscard]] std::uint64_t untended_bytes() const override {
    return static_cast<std::uint64_t>(rest_bytes());
  }

 private:
  explicit SqliteJournal(SqliteOptions options) : options_(std::move(options)) {}

  // Needs the lock held and no session.
  Outcome start() {
    Session& session = session_.emplace();
    session.database = TZ_TRY(sqlite::connect(options_, sqlite::Access::Write));
    sqlite3* database = session.database.get();
    TZ_TRY(sqlite::check_format(database, options_));
    TZ_TRY(sqlite::execute(database, "PRAGMA secure_delete=ON"));
    TZ_TRY(sqlite::execute(database, "PRAGMA journal_size_limit=67108864"));
    TZ_TRY(sqlite::execute(database, "PRAGMA cache_size=-32768"));
    is_powersafe_ = sqlite::is_powersafe_overwrite(database);
    sqlite3_wal_hook(database, &SqliteJournal::note_log_frames, this);
    TZ_TRY(prepare(session));
    size_ = TZ_TRY(stored_size());
    return settle_log();
  }

  // What the log holds may have outlived a failed sync and lie in the system's memory alone:
  // copied and synced now, it is safe to build on. It may also hold an erased key, and behind its
  // end a batch whose append failed, which would come back at the next recovery. Where a reader
  // or a full disk keeps the log from being emptied, a small commit is written over that batch;
  // that is enough with powersafe overwrite, where all of the log before it was synced.
  Outcome settle_log() {
    const Result<bool> emptied = cleanse(session_->database.get());
    if (emptied.ok() && *emptied) return Done{};
    if (!emptied.ok() && emptied.error().code != "storage_full") return emptied.error();
    if (!is_powersafe_)
      return failure(
          "storage_failed",
          {{"path", options_.path}, {"why", "the log could not be emptied"}, {"action", "open"}});
    return in_transaction([this] {
      const std::string size = std::to_string(size_);
      Run run(session_->put_meta);
      return run.text(1, "opened_at_size").text(2, size).finish();
    });
  }

  Result<std::uint64_t> stored_size() {
    Run run(session_->last_seq);
    if (!TZ_TRY(run.step())) return std::uint64_t{0};
    return run.number(0) + 1;
  }

  Outcome write(const Batch& batch) {
    std::uint64_t seq = size_;
    for (const StoredRecord& record : batch.records) {
      Run run(session_->put_record);
      TZ_TRY(run.number(1, seq++).blob(2, record.header).blob(3, record.body).finish());
    }
    for (const SubjectKeyRow& row : batch.subject_keys)
      TZ_TRY(write_key(session_->put_subject_key, row));
    for (const SubjectKeyRow& row : batch.rewrapped_keys)
      TZ_TRY(write_key(session_->rewrap_subject_key, row));
    for (const std::uint64_t subject : batch.erased_subjects) TZ_TRY(remove_subject_key(subject));
    for (const KeptRow& row : batch.kept) TZ_TRY(write_kept(row));
    for (const TreeHashRow& row : batch.tree_hashes) {
      Run run(session_->put_tree_hash);
      TZ_TRY(run.number(1, row.level).number(2, row.index).blob(3, row.hash).finish());
    }
    for (const CheckpointRow& row : batch.checkpoints) {
      Run run(session_->put_checkpoint);
      TZ_TRY(run.number(1, row.size).text(2, row.note).finish());
    }
    return Done{};
  }

  static Outcome write_key(Statement& statement, const SubjectKeyRow& row) {
    Run run(statement);
    return run.number(1, row.subject).text(2, row.wrapping_key).blob(3, row.wrapped).finish();
  }

  Outcome write_kept(const KeptRow& row) {
    Run run(row.value ? session_->put_kept : session_->remove_kept);
    run.text(1, row.space).blob(2, row.key);
    if (row.value) run.blob(3, *row.value);
    return run.finish();
  }

  Outcome remove_subject_key(std::uint64_t subject) {
    Run run(session_->remove_subject_key);
    return run.number(1, subject).finish();
  }

  Outcome in_transaction(const std::function<Outcome()>& work) {
    Outcome outcome = Run(session_->begin).finish();
    if (outcome.ok()) outcome = work();
    if (outcome.ok()) outcome = Run(session_->commit).finish();
    if (outcome.ok()) return outcome;
    return after_failure(outcome.error());
  }

  // A full disk is `storage_full` only where it is certain that nothing of the batch can come
  // back after a power loss; all else closes the journal until it is opened again. Without
  // powersafe overwrite SQLite repeats the commit frame to the end of the sector, and the
  // failure may have met a repetition.
  Error after_failure(const Error& error) {
    const bool is_rolled_back = sqlite3_get_autocommit(session_->database.get()) != 0 ||
                                Run(session_->rollback).finish().ok();
    if (error.code == "storage_full" && is_rolled_back && is_powersafe_) {
      const Result<std::uint64_t> size = stored_size();
      if (size.ok() && *size == size_) return error;
    }
    failed_ = true;
    return failure("storage_failed", error.facts);
  }

  [[nodiscard]] Error must_reopen(std::string action) const {
    return failure("storage_failed", {{"path", options_.path},
                                      {"why", "an earlier write failed; open again"},
                                      {"action", std::move(action)}});
  }

  static Error erase_pending(std::uint64_t subject, Facts facts) {
    facts.emplace_back("subject", std::to_string(subject));
    return failure("erase_pending", std::move(facts));
  }

  // Empties the log so that it holds no erased key; false when something stood in the way.
  Result<bool> cleanse(sqlite3* database) {
    const std::lock_guard tending(tending_);
    return cleanse_locked(database);
  }

  // The flag is lowered first: an erasure meanwhile raises it again and is not forgotten.
  Result<bool> cleanse_locked(sqlite3* database) {
    log_holds_erased_ = false;
    Result<bool> emptied = empty_log(database);
    if (!emptied.ok() || !*emptied) log_holds_erased_ = true;
    if (!emptied.ok()) note_failed_checkpoint(emptied.error());
    return emptied;
  }

  // Moves what it can of the log into the file without waiting for anybody. Needs tending_.
  Outcome checkpoint_locked(sqlite3* database) {
    int moved_frames = 0;
    const int code = sqlite3_wal_checkpoint_v2(database, "main", SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                               &moved_frames);
    if (code == SQLITE_OK) moved_bytes_ = frame_bytes(moved_frames);
    if (code == SQLITE_OK || code == SQLITE_BUSY) return Done{};
    Error error = sqlite::last_error(database, "checkpoint");
    note_failed_checkpoint(error);
    return error;
  }

  // A sync that failed may have lost bytes that reads still show and no later sync brings back, of
  // the log too; nothing may be built on them. A full disk has lost nothing.
  void note_failed_checkpoint(const Error& error) {
    if (error.code != "storage_full") failed_ = true;
  }

  static std::int64_t frame_bytes(int count) { return count * (sqlite::kPageBytes + 24); }
  // Of the log, what is not in the file yet. About: the two change on different threads.
  [[nodiscard]] std::int64_t rest_bytes() const {
    return std::max(log_bytes_ - moved_bytes_, std::int64_t{0});
  }

  static int note_log_frames(void* journal, sqlite3*, const char*, int frame_count) {
    auto& self = *static_cast<SqliteJournal*>(journal);
    const std::int64_t bytes = frame_bytes(frame_count);
    if (bytes < self.log_bytes_) self.moved_bytes_ = 0;  // it has started over
    self.log_bytes_ = bytes;
    return SQLITE_OK;
  }

  // Where nobody tends the log, or a long reader keeps it from starting over, append pays.
  void keep_log_bounded() {
    if (log_bytes_ <= kLogBytesMax) next_checkpoint_bytes_ = kLogBytesMax;
    if (log_bytes_ <= kLogBytesLong) next_rest_bytes_ = kLogBytesLong;
    const bool nearly_moved =
        log_bytes_ > next_rest_bytes_ && rest_bytes() > 0 && rest_bytes() <= kRestBytesMax;
    if (!nearly_moved && log_bytes_ <= next_checkpoint_bytes_) return;
    // Where a reader keeps the log from starting over, it is not tried with every commit.
    if (nearly_moved)
      next_rest_bytes_ = log_bytes_ + kRestBytesMax;
    else
      next_checkpoint_bytes_ = log_bytes_ + kLogBytesStep;
    const std::unique_lock tending(tending_, std::try_to_lock);
    if (!tending.owns_lock()) return;  // it is being done
    // The batch is durable whatever comes of this; the next call meets what went wrong.
    [[maybe_unused]] const Outcome outcome = checkpoint_locked(session_->database.get());
  }

  const SqliteOptions options_;
  FileLock lock_;                   // given up last
  std::optional<Session> session_;  // the engine's thread; none while failed
  std::uint64_t size_ = 0;
  bool is_powersafe_ = false;
  std::atomic<bool> failed_{false};         // nothing is written until reopen(); set by any thread
  std::atomic<std::int64_t> log_bytes_{0};  // written by the engine's thread
  std::atomic<std::int64_t> moved_bytes_{0};  // of them, into the file; a log that starts over: 0
  std::int64_t next_checkpoint_bytes_ = kLogBytesMax;
  std::int64_t next_rest_bytes_ = kLogBytesLong;
  std::mutex tending_;         // one checkpoint of ours at a time
  sqlite::Connection tender_;  // under tending_
  std::atomic<bool> log_holds_erased_{false};
};

Outcome make_tables(sqlite3* database) {
  const std::string page_size = "PRAGMA page_size=" + std::to_string(sqlite::kPageBytes);
  TZ_TRY(sqlite::execute(database, page_size.c_str()));
  const std::string mode = TZ_TRY(sqlite::query_text(database, "PRAGMA journal_mode=WAL"));
  if (mode != "wal")
    return sqlite::error_of(SQLITE_CANTOPEN, sqlite3_db_filename(database, "main"), "use_wal");
  TZ_TRY(sqlite::execute(database, "BEGIN IMMEDIATE"));
  TZ_TRY(sqlite::execute(database, kSchema));
  const std::string marks = "PRAGMA application_id=" + std::to_string(sqlite::kApplicationId) +
                            "; PRAGMA user_version=" + std::to_string(sqlite::kFormatVersion);
  TZ_TRY(sqlite::execute(database, marks.c_str()));
  TZ_TRY(sqlite::execute(database, "COMMIT"));
  TZ_TRY(empty_log(database));
  return Done{};
}

}  // namespace

Outcome create_sqlite_journal(const SqliteOptions& options) {
  const FileLock lock = TZ_TRY(FileLock::take(options.path + ".lock"));
  if (TZ_TRY(sqlite::file_exists(options)))
    return refusal("ledger_exists", {{"path", options.path}});
  sqlite::Connection database = TZ_TRY(sqlite::connect(options, sqlite::Access::Create));
  Outcome made = make_tables(database.get());
  database.reset();
  if (!made.ok()) {
    sqlite::remove_files(options);
    return made;
  }
  if (!options.vfs.empty()) return Done{};  // a test's folder is not the system's
  const std::filesystem::path folder = std::filesystem::path(options.path).parent_path();
  return sync_folder(folder.empty() ? "." : folder.string());
}

Result<std::unique_ptr<Journal>> open_sqlite_journal(const SqliteOptions& options) {
  return SqliteJournal::open(options);
}

}  // namespace tz::journal
