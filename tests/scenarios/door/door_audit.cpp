// Lines about the audit log: what the audit administrator finds there, and what somebody does to
// its file behind the program's back.
#include <charconv>

#include "access/audit_files.h"
#include "access/audit_reading.h"
#include "base/file.h"
#include "scenarios/door/door_player.h"

namespace tz::test {

namespace {

Fault fault(std::string what) { return ScenarioFault{std::move(what)}; }

// The last one is what follows the last line end.
Fault write_lines(const std::string& path, const Words& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) text += (i == 0 ? "" : "\n") + lines[i];
  const Outcome written = write_file({path}, as_bytes(text));
  return written.ok() ? Fault{} : fault("not written: " + written.error().code);
}

// A row of his own after that one, made with all care.
std::string forged_after(const std::string& line) {
  const auto before = access::read_audit_line(line);
  TZ_ASSERT(before.has_value());
  access::StoredAuditRow row = *before;
  ++row.seq;
  std::string out = access::audit_line(row, before->hash);
  out.pop_back();
  return out;
}

}  // namespace

// log (change | take_out | put_in) ROW: of the newest file, from one on. log cut_off: its last row.
Fault DoorPlayer::tamper(const Words& words) {
  const auto segments = access::audit_segments(served_->ledger->audit->folder());
  if (!segments.ok() || segments->empty()) return fault("there is no log");
  const auto text = scenario_text(segments->back().path);
  if (!text.ok()) return fault("not read: " + text.error().code);
  // A header, the rows, and what follows the last line end.
  Words lines = split(*text, '\n');
  const std::size_t row_count = lines.size() < 2 ? 0 : lines.size() - 2;
  const std::string how = words.size() > 1 ? words[1] : "";
  std::size_t row = row_count;
  if (words.size() == 3) std::from_chars(words[2].data(), words[2].data() + words[2].size(), row);
  if (row < 1 || row > row_count) return fault("there is no such row");
  const auto at = lines.begin() + static_cast<std::ptrdiff_t>(row);
  if (how == "change") {
    const std::string ok = R"("result":"ok")";
    const std::size_t found = at->find(ok);
    if (found == std::string::npos) return fault("the row tells of no success");
    at->replace(found, ok.size(), R"("result":"no")");
  } else if (how == "put_in") {
    lines.insert(at + 1, forged_after(*at));
  } else if (how == "take_out" || how == "cut_off") {
    lines.erase(at);
  } else {
    return fault("log change, take_out, put_in or cut_off is needed");
  }
  return write_lines(segments->back().path, lines);
}

// expect audited PERSON ACT ABOUT RESULT: of the last `do`.
Fault DoorPlayer::expect_audited(const Words& words) {
  const http_test::Reply found =
      served_->get("auditor", "/api/v1/audit?request=" + reply_.header("x-request-id"));
  const JsonArray rows = found.list("rows");
  if (rows.size() != 1) return fault(std::to_string(rows.size()) + " rows tell of it");
  const std::string who = found.text("rows/0/account/name");
  const std::string about = found.text("rows/0/about");
  const std::string is = (who.empty() ? "nobody" : who) + " " + found.text("rows/0/act") + " " +
                         (about.empty()    ? "nothing"
                          : about == item_ ? "item"
                                           : about) +
                         " " + found.text("rows/0/result");
  const std::string wanted = words[2] + " " + words[3] + " " + words[4] + " " + words[5];
  return is == wanted ? Fault{} : fault("it says " + is);
}

// expect log (sound | CODE): what whoever checks it finds first.
Fault DoorPlayer::expect_log(const std::string& how) {
  const auto report = access::verify_audit(served_->ledger->audit->folder(), known_);
  if (!report.ok()) return fault("not read: " + report.error().code);
  const std::string is = report->findings.empty() ? "sound" : report->findings.front().code;
  return is == how ? Fault{} : fault("the log is " + is);
}

// expect unsaid TEXT: no file of the log holds it.
Fault DoorPlayer::expect_unsaid(const std::string& text) {
  const auto segments = access::audit_segments(served_->ledger->audit->folder());
  if (!segments.ok()) return fault("there is no log");
  for (const access::AuditSegment& segment : *segments) {
    const auto held = scenario_text(segment.path);
    if (!held.ok()) return fault("not read: " + held.error().code);
    if (held->find(text) != std::string::npos) return fault(segment.name + " says it");
  }
  return std::nullopt;
}

}  // namespace tz::test
