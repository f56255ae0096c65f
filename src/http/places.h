// How much of something one account may have at once.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>

#include "base/id.h"

namespace tz::http {

// Each account has so many places; whoever has none left waits for one of his own, and takes none
// of anybody else's. Any thread.
class AccountPlaces {
 public:
  explicit AccountPlaces(std::size_t each_max);

  // A place, given back when the last copy of what is returned is gone, even after this; none where
  // the account has them all.
  [[nodiscard]] std::shared_ptr<void> take(AccountId account);

 private:
  struct Taken {
    std::mutex mutex;  // guards the counts
    std::map<AccountId, std::size_t> counts;
  };
  const std::size_t each_max_;
  const std::shared_ptr<Taken> taken_;
};

}  // namespace tz::http
