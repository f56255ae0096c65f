// A made-up administration that acts at random over an engine: its units, its people, their deeds.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/decide.h"
#include "support/engine_ledger.h"

namespace tz::test {

// Whether the clock alone does it: it may stand before any step about its item, as a command of its
// own that nobody asked for.
inline bool of_the_clock(const ledger::Event& event) {
  const auto* moved = std::get_if<ledger::ClockMoved>(&event);
  return std::holds_alternative<ledger::ClockActed>(event) ||
         (moved != nullptr && moved->why == ledger::ClockMove::Recomputed);
}

// One seed's town. What it does is weighted so that items come to be closed, judged, merged and
// reopened; some of it breaks a rule on purpose.
class RandomTown {
 public:
  RandomTown(EngineLedger& ledger, std::uint64_t seed);

  // Registers the units and the people. Needs a ledger just founded.
  Outcome settle();
  // Something that somebody asks for, as things stand in what is published; some time may pass
  // before it. `same_day`: the clock stays where it is.
  engine::Request next_request();
  void pass_days();

  // How often each transition was asked for without a refusal in sight.
  [[nodiscard]] const std::map<std::string, int>& tried() const { return tried_; }

 private:
  std::uint64_t below(std::uint64_t bound) { return random_.next_u64() % bound; }
  bool by_chance(unsigned percent) { return below(100) < percent; }
  template <class List>
  auto any_of(const List& list) {
    return list[below(list.size())];
  }
  [[nodiscard]] Day today() const;

  Outcome register_units();
  Outcome add_people();
  engine::Request open_item();
  std::optional<engine::Request> act(ledger::ItemNo no);
  engine::Request correct(const ledger::Item& item);
  engine::Request redact(const ledger::Item& item);
  engine::Request change_administration();
  ledger::ActionInput input_for(const ledger::Transition& transition, const ledger::Item& item);
  void fill_assignment(ledger::ActionInput& input);
  void fill_shares(ledger::ActionInput& input);
  void fill_plan(ledger::ActionInput& input, const ledger::Item& item);
  void fill_criterion(ledger::ActionInput& input);
  void fill_check(ledger::ActionInput& input, const ledger::Item& item);

  EngineLedger& ledger_;
  SeededRandom random_;
  std::vector<AccountId> people_;
  std::vector<UnitId> working_units_;    // with somebody responsible
  std::vector<UnitId> verifying_units_;  // with a verifier, and not the root
  std::map<std::string, int> tried_;
  std::uint64_t import_ = 0;
  std::int64_t flow_version_ = 0;  // 0: that of the file
  std::uint64_t made_ = 0;         // things with a number of their own
};

}  // namespace tz::test
