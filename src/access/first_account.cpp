// The code is held as query codes are.
#include "access/first_account.h"

#include "access/query_code.h"

namespace tz::access {

std::string FirstAccount::open(Random& random) {
  const std::lock_guard lock(mutex_);
  random.fill(salt_);
  std::string code = new_query_code(random);
  code_ = hash_of_code(code, salt_);
  open_ = true;
  claimed_ = false;
  return code;
}

Outcome FirstAccount::claim(std::string_view code) {
  const std::lock_guard lock(mutex_);
  if (!open_) return refusal("setup_over");
  const auto read = read_query_code(code);
  if (!read || !same_code(hash_of_code(*read, salt_), code_)) return refusal("setup_code_wrong");
  if (claimed_) return refusal("setup_busy");
  claimed_ = true;
  return Done{};
}

void FirstAccount::done() {
  const std::lock_guard lock(mutex_);
  open_ = claimed_ = false;
  code_ = salt_ = {};
}

void FirstAccount::give_back() {
  const std::lock_guard lock(mutex_);
  claimed_ = false;
}

}  // namespace tz::access
