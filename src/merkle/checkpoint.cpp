// Writing, signing and opening checkpoints; their Ed25519 signatures by libsodium.
#include "merkle/checkpoint.h"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/csv.h"
#include "merkle/signed_note.h"

namespace tz::merkle {
namespace {

constexpr std::uint8_t kEd25519Type = 1;  // C2SP signed-note's byte for this kind of signature
constexpr std::size_t kSignatureBytes = crypto_sign_ed25519_BYTES;
constexpr std::size_t kIdBytes = 4;

static_assert(crypto_sign_ed25519_PUBLICKEYBYTES == 32);
static_assert(crypto_sign_ed25519_SEEDBYTES == 32);

// An Ed25519 key pair whose secret half is wiped when it goes.
class KeyPair {
 public:
  explicit KeyPair(const SigningKey& key) {
    TZ_ASSERT(sodium_init() >= 0);
    TZ_ASSERT(crypto_sign_ed25519_seed_keypair(public_.data(), secret_, key.seed.data()) == 0);
  }
  ~KeyPair() { sodium_memzero(secret_, sizeof secret_); }
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;

  [[nodiscard]] const std::array<std::uint8_t, 32>& public_key() const { return public_; }
  [[nodiscard]] std::array<std::uint8_t, kSignatureBytes> sign(BytesView text) const {
    std::array<std::uint8_t, kSignatureBytes> out{};
    TZ_ASSERT(
        crypto_sign_ed25519_detached(out.data(), nullptr, text.data(), text.size(), secret_) == 0);
    return out;
  }

 private:
  std::array<std::uint8_t, 32> public_{};
  std::uint8_t secret_[crypto_sign_ed25519_SECRETKEYBYTES];
};

VerifierKey public_half(const SigningKey& key, const KeyPair& pair) {
  return {key.name, key_id(key.name, kEd25519Type, pair.public_key()), pair.public_key()};
}

bool signed_by(BytesView text, BytesView signature, const VerifierKey& key) {
  return signature.size() == kSignatureBytes &&
         crypto_sign_ed25519_verify_detached(signature.data(), text.data(), text.size(),
                                             key.public_key.data()) == 0;
}

Error malformed(const char* why) { return refusal("checkpoint_malformed", {{"why", why}}); }

// Decimal, without leading zeros, below 2^64.
std::optional<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t size = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  return size;
}

bool valid_line(std::string_view line) {
  return !line.empty() && valid_utf8(line) && !has_control(line);
}

std::string text_of(const Checkpoint& checkpoint) {
  std::string text = checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
                     to_base64(checkpoint.root) + "\n";
  for (const std::string& line : checkpoint.extensions) {
    TZ_ASSERT(valid_line(line));
    text += line + "\n";
  }
  return text;
}

Result<Checkpoint> parse_text(std::string_view text, std::string_view origin) {
  const std::vector<std::string_view> lines = split_lines(text);
  if (lines.size() < 3) return malformed("lines");
  const bool empty_line =
      std::any_of(lines.begin(), lines.end(), [](std::string_view line) { return line.empty(); });
  if (empty_line) return malformed("empty_line");
  if (lines[0] != origin) return malformed("origin");
  const std::optional<std::uint64_t> size = parse_size(lines[1]);
  if (!size) return malformed("tree_size");
  const Result<Bytes> root = from_base64(lines[2]);
  if (!root.ok() || root->size() != sizeof(Hash)) return malformed("root");
  Checkpoint checkpoint{std::string(origin), *size, {}, {lines.begin() + 3, lines.end()}};
  std::copy(root->begin(), root->end(), checkpoint.root.begin());
  return checkpoint;
}

}  // namespace

VerifierKey verifier_key(const SigningKey& key) { return public_half(key, KeyPair(key)); }

std::string to_text(const VerifierKey& key) {
  Bytes id;
  ByteWriter(id).u32(key.id);
  Bytes typed_key{kEd25519Type};
  typed_key.insert(typed_key.end(), key.public_key.begin(), key.public_key.end());
  return key.name + "+" + to_hex(id) + "+" + to_base64(typed_key);
}

Result<VerifierKey> parse_verifier_key(std::string_view text) {
  const Error bad = refusal("bad_verifier_key");
  if (text.size() > kNoteBytesMax) return bad;
  const std::size_t name_end = text.find('+');
  if (name_end == std::string_view::npos) return bad;
  const std::size_t id_end = text.find('+', name_end + 1);
  if (id_end == std::string_view::npos) return bad;
  const std::string_view name = text.substr(0, name_end);
  const Result<Bytes> id = from_hex(text.substr(name_end + 1, id_end - name_end - 1));
  const Result<Bytes> typed_key = from_base64(text.substr(id_end + 1));
  if (!valid_key_name(name) || !id.ok() || !typed_key.ok()) return bad;
  if (id->size() != kIdBytes) return bad;
  VerifierKey key{std::string(name), ByteReader(*id).u32(), {}};
  if (typed_key->size() != 1 + key.public_key.size() || typed_key->front() != kEd25519Type)
    return bad;
  std::copy(typed_key->begin() + 1, typed_key->end(), key.public_key.begin());
  if (key.id != key_id(name, kEd25519Type, key.public_key)) return bad;
  return key;
}

std::string sign(const Checkpoint& checkpoint, const SigningKey& key) {
  TZ_ASSERT(valid_key_name(key.name));
  TZ_ASSERT(checkpoint.origin == key.name);
  const std::string text = text_of(checkpoint);
  const KeyPair pair(key);
  const auto signature = pair.sign(as_bytes(text));
  std::string note = text + "\n" + signature_line(key.name, public_half(key, pair).id, signature);
  TZ_ASSERT(note.size() <= kNoteBytesMax);
  return note;
}

Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key) {
  TZ_ASSERT(sodium_init() >= 0);
  const SignedNote parts = TZ_TRY(split_note(note));
  bool found = false;
  for (const NoteSignature& signature : parts.signatures) {
    if (signature.name != key.name || signature.key_id != key.id) continue;
    if (!signed_by(as_bytes(parts.text), signature.bytes, key))
      return refusal("checkpoint_forged", {{"key", to_text(key)}});
    found = true;
  }
  if (!found) return refusal("checkpoint_unsigned", {{"key", to_text(key)}});
  return parse_text(parts.text, key.name);
}

Result<Checkpoint> read_unchecked(std::string_view note) {
  const SignedNote parts = TZ_TRY(split_note(note));
  const std::string_view origin = parts.text.substr(0, parts.text.find('\n'));
  if (!valid_key_name(origin)) return malformed("origin");
  return parse_text(parts.text, origin);
}

}  // namespace tz::merkle
