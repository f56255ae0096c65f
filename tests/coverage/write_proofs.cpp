// Writes random sum trees into a folder: each its root digest, leaves, and proofs of units.
//
//   tz_coverage_proofs FOLDER
//
// FOLDER/<n>/ has digest, in hexadecimal, leaves, and for each proof <position>.subtree or
// <position>.unit.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "base/bytes.h"
#include "base/random.h"
#include "merkle/slow_sum_tree_test.h"
#include "merkle/sum_leaves.h"
#include "merkle/sum_proof.h"

namespace {

using namespace tz;
using namespace tz::merkle;

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

void write_tree(const std::filesystem::path& folder, const SumGrid& grid, std::size_t size,
                Random& random) {
  std::filesystem::create_directories(folder);
  const std::vector<SumLeaf> leaves = random_leaves(random, grid, size);
  const auto count = static_cast<std::uint32_t>(size);
  const SumTree tree = SumTree::build(grid, count, source_of(leaves)).value();
  write(folder / "digest", to_hex(root_digest(tree.root())));
  write(folder / "leaves", to_text(SumLeafList{grid, leaves}));
  for (std::uint32_t position = 0; position < count; position += 1 + count / 25) {
    const std::string name = std::to_string(position);
    write(folder / (name + ".subtree"), to_text(*prove(tree, position, SumSpan::Subtree)));
    write(folder / (name + ".unit"), to_text(*prove(tree, position, SumSpan::Unit)));
  }
}

}  // namespace

int main(int count, char** values) {
  if (count != 2) {
    std::fprintf(stderr, "usage: %s FOLDER\n", values[0]);
    return 2;
  }
  SeededRandom random(1);
  const std::filesystem::path folder = values[1];
  const SumGrid grids[] = {kUsualGrid, {1, 0, 1}, {2, 3, 4}, {4, 0, 3}};
  std::size_t number = 0;
  for (const std::size_t size : {1U, 2U, 3U, 7U, 16U, 33U, 100U, 777U})
    for (const SumGrid& grid : grids)
      write_tree(folder / std::to_string(number++), grid, size, random);
  write_tree(folder / std::to_string(number), kUsualGrid, 70000, random);
  return 0;
}
