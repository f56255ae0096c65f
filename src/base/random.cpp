// System and seeded random bytes.
#include "base/random.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"

namespace tz {

void SystemRandom::fill(std::span<std::uint8_t> out) {
  if (out.size() > sizeof pool_) {
    TZ_ASSERT(RAND_bytes(out.data(), static_cast<int>(out.size())) == 1);
    return;
  }
  if (sizeof pool_ - used_ < out.size()) {
    TZ_ASSERT(RAND_bytes(pool_, sizeof pool_) == 1);
    used_ = 0;
  }
  std::memcpy(out.data(), pool_ + used_, out.size());
  OPENSSL_cleanse(pool_ + used_, out.size());  // a byte given out is never kept here
  used_ += out.size();
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
  for (std::size_t i = 0; i < out.size(); i += 8) {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    z ^= z >> 31;
    std::memcpy(out.data() + i, &z, std::min<std::size_t>(8, out.size() - i));
  }
}

}  // namespace tz
