// The state keeps the coverage as it was sealed; its record is found from where the seal says it
// was made.
#include "engine/sealed_trees.h"

#include <algorithm>

#include "engine/coverage_sealing.h"
#include "engine/replay.h"

namespace tz::engine {
namespace {

constexpr std::size_t kRecordsAtOnce = 256;
constexpr std::size_t kBytesAtOnce = std::size_t{4} << 20;

bool is_of(const ledger::CoverageSealed& event, const ledger::AdoptedRequirement& requirement) {
  const ledger::Seal& seal = requirement.seals.back();
  return event.programme == requirement.by->id && event.requirement == requirement.words().id &&
         event.position == seal.position && event.digest == seal.digest &&
         event.reason == seal.reason;
}

// A seal is recorded soon after what it was made of.
Result<Seq> seal_record(const ledger::AdoptedRequirement& requirement,
                        const journal::LedgerId& ledger, std::uint64_t size,
                        journal::Reader& reader) {
  for (std::uint64_t at = requirement.seals.back().position; at < size;) {
    const auto stored = TZ_TRY(reader.read(Seq{at}, kRecordsAtOnce, kBytesAtOnce));
    if (stored.empty()) break;
    for (const journal::StoredRecord& record : stored) {
      const OpenedRecord opened = TZ_TRY(open_record(record, ledger));
      const auto* event = std::get_if<ledger::CoverageSealed>(&opened.event.event);
      if (event != nullptr && is_of(*event, requirement)) return opened.record.seq;
    }
    at += stored.size();
  }
  return failure("journal_damaged", {{"seq", std::to_string(requirement.seals.back().position)},
                                     {"code", "record_missing"}});
}

}  // namespace

Result<merkle::SumTree> sealed_tree(const ledger::AdoptedRequirement& requirement) {
  if (!requirement.sealed)
    return refusal("coverage_unsealed", {{"requirement", requirement.words().id}});
  merkle::SumTree tree = TZ_TRY(coverage_tree(*requirement.sealed));
  const ledger::Seal& seal = requirement.seals.back();
  if (merkle::root_digest(tree.root()) != seal.digest)
    return failure("coverage_root_differs", {{"position", std::to_string(seal.position)}});
  return tree;
}

Result<std::shared_ptr<const merkle::SumTree>> SealedTrees::of(
    const ledger::AdoptedRequirement& requirement) {
  const std::lock_guard lock(mutex_);
  if (requirement.sealed) {
    const Hash& digest = requirement.seals.back().digest;
    const auto known = std::find_if(kept_.begin(), kept_.end(),
                                    [&](const Kept& one) { return one.digest == digest; });
    if (known != kept_.end()) {
      kept_.splice(kept_.begin(), kept_, known);
      return kept_.front().tree;
    }
  }
  auto tree = std::make_shared<const merkle::SumTree>(TZ_TRY(sealed_tree(requirement)));
  kept_.push_front({requirement.seals.back().digest, tree});
  if (kept_.size() > kKeptMax) kept_.pop_back();
  return tree;
}

Result<SealedProof> prove_sealed(const merkle::SumTree& sealed, const ProofAsked& asked,
                                 const ledger::State& state, journal::Reader& reader) {
  const ledger::AdoptedRequirement& requirement = asked.requirement;
  const ledger::OrgTree& units = *requirement.sealed->asked().tree;
  if (asked.unit.value >= units.size())
    return refusal("coverage_unit_later", {{"unit", std::string(state.tree->code(asked.unit))}});
  if (asked.span == merkle::SumSpan::Subtree && units.kind(asked.unit) == ledger::UnitKind::Area)
    return refusal("coverage_area", {{"unit", std::string(units.code(asked.unit))}});
  merkle::SumProof sums = TZ_TRY(merkle::prove(sealed, units.position(asked.unit), asked.span));
  const auto ledger = ledger_id_of(state.genesis);
  TZ_ASSERT(ledger.has_value());
  const std::uint64_t size = TZ_TRY(reader.size());
  const Seq seal = TZ_TRY(seal_record(requirement, *ledger, size, reader));
  const auto checkpoint = TZ_TRY(reader.checkpoint(size));
  if (!checkpoint || checkpoint->size <= seal.value)
    return refusal("proof_not_yet", {{"seq", std::to_string(seal.value)}});
  return SealedProof{TZ_TRY(prove_seal(std::move(sums), seal, checkpoint->size, reader)),
                     checkpoint->note};
}

}  // namespace tz::engine
