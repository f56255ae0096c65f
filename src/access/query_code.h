// Query codes: what a reporter follows his item with, told once and kept by its hash alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/sha256.h"

namespace tz::access {

// 100 random bits in 20 digits and a check digit (base/code_digits.h), shown as
// "7K3MQ-9XD4A-BCDEF-GHJKM-N".
std::string new_query_code(Random& random);
// Its digits alone, from whatever somebody typed: lower case, blanks, hyphens, o/i/l for 0/1/1.
// None where the check digit is wrong or the text is of another shape.
std::optional<std::string> read_query_code(std::string_view text);
// A fast hash is enough: 2^100 codes are too many to try, whoever has the salt. Needs what
// read_query_code() gives, or new_query_code().
Hash hash_of_code(std::string_view code, const Hash& salt);
// In the same time wherever they differ.
bool same_code(const Hash& a, const Hash& b);

}  // namespace tz::access
