// Giving each copy of the page its nonce.
#include "http/web_page.h"

#include <array>

namespace tz::http {
namespace {

constexpr std::string_view kPage = "web/dist/index.html";
constexpr std::string_view kNonceMark = "{{nonce}}";
constexpr std::size_t kNonceBytes = 16;

std::string policy_with(std::string_view nonce) {
  return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + std::string(nonce) +
         "'; img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; base-uri 'none'; "
         "form-action 'none'; frame-ancestors 'none'";
}

std::string with_nonce(std::string_view page, std::string_view nonce) {
  std::string out;
  for (;;) {
    const std::size_t mark = page.find(kNonceMark);
    out += page.substr(0, mark);
    if (mark == std::string_view::npos) return out;
    out += nonce;
    page.remove_prefix(mark + kNonceMark.size());
  }
}

}  // namespace

Result<Response> web_page(const Context& context) {
  const std::string_view page = context.embedded(kPage);
  if (page.empty()) return refusal("page_missing");
  std::array<std::uint8_t, kNonceBytes> bytes{};
  context.random.fill(bytes);
  const std::string nonce = to_hex(bytes);
  Response response;
  response.content_type = "text/html; charset=utf-8";
  response.headers.emplace_back("Content-Security-Policy", policy_with(nonce));
  // Not kept and asked about later: a kept page would carry an old nonce.
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.body = with_nonce(page, nonce);
  return response;
}

}  // namespace tz::http
