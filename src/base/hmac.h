// HMAC-SHA-1 (RFC 2104), for one-time codes alone: nothing else here may use SHA-1.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"

namespace tz {

using Sha1Mac = std::array<std::uint8_t, 20>;

// Any thread.
Sha1Mac hmac_sha1(BytesView key, BytesView message);

}  // namespace tz
