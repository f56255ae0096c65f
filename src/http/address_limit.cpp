// Counting by what cannot be turned back into an address.
#include "http/address_limit.h"

#include <algorithm>

#include "base/household.h"

namespace tz::http {
namespace {

constexpr std::int64_t kHourUs = std::int64_t{3600} * 1'000'000;

}  // namespace

AddressLimit::Name AddressLimit::name_of(std::string_view address, Instant now) {
  const std::int64_t hour = now.us / kHourUs;
  if (hour != hour_) {
    hour_ = hour;
    counts_.clear();
    others_ = 0;
    random_.fill(key_);
  }
  const Hash hash = sha256({key_, as_bytes(household(address))});
  Name out{};
  std::copy_n(hash.begin(), out.size(), out.begin());
  return out;
}

bool AddressLimit::take(std::string_view address, Instant now) {
  const std::lock_guard lock(mutex_);
  const Name name = name_of(address, now);
  // A flood of addresses must not shut out those that come after it: they share one count.
  const bool known = counts_.contains(name) || counts_.size() < kAddressesMax;
  if (!known) return others_ < kOthersMax && ++others_ > 0;
  std::uint32_t& count = counts_[name];
  if (count >= per_hour_) return false;
  ++count;
  return true;
}

void AddressLimit::give_back(std::string_view address, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = counts_.find(name_of(address, now));
  if (found != counts_.end() && found->second > 0) --found->second;
}

}  // namespace tz::http
