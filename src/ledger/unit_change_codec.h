// A change of a unit as a list in a payload (docs/events.md).
#pragma once

#include <string>

#include "base/json.h"
#include "ledger/unit_change.h"

namespace tz::ledger {

//   change = "[" unit "," kind [ "," ( text | unit ) ] "]"
void write_change(std::string& out, const UnitChange& change);
// False for anything else.
bool read_change(const Json& in, UnitChange& change);

}  // namespace tz::ledger
