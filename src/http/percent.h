// One percent-encoded byte, as in addresses and in forms (RFC 3986, section 2.1).
#pragma once

#include <optional>
#include <string_view>

namespace tz::http {

namespace detail {

inline std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

}  // namespace detail

// The byte that "%4e" at the beginning of `text` stands for; none where no two digits follow.
inline std::optional<char> percent_byte(std::string_view text) {
  if (text.size() < 3) return std::nullopt;
  const auto high = detail::hex_digit(text[1]);
  const auto low = detail::hex_digit(text[2]);
  if (!high || !low) return std::nullopt;
  return static_cast<char>(*high * 16 + *low);
}

}  // namespace tz::http
