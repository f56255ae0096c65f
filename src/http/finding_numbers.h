// By which numbers inspections know what they found, as far as the caller may list it; and giving
// such a number by hand.
#pragma once

#include <optional>
#include <string>

#include "engine/upstream_numbers.h"
#include "http/call.h"

namespace tz::http {

// Of items of that kind, by what is published now.
engine::KnownNumbers known_numbers(const Call& call, const std::string& kind);

// A number that a command gives to something that an inspection found.
struct NumberGiven {
  std::string kind;
  ledger::UpstreamNumber number;
};
// None where it gives none. Of a correction or a further source only where the caller can see the
// item. Reads the disk for a correction.
std::optional<NumberGiven> number_given(const Call& call, const ledger::Command& command);

// Whether number_given() has to be asked, without reading anything.
bool may_give_number(const ledger::Command& command);

// Submits the command when it has its turn, with the item that has the number already, and waits.
// Refuses `findings_busy`. Not on the engine's thread.
Result<engine::Receipt> submit_numbered(const Call& call, const NumberGiven& given,
                                        engine::Request request);

}  // namespace tz::http
