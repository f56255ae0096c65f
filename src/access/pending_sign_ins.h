// Sign-ins that have gone to the identity provider and are to come back: each once, by the same
// browser, within ten minutes.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "base/sha256.h"
#include "base/time.h"

namespace tz::access {

// RFC 7636 section 4.2: BASE64URL(SHA256(verifier)).
std::string pkce_challenge(std::string_view verifier);

// In memory: a sign-in on its way does not outlive the program. Any thread.
class PendingSignIns {
 public:
  static constexpr std::size_t kCountMax = 1000;  // then the oldest has to begin again
  static constexpr std::int64_t kUsMax = std::int64_t{10} * 60 * 1'000'000;

  struct Begun {
    std::string state;      // goes to the provider and comes back
    std::string browser;    // goes to the browser, as a cookie
    std::string nonce;      // comes back inside the token
    std::string challenge;  // of the verifier that only we know
  };
  Begun begin(Instant now, Random& random);

  // What the way back needs; the state is none from then on, whatever comes of it. Refuses
  // `identity_state_unknown` (never begun, used, or too old) and `identity_state_elsewhere` (begun
  // by another browser).
  struct Pending {
    std::string nonce;
    std::string verifier;
  };
  Result<Pending> take(std::string_view state, std::string_view browser, Instant now);

 private:
  struct Kept {
    Hash browser{};
    Pending pending;
    Instant begun;
  };
  std::mutex mutex_;  // guards the one below
  std::map<Hash, Kept> kept_;
};

}  // namespace tz::access
