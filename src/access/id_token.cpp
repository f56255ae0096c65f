// Three parts in base64url; the claims that matter, each by its type.
#include "access/id_token.h"

#include <algorithm>
#include <optional>

#include "access/account_codec.h"
#include "access/secret_text.h"
#include "base/json.h"

namespace tz::access {
namespace {

Error bad(const char* why) { return refusal("identity_token_bad", {{"why", why}}); }

Result<Json> part_of(std::string_view text) {
  const auto bytes = from_base64url(text);
  if (!bytes.ok()) return bad("form");
  auto json = parse_json(as_text(*bytes));
  if (!json.ok() || json->as_object() == nullptr) return bad("form");
  return *std::move(json);
}

std::optional<std::string> text_of(const Json& json, std::string_view name) {
  const Json* member = json.find(name);
  if (member == nullptr || member->as_text() == nullptr) return std::nullopt;
  return *member->as_text();
}

std::optional<std::int64_t> number_of(const Json& json, std::string_view name) {
  const Json* member = json.find(name);
  if (member == nullptr || member->as_int() == nullptr) return std::nullopt;
  return *member->as_int();
}

struct Parts {
  std::string_view head;
  std::string_view claims;
  std::string_view signature;
  std::string_view signed_text;
};
std::optional<Parts> parts_of(std::string_view token) {
  if (token.size() > kIdTokenBytesMax) return std::nullopt;
  const std::size_t first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  if (token.find('.', second + 1) != std::string_view::npos) return std::nullopt;
  return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1),
               token.substr(second + 1), token.substr(0, second)};
}

Outcome check_signature(const Parts& parts, const std::vector<ProviderKey>& keys) {
  const Json head = TZ_TRY(part_of(parts.head));
  const auto algorithm = text_of(head, "alg");
  // What a token says is critical and we do not know, we cannot keep to.
  if (!algorithm || head.find("crit") != nullptr) return bad("form");
  const std::string id = text_of(head, "kid").value_or("");
  const auto signature = from_base64url(parts.signature);
  if (!signature.ok()) return bad("form");
  bool known = false;
  for (const ProviderKey& key : keys) {
    if (!id.empty() && key.id != id) continue;
    known = true;
    if (signed_by(key, {*algorithm, parts.signed_text, *signature})) return Done{};
  }
  return refusal(known ? "identity_signature_bad" : "identity_key_unknown");
}

bool for_client(const Json& claims, std::string_view client) {
  const Json* audience = claims.find("aud");
  if (audience == nullptr) return false;
  const auto authorized = text_of(claims, "azp");
  if (authorized && *authorized != client) return false;
  if (audience->as_text() != nullptr) return *audience->as_text() == client;
  if (audience->as_array() == nullptr) return false;
  const JsonArray& list = *audience->as_array();
  // One of several needs to be named as the one it was made for.
  if (list.size() != 1 && !authorized) return false;
  return std::any_of(list.begin(), list.end(), [&](const Json& each) {
    return each.as_text() != nullptr && *each.as_text() == client;
  });
}

}  // namespace

Result<std::string> read_id_token(std::string_view token, const std::vector<ProviderKey>& keys,
                                  const TokenExpected& expected) {
  const auto parts = parts_of(token);
  if (!parts) return bad("form");
  TZ_TRY(check_signature(*parts, keys));
  const Json claims = TZ_TRY(part_of(parts->claims));
  if (text_of(claims, "iss") != expected.issuer) return bad("issuer");
  if (!for_client(claims, expected.client)) return bad("audience");
  const std::int64_t now = expected.now.us / 1'000'000;
  const auto expires = number_of(claims, "exp");
  if (!expires || *expires <= now - kIdTokenSkewSeconds) return bad("expired");
  const auto issued = number_of(claims, "iat");
  if (!issued || *issued > now + kIdTokenSkewSeconds) return bad("issued");
  const auto nonce = text_of(claims, "nonce");
  if (!nonce || !same_secret(*nonce, expected.nonce)) return refusal("identity_nonce_wrong");
  auto subject = text_of(claims, "sub");
  if (!subject || !valid_subject(*subject)) return bad("subject");
  return *std::move(subject);
}

}  // namespace tz::access
