// Checking a password against its stored hash, at the same cost whether or not there is one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/accounts.h"

namespace tz::access {

// Whether the password is the one of the hash; never without a hash, but for the same work as
// with one made under `policy`. Fails with `out_of_memory`. Any thread; slow.
Result<bool> check_password(const std::optional<std::string>& password_hash,
                            std::string_view password, const Policy& policy);

}  // namespace tz::access
