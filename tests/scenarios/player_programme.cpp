// The lines of a scenario about programmes: what units answer, and what is sealed of it.
#include <charconv>

#include "base/embedded.h"
#include "engine/coverage_proof.h"
#include "engine/coverage_sealing.h"
#include "engine/replay.h"
#include "scenarios/player.h"

namespace tz::test {

using namespace ledger;

namespace {

constexpr const char* kProgramme = "education_2019";

std::optional<std::int64_t> number_of(const std::string& text) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

Words list_of(const std::string& text) { return text.empty() ? Words{} : split(text, ','); }

// Of the units that a proof counts by tier: covered, and asked at all.
std::string shown(const engine::CoverageShown& proof) {
  std::uint32_t covered = 0;
  std::uint32_t asked = 0;
  for (std::uint8_t tier = 1; tier <= proof.grid.tiers; ++tier)
    for (std::uint8_t status = 0; status < proof.grid.statuses; ++status) {
      const std::uint32_t count = proof.counts[merkle::tier_cell(proof.grid, tier, status)];
      asked += count;
      if (status != engine::sealed_status(CoverageStatus::Open)) covered += count;
    }
  return std::to_string(covered) + "/" + std::to_string(asked);
}

// The record that sealed it last.
Result<Seq> newest_seal(const std::string& requirement, const engine::Published& now,
                        journal::Reader& reader) {
  const auto id = engine::ledger_id_of(now.state->genesis);
  for (std::uint64_t seq = now.size; seq-- > 0;) {
    const auto stored = TZ_TRY(reader.read(Seq{seq}, 1, 1));
    const auto opened = TZ_TRY(engine::open_record(stored.at(0), *id));
    const auto* seal = std::get_if<CoverageSealed>(&opened.event.event);
    if (seal != nullptr && seal->requirement == requirement) return Seq{seq};
  }
  return refusal("scenario_seal");
}

struct Made {
  std::string text;
  merkle::Checkpoint checkpoint;
};

Result<Made> made(const AdoptedRequirement& requirement, UnitId unit, const engine::Published& now,
                  journal::Reader& reader) {
  const merkle::SumTree tree = TZ_TRY(engine::coverage_tree(requirement));
  const std::uint32_t position = requirement.coverage.asked().tree->position(unit);
  const Seq seal = TZ_TRY(newest_seal(requirement.words().id, now, reader));
  auto sums = TZ_TRY(merkle::prove(tree, position, merkle::SumSpan::Subtree));
  const auto proof = TZ_TRY(engine::prove_seal(std::move(sums), seal, now.size, reader));
  const auto frontier = TZ_TRY(merkle::frontier_at(now.size, engine::hash_source(reader)));
  return Made{engine::to_text(proof), {"elsewhere", now.size, frontier.root(), {}}};
}

// As whoever was sent it reads it.
Result<engine::CoverageShown> read_elsewhere(const Made& made) {
  const auto proof = TZ_TRY(engine::parse_coverage_proof(made.text));
  return engine::check(proof, made.checkpoint);
}

// Codes of then, of all that are not covered below that one.
std::string uncovered_text(const Coverage& coverage, UnitId unit) {
  constexpr std::size_t kListed = 50;
  const OrgTree& tree = *coverage.asked().tree;
  std::string out;
  for (const std::uint32_t at : coverage.uncovered(tree.subtree(unit), 0, kListed))
    out += (out.empty() ? "" : ",") + std::string(tree.code(tree.at(at)));
  return out.empty() ? "none" : out;
}

}  // namespace

// programme [VERSION]: that of the article.
Fault Player::adopt_programme(const Words& words) {
  std::string text(embedded_file("programmes/education-2019.yaml"));
  const std::string first = "\nversion: 1\n";
  const std::size_t at = text.find(first);
  if (at == std::string::npos || words.size() > 2) return ScenarioFault{"programme [VERSION]"};
  if (words.size() == 2) text.replace(at, first.size(), "\nversion: " + words[1] + "\n");
  // The scenarios' tree has no Hebei, whose three lists stand last.
  const std::size_t lists = text.find("  # Hebei's three batches, three lists");
  const std::size_t after = text.find("\n# Fields, pieces of evidence");
  if (lists == std::string::npos || after == std::string::npos)
    return ScenarioFault{"the programme has no three lists"};
  text.erase(lists, after - lists);
  return ask(std::nullopt, AdoptProgramme{text});
}

Result<Command> Player::answer_command(Given given) {
  AnswerRequirement out;
  out.programme = kProgramme;
  out.requirement = taken(given, "requirement");
  const auto status = coverage_status_named(taken(given, "status"));
  if (!status) return refusal("scenario_status");
  out.status = *status;
  out.units = TZ_TRY(named_units(taken(given, "units")));
  for (const std::string& name : list_of(taken(given, "problems")))
    out.items.push_back(TZ_TRY(named_item(name)));
  out.present = number_of(taken(given, "present"));
  out.expected = number_of(taken(given, "expected"));
  out.text = taken(given, "text");
  if (!given.empty()) return refusal("scenario_key", {{"word", given.begin()->first}});
  return Command(std::move(out));
}

Result<Command> Player::activity_command(Given given) {
  RecordActivity out;
  out.programme = kProgramme;
  if (given.contains("requirement")) out.requirement = taken(given, "requirement");
  const auto sort = activity_sort_named(taken(given, "sort"));
  if (!sort) return refusal("scenario_sort");
  out.sort = *sort;
  out.day = TZ_TRY(parse_day(taken(given, "day")));
  out.units = TZ_TRY(named_units(taken(given, "units")));
  out.people = number_of(taken(given, "people"));
  if (const auto word = qualifier_named(taken(given, "qualifier"))) out.qualifier = *word;
  for (const std::string& name : list_of(taken(given, "problems")))
    out.items.push_back(TZ_TRY(named_item(name)));
  out.text = taken(given, "text");
  if (!given.empty()) return refusal("scenario_key", {{"word", given.begin()->first}});
  return Command(std::move(out));
}

Result<std::vector<UnitId>> Player::named_units(const std::string& codes) {
  const auto tree = ledger_.engine().published().state->tree;
  std::vector<UnitId> out;
  for (const std::string& code : list_of(codes)) {
    const auto unit = tree->find(code);
    if (!unit) return refusal("unit_unknown", {{"unit", code}});
    out.push_back(*unit);
  }
  return out;
}

// expect held SORT CODE HELD TAKEN_PART
Fault Player::expect_held(const Words& words) {
  const engine::Published now = ledger_.engine().published();
  const auto programme = now.state->programme_of(kProgramme);
  const auto unit = now.state->tree->find(words[3]);
  const auto sort = activity_sort_named(words[2]);
  if (!programme || !unit || !sort) return ScenarioFault{"expect held SORT CODE COUNT COUNT"};
  const std::vector<Interval> positions = now.state->tree->extent(*unit, day_);
  Activities::Question question;
  question.programme = static_cast<std::uint16_t>(*programme);
  question.tree = now.state->tree.get();
  question.positions = positions;
  const ActivityCounts counts = now.state->activities.counts(question);
  const auto at = static_cast<std::size_t>(*sort);
  const std::string held = std::to_string(counts.held[at]);
  const std::string taken_part = std::to_string(counts.taken_part[at]);
  if (held == words[4] && taken_part == words[5]) return std::nullopt;
  return ScenarioFault{"it is " + held + " " + taken_part};
}

// Whatever has to be sealed by now.
Fault Player::seal_coverage(const Words&) {
  size_before_ = size();
  const auto sealed = engine::seal_due(ledger_.engine(), ledger_.clock().now());
  if (sealed.ok()) return std::nullopt;
  return ScenarioFault{"refused: " + to_text(sealed.error())};
}

// keep REQUIREMENT CODE: a proof of its newest seal, as it is handed out now.
Fault Player::keep_proof(const Words& words) {
  const engine::Published now = ledger_.engine().published();
  const auto index = now.state->programme_of(kProgramme);
  const AdoptedRequirement* requirement =
      index && words.size() == 3 ? now.state->programmes[*index]->requirement(words[1]) : nullptr;
  if (requirement == nullptr) return ScenarioFault{"keep REQUIREMENT CODE is needed"};
  const auto unit = requirement->coverage.asked().tree->find(words[2]);
  if (!unit) return ScenarioFault{"the unit was not there"};
  const Outcome read = ledger_.engine().read([&](journal::Reader& reader) -> Outcome {
    Made proof = TZ_TRY(made(*requirement, *unit, now, reader));
    kept_[{words[1], words[2]}] = {std::move(proof.text), std::move(proof.checkpoint)};
    return Done{};
  });
  if (read.ok()) return std::nullopt;
  return ScenarioFault{"refused: " + to_text(read.error())};
}

// expect kept REQUIREMENT CODE COVERED/ASKED: the log of now begins with what was signed then.
Fault Player::expect_kept(const Words& words) {
  const auto kept = kept_.find({words[2], words[3]});
  if (kept == kept_.end()) return ScenarioFault{"no proof of it was kept"};
  const std::string& text = kept->second.first;
  const auto& checkpoint = kept->second.second;
  std::string is;
  const Outcome read = ledger_.engine().read([&](journal::Reader& reader) -> Outcome {
    const auto then = TZ_TRY(merkle::frontier_at(checkpoint.size, engine::hash_source(reader)));
    if (then.root() != checkpoint.root) return refusal("scenario_log");
    is = shown(TZ_TRY(read_elsewhere({text, checkpoint})));
    return Done{};
  });
  if (!read.ok()) is = read.error().code;
  if (is == words[4]) return std::nullopt;
  return ScenarioFault{"it is " + is};
}

// expect covered REQUIREMENT CODE COVERED/ASKED, expect stands REQUIREMENT CODE STATUS [SINCE],
// expect uncovered REQUIREMENT CODE (CODE{,CODE} | none),
// expect proof REQUIREMENT CODE (COVERED/ASKED | ERROR), expect sealed REQUIREMENT (REASON | none)
Fault Player::expect_programme(const Words& words) {
  const engine::Published now = ledger_.engine().published();
  const auto index = now.state->programme_of(kProgramme);
  const AdoptedRequirement* requirement =
      index ? now.state->programmes[*index]->requirement(words[2]) : nullptr;
  if (requirement == nullptr) return ScenarioFault{"nothing asks for " + words[2]};
  if (words[1] == "sealed") {
    const auto& seals = requirement->seals;
    const std::string is =
        seals.empty() ? "none" : std::string(ledger::to_text(seals.back().reason));
    if (is == words[3]) return std::nullopt;
    return ScenarioFault{"it is " + is};
  }
  const Coverage& coverage = requirement->coverage;
  const auto unit = coverage.asked().tree->find(words[3]);
  if (!unit) return ScenarioFault{"the unit was not there"};
  const std::uint32_t at = coverage.asked().tree->position(*unit);
  std::string is;
  if (words[1] == "covered") {
    const CoverageCounts counts = coverage.counts(coverage.asked().tree->subtree(*unit));
    is = std::to_string(counts.covered()) + "/" + std::to_string(counts.asked());
  } else if (words[1] == "uncovered") {
    is = uncovered_text(coverage, *unit);
  } else if (words[1] == "stands") {
    is = coverage.asks(at) ? std::string(ledger::to_text(coverage.status(at))) : "not_asked";
    if (words.size() == 6 && tz::to_text(coverage.since(at)) != words[5])
      return ScenarioFault{"it stands so since " + tz::to_text(coverage.since(at))};
  } else {
    const Outcome read = ledger_.engine().read([&](journal::Reader& reader) -> Outcome {
      const Made proof = TZ_TRY(made(*requirement, *unit, now, reader));
      is = shown(TZ_TRY(read_elsewhere(proof)));
      return Done{};
    });
    if (!read.ok()) is = read.error().code;
  }
  if (is == words[4]) return std::nullopt;
  return ScenarioFault{"it is " + is};
}

}  // namespace tz::test
