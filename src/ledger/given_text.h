// What people may write: how long a text is, and what a code looks like.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace tz::ledger {

// Why a text may not be taken, as a refusal about `field`: `text_encoding` where it is not UTF-8,
// `text_too_long` (fact: chars_max). None: it may.
std::optional<Error> text_fault(const std::string& field, std::string_view text,
                                std::size_t chars_max);

// Codes stand in plain payloads, so nothing that says something about anybody fits in: 1 to 40 of
// a-z, 0-9 and _.
bool valid_code(std::string_view text);

}  // namespace tz::ledger
