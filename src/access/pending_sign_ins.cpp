// By the hash of the state, so that the time a search takes tells nothing of it.
#include "access/pending_sign_ins.h"

#include <algorithm>

#include "access/secret_text.h"

namespace tz::access {

std::string pkce_challenge(std::string_view verifier) {
  return to_base64url(sha256(as_bytes(verifier)));
}

PendingSignIns::Begun PendingSignIns::begin(Instant now, Random& random) {
  const auto secret = [&] { return to_base64url(new_secret(random)); };
  const std::string verifier = secret();
  Begun out{secret(), secret(), secret(), pkce_challenge(verifier)};
  const std::lock_guard lock(mutex_);
  std::erase_if(kept_, [&](const auto& each) { return now.us - each.second.begun.us >= kUsMax; });
  if (kept_.size() >= kCountMax)
    kept_.erase(std::min_element(kept_.begin(), kept_.end(), [](const auto& a, const auto& b) {
      return a.second.begun < b.second.begun;
    }));
  kept_[sha256(as_bytes(out.state))] = {sha256(as_bytes(out.browser)), {out.nonce, verifier}, now};
  return out;
}

Result<PendingSignIns::Pending> PendingSignIns::take(std::string_view state,
                                                     std::string_view browser, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = kept_.find(sha256(as_bytes(state)));
  if (found == kept_.end()) return refusal("identity_state_unknown");
  const Kept kept = std::move(found->second);
  kept_.erase(found);
  if (now.us - kept.begun.us >= kUsMax) return refusal("identity_state_unknown");
  if (kept.browser != sha256(as_bytes(browser))) return refusal("identity_state_elsewhere");
  return kept.pending;
}

}  // namespace tz::access
