// Which unit receives what a reporter sends, and to whose key his identity is sealed.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/state.h"

namespace tz::ledger {

// Who receives an accusation of these units: the nearest unit above all of them that has a
// receiving key, else the nearest above them; never one of them or whose matters theirs are, nor
// one below such on any edge.
// Refuses `report_no_receiver`.
Result<UnitId> receiver_of(const State& state, const std::vector<UnitId>& accused, Day day);

// Who receives what is sent to `place`: of an accusation as above; else the unit itself or, where
// nobody there can dispatch them on that day, the nearest above it where somebody does. Nobody
// anywhere: the unit itself. Refuses `report_no_receiver`.
Result<UnitId> receiver_for(const State& state, UnitId place, const std::vector<UnitId>& accused,
                            Day day);

// The unit to whose key an identity is sealed that `receiver` is to receive, and the key that holds
// on that day: itself or, where nobody is accused, the nearest above it with a key. None: no
// identity can be given.
struct KeyHolder {
  UnitId unit;
  Hash key{};
};
std::optional<KeyHolder> key_holder(const State& state, const std::vector<UnitId>& accused,
                                    UnitId receiver, Day day);

// The units that the sealed text "accused" names; empty where it is not such a text.
std::vector<UnitId> accused_in(std::string_view text, const OrgTree& tree);

}  // namespace tz::ledger
