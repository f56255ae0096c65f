// A count for each account that holds something; none for others.
#include "http/account_places.h"

namespace tz::http {

AccountPlaces::AccountPlaces(std::size_t each_max)
    : each_max_(each_max), taken_(std::make_shared<Taken>()) {}

std::shared_ptr<void> AccountPlaces::take(AccountId account) {
  {
    const std::lock_guard lock(taken_->mutex);
    std::size_t& count = taken_->counts[account];
    if (count >= each_max_) {
      if (count == 0) taken_->counts.erase(account);
      return nullptr;
    }
    ++count;
  }
  return {taken_.get(), [account, taken = taken_](void*) {
            const std::lock_guard lock(taken->mutex);
            const auto found = taken->counts.find(account);
            if (--found->second == 0) taken->counts.erase(found);
          }};
}

}  // namespace tz::http
