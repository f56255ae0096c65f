// libsodium, made ready once before its first use.
#pragma once

#include <sodium.h>

#include "base/error.h"

namespace tz::access {

// Any thread; costs nothing after the first call.
inline void need_sodium() {
  static const bool ready = sodium_init() >= 0;
  TZ_ASSERT(ready);
}

}  // namespace tz::access
