// taizhang verify coverage: checks a coverage proof without the ledger that it comes from.
#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "base/file.h"
#include "base/json.h"
#include "engine/coverage_divisions.h"
#include "engine/coverage_proof.h"
#include "merkle/sum_leaves.h"
#include "taizhang/commands.h"
#include "taizhang/setting_up.h"

namespace tz::program {
namespace {

constexpr std::size_t kLeavesBytesMax = std::size_t{1} << 30;

Result<std::string> text_in(const std::string& path, std::size_t bytes_max) {
  const auto file = TZ_TRY(read_file(path, bytes_max));
  if (!file) return refusal("file_missing", {{"path", path}});
  return std::string(as_text(file->bytes));
}

// What a key file says, without the line end.
Result<merkle::VerifierKey> key_in(const std::string& path) {
  std::string text = TZ_TRY(text_in(path, merkle::kNoteBytesMax));
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return merkle::parse_verifier_key(text);
}

Result<merkle::Checkpoint> checkpoint_of(const VerifyCoverageOptions& options) {
  const std::string note = TZ_TRY(text_in(options.checkpoint, merkle::kNoteBytesMax));
  if (options.key.empty()) return merkle::read_unchecked(note);
  const merkle::VerifierKey key = TZ_TRY(key_in(options.key));
  return merkle::open_checkpoint(note, key);
}

struct Checked {
  merkle::Checkpoint checkpoint;
  engine::CoverageShown shown;
  merkle::SumSpan span = merkle::SumSpan::Subtree;
  std::optional<std::size_t> leaves;  // where all were read
  std::optional<engine::ComparedDivisions> divisions;
};

Outcome check_in_full(const VerifyCoverageOptions& options, Checked& out) {
  const std::string text = TZ_TRY(text_in(options.full, kLeavesBytesMax));
  const merkle::SumLeafList list = TZ_TRY(merkle::parse_sum_leaves(text));
  const auto size = static_cast<std::uint32_t>(list.leaves.size());
  const merkle::SumTree tree = TZ_TRY(merkle::SumTree::build(
      list.grid, size, [&](std::uint32_t position) { return list.leaves[position]; }));
  if (merkle::root_digest(tree.root()) != out.shown.seal.digest)
    return refusal("coverage_leaves_differ");
  out.leaves = list.leaves.size();
  if (options.divisions.empty()) return Done{};
  const auto rows = TZ_TRY(read_divisions_folder(options.divisions, day_of(out.shown.sealed, {})));
  out.divisions = TZ_TRY(engine::compare(list.leaves, rows));
  return Done{};
}

Result<Checked> checked(const VerifyCoverageOptions& options) {
  const std::string text = TZ_TRY(text_in(options.file, engine::kCoverageProofBytesMax));
  const engine::CoverageProof proof = TZ_TRY(engine::parse_coverage_proof(text));
  Checked out;
  out.checkpoint = TZ_TRY(checkpoint_of(options));
  out.shown = TZ_TRY(engine::check(proof, out.checkpoint));
  out.span = proof.sums.span;
  if (!options.full.empty()) TZ_TRY(check_in_full(options, out));
  return out;
}

// The three kinds of proof, with the words for what each can and cannot prove.
struct Kind {
  const char* name;
  const char* shows;
  const char* leaves_open;
};
Kind kind_of(const Checked& of) {
  if (of.leaves) return {"full", "cli.verify_coverage.shows_full", "cli.verify_coverage.not_full"};
  if (of.span == merkle::SumSpan::Unit)
    return {"unit", "cli.verify_coverage.shows_unit", "cli.verify_coverage.not_unit"};
  return {"subtree", "cli.verify_coverage.shows_subtree", "cli.verify_coverage.not_subtree"};
}

std::string status_name(std::uint8_t status) {
  return std::string(to_text(static_cast<ledger::CoverageStatus>(status)));
}

// Counts of one tier or type: `cell` says which stands where.
template <class Cell>
Json row_json(const char* label, std::uint8_t number, const Checked& of, Cell cell) {
  Json out;
  out.set(label, std::uint32_t{number});
  for (std::uint8_t status = 0; status < of.shown.grid.statuses; ++status)
    out.set(status_name(status), of.shown.counts[cell(of.shown.grid, number, status)]);
  return out;
}

Json counts_json(const Checked& of) {
  const merkle::SumGrid& grid = of.shown.grid;
  JsonArray tiers;
  for (std::uint8_t i = 1; i <= grid.tiers; ++i)
    tiers.push_back(row_json("tier", i, of, merkle::tier_cell));
  JsonArray types;
  for (std::uint8_t i = 1; i <= grid.types; ++i)
    types.push_back(row_json("type", i, of, merkle::type_cell));
  Json out;
  std::uint64_t asked = 0;
  for (std::uint8_t status = 0; status < grid.statuses; ++status) {
    std::uint64_t units = 0;
    for (std::uint8_t i = 1; i <= grid.tiers; ++i)
      units += of.shown.counts[merkle::tier_cell(grid, i, status)];
    out.set(status_name(status), units);
    asked += units;
  }
  out.set("asked", asked).set("not_asked", of.shown.counts[0]);
  return out.set("tiers", std::move(tiers)).set("types", std::move(types));
}

Json checked_json(const Checked& of, bool signature_checked) {
  const engine::CoverageShown& shown = of.shown;
  Json out;
  out.set("holds", true).set("shown", kind_of(of).name).set("ledger", shown.ledger_id);
  out.set("origin", of.checkpoint.origin).set("records", of.checkpoint.size);
  out.set("signature_checked", signature_checked);
  out.set("simulated", std::find(of.checkpoint.extensions.begin(), of.checkpoint.extensions.end(),
                                 "clock simulated") != of.checkpoint.extensions.end());
  out.set("programme", shown.seal.programme).set("requirement", shown.seal.requirement);
  out.set("record", shown.record.value).set("position", shown.seal.position);
  out.set("sealed", to_text(shown.sealed, Zone{})).set("reason", to_text(shown.seal.reason));
  out.set("digest", to_hex(shown.seal.digest)).set("tree", shown.seal.units);
  const merkle::SumLeaf& leaf = shown.leaf;
  Json unit;
  unit.set("code", leaf.unit_code).set("position", leaf.position).set("subtree", leaf.subtree);
  unit.set("level", std::uint32_t{leaf.level}).set("tier", std::uint32_t{leaf.tier});
  unit.set("type", std::uint32_t{leaf.type});
  unit.set("status", leaf.tier == 0 ? Json() : Json(status_name(leaf.status)));
  out.set("unit", std::move(unit)).set("counts", counts_json(of));
  if (of.leaves) out.set("leaves", static_cast<std::uint64_t>(*of.leaves));
  if (of.divisions) {
    out.set("divisions", static_cast<std::uint64_t>(of.divisions->listed));
    out.set("unlisted", static_cast<std::uint64_t>(of.divisions->unlisted));
  }
  return out;
}

// The whole numbers of an object as facts, by their names.
Facts numbers_in(const Json& object) {
  Facts out;
  for (const JsonMember& member : *object.as_object())
    if (member.second.as_int() != nullptr)
      out.emplace_back(member.first, std::to_string(*member.second.as_int()));
  return out;
}

void print_counts(const Json& counts, const Speech& speech) {
  fmt::print("  {}\n", speech.word("cli.verify_coverage.counts", numbers_in(counts)));
  for (const auto& [list, key] : {std::pair("tiers", "cli.verify_coverage.tier"),
                                  std::pair("types", "cli.verify_coverage.type")})
    for (const Json& row : *counts.find(list)->as_array())
      fmt::print("    {}\n", speech.word(key, numbers_in(row)));
}

void print_checked(const Checked& of, const Json& json, bool signature_checked,
                   const Speech& speech) {
  const engine::CoverageShown& shown = of.shown;
  if (*json.find("simulated")->as_bool()) speech.say("cli.simulated");
  speech.say("cli.verify_coverage.holds");
  speech.say("cli.verify_coverage.sealed",
             {{"programme", shown.seal.programme},
              {"requirement", shown.seal.requirement},
              {"record", std::to_string(shown.record.value)},
              {"sealed", to_text(shown.sealed, Zone{})},
              {"reason", speech.word("seal_reason." + std::string(to_text(shown.seal.reason)))},
              {"position", std::to_string(shown.seal.position)}});
  speech.say("cli.verify_coverage.log", {{"origin", of.checkpoint.origin},
                                         {"ledger", shown.ledger_id},
                                         {"records", std::to_string(of.checkpoint.size)}});
  speech.say(signature_checked ? "cli.verify_coverage.signed" : "cli.verify_coverage.unsigned");
  speech.say(
      of.span == merkle::SumSpan::Unit ? "cli.verify_coverage.unit" : "cli.verify_coverage.subtree",
      {{"unit", shown.leaf.unit_code},
       {"units", std::to_string(shown.leaf.subtree)},
       {"tree", std::to_string(shown.seal.units)}});
  print_counts(*json.find("counts"), speech);
  if (of.divisions)
    speech.say("cli.verify_coverage.divisions",
               {{"listed", std::to_string(of.divisions->listed)},
                {"unlisted", std::to_string(of.divisions->unlisted)}});
  else if (of.leaves)
    speech.say("cli.verify_coverage.no_divisions");
  speech.say(kind_of(of).shows);
  speech.say(kind_of(of).leaves_open);
}

}  // namespace

int run_verify_coverage(const VerifyCoverageOptions& options, const Speech& speech) {
  if (!options.divisions.empty() && options.full.empty())
    return speech.misuse("usage.option_needs", {{"option", "--divisions"},
                                                {"needed", "--full"},
                                                {"help", "taizhang verify coverage --help"}});
  const auto of = checked(options);
  if (!of.ok()) return speech.refuse(of.error());
  const bool signature_checked = !options.key.empty();
  const Json json = checked_json(*of, signature_checked);
  if (speech.json)
    fmt::print("{}\n", json.dump());
  else
    print_checked(*of, json, signature_checked, speech);
  return 0;
}

}  // namespace tz::program
