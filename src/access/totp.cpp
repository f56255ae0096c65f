// Codes, and the texts that authenticators take.
#include "access/totp.h"

#include <algorithm>

#include "access/accounts.h"
#include "base/hmac.h"

namespace tz::access {
namespace {

constexpr std::uint64_t kStepsBeside = 1;

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (kPlain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15U];
  }
  return out;
}

}  // namespace

std::uint64_t totp_step(Instant at) {
  return at.us < 0 ? 0 : static_cast<std::uint64_t>(at.us / 1'000'000 / kTotpStepSeconds);
}

std::string totp_code(BytesView secret, std::uint64_t step, unsigned digits) {
  Bytes message;
  ByteWriter(message).u64(step);
  const Sha1Mac mac = hmac_sha1(secret, message);
  const std::size_t at = mac.back() & 15U;
  const std::uint32_t number = (static_cast<std::uint32_t>(mac[at] & 0x7fU) << 24) |
                               (static_cast<std::uint32_t>(mac[at + 1]) << 16) |
                               (static_cast<std::uint32_t>(mac[at + 2]) << 8) |
                               static_cast<std::uint32_t>(mac[at + 3]);
  std::string text = std::to_string(number);
  if (text.size() < digits) text.insert(0, digits - text.size(), '0');
  return text.substr(text.size() - digits);
}

std::optional<std::uint64_t> totp_accepts(BytesView secret, std::string_view code, Instant now,
                                          std::uint64_t last) {
  std::string given(code);
  std::erase(given, ' ');
  const std::uint64_t step = totp_step(now);
  std::optional<std::uint64_t> found;
  for (std::uint64_t at = step - std::min(step, kStepsBeside); at <= step + kStepsBeside; ++at)
    if (same_secret(given, totp_code(secret, at)) && at > last) found = at;
  return found;
}

std::string to_base32(BytesView bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const std::uint8_t byte : bytes) {
    held = held << 8 | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += kDigits[held >> bits & 31U];
    }
    held &= (1U << bits) - 1;
  }
  if (bits > 0) out += kDigits[held << (5 - bits) & 31U];
  return out;
}

std::string totp_address(BytesView secret, std::string_view issuer, std::string_view account) {
  return "otpauth://totp/" + percent_encoded(issuer) + ":" + percent_encoded(account) +
         "?secret=" + to_base32(secret) + "&issuer=" + percent_encoded(issuer);
}

}  // namespace tz::access
