// The row of an item, and which of its quantities count.
#include "ledger/item_row.h"

#include "ledger/item.h"
#include "ledger/row_fold.h"

namespace tz::ledger {

bool is_rebound(Day closed, Day reopened) {
  constexpr std::int32_t kReboundDays = 365;
  return reopened.number - closed.number <= kReboundDays;
}

std::uint8_t outcome_of(const Flow& flow, std::string_view outcome) {
  const auto index = flow.outcome(outcome);
  return index ? static_cast<std::uint8_t>(*index + 1) : std::uint8_t{0};
}

std::uint8_t category_of(const Flow& flow, const std::optional<std::string>& category) {
  for (std::size_t i = 0; category && i < flow.categories.size(); ++i)
    if (flow.categories[i] == *category) return static_cast<std::uint8_t>(i + 1);
  return 0;
}

std::uint8_t source_of(const Flow& flow, std::string_view source) {
  const auto index = flow.source(source);
  return index ? static_cast<std::uint8_t>(*index + 1) : std::uint8_t{0};
}

bool is_staged(const Item& item, const State& state) {
  return item.import && !state.adopted_imports.contains(*item.import);
}

ItemRow row_of(const Item& item, const State& state) {
  ItemRow row;
  row.no = item.no;
  row.place = item.place;
  row.lead = item.lead;
  const auto kind = state.kind_index(flow_of(item, state).kind);
  TZ_ASSERT(kind.has_value());
  row.kind = *kind;
  row.phase = phase_of(item, state);
  row.flow = item.flow;
  row.state = item.state;
  row.opened = day_of(item.opened, state.zone);
  row.due = item.due;
  row.closed = closed_on(item);
  row.fixed = row.closed && item.closures.back().fixed;
  row.reopened = item.reopened;
  row.original_due = item.original_due;
  if (!item.closures.empty()) {
    row.first_closed = item.closures.front().day;
    row.outcome = outcome_of(flow_of(item, state), item.closures.back().outcome);
  }
  for (const Closure& closure : item.closures) {
    row.recurred = static_cast<std::uint16_t>(row.recurred + closure.recurrences);
    row.rebounded = row.rebounded || (closure.ended && is_rebound(closure.day, *closure.ended));
  }
  const auto assessed = [](const std::optional<bool>& said, std::uint16_t& good,
                           std::uint16_t& bad) {
    if (said) ++(*said ? good : bad);
  };
  for (const UnitPart& part : item.parts) {
    if (!part.called) continue;
    assessed(part.came_well, row.came_well, row.came_badly);
    assessed(part.called_right, row.called_rightly, row.called_wrongly);
  }
  row.category = category_of(flow_of(item, state), item.category);
  row.source = source_of(flow_of(item, state), item.source);
  for (const std::string& source : item.more_sources) add_source(row, flow_of(item, state), source);
  row.special = item.special ? *item.special + 1 : 0;
  row.share = item.share_of.has_value();
  row.returned = item.returned;
  if (item.household) {
    row.scheme = static_cast<std::uint16_t>(item.household->scheme + 1);
    row.stage = stage_of(item, state);
    row.split = item.household->split_from.has_value();
    row.has_signed = item.household->has_signed;
  }
  if (item.judgement) {
    row.judged = true;
    row.solved = item.judgement->solved;
    row.satisfied = item.judgement->satisfied;
    row.way = item.judgement->way;
  }
  const auto response = flow_of(item, state).response;
  if (const ItemClock* clock = response ? clock_of(item, *response) : nullptr) {
    row.response_due = clock->due;
    row.response = Response::Awaited;
    if (clock->stopped) row.response = response_at(*clock->stopped, clock->due, clock->overtaken);
  }
  if (is_staged(item, state)) row.import = item.import;
  // What a group listed is its own, for as long as its mandate reaches there.
  if (!item.work_group) row.recorder = item.recorder_account;
  row.first = item.first;
  row.last = item.last;
  return row;
}

std::vector<ItemQuantity> quantities_of(const Item& item) {
  std::vector<ItemQuantity> out;
  if (item.closures.empty() || !item.closures.back().stands || !item.closures.back().fixed)
    return out;
  for (const Quantity& quantity : item.closures.back().quantities)
    out.push_back({quantity.id, quantity.unit, quantity.value, quantity.qualifier});
  return out;
}

}  // namespace tz::ledger
