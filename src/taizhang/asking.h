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

// What is done in the name of a person: {"do": what, body, bearer}. The body is the file's JSON, of
// no file an empty object; the bearer is the token that the first line of the other file is.
// Refuses `file_missing`, `secret_open` and `bad_json`.
Result<Json> operation_by_token(const char* what, const std::string& file,
                                const std::string& token_file);

struct ReadLedger;
// Reads the ledger, prints what `text` makes of it, and gives the exit code.
int print_read(const std::string& folder, const Speech& speech,
               const std::function<Result<std::string>(const ReadLedger& read)>& text);

}  // namespace tz::program
