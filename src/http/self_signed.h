// A certificate that signs itself, to try the server over TLS before there is a real one.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace tz::http {

struct SelfSigned {
  std::string cert_path;           // mode 0644
  std::string key_path;            // mode 0600
  std::vector<std::string> names;  // DNS names and addresses it is for; "localhost" if empty
  Instant now;
};

// ECDSA P-256, good for 825 days, PEM. Files that are there are replaced. Fails with
// `certificate_failed` and as write_file does; refuses `certificate_name_bad` (fact: name).
Outcome make_self_signed(const SelfSigned& wanted);

}  // namespace tz::http
