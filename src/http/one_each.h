// Work of which each account may have one piece under way.
#pragma once

#include <memory>
#include <mutex>
#include <set>

#include "base/id.h"

namespace tz::http {

// Any thread. It outlives its turns.
class OneEach {
 public:
  using Turn = std::shared_ptr<void>;  // over when the last copy goes
  // Null pointer where the account has its turn already.
  [[nodiscard]] Turn begin(AccountId account) {
    const std::lock_guard lock(mutex_);
    if (!busy_.insert(account).second) return nullptr;
    return {this, [account](OneEach* one) { one->end(account); }};
  }

 private:
  void end(AccountId account) {
    const std::lock_guard lock(mutex_);
    busy_.erase(account);
  }

  std::mutex mutex_;  // guards busy_
  std::set<AccountId> busy_;
};

}  // namespace tz::http
