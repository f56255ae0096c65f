// One-time codes by time (TOTP, RFC 6238): HMAC-SHA-1, six digits, thirty seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/time.h"

namespace tz::access {

constexpr std::int64_t kTotpStepSeconds = 30;
constexpr std::size_t kTotpSecretBytes = 20;

// Which step of thirty seconds an instant lies in; 0 before 1970.
std::uint64_t totp_step(Instant at);
// The code of a step, with leading zeros.
std::string totp_code(BytesView secret, std::uint64_t step, unsigned digits = 6);
// The step whose code it is, of the one `now` lies in and those beside it, if that is after
// `last`: no code counts twice. Blanks within the code are passed over.
std::optional<std::uint64_t> totp_accepts(BytesView secret, std::string_view code, Instant now,
                                          std::uint64_t last);

// RFC 4648 section 6 without padding, as authenticators take it.
std::string to_base32(BytesView bytes);

// otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=ISSUER, percent-encoded.
std::string totp_address(BytesView secret, std::string_view issuer, std::string_view account);

}  // namespace tz::access
