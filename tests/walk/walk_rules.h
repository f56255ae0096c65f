// What must hold of every record of a walk, by definitions that share nothing with decide().
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/replay.h"
#include "ledger/state.h"
#include "simulation/slow_history.h"
#include "walk/walk_limits.h"

namespace tz::test {

// Takes records in, in order, and judges each when it comes.
class WalkRules {
 public:
  // A step leads where its flow says; nothing happens to what is closed or dropped; what is fixed
  // in stages is never closed as fixed, and in phases has its milestones; every supporting unit has
  // its part, done once; what is excluded, or cannot be met, was found so independently; each
  // look-back comes once to a closing, and reopens what does not hold; the clock takes each step
  // once, in order, when it is due, and before whatever is done next; and what SlowHistory says of
  // verifications and verdicts. `state` is the newest.
  Violation take(const engine::OpenedRecord& opened, const ledger::State& state);
  [[nodiscard]] const SlowHistory& history() const { return history_; }
  // At the end of a command: no whole is closed while a share of it is open.
  [[nodiscard]] Violation shares_hold() const;
  // After the clock turned about the item: nothing that was due by then is missing.
  [[nodiscard]] Violation turned(std::uint64_t item, Instant now, const ledger::State& state) const;
  // How often each state of each kind was come to.
  [[nodiscard]] const std::map<std::string, std::size_t>& states() const { return states_; }

 private:
  struct Part {
    UnitId unit;
    Day due;
    bool done = false;
    bool ended = false;
    std::set<ledger::PartSide> assessed;
  };
  struct Case {
    std::uint16_t flow = 0;
    std::uint16_t state = 0;
    UnitId place;
    bool closed = false;  // by a closing that stands
    bool dropped = false;
    std::string fix_class;
    std::set<std::uint64_t> shares;
    std::vector<Part> parts;               // by number, from one on
    std::set<std::uint32_t> without_part;  // units that support since it was given out last
    std::set<Day> milestones;              // planned by the step under way
    std::uint16_t closures = 0;
    std::set<std::string> looked_back;  // at the newest closing
    bool held = true;                   // what the newest look-back found
    bool answered = false;              // the newest verdict says something
    bool unsatisfied = false;           // and that somebody was not satisfied
    WalkLimits limits;
  };
  Violation judge(Case& about, const engine::OpenedRecord& opened, const ledger::State& state);
  Violation closed(Case& about, const engine::OpenedRecord& opened, const ledger::State& state);
  static Violation shared_work(Case& about, const ledger::Event& event, Day day);
  Violation moved(Case& about, const ledger::TransitionTaken& event, const ledger::State& state);
  static Violation guarded(Case& about, const ledger::Transition& step);
  Violation timed(Case& about, const engine::OpenedRecord& opened, const ledger::State& state);

  SlowHistory history_;
  std::map<std::uint64_t, Case> cases_;
  std::map<std::string, std::size_t> states_;
  std::optional<std::uint64_t> asked_about_;  // the item of the command under way
};

}  // namespace tz::test
