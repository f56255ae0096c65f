// The audit log's files: which there are, and their lines read one by one.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "access/audit_row.h"
#include "base/result.h"

namespace tz::access {

struct AuditSegment {
  std::string path;
  std::string name;         // "2026-11-000000001234.log": month of its first row, and its number
  std::uint64_t first = 0;  // by its name
  std::uint64_t bytes = 0;
};

std::string audit_segment_name(Instant first_at, std::uint64_t first);

// In order. A file of another name is none of them. Fails with `storage_failed`.
Result<std::vector<AuditSegment>> audit_segments(const std::string& folder);

// Calls `line` with each whole line from the file's start (its number from 1, and the line without
// its end) until that gives false. What follows the last line end is no line yet. Gives how many
// bytes the whole lines are. Fails with `storage_failed`, and with `audit_damaged` (facts: file,
// line) where a line has no end within the size of a row.
Result<std::uint64_t> read_audit_lines(
    const AuditSegment& segment,
    const std::function<bool(std::size_t number, std::string_view line)>& line);

// The same from the end: the newest row first, the header last.
Outcome read_audit_lines_backwards(const AuditSegment& segment,
                                   const std::function<bool(std::string_view line)>& line);

}  // namespace tz::access
