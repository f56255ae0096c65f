// The public keys of an identity provider (RFC 7517), and checking signatures by them (RFC 7518).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

struct evp_pkey_st;

namespace tz::access {

enum class KeyKind { Rsa, P256, Ed25519 };

struct ProviderKey {
  std::string id;         // kid; may be empty
  std::string algorithm;  // the only one it is for; may be empty
  KeyKind kind = KeyKind::Rsa;
  std::shared_ptr<evp_pkey_st> key;
};

constexpr std::size_t kProviderKeysMax = 64;

// The signing keys of a set, of the kinds above; others are passed over. RSA keys have 2,048 to
// 8,192 bits. Refuses `identity_answer_bad` where it is no set, or holds too many.
Result<std::vector<ProviderKey>> read_provider_keys(std::string_view json);

// Whether the key signed the text by that algorithm: RS256, PS256, ES256 or EdDSA, and false for
// every other name ("none" and HS256 among them) and for a key of another kind. Any thread.
struct Signed {
  std::string_view algorithm;
  std::string_view text;
  BytesView signature;
};
bool signed_by(const ProviderKey& key, const Signed& what);

}  // namespace tz::access
