// Sealed texts: each under a key of its own subject, that key wrapped by a monthly key in keys/.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "base/sha256.h"

namespace tz::access {

using SecretKey = std::array<std::uint8_t, 32>;
using Nonce = std::array<std::uint8_t, 24>;

// What a text becomes. The salt of the commitment travels inside the ciphertext, so that when the
// key is gone nothing is left to test guesses against.
struct Sealed {
  Hash text_salt{};  // for the caller to compute the commitment; not stored
  Bytes ciphertext;  // nonce [24], XChaCha20-Poly1305 of salt [32] and text padded to 64 bytes
};
// The text is padded as ISO/IEC 7816-4 does (0x80, then zeros), always by at least one byte.
// `context` is authenticated but not stored: ledger id, sequence and part number.
Sealed seal(std::string_view text, const SecretKey& key, BytesView context, Random& random);

// What is drawn for one text, so that sealing it is a pure function, for any thread. No salt, key
// or nonce may serve twice.
struct SealingDraw {
  SecretKey key{};
  Hash text_salt{};
  Nonce nonce{};
  Nonce wrapping_nonce{};
};
// The ciphertext that seal() above makes with that key, salt and nonce.
Bytes seal(std::string_view text, const SealingDraw& draw, BytesView context);
// How long it is.
std::size_t sealed_bytes(std::size_t text_bytes);

struct Unsealed {
  std::string text;
  Hash text_salt{};
};
// Refuses `sealed_text_damaged`.
Result<Unsealed> unseal(BytesView ciphertext, const SecretKey& key, BytesView context);

// One month's wrapping key, to wrap with. Any thread.
class WrappingKey {
 public:
  WrappingKey(std::string month, const SecretKey& key) : month_(std::move(month)), key_(key) {}
  ~WrappingKey();
  WrappingKey(const WrappingKey&) = delete;
  WrappingKey& operator=(const WrappingKey&) = delete;

  [[nodiscard]] const std::string& month() const { return month_; }
  [[nodiscard]] Bytes wrap(const SecretKey& key, std::uint64_t subject, const Nonce& nonce) const;

 private:
  std::string month_;
  SecretKey key_;
};

// The wrapping keys of a ledger, one a month, files keys/wrap-2019-09.key of mode 0600. Months
// compare as their texts do.
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
  // The key that wrap() would wrap under; fails as it does. Its month may be a later one, where
  // wrap_from() says so. Any thread.
  Result<std::shared_ptr<const WrappingKey>> wrapping_key(std::string_view month, Random& random);
  // Refuses `wrapping_key_missing` (fact: month) and `wrapped_key_damaged`. Any thread.
  Result<SecretKey> unwrap(BytesView wrapped, std::string_view month, std::uint64_t subject) const;

  // All that there are, ascending. Any thread.
  [[nodiscard]] Result<std::vector<std::string>> months() const;
  // From now on nothing is wrapped under an earlier month's key, whatever month is asked for: what
  // a clock that is set back asks for may be destroyed by then. Any thread.
  void wrap_from(std::string_view month);
  // Overwrites and unlinks the month's key and forgets it; what still lies wrapped under it opens
  // no more. Needs a month before that of wrap_from(). Done where there is none. Any thread.
  Outcome destroy(std::string_view month, Random& random);

 private:
  Keyring() = default;
  // The key of a month: from memory, else from its file if there is one. Needs the lock.
  Result<const SecretKey*> key_of(const std::string& month) const;

  std::optional<std::string> folder_;  // none: in memory
  mutable std::mutex mutex_;           // guards the two below
  std::string from_;                   // empty: any month may be asked for
  mutable std::map<std::string, SecretKey, std::less<>> keys_;
};

}  // namespace tz::access
