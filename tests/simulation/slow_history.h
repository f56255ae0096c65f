// What the records of a ledger say, by definitions that are slow and obvious and share nothing
// with src/ledger's own.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/replay.h"
#include "ledger/item.h"
#include "rollup/view.h"

namespace tz::test {

// A broken promise, in words; none when all is well.
using Violation = std::optional<std::string>;

// Takes records in, in order, and judges each when it comes.
class SlowHistory {
 public:
  // Who verified was independent; who judged had no part; "fixed" was checked this round; a check
  // and a look-back were made by two persons.
  Violation take(const engine::OpenedRecord& opened);
  // Why what that post finds of the item is no independent finding.
  [[nodiscard]] Violation dependent(std::uint64_t item, PostId post, Day day) const;

  // Whether going up from `unit`, by place or by line as of that day, comes to `superior`.
  [[nodiscard]] bool reaches(UnitId unit, UnitId superior, Day day) const;
  [[nodiscard]] bool lies_in(UnitId unit, UnitId ancestor) const;
  [[nodiscard]] std::size_t unit_count() const { return parents_.size(); }
  [[nodiscard]] std::size_t verification_count() const { return verification_count_; }
  // How often each event was recorded, by its name.
  [[nodiscard]] const std::map<std::string, std::size_t>& counts() const { return counts_; }
  [[nodiscard]] const std::set<std::uint64_t>& items() const { return items_; }

 private:
  struct Case {
    std::set<std::uint64_t> persons;        // who planned, reported, or asked for close-out
    std::set<std::uint32_t> persons_units;  // and the units of the posts they did it in
    std::set<std::uint32_t> fixing, supporting;
    bool review_passed = false;
    bool check_passed = false;
  };
  Violation verified(const Case& about, const journal::Record& record,
                     const ledger::VerificationGiven& event) const;
  Violation dependent(const Case& about, PostId post, Day day) const;
  void take_part(Case& about, PostId actor);

  std::vector<UnitId> parents_;
  std::vector<ledger::LineEdge> lines_;
  std::vector<ledger::PostGranted> posts_;  // PostId - 1
  std::map<std::uint64_t, Case> cases_;
  std::set<std::uint64_t> items_;
  std::map<std::string, std::size_t> counts_;
  std::size_t verification_count_ = 0;
};

// Compares every number of the view with a loop over the items. The state is that of the view.
Violation compare_totals(const SlowHistory& history, const ledger::State& state,
                         const rollup::View& view, const std::vector<ledger::Item>& items);

}  // namespace tz::test
