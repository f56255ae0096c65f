// One signature over the whole text, in its last line.
#include "merkle/signed_text.h"

#include <sodium.h>

#include <array>

#include "base/bytes.h"

namespace tz::merkle {
namespace {

constexpr std::string_view kMark = "signed ";

}  // namespace

std::string sign_text(std::string_view text, const SigningKey& key) {
  TZ_ASSERT(sodium_init() >= 0);
  TZ_ASSERT(text.ends_with('\n'));
  TZ_ASSERT(text.substr(0, text.find('\n')).find(' ') != std::string_view::npos);
  std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> shown{};
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
  TZ_ASSERT(crypto_sign_seed_keypair(shown.data(), secret.data(), key.seed.data()) == 0);
  std::array<std::uint8_t, crypto_sign_BYTES> signature{};
  const BytesView bytes = as_bytes(text);
  TZ_ASSERT(crypto_sign_detached(signature.data(), nullptr, bytes.data(), bytes.size(),
                                 secret.data()) == 0);
  sodium_memzero(secret.data(), secret.size());
  return std::string(text) + std::string(kMark) + to_base64(signature) + "\n";
}

Result<std::string_view> open_signed_text(std::string_view signed_text, const VerifierKey& key) {
  TZ_ASSERT(sodium_init() >= 0);
  const Error malformed = refusal("signed_text_malformed");
  if (!signed_text.ends_with('\n')) return malformed;
  const std::size_t end = signed_text.size() - 1;
  const std::size_t before = end == 0 ? std::string_view::npos : signed_text.rfind('\n', end - 1);
  if (before == std::string_view::npos) return malformed;
  const std::string_view text = signed_text.substr(0, before + 1);
  std::string_view line = signed_text.substr(before + 1, end - before - 1);
  if (!line.starts_with(kMark)) return malformed;
  line.remove_prefix(kMark.size());
  const auto signature = from_base64(line);
  if (!signature.ok() || signature->size() != crypto_sign_BYTES) return malformed;
  const BytesView bytes = as_bytes(text);
  if (crypto_sign_verify_detached(signature->data(), bytes.data(), bytes.size(),
                                  key.public_key.data()) != 0)
    return refusal("signed_text_forged", {{"key", to_text(key)}});
  return text;
}

}  // namespace tz::merkle
