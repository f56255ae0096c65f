// A narrow door to SQLite for this room: connections and kept statements that report by Result.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "journal/sqlite_journal.h"

namespace tz::journal::sqlite {

constexpr std::int64_t kApplicationId = 0x545a4a31;  // "TZJ1", seen by file(1) at offset 68
constexpr std::int64_t kFormatVersion = 1;           // user_version
constexpr std::int64_t kPageBytes = 4096;
constexpr int kBusyWaitMs = 5000;  // another process may be recovering or checkpointing

struct Closer {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using Connection = std::unique_ptr<sqlite3, Closer>;

enum class Access { Create, Write, Read };

// Opens a connection for one thread at a time, with the settings every connection here has. Does
// not look at what is in the file. Fails with `storage_failed`.
Result<Connection> connect(const SqliteOptions& options, Access access);

// Whether the options' file is there, asked of the options' file system.
Result<bool> file_exists(const SqliteOptions& options);

// Removes what an unfinished creation left; what cannot be removed stays.
void remove_files(const SqliteOptions& options);

// Refuses `ledger_format` (facts path, found, known) unless the file is a journal of this format.
Outcome check_format(sqlite3* database, const SqliteOptions& options);

// Whether a write never harms the bytes beside it when power is lost.
bool is_powersafe_overwrite(sqlite3* database);

// The last error of the connection: `storage_full`, `journal_damaged` or else `storage_failed`,
// with the facts path, why, action and sqlite (the extended result code).
Error last_error(sqlite3* database, std::string_view action);
// The same for a code that came another way than through a connection's calls.
Error error_of(int sqlite_code, std::string_view path, std::string_view action);

// Runs statements that answer nothing of interest.
Outcome execute(sqlite3* database, const char* sql);
// The first column of the first row; fails like execute, or with `journal_damaged` without a row.
Result<std::int64_t> query_number(sqlite3* database, const char* sql);
Result<std::string> query_text(sqlite3* database, const char* sql);

// Numbers above 2^63 are kept as SQLite's negative integers: equal stays equal, order does not.
inline std::int64_t signed_of(std::uint64_t number) { return static_cast<std::int64_t>(number); }
inline std::uint64_t unsigned_of(std::int64_t number) { return static_cast<std::uint64_t>(number); }

// A statement prepared once and used many times. Outlived by its connection.
class Statement {
 public:
  Statement() = default;  // to be assigned before use
  static Result<Statement> prepare(sqlite3* database, const char* sql);

 private:
  friend class Run;
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

// One execution of a statement. Its end resets the statement, so that no read transaction stays
// open. Bound bytes must live until then; places and columns as in SQLite, from 1 and from 0.
class Run {
 public:
  explicit Run(Statement& statement) : statement_(statement.statement_.get()) {}
  ~Run() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  Run& number(int place, std::uint64_t value);
  Run& text(int place, std::string_view value);
  Run& blob(int place, BytesView value);
  // Whether there is a row. Fails as last_error.
  Result<bool> step();
  // For a statement without rows.
  Outcome finish();

  // Need a row. A view lives until the next step.
  [[nodiscard]] std::uint64_t number(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] BytesView view(int column) const;
  [[nodiscard]] Bytes blob(int column) const;

 private:
  sqlite3_stmt* statement_;
  int bind_code_ = SQLITE_OK;  // the first binding that failed
};

}  // namespace tz::journal::sqlite
