// Cutting a key with a random mask, and putting it together.
#include "access/key_halves.h"

#include <algorithm>

#include "access/sodium_ready.h"
#include "base/json.h"

namespace tz::access {
namespace {

constexpr std::string_view kFormat = "receiving key half 1";
constexpr std::size_t kCheckBytes = 8;
constexpr std::size_t kLabelBytesMax = 200;

PrivateKey masked(const PrivateKey& key, const PrivateKey& mask) {
  PrivateKey out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(key[i] ^ mask[i]);
  return out;
}

// The share is random, so that a hash of it tells nothing of it.
std::string check_of(const KeyHalf& half) {
  const auto letter = static_cast<std::uint8_t>(half.half);
  const Hash hash = sha256({as_bytes(kFormat), BytesView(&letter, 1), half.key, half.share});
  return to_hex(BytesView(hash).first(kCheckBytes));
}

Error bad(const char* why) { return refusal("key_half_bad", {{"why", why}}); }

Result<std::string> member(const Json& json, const char* name) {
  const Json* value = json.find(name);
  if (value == nullptr || value->as_text() == nullptr) return bad(name);
  return *value->as_text();
}

Result<PublicKey> key_member(const Json& json, const char* name) {
  const auto bytes = from_hex(TZ_TRY(member(json, name)));
  PublicKey out{};
  if (!bytes.ok() || bytes->size() != out.size()) return bad(name);
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

}  // namespace

NewReceivingKey new_receiving_key(const std::string& label, Random& random) {
  PrivateKey secret{};
  random.fill(secret);
  NewReceivingKey out;
  out.key = public_half(secret);
  out.a.half = 'A';
  out.b.half = 'B';
  random.fill(out.a.share);
  out.b.share = masked(secret, out.a.share);
  sodium_memzero(secret.data(), secret.size());
  for (KeyHalf* half : {&out.a, &out.b}) {
    half->label = label;
    half->key = out.key;
  }
  return out;
}

std::string to_text(const KeyHalf& half) {
  Json out;
  out.set("taizhang", kFormat).set("half", std::string(1, half.half)).set("for", half.label);
  out.set("key", to_hex(half.key)).set("share", to_hex(half.share)).set("check", check_of(half));
  return out.dump() + "\n";
}

Result<KeyHalf> read_key_half(std::string_view text) {
  const Json json = TZ_TRY(parse_json(text));
  if (TZ_TRY(member(json, "taizhang")) != kFormat) return bad("taizhang");
  KeyHalf out;
  const std::string half = TZ_TRY(member(json, "half"));
  if (half != "A" && half != "B") return bad("half");
  out.half = half.front();
  out.label = TZ_TRY(member(json, "for"));
  if (out.label.size() > kLabelBytesMax) return bad("for");
  out.key = TZ_TRY(key_member(json, "key"));
  out.share = TZ_TRY(key_member(json, "share"));
  if (TZ_TRY(member(json, "check")) != check_of(out)) return bad("check");
  return out;
}

Result<PrivateKey> join(const KeyHalf& one, const KeyHalf& other) {
  const Error differ = refusal("key_halves_differ");
  if (one.half == other.half || one.key != other.key) return differ;
  PrivateKey key = masked(one.share, other.share);
  if (public_half(key) != one.key) {
    sodium_memzero(key.data(), key.size());
    return differ;
  }
  return key;
}

}  // namespace tz::access
