// What must hold of every record of a walk, by definitions that share nothing with decide().
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/replay.h"
#include "ledger/state.h"
#include "simulation/slow_history.h"

namespace tz::test {

// Takes records in, in order, and judges each when it comes.
class WalkRules {
 public:
  // A step leads where its flow says; nothing happens to what is closed or dropped; what is fixed
  // in stages is never closed as fixed; a whole is closed after its shares; the clock takes each
  // step once; and what SlowHistory says of verifications and verdicts. `state` is the newest.
  Violation take(const engine::OpenedRecord& opened, const ledger::State& state);
  [[nodiscard]] const SlowHistory& history() const { return history_; }
  // At the end of a command: no whole is closed while a share of it is open.
  [[nodiscard]] Violation shares_hold() const;
  // How often each state of each kind was come to.
  [[nodiscard]] const std::map<std::string, std::size_t>& states() const { return states_; }

 private:
  struct Case {
    std::uint16_t flow = 0;
    std::uint16_t state = 0;
    bool closed = false;  // by a closing that stands
    bool dropped = false;
    std::string fix_class;
    std::set<std::uint64_t> shares;
    // By clock, or "" for the deadline: what the clock did about it since it was set.
    std::map<std::string, std::set<std::pair<int, std::int64_t>>> acted;
  };
  Violation judge(Case& about, const ledger::Event& event, const ledger::State& state);
  Violation moved(Case& about, const ledger::TransitionTaken& event, const ledger::State& state);

  SlowHistory history_;
  std::map<std::uint64_t, Case> cases_;
  std::map<std::string, std::size_t> states_;
};

}  // namespace tz::test
