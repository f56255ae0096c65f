// The tree that a root was sealed over, made again from the journal, whatever was answered since.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "engine/replay.h"
#include "merkle/sum_tree.h"

namespace tz::engine {

// A journal, and of the world after its newest records which of them make the state.
struct ReadJournal {
  const World& world;
  journal::Reader& reader;
  ledger::FileReaders readers;
};

// The state after `size` records, which is at most what the world has. Reads the disk.
Result<ledger::State> state_at(std::uint64_t size, const ReadJournal& read);

// The record that sealed it. Fails with `journal_damaged` (facts seq, code).
Result<Seq> record_of(const ledger::Seal& seal, std::string_view programme,
                      std::string_view requirement, const ReadJournal& read);

struct SealedTree {
  merkle::SumTree sums;
  std::shared_ptr<const ledger::OrgTree> units;  // of whose positions its leaves are
};
// The tree of the requirement's newest seal, of which it needs one: from its coverage where that
// has not changed since, else from the state of then. Fails with `coverage_root_wrong` (fact seq)
// where that is not what was sealed.
Result<SealedTree> sealed_tree(const ledger::AdoptedProgramme& programme,
                               const ledger::AdoptedRequirement& requirement,
                               const ReadJournal& read);

}  // namespace tz::engine
