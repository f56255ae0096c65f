// Parts of whole numbers, exact until they are rounded once.
#include "ledger/progress.h"

#include <algorithm>

namespace tz::ledger {
namespace {

// `part` of `whole` in hundredths of a percent: digit by digit, because ten thousand times a large
// sum of money is beyond 64 bits.
std::int64_t part_of(std::int64_t part, std::int64_t whole) {
  TZ_ASSERT(whole > 0);
  std::int64_t out = part / whole;
  std::int64_t rest = part % whole;
  for (int digit = 0; digit < 4; ++digit) {
    rest *= 10;
    out = out * 10 + rest / whole;
    rest %= whole;
  }
  return out;
}

}  // namespace

std::int64_t indicator_rate(const Quantity& wanted, const Quantity& actual) {
  const std::int64_t from = wanted.baseline.value_or(0);
  const std::int64_t sign = wanted.bound == Bound::AtMost ? -1 : 1;
  const std::int64_t way = sign * (wanted.value - from);
  if (way <= 0) return reaches(actual, wanted) ? kWhole : 0;
  return part_of(sign * (actual.value - from), way);
}

ItemProgress progress_of(const Item& item) {
  ItemProgress out;
  std::int64_t sum = 0;
  for (const Quantity& wanted : item.criterion.value_or(std::vector<Quantity>{})) {
    Indicator one{wanted, {}, {}};
    const Quantity* actual = find_quantity(item.actuals, wanted.id);
    if (actual != nullptr && actual->unit == wanted.unit) {
      one.actual = *actual;
      one.rate = indicator_rate(wanted, *actual);
      sum += std::clamp(*one.rate, std::int64_t{0}, kWhole);
    }
    out.indicators.push_back(std::move(one));
  }
  for (const Measure& measure : item.measures) {
    if (measure.ended) continue;
    ++out.milestones;
    out.reached += measure.done ? 1 : 0;
  }
  const auto count = static_cast<std::int64_t>(out.indicators.size());
  if (count > 0) out.attained = sum / count;
  if (out.milestones > 0) {
    const std::int64_t reached = part_of(out.reached, out.milestones);
    out.attained = count > 0 ? (sum / count + reached) / 2 : reached;
  }
  return out;
}

std::optional<std::int64_t> planned_by(const Item& item, Day today) {
  if (!item.planned) return std::nullopt;
  std::vector<Day> days;
  for (const Measure& measure : item.measures)
    if (!measure.ended) days.push_back(measure.due);
  if (days.empty() && item.due) days.push_back(*item.due);
  if (days.empty()) return std::nullopt;
  std::sort(days.begin(), days.end());
  const auto count = static_cast<std::int64_t>(days.size());
  Day before = *item.planned;
  for (std::int64_t i = 0; i < count; ++i) {
    const Day next = days[static_cast<std::size_t>(i)];
    if (today < next) {
      const std::int64_t gone = std::max(today.number - before.number, 0);
      return (i * kWhole + part_of(gone, next.number - before.number)) / count;
    }
    before = std::max(before, next);
  }
  return kWhole;
}

std::optional<std::int64_t> payment_rate(const Funds& funds) {
  if (funds.in_place_fen.value_or(0) <= 0) return std::nullopt;
  return part_of(funds.paid_fen.value_or(0), *funds.in_place_fen);
}

}  // namespace tz::ledger
