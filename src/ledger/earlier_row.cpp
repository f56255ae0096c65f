// A transition says what was before it, a first closing that there was none, and counts go back by
// one; whatever else was overwritten is made anew.
#include "ledger/earlier_row.h"

#include <algorithm>
#include <array>

#include "ledger/row_fold.h"

namespace tz::ledger {

bool changes_quantities(const Event& event) {
  return std::holds_alternative<ItemClosed>(event) || std::holds_alternative<ItemReopened>(event);
}

struct EarlierRow::Taking {
  EarlierRow& to;
  const State& state;

  void operator()(const TransitionTaken& event) const {
    const Flow& flow = *state.flows[to.row_.flow];
    const Transition* step = to.row_.scheme != 0 ? flow.transition(event.transition) : nullptr;
    if (step != nullptr && !to.signature_told_ &&
        (step->act == Act::Sign || step->act == Act::Revoke)) {
      to.signature_told_ = true;
      to.row_.has_signed = step->act == Act::Revoke;
    }
    if (to.moved_) return;
    to.moved_ = true;
    const auto from = flow.state(event.from);
    TZ_ASSERT(from.has_value());
    to.row_.state = *from;
    to.row_.phase = flow.states[*from].phase;
    if (to.row_.scheme != 0) to.row_.stage = flow.states[*from].stage;
  }
  void operator()(const ItemClosed&) const { to.closed_ = true; }
  void operator()(const ItemReopened&) const {
    // What it reopened had been closed before, and what a limit gave ended with it.
    if (!to.closed_ || by_limit()) to.overwritten_ = true;
    if (to.row_.reopened > 0) --to.row_.reopened;
  }
  void operator()(const VerificationGiven& event) const {
    if (event.stage == Stage::Return && to.row_.returned > 0) --to.row_.returned;
  }
  void operator()(const PartAssessed& event) const {
    std::uint16_t* count = assessment_in(to.row_, event);
    if (count != nullptr && *count > 0) --*count;
  }
  void operator()(const RecurrenceNoted&) const {
    if (to.row_.recurred > 0) --to.row_.recurred;
  }
  void operator()(const Corrected& event) const {
    constexpr std::array<std::string_view, 4> kShown = {"place", "category", "source", "special"};
    if (event.value && std::find(kShown.begin(), kShown.end(), event.field) != kShown.end())
      overwritten();
  }
  void operator()(const HandedOver& event) const {
    const auto& parts = event.parts;
    if (std::find(parts.begin(), parts.end(), WorkPart::Recorder) != parts.end()) overwritten();
  }
  void operator()(const Assigned&) const { overwritten(); }
  void operator()(const SourceAdded&) const { overwritten(); }
  void operator()(const ItemsLinked& event) const {
    if (event.link == LinkKind::MergedInto && by_limit()) overwritten();
    if (event.link == LinkKind::ShareOf) to.row_.share = false;
    if (event.link == LinkKind::SplitFrom) to.row_.split = false;
  }
  void operator()(const DeadlineExtended&) const { overwritten(); }
  void operator()(const JudgementGiven&) const { overwritten(); }
  void operator()(const ClockStarted& event) const { clock(event.clock); }
  void operator()(const ClockMoved& event) const { clock(event.clock); }
  void operator()(const ClockStopped& event) const { clock(event.clock); }
  template <class Other>
  void operator()(const Other&) const {}

  [[nodiscard]] bool by_limit() const { return !state.flows[to.row_.flow]->deadlines.empty(); }
  void overwritten() const { to.overwritten_ = true; }
  void clock(const std::string& id) const {
    const Flow& flow = *state.flows[to.row_.flow];
    if (is_response(flow, id) || is_deadline(flow, id)) overwritten();
  }
};

void EarlierRow::take_back(const State& state, const Event& event, Seq prev) {
  if (!begun_) row_.last = prev;
  begun_ = true;
  std::visit(Taking{*this, state}, event);
  if (!changes_quantities(event)) return;
  quantities_.emplace();
  if (!closed_ || row_.reopened > 0) return;
  // It had not been closed before.
  row_.closed.reset();
  row_.first_closed.reset();
  row_.fixed = false;
  row_.outcome = 0;
  row_.rebounded = false;
}

bool EarlierRow::missing() const { return overwritten_ || (closed_ && row_.reopened > 0); }

void EarlierRow::remake(const State& state, std::span<const MarkedEvent> before) {
  TZ_ASSERT(!before.empty());
  const auto import = row_.import;
  if (quantities_) quantities_->clear();
  for (const MarkedEvent& each : before) {
    if (const auto* opened = std::get_if<ItemOpened>(&each.event)) {
      row_ = open_row(state, *opened, each.mark);
      continue;
    }
    auto counted = fold(row_, state, each.event, each.mark);
    if (quantities_ && counted) quantities_ = *std::move(counted);
  }
  row_.import = import;  // whether it is staged is told by the adoption of its import
  moved_ = closed_ = overwritten_ = signature_told_ = false;
}

}  // namespace tz::ledger
