// Counting characters, and looking at each.
#include "ledger/given_text.h"

#include <algorithm>

#include "base/csv.h"

namespace tz::ledger {
namespace {

constexpr std::size_t kCodeBytesMax = 40;

std::size_t chars_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace

std::optional<Error> text_fault(const std::string& field, std::string_view text,
                                std::size_t chars_max) {
  if (!valid_utf8(text)) return refusal("text_encoding", {{"field", field}});
  if (chars_of(text) > chars_max)
    return refusal("text_too_long", {{"field", field}, {"chars_max", std::to_string(chars_max)}});
  return std::nullopt;
}

bool valid_code(std::string_view text) {
  return !text.empty() && text.size() <= kCodeBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

}  // namespace tz::ledger
