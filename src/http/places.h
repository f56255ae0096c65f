// How much of something one owner, an account or an address, may have at once.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>

namespace tz::http {

// Each owner has so many places; whoever has none left waits for one of his own, and takes none of
// anybody else's. Nothing is remembered of whoever holds none. Any thread.
template <class Owner>
class Places {
 public:
  explicit Places(std::size_t each_max) : each_max_(each_max), taken_(std::make_shared<Taken>()) {}

  // A place, given back when the last copy of what is returned is gone, even after this; none where
  // the owner has them all.
  [[nodiscard]] std::shared_ptr<void> take(const Owner& owner) {
    {
      const std::lock_guard lock(taken_->mutex);
      std::size_t& count = taken_->counts[owner];
      if (count >= each_max_) {
        if (count == 0) taken_->counts.erase(owner);
        return nullptr;
      }
      ++count;
    }
    return {taken_.get(), [owner, taken = taken_](void*) {
              const std::lock_guard lock(taken->mutex);
              const auto found = taken->counts.find(owner);
              if (--found->second == 0) taken->counts.erase(found);
            }};
  }

 private:
  struct Taken {
    std::mutex mutex;  // guards the counts
    std::map<Owner, std::size_t> counts;
  };
  const std::size_t each_max_;
  const std::shared_ptr<Taken> taken_;
};

}  // namespace tz::http
