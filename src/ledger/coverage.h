// Which units have met a requirement, out of those that it was asked of when it was adopted.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "ledger/org_tree.h"

namespace tz::ledger {

// How a unit stands to a requirement. The order is sealed into coverage roots: append only.
enum class CoverageStatus : std::uint8_t {
  Open,         // nothing yet, or what was said did not hold
  Met,          // by its day
  Late,         // after it
  Exempt,       // by a unit above, with a reason
  NoneChecked,  // of a self-examination: there is no problem, and the level above found that so
  NoneClaimed,  // so the unit says; nobody has looked, so it is not covered
};
constexpr std::size_t kCoverageStatusCount = 6;
std::string_view to_text(CoverageStatus status);  // "none_checked"
std::optional<CoverageStatus> coverage_status_named(std::string_view name);
// Whether a unit that stands so counts as covered.
bool is_covered(CoverageStatus status);

// Whom a requirement is asked of: frozen, with the tree of that day.
struct AskedUnits {
  std::shared_ptr<const OrgTree> tree;
  Day day;    // of that tree
  Day first;  // when the requirement was first asked of anybody; no later than that day
  std::uint8_t tier_count = 1;
  std::vector<std::uint8_t> tier_at;  // by position: 0 where it is not asked, else the tier + 1
};

// How many units of each tier and kind stand how.
class CoverageCounts {
 public:
  explicit CoverageCounts(std::uint8_t tier_count = 1)
      : counts_(std::size_t{tier_count} * kKinds * kCoverageStatusCount) {}

  [[nodiscard]] std::uint32_t of(std::uint8_t tier, UnitKind kind, CoverageStatus status) const {
    return counts_[cell(tier, kind) + static_cast<std::size_t>(status)];
  }
  [[nodiscard]] std::uint32_t of(CoverageStatus status) const;  // of all tiers and kinds
  [[nodiscard]] std::uint32_t asked() const;
  [[nodiscard]] std::uint32_t covered() const;
  void add(const CoverageCounts& more);  // of as many tiers
  friend bool operator==(const CoverageCounts&, const CoverageCounts&) = default;

 private:
  friend class Coverage;
  static constexpr std::size_t kKinds = 14;  // of UnitKind
  // Where the statuses of a tier and kind begin.
  static std::size_t cell(std::uint8_t tier, UnitKind kind) {
    return (std::size_t{tier} * kKinds + static_cast<std::size_t>(kind)) * kCoverageStatusCount;
  }
  std::vector<std::uint32_t> counts_;
};

// Value type: a copy shares what neither has changed since.
class Coverage {
 public:
  explicit Coverage(std::shared_ptr<const AskedUnits> asked);

  [[nodiscard]] const AskedUnits& asked() const { return *asked_; }
  [[nodiscard]] bool asks(std::uint32_t position) const { return asked_->tier_at[position] != 0; }
  [[nodiscard]] CoverageStatus status(std::uint32_t position) const;
  // Since which day it stands so.
  [[nodiscard]] Day since(std::uint32_t position) const;
  // Needs a position that it is asked of, and a day no earlier than the first.
  void set(std::uint32_t position, CoverageStatus status, Day day);

  // Of the units at these positions; needs positions of the tree.
  [[nodiscard]] CoverageCounts counts(const Interval& positions) const;
  // Those that are not covered, in tree order, from `from` on and at most so many.
  [[nodiscard]] std::vector<std::uint32_t> uncovered(const Interval& positions, std::uint32_t from,
                                                     std::size_t count_max) const;

 private:
  static constexpr std::uint32_t kChunk = 4096;
  struct Chunk {
    std::array<CoverageStatus, kChunk> status{};
    std::array<std::uint16_t, kChunk> since{};  // days after the first
    CoverageCounts counts;
  };

  void add(CoverageCounts& to, const Interval& positions) const;

  std::shared_ptr<const AskedUnits> asked_;
  std::vector<std::shared_ptr<const Chunk>> chunks_;
};

}  // namespace tz::ledger
