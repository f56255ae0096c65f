// Only the records that make the state are read: neither items nor totals are needed for coverage.
#include "engine/sealed_coverage.h"

#include <algorithm>

#include "engine/coverage_sealing.h"

namespace tz::engine {
namespace {

Error damaged(std::uint64_t seq, const char* code) {
  return failure("journal_damaged", {{"seq", std::to_string(seq)}, {"code", code}});
}

Result<OpenedRecord> record_at(std::uint64_t seq, const ReadJournal& read) {
  const auto stored = TZ_TRY(read.reader.read(Seq{seq}, 1, 1));
  if (stored.empty()) return damaged(seq, "record_missing");
  auto opened = TZ_TRY(open_record(stored[0], read.world.ledger_id));
  if (opened.record.seq.value != seq || opened.record.item) return damaged(seq, "record_misplaced");
  return opened;
}

}  // namespace

Result<ledger::State> state_at(std::uint64_t size, const ReadJournal& read) {
  ledger::State out;
  for (const std::uint64_t seq : read.world.system_records) {
    if (seq >= size) break;
    const OpenedRecord opened = TZ_TRY(record_at(seq, read));
    ledger::apply(out, opened.event.event, opened.record.recorded, read.readers);
  }
  ledger::settle(out);
  return out;
}

Result<Seq> record_of(const ledger::Seal& seal, std::string_view programme,
                      std::string_view requirement, const ReadJournal& read) {
  const std::vector<std::uint64_t>& records = read.world.system_records;
  // It was recorded soon after what it seals.
  for (auto at = std::lower_bound(records.begin(), records.end(), seal.position);
       at != records.end(); ++at) {
    const OpenedRecord opened = TZ_TRY(record_at(*at, read));
    const auto* event = std::get_if<ledger::CoverageSealed>(&opened.event.event);
    if (event != nullptr && event->programme == programme && event->requirement == requirement &&
        event->position == seal.position && event->reason == seal.reason &&
        event->digest == seal.digest)
      return Seq{*at};
  }
  return damaged(seal.position, "record_missing");
}

Result<SealedTree> sealed_tree(const ledger::AdoptedProgramme& programme,
                               const ledger::AdoptedRequirement& requirement,
                               const ReadJournal& read) {
  TZ_ASSERT(!requirement.seals.empty());
  const ledger::Seal& seal = requirement.seals.back();
  const auto remade = [&](const ledger::AdoptedRequirement& as) -> Result<SealedTree> {
    merkle::SumTree sums = TZ_TRY(coverage_tree(as));
    if (merkle::root_digest(sums.root()) != seal.digest) {
      const Seq record =
          TZ_TRY(record_of(seal, programme.newest().id, requirement.words().id, read));
      return failure("coverage_root_wrong", {{"seq", std::to_string(record.value)}});
    }
    return SealedTree{std::move(sums), as.coverage.asked().tree};
  };
  if (requirement.changes == requirement.sealed_changes) return remade(requirement);
  const ledger::State then = TZ_TRY(state_at(seal.position, read));
  const auto index = then.programme_of(programme.newest().id);
  const ledger::AdoptedRequirement* sealed =
      index ? then.programmes[*index]->requirement(requirement.words().id) : nullptr;
  if (sealed == nullptr) return damaged(seal.position, "record_missing");
  return remade(*sealed);
}

}  // namespace tz::engine
