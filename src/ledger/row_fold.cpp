// One overload an event that a row shows; all others only move the row's last record.
#include "ledger/row_fold.h"

#include <algorithm>

namespace tz::ledger {
namespace {

using Quantities = std::optional<std::vector<ItemQuantity>>;

struct Folder {
  ItemRow& row;
  const State& state;
  const Mark& mark;

  Quantities operator()(const TransitionTaken& event) const {
    const Flow& flow = *state.flows[row.flow];
    const auto to = flow.state(event.to);
    TZ_ASSERT(to.has_value());
    row.state = *to;
    row.phase = flow.states[*to].phase;
    if (row.scheme == 0) return std::nullopt;
    row.stage = flow.states[*to].stage;
    if (const Transition* step = flow.transition(event.transition))
      row.has_signed = step->act == Act::Sign || (row.has_signed && step->act != Act::Revoke);
    return std::nullopt;
  }
  Quantities operator()(const Assigned& event) const {
    row.lead = event.lead;
    row.due = event.due;
    note_original();
    return std::nullopt;
  }
  Quantities operator()(const DeadlineExtended& event) const {
    row.due = event.due;
    return std::nullopt;
  }
  Quantities operator()(const ItemClosed& event) const {
    row.closed = day_of(mark.recorded, state.zone);
    if (!row.first_closed) row.first_closed = row.closed;
    row.fixed = event.fixed;
    row.outcome = outcome_of(*state.flows[row.flow], event.outcome);
    std::vector<ItemQuantity> out;
    if (event.fixed)
      for (const Quantity& quantity : event.quantities)
        out.push_back({quantity.id, quantity.unit, quantity.value, quantity.qualifier});
    return out;
  }
  Quantities operator()(const ItemReopened&) const {
    if (row.closed)
      row.rebounded = row.rebounded || is_rebound(*row.closed, day_of(mark.recorded, state.zone));
    row.closed.reset();
    row.fixed = false;
    ++row.reopened;
    forget_limit();
    return std::vector<ItemQuantity>{};
  }
  Quantities operator()(const VerificationGiven& event) const {
    if (event.stage == Stage::Return) ++row.returned;
    return std::nullopt;
  }
  Quantities operator()(const JudgementGiven& event) const {
    if (event.drawn) return std::nullopt;
    if (is_silence(event) && row.solved != Verdict::NoAnswer) return std::nullopt;
    row.judged = true;
    row.solved = event.solved;
    row.satisfied = event.satisfied;
    row.way = event.way;
    return std::nullopt;
  }
  Quantities operator()(const PartAssessed& event) const {
    if (std::uint16_t* count = assessment_in(row, event)) ++*count;
    return std::nullopt;
  }
  Quantities operator()(const RecurrenceNoted&) const {
    ++row.recurred;
    return std::nullopt;
  }
  void note_original() const {
    if (!row.original_due) row.original_due = row.due;
  }
  Quantities operator()(const ClockStarted& event) const {
    if (is_deadline(*state.flows[row.flow], event.clock)) {
      row.due = deadline_from(row.due, event.due_day);
      row.original_due = deadline_from(row.original_due, *row.due);
    }
    if (!is_response(*state.flows[row.flow], event.clock)) return std::nullopt;
    row.response = Response::Awaited;
    row.response_due = event.due;
    return std::nullopt;
  }
  Quantities operator()(const ClockMoved& event) const {
    if (is_response(*state.flows[row.flow], event.clock)) row.response_due = event.due;
    if (is_deadline(*state.flows[row.flow], event.clock)) row.due = event.due_day;
    return std::nullopt;
  }
  Quantities operator()(const ClockStopped& event) const {
    if (is_response(*state.flows[row.flow], event.clock))
      row.response = response_at(event.at, row.response_due, event.overtaken.has_value());
    return std::nullopt;
  }
  // What a limit gave ends with the round, or with what the item is dealt with in.
  void forget_limit() const {
    if (state.flows[row.flow]->deadlines.empty()) return;
    row.due.reset();
    row.original_due.reset();
  }
  Quantities operator()(const ItemsLinked& event) const {
    if (event.link == LinkKind::MergedInto) forget_limit();
    if (event.link == LinkKind::ShareOf) row.share = true;
    if (event.link == LinkKind::SplitFrom) row.split = true;
    return std::nullopt;
  }
  Quantities operator()(const SourceAdded& event) const {
    add_source(row, *state.flows[row.flow], event.source);
    return std::nullopt;
  }
  Quantities operator()(const Corrected& event) const {
    if (event.field == "place" && event.value) {
      const auto place = state.tree->find_at(*event.value, mark.seq);
      TZ_ASSERT(place.has_value());
      row.place = *place;
    }
    if (event.field == "category") row.category = category_of(*state.flows[row.flow], event.value);
    if (event.field == "source" && event.value)
      row.source = source_of(*state.flows[row.flow], *event.value);
    if (event.field == "special" && event.value) {
      const auto special = state.special_of(*event.value);
      row.special = special ? *special + 1 : 0;
    }
    return std::nullopt;
  }
  Quantities operator()(const HandedOver& event) const {
    const Post* to = state.post(event.to);
    TZ_ASSERT(to != nullptr);
    if (std::find(event.parts.begin(), event.parts.end(), WorkPart::Recorder) != event.parts.end())
      row.recorder = to->account;
    return std::nullopt;
  }
  template <class Other>
  Quantities operator()(const Other&) const {
    return std::nullopt;
  }
};

}  // namespace

bool is_response(const Flow& flow, std::string_view clock) {
  return flow.response && flow.clocks[*flow.response].id == clock;
}

bool is_deadline(const Flow& flow, std::string_view clock) {
  const auto index = flow.clock(clock);
  return index && flow.gives_deadline(*index);
}

Day deadline_from(const std::optional<Day>& given, Day limit) {
  return given && *given < limit ? *given : limit;
}

std::uint16_t* assessment_in(ItemRow& row, const PartAssessed& event) {
  if (event.assigned) return nullptr;
  if (event.by == PartSide::Caller) return event.good ? &row.came_well : &row.came_badly;
  return event.good ? &row.called_rightly : &row.called_wrongly;
}

Response response_at(Instant stopped, Instant due, bool overtaken) {
  if (due <= stopped) return Response::Late;
  return overtaken ? Response::None : Response::InTime;
}

void add_source(ItemRow& row, const Flow& flow, std::string_view source) {
  const std::uint8_t added = source_of(flow, source);
  for (std::uint8_t& one : row.more_sources) {
    if (one == added) return;
    if (one != 0) continue;
    one = added;
    return;
  }
}

ItemRow open_row(const State& state, const ItemOpened& event, const Mark& mark) {
  return row_of(open(state, event, mark), state);
}

Quantities fold(ItemRow& row, const State& state, const Event& event, const Mark& mark) {
  Quantities quantities = std::visit(Folder{row, state, mark}, event);
  row.last = mark.seq;
  return quantities;
}

}  // namespace tz::ledger
