// SHA-256 (FIPS 180-4) through OpenSSL's EVP.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>

#include "base/bytes.h"

namespace tz {

using Hash = std::array<std::uint8_t, 32>;

// The hash of the parts laid end to end. Any thread; keeps one context a thread.
Hash sha256(std::initializer_list<BytesView> parts);
inline Hash sha256(BytesView bytes) { return sha256({bytes}); }

// For input that comes in pieces, e.g. a file.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;
  void add(BytesView bytes);
  Hash finish();  // once

 private:
  void* context_;
};

}  // namespace tz
