// How often one address may do something that strangers may do; forgotten with the hour.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/sha256.h"
#include "base/time.h"

namespace tz::http {

// Counts by a hash of the address under a key that is drawn anew for each hour and never written
// down: what is in memory names nobody, and nothing connects an address with what it sent. Of IPv6
// the first 64 bits count, which one household has to itself. Any thread.
class AddressLimit {
 public:
  AddressLimit(std::uint32_t per_hour, Random& random) : per_hour_(per_hour), random_(random) {}

  // Whether the address may do it once more, which is then counted. Where too many different
  // addresses have come in this hour to know this one, it shares a count with all such.
  bool take(std::string_view address, Instant now);
  // Gives one back: it was no misuse.
  void give_back(std::string_view address, Instant now);

 private:
  static constexpr std::size_t kAddressesMax = 65'536;
  static constexpr std::uint32_t kOthersMax = 4096;
  using Name = std::array<std::uint8_t, 8>;
  // Needs the lock.
  Name name_of(std::string_view address, Instant now);

  const std::uint32_t per_hour_;
  Random& random_;
  std::mutex mutex_;  // guards all below
  std::int64_t hour_ = -1;
  Hash key_{};
  std::map<Name, std::uint32_t> counts_;
  std::uint32_t others_ = 0;  // by addresses that there was no room for
};

}  // namespace tz::http
