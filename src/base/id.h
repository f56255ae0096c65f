// Identifiers as types of their own, so that a unit is never taken for an item.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace tz {

// A number that only compares with its own kind. `Tag` is never defined.
template <class Tag, class Number = std::uint64_t>
struct Id {
  Number value = 0;
  friend auto operator<=>(const Id&, const Id&) = default;
};

using Seq = Id<struct SeqTag>;                     // a record's place in the journal, from 0
using AccountId = Id<struct AccountTag>;           // who signs in; from 1
using PostId = Id<struct PostTag>;                 // a duty in a unit; from 1
using UnitId = Id<struct UnitTag, std::uint32_t>;  // dense registration number; 0 is the root
using CommandId = Id<struct CommandTag>;           // random; one per accepted command

}  // namespace tz

template <class Tag, class Number>
struct std::hash<tz::Id<Tag, Number>> {
  std::size_t operator()(tz::Id<Tag, Number> id) const { return std::hash<Number>{}(id.value); }
};
