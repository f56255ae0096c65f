// What an identity provider says of itself (OpenID Connect Discovery 1.0), and what its token
// endpoint answers.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace tz::access {

struct ProviderAddresses {
  std::string authorization;
  std::string token;
  std::string keys;
};

// Refuses `identity_answer_bad` (fact: what) where it is not a description of that issuer, or names
// an address that is not https, or of this machine alone as the issuer is.
Result<ProviderAddresses> read_discovery(std::string_view json, std::string_view issuer);

// The identity token of a token response. Refuses `identity_answer_bad`.
Result<std::string> read_token_answer(std::string_view json);

}  // namespace tz::access
