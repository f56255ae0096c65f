// Sealed texts: each under a key of its own subject, that key wrapped by a monthly key in keys/.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "base/sha256.h"

namespace tz::access {

using SecretKey = std::array<std::uint8_t, 32>;

// What a text becomes. The salt of the commitment travels inside the ciphertext, so that when the
// key is gone nothing is left to test guesses against.
struct Sealed {
  Hash text_salt{};  // for the caller to compute the commitment; not stored
  Bytes ciphertext;  // nonce [24], XChaCha20-Poly1305 of salt [32] and text padded to 64 bytes
};
// The text is padded as ISO/IEC 7816-4 does (0x80, then zeros), always by at least one byte.
// `context` is authenticated but not stored: ledger id, sequence and part number.
Sealed seal(std::string_view text, const SecretKey& key, BytesView context, Random& random);

struct Unsealed {
  std::string text;
  Hash text_salt{};
};
// Refuses `sealed_text_damaged`.
Result<Unsealed> unseal(BytesView ciphertext, const SecretKey& key, BytesView context);

// The wrapping keys of a ledger, one a month, files keys/wrap-2019-09.key of mode 0600.
class Keyring {
 public:
  // Loads what is in the folder; makes the folder (0700) if missing. Fails with `keys_unreadable`
  // (fact: path) when a file has wrong size or is readable by others, and as base/file.h does.
  static Result<std::unique_ptr<Keyring>> open(std::string folder);
  // Keys in memory alone, for simulation and tests.
  static std::unique_ptr<Keyring> in_memory();

  ~Keyring();
  Keyring(const Keyring&) = delete;
  Keyring& operator=(const Keyring&) = delete;

  // Wraps under the key of that month ("2019-09"), which is made and stored durably if missing:
  // then it fails with `storage_full` or `storage_failed` (facts: path, why). Any thread.
  Result<Bytes> wrap(const SecretKey& key, std::string_view month, std::uint64_t subject,
                     Random& random);
  // Refuses `wrapping_key_missing` (fact: month) and `wrapped_key_damaged`. Any thread.
  Result<SecretKey> unwrap(BytesView wrapped, std::string_view month, std::uint64_t subject) const;

 private:
  Keyring() = default;
  // The key of a month: from memory, else from its file if there is one. Needs the lock.
  Result<const SecretKey*> key_of(const std::string& month) const;

  std::optional<std::string> folder_;  // none: in memory
  mutable std::mutex mutex_;           // guards keys_
  mutable std::map<std::string, SecretKey, std::less<>> keys_;
};

}  // namespace tz::access
