// Reading cookies and tokens.
#include "http/caller.h"

namespace tz::http {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool begins_with_bearer(std::string_view text) {
  constexpr std::string_view kScheme = "bearer ";
  if (text.size() < kScheme.size()) return false;
  for (std::size_t i = 0; i < kScheme.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != kScheme[i]) return false;
  }
  return true;
}

// Whether a page asks by itself. Browsers cannot say so of a stream, which goes on by itself.
bool unattended(const Request& request) {
  return request.header("x-unattended") != nullptr || request.target == "/api/v1/stream";
}

}  // namespace

std::optional<std::string> cookie_of(const Request& request, std::string_view name) {
  const std::string* header = request.header("cookie");
  if (header == nullptr) return std::nullopt;
  std::optional<std::string> found;
  std::string_view rest = *header;
  while (!rest.empty()) {
    const std::size_t end = rest.find(';');
    const std::string_view pair = trimmed(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    if (found) return std::nullopt;
    found = std::string(pair.substr(equals + 1));
  }
  return found;
}

Result<std::optional<Caller>> caller_of(const Request& request, access::Accounts& accounts,
                                        Instant now) {
  if (const std::string* header = request.header("authorization")) {
    if (!begins_with_bearer(*header)) return refusal("token_unknown");
    const auto token = accounts.token(trimmed(std::string_view(*header).substr(7)), now);
    if (!token) return refusal("token_unknown");
    return std::optional<Caller>{
        Caller{token->account, std::nullopt, {}, token->scope, token->key}};
  }
  auto cookie = cookie_of(request, kSessionCookie);
  if (!cookie) return std::optional<Caller>{};
  auto session = unattended(request) ? accounts.unattended_session(*cookie, now)
                                     : accounts.session(*cookie, now);
  if (!session) return std::optional<Caller>{};
  const AccountId account = session->account;
  return std::optional<Caller>{Caller{account, std::move(session), *std::move(cookie), "all", {}}};
}

bool still_holds(const Caller& caller, const access::Accounts& accounts, Instant now) {
  if (caller.session) return accounts.session_holds(caller.session->key, now);
  return accounts.token_holds(caller.token, now);
}

Outcome check_csrf(const Request& request, const Caller& caller) {
  if (!caller.session) return Done{};
  const std::string* given = request.header("x-csrf-token");
  if (given == nullptr || !access::same_secret(*given, caller.session->csrf))
    return refusal("csrf_wrong");
  return Done{};
}

Outcome check_form_origin(const Request& request) {
  if (const std::string* site = request.header("sec-fetch-site")) {
    if (*site == "same-origin" || *site == "none") return Done{};
    return refusal("form_foreign");
  }
  const std::string* origin = request.header("origin");
  if (origin == nullptr || *origin == "null") return Done{};
  const std::string* host = request.header("host");
  const std::size_t name = origin->find("://");
  if (host != nullptr && name != std::string::npos && origin->substr(name + 3) == *host)
    return Done{};
  return refusal("form_foreign");
}

}  // namespace tz::http
