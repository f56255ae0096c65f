// The faults of a file that people write, as the program tells them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "taizhang/commands.h"

namespace tz::program {

// What the file says; refuses file_missing, and what base/file.h refuses.
Result<std::string> text_of(const std::string& file);

// Keys of the words at the end: that nothing is wrong, or how much is.
struct Verdict {
  const char* sound;
  const char* faulty;
};
// Tells each fault with its place; gives the exit code.
int say_faults(const std::string& file, const std::vector<Error>& faults, const Verdict& verdict,
               const Speech& speech);

}  // namespace tz::program
