// What a fund's book says: statements that close to the fen, what is overdue and for how long, and
// the rates of the fund.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/fund.h"

namespace tz::ledger {

struct FundSums {
  std::array<std::int64_t, kEntrySortCount> fen{};
  std::array<std::int64_t, kEntrySortCount> count{};

  [[nodiscard]] std::int64_t of(EntrySort sort) const {
    return fen[static_cast<std::size_t>(sort)];
  }
  void add(const FundEntry& entry);
  friend bool operator==(const FundSums&, const FundSums&) = default;
};

// Of one month, opening + what came in - what went out = closing.
struct FundMonth {
  Day month;  // its first day
  std::int64_t opening = 0;
  FundSums sums;
  std::int64_t closing = 0;
  friend bool operator==(const FundMonth&, const FundMonth&) = default;
};
// Each month from that of the first day to that of the last.
std::vector<FundMonth> months_of(const Fund& fund, Day first, Day last);

struct FundUnit {
  UnitId unit;
  FundSums sums;                 // within the days asked for
  std::int64_t outstanding = 0;  // at the end of the last of them
  friend bool operator==(const FundUnit&, const FundUnit&) = default;
};
// What was booked within these days, by the unit that it was booked for, going up.
std::vector<FundUnit> units_of(const Fund& fund, Day first, Day last);

// Overdue principal by how many days it is late.
struct AgeingBand {
  std::int64_t days_min = 1;
  std::optional<std::int64_t> days_max;
  std::int64_t loans = 0;
  std::int64_t fen = 0;
  friend bool operator==(const AgeingBand&, const AgeingBand&) = default;
};
constexpr std::size_t kAgeingBandCount = 5;
std::array<AgeingBand, kAgeingBandCount> ageing_of(const Fund& fund, Day today);

// Each with what it is a part of; a denominator of 0 gives no rate.
struct FundRate {
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;
  friend bool operator==(const FundRate&, const FundRate&) = default;
};
struct FundRates {
  FundRate turnover;  // lent within the days, of the capital on an average day of them
  FundRate overdue;   // overdue principal, of all that is out, today
  FundRate recovery;  // what came back, of the principal that fell due by today
};
FundRates rates_of(const Fund& fund, Day first, Day last, Day today);

}  // namespace tz::ledger
