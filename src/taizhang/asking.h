// Asking a ledger for something and printing the answer.
#pragma once

#include <functional>
#include <string>

#include "base/json.h"
#include "taizhang/commands.h"

namespace tz::program {

// {"do": what, …} about an account.
Json about_account(const char* what, const std::string& name);
// Asks, then prints the answer as JSON where that is wanted, else by `print`; gives the exit code.
int ask_and_print(const std::string& folder, const Json& operation, const Speech& speech,
                  const std::function<void(const Json& answer)>& print);

}  // namespace tz::program
