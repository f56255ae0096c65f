// What an item's row was before its newest events: taken back where they tell what was there, else
// made anew from the events before them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ledger/event.h"
#include "ledger/item.h"
#include "ledger/item_row.h"
#include "ledger/state.h"

namespace tz::ledger {

// An event with what its record says beside it.
struct MarkedEvent {
  Event event;
  Mark mark;
};

// Whether the event changes the quantities that count of its item, in fold() of ledger/row_fold.h.
bool changes_quantities(const Event& event);

// The newest events, oldest of them first; then, if they did not tell all, remake(). States, flows
// and posts are never taken back, so any later state will do.
class EarlierRow {
 public:
  // `row`, as the newest events leave it, becomes that of then where it stands, and `quantities`
  // those that counted; none: the newest events left them as they were. Both outlast this.
  EarlierRow(ItemRow& row, std::optional<std::vector<ItemQuantity>>& quantities)
      : row_(row), quantities_(quantities) {}

  // `prev` is the item's record before this one.
  void take_back(const State& state, const Event& event, Seq prev);
  // Whether something that was overwritten stands only in the events before.
  [[nodiscard]] bool missing() const;
  // All the item's events before those taken back, the opening first.
  void remake(const State& state, std::span<const MarkedEvent> before);

 private:
  struct Taking;  // one overload an event that a row shows, as in fold()

  ItemRow& row_;
  std::optional<std::vector<ItemQuantity>>& quantities_;
  bool begun_ = false;
  bool moved_ = false;   // a transition was taken back
  bool closed_ = false;  // so was a closing, before any reopening
  bool overwritten_ = false;
  bool signature_told_ = false;  // a signature, or its revocation, was taken back
};

}  // namespace tz::ledger
