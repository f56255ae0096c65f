// What everybody may see of a fund: spans of months, kept as it is booked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/sha256.h"
#include "base/time.h"
#include "ledger/kept_list.h"

namespace tz::ledger {

// From one day on which at least five households' loans had moved since the day before it to the
// next, so that no difference of two balances tells of fewer.
struct PublicSpan {
  Day first;
  Day last;  // of a month
  std::int64_t opening = 0;
  std::int64_t capital = 0;  // put in, less what was given back
  std::int64_t income = 0;   // of no loan
  std::int64_t lent = 0;     // paid less repaid, and less what came back of written-off loans
  // Apart, where each is of nobody or of five households.
  std::optional<std::int64_t> paid;
  std::optional<std::int64_t> repaid;
  std::int64_t closing = 0;
  friend bool operator==(const PublicSpan&, const PublicSpan&) = default;
};
constexpr std::size_t kPublicHouseholdsMin = 5;

// One entry that moves cash: one of the four is not 0.
struct CashMove {
  Day day;
  std::int64_t capital = 0;
  std::int64_t income = 0;
  std::int64_t paid = 0;
  std::int64_t repaid = 0;
  std::optional<Hash> household;  // whose: of what is paid and repaid
};

// Value type: a copy shares its spans.
class PublicBook {
 public:
  void add(const CashMove& move);  // in order of day
  // In order of time, up to the end of the month before today's.
  [[nodiscard]] std::vector<PublicSpan> until(Day today) const;
  [[nodiscard]] std::optional<PublicSpan> newest(Day today) const;

 private:
  // No more of them than it takes to be enough.
  using Households = std::vector<Hash>;

  // Up to the end of the month of the last move, where that is enough.
  [[nodiscard]] std::optional<PublicSpan> span() const;
  [[nodiscard]] std::optional<PublicSpan> span_before(Day today) const;

  KeptList<PublicSpan> spans_;
  // Since the last of them; none: nothing has moved.
  struct Since {
    CashMove sums;  // its day: of the last move
    Households moved;
    Households paid;
    Households repaid;
  };
  std::optional<Since> since_;
  std::optional<Day> first_;  // of the span that goes on
  std::int64_t opening_ = 0;
};

}  // namespace tz::ledger
