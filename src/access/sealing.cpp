// Texts under XChaCha20-Poly1305, padded so that the length tells little.
#include "access/sealing.h"

#include <algorithm>

#include "access/sodium_ready.h"

namespace tz::access {
namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kSaltBytes = std::tuple_size_v<Hash>;
constexpr std::size_t kBlockBytes = 64;
constexpr std::size_t kOverheadBytes = kNonceBytes + kSaltBytes + kTagBytes;
static_assert(kNonceBytes == 24 && kTagBytes == 16);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == std::tuple_size_v<SecretKey>);

}  // namespace

Sealed seal(std::string_view text, const SecretKey& key, BytesView context, Random& random) {
  SealingDraw draw;
  draw.key = key;
  random.fill(draw.text_salt);
  random.fill(draw.nonce);
  Sealed sealed{draw.text_salt, seal(text, draw, context)};
  sodium_memzero(draw.key.data(), draw.key.size());
  return sealed;
}

std::size_t sealed_bytes(std::size_t text_bytes) {
  return kOverheadBytes + text_bytes + kBlockBytes - text_bytes % kBlockBytes;
}

Bytes seal(std::string_view text, const SealingDraw& draw, BytesView context) {
  need_sodium();
  Bytes sealed(sealed_bytes(text.size()));
  std::copy(draw.nonce.begin(), draw.nonce.end(), sealed.begin());
  // Laid where the ciphertext will stand and encrypted in place: the plain bytes are nowhere else.
  const std::span<std::uint8_t> plain =
      std::span(sealed).subspan(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
  std::copy(draw.text_salt.begin(), draw.text_salt.end(), plain.begin());
  *std::copy(text.begin(), text.end(), plain.begin() + kSaltBytes) = 0x80;  // zeros follow already
  unsigned long long written = 0;
  const int outcome = crypto_aead_xchacha20poly1305_ietf_encrypt(
      plain.data(), &written, plain.data(), plain.size(), context.data(), context.size(), nullptr,
      sealed.data(), draw.key.data());
  TZ_ASSERT(outcome == 0);
  TZ_ASSERT(written == plain.size() + kTagBytes);
  return sealed;
}

Result<Unsealed> unseal(BytesView ciphertext, const SecretKey& key, BytesView context) {
  need_sodium();
  const Error damaged = refusal("sealed_text_damaged");
  if (ciphertext.size() < kOverheadBytes + kBlockBytes) return damaged;
  if ((ciphertext.size() - kOverheadBytes) % kBlockBytes != 0) return damaged;
  Bytes plain(ciphertext.size() - kNonceBytes - kTagBytes);
  unsigned long long written = 0;
  const BytesView body = ciphertext.subspan(kNonceBytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), &written, nullptr, body.data(),
                                                 body.size(), context.data(), context.size(),
                                                 ciphertext.data(), key.data()) != 0)
    return damaged;
  TZ_ASSERT(written == plain.size());
  std::size_t text_bytes = 0;
  const bool padded = sodium_unpad(&text_bytes, plain.data() + kSaltBytes,
                                   plain.size() - kSaltBytes, kBlockBytes) == 0;
  Unsealed unsealed;
  if (padded) {
    std::copy_n(plain.begin(), kSaltBytes, unsealed.text_salt.begin());
    unsealed.text = as_text(BytesView(plain).subspan(kSaltBytes, text_bytes));
  }
  sodium_memzero(plain.data(), plain.size());
  if (!padded) return damaged;
  return unsealed;
}

}  // namespace tz::access
