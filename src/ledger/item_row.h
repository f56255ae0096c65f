// What totals and lists know of an item: one row of the columns. Derived from the item's events.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "ledger/event.h"
#include "ledger/item_no.h"
#include "ledger/phase.h"

namespace tz::ledger {

constexpr std::size_t kKindCountMax = 16;

// Whether the reporter was contacted within the limit that the flow sets for it. The order is
// stored: append only.
enum class Response : std::uint8_t { None, Awaited, InTime, Late };

// How many sources beside the first an item is counted with.
constexpr std::size_t kMoreSourcesMax = 8;

struct ItemRow {
  ItemNo no;
  UnitId place;
  std::optional<UnitId> lead;
  std::uint8_t kind = 0;  // index into State::kinds, below kKindCountMax
  Phase phase = Phase::Listed;
  std::uint16_t flow = 0;   // index into State::flows
  std::uint16_t state = 0;  // index into that flow's states
  Day opened;
  std::optional<Day> due;
  std::optional<Day> closed;   // the day of the closing that stands
  bool fixed = false;          // closed, and as fixed
  std::uint16_t reopened = 0;  // how often
  // What rates are counted from (rollup/rates.h).
  std::optional<Day> original_due;  // the first deadline that an assignment set
  std::optional<Day> first_closed;  // the first closing, whether it stands or not
  std::uint16_t returned = 0;       // how often, before it was closed last
  std::uint16_t recurred = 0;       // how many came in about the same after a closing
  // Of calls for other units: what each side said of the other.
  std::uint16_t came_well = 0;
  std::uint16_t came_badly = 0;
  std::uint16_t called_rightly = 0;
  std::uint16_t called_wrongly = 0;
  bool rebounded = false;     // reopened within a year of a closing
  std::uint8_t outcome = 0;   // of the newest closing: index into the flow's, plus one
  std::uint8_t category = 0;  // index into the flow\'s, plus one; 0: none
  std::uint8_t source = 0;    // likewise
  // The other sources that name it, likewise, each once, as they came; 0 where there are no more.
  std::array<std::uint8_t, kMoreSourcesMax> more_sources{};
  std::uint32_t special = 0;  // index into State::specials, plus one; 0: none
  bool share = false;         // a unit's share of another
  // Of a household that moves: index into State::schemes, plus one; 0: none.
  std::uint16_t scheme = 0;
  HouseholdStage stage = HouseholdStage::None;
  bool split = false;                  // part of another when the register was closed
  bool has_signed = false;             // and not taken it back
  Verdict solved = Verdict::NoAnswer;  // the newest verdict
  Verdict satisfied = Verdict::NoAnswer;
  std::optional<VerdictWay> way;        // in which he was asked
  bool judged = false;                  // somebody was asked, whatever he said
  Response response = Response::None;   // to the reporter, where the flow sets a limit for it
  Instant response_due;                 // the first moment too late for it
  std::optional<std::uint64_t> import;  // staged and not adopted: in no list, total or number
  AccountId recorder;                   // 0 where a work group listed it, or no account did
  Seq first;                            // its first and last record
  Seq last;
  friend bool operator==(const ItemRow&, const ItemRow&) = default;
};

// One result quantity of an item that is closed as fixed.
struct ItemQuantity {
  std::string id;
  std::string unit;
  std::int64_t value = 0;
  Qualifier qualifier = Qualifier::Exact;
};

}  // namespace tz::ledger
