// The last word of each header is the proxy's own: those before it anybody can have written.
#include "http/forwarded.h"

#include <algorithm>
#include <string_view>

namespace tz::http {
namespace {

constexpr std::size_t kAddressBytesMax = 45;  // of the longest IPv6 address

bool may_be_address(std::string_view text) {
  return !text.empty() && text.size() <= kAddressBytesMax &&
         text.find_first_not_of("0123456789abcdefABCDEF.:") == std::string_view::npos;
}

std::string_view last_word(std::string_view list) {
  const std::size_t comma = list.rfind(',');
  if (comma != std::string_view::npos) list.remove_prefix(comma + 1);
  while (list.starts_with(' ')) list.remove_prefix(1);
  while (list.ends_with(' ')) list.remove_suffix(1);
  return list;
}

std::string peer_of(const Request& request) { return request.local ? "local" : request.peer; }

}  // namespace

bool believed(const Request& request, const std::vector<std::string>& proxies) {
  return std::find(proxies.begin(), proxies.end(), peer_of(request)) != proxies.end();
}

std::string address_of(const Request& request, const std::vector<std::string>& proxies) {
  const std::string* forwarded = request.header("x-forwarded-for");
  if (forwarded == nullptr || !believed(request, proxies)) return peer_of(request);
  const std::string_view last = last_word(*forwarded);
  return may_be_address(last) ? std::string(last) : peer_of(request);
}

bool over_tls(const Request& request, const std::vector<std::string>& proxies) {
  if (request.tls) return true;
  const std::string* scheme = request.header("x-forwarded-proto");
  return scheme != nullptr && last_word(*scheme) == "https" && believed(request, proxies);
}

}  // namespace tz::http
