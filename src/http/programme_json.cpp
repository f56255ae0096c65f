// Counts are those of the ledger's coverage; a cell that nobody is asked in is left out.
#include "http/programme_json.h"

#include "base/csv.h"
#include "http/render.h"
#include "ledger/decide_programme.h"

namespace tz::http {
namespace {

using ledger::AdoptedProgramme;
using ledger::AdoptedRequirement;
using ledger::CoverageStatus;
using ledger::RequirementSort;

Json cells_json(const AdoptedRequirement& requirement, const ledger::CoverageCounts& counts) {
  JsonArray out;
  for (std::uint8_t tier = 0; tier < requirement.coverage.asked().tier_count; ++tier)
    for (std::size_t i = 0; i < ledger::kUnitKindCount; ++i) {
      const auto kind = static_cast<ledger::UnitKind>(i);
      std::uint32_t asked = 0;
      std::uint32_t covered = 0;
      for (std::size_t k = 0; k < ledger::kCoverageStatusCount; ++k) {
        const auto status = static_cast<CoverageStatus>(k);
        const std::uint32_t count = counts.of(tier, kind, status);
        asked += count;
        if (ledger::is_covered(status)) covered += count;
      }
      if (asked == 0) continue;
      Json cell;
      cell.set("tier", requirement.by->tiers[tier].id).set("kind", to_text(kind));
      cell.set("asked", asked).set("covered", covered);
      out.push_back(std::move(cell));
    }
  return out;
}

Json seal_json(const AdoptedRequirement& requirement) {
  if (requirement.seals.empty()) return {};
  const ledger::Seal& seal = requirement.seals.back();
  Json out;
  out.set("position", seal.position).set("day", to_text(seal.day));
  out.set("reason", to_text(seal.reason)).set("digest", to_hex(seal.digest));
  out.set("changed_since", requirement.sealed_changes != requirement.changes);
  return out;
}

// What the words say besides, by their sort; null where that sort says nothing of it.
void set_sort(Json& out, const AdoptedRequirement& requirement) {
  const ledger::Requirement& words = requirement.words();
  out.set("sort", to_text(words.sort));
  out.set("met_by", words.sort == RequirementSort::Study ? Json(to_text(words.met_by)) : Json());
  Json quorum;
  if (words.sort == RequirementSort::Meeting)
    quorum.set("part", words.quorum.part).set("of", words.quorum.of);
  out.set("quorum", std::move(quorum));
  out.set("delivers", words.delivers ? title_json(*words.delivers) : Json());
  out.set("stated", words.stated ? title_json(*words.stated) : Json());
  out.set("parent", words.parent ? Json(requirement.by->requirements[*words.parent].id) : Json());
  out.set("set_by",
          words.sort == RequirementSort::Rectification ? Json(to_text(words.set_by)) : Json());
}

}  // namespace

Result<const AdoptedProgramme*> programme_named(const ledger::State& state, const std::string& id) {
  const auto index = state.programme_of(id);
  if (!index)
    return refusal("programme_unknown", {{"programme", std::string(beginning_of(id, 40))}});
  return state.programmes[*index].get();
}

Result<const AdoptedRequirement*> requirement_named(const AdoptedProgramme& programme,
                                                    const std::string& id) {
  const AdoptedRequirement* found = programme.requirement(id);
  if (found == nullptr)
    return refusal("requirement_unknown", {{"requirement", std::string(beginning_of(id, 40))}});
  return found;
}

Json counts_json(const ledger::CoverageCounts& counts) {
  Json out;
  out.set("asked", counts.asked()).set("covered", counts.covered());
  for (std::size_t i = 0; i < ledger::kCoverageStatusCount; ++i) {
    const auto status = static_cast<CoverageStatus>(i);
    out.set(std::string(to_text(status)), counts.of(status));
  }
  return out;
}

Json programme_json(const AdoptedProgramme& programme) {
  const ledger::Programme& words = programme.newest();
  Json out;
  out.set("programme", words.id).set("version", words.version);
  out.set("title", title_json(words.title)).set("basis", title_json(words.basis));
  out.set("from", to_text(words.from)).set("to", to_text(words.to));
  JsonArray batches;
  for (const ledger::ProgrammeBatch& batch : words.batches) {
    Json one;
    one.set("batch", batch.id).set("title", title_json(batch.title));
    one.set("from", to_text(batch.from)).set("to", to_text(batch.to));
    batches.push_back(std::move(one));
  }
  JsonArray tiers;
  for (const ledger::Tier& tier : words.tiers) {
    Json one;
    one.set("tier", tier.id).set("title", title_json(tier.title));
    one.set("batch", words.batches[tier.batch].id);
    tiers.push_back(std::move(one));
  }
  out.set("batches", std::move(batches)).set("tiers", std::move(tiers));
  return out;
}

Json requirement_json(const AdoptedRequirement& requirement, const ledger::CoverageCounts& counts) {
  const ledger::Requirement& words = requirement.words();
  Json out;
  out.set("requirement", words.id).set("title", title_json(words.title));
  out.set("dropped", requirement.dropped);
  out.set("adopted", to_text(requirement.coverage.asked().day));
  set_sort(out, requirement);
  JsonArray dues;
  for (std::uint16_t tier = 0; tier < requirement.by->tier_count(); ++tier)
    if (const auto due = requirement.by->due(tier, requirement.index)) {
      Json one;
      one.set("tier", requirement.by->tiers[tier].id).set("due", to_text(*due));
      dues.push_back(std::move(one));
    }
  out.set("due", std::move(dues)).set("counts", counts_json(counts));
  out.set("cells", cells_json(requirement, counts)).set("seal", seal_json(requirement));
  return out;
}

void set_standing(Json& out, const Call& call, const AdoptedRequirement& requirement,
                  std::uint32_t position) {
  const ledger::Coverage& coverage = requirement.coverage;
  const CoverageStatus status = coverage.status(position);
  const auto due = requirement.due(position);
  out.set("status", to_text(status)).set("since", to_text(coverage.since(position)));
  out.set("due", day_json(due));
  out.set("late", due && *due < call.today && !ledger::is_covered(status));
  JsonArray answers;
  for (const CoverageStatus one :
       ledger::answers_open(call.state(), call.account(), requirement,
                            coverage.asked().tree->at(position), call.today))
    answers.emplace_back(to_text(one));
  out.set("answers", std::move(answers));
}

}  // namespace tz::http
