// The policy as a page for people: docs/access.md is made by it.
#pragma once

#include <string>

#include "ledger/policy.h"

namespace tz::http {

// Every right with who has it, in both languages, and the routes that take it.
std::string access_page(const ledger::Policy& policy);

}  // namespace tz::http
