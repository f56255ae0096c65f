// A small ledger for tests: a made tree, the problem flow, accounts with posts, a journal in
// memory.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>

#include "access/accounts.h"
#include "access/audit_log.h"
#include "access/sealing.h"
#include "base/random.h"
#include "base/time.h"
#include "engine/engine.h"
#include "evidence/store.h"
#include "journal/journal.h"
#include "journal/memory_journal.h"
#include "merkle/checkpoint.h"

namespace tz::support {

// A clock that stands until it is set.
class StandingClock final : public Clock {
 public:
  explicit StandingClock(Instant start) : at_us_(start.us) {}
  Instant now() override { return Instant{at_us_}; }
  void set(Instant at) { at_us_ = at.us; }
  void advance_days(std::int64_t days) { at_us_ += days * kDayUs; }

 private:
  std::atomic<std::int64_t> at_us_;
};

struct SmallLedgerOptions {
  std::uint64_t seed = 1;
  bool simulated = false;
  engine::Limits limits;
  access::AuditRules audit;
  // Another journal than one in memory: its store is then the caller's.
  std::unique_ptr<journal::Journal> journal;
};

// The tree, by code (all of it invented):
//
//   0 国 ─ 90 演示省 ─ 9001 演示市 ┬ 900100 市辖区, a placeholder ─ 900103 丙县
//                                  ├ 900101 甲区 ┬ 900101-cg 城管局   900101-zj 住建局
//                                  │             └ 900101001 一街道 ┬ 900101001001 和平社区
//                                  │                                └ 900101001002 幸福社区
//                                  ├ 900102 乙区 ─ 900102001 二街道 ─ 900102001001 东社区
//                                  └ 9001-ga 公安局
//   900102-pcs 派出所 lies in 900102 and is vertically under 9001-ga
//   area-1 新区 lies in 9001; 900102001 is a member of it
//
// Accounts, each with a bearer token and the password kPassword:
//
//   recorder    900101001 recorder         fixer      900101-zj responsible
//   supervisor  900101    supervisor       fixer_cg   900101-cg responsible
//   checker     900101    verifier         checker_2  9001      verifier
//   outsider    900102    recorder, supervisor         admin     0   system_admin
//   auditor     0         audit_admin                  guard     0   security_admin
//   auditor_2   900102    audit_admin
class SmallLedger {
 public:
  static constexpr std::string_view kPassword = "correct-horse-42";

  // Everything here works in a test, so what fails ends the program.
  static std::unique_ptr<SmallLedger> make(SmallLedgerOptions options = {});
  ~SmallLedger();
  SmallLedger(const SmallLedger&) = delete;
  SmallLedger& operator=(const SmallLedger&) = delete;

  [[nodiscard]] AccountId account(const std::string& name) const { return people_.at(name).id; }
  [[nodiscard]] PostId post(const std::string& name) const { return people_.at(name).post; }
  [[nodiscard]] const std::string& token(const std::string& name) const {
    return people_.at(name).token;
  }
  [[nodiscard]] UnitId unit(const std::string& code) const;

  // An account with these posts, each a unit's code and a role; perhaps none.
  void add_person(const std::string& name,
                  const std::vector<std::pair<std::string, ledger::Role>>& posts);

  // Lists a problem as the recorder.
  ledger::ItemNo open_problem(const std::string& unit_code, const std::string& title);

  StandingClock clock;
  SeededRandom random;        // for the engine's thread
  SeededRandom other_random;  // for everything else
  access::Accounts accounts;
  std::unique_ptr<access::Keyring> keyring;
  std::string evidence_folder;  // removed at the end
  std::unique_ptr<evidence::Store> evidence;
  std::unique_ptr<access::AuditLog> audit;  // beside the evidence
  merkle::SigningKey signing_key;
  std::unique_ptr<journal::Journal> journal;
  std::unique_ptr<engine::Engine> engine;

 private:
  struct Person {
    AccountId id;
    PostId post;  // the first
    std::string token;
  };
  explicit SmallLedger(std::uint64_t seed);
  void add_tree();
  std::map<std::string, Person> people_;
};

}  // namespace tz::support
