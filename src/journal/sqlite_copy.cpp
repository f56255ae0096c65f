// SQLite's online backup, in one step: one read transaction, which a write-ahead log lets stand.
#include "journal/sqlite_copy.h"

#include "journal/sqlite.h"

namespace tz::journal {
namespace {

Outcome copy(sqlite3* from, sqlite3* to) {
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
  if (backup == nullptr) return sqlite::last_error(to, "copy");
  const int code = sqlite3_backup_step(backup, -1);
  sqlite3_backup_finish(backup);
  if (code == SQLITE_DONE) return Done{};
  return sqlite::error_of(code, sqlite3_db_filename(to, "main"), "copy");
}

}  // namespace

Outcome copy_sqlite_journal(const SqliteOptions& from, const std::string& to) {
  const SqliteOptions target{to, {}, true};
  if (TZ_TRY(sqlite::file_exists(target))) return refusal("file_exists", {{"path", to}});
  const sqlite::Connection source = TZ_TRY(sqlite::connect(from, sqlite::Access::Read));
  TZ_TRY(sqlite::check_format(source.get(), from));
  sqlite::Connection copied = TZ_TRY(sqlite::connect(target, sqlite::Access::Create));
  Outcome done = copy(source.get(), copied.get());
  copied.reset();
  if (!done.ok()) sqlite::remove_files(target);
  return done;
}

}  // namespace tz::journal
