// Monthly wrapping keys: 32 random bytes a file, DIR/keys/wrap-2019-09.key.
#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "access/sealing.h"
#include "access/sodium_ready.h"
#include "base/file.h"

namespace tz::access {
namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kKeyBytes = std::tuple_size_v<SecretKey>;
constexpr std::size_t kWrappedBytes = kNonceBytes + kKeyBytes + kTagBytes;
constexpr std::string_view kPrefix = "wrap-";
constexpr std::string_view kSuffix = ".key";
constexpr std::size_t kMonthChars = 7;
constexpr unsigned kOthers = 077;  // permission bits of group and others

bool is_month(std::string_view text) {
  if (text.size() != kMonthChars || text[4] != '-') return false;
  for (std::size_t i = 0; i < kMonthChars; ++i)
    if (i != 4 && (text[i] < '0' || text[i] > '9')) return false;
  const int month = (text[5] - '0') * 10 + (text[6] - '0');
  return month >= 1 && month <= 12;
}

std::string file_of(const std::string& folder, std::string_view month) {
  return folder + "/" + std::string(kPrefix) + std::string(month) + std::string(kSuffix);
}

// The month of "wrap-2019-09.key"; none for any other file.
std::optional<std::string> month_of(std::string_view name) {
  if (name.size() != kPrefix.size() + kMonthChars + kSuffix.size()) return std::nullopt;
  const std::string_view month = name.substr(kPrefix.size(), kMonthChars);
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix) || !is_month(month))
    return std::nullopt;
  return std::string(month);
}

// What binds a wrapped key to its place: it opens under no other month or subject.
Bytes place_of(std::string_view month, std::uint64_t subject) {
  Bytes place;
  place.reserve(64);
  ByteWriter out(place);
  out.text8("taizhang subject key 1");
  out.text8(month);
  out.u64(subject);
  return place;
}

// None if there is no such file.
Result<std::optional<SecretKey>> read_key(const std::string& path) {
  auto file = read_file(path, kKeyBytes);
  if (!file.ok()) return failure("keys_unreadable", {{"path", path}});
  if (!file->has_value()) return std::optional<SecretKey>{};
  Bytes& bytes = (*file)->bytes;
  SecretKey key{};
  const bool sound = bytes.size() == kKeyBytes && ((*file)->mode & kOthers) == 0;
  if (sound) std::copy(bytes.begin(), bytes.end(), key.begin());
  sodium_memzero(bytes.data(), bytes.size());
  if (!sound) return failure("keys_unreadable", {{"path", path}});
  return std::optional<SecretKey>{key};
}

// The months whose files are there, in any order.
Result<std::vector<std::string>> months_in(const std::string& folder) {
  std::vector<std::string> months;
  std::error_code reason;
  std::filesystem::directory_iterator entries(folder, reason);
  while (!reason && entries != std::filesystem::directory_iterator()) {
    if (auto month = month_of(entries->path().filename().string()))
      months.push_back(*std::move(month));
    entries.increment(reason);
  }
  if (reason) return failure("keys_unreadable", {{"path", folder}});
  return months;
}

}  // namespace

Result<std::unique_ptr<Keyring>> Keyring::open(std::string folder) {
  need_sodium();
  TZ_TRY(make_folder(folder, 0700));
  auto keyring = in_memory();
  keyring->folder_ = std::move(folder);
  for (const std::string& month : TZ_TRY(months_in(*keyring->folder_)))
    TZ_TRY(keyring->key_of(month));
  return keyring;
}

std::unique_ptr<Keyring> Keyring::in_memory() {
  need_sodium();
  return std::unique_ptr<Keyring>(new Keyring());
}

WrappingKey::~WrappingKey() { sodium_memzero(key_.data(), key_.size()); }

Bytes WrappingKey::wrap(const SecretKey& key, std::uint64_t subject, const Nonce& nonce) const {
  const Bytes place = place_of(month_, subject);
  Bytes wrapped(kWrappedBytes);
  std::copy(nonce.begin(), nonce.end(), wrapped.begin());
  TZ_ASSERT(crypto_aead_xchacha20poly1305_ietf_encrypt(
                wrapped.data() + kNonceBytes, nullptr, key.data(), key.size(), place.data(),
                place.size(), nullptr, wrapped.data(), key_.data()) == 0);
  return wrapped;
}

Keyring::~Keyring() {
  for (auto& [month, key] : keys_) sodium_memzero(key.data(), key.size());
}

Result<const SecretKey*> Keyring::key_of(const std::string& month) const {
  const auto known = keys_.find(month);
  if (known != keys_.end()) return &known->second;
  // Another process, the server beside a command, may have made it since.
  if (!folder_ || !is_month(month)) return nullptr;
  const auto stored = TZ_TRY(read_key(file_of(*folder_, month)));
  if (!stored) return nullptr;
  return &keys_.emplace(month, *stored).first->second;
}

Result<std::shared_ptr<const WrappingKey>> Keyring::wrapping_key(std::string_view month,
                                                                 Random& random) {
  TZ_ASSERT(is_month(month));
  const std::lock_guard lock(mutex_);
  const std::string name = std::max(std::string(month), from_);
  const SecretKey* wrapping = TZ_TRY(key_of(name));
  if (wrapping == nullptr) {
    SecretKey made{};
    random.fill(made);
    // Never replaced: what lies wrapped under a key that is there would be lost with it.
    if (folder_) TZ_TRY(write_file({file_of(*folder_, name), 0600, Existing::Keep}, made));
    wrapping = &keys_.emplace(name, made).first->second;
    sodium_memzero(made.data(), made.size());
  }
  return std::make_shared<const WrappingKey>(name, *wrapping);
}

Result<Bytes> Keyring::wrap(const SecretKey& key, std::string_view month, std::uint64_t subject,
                            Random& random) {
  const auto wrapping = TZ_TRY(wrapping_key(month, random));
  Nonce nonce{};
  random.fill(nonce);
  return wrapping->wrap(key, subject, nonce);
}

Result<std::vector<std::string>> Keyring::months() const {
  const std::lock_guard lock(mutex_);
  std::set<std::string> months;
  for (const auto& [month, key] : keys_) months.insert(month);
  if (folder_)
    for (std::string& month : TZ_TRY(months_in(*folder_))) months.insert(std::move(month));
  return std::vector<std::string>(months.begin(), months.end());
}

void Keyring::wrap_from(std::string_view month) {
  TZ_ASSERT(is_month(month));
  const std::lock_guard lock(mutex_);
  from_ = std::max(from_, std::string(month));
}

Outcome Keyring::destroy(std::string_view month, Random& random) {
  TZ_ASSERT(is_month(month));
  const std::lock_guard lock(mutex_);
  TZ_ASSERT(month < from_);
  if (folder_) {
    // Bytes of chance: what is left of them after a crash is a key like any other, that opens
    // nothing, and never one that somebody could guess.
    SecretKey over{};
    random.fill(over);
    TZ_TRY(destroy_file(file_of(*folder_, month), over));
  }
  const auto known = keys_.find(month);
  if (known == keys_.end()) return Done{};
  sodium_memzero(known->second.data(), known->second.size());
  keys_.erase(known);
  return Done{};
}

Result<SecretKey> Keyring::unwrap(BytesView wrapped, std::string_view month,
                                  std::uint64_t subject) const {
  const std::lock_guard lock(mutex_);
  const SecretKey* wrapping = TZ_TRY(key_of(std::string(month)));
  if (wrapping == nullptr)
    return refusal("wrapping_key_missing", {{"month", std::string(month.substr(0, 40))}});
  if (wrapped.size() != kWrappedBytes) return refusal("wrapped_key_damaged");
  const Bytes place = place_of(month, subject);
  const BytesView body = wrapped.subspan(kNonceBytes);
  SecretKey key{};
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(key.data(), nullptr, nullptr, body.data(),
                                                 body.size(), place.data(), place.size(),
                                                 wrapped.data(), wrapping->data()) != 0)
    return refusal("wrapped_key_damaged");
  return key;
}

}  // namespace tz::access
