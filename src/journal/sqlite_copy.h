// A whole copy of journal.db as it stands at one moment, made beside its writer.
#pragma once

#include <string>

#include "journal/sqlite_journal.h"

namespace tz::journal {

// Makes the file TO, mode as the process's mask says; one that is there is refused (`file_exists`).
// Commits go on meanwhile and are not in the copy. Fails with `storage_full` or `storage_failed`,
// and then leaves no file.
Outcome copy_sqlite_journal(const SqliteOptions& from, const std::string& to);

}  // namespace tz::journal
