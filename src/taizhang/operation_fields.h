// The fields of an operation, each read as what it must be.
#pragma once

#include <string>

#include "base/json.h"
#include "base/result.h"
#include "ledger/state.h"

namespace tz::program {

// Refuses `field_required` (fact: field).
Result<std::string> text_field(const Json& operation, const char* name);
// False where it is not there.
bool flag(const Json& operation, const char* name);
// A number above 0. Refuses `field_required`.
Result<std::uint64_t> number_field(const Json& operation, const char* name);
// Refuses `role_unknown` (fact: role).
Result<ledger::Role> role_field(const Json& operation);
// A post by its number. Refuses `post_none` (fact: post).
Result<PostId> post_field(const Json& operation, const char* name, const ledger::State& state);
// The unit of a code. Refuses `unit_unknown` (fact: unit).
Result<UnitId> unit_field(const Json& operation, const char* name, const ledger::State& state);

}  // namespace tz::program
