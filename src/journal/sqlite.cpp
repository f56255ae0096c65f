// Connections and statements of SQLite, reported by Result.
#include "journal/sqlite.h"

#include <array>
#include <utility>

namespace tz::journal::sqlite {
namespace {

int open_flags(Access access) {
  constexpr int kAlways = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
  switch (access) {
    case Access::Create:
      return kAlways | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case Access::Write:
      return kAlways | SQLITE_OPEN_READWRITE;
    case Access::Read:
      return kAlways | SQLITE_OPEN_READONLY;
  }
  return kAlways;
}

const char* vfs_name(const SqliteOptions& options) {
  return options.vfs.empty() ? nullptr : options.vfs.c_str();
}

std::string code_of(int sqlite_code) {
  switch (sqlite_code & 0xff) {
    case SQLITE_FULL:
      return "storage_full";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "journal_damaged";
    default:
      return "storage_failed";
  }
}

}  // namespace

Error error_of(int sqlite_code, std::string_view path, std::string_view action) {
  return failure(code_of(sqlite_code), {{"path", std::string(path)},
                                        {"why", sqlite3_errstr(sqlite_code)},
                                        {"action", std::string(action)},
                                        {"sqlite", std::to_string(sqlite_code)}});
}

Error last_error(sqlite3* database, std::string_view action) {
  if (database == nullptr) return error_of(SQLITE_NOMEM, "", action);
  const char* path = sqlite3_db_filename(database, "main");
  const int code = sqlite3_extended_errcode(database);
  return failure(code_of(code), {{"path", path == nullptr ? "" : path},
                                 {"why", sqlite3_errmsg(database)},
                                 {"action", std::string(action)},
                                 {"sqlite", std::to_string(code)}});
}

Result<Connection> connect(const SqliteOptions& options, Access access) {
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2(options.path.c_str(), &opened, open_flags(access), vfs_name(options));
  Connection connection(opened);  // SQLite gives a connection to close even when it fails
  if (code != SQLITE_OK) return last_error(opened, "open");
  sqlite3_extended_result_codes(opened, 1);
  sqlite3_busy_timeout(opened, kBusyWaitMs);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_wal_autocheckpoint(opened, 0);
  TZ_TRY(execute(opened,
                 options.synchronous_off ? "PRAGMA synchronous=OFF" : "PRAGMA synchronous=FULL"));
  return connection;
}

Result<bool> file_exists(const SqliteOptions& options) {
  sqlite3_vfs* vfs = sqlite3_vfs_find(vfs_name(options));
  if (vfs == nullptr) return error_of(SQLITE_NOTFOUND, options.path, "find_vfs");
  int exists = 0;
  const int code = vfs->xAccess(vfs, options.path.c_str(), SQLITE_ACCESS_EXISTS, &exists);
  if (code != SQLITE_OK) return error_of(code, options.path, "access");
  return exists != 0;
}

void remove_files(const SqliteOptions& options) {
  sqlite3_vfs* vfs = sqlite3_vfs_find(vfs_name(options));
  if (vfs == nullptr) return;
  for (const char* ending : {"-wal", "-shm", ""})
    vfs->xDelete(vfs, (options.path + ending).c_str(), 0);
}

Outcome check_format(sqlite3* database, const SqliteOptions& options) {
  const auto foreign = [&options](std::string found) {
    return refusal("ledger_format", {{"path", options.path},
                                     {"found", std::move(found)},
                                     {"known", std::to_string(kFormatVersion)}});
  };
  const std::int64_t application = TZ_TRY(query_number(database, "PRAGMA application_id"));
  if (application != kApplicationId) return foreign("not_a_journal");
  const std::int64_t version = TZ_TRY(query_number(database, "PRAGMA user_version"));
  if (version != kFormatVersion) return foreign(std::to_string(version));
  return Done{};
}

bool is_powersafe_overwrite(sqlite3* database) {
  int answer = -1;  // asks without setting
  const int code =
      sqlite3_file_control(database, "main", SQLITE_FCNTL_POWERSAFE_OVERWRITE, &answer);
  return code == SQLITE_OK && answer == 1;
}

Outcome execute(sqlite3* database, const char* sql) {
  if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    return last_error(database, sql);
  return Done{};
}

Result<std::int64_t> query_number(sqlite3* database, const char* sql) {
  Statement statement = TZ_TRY(Statement::prepare(database, sql));
  Run run(statement);
  if (!TZ_TRY(run.step()))
    return error_of(SQLITE_CORRUPT, sqlite3_db_filename(database, "main"), sql);
  return signed_of(run.number(0));
}

Result<std::string> query_text(sqlite3* database, const char* sql) {
  Statement statement = TZ_TRY(Statement::prepare(database, sql));
  Run run(statement);
  if (!TZ_TRY(run.step()))
    return error_of(SQLITE_CORRUPT, sqlite3_db_filename(database, "main"), sql);
  return std::string(run.text(0));
}

Result<Statement> Statement::prepare(sqlite3* database, const char* sql) {
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return last_error(database, sql);
  return Statement(statement);
}

Run& Run::number(int place, std::uint64_t value) {
  const int code = sqlite3_bind_int64(statement_, place, signed_of(value));
  if (bind_code_ == SQLITE_OK) bind_code_ = code;
  return *this;
}

Run& Run::text(int place, std::string_view value) {
  // A null pointer would bind NULL, so an empty text needs another one.
  const char* data = value.empty() ? "" : value.data();
  const int code =
      sqlite3_bind_text64(statement_, place, data, value.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (bind_code_ == SQLITE_OK) bind_code_ = code;
  return *this;
}

Run& Run::blob(int place, BytesView value) {
  const void* data = value.empty() ? static_cast<const void*>("") : value.data();
  const int code = sqlite3_bind_blob64(statement_, place, data, value.size(), SQLITE_STATIC);
  if (bind_code_ == SQLITE_OK) bind_code_ = code;
  return *this;
}

Result<bool> Run::step() {
  sqlite3* database = sqlite3_db_handle(statement_);
  if (bind_code_ != SQLITE_OK) return last_error(database, "bind");
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return last_error(database, sqlite3_sql(statement_));
}

Outcome Run::finish() {
  const bool has_row = TZ_TRY(step());
  TZ_ASSERT(!has_row);
  return Done{};
}

std::uint64_t Run::number(int column) const {
  return unsigned_of(sqlite3_column_int64(statement_, column));
}

std::string_view Run::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

BytesView Run::view(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Bytes Run::blob(int column) const {
  const BytesView bytes = view(column);
  return {bytes.begin(), bytes.end()};
}

}  // namespace tz::journal::sqlite
