// Sums, integers and one square root.
#include "rollup/rates.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace tz::rollup {
namespace {

constexpr std::array<std::string_view, kRateCount> kRateNames = {
    "completion", "on_time_original", "on_time_amended", "overdue", "rebound",
    "recurrence", "first_pass",       "response",        "solved",  "satisfied",
    "callback",   "came_well",        "called_rightly"};
constexpr std::array<std::string_view, 5> kBandNames = {"none", "too_few", "below", "alike",
                                                        "above"};
constexpr std::int32_t kDaysMax = 36'525;

std::size_t index(RateName rate) { return static_cast<std::size_t>(rate); }

}  // namespace

std::string_view to_text(RateName rate) { return kRateNames[index(rate)]; }

std::string_view to_text(Band band) { return kBandNames[static_cast<std::size_t>(band)]; }

Fraction& Fraction::operator+=(const Fraction& other) {
  numerator += other.numerator;
  denominator += other.denominator;
  return *this;
}

Fraction& Fraction::operator-=(const Fraction& other) {
  numerator -= other.numerator;
  denominator -= other.denominator;
  return *this;
}

ToldShare& ToldShare::operator+=(const ToldShare& other) {
  kept += other.kept;
  taken_out += other.taken_out;
  return *this;
}

ToldShare& ToldShare::operator-=(const ToldShare& other) {
  kept -= other.kept;
  taken_out -= other.taken_out;
  return *this;
}

Fraction ToldShare::before() const {
  Fraction sum = kept;
  return sum += taken_out;
}

std::optional<std::uint32_t> percent_hundredths(const Fraction& rate) {
  if (rate.denominator == 0) return std::nullopt;
  TZ_ASSERT(rate.numerator <= rate.denominator);
  return static_cast<std::uint32_t>((rate.numerator * 20'000 + rate.denominator) /
                                    (rate.denominator * 2));
}

std::string percent_text(std::uint32_t hundredths) {
  const std::string part = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + (part.size() == 1 ? ".0" : ".") + part;
}

std::optional<ShareInterval> wilson(const Fraction& rate) {
  if (rate.denominator == 0) return std::nullopt;
  constexpr double kZ = 1.959963984540054;  // 97.5 % of a normal distribution lie below it
  constexpr double kZ2 = kZ * kZ;
  const auto n = static_cast<double>(rate.denominator);
  const auto k = static_cast<double>(rate.numerator);
  const double middle = 2 * k + kZ2;
  const double reach = kZ * std::sqrt(kZ2 + 4 * k * (n - k) / n);
  const auto hundredths = [&](double end) {
    const double share = std::clamp(end / (2 * (n + kZ2)), 0.0, 1.0);
    return static_cast<std::uint32_t>(std::floor(share * 10'000 + 0.5));
  };
  return ShareInterval{hundredths(middle - reach), hundredths(middle + reach)};
}

Band band_of(const Fraction& rate, const Fraction& whole) {
  const auto own = wilson(rate);
  const auto other = percent_hundredths(whole);
  if (!own || !other) return Band::None;
  if (rate.denominator < kComparedMin) return Band::TooFew;
  if (own->high < *other) return Band::Below;
  return *other < own->low ? Band::Above : Band::Alike;
}

void DayCounts::add(std::int32_t days) {
  const auto at = static_cast<std::size_t>(std::clamp(days, 0, kDaysMax));
  if (at >= counts_.size()) counts_.resize(at + 1);
  ++counts_[at];
  ++count_;
}

DayCounts& DayCounts::operator+=(const DayCounts& other) {
  if (counts_.size() < other.counts_.size()) counts_.resize(other.counts_.size());
  for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  return *this;
}

DayCounts& DayCounts::operator-=(const DayCounts& other) {
  TZ_ASSERT(other.counts_.size() <= counts_.size());
  for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[i] -= other.counts_[i];
  count_ -= other.count_;
  while (!counts_.empty() && counts_.back() == 0) counts_.pop_back();
  return *this;
}

bool operator==(const DayCounts& a, const DayCounts& b) {
  // What was taken away again may have left zeros at the end; they mean nothing.
  const auto size = std::max(a.counts_.size(), b.counts_.size());
  const auto at = [](const DayCounts& of, std::size_t i) {
    return i < of.counts_.size() ? of.counts_[i] : 0;
  };
  for (std::size_t i = 0; i < size; ++i)
    if (at(a, i) != at(b, i)) return false;
  return true;
}

std::optional<std::uint32_t> DayCounts::nearest_rank(unsigned percent) const {
  TZ_ASSERT(percent >= 1 && percent <= 100);
  if (count_ == 0) return std::nullopt;
  const std::uint64_t rank = (count_ * percent + 99) / 100;
  std::uint64_t met = 0;
  std::uint32_t days = 0;
  while ((met += counts_[days]) < rank) ++days;
  return days;
}

std::uint64_t RateTally::total() const {
  return std::accumulate(phases.begin(), phases.end(), std::uint64_t{0});
}

std::uint64_t RateTally::open() const {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < phases.size(); ++i)
    if (ledger::is_open(static_cast<ledger::Phase>(i))) sum += phases[i];
  return sum;
}

Fraction RateTally::after(RateName rate) const { return kept[index(rate)]; }

Fraction RateTally::before(RateName rate) const {
  Fraction sum = kept[index(rate)];
  return sum += taken_out[index(rate)];
}

const ToldShare* RateTally::told(RateName rate) const {
  if (rate == RateName::Solved) return &told_solved;
  return rate == RateName::Satisfied ? &told_satisfied : nullptr;
}

DayCounts RateTally::days_before() const {
  DayCounts sum = days_kept;
  return sum += days_taken_out;
}

VerdictCounts& VerdictCounts::operator+=(const VerdictCounts& other) {
  asked += other.asked;
  silent += other.silent;
  by_code += other.by_code;
  on_paper += other.on_paper;
  by_phone += other.by_phone;
  unmet += other.unmet;
  return *this;
}

VerdictCounts& VerdictCounts::operator-=(const VerdictCounts& other) {
  asked -= other.asked;
  silent -= other.silent;
  by_code -= other.by_code;
  on_paper -= other.on_paper;
  by_phone -= other.by_phone;
  unmet -= other.unmet;
  return *this;
}

RateTally& RateTally::operator+=(const RateTally& other) {
  for (std::size_t i = 0; i < phases.size(); ++i) phases[i] += other.phases[i];
  fixed += other.fixed;
  done += other.done;
  stage_done += other.stage_done;
  excluded += other.excluded;
  verdicts += other.verdicts;
  for (std::size_t i = 0; i < kRateCount; ++i) {
    kept[i] += other.kept[i];
    taken_out[i] += other.taken_out[i];
  }
  told_solved += other.told_solved;
  told_satisfied += other.told_satisfied;
  days_kept += other.days_kept;
  days_taken_out += other.days_taken_out;
  return *this;
}

RateTally& RateTally::operator-=(const RateTally& other) {
  for (std::size_t i = 0; i < phases.size(); ++i) phases[i] -= other.phases[i];
  fixed -= other.fixed;
  done -= other.done;
  stage_done -= other.stage_done;
  excluded -= other.excluded;
  verdicts -= other.verdicts;
  for (std::size_t i = 0; i < kRateCount; ++i) {
    kept[i] -= other.kept[i];
    taken_out[i] -= other.taken_out[i];
  }
  told_solved -= other.told_solved;
  told_satisfied -= other.told_satisfied;
  days_kept -= other.days_kept;
  days_taken_out -= other.days_taken_out;
  return *this;
}

OutcomeSorts::OutcomeSorts(const std::vector<std::shared_ptr<const ledger::Flow>>& flows) {
  for (const auto& flow : flows) {
    auto& sorts = sorts_.emplace_back();
    for (std::size_t i = 0; i < flow->outcomes.size() && i + 1 < sorts.size(); ++i) {
      const ledger::FlowOutcome& outcome = flow->outcomes[i];
      sorts[i + 1] =
          static_cast<std::uint8_t>((outcome.excluded ? kExcluded : 0) |
                                    (outcome.stage ? kStage : 0) | (outcome.unmet ? kUnmet : 0));
    }
  }
}

}  // namespace tz::rollup
