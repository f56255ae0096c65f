// Any bytes as a whole coverage proof: what is read has one spelling, and under a known checkpoint
// only what its log has sealed is believed.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/coverage_proof.h"
#include "journal/record.h"
#include "known_leaf.h"
#include "ledger/event_codec.h"
#include "merkle/sum_proof.h"
#include "merkle/tree.h"

namespace {

using namespace tz;
using merkle::SumGrid;
using merkle::SumLeaf;
using merkle::SumTree;

constexpr SumGrid kGrid{2, 2, 5};
constexpr std::uint32_t kLeaves = 9;
constexpr std::uint64_t kRecords = 6;
constexpr std::uint64_t kSeal = 3;

SumLeaf known_leaf(std::uint32_t position) {
  return tz::fuzz::known_leaf(position, kLeaves, kGrid.statuses);
}

// Seals of the known tree and others, as the records of a log.
struct Known {
  SumTree tree = SumTree::build(kGrid, kLeaves, known_leaf).value();
  std::vector<journal::StoredRecord> records;
  merkle::Checkpoint checkpoint;

  Known() {
    merkle::Frontier log;
    for (std::uint64_t seq = 0; seq < kRecords; ++seq) {
      ledger::CoverageSealed seal{"small", "study", ledger::SealReason::Daily, seq, kLeaves, {}};
      if (seq == kSeal) seal.digest = merkle::root_digest(tree.root());
      const ledger::EncodedEvent event = ledger::encode(seal, {});
      journal::Record record;
      record.seq = Seq{seq};
      record.type = event.type;
      record.type_version = event.type_version;
      record.payload = event.payload;
      records.push_back(journal::encode(record, {}));
      log.append(merkle::leaf_hash(records.back().header));
    }
    checkpoint.size = log.size();
    checkpoint.root = log.root();
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Known known;
  const std::string_view input = as_text({data, size});
  auto proof = engine::parse_coverage_proof(input);
  if (!proof.ok()) return 0;
  TZ_ASSERT(engine::to_text(*proof) == input);
  if (!engine::check(*proof, known.checkpoint).ok()) return 0;
  TZ_ASSERT(same_bytes(proof->record.header, known.records[kSeal].header));
  TZ_ASSERT(same_bytes(proof->record.body, known.records[kSeal].body));
  TZ_ASSERT(proof->sums ==
            merkle::prove(known.tree, proof->sums.leaf.position, proof->sums.span).value());
  return 0;
}
