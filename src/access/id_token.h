// What an identity provider says of who has come: its signed token (RFC 7519, OpenID Connect Core
// 3.1.3.7), checked whole or refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/provider_keys.h"
#include "base/result.h"
#include "base/time.h"

namespace tz::access {

constexpr std::size_t kIdTokenBytesMax = 16 << 10;
constexpr std::int64_t kIdTokenSkewSeconds = 60;

struct TokenExpected {
  std::string_view issuer;
  std::string_view client;
  std::string_view nonce;
  Instant now;
};

// Gives the subject. Refuses `identity_token_bad` (fact: why, one of form, issuer, audience,
// expired, issued, subject), `identity_key_unknown` where no key of the set may have signed it (the
// provider may have a new one), `identity_signature_bad` and `identity_nonce_wrong`. A signature is
// checked before anything that is said under it.
Result<std::string> read_id_token(std::string_view token, const std::vector<ProviderKey>& keys,
                                  const TokenExpected& expected);

}  // namespace tz::access
