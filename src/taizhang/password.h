// Passwords made for accounts that have none yet.
#pragma once

#include <string>

#include "base/random.h"

namespace tz::program {

// 80 random bits in 16 characters that are read out easily.
std::string new_password(Random& random);

}  // namespace tz::program
