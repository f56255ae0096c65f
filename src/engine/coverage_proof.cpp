// The record is taken apart by the journal's own grammar: its header is the leaf of the log.
#include "engine/coverage_proof.h"

#include <algorithm>

#include "engine/coverage_sealing.h"
#include "engine/replay.h"
#include "ledger/event_codec.h"
#include "merkle/sum_words.h"
#include "merkle/tree.h"

namespace tz::engine {
namespace {

// The ledger's id stands after version and suite (journal/record.h).
constexpr std::size_t kLedgerIdAt = 2;

Error malformed(std::size_t line) {
  return refusal("coverage_proof_malformed", {{"line", std::to_string(line)}});
}

// Lines of the text; the last without an ending is none.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return {};
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

bool read_hash(std::string_view word, Hash& hash) {
  const auto bytes = from_base64(word);
  if (!bytes.ok() || bytes->size() != hash.size()) return false;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return true;
}

}  // namespace

std::string to_text(const CoverageProof& proof) {
  std::string out = merkle::to_text(proof.sums);
  out += "record " + to_base64(proof.record.header) + " " + to_base64(proof.record.body) + "\n";
  out += "log " + std::to_string(proof.size) + "\n";
  for (const Hash& hash : proof.path) out += "path " + to_base64(hash) + "\n";
  return out;
}

Result<CoverageProof> parse_coverage_proof(std::string_view text) {
  if (text.size() > kCoverageProofBytesMax) return malformed(1);
  const std::size_t begin = text.find("\nrecord ");
  if (begin == std::string_view::npos) return malformed(1);
  CoverageProof out;
  out.sums = TZ_TRY(merkle::parse_sum_proof(text.substr(0, begin + 1)));
  std::size_t line = static_cast<std::size_t>(
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begin) + 1, '\n'));
  const std::vector<std::string_view> lines = lines_of(text.substr(begin + 1));
  if (lines.size() < 2) return malformed(line + 1);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    ++line;
    const std::vector<std::string_view> words = merkle::words_of(lines[i]);
    if (words.size() != (i == 0 ? 3U : 2U)) return malformed(line);
    if (i == 0) {
      auto header = from_base64(words[1]);
      auto body = from_base64(words[2]);
      if (!header.ok() || !body.ok()) return malformed(line);
      out.record = {*std::move(header), *std::move(body)};
    } else if (i == 1) {
      if (words[0] != "log" || !merkle::read_number(words[1], out.size)) return malformed(line);
    } else if (words[0] != "path" || !read_hash(words[1], out.path.emplace_back())) {
      return malformed(line);
    }
  }
  return out;
}

Result<CoverageProof> prove_seal(merkle::SumProof sums, Seq seal, std::uint64_t size,
                                 journal::Reader& reader) {
  CoverageProof out;
  out.sums = std::move(sums);
  auto stored = TZ_TRY(reader.read(seal, 1, 1));
  if (stored.empty())
    return failure("journal_damaged",
                   {{"seq", std::to_string(seal.value)}, {"code", "record_missing"}});
  out.record = std::move(stored[0]);
  out.size = size;
  out.path = TZ_TRY(merkle::inclusion_proof(seal.value, size, hash_source(reader)));
  return out;
}

Result<CoverageShown> check(const CoverageProof& proof, const merkle::Checkpoint& checkpoint) {
  if (proof.size != checkpoint.size)
    return refusal("coverage_log_size", {{"proof", std::to_string(proof.size)},
                                         {"checkpoint", std::to_string(checkpoint.size)}});
  journal::LedgerId id{};
  if (proof.record.header.size() < kLedgerIdAt + id.size()) return refusal("coverage_seal_wrong");
  std::copy_n(proof.record.header.begin() + kLedgerIdAt, id.size(), id.begin());
  const auto opened = open_record(proof.record, id);
  if (!opened.ok()) return refusal("coverage_seal_wrong");
  const auto* seal = std::get_if<ledger::CoverageSealed>(&opened->event.event);
  if (seal == nullptr) return refusal("coverage_seal_wrong");
  TZ_TRY(merkle::verify_inclusion(opened->record.seq.value, proof.size,
                                  merkle::leaf_hash(proof.record.header), proof.path,
                                  checkpoint.root));
  CoverageShown out;
  out.counts = TZ_TRY(merkle::verify(proof.sums, seal->digest));
  if (static_cast<std::int64_t>(proof.sums.size) != seal->units ||
      proof.sums.grid.statuses != kSealedStatusCount)
    return refusal("coverage_seal_wrong");
  out.ledger_id = to_hex(id);
  out.seal = *seal;
  out.sealed = opened->record.recorded;
  out.record = opened->record.seq;
  out.leaf = proof.sums.leaf;
  out.grid = proof.sums.grid;
  return out;
}

}  // namespace tz::engine
