// Addresses come from the provider alone, so each is looked at before anything is sent there.
#include "access/discovery.h"

#include "base/json.h"

namespace tz::access {
namespace {

constexpr std::size_t kAddressBytesMax = 2048;
constexpr std::string_view kSecure = "https://";
constexpr std::string_view kPlain = "http://";

Error bad(const char* what) { return refusal("identity_answer_bad", {{"what", what}}); }

// Scheme, host and port: "http://127.0.0.1:8080".
std::string_view origin_of(std::string_view address, std::size_t scheme_size) {
  return address.substr(0, address.find_first_of("/?", scheme_size));
}

// A provider that speaks plainly is on this machine, by its settings; it leads to no other.
bool sound(std::string_view address, std::string_view issuer) {
  if (address.size() > kAddressBytesMax) return false;
  for (const char c : address)
    if (c < 0x21 || c > 0x7e || c == '@' || c == '#' || c == '\\' || c == '"') return false;
  if (issuer.starts_with(kPlain))
    return origin_of(address, kPlain.size()) == origin_of(issuer, kPlain.size());
  return address.starts_with(kSecure) && origin_of(address, kSecure.size()).size() > kSecure.size();
}

}  // namespace

Result<ProviderAddresses> read_discovery(std::string_view json, std::string_view issuer) {
  const auto read = parse_json(json);
  if (!read.ok()) return bad("json");
  const auto text = [&](std::string_view name) {
    const Json* member = read->find(name);
    return member == nullptr || member->as_text() == nullptr ? std::string() : *member->as_text();
  };
  if (text("issuer") != issuer) return bad("issuer");
  ProviderAddresses out{text("authorization_endpoint"), text("token_endpoint"), text("jwks_uri")};
  if (!sound(out.authorization, issuer)) return bad("authorization_endpoint");
  if (!sound(out.token, issuer)) return bad("token_endpoint");
  if (!sound(out.keys, issuer)) return bad("jwks_uri");
  return out;
}

Result<std::string> read_token_answer(std::string_view json) {
  const auto read = parse_json(json);
  const Json* token = read.ok() ? read->find("id_token") : nullptr;
  if (token == nullptr || token->as_text() == nullptr) return bad("id_token");
  return *token->as_text();
}

}  // namespace tz::access
