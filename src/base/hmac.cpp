// Through OpenSSL.
#include "base/hmac.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace tz {

Sha1Mac hmac_sha1(BytesView key, BytesView message) {
  Sha1Mac out{};
  unsigned count = 0;
  const unsigned char* done = HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()),
                                   message.data(), message.size(), out.data(), &count);
  TZ_ASSERT(done != nullptr && count == out.size());
  return out;
}

Hash hmac_sha256(BytesView key, BytesView message) {
  Hash out{};
  unsigned count = 0;
  const unsigned char* done = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                                   message.data(), message.size(), out.data(), &count);
  TZ_ASSERT(done != nullptr && count == out.size());
  return out;
}

}  // namespace tz
