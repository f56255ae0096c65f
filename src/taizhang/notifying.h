// Telling people: a thread that follows the records, and one that sends what leaves the ledger.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/letters.h"
#include "notify/transport.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

// The ways out that the settings give, with the secrets that lie in keys/.
struct Outgoing {
  engine::Sending sending;
  std::optional<notify::MailServer> mail;
  std::optional<notify::Gateway> gateway;
  std::string address;  // of this ledger
};
// Fails with `keys_unreadable` (fact: path) where a secret is missing or others may read it.
Result<Outgoing> outgoing_of(const std::string& folder, const programme::Settings& settings);

// Until it is destroyed. What goes wrong is reported, and tried again.
class Notifying {
 public:
  Notifying(OpenLedger& ledger, Outgoing outgoing, std::function<void(const Error&)> report);
  ~Notifying();
  Notifying(const Notifying&) = delete;
  Notifying& operator=(const Notifying&) = delete;

 private:
  // Whether to go on, after the pause.
  bool pause(int milliseconds);
  void follow();
  void send();
  Outcome send_round();
  Result<engine::Sent> send_letter(const notify::Letter& letter);

  OpenLedger& ledger_;
  const Outgoing outgoing_;
  std::function<void(const Error&)> report_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;  // for the one below
  std::condition_variable stop_;
  std::thread following_;
  std::thread sending_;
};

}  // namespace tz::program
