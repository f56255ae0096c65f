// Both files are about the newest seal: the tree is that one's, whatever was answered since.
#include "taizhang/coverage_files.h"

#include "base/file.h"
#include "merkle/sum_leaves.h"

namespace tz::program {
namespace {

constexpr unsigned kReadableMode = 0644;  // what is written is there to be handed out
constexpr std::size_t kLeafBytes = 40;    // about, with its line feed

}  // namespace

Result<WrittenProof> write_coverage_proof(const engine::ProofAsked& asked,
                                          const ledger::State& state, journal::Reader& reader,
                                          const std::string& path) {
  const merkle::SumTree sealed = TZ_TRY(engine::sealed_tree(asked.requirement));
  const engine::SealedProof made = TZ_TRY(engine::prove_sealed(sealed, asked, state, reader));
  const std::string text = engine::to_text(made.proof);
  WrittenProof out{text.size(), path + ".checkpoint", made.proof.size};
  TZ_TRY(write_file({path, kReadableMode}, as_bytes(text)));
  TZ_TRY(write_file({out.checkpoint, kReadableMode}, as_bytes(made.checkpoint)));
  return out;
}

Result<std::uint32_t> write_coverage_leaves(const ledger::AdoptedRequirement& requirement,
                                            const std::string& path) {
  const merkle::SumTree sums = TZ_TRY(engine::sealed_tree(requirement));
  const std::uint32_t size = sums.root().size;
  std::string text = merkle::leaves_head(sums.root().grid, size);
  text.reserve(text.size() + kLeafBytes * size);
  for (std::uint32_t at = 0; at < size; ++at) text += merkle::to_text(sums.leaf(at)) + "\n";
  TZ_TRY(write_file({path, kReadableMode}, as_bytes(text)));
  return size;
}

}  // namespace tz::program
