// Reading the audit log: whether every row still fits the one before it, and looking for some.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "access/audit_row.h"
#include "base/result.h"

namespace tz::access {

struct AuditReport {
  std::uint64_t first = 0;  // the oldest row there is; those before it were dropped by the rules
  AuditHead head;           // of the rows that hold
  std::vector<Error> findings;
};

// Reads every row. Findings, the first row that disagrees before all others:
//
//   audit_row_malformed  (file, line)       no row stands there
//   audit_row_changed    (seq, file, line)  this row, or the one before it, is not what was written
//   audit_row_missing    (seq, found)       rows from `seq` on are not there
//   audit_drop_unsaid    (seq)              all before it is gone, and no row says that it was
//                                           dropped
//   audit_cut            (rows, found)      the end is missing: `known` had more rows
//   audit_head_wrong     (rows)             the first `rows` rows are not those of `known`
//
// After the first kind of finding nothing further is read. May run beside the writer. Fails with
// `storage_failed`.
Result<AuditReport> verify_audit(const std::string& folder, const std::vector<AuditHead>& known);

struct AuditQuestion {
  std::function<bool(const StoredAuditRow&)> shown;  // rows for which it is true alone; empty: all
  std::optional<AccountId> account;
  std::string by;  // empty, here and below: whatever it is
  std::string from;
  std::string act;
  std::string about;
  std::string result;  // ok; refused: any code; or one code
  std::string request;
  std::optional<Instant> since;         // from then on
  std::optional<Instant> until;         // before then
  std::optional<std::uint64_t> before;  // rows before this one
  std::size_t count_max = 50;
};

struct AuditPage {
  std::vector<StoredAuditRow> rows;   // the newest first
  std::optional<std::uint64_t> next;  // go on with `before` this; none: all was looked through
};

// Looks through at most kAuditLookedAtMax rows at once. Fails with `storage_failed`,
// `audit_damaged`.
constexpr std::size_t kAuditLookedAtMax = 200'000;
Result<AuditPage> search_audit(const std::string& folder, const AuditQuestion& question);

}  // namespace tz::access
