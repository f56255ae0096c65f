// Addresses are read as the system reads them.
#include "base/household.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>

#include "base/bytes.h"

namespace tz {

std::string household(std::string_view address) {
  in6_addr parsed{};
  std::string text(address);
  if (::inet_pton(AF_INET6, text.c_str(), &parsed) != 1) return text;
  if (IN6_IS_ADDR_V4MAPPED(&parsed)) {
    std::array<char, INET_ADDRSTRLEN> out{};
    ::inet_ntop(AF_INET, &parsed.s6_addr[12], out.data(), out.size());
    return out.data();
  }
  return "ipv6 " + to_hex(BytesView(&parsed.s6_addr[0], 8));
}

}  // namespace tz
