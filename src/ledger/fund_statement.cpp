// Entries stand in order of time: one pass over them answers each question.
#include "ledger/fund_statement.h"

#include <algorithm>
#include <map>

namespace tz::ledger {
namespace {

constexpr std::array<std::int64_t, kAgeingBandCount> kBandDays = {1, 31, 91, 181, 366};

// What an entry does to the balance.
std::int64_t to_cash(EntrySort sort, std::int64_t fen) {
  FundAccounts accounts;
  enter(accounts, sort, fen);
  return accounts.cash;
}

}  // namespace

void FundSums::add(const FundEntry& entry) {
  fen[static_cast<std::size_t>(entry.sort)] += entry.fen;
  ++count[static_cast<std::size_t>(entry.sort)];
}

std::vector<FundMonth> months_of(const Fund& fund, Day first, Day last) {
  std::vector<FundMonth> out;
  std::int64_t cash = 0;
  std::size_t at = 0;
  for (; at < fund.entry_count() && fund.entry(at).day < first_of_month(first); ++at)
    cash += to_cash(fund.entry(at).sort, fund.entry(at).fen);
  for (Day month = first_of_month(first); month <= last; month = next_month(month)) {
    FundMonth row;
    row.month = month;
    row.opening = cash;
    for (; at < fund.entry_count() && fund.entry(at).day < next_month(month); ++at) {
      row.sums.add(fund.entry(at));
      cash += to_cash(fund.entry(at).sort, fund.entry(at).fen);
    }
    row.closing = cash;
    out.push_back(row);
  }
  return out;
}

std::vector<FundUnit> units_of(const Fund& fund, Day first, Day last) {
  std::map<UnitId, FundUnit> rows;
  for (std::size_t at = 0; at < fund.entry_count() && fund.entry(at).day <= last; ++at) {
    const FundEntry& entry = fund.entry(at);
    FundUnit& row = rows[entry.unit];
    row.unit = entry.unit;
    FundAccounts accounts;
    enter(accounts, entry.sort, entry.fen);
    row.outstanding += accounts.advances;
    if (first <= entry.day) row.sums.add(entry);
  }
  std::vector<FundUnit> out;
  for (auto& [unit, row] : rows)
    if (row.sums != FundSums{} || row.outstanding != 0) out.push_back(row);
  return out;
}

std::array<AgeingBand, kAgeingBandCount> ageing_of(const Fund& fund, Day today) {
  std::array<AgeingBand, kAgeingBandCount> out;
  for (std::size_t i = 0; i < kAgeingBandCount; ++i) {
    out[i].days_min = kBandDays[i];
    if (i + 1 < kAgeingBandCount) out[i].days_max = kBandDays[i + 1] - 1;
  }
  for (const Loan* loan : fund.loans()) {
    if (!loan->overdue(today)) continue;
    const std::int64_t late = today.number - loan->due->number;
    const auto band = std::upper_bound(kBandDays.begin(), kBandDays.end(), late);
    AgeingBand& row = out[static_cast<std::size_t>(band - kBandDays.begin()) - 1];
    ++row.loans;
    row.fen += loan->outstanding();
  }
  return out;
}

FundRates rates_of(const Fund& fund, Day first, Day last, Day today) {
  FundRates out;
  std::int64_t capital = 0;
  std::int64_t days_sum = 0;  // capital times days, in whole yuan so that a century of it fits
  std::int64_t over = 0;
  Day since = first;
  for (std::size_t at = 0; at < fund.entry_count() && fund.entry(at).day <= last; ++at) {
    const FundEntry& entry = fund.entry(at);
    if (since < entry.day) {
      days_sum += capital / 100 * (entry.day.number - since.number);
      since = entry.day;
    }
    FundAccounts accounts;
    enter(accounts, entry.sort, entry.fen);
    capital += accounts.capital;
    if (first <= entry.day && entry.sort == EntrySort::Paid) out.turnover.numerator += entry.fen;
  }
  days_sum += capital / 100 * (last.number + 1 - since.number);
  const std::int64_t days = last.number + 1 - first.number;
  if (days > 0) out.turnover.denominator = days_sum / days * 100;
  for (const Loan* loan : fund.loans()) {
    if (loan->overdue(today)) over += loan->outstanding();
    if (!loan->due || loan->paid == 0 || !(*loan->due < today)) continue;
    out.recovery.numerator += loan->repaid;
    out.recovery.denominator += loan->paid;
  }
  out.overdue = {over, fund.accounts.advances};
  return out;
}

}  // namespace tz::ledger
