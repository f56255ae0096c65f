// taizhang verify and taizhang replay.
#include "engine/verify.h"

#include <fmt/core.h>

#include "base/file.h"
#include "base/json.h"
#include "programme/file_readers.h"
#include "taizhang/commands.h"
#include "taizhang/ledger_folder.h"
#include "taizhang/operations.h"
#include "taizhang/reading.h"

namespace tz::program {
namespace {

constexpr std::size_t kCheckpointMax = 65536;

Result<engine::VerifyReport> verify_folder(const VerifyOptions& options, const Speech& speech) {
  engine::VerifyRequest request;
  request.key = TZ_TRY(read_verifier_key(options.folder));
  request.snapshot_folder = options.folder + "/snapshot";
  request.readers = programme::file_readers();
  request.progress = [&](std::uint64_t done, std::uint64_t of) { speech.progress(done, of); };
  if (!options.against.empty()) {
    const auto file = TZ_TRY(read_file(options.against, kCheckpointMax));
    if (!file) return refusal("file_missing", {{"path", options.against}});
    request.against = std::string(as_text(file->bytes));
  }
  const auto reader = TZ_TRY(open_reader(options.folder));
  // A journal without a genesis is one of the findings.
  if (const auto genesis = engine::read_genesis(*reader); genesis.ok()) speech.banner(*genesis);
  return engine::verify(*reader, request);
}

Json report_json(const engine::VerifyReport& report, const Speech& speech) {
  Json out;
  out.set("holds", report.findings.empty()).set("records", report.record_count);
  out.set("texts", report.text_count).set("texts_destroyed", report.destroyed_count);
  out.set("items", report.item_count).set("checkpoints", report.checkpoint_count);
  out.set("tree_hashes", report.tree_hash_count).set("snapshot", report.snapshot_checked);
  out.set("snapshot_unchecked", report.snapshot_unchecked);
  out.set("against", report.against_checked).set("root", to_base64(report.root));
  JsonArray findings;
  for (const engine::Finding& finding : report.findings)
    findings.push_back(speech.error_json(refusal(finding.code, finding.facts)));
  out.set("findings", std::move(findings));
  return out;
}

}  // namespace

int run_verify(const VerifyOptions& options, const Speech& speech) {
  const Result<engine::VerifyReport> report = verify_folder(options, speech);
  if (!report.ok()) return speech.refuse(report.error());
  if (speech.json) {
    fmt::print("{}\n", report_json(*report, speech).dump());
    return report->findings.empty() ? 0 : 1;
  }
  speech.say("cli.verify.checked", {{"records", std::to_string(report->record_count)},
                                    {"items", std::to_string(report->item_count)},
                                    {"texts", std::to_string(report->text_count)},
                                    {"destroyed", std::to_string(report->destroyed_count)},
                                    {"checkpoints", std::to_string(report->checkpoint_count)},
                                    {"root", to_base64(report->root)}});
  speech.say(report->snapshot_checked     ? "cli.verify.snapshot"
             : report->snapshot_unchecked ? "cli.verify.snapshot_unchecked"
                                          : "cli.verify.no_snapshot");
  if (report->against_checked) speech.say("cli.verify.against");
  for (const engine::Finding& finding : report->findings)
    fmt::print("✗ {} ({})\n",
               Messages::of(speech.language).text(refusal(finding.code, finding.facts)),
               finding.code);
  speech.say(report->findings.empty() ? "cli.verify.holds" : "cli.verify.broken");
  return report->findings.empty() ? 0 : 1;
}

int run_replay(const ReplayOptions& options, const Speech& speech) {
  const auto read = read_ledger(options.folder, From::Start);
  if (!read.ok()) return speech.refuse(read.error());
  const engine::World& world = (*read)->world;
  const Hash digest = sha256(world.rollup.save());
  Json out;
  out.set("records", world.frontier.size()).set("root", to_base64(world.frontier.root()));
  out.set("units", static_cast<std::int64_t>(world.state.tree->size()));
  out.set("items", static_cast<std::int64_t>((*read)->view->row_count()));
  out.set("state_sha256", to_hex(digest));
  if (speech.json) {
    fmt::print("{}\n", out.dump());
  } else {
    for (const JsonMember& member : *out.as_object())
      fmt::print("{}: {}\n", member.first, member.second.dump());
  }
  return 0;
}

}  // namespace tz::program
