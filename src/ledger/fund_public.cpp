// A span can only end with a month in which something moved: it is looked at when the next move
// comes, or when somebody asks after that month.
#include "ledger/fund_public.h"

#include <algorithm>

namespace tz::ledger {
namespace {

void note(std::vector<Hash>& some, const Hash& household) {
  if (some.size() >= kPublicHouseholdsMin) return;
  if (std::find(some.begin(), some.end(), household) == some.end()) some.push_back(household);
}
bool enough(const std::vector<Hash>& some) {
  return some.empty() || some.size() >= kPublicHouseholdsMin;
}

}  // namespace

void PublicBook::add(const CashMove& move) {
  if (auto ended = span_before(move.day)) {
    first_ = Day{ended->last.number + 1};
    opening_ = ended->closing;
    spans_.add(*ended);
    since_.reset();
  }
  if (!first_) first_ = first_of_month(move.day);
  if (!since_) since_.emplace();
  CashMove& sums = since_->sums;
  sums.day = move.day;
  sums.capital += move.capital;
  sums.income += move.income;
  sums.paid += move.paid;
  sums.repaid += move.repaid;
  if (!move.household) return;
  note(since_->moved, *move.household);
  note(move.paid != 0 ? since_->paid : since_->repaid, *move.household);
}

std::optional<PublicSpan> PublicBook::span() const {
  if (!since_ || !enough(since_->moved)) return std::nullopt;
  const CashMove& sums = since_->sums;
  PublicSpan out;
  out.first = *first_;
  out.last = Day{next_month(first_of_month(sums.day)).number - 1};
  out.opening = opening_;
  out.capital = sums.capital;
  out.income = sums.income;
  out.lent = sums.paid - sums.repaid;
  if (enough(since_->paid) && enough(since_->repaid)) {
    out.paid = sums.paid;
    out.repaid = sums.repaid;
  }
  out.closing = opening_ + out.capital + out.income - out.lent;
  return out;
}

std::optional<PublicSpan> PublicBook::span_before(Day today) const {
  auto out = span();
  if (out && out->last < today) return out;
  return std::nullopt;
}

std::vector<PublicSpan> PublicBook::until(Day today) const {
  std::vector<PublicSpan> out;
  for (std::size_t i = 0; i < spans_.size() && spans_.at(i).last < today; ++i)
    out.push_back(spans_.at(i));
  if (out.size() < spans_.size()) return out;
  if (const auto last = span_before(today)) out.push_back(*last);
  return out;
}

std::optional<PublicSpan> PublicBook::newest(Day today) const {
  if (auto last = span_before(today)) return last;
  for (std::size_t i = spans_.size(); i > 0; --i)
    if (spans_.at(i - 1).last < today) return spans_.at(i - 1);
  return std::nullopt;
}

}  // namespace tz::ledger
