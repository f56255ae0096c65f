// Base64url, strictly.
#include "access/secret_text.h"

#include <algorithm>

namespace tz::access {
namespace {

// The 32 bytes of a secret's text; none if it is no such text.
std::optional<Bytes> secret_bytes(std::string_view text) {
  if (text.size() != kSecretChars) return std::nullopt;
  auto bytes = from_base64url(text);
  if (!bytes.ok()) return std::nullopt;
  return std::move(bytes).value();
}

}  // namespace

std::string to_base64url(BytesView bytes) {
  std::string text = to_base64(bytes);
  while (!text.empty() && text.back() == '=') text.pop_back();
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

Result<Bytes> from_base64url(std::string_view text) {
  if (text.find_first_of("+/=") != std::string_view::npos) return refusal("bad_base64");
  std::string padded(text);
  std::replace(padded.begin(), padded.end(), '-', '+');
  std::replace(padded.begin(), padded.end(), '_', '/');
  while (padded.size() % 4 != 0) padded += '=';
  return from_base64(padded);
}

std::optional<Hash> cookie_key(std::string_view cookie) {
  const auto bytes = secret_bytes(cookie);
  if (!bytes) return std::nullopt;
  return sha256(BytesView(*bytes));
}

std::array<std::uint8_t, kSecretBytes> new_secret(Random& random) {
  std::array<std::uint8_t, kSecretBytes> secret{};
  random.fill(secret);
  return secret;
}

}  // namespace tz::access
