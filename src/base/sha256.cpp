// Short messages through OpenSSL's plain functions, streams through EVP: docs/decisions has why.
#include "base/sha256.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

namespace tz {
namespace {

const EVP_MD* algorithm() {
  static EVP_MD* fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  TZ_ASSERT(fetched != nullptr);
  return fetched;
}

}  // namespace

Hash sha256(std::initializer_list<BytesView> parts) {
  SHA256_CTX context;
  TZ_ASSERT(SHA256_Init(&context) == 1);
  for (BytesView part : parts) TZ_ASSERT(SHA256_Update(&context, part.data(), part.size()) == 1);
  Hash out;
  TZ_ASSERT(SHA256_Final(out.data(), &context) == 1);
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
