// Rates of a set of items: what each counts, out of what, before and after exclusions.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "ledger/flow.h"
#include "ledger/item_row.h"

namespace tz::rollup {

// docs/rates.md has every formula with its source. In the order in which they are shown.
enum class RateName : std::uint8_t {
  Completion,      // 完成率
  OnTimeOriginal,  // 按期完成率, against the first deadline
  OnTimeAmended,   // against the deadline as it stands
  Overdue,         // 逾期率
  Rebound,         // 反弹率
  Recurrence,      // 同类复发率
  FirstPass,       // 一次通过率
  Response,        // 响应率
  Solved,          // 解决率
  Satisfied,       // 满意率
  Callback,        // 回访率
  CameWell,        // 报到满意率: of calls for other units, as the callers found
  CalledRightly,   // 吹哨合理率: as the units that were called found
};
constexpr std::size_t kRateCount = 13;
std::string_view to_text(RateName rate);  // "on_time_original"

// Below so many nothing is compared with anything.
constexpr std::uint64_t kComparedMin = 30;
// Of fewer answers it is not told what they were: no count about persons that is told is smaller.
constexpr std::uint64_t kVerdictsShownMin = ledger::kPublicCountMin;

struct Fraction {
  std::uint64_t numerator = 0;
  std::uint64_t denominator = 0;
  friend bool operator==(const Fraction&, const Fraction&) = default;
  Fraction& operator+=(const Fraction& other);
  Fraction& operator-=(const Fraction& other);
};

// In hundredths of a percent, half up, by integers alone; none where the denominator is zero.
// Needs numerator <= denominator < 2^32.
std::optional<std::uint32_t> percent_hundredths(const Fraction& rate);
std::string percent_text(std::uint32_t hundredths);  // "98.71"

// Wilson's score interval at 95 %, in hundredths of a percent, each end half up; none where the
// denominator is zero (docs/rates.md).
struct ShareInterval {
  std::uint32_t low = 0;
  std::uint32_t high = 0;
  friend bool operator==(const ShareInterval&, const ShareInterval&) = default;
};
std::optional<ShareInterval> wilson(const Fraction& rate);

// How a rate stands beside that of the whole: by its interval, never by its place among others.
enum class Band : std::uint8_t { None, TooFew, Below, Alike, Above };
std::string_view to_text(Band band);  // "too_few"
Band band_of(const Fraction& rate, const Fraction& whole);

// How many took how many days; what took a century or more counts as a century.
class DayCounts {
 public:
  void add(std::int32_t days);
  DayCounts& operator+=(const DayCounts& other);
  DayCounts& operator-=(const DayCounts& other);  // needs one that contains it
  [[nodiscard]] std::uint64_t count() const { return count_; }
  // The smallest number of days that at least `percent` of 100 did not exceed (nearest rank); none
  // where nothing was counted. Needs 1 <= percent <= 100.
  [[nodiscard]] std::optional<std::uint32_t> nearest_rank(unsigned percent) const;
  friend bool operator==(const DayCounts& a, const DayCounts& b);

 private:
  std::vector<std::uint32_t> counts_;  // by days; as long as the longest
  std::uint64_t count_ = 0;
};

// Who was asked, and how. Who answered what is told by the rates.
struct VerdictCounts {
  std::uint64_t asked = 0;
  std::uint64_t silent = 0;  // of those, gave no answer
  std::uint64_t by_code = 0;
  std::uint64_t on_paper = 0;
  std::uint64_t by_phone = 0;
  std::uint64_t unmet = 0;  // closed as what cannot be met, whether asked or not
  friend bool operator==(const VerdictCounts&, const VerdictCounts&) = default;
  VerdictCounts& operator+=(const VerdictCounts& other);
  VerdictCounts& operator-=(const VerdictCounts& other);  // needs one that contains it
};

// What is told of a rate of verdicts: groups of answers that are large enough, and lie in the set
// of items whole (rollup/answer_groups.h).
struct ToldShare {
  Fraction kept;
  Fraction taken_out;
  friend bool operator==(const ToldShare&, const ToldShare&) = default;
  ToldShare& operator+=(const ToldShare& other);
  ToldShare& operator-=(const ToldShare& other);
  [[nodiscard]] Fraction before() const;  // both
};

// What one set of items comes to. All of it adds up over sets that share no item, but for what is
// told, of which a larger set may have more.
struct RateTally {
  std::array<std::uint64_t, ledger::kPhaseCount> phases{};  // every item, by phase
  std::uint64_t fixed = 0;                                  // closed, and as fixed
  std::uint64_t done = 0;        // closed, neither excluded nor only a stage or a part done
  std::uint64_t stage_done = 0;  // goes on after a stage, or closed as a stage or a part done
  std::uint64_t excluded = 0;    // closed as excluded
  VerdictCounts verdicts;
  // Of what is not excluded, and of what is; a verdict on what cannot be met is taken out too.
  std::array<Fraction, kRateCount> kept{};
  std::array<Fraction, kRateCount> taken_out{};
  ToldShare told_solved;
  ToldShare told_satisfied;
  DayCounts days_kept;  // from opening to the first closing
  DayCounts days_taken_out;

  [[nodiscard]] std::uint64_t total() const;
  [[nodiscard]] std::uint64_t open() const;
  [[nodiscard]] Fraction after(RateName rate) const;   // without what is excluded
  [[nodiscard]] Fraction before(RateName rate) const;  // with it
  // What of a rate of verdicts is told; null of another rate.
  [[nodiscard]] const ToldShare* told(RateName rate) const;
  [[nodiscard]] DayCounts days_before() const;

  friend bool operator==(const RateTally&, const RateTally&) = default;
  RateTally& operator+=(const RateTally& other);
  RateTally& operator-=(const RateTally& other);  // needs one that contains it
};

// What the outcomes of every flow say, by the byte that a row keeps of its newest closing.
class OutcomeSorts {
 public:
  static constexpr std::uint8_t kExcluded = 1, kStage = 2, kUnmet = 4;

  explicit OutcomeSorts(const std::vector<std::shared_ptr<const ledger::Flow>>& flows);
  [[nodiscard]] std::uint8_t of(std::size_t flow, std::uint8_t outcome) const {
    return flow < sorts_.size() ? sorts_[flow][outcome] : 0;
  }

 private:
  std::vector<std::array<std::uint8_t, 256>> sorts_;
};

}  // namespace tz::rollup
