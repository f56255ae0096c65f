// How a route's pattern is written in the contract.
#pragma once

#include <string>
#include <string_view>

namespace tz::support {

// "{file*}", the rest of a path, is "{file}" there.
inline std::string as_in_contract(std::string_view pattern) {
  std::string out(pattern);
  const std::size_t star = out.find("*}");
  if (star != std::string::npos) out.erase(star, 1);
  return out;
}

}  // namespace tz::support
