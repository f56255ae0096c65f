// Passwords made for accounts that have none yet, and secrets that are given.
#pragma once

#include <string>

#include "base/random.h"
#include "base/result.h"

namespace tz::program {

// 80 random bits in 16 characters that are read out easily.
std::string new_password(Random& random);

// The first line of the file, or of standard input for "-". Refuses `file_missing`, and
// `secret_open` where others may read it.
Result<std::string> given_secret(const std::string& path);

}  // namespace tz::program
