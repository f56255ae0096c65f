// Reading lists of codings and types with their weights.
#include "http/accept.h"

namespace tz::http {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// Whatever its case; `name` is in lower case.
bool is(std::string_view text, std::string_view name) {
  if (text.size() != name.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) | 0x20U) != static_cast<unsigned char>(name[i]))
      return false;
  return true;
}

// "q=0", "q=0.000": what it stands with is refused.
bool is_zero_weight(std::string_view parameter) {
  if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) return false;
  parameter.remove_prefix(2);
  return parameter.find_first_not_of("0.") == std::string_view::npos;
}

// Whether the list has that name with a weight above zero.
bool names(std::string_view list, std::string_view name) {
  while (!list.empty()) {
    const std::size_t end = list.find(',');
    const std::string_view each = list.substr(0, end);
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    const std::size_t semicolon = each.find(';');
    if (!is(trimmed(each.substr(0, semicolon)), name)) continue;
    return semicolon == std::string_view::npos ||
           !is_zero_weight(trimmed(each.substr(semicolon + 1)));
  }
  return false;
}

}  // namespace

bool takes_gzip(std::string_view accept_encoding) { return names(accept_encoding, "gzip"); }

bool asks_for_page(std::string_view accept) { return names(accept, "text/html"); }

}  // namespace tz::http
