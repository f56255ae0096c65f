// Which addresses count as one: what a household has to itself.
#pragma once

#include <string>
#include <string_view>

namespace tz {

// Of IPv6 its first 64 bits, however the address is written; an IPv4 address, mapped into IPv6 or
// not, is one by itself; any other text stays as it is.
std::string household(std::string_view address);

}  // namespace tz
