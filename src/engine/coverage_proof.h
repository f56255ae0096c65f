// A coverage proof that can be checked elsewhere: from a unit's leaf to the sealed root, from the
// record that sealed it to a checkpoint.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "journal/journal.h"
#include "ledger/event.h"
#include "merkle/checkpoint.h"
#include "merkle/sum_proof.h"

namespace tz::engine {

// text = the lines of a merkle::SumProof
//        "record " base64(header) " " base64(body) LF      of the CoverageSealed (journal/record.h)
//        "log " size LF                                     the records that the path leads over
//        *("path " base64(hash) LF)                         RFC 6962 inclusion, from the leaf up
struct CoverageProof {
  merkle::SumProof sums;
  journal::StoredRecord record;
  std::uint64_t size = 0;
  std::vector<Hash> path;
};
constexpr std::size_t kCoverageProofBytesMax = 32 << 10;

std::string to_text(const CoverageProof& proof);
// Refuses as parse_sum_proof, and `coverage_proof_malformed` (fact line).
Result<CoverageProof> parse_coverage_proof(std::string_view text);

// Adds to a proof of sums the record that sealed its root and that record's place in the log of
// `size` records. Reads the disk.
Result<CoverageProof> prove_seal(merkle::SumProof sums, Seq seal, std::uint64_t size,
                                 journal::Reader& reader);

// What it shows to whoever trusts the checkpoint.
struct CoverageShown {
  std::string ledger_id;  // 32 hex digits
  ledger::CoverageSealed seal;
  Instant sealed;
  Seq record;
  merkle::SumLeaf leaf;
  merkle::SumGrid grid;
  merkle::SumCounts counts;
};
// Refuses `coverage_log_size` (facts proof, checkpoint: made for another size), `proof_wrong`,
// `coverage_seal_wrong` (the record seals nothing, or another tree), and as merkle::verify.
Result<CoverageShown> check(const CoverageProof& proof, const merkle::Checkpoint& checkpoint);

}  // namespace tz::engine
