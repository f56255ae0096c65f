// One row of the audit log, its line of text, and the chain of hashes through all of them.
//
//   segment = header row*                     a file; the next one goes on where it ends
//   header  = "taizhang-audit 1 " SEQ " " HASH "\n"     of its first row; of the row before that
//   row     = HASH " " JSON "\n"
//   HASH    = 64 lower-case hexadecimal digits: of a row,
//             SHA-256("taizhang audit row 1\n" || hash of the row before || JSON);
//             before the first row of all, zeros
//   JSON    = {"seq", "at", "account"?, "by", "from", "act", "about"?, "result", "request"?}
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/result.h"
#include "base/sha256.h"
#include "base/time.h"

namespace tz::access {

struct AuditRow {
  std::optional<AccountId> account;  // none: nobody is known, or it was done at the console
  std::string by;                    // session, token, console, nobody, program
  std::string from;                  // the other side's address; local, console, program
  std::string act;                   // item_read
  std::string about;                 // which item, account, file; empty: nothing in particular
  std::string result;                // ok, or the code of the error
  std::string request;               // the id that the caller was told; empty: none
};

struct StoredAuditRow {
  std::uint64_t seq = 0;
  Instant at;  // in whole milliseconds, never before the row before
  AuditRow row;
  Hash hash{};
};

// What stands for all rows up to one: whoever keeps it can tell whether they are still the same.
struct AuditHead {
  std::uint64_t rows = 0;
  Hash hash{};
  friend bool operator==(const AuditHead&, const AuditHead&) = default;
};

constexpr std::size_t kAuditRowBytesMax = 1024;  // of its line; texts are cut, and are ASCII

// The line of the row that follows `before`; sets the row's hash.
std::string audit_line(StoredAuditRow& row, const Hash& before);
// The row of a line without its end; its hash is what the line says it is. None where it is no such
// line.
std::optional<StoredAuditRow> read_audit_line(std::string_view line);
// The hash that the line should have after that one.
Hash audit_hash_of(std::string_view line, const Hash& before);

std::string audit_header(const AuditHead& before);
std::optional<AuditHead> read_audit_header(std::string_view line);

// "123 HASH": as it stands in a row about the log itself, and as people hand it on.
std::string to_text(const AuditHead& head);
std::optional<AuditHead> audit_head_of(std::string_view text);

}  // namespace tz::access
