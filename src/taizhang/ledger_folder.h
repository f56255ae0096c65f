// A ledger as a folder: journal.db, evidence/, keys/, snapshot/, config.yaml; made and opened here.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "access/accounts.h"
#include "access/audit_log.h"
#include "access/sealing.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "engine/engine.h"
#include "engine/erasure_list.h"
#include "evidence/store.h"
#include "journal/journal.h"
#include "merkle/checkpoint.h"
#include "programme/settings_file.h"

namespace tz::http {
class Door;
}

namespace tz::program {

struct OpenLedger;

struct NewLedger {
  std::string origin;  // of its checkpoints, e.g. "ledger.example.gov.cn/problems"
  std::string zone = "Asia/Shanghai";
  std::optional<Instant> simulated_start = {};  // makes it a simulated ledger, for good
  std::string config = {};                      // more of config.yaml than its version
};

// Makes DIR with everything in it and the genesis. Refuses `ledger_exists`, `folder_not_empty`.
Outcome create_folder(const std::string& folder, const NewLedger& ledger);

// The keys a ledger signs with and is checked by.
Result<merkle::SigningKey> read_signing_key(const std::string& folder);
Result<merkle::VerifierKey> read_verifier_key(const std::string& folder);

// What config.yaml says; where there is none, nothing. Refuses what it says wrong (fact: path).
Result<programme::Settings> settings_of(const std::string& folder);

// What the journal remembers of the audit log; none before anything was. Reads the disk.
Result<std::optional<access::AuditHead>> known_audit_head(journal::Reader& reader);
// Adds a row about what the program or its operator does, and remembers the log's head.
Outcome record_act(OpenLedger& ledger, const access::AuditRow& row);
// Where the audit log is damaged or gone: puts what there is aside, as DIR/audit-<instant>, and
// begins a new one, whose first row says so. Refuses `ledger_in_use` beside a server. Gives the
// folder it was put into.
Result<std::string> renew_audit(const std::string& folder);

// Reading only; works beside a running server.
Result<std::unique_ptr<journal::Reader>> open_reader(const std::string& folder);

// All of an open ledger, in the order in which it is built and the reverse of how it is let go.
struct OpenLedger {
  std::string folder;
  bool served = false;  // to others, while this is open
  programme::Settings settings;
  std::unique_ptr<Clock> clock;
  SystemRandom random;
  access::Accounts accounts;
  std::unique_ptr<access::Keyring> keyring;
  std::unique_ptr<evidence::Store> evidence;
  std::unique_ptr<access::AuditLog> audit;
  std::unique_ptr<journal::Journal> journal;
  std::unique_ptr<engine::Engine> engine;
  // Held while a backup is written and while keys are renewed: a copy of the journal has to go with
  // the keys that it was written under.
  std::mutex keys_mutex;
  std::mutex sealing_mutex;                     // held while coverage is sealed
  std::mutex erasures_mutex;                    // guards the list below, and its file
  std::optional<engine::ErasureList> erasures;  // once it was read (taizhang/erasures.h)
  std::weak_ptr<http::Door> door{};             // of its server
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
