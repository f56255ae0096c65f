// What a step of any flow may be given: sound input drawn at random, and input that is not.
#pragma once

#include <vector>

#include "base/random.h"
#include "ledger/command.h"
#include "ledger/item.h"
#include "rollup/view.h"

namespace tz::test {

// Who may be named in input.
struct WalkNames {
  std::vector<UnitId> working;     // units with somebody responsible, the first three leading well
  std::vector<UnitId> supporting;  // others with somebody responsible
  std::vector<PostId> checkers;    // of verifiers far from the work
};

struct WalkMoment {
  const ledger::State& state;
  const rollup::View& view;
  Day today;
};

// Draws for one step; the same seed, the same input.
class WalkInput {
 public:
  WalkInput(Random& random, const WalkNames& names) : random_(random), names_(names) {}

  // Input with which the step may well succeed.
  ledger::ActionInput sound(const ledger::Transition& transition, const ledger::Item& item,
                            const WalkMoment& at);
  // What the list of an inspection says of what it found.
  void finding(ledger::OpenItem& command, Day today);
  // Makes it wrong in some way: something left out, too late, too early, unknown.
  void spoil(ledger::ActionInput& input, const WalkMoment& at);

  std::uint64_t below(std::uint64_t bound) { return random_.next_u64() % bound; }
  bool by_chance(unsigned percent) { return below(100) < percent; }
  template <class List>
  auto any_of(const List& list) {
    return list[below(list.size())];
  }

 private:
  void assign(ledger::ActionInput& input, const WalkMoment& at);
  void plan(ledger::ActionInput& input, const ledger::Item& item, const WalkMoment& at);
  void actuals(ledger::ActionInput& input, const ledger::Item& item, const WalkMoment& at);
  void measure(ledger::ActionInput& input, const ledger::Item& item);
  void money(ledger::ActionInput& input, const ledger::Item& item, const WalkMoment& at);
  void end(ledger::ActionInput& input, const ledger::Transition& transition,
           const ledger::Item& item, const WalkMoment& at);
  void said(ledger::ActionInput& input, const ledger::Item& item);
  void about_parts(ledger::ActionInput& input, const ledger::Item& item, const WalkMoment& at);

  Random& random_;
  const WalkNames& names_;
  std::uint64_t made_ = 0;
};

}  // namespace tz::test
