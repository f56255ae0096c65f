// What a caller comes to at all, before any rule of the ledger: sign-ins not finished yet, and
// tokens that are good for some things only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/caller.h"
#include "http/routes.h"

namespace tz::http {

// Whether the route is an address in this ledger as it is now: some are only while something is so.
bool stands(const Route& route, const Context& context);

// The scope of a token that opens its owner's calendar, by an address, and nothing else.
constexpr std::string_view kCalendarScope = "calendar";

// Refuses `sign_in_unfinished` (fact: step) where the session still waits for something else,
// `session_needed` where a token asks for what belongs to a person alone, and `token_scope` (fact:
// scope).
Outcome check_admission(const Caller& caller, const Route& route,
                        const std::vector<std::string>& params);

// Whether the caller counts as nobody on a route that is open to everybody: he has not finished
// signing in, or came with what opens a calendar alone.
bool counts_as_nobody(const Caller& caller);

}  // namespace tz::http
