// Roots over the units of a requirement: made of what is published, and recorded when they are due.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "merkle/sum_tree.h"

namespace tz::engine {

// The sum tree over all units of the tree that was frozen for it, in tree order. A unit that it is
// not asked of is in tier 0. Tiers are those of the programme; types the kinds of unit that are
// asked, in their order, where the sums have room for them; statuses open, met, late, exempt and
// none_checked: what is only claimed is open. Refuses as SumTree::build. Takes about a second for
// 700,000 units.
Result<merkle::SumTree> coverage_tree(const ledger::AdoptedRequirement& requirement);
// The same of coverage as it was at another time.
Result<merkle::SumTree> coverage_tree(const ledger::Coverage& coverage);

// What the numbers of a leaf mean: docs/coverage-proof.md, "What the numbers are".
constexpr std::uint8_t kSealedStatusCount = 5;
std::uint8_t sealed_status(ledger::CoverageStatus status);

struct SealDue {
  std::string programme;
  std::string requirement;
  ledger::SealReason reason = ledger::SealReason::Daily;
};
// At its adoption, on the day after each of its deadlines, and daily until the programme is over.
std::vector<SealDue> seals_due(const ledger::State& state, Day today);

// Makes and records what is due, one after another until `stopping` says so. One thread at a time,
// not the engine's. Gives how many. Waits.
Result<std::size_t> seal_due(Engine& engine, Instant now,
                             const std::function<bool()>& stopping = {});

}  // namespace tz::engine
