// HMAC (RFC 2104): with SHA-256, and with SHA-1 for one-time codes alone: nothing else here may use
// SHA-1.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "base/sha256.h"

namespace tz {

using Sha1Mac = std::array<std::uint8_t, 20>;

// Any thread.
Sha1Mac hmac_sha1(BytesView key, BytesView message);
Hash hmac_sha256(BytesView key, BytesView message);

}  // namespace tz
