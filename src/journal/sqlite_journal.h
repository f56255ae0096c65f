// The journal in one SQLite file, journal.db: WAL, synchronous FULL, one writer.
#pragma once

#include <memory>
#include <string>

#include "journal/journal.h"

namespace tz::journal {

struct SqliteOptions {
  std::string path;              // .../journal.db
  std::string vfs;               // empty: the system's; tests name a faulty one
  bool synchronous_off = false;  // only for the test that proves it unsafe
};

// Makes the file with its tables; refuses `ledger_exists` where there is one.
Outcome create_sqlite_journal(const SqliteOptions& options);

// Opens for writing. Refuses `ledger_missing`; `ledger_in_use` when another process writes
// (an exclusive lock on PATH.lock, kept until destruction); `ledger_format` for a newer format.
Result<std::unique_ptr<Journal>> open_sqlite_journal(const SqliteOptions& options);

// Opens read-only beside a running writer.
Result<std::unique_ptr<Reader>> open_sqlite_reader(const SqliteOptions& options);

}  // namespace tz::journal
