// Where random bytes come from: the system, or a seed for tests and simulation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace tz {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;  // the owner's thread only
  std::uint64_t next_u64() {
    std::uint64_t v = 0;
    fill({reinterpret_cast<std::uint8_t*>(&v), sizeof v});
    return v;
  }
};

// Cryptographically strong: OpenSSL's per-thread generator, drawn 4 KiB at a time.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override;

 private:
  std::uint8_t pool_[4096];
  std::size_t used_ = sizeof pool_;
};

// Repeatable; never for secrets. SplitMix64 (Steele, Lea, Flood 2014).
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::uint8_t> out) override;

 private:
  std::uint64_t state_;
};

}  // namespace tz
