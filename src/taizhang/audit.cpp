// taizhang audit verify and renew.
#include <fmt/core.h>

#include "access/audit_reading.h"
#include "base/json.h"
#include "taizhang/commands.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {
namespace {

Result<access::AuditReport> verify_folder(const AuditOptions& options) {
  std::vector<access::AuditHead> known;
  if (!options.against.empty()) {
    const auto head = access::audit_head_of(options.against);
    if (!head) return refusal("audit_head_bad", {{"text", options.against}});
    known.push_back(*head);
  }
  const auto reader = TZ_TRY(open_reader(options.folder));
  const auto remembered = TZ_TRY(known_audit_head(*reader));
  if (remembered) known.push_back(*remembered);
  return access::verify_audit(options.folder + "/audit", known);
}

}  // namespace

int run_audit_verify(const AuditOptions& options, const Speech& speech) {
  const Result<access::AuditReport> report = verify_folder(options);
  if (!report.ok()) return speech.refuse(report.error());
  const bool holds = report->findings.empty();
  if (speech.json) {
    JsonArray findings;
    for (const Error& finding : report->findings) findings.push_back(speech.error_json(finding));
    Json out;
    out.set("holds", holds).set("first", report->first).set("rows", report->head.rows);
    out.set("head", access::to_text(report->head)).set("findings", std::move(findings));
    fmt::print("{}\n", out.dump());
    return holds ? 0 : 1;
  }
  speech.say("cli.audit.checked", {{"first", std::to_string(report->first)},
                                   {"rows", std::to_string(report->head.rows)},
                                   {"head", access::to_text(report->head)}});
  for (const Error& finding : report->findings)
    fmt::print("✗ {} ({})\n", Messages::of(speech.language).text(finding), finding.code);
  speech.say(holds ? "cli.audit.holds" : "cli.audit.broken");
  return holds ? 0 : 1;
}

int run_audit_renew(const AuditOptions& options, const Speech& speech) {
  const Result<std::string> aside = renew_audit(options.folder);
  if (!aside.ok()) return speech.refuse(aside.error());
  if (speech.json) {
    Json out;
    out.set("aside", *aside);
    fmt::print("{}\n", out.dump());
    return 0;
  }
  speech.say("cli.audit.renewed", {{"path", *aside}});
  return 0;
}

}  // namespace tz::program
