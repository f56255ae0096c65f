// Entries stand in order of time: one pass over them answers each question.
#include "ledger/fund_statement.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/result.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::int64_t, kAgeingBandCount> kBandDays = {1, 31, 91, 181, 366};

// What an entry does to the balance.
std::int64_t to_cash(EntrySort sort, std::int64_t fen) {
  FundAccounts accounts;
  enter(accounts, sort, fen);
  return accounts.cash;
}

// Income too, where it is what came back of a loan that had been written off.
bool moves_cash_of_loan(const FundEntry& entry) {
  return entry.sort == EntrySort::Paid || entry.sort == EntrySort::Repaid ||
         (entry.sort == EntrySort::Income && entry.loan);
}

// Of the entries that have come since the last cut.
struct Since {
  std::set<Hash> households;
  std::set<Hash> paid;
  std::set<Hash> repaid;
  FundSums sums;
  std::int64_t came_back = 0;  // as income, of loans
  bool any = false;

  void add(const Fund& fund, const FundEntry& entry) {
    any = any || to_cash(entry.sort, entry.fen) != 0;
    sums.add(entry);
    if (!moves_cash_of_loan(entry)) return;
    if (entry.sort == EntrySort::Income) came_back += entry.fen;
    TZ_ASSERT(entry.loan.has_value());
    const Loan* loan = fund.loan(*entry.loan);
    TZ_ASSERT(loan != nullptr);
    households.insert(loan->marks.household);
    (entry.sort == EntrySort::Paid ? paid : repaid).insert(loan->marks.household);
  }
  static bool enough(const std::set<Hash>& some) {
    return some.empty() || some.size() >= kPublicHouseholdsMin;
  }
};

PublicSpan span_of(const Since& since, Day first, Day last, std::int64_t opening) {
  PublicSpan out;
  out.first = first;
  out.last = last;
  out.opening = opening;
  out.capital = since.sums.of(EntrySort::Capital) - since.sums.of(EntrySort::Returned);
  out.income = since.sums.of(EntrySort::Income) - since.came_back;
  const std::int64_t repaid = since.sums.of(EntrySort::Repaid) + since.came_back;
  out.lent = since.sums.of(EntrySort::Paid) - repaid;
  if (Since::enough(since.paid) && Since::enough(since.repaid)) {
    out.paid = since.sums.of(EntrySort::Paid);
    out.repaid = repaid;
  }
  out.closing = opening + out.capital + out.income - out.lent;
  return out;
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

std::vector<PublicSpan> public_spans(const Fund& fund, Day today) {
  std::vector<PublicSpan> out;
  if (fund.entry_count() == 0) return out;
  Day first = first_of_month(fund.entry(0).day);
  std::int64_t cash = 0;
  Since since;
  std::size_t at = 0;
  for (Day month = first; next_month(month) <= today; month = next_month(month)) {
    for (; at < fund.entry_count() && fund.entry(at).day < next_month(month); ++at)
      since.add(fund, fund.entry(at));
    if (!since.any || !Since::enough(since.households)) continue;
    const Day last{next_month(month).number - 1};
    out.push_back(span_of(since, first, last, cash));
    cash = out.back().closing;
    first = next_month(month);
    since = Since{};
  }
  return out;
}

}  // namespace tz::ledger
