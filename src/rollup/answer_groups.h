// What residents said, in groups of which none is told but all of it: whatever sums and differences
// are taken of what is told of units, areas and levels, they are of whole groups.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "ledger/org_tree.h"
#include "rollup/rates.h"

namespace tz::rollup {

// Which rate an answer is in, and whether it is taken out after exclusions.
enum class AnswerSort : std::uint8_t { Solved, SolvedTakenOut, Satisfied, SatisfiedTakenOut };
constexpr std::size_t kAnswerSortCount = 4;

// At least kVerdictsShownMin answers of places at or below one.
struct AnswerGroup {
  static constexpr std::uint8_t kMixed = 255;

  std::uint8_t kind = 0;
  AnswerSort sort = AnswerSort::Solved;
  std::uint32_t place = 0;   // a position: whatever holds it has all that is below it too
  std::uint8_t of = kMixed;  // what `group_at` says of all its places, where it says one of all
  Fraction said;
};

// Of one question. A unit's own answers are a group where they are enough; what is not, and what
// units below it have left, is one where together it is enough; else it is left to the unit above.
class AnswerGroups {
 public:
  void add(std::uint8_t kind, std::uint32_t place, AnswerSort sort, bool yes);

  // Over whole subtrees, `extent`, merged: what is left at the top of each is in no group. In order
  // of kind, from the last position to the first.
  [[nodiscard]] std::vector<AnswerGroup> made(const ledger::OrgTree& tree,
                                              const std::vector<ledger::Interval>& extent,
                                              const std::vector<std::uint8_t>& group_at) const;

 private:
  // As many as there can be rows.
  struct Share {
    std::uint32_t yes = 0;
    std::uint32_t of = 0;
  };
  using Said = std::array<Share, kAnswerSortCount>;
  // By kind and place: which of `said_`, counted from one; 0 where nothing was said.
  std::array<std::vector<std::uint32_t>, ledger::kKindCountMax> said_at_;
  std::vector<Said> said_;
};

}  // namespace tz::rollup
