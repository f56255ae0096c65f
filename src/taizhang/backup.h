// Encrypted backups of a ledger, and bringing one back.
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

// Writes FILE (the ledger) and FILE.keys (what opens its texts and signs its checkpoints), which
// belong apart, beside whatever the ledger is doing:
//   file, recipients: [text] -> file, keys_file, files, bytes, records
// Either both are there afterwards or neither. Refuses as access/backup_archive.h does.
Result<Json> write_backup(OpenLedger& ledger, const Json& operation);

}  // namespace tz::program
