// Reading lists of codings with their weights.
#include "http/accept_encoding.h"

namespace tz::http {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

bool is_gzip(std::string_view coding) {
  constexpr std::string_view kGzip = "gzip";
  if (coding.size() != kGzip.size()) return false;
  for (std::size_t i = 0; i < kGzip.size(); ++i)
    if ((static_cast<unsigned char>(coding[i]) | 0x20U) != static_cast<unsigned char>(kGzip[i]))
      return false;
  return true;
}

// "q=0", "q=0.000": what it stands with is refused.
bool is_zero_weight(std::string_view parameter) {
  if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) return false;
  parameter.remove_prefix(2);
  return parameter.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

bool takes_gzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    const std::size_t end = accept_encoding.find(',');
    const std::string_view each = accept_encoding.substr(0, end);
    accept_encoding.remove_prefix(end == std::string_view::npos ? accept_encoding.size() : end + 1);
    const std::size_t semicolon = each.find(';');
    if (!is_gzip(trimmed(each.substr(0, semicolon)))) continue;
    return semicolon == std::string_view::npos ||
           !is_zero_weight(trimmed(each.substr(semicolon + 1)));
  }
  return false;
}

}  // namespace tz::http
