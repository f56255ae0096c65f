// What commands ask of an open ledger, as JSON: done in process, or by the server that has it open.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

using Progress = std::function<void(std::uint64_t done, std::uint64_t of)>;

// An operation is {"do": name, …}. Its answer is an object; what a file's rows were refused for
// comes as {"faults": [{"line": n, "column": "B", "error": {…}}, …]} (`column` where the fault lies
// in one cell) and nothing of the file was taken.
//   account_add   name, unit, role, password -> account
//   account_support  name, unit, role, password, hours -> account, name, ends
//   post_add      name, unit, role           -> post
//   token_add     name, label                -> token
//   figures_publish                          -> months
//   figures_stated  row                      -> rows, position, instant   row: 0 or none for all
//   flow_adopt    text                       -> kind, version
//   budget_adopt  text                       -> count
//   duties_adopt  text                       -> count
//   services_adopt  text                     -> version, count
//   unit_succeed  unit, successor, from      -> from        a day; empty: today
//   time_rules_adopt  calendar, limits       -> calendar    its version
//   receiving_key_set  unit, key             -> unit, from, waits   key: 64 hexadecimal digits
//   units_import  source, text               -> units, edges
//   units_apply   source, text, from, leave_undecided, dry_run
//                 -> renamed, recoded, moved, ended, founded, succeeded, followed, left, done
//   keys_renew    wrapping, accounts         -> rewrapped, unopened, destroyed, accounts
//   items_import  kind, into, file, dry_run, again  -> items      file: CSV or XLSX in base64
// Refuses `operation_unknown`, `import_repeated` (a file taken in before, unless `again`) and what
// the ledger refuses.
Result<Json> operate(OpenLedger& ledger, const Json& operation, const Progress& progress);

// Errors as JSON and back, for the way through the socket.
Json to_json(const Error& error);
Error error_from(const Json& json);

}  // namespace tz::program
