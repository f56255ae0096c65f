// The time limits of one item as its records tell them, and what the clock owes about each, counted
// day by day.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/event.h"
#include "ledger/flow.h"
#include "ledger/state.h"
#include "simulation/slow_history.h"

namespace tz::test {

// Takes the records of one item in, in order.
class WalkLimits {
 public:
  struct Moment {
    const ledger::State& state;
    const ledger::Flow& flow;  // the item's
    UnitId place;
    Instant at;
  };

  // Each step of the clock is the one that the flow has next for the limit as it stands, has the
  // moment that the days give, and was not taken before that.
  Violation take(const ledger::Event& event, const Moment& moment);
  // Whether a step that was due by then is missing.
  [[nodiscard]] Violation owed(const Moment& moment) const;

 private:
  struct Limit {
    Instant due;
    Day due_day;
    Instant set;
    bool still = false;
    std::size_t done = 0;  // steps taken since it was set
  };
  using Steps = std::vector<std::pair<ledger::ClockStep, Instant>>;
  static Steps steps_of(const std::string& clock, const Limit& limit, const Moment& moment);
  Violation acted(const ledger::ClockActed& event, const Moment& moment);
  void set_deadline(const std::optional<Day>& due, Instant at);

  std::map<std::string, Limit> limits_;  // by clock; "part 1"; "" is the deadline
  std::optional<Day> due_;
  bool led_ = false;
  bool open_ = true;
};

}  // namespace tz::test
