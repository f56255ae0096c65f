// taizhang coverage: who has not met a requirement, how many have, and files that prove it.
#include <fmt/core.h>

#include "base/json.h"
#include "programme/file_readers.h"
#include "taizhang/commands.h"
#include "taizhang/coverage_files.h"
#include "taizhang/ledger_folder.h"
#include "taizhang/programme_words.h"
#include "taizhang/reading.h"

namespace tz::program {
namespace {

using ledger::AdoptedProgramme;
using ledger::AdoptedRequirement;
using ledger::CoverageStatus;

// What the ledger held after so many records.
struct Shown {
  ledger::State state;
  std::uint64_t position = 0;
  Instant instant;
};

Result<Shown> shown(const ReadLedger& read, const std::string& as_of, journal::Reader& reader) {
  const engine::Published now{std::make_shared<const ledger::State>(read.world.state), read.view,
                              read.view->position()};
  if (as_of.empty()) return Shown{*now.state, now.size, read.view->instant()};
  const engine::AsOf asked = TZ_TRY(engine::parse_as_of(as_of, now.state->zone));
  const engine::PastPoint point =
      TZ_TRY(engine::past_point(asked, now, read.view->instant(), reader));
  return Shown{
      TZ_TRY(engine::state_at(point.position, read.world, reader, programme::file_readers())),
      point.position, point.instant};
}

struct Row {
  const AdoptedRequirement* of = nullptr;
  ledger::CoverageCounts counts;
  std::vector<std::uint32_t> uncovered;  // the first of them
};

// Of a tree that has changed since, the units that it had when it was frozen.
Row row_of(const AdoptedRequirement& of, UnitId unit, Day today, std::size_t limit) {
  const ledger::AskedUnits& asked = of.coverage.asked();
  Row out{&of, ledger::CoverageCounts(asked.tier_count), {}};
  if (unit.value >= asked.tree->size()) return out;
  for (const ledger::Interval& part : asked.tree->extent(unit, today)) {
    out.counts.add(of.coverage.counts(part));
    for (const std::uint32_t at : of.coverage.uncovered(part, 0, limit - out.uncovered.size()))
      out.uncovered.push_back(at);
  }
  return out;
}

// How many stand how; of a tier and kind, or of all.
struct Cell {
  std::array<std::uint32_t, ledger::kCoverageStatusCount> count{};
  std::uint32_t asked = 0;
  std::uint32_t covered = 0;

  void add(CoverageStatus status, std::uint32_t units) {
    count[static_cast<std::size_t>(status)] += units;
    asked += units;
    if (ledger::is_covered(status)) covered += units;
  }
  template <class Use>
  void each(Use use) const {
    use("asked", asked);
    use("covered", covered);
    for (std::size_t i = 0; i < count.size(); ++i)
      use(std::string(to_text(static_cast<CoverageStatus>(i))), count[i]);
  }
  [[nodiscard]] Json json(Json label) const {
    each([&](const std::string& name, std::uint32_t units) { label.set(name, units); });
    return label;
  }
  [[nodiscard]] Facts facts() const {
    Facts out;
    each([&](const std::string& name, std::uint32_t units) {
      out.emplace_back(name, std::to_string(units));
    });
    return out;
  }
};

Cell whole_of(const Row& row) {
  Cell out;
  for (std::size_t i = 0; i < ledger::kCoverageStatusCount; ++i)
    out.add(static_cast<CoverageStatus>(i), row.counts.of(static_cast<CoverageStatus>(i)));
  return out;
}

// Calls `use` with each tier and kind of which units are asked.
template <class Use>
void each_cell(const Row& row, Use use) {
  for (std::uint8_t tier = 0; tier < row.of->coverage.asked().tier_count; ++tier)
    for (std::size_t kind = 0; kind < ledger::kUnitKindCount; ++kind) {
      Cell cell;
      for (std::size_t i = 0; i < ledger::kCoverageStatusCount; ++i) {
        const auto status = static_cast<CoverageStatus>(i);
        cell.add(status, row.counts.of(tier, static_cast<ledger::UnitKind>(kind), status));
      }
      if (cell.asked > 0) use(row.of->by->tiers[tier], static_cast<ledger::UnitKind>(kind), cell);
    }
}

Json uncovered_json(const Row& row, Day today) {
  const ledger::Coverage& coverage = row.of->coverage;
  const ledger::OrgTree& tree = *coverage.asked().tree;
  JsonArray list;
  for (const std::uint32_t at : row.uncovered) {
    Json one;
    one.set("unit", tree.code(tree.at(at))).set("name", tree.name(tree.at(at)));
    one.set("status", to_text(coverage.status(at))).set("since", to_text(coverage.since(at)));
    const auto due = row.of->due(at);
    one.set("due", due ? Json(to_text(*due)) : Json()).set("overdue", due && *due < today);
    list.push_back(std::move(one));
  }
  const std::uint64_t all = row.counts.asked() - row.counts.covered();
  Json out;
  out.set("count", all).set("rows", std::move(list));
  return out.set("more", all - row.uncovered.size());
}

Json seal_json(const AdoptedRequirement& of) {
  if (of.seals.empty()) return {};
  const ledger::Seal& seal = of.seals.back();
  Json out;
  out.set("position", seal.position).set("day", to_text(seal.day));
  out.set("reason", to_text(seal.reason)).set("digest", to_hex(seal.digest));
  return out.set("changed_since", of.sealed_changes != of.changes);
}

Json row_json(const Row& row, Day today, bool uncovered_only) {
  Json out;
  out.set("requirement", row.of->words().id).set("title", row.of->words().title.zh);
  out.set("title_en", row.of->words().title.en).set("dropped", row.of->dropped);
  out.set("uncovered", uncovered_json(row, today));
  if (uncovered_only) return out;
  out.set("counts", whole_of(row).json({}));
  JsonArray cells;
  each_cell(row, [&](const ledger::Tier& tier, ledger::UnitKind kind, const Cell& cell) {
    Json label;
    label.set("tier", tier.id).set("kind", to_text(kind));
    cells.push_back(cell.json(std::move(label)));
  });
  return out.set("cells", std::move(cells)).set("seal", seal_json(*row.of));
}

// First of all who is missing, and since when.
void print_row(const Row& row, Day today, bool uncovered_only, const Speech& speech) {
  fmt::print("{}  {}\n", row.of->words().id, in_words(row.of->words().title, speech));
  const Json missing = uncovered_json(row, today);
  fmt::print("  {}\n",
             speech.word("cli.coverage.uncovered", {{"count", missing.find("count")->dump()}}));
  for (const Json& one : *missing.find("rows")->as_array()) {
    Facts facts = {{"since", *one.find("since")->as_text()},
                   {"status", speech.word("coverage." + *one.find("status")->as_text())}};
    if (!one.find("due")->is_null()) facts.emplace_back("due", *one.find("due")->as_text());
    if (*one.find("overdue")->as_bool())
      facts.emplace_back("overdue", speech.word("cli.coverage.overdue"));
    fmt::print("    {}  {}  {}\n", *one.find("unit")->as_text(), *one.find("name")->as_text(),
               speech.word("cli.coverage.stands", facts));
  }
  if (*missing.find("more")->as_int() > 0)
    fmt::print("    {}\n",
               speech.word("cli.coverage.more", {{"more", missing.find("more")->dump()}}));
  if (uncovered_only) return;
  fmt::print("  {}\n", speech.word("cli.coverage.counts", whole_of(row).facts()));
  each_cell(row, [&](const ledger::Tier& tier, ledger::UnitKind kind, const Cell& cell) {
    fmt::print("    {}, {}: {}\n", in_words(tier.title, speech), kind_word(to_text(kind), speech),
               speech.word("cli.coverage.counts", cell.facts()));
  });
  if (row.of->seals.empty()) return;
  const ledger::Seal& seal = row.of->seals.back();
  const bool changed = row.of->sealed_changes != row.of->changes;
  fmt::print(
      "  {}\n",
      speech.word(changed ? "cli.coverage.seal_changed" : "cli.coverage.seal",
                  {{"day", to_text(seal.day)},
                   {"reason", speech.word("seal_reason." + std::string(to_text(seal.reason)))},
                   {"position", std::to_string(seal.position)}}));
}

struct Chosen {
  const AdoptedProgramme* programme = nullptr;
  const AdoptedRequirement* requirement = nullptr;  // none: all
  UnitId unit;
};

Result<Chosen> chosen(const CoverageOptions& options, const ledger::State& state) {
  const auto index = state.programme_of(options.programme);
  if (!index) return refusal("programme_unknown", {{"programme", options.programme}});
  const auto unit = state.tree->named(options.unit);
  if (!unit) return refusal("unit_unknown", {{"unit", options.unit}});
  Chosen out{state.programmes[*index].get(), nullptr, *unit};
  if (options.requirement.empty()) return out;
  out.requirement = out.programme->requirement(options.requirement);
  if (out.requirement == nullptr)
    return refusal("requirement_unknown", {{"requirement", options.requirement}});
  return out;
}

int write_files(const CoverageOptions& options, const Chosen& of, journal::Reader& reader,
                const ledger::State& state, const Speech& speech) {
  Json out;
  if (!options.proof.empty()) {
    const auto span = options.leaf ? merkle::SumSpan::Unit : merkle::SumSpan::Subtree;
    const auto written =
        write_coverage_proof({*of.requirement, of.unit, span}, state, reader, options.proof);
    if (!written.ok()) return speech.refuse(written.error());
    out.set("proof", options.proof).set("bytes", static_cast<std::uint64_t>(written->bytes));
    out.set("checkpoint", written->checkpoint).set("records", written->size);
    if (!speech.json)
      speech.say("cli.coverage.proof_written", {{"path", options.proof},
                                                {"bytes", std::to_string(written->bytes)},
                                                {"checkpoint", written->checkpoint},
                                                {"records", std::to_string(written->size)},
                                                {"key", options.folder + "/keys/log.vkey"}});
  }
  if (!options.leaves.empty()) {
    const auto count = write_coverage_leaves(*of.requirement, options.leaves);
    if (!count.ok()) return speech.refuse(count.error());
    out.set("leaves", options.leaves).set("units", *count);
    if (!speech.json)
      speech.say("cli.coverage.leaves_written",
                 {{"path", options.leaves}, {"units", std::to_string(*count)}});
  }
  if (speech.json) fmt::print("{}\n", out.dump());
  return 0;
}

void print_rows(const CoverageOptions& options, const Chosen& of, const Shown& at,
                const Speech& speech) {
  const Day today = day_of(at.instant, at.state.zone);
  const auto limit = static_cast<std::size_t>(options.limit);
  std::vector<Row> rows;
  for (const AdoptedRequirement& one : of.programme->requirements)
    if (of.requirement == nullptr ? !one.dropped : &one == of.requirement)
      rows.push_back(row_of(one, of.unit, today, limit));
  const ledger::Programme& words = of.programme->newest();
  const std::string instant = to_text(at.instant, at.state.zone);
  if (speech.json) {
    JsonArray list;
    for (const Row& row : rows) list.push_back(row_json(row, today, options.uncovered));
    Json out;
    out.set("position", at.position).set("instant", instant).set("unit", options.unit);
    out.set("programme", words.id).set("version", words.version);
    out.set("requirements", std::move(list));
    fmt::print("{}\n", out.dump());
    return;
  }
  speech.say("cli.coverage.head", {{"programme", in_words(words.title, speech)},
                                   {"version", std::to_string(words.version)},
                                   {"unit", options.unit},
                                   {"name", std::string(at.state.tree->name(of.unit))},
                                   {"position", std::to_string(at.position)},
                                   {"instant", instant}});
  for (const Row& row : rows) print_row(row, today, options.uncovered, speech);
}

}  // namespace

int run_coverage(const CoverageOptions& options, const Speech& speech) {
  const bool files = !options.proof.empty() || !options.leaves.empty();
  const std::string help = "taizhang coverage --help";
  const auto needs = [&](const char* option, const char* needed) {
    return speech.misuse("usage.option_needs",
                         {{"option", option}, {"needed", needed}, {"help", help}});
  };
  if (files && options.requirement.empty())
    return needs(options.proof.empty() ? "--leaves" : "--proof", "--requirement");
  if (options.leaf && options.proof.empty()) return needs("--leaf", "--proof");
  if (options.limit < 0)
    return speech.misuse("usage.value_wrong", {{"option", "--limit"}, {"help", help}});
  const auto ledger = read_ledger(options.folder, From::Snapshot);
  if (!ledger.ok()) return speech.refuse(ledger.error());
  const auto reader = open_reader(options.folder);
  if (!reader.ok()) return speech.refuse(reader.error());
  const auto at = shown(**ledger, options.as_of, **reader);
  if (!at.ok()) return speech.refuse(at.error());
  const auto of = chosen(options, at->state);
  if (!of.ok()) return speech.refuse(of.error());
  speech.banner(at->state.genesis);
  if (files) return write_files(options, *of, **reader, at->state, speech);
  print_rows(options, *of, *at, speech);
  return 0;
}

}  // namespace tz::program
