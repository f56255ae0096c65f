// Any lines as the headers of a request: who it says it is, what it takes and where it comes from
// are read without harm, and nothing that is not an address is taken for one.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/household.h"
#include "base/message.h"
#include "http/accept.h"
#include "http/caller.h"
#include "http/forwarded.h"

namespace {

tz::http::Request request_of(std::string_view text) {
  tz::http::Request out;
  out.peer = "127.0.0.1";
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    std::string name(line.substr(0, colon));
    if (out.header(name) == nullptr)
      out.headers.emplace_back(std::move(name), std::string(line.substr(colon + 2)));
  }
  return out;
}

std::string_view value_of(const tz::http::Request& request, std::string_view name) {
  const std::string* value = request.header(name);
  return value == nullptr ? std::string_view() : std::string_view(*value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const tz::http::Request request = request_of(tz::as_text({data, size}));
  const std::vector<std::string> nobody;
  TZ_ASSERT(tz::http::address_of(request, nobody) == request.peer);
  TZ_ASSERT(!tz::http::over_tls(request, nobody));
  const std::vector<std::string> proxies = {request.peer};
  const std::string address = tz::http::address_of(request, proxies);
  TZ_ASSERT(!address.empty() && address.size() <= 45);
  TZ_ASSERT(address.find_first_not_of("0123456789abcdefABCDEF.:") == std::string::npos);
  TZ_ASSERT(!tz::household(address).empty());
  static_cast<void>(tz::http::over_tls(request, proxies));
  static_cast<void>(tz::http::takes_gzip(value_of(request, "accept-encoding")));
  static_cast<void>(tz::http::asks_for_page(value_of(request, "accept")));
  static_cast<void>(tz::language_from(value_of(request, "accept-language")));
  const auto cookie = tz::http::cookie_of(request, tz::http::kSessionCookie);
  if (cookie) TZ_ASSERT(cookie->find(';') == std::string::npos);
  const auto origin = tz::http::check_form_origin(request);
  if (!origin.ok()) TZ_ASSERT(origin.error().code == "form_foreign");
  return 0;
}
