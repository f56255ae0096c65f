// What people may write: how long a text is, that there is something to read in it, what a code is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace tz::ledger {

// A line is a title, a name or a number; a text may have several lines.
enum class Shape { Line, Text };

// Where a text came from, and what it may be.
struct TextPlace {
  std::string field;
  std::size_t chars_max = 0;
  Shape shape = Shape::Text;
};

// Why a text may not be taken, as a refusal about its field. None: it may, and so may an empty one,
// which is a text that was not given. Refuses `text_encoding` where it is not UTF-8,
// `text_too_long` (fact: chars_max), `field_required` where it is blanks alone, and `text_control`
// where a line has control characters or ends of lines in it.
std::optional<Error> text_fault(const TextPlace& place, std::string_view text);

// Codes stand in plain payloads, so nothing that says something about anybody fits in: 1 to 40 of
// a-z, 0-9 and _.
bool valid_code(std::string_view text);

}  // namespace tz::ledger
