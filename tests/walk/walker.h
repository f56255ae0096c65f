// A made-up town whose people take whatever step is offered to them, over an engine.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/engine_ledger.h"
#include "walk/walk_input.h"
#include "walk/walk_rules.h"

namespace tz::test {

// One seed's walk. Each call gives what is broken, in words; none when all is well.
class Walker {
 public:
  explicit Walker(std::uint64_t seed);

  // Founds the ledger: units, people, limits, holidays and every flow of the project.
  Violation settle(const std::vector<std::string>& flows);
  // Something happens: an item is listed, a step taken or tried, the clock turns, time passes.
  Violation step();
  // Takes sound steps alone, until the item is closed or dropped, or its household has lapsed.
  Violation bring_to_end(ledger::ItemNo no);
  // Months pass, and something is done about what is closed.
  Violation come_back();
  // All numbers are what a loop over all items finds.
  Violation recount();
  // A year later the clock turns about every item; the journal verifies, and read again from its
  // beginning it gives the same rows.
  Violation end();

  [[nodiscard]] std::vector<ledger::ItemNo> open_items();
  [[nodiscard]] const WalkRules& rules() const { return rules_; }
  [[nodiscard]] std::size_t taken_count() const { return taken_count_; }
  // How often each step was taken, as "kind.step".
  [[nodiscard]] const std::map<std::string, std::size_t>& steps() const { return steps_; }
  [[nodiscard]] const std::map<std::string, std::size_t>& refused() const { return refused_; }
  // The newest things asked for, the last one last.
  [[nodiscard]] const std::vector<std::string>& trail() const { return trail_; }

 private:
  enum class Taste { Any, Sound };
  struct Choice {
    AccountId who;
    const ledger::Transition* transition = nullptr;
    bool refused = false;
  };
  Outcome found(const std::vector<std::string>& flows);
  Outcome add_people();
  // walker_registers.cpp
  Outcome open_fund(UnitId unit);
  ledger::AskedLoan asked_loan();
  Violation list_household(ledger::OpenItem command);
  Violation count_register(std::uint16_t index);
  Violation open_signing_of(const ledger::Item& about);
  // Whether nothing can come of it any more, since too few signed.
  bool lapsed(const ledger::Item& about);
  [[nodiscard]] ledger::Actor leader() const { return {people_[2], {}}; }  // supervises the county
  ledger::Actor recorder() { return {input_.any_of(recorders_), {}}; }

  Violation list(const std::string& kind);
  Violation send_report();
  const ledger::Transition* chosen(const ledger::Flow& flow, const std::vector<Choice>& all,
                                   Taste taste);
  Violation act(ledger::ItemNo no, Taste taste);
  Violation judge_report(const ledger::Item& item);
  Violation vote();
  Violation turn(ledger::ItemNo no);
  void pass_time(std::uint64_t days_max);
  // Everybody's steps on the item as things stand; those refused too.
  std::vector<Choice> choices(const ledger::Item& item);
  // Whether somebody may take some step now, or could at some later time.
  bool somebody_may(const ledger::Item& item);
  Violation send(const std::string& what, ledger::Actor actor, ledger::Command command);
  Violation look(const std::optional<ledger::ItemNo>& item);
  ledger::Item item(ledger::ItemNo no);
  [[nodiscard]] engine::Published now() { return ledger_.engine().published(); }
  [[nodiscard]] Day today();

  EngineLedger ledger_;
  SeededRandom random_;
  std::shared_ptr<journal::MemoryStore> store_;
  WalkNames names_;
  WalkInput input_;
  std::vector<AccountId> people_;
  std::vector<AccountId> recorders_;
  WalkRules rules_;
  std::uint64_t read_ = 0;
  std::map<std::uint64_t, Hash> codes_;  // what reporters hold, by item
  std::size_t taken_count_ = 0;
  std::map<std::string, std::size_t> steps_;
  std::optional<ledger::ItemNo> at_hand_;  // whose next step is to come soon
  std::map<std::string, std::size_t> refused_;
  std::vector<std::string> trail_;
};

}  // namespace tz::test
