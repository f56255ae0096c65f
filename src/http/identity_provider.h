// A province's own identity provider: sending a browser there, and learning who came back (OpenID
// Connect, authorization code with PKCE).
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "access/discovery.h"
#include "access/pending_sign_ins.h"
#include "access/provider_keys.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "http/outgoing.h"

namespace tz::http {

struct IdentityProviderOptions {
  std::string issuer;
  std::string client;
  std::string secret;   // empty: the provider knows us by name alone, and PKCE
  std::string address;  // of this ledger, as browsers reach it
  std::string ca_file;
  std::string label_zh;
  std::string label_en;
  bool code_asked = false;  // a second factor of ours follows
};

constexpr std::string_view kIdentityPath = "/api/v1/session/identity-provider";
constexpr std::string_view kIdentityBackPath = "/api/v1/session/identity-provider/back";

// Any thread; what asks the provider waits for it, so never the thread of a connection.
class IdentityProvider {
 public:
  // The clock tells the real time, as the provider's does, whatever the ledger's own says.
  IdentityProvider(IdentityProviderOptions options, Clock& clock, Random& random);

  [[nodiscard]] const IdentityProviderOptions& options() const { return options_; }

  struct Leaving {
    std::string address;  // where the browser goes
    std::string browser;  // the cookie that it comes back with
  };
  // Asks the provider where its pages are, at times. Fails with `identity_provider_away` and
  // refuses `identity_answer_bad`.
  Result<Leaving> begin();

  // The sign-in that a browser comes back from; asks nobody. Refusals: PendingSignIns::take.
  Result<access::PendingSignIns::Pending> back(std::string_view state, std::string_view browser);
  // Changes the code for the token, and gives its subject. Refuses `identity_code_refused`, and as
  // read_id_token does; fails with `identity_provider_away`.
  Result<std::string> subject(const access::PendingSignIns::Pending& pending,
                              const std::string& code);

 private:
  Result<access::ProviderAddresses> addresses();
  // `fresh`: asked for anew, unless that was less than a minute ago.
  Result<std::vector<access::ProviderKey>> keys(bool fresh);
  [[nodiscard]] Result<std::string> fetched(const std::string& address) const;
  [[nodiscard]] std::string return_address() const;

  const IdentityProviderOptions options_;
  Clock& clock_;
  Random& random_;
  const Outgoing outgoing_;
  access::PendingSignIns pending_;
  std::mutex mutex_;  // guards all below; never held while the provider is asked
  std::optional<access::ProviderAddresses> addresses_;
  Instant addresses_at_;
  std::optional<std::vector<access::ProviderKey>> keys_;
  Instant keys_at_;
};

}  // namespace tz::http
