// Programme files: a campaign as whoever directs it writes it down, read and checked.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/programme.h"

namespace tz::programme {

// The programme a file describes, sound by ledger::check; else the first of its faults. A pure
// function of the text, used on replay too: a file once adopted has to be accepted for ever, so a
// stricter rule needs a new type version of the event that adopted it.
Result<ledger::Programme> read_programme(std::string_view text);

// The faults of a programme file (kFaultCountMax at most) in the order of their lines, each with
// the facts `line` and `column` (in characters, from one) and what was expected there; empty when
// read_programme accepts it. Whether the programme contradicts itself is looked at only once its
// words are right.
std::vector<Error> programme_faults(std::string_view text);

// The same, and where the file is sound what speaks against it in that tree on that day: units that
// are not there, tiers without a unit, units that two tiers take or that are asked for too much.
std::vector<Error> programme_faults(std::string_view text, const ledger::OrgTree& tree, Day day);

}  // namespace tz::programme
