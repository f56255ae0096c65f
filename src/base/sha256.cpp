// One EVP context a thread, its algorithm fetched once: fetching per call costs more than hashing.
#include "base/sha256.h"

#include <openssl/evp.h>

namespace tz {
namespace {

const EVP_MD* algorithm() {
  static EVP_MD* fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  TZ_ASSERT(fetched != nullptr);
  return fetched;
}

struct ThreadContext {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ThreadContext() = default;
  ThreadContext(const ThreadContext&) = delete;
  ThreadContext& operator=(const ThreadContext&) = delete;
  ~ThreadContext() { EVP_MD_CTX_free(context); }
};

}  // namespace

Hash sha256(std::initializer_list<BytesView> parts) {
  thread_local ThreadContext local;
  TZ_ASSERT(EVP_DigestInit_ex2(local.context, algorithm(), nullptr) == 1);
  for (BytesView part : parts)
    TZ_ASSERT(EVP_DigestUpdate(local.context, part.data(), part.size()) == 1);
  Hash out;
  TZ_ASSERT(EVP_DigestFinal_ex(local.context, out.data(), nullptr) == 1);
  return out;
}

Sha256Stream::Sha256Stream() : context_(EVP_MD_CTX_new()) {
  TZ_ASSERT(EVP_DigestInit_ex2(static_cast<EVP_MD_CTX*>(context_), algorithm(), nullptr) == 1);
}

Sha256Stream::~Sha256Stream() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }

void Sha256Stream::add(BytesView bytes) {
  TZ_ASSERT(EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), bytes.data(), bytes.size()) == 1);
}

Hash Sha256Stream::finish() {
  Hash out;
  TZ_ASSERT(EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_), out.data(), nullptr) == 1);
  return out;
}

}  // namespace tz
