// What a ledger answers to a file that it was given, for whoever gave it.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "taizhang/commands.h"

namespace tz::program {

// Prints the answer as JSON where that is wanted; else the sentence `done_key` with its members as
// facts, or what the rows of the file are refused for. Gives the exit code.
int say_answer(const std::string& file, const Result<Json>& answer, const Speech& speech,
               std::string_view done_key);

}  // namespace tz::program
