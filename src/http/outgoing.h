// Asking another machine over HTTP, for signing in: beside notify/transport.h the one place from
// which this program does. Only addresses that the ledger's settings led to are asked.
#pragma once

#include <string>

#include "base/result.h"

namespace tz::http {

struct OutgoingRequest {
  std::string address;
  std::string form;  // sent by POST; empty: GET
  std::string name;  // of HTTP's Basic scheme; empty: none
  std::string secret;
};

struct OutgoingAnswer {
  unsigned status = 0;
  std::string body;
};

class Outgoing {
 public:
  static constexpr std::size_t kBodyBytesMax = 256 << 10;
  static constexpr long kMsMax = 10'000;

  // `ca_file` holds who is trusted to name servers; empty: whom the machine trusts.
  explicit Outgoing(std::string ca_file);
  ~Outgoing();
  Outgoing(const Outgoing&) = delete;
  Outgoing& operator=(const Outgoing&) = delete;

  // Waits for the answer, for kMsMax at most; follows no redirection, goes through no proxy, and
  // checks the server's certificate. Fails with `identity_provider_away` (fact: why). Any thread.
  [[nodiscard]] Result<OutgoingAnswer> ask(const OutgoingRequest& request) const;

 private:
  std::string ca_file_;
};

// As a field of a form or of a query: all but letters, digits and -._~ as %XX.
std::string percent_encoded(const std::string& text);

}  // namespace tz::http
