// Both files are about the newest seal: the tree is that one's, whatever was answered since.
#include "taizhang/coverage_files.h"

#include "base/file.h"
#include "engine/coverage_proof.h"
#include "merkle/sum_leaves.h"

namespace tz::program {
namespace {

constexpr unsigned kReadableMode = 0644;  // what is written is there to be handed out
constexpr std::size_t kLeafBytes = 40;    // about, with its line feed

Outcome sealed_at_all(const SealedRequirement& of) {
  if (of.requirement.seals.empty())
    return refusal("coverage_unsealed", {{"requirement", of.requirement.words().id}});
  return Done{};
}

}  // namespace

Result<WrittenProof> write_coverage_proof(const SealedRequirement& of, UnitId unit,
                                          merkle::SumSpan span, const std::string& path) {
  TZ_TRY(sealed_at_all(of));
  const std::string& programme = of.programme.newest().id;
  const Seq seal = TZ_TRY(engine::record_of(of.requirement.seals.back(), programme,
                                            of.requirement.words().id, of.journal));
  journal::Reader& reader = of.journal.reader;
  const std::uint64_t size = TZ_TRY(reader.size());
  const auto checkpoint = TZ_TRY(reader.checkpoint(size));
  if (!checkpoint || checkpoint->size <= seal.value)
    return refusal("proof_not_yet", {{"seq", std::to_string(seal.value)}});
  const engine::SealedTree sealed =
      TZ_TRY(engine::sealed_tree(of.programme, of.requirement, of.journal));
  if (unit.value >= sealed.units->size()) {
    const ledger::OrgTree& now = *of.journal.world.state.tree;
    return refusal("coverage_unit_later", {{"unit", std::string(now.code(unit))}});
  }
  if (span == merkle::SumSpan::Subtree && sealed.units->kind(unit) == ledger::UnitKind::Area)
    return refusal("coverage_area", {{"unit", std::string(sealed.units->code(unit))}});
  merkle::SumProof sums = TZ_TRY(merkle::prove(sealed.sums, sealed.units->position(unit), span));
  const engine::CoverageProof proof =
      TZ_TRY(engine::prove_seal(std::move(sums), seal, checkpoint->size, reader));
  const std::string text = engine::to_text(proof);
  WrittenProof out{text.size(), path + ".checkpoint", checkpoint->size};
  TZ_TRY(write_file({path, kReadableMode}, as_bytes(text)));
  TZ_TRY(write_file({out.checkpoint, kReadableMode}, as_bytes(checkpoint->note)));
  return out;
}

Result<std::uint32_t> write_coverage_leaves(const SealedRequirement& of, const std::string& path) {
  TZ_TRY(sealed_at_all(of));
  const engine::SealedTree sealed =
      TZ_TRY(engine::sealed_tree(of.programme, of.requirement, of.journal));
  const merkle::SumTree& sums = sealed.sums;
  const std::uint32_t size = sums.root().size;
  std::string text = merkle::leaves_head(sums.root().grid, size);
  text.reserve(text.size() + kLeafBytes * size);
  for (std::uint32_t at = 0; at < size; ++at) text += merkle::to_text(sums.leaf(at)) + "\n";
  TZ_TRY(write_file({path, kReadableMode}, as_bytes(text)));
  return size;
}

}  // namespace tz::program
