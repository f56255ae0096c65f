// Argon2id through libsodium.
#include "access/passwords.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include "access/sodium_ready.h"

namespace tz::access {
namespace {

unsigned long long ops_of(const Policy& policy) {
  return std::max<unsigned long long>(policy.argon2_ops, crypto_pwhash_OPSLIMIT_MIN);
}

std::size_t memory_of(const Policy& policy) {
  return std::max<std::size_t>(policy.argon2_bytes, crypto_pwhash_MEMLIMIT_MIN);
}

// Code points: bytes that do not continue one.
std::size_t count_chars(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) >> 6) != 2; }));
}

std::string in_small_letters(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace

Result<std::string> hash_password(std::string_view password, const Policy& policy) {
  need_sodium();
  if (password.size() > kPasswordBytesMax)
    return refusal("password_too_long", {{"bytes_max", std::to_string(kPasswordBytesMax)}});
  if (count_chars(password) < policy.password_chars_min)
    return refusal("password_weak", {{"chars_min", std::to_string(policy.password_chars_min)}});
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), ops_of(policy),
                            memory_of(policy), crypto_pwhash_ALG_ARGON2ID13) != 0)
    return failure("out_of_memory");
  return std::string(out.data());
}

Result<bool> check_password(const std::optional<std::string>& password_hash,
                            std::string_view password, const Policy& policy) {
  need_sodium();
  // Too long a password is never right, and is not hashed at a length of the sender's choosing.
  const bool too_long = password.size() > kPasswordBytesMax;
  password = password.substr(0, kPasswordBytesMax);
  if (!password_hash) {
    const std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{};
    std::array<unsigned char, 32> out{};
    if (crypto_pwhash(out.data(), out.size(), password.data(), password.size(), salt.data(),
                      ops_of(policy), memory_of(policy), crypto_pwhash_ALG_ARGON2ID13) != 0)
      return failure("out_of_memory");
    return false;
  }
  // libsodium says -1 for a wrong password and for want of memory, and tells them by errno.
  errno = 0;
  if (crypto_pwhash_str_verify(password_hash->c_str(), password.data(), password.size()) == 0)
    return !too_long;
  if (errno == EINVAL) return false;
  return failure("out_of_memory");
}

Outcome check_new_password(std::string_view password, std::string_view name, const Policy& policy) {
  if (count_chars(password) < policy.password_chars_min)
    return refusal("password_weak", {{"chars_min", std::to_string(policy.password_chars_min)}});
  const std::string small = in_small_letters(password);
  std::array<bool, 4> kinds{};
  for (const char c : password) {
    const bool small_letter = c >= 'a' && c <= 'z';
    const bool capital = c >= 'A' && c <= 'Z';
    const bool digit = c >= '0' && c <= '9';
    kinds[small_letter ? 0 : capital ? 1 : digit ? 2 : 3] = true;
  }
  if (static_cast<std::size_t>(std::count(kinds.begin(), kinds.end(), true)) <
      policy.password_kinds_min)
    return refusal("password_kinds", {{"kinds_min", std::to_string(policy.password_kinds_min)}});
  if (!name.empty() && small.find(in_small_letters(name)) != std::string::npos)
    return refusal("password_has_name");
  for (const std::string& word : policy.password_refused)
    if (small.find(in_small_letters(word)) != std::string::npos) return refusal("password_common");
  return Done{};
}

bool same_secret(std::string_view a, std::string_view b) {
  need_sodium();
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace tz::access
