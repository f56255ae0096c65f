// A ledger as a folder: journal.db, evidence/, keys/, snapshot/, config.yaml; made and opened here.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "access/accounts.h"
#include "access/sealing.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "engine/engine.h"
#include "evidence/store.h"
#include "journal/journal.h"
#include "merkle/checkpoint.h"

namespace tz::program {

struct NewLedger {
  std::string origin;  // of its checkpoints, e.g. "ledger.example.gov.cn/problems"
  std::string zone = "Asia/Shanghai";
  std::optional<Instant> simulated_start;  // makes it a simulated ledger, for good
};

// Makes DIR with everything in it and the genesis. Refuses `ledger_exists`, `folder_not_empty`.
Outcome create_folder(const std::string& folder, const NewLedger& ledger);

// The keys a ledger signs with and is checked by.
Result<merkle::SigningKey> read_signing_key(const std::string& folder);
Result<merkle::VerifierKey> read_verifier_key(const std::string& folder);

// Reading only; works beside a running server.
Result<std::unique_ptr<journal::Reader>> open_reader(const std::string& folder);

// All of an open ledger, in the order in which it is built and the reverse of how it is let go.
struct OpenLedger {
  std::string folder;
  std::unique_ptr<Clock> clock;
  SystemRandom random;
  access::Accounts accounts;
  std::unique_ptr<access::Keyring> keyring;
  std::unique_ptr<evidence::Store> evidence;
  std::unique_ptr<journal::Journal> journal;
  std::unique_ptr<engine::Engine> engine;
};

// Opens for writing. A simulated ledger goes on from its newest record at the pace of real time,
// unless `clock` is given. Refuses `ledger_in_use` beside a server.
Result<std::unique_ptr<OpenLedger>> open_folder(const std::string& folder,
                                                std::unique_ptr<Clock> clock = nullptr);

// A clock that began at an instant of its own and goes on at the pace of real time.
class OffsetClock final : public Clock {
 public:
  explicit OffsetClock(Instant start);
  Instant now() override;

 private:
  Instant start_;
  std::int64_t steady_start_us_;
};

// A clock that stands until it is set: the demonstration's.
class SetClock final : public Clock {
 public:
  explicit SetClock(Instant start) : at_us_(start.us) {}
  Instant now() override;
  void set(Instant at);

 private:
  std::atomic<std::int64_t> at_us_;
};

}  // namespace tz::program
