// Special rectification items: the tree that they make in a programme, and what may name one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ledger/command.h"
#include "ledger/state.h"

namespace tz::ledger {

// "education_2019/c3_conduct".
std::string special_name(std::string_view programme, std::string_view requirement);

// The words of one, from the version of its programme that holds for it. Needs an index into
// State::specials.
const AdoptedRequirement& words_of(const State& state, std::uint32_t special);

// One of a programme, in its tree.
struct SpecialNode {
  std::uint32_t special = 0;          // index into State::specials
  std::optional<std::size_t> parent;  // index into the list that this one stands in
  std::size_t depth = 0;              // 0: part of none
  friend bool operator==(const SpecialNode&, const SpecialNode&) = default;
};
// All of a programme, those that it asks no more too: each followed by its parts, and otherwise in
// the order of adoption.
std::vector<SpecialNode> special_tree(const State& state, std::size_t programme);

// That one and all that are part of it, going up.
std::vector<std::uint32_t> with_parts(const State& state, std::uint32_t special);

// Whether a requirement is asked of that unit or of one above it by place, or of one whose matters
// one of these has.
bool asked_there(const AdoptedRequirement& requirement, const OrgTree& tree, UnitId unit);

// Why an item of that flow and place may not roll up to it. Refuses `special_of_persons` (facts:
// kind), `programme_unknown`, `requirement_unknown`, `requirement_not_special` and
// `special_not_asked` (facts: requirement, unit).
std::optional<Error> special_fault(const State& state, const Flow& flow, UnitId place,
                                   const SpecialName& special);

}  // namespace tz::ledger
