// The number of an import, by which a file that was taken in before is known again.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/random.h"
#include "ledger/adopted_imports.h"

namespace tz::engine {

// 32 bits of the content's SHA-256, then 21 of chance: a file that is taken in anew, or whose first
// import broke off, gets another number; none is in `adopted`.
std::uint64_t new_import_number(std::string_view content, const ledger::AdoptedImports& adopted,
                                Random& random);

// The import by which a file of this content was taken in, the first of several; none: it was not.
std::optional<std::uint64_t> earlier_import(std::string_view content,
                                            const ledger::AdoptedImports& adopted);
// Whether a file of this content was taken in. (One of four thousand million other files is taken
// for it; whoever asks can say that it is to be taken all the same.)
bool imported_before(std::string_view content, const ledger::AdoptedImports& adopted);

}  // namespace tz::engine
