// One pass forwards to verify, one backwards to look for rows.
#include "access/audit_reading.h"

#include <algorithm>

#include "access/audit_files.h"

namespace tz::access {
namespace {

// Holds what was known against the rows as they pass.
class Verification {
 public:
  explicit Verification(const std::vector<AuditHead>& known) : known_(known) {}

  Outcome read(const std::vector<AuditSegment>& segments) {
    for (const AuditSegment& segment : segments) {
      bool begun = false;
      const auto read = read_audit_lines(segment, [&](std::size_t number, std::string_view line) {
        if (number == 1) return begun = take_header(segment, line);
        return take_row(segment, number, line);
      });
      if (!read.ok() && read.error().code != "audit_damaged") return read.error();
      if (!read.ok()) stop_at("audit_row_malformed", read.error().facts);
      if (broken_) return Done{};
      // The newest file may have been made this moment, its first line not yet written.
      if (!begun && &segment != &segments.back()) {
        malformed(segment, 1);
        return Done{};
      }
    }
    if (any_ && report_.first > 0 && !drop_said_)
      find("audit_drop_unsaid", {{"seq", std::to_string(report_.first)}});
    for (const AuditHead& known : known_)
      if (known.rows > report_.head.rows)
        find("audit_cut",
             {{"rows", std::to_string(known.rows)}, {"found", std::to_string(report_.head.rows)}});
    return Done{};
  }

  AuditReport report() && { return std::move(report_); }

 private:
  void find(std::string code, Facts facts) {
    report_.findings.push_back(refusal(std::move(code), std::move(facts)));
  }

  bool malformed(const AuditSegment& segment, std::size_t line) {
    return stop_at("audit_row_malformed", {{"file", segment.name}, {"line", std::to_string(line)}});
  }

  bool stop_at(const char* code, Facts facts) {
    find(code, std::move(facts));
    broken_ = true;
    return false;
  }

  bool take_header(const AuditSegment& segment, std::string_view line) {
    const auto header = read_audit_header(line);
    if (!header) return malformed(segment, 1);
    if (!any_) {
      any_ = true;
      report_.first = header->rows;
      report_.head = begins_with_ = *header;
      if (header->rows == 0 && header->hash != Hash{})
        return stop_at("audit_row_changed", {{"seq", "0"}, {"file", segment.name}, {"line", "1"}});
      return true;
    }
    if (header->rows != report_.head.rows)
      return stop_at("audit_row_missing", {{"seq", std::to_string(report_.head.rows)},
                                           {"found", std::to_string(header->rows)}});
    if (header->hash == report_.head.hash) return true;
    const std::string before = std::to_string(header->rows - 1);
    return stop_at("audit_row_changed", {{"seq", before}, {"file", segment.name}, {"line", "1"}});
  }

  bool take_row(const AuditSegment& segment, std::size_t number, std::string_view line) {
    const auto row = read_audit_line(line);
    if (!row) return malformed(segment, number);
    if (audit_hash_of(line, report_.head.hash) != row->hash) {
      // A row that is whole but for the place of another: some are missing, or were put in.
      if (row->seq != report_.head.rows)
        return stop_at("audit_row_missing", {{"seq", std::to_string(report_.head.rows)},
                                             {"found", std::to_string(row->seq)}});
      return stop_at("audit_row_changed", {{"seq", std::to_string(row->seq)},
                                           {"file", segment.name},
                                           {"line", std::to_string(number)}});
    }
    report_.head = {row->seq + 1, row->hash};
    if (row->row.act == "audit_dropped" && audit_head_of(row->row.about) == begins_with_)
      drop_said_ = true;
    for (const AuditHead& known : known_)
      if (known.rows == report_.head.rows && known.hash != report_.head.hash)
        find("audit_head_wrong", {{"rows", std::to_string(known.rows)}});
    return true;
  }

  const std::vector<AuditHead>& known_;
  AuditReport report_;
  AuditHead begins_with_;
  bool any_ = false;
  bool drop_said_ = false;
  bool broken_ = false;
};

bool same_or_any(const std::string& wanted, const std::string& found) {
  return wanted.empty() || wanted == found;
}

bool fits(const AuditQuestion& question, const StoredAuditRow& stored) {
  const AuditRow& row = stored.row;
  if (question.account && row.account != question.account) return false;
  if (question.before && stored.seq >= *question.before) return false;
  if (question.until && stored.at >= *question.until) return false;
  const bool result =
      question.result == "refused" ? row.result != "ok" : same_or_any(question.result, row.result);
  return result && same_or_any(question.by, row.by) && same_or_any(question.from, row.from) &&
         same_or_any(question.act, row.act) && same_or_any(question.about, row.about) &&
         same_or_any(question.request, row.request) && (!question.shown || question.shown(stored));
}

}  // namespace

Result<AuditReport> verify_audit(const std::string& folder, const std::vector<AuditHead>& known) {
  Verification verification(known);
  const auto segments = TZ_TRY(audit_segments(folder));
  TZ_TRY(verification.read(segments));
  return std::move(verification).report();
}

Result<AuditPage> search_audit(const std::string& folder, const AuditQuestion& question) {
  const auto segments = TZ_TRY(audit_segments(folder));
  AuditPage page;
  std::size_t looked_at = 0;
  bool enough = false;
  for (auto segment = segments.rbegin(); segment != segments.rend() && !enough; ++segment) {
    if (question.before && segment->first >= *question.before) continue;
    std::uint64_t seq = 0;  // of the last one looked at
    TZ_TRY(read_audit_lines_backwards(*segment, [&](std::string_view line) {
      if (read_audit_header(line)) return true;
      const auto row = read_audit_line(line);
      if (!row) return true;  // verifying is another matter
      seq = row->seq;
      // Rows are in the order of their time.
      enough = question.since && row->at < *question.since;
      if (enough) return false;
      if (fits(question, *row)) page.rows.push_back(*row);
      if (page.rows.size() < question.count_max && ++looked_at < kAuditLookedAtMax) return true;
      enough = true;
      if (seq > segments.front().first) page.next = seq;
      return false;
    }));
  }
  return page;
}

}  // namespace tz::access
