// What may become of a unit: one fact each, as UnitsChanged records them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"

namespace tz::ledger {

// The order is stored (docs/events.md): append only.
enum class ChangeKind : std::uint8_t {
  Renamed,    // to `text`
  Recoded,    // to the code `text`
  Moved,      // below `other`
  Ended,      // the day before is its last
  Succeeded,  // by `other`; of an ended unit with several, the first inherits
  Parted,     // from `other`, which goes on
};
std::string_view to_text(ChangeKind kind);  // "renamed"
std::optional<ChangeKind> change_kind_named(std::string_view name);
// Whether such a change says another name or code, and whether it names another unit.
bool has_text(ChangeKind kind);
bool has_other(ChangeKind kind);

struct UnitChange {
  UnitId unit;
  ChangeKind kind = ChangeKind::Renamed;
  std::string text = {};
  UnitId other = {};
  friend bool operator==(const UnitChange&, const UnitChange&) = default;
};

}  // namespace tz::ledger
