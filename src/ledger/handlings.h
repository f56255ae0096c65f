// Services given to whoever came for them: how often he had to come, and why more than once. Who
// he is, nothing here says.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "ledger/kept_list.h"
#include "ledger/placed.h"

namespace tz::ledger {

enum class VisitReason : std::uint8_t {
  MaterialMissing,  // which, and why
  SystemDown,
  OutsideHours,
  ToldWrongly,  // by whoever he asked before
  ApplicantsChoice,
  Other,  // in words
};
constexpr std::size_t kVisitReasonCount = 6;
std::string_view to_text(VisitReason reason);
std::optional<VisitReason> visit_reason_named(std::string_view name);

// Why what he had to bring was not there.
enum class MissingWhy : std::uint8_t {
  NotTold,       // nobody had told him
  NotBrought,    // he knew
  NotValid,      // it had expired, or was another
  NotYetIssued,  // whoever is to issue it had not
};
constexpr std::size_t kMissingWhyCount = 4;
std::string_view to_text(MissingWhy why);
std::optional<MissingWhy> missing_why_named(std::string_view name);

// Why he came once more: of each visit beyond the first. The words of Other are a sealed text.
struct FurtherVisit {
  VisitReason reason = VisitReason::Other;
  std::optional<std::string> material;  // of MaterialMissing: its code in the catalogue
  std::optional<MissingWhy> why;        // and this
  friend bool operator==(const FurtherVisit&, const FurtherVisit&) = default;
};

constexpr std::int64_t kHandlingVisitsMax = 20;

// A service was given. Without a visit: it was done from afar.
struct HandlingRecorded {
  std::string service;
  std::int64_t version = 1;  // of the catalogue
  UnitId unit;               // that gave it
  Day day;                   // on which it was done
  std::int64_t visits = 1;
  std::vector<FurtherVisit> further;  // one less than the visits
};

// What is kept of one to count by.
struct Handling {
  UnitId unit;
  std::uint16_t service = 0;  // index into AdoptedCatalogue::ids
  std::uint8_t visits = 0;
  std::array<std::uint8_t, kVisitReasonCount> reasons{};
  std::array<std::uint8_t, kMissingWhyCount> missing{};
  Day day;
  [[nodiscard]] std::optional<Day> closed() const { return day; }
};
Handling handling_of(const HandlingRecorded& event, std::uint16_t service);

// All of it adds up over sets that share no handling.
struct HandlingCounts {
  std::array<std::uint64_t, kHandlingVisitsMax + 1> by_visits{};  // handlings with so many
  std::array<std::uint64_t, kVisitReasonCount> reasons{};         // of visits beyond the first
  std::array<std::uint64_t, kMissingWhyCount> missing{};

  void add(const Handling& one);
  HandlingCounts& operator+=(const HandlingCounts& other);
  [[nodiscard]] std::uint64_t handled() const;
  [[nodiscard]] std::uint64_t at_most_once() const { return by_visits[0] + by_visits[1]; }
  // The smallest number of visits that at least half of them did not exceed (nearest rank); none
  // where there is none.
  [[nodiscard]] std::optional<std::int64_t> median_visits() const;
  friend bool operator==(const HandlingCounts&, const HandlingCounts&) = default;
};

using Handlings = KeptList<Handling>;

// Of those that were found, in those positions, of that service; none: of all.
HandlingCounts counts_of(const Handlings& all, std::span<const Placed> found,
                         std::span<const Interval> positions, std::optional<std::uint16_t> service);

}  // namespace tz::ledger
