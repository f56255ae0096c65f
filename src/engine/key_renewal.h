// Wrapping keys of earlier months: moving what lies wrapped under them to the current one, and
// destroying them, so that a key erased since opens no more from any copy of the journal.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"

namespace tz::engine {

// How many keys of texts lie wrapped under each month's key. Reads all of them, some thousand at a
// time.
Result<std::map<std::string, std::uint64_t>> wrapped_under(journal::Reader& reader);

struct RenewalOrder {
  std::string current;  // month to wrap under, "2019-09"
  std::string before;   // months before this one, which is not after `current`, are renewed away
  // After each batch, before and after each destroyed key; may be empty.
  std::function<void(std::uint64_t rewrapped)> progress;
};

struct Renewal {
  std::uint64_t rewrapped = 0;
  std::uint64_t unopened = 0;          // left as they are: their own wrapping key is lost or wrong
  std::vector<std::string> destroyed;  // months
};

// Wraps anew in batches of ordinary requests, then destroys each month's key that nothing lies
// under any more. Whenever it is broken off, every text still opens and the next one goes on.
// Fails as the engine, the reader and the keyring do. Waits; any thread but the engine's, one at a
// time, and not while the journal or the keys are being copied.
Result<Renewal> renew_wrapping(Engine& engine, access::Keyring& keyring, Random& random,
                               const RenewalOrder& order);

}  // namespace tz::engine
