// Secrets as texts: 32 random bytes that are told once, and the hash they are found by.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "base/sha256.h"

namespace tz::access {

constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kSecretChars = 43;  // of 32 bytes in base64url without padding
constexpr std::string_view kTokenPrefix = "tz_";

std::array<std::uint8_t, kSecretBytes> new_secret(Random& random);
std::string to_base64url(BytesView bytes);
// Without padding. Refuses `bad_base64`, non-canonical endings included.
Result<Bytes> from_base64url(std::string_view text);
// Secrets are found by their hash: the time a search takes tells of the hash alone. None where it
// is no such text.
std::optional<Hash> cookie_key(std::string_view cookie);

}  // namespace tz::access
