// Counts of handlings: plain sums, from which every rate follows.
#include "ledger/handlings.h"

#include <numeric>

#include "ledger/enum_names.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, kVisitReasonCount> kReasons = {
    "material_missing", "system_down",       "outside_hours",
    "told_wrongly",     "applicants_choice", "other"};
constexpr std::array<std::string_view, kMissingWhyCount> kWhys = {"not_told", "not_brought",
                                                                  "not_valid", "not_yet_issued"};

}  // namespace

std::string_view to_text(VisitReason reason) { return name_in(kReasons, reason); }
std::optional<VisitReason> visit_reason_named(std::string_view name) {
  return named_in<VisitReason>(kReasons, name);
}
std::string_view to_text(MissingWhy why) { return name_in(kWhys, why); }
std::optional<MissingWhy> missing_why_named(std::string_view name) {
  return named_in<MissingWhy>(kWhys, name);
}

Handling handling_of(const HandlingRecorded& event, std::uint16_t service) {
  Handling out;
  out.unit = event.unit;
  out.service = service;
  out.day = event.day;
  out.visits = static_cast<std::uint8_t>(event.visits);
  for (const FurtherVisit& visit : event.further) {
    ++out.reasons[static_cast<std::size_t>(visit.reason)];
    if (visit.why) ++out.missing[static_cast<std::size_t>(*visit.why)];
  }
  return out;
}

void HandlingCounts::add(const Handling& one) {
  ++by_visits[one.visits];
  for (std::size_t i = 0; i < kVisitReasonCount; ++i) reasons[i] += one.reasons[i];
  for (std::size_t i = 0; i < kMissingWhyCount; ++i) missing[i] += one.missing[i];
}

HandlingCounts& HandlingCounts::operator+=(const HandlingCounts& other) {
  for (std::size_t i = 0; i < by_visits.size(); ++i) by_visits[i] += other.by_visits[i];
  for (std::size_t i = 0; i < reasons.size(); ++i) reasons[i] += other.reasons[i];
  for (std::size_t i = 0; i < missing.size(); ++i) missing[i] += other.missing[i];
  return *this;
}

std::uint64_t HandlingCounts::handled() const {
  return std::accumulate(by_visits.begin(), by_visits.end(), std::uint64_t{0});
}

std::optional<std::int64_t> HandlingCounts::median_visits() const {
  const std::uint64_t all = handled();
  if (all == 0) return std::nullopt;
  std::uint64_t so_far = 0;
  std::size_t visits = 0;
  for (;; ++visits) {
    so_far += by_visits[visits];
    if (so_far * 2 >= all) return static_cast<std::int64_t>(visits);
  }
}

HandlingCounts counts_of(const Handlings& all, std::span<const Placed> found,
                         std::span<const Interval> positions,
                         std::optional<std::uint16_t> service) {
  HandlingCounts out;
  for_each_in(found, positions, [&](std::uint32_t index) {
    const Handling& one = all.at(index);
    if (!service || one.service == *service) out.add(one);
  });
  return out;
}

}  // namespace tz::ledger
