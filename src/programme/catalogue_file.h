// Catalogues of services: who gives what to residents and what it needs, read and checked.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/catalogue.h"

namespace tz::programme {

// The catalogue a file describes, sound by ledger::check; else the first of its faults. A pure
// function of the text, used on replay too: a file once adopted has to be accepted for ever, so a
// stricter rule needs a new type version of the event that adopted it.
Result<ledger::Catalogue> read_catalogue(std::string_view text);

// The faults of such a file (kFaultCountMax at most) in the order of their lines, each with the
// facts `line` and `column` (in characters, from one) and what was expected there; empty when
// read_catalogue accepts it.
std::vector<Error> catalogue_faults(std::string_view text);

}  // namespace tz::programme
