// Item numbers: random, so that they tell nothing about how many items there are or are hidden.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"

namespace tz::ledger {

// 40 random bits. Shown as "7K3M-Q9XD-4": eight digits of Crockford's base 32, the highest first,
// and a check digit of the same alphabet. A digit stands for an element of the field of 32
// elements (polynomials in a over GF(2) modulo a^5 + a^2 + 1, bit n of the digit being the factor
// of a^n). Counted from the right with the check digit as place 0, the sum of digit times a^place
// is zero. As the nine factors differ and none is zero, one wrong digit, and any two digits that
// changed places, adjacent or not, always give another sum: a number misheard or mistyped in that
// way is recognised as wrong.
using ItemNo = Id<struct ItemNoTag>;
constexpr std::uint64_t kItemNoCount = std::uint64_t{1} << 40;

std::string to_text(ItemNo no);
// Accepts lower case, missing hyphens, and o/i/l for 0/1/1; none if the check digit is wrong or
// the text is of another shape.
std::optional<ItemNo> parse_item_no(std::string_view text);

}  // namespace tz::ledger
