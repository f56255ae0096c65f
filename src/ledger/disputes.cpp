// Folding the events of disputes, and counting what came of them.
#include "ledger/disputes.h"

#include <algorithm>
#include <numeric>

#include "base/result.h"
#include "ledger/enum_names.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, kDisputeSortCount> kSorts = {
    "neighbours", "family", "land",     "housing", "debt",
    "wages",      "injury", "consumer", "traffic", "other"};
constexpr std::array<std::string_view, kDisputeOutcomeCount> kOutcomes = {"agreed", "withdrawn",
                                                                          "referred", "failed"};
constexpr std::array<std::string_view, 5> kBodies = {"mediation", "department", "police",
                                                     "arbitration", "court"};
constexpr std::array<std::string_view, 2> kWays = {"code", "paper"};

}  // namespace

std::string_view to_text(DisputeSort sort) { return name_in(kSorts, sort); }
std::optional<DisputeSort> dispute_sort_named(std::string_view name) {
  return named_in<DisputeSort>(kSorts, name);
}
std::string_view to_text(DisputeOutcome outcome) { return name_in(kOutcomes, outcome); }
std::optional<DisputeOutcome> dispute_outcome_named(std::string_view name) {
  return named_in<DisputeOutcome>(kOutcomes, name);
}
std::string_view to_text(ReferredTo body) { return name_in(kBodies, body); }
std::optional<ReferredTo> referred_to_named(std::string_view name) {
  return named_in<ReferredTo>(kBodies, name);
}
std::string_view to_text(AnswerWay way) { return name_in(kWays, way); }
std::optional<AnswerWay> answer_way_named(std::string_view name) {
  return named_in<AnswerWay>(kWays, name);
}

std::optional<std::size_t> Disputes::index_of(DisputeNo no) const {
  const std::uint32_t* index = index_.find(no);
  return index == nullptr ? std::nullopt : std::optional<std::size_t>(*index);
}

const Dispute* Disputes::find(DisputeNo no) const {
  const auto index = index_of(no);
  return index ? &all_.at(*index) : nullptr;
}

void Disputes::apply(const DisputeBrought& event) {
  TZ_ASSERT(!index_of(event.no));
  Dispute one;
  one.no = event.no;
  one.unit = event.unit;
  one.sort = event.sort;
  one.day = event.day;
  one.code_salt = event.code_salt;
  one.parties = event.parties;
  one.answers.resize(event.parties.size(), PartyAnswer::None);
  one.ways.resize(event.parties.size(), AnswerWay::Code);
  one.returns = event.returns;
  index_.put(event.no, static_cast<std::uint32_t>(all_.size()));
  all_.add(std::move(one));
  if (!event.returns) return;
  const auto earlier = index_of(*event.returns);
  TZ_ASSERT(earlier.has_value());
  all_.change(*earlier, [](Dispute& before) { ++before.returned; });
}

void Disputes::apply(const DisputeEnded& event) {
  const auto index = index_of(event.dispute);
  TZ_ASSERT(index.has_value());
  all_.change(*index, [&](Dispute& one) {
    one.outcome = event.outcome;
    one.referred_to = event.referred_to;
    one.ended = event.day;
    one.mediators = event.mediators;
  });
}

void Disputes::apply(const PartyAnswered& event) {
  const auto index = index_of(event.dispute);
  TZ_ASSERT(index.has_value());
  all_.change(*index, [&](Dispute& one) {
    TZ_ASSERT(event.party >= 1 && event.party <= one.parties.size());
    one.answers[event.party - 1U] = event.agrees ? PartyAnswer::Yes : PartyAnswer::No;
    one.ways[event.party - 1U] = event.way;
  });
}

void DisputeCounts::add(const Dispute& one) {
  ++sorts[static_cast<std::size_t>(one.sort)];
  if (one.returns) ++returns;
  if (!one.outcome) return;
  ++outcomes[static_cast<std::size_t>(*one.outcome)];
  if (one.returned > 0) ++came_back;
  const auto answered = [&](PartyAnswer answer) {
    return static_cast<std::uint64_t>(std::count(one.answers.begin(), one.answers.end(), answer));
  };
  const std::uint64_t yes = answered(PartyAnswer::Yes);
  const std::uint64_t no = answered(PartyAnswer::No);
  parties_yes += yes;
  parties_no += no;
  parties_silent += one.answers.size() - yes - no;
  if (*one.outcome != DisputeOutcome::Agreed) return;
  if (one.ended == one.day) ++on_the_spot;
  if (no > 0)
    ++denied;
  else if (yes == one.answers.size())
    ++confirmed;
  else
    ++unanswered;
}

DisputeCounts& DisputeCounts::operator+=(const DisputeCounts& other) {
  for (std::size_t i = 0; i < sorts.size(); ++i) sorts[i] += other.sorts[i];
  for (std::size_t i = 0; i < outcomes.size(); ++i) outcomes[i] += other.outcomes[i];
  on_the_spot += other.on_the_spot;
  confirmed += other.confirmed;
  denied += other.denied;
  unanswered += other.unanswered;
  parties_yes += other.parties_yes;
  parties_no += other.parties_no;
  parties_silent += other.parties_silent;
  came_back += other.came_back;
  returns += other.returns;
  return *this;
}

std::uint64_t DisputeCounts::brought() const {
  return std::accumulate(sorts.begin(), sorts.end(), std::uint64_t{0});
}
std::uint64_t DisputeCounts::ended() const {
  return std::accumulate(outcomes.begin(), outcomes.end(), std::uint64_t{0});
}

DisputeCounts counts_of(const Disputes& all, std::span<const Placed> found,
                        std::span<const Interval> positions) {
  DisputeCounts out;
  for_each_in(found, positions, [&](std::uint32_t index) { out.add(all.at(index)); });
  return out;
}

}  // namespace tz::ledger
