// Item numbers: random, so that they tell nothing about how many items there are or are hidden.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"

namespace tz::ledger {

// 40 random bits. Shown as "7K3M-Q9XD-4": eight digits, the highest first, and a check digit
// (base/code_digits.h).
using ItemNo = Id<struct ItemNoTag>;
constexpr std::uint64_t kItemNoCount = std::uint64_t{1} << 40;

std::string to_text(ItemNo no);
// Accepts lower case, missing hyphens, and o/i/l for 0/1/1; none if the check digit is wrong or
// the text is of another shape.
std::optional<ItemNo> parse_item_no(std::string_view text);

}  // namespace tz::ledger
