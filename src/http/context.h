// What the door needs of the rest of the program.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/accounts.h"
#include "access/audit_log.h"
#include "access/sealing.h"
#include "base/error.h"
#include "base/message.h"
#include "base/random.h"
#include "base/time.h"
#include "engine/engine.h"
#include "engine/notices.h"
#include "evidence/store.h"
#include "merkle/checkpoint.h"

namespace tz::access {
class FirstAccount;
}

namespace tz::http {

class IdentityProvider;

// Lets several threads draw from one source.
class LockedRandom final : public Random {
 public:
  explicit LockedRandom(Random& inner) : inner_(inner) {}
  void fill(std::span<std::uint8_t> out) override {
    const std::lock_guard lock(mutex_);
    inner_.fill(out);
  }

 private:
  std::mutex mutex_;  // guards inner_
  Random& inner_;
};

// A failure that was answered with 5xx, for the program's log: the caller is told the id alone.
struct Trouble {
  std::string request_id;
  std::string method;
  std::string path;  // the route's pattern
  Error error;
};

// How long what is held of persons is kept, in this ledger: for the register that anybody may read.
struct Keeping {
  std::int64_t session_hours = 12;
  std::int64_t session_idle_minutes = 30;
  std::int64_t token_days_max = 366;
  std::int64_t audit_days = 3 * 366;
  std::int64_t repeated_answer_days = 7;
  std::int64_t wrapping_key_months = 12;
  std::int64_t notice_days = 90;
  std::int64_t loose_file_days = 30;        // of files that were uploaded and never reported
  std::optional<std::int64_t> text_days{};  // of items that were closed or left; none: for good
};

// All of it outlives the server.
struct Context {
  engine::Engine& engine;
  access::Accounts& accounts;
  access::Keyring& keyring;
  access::AuditLog& audit;
  evidence::Store& evidence;
  Clock& clock;
  LockedRandom& random;
  merkle::VerifierKey log_key;
  // Handed in, so that this room need not be linked with the built-in files: Messages::of and
  // embedded_file.
  const Messages& (*messages)(Language) = nullptr;
  std::string_view (*embedded)(std::string_view path) = nullptr;
  std::function<void(const Trouble&)> report;  // any thread; may be empty
  std::string_view version = "0";              // of the program
  // Addresses of proxies in front that are believed (http/forwarded.h); "local": the own socket.
  std::vector<std::string> proxies{};
  std::vector<ledger::Role> second_factor_roles{};  // whose holders must have a second factor
  Keeping keeping{};
  IdentityProvider* identity = nullptr;           // null: accounts sign in with passwords alone
  access::FirstAccount* first_account = nullptr;  // null: the first account is made elsewhere
  engine::Ways ways{};                            // out of the ledger, beside the inbox
  std::string address{};                          // of this ledger, for links; empty: not told
};

}  // namespace tz::http
