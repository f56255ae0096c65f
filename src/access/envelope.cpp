// libsodium's sealed box with its one-time key drawn from the caller's randomness.
#include "access/envelope.h"

#include <algorithm>

#include "access/sodium_ready.h"

namespace tz::access {
namespace {

constexpr std::size_t kSaltBytes = std::tuple_size_v<Hash>;
constexpr std::string_view kTag = "tz/identity/1";
constexpr std::string_view kFormat = "envelope 1";
constexpr std::size_t kEnvelopesMax = 20;
static_assert(crypto_box_PUBLICKEYBYTES == std::tuple_size_v<PublicKey>);
static_assert(crypto_box_SECRETKEYBYTES == std::tuple_size_v<PrivateKey>);

Hash commitment_to(BytesView salt, std::string_view text) {
  const std::uint8_t zero = 0;
  return sha256({as_bytes(kTag), BytesView(&zero, 1), salt, as_bytes(text)});
}

// What crypto_box_seal() uses, which draws its key itself.
std::array<std::uint8_t, crypto_box_NONCEBYTES> nonce_of(const PublicKey& once,
                                                         const PublicKey& key) {
  std::array<std::uint8_t, crypto_box_NONCEBYTES> nonce;
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, nonce.size());
  crypto_generichash_update(&state, once.data(), once.size());
  crypto_generichash_update(&state, key.data(), key.size());
  crypto_generichash_final(&state, nonce.data(), nonce.size());
  return nonce;
}

Error bad_file(const char* why) { return refusal("envelope_file_bad", {{"why", why}}); }

Result<std::string> member(const Json& json, const char* name) {
  const Json* value = json.find(name);
  if (value == nullptr || value->as_text() == nullptr) return bad_file(name);
  return *value->as_text();
}

Result<Hash> hash_member(const Json& json, const char* name) {
  const std::string text = TZ_TRY(member(json, name));
  const auto bytes = from_hex(text);
  Hash out{};
  if (!bytes.ok() || bytes->size() != out.size()) return bad_file(name);
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

Result<EnvelopeFile> read_one(const Json& json) {
  if (TZ_TRY(member(json, "taizhang")) != kFormat) return bad_file("taizhang");
  EnvelopeFile out;
  out.ledger = TZ_TRY(member(json, "ledger"));
  out.item = TZ_TRY(member(json, "item"));
  out.unit = TZ_TRY(member(json, "unit"));
  out.key = TZ_TRY(hash_member(json, "key"));
  out.commitment = TZ_TRY(hash_member(json, "commitment"));
  const Json* record = json.find("record");
  if (record == nullptr || record->as_int() == nullptr || *record->as_int() < 0)
    return bad_file("record");
  out.record = static_cast<std::uint64_t>(*record->as_int());
  const auto box = from_base64(TZ_TRY(member(json, "box")));
  if (!box.ok()) return bad_file("box");
  out.box = *box;
  return out;
}

}  // namespace

SealedIdentity seal_to(const PublicKey& key, std::string_view text, Random& random) {
  need_sodium();
  TZ_ASSERT(usable(key));
  TZ_ASSERT(text.size() <= kEnvelopeTextBytesMax);
  Hash salt{};
  random.fill(salt);
  const std::size_t padded = (text.size() / kEnvelopeBlockBytes + 1) * kEnvelopeBlockBytes;
  Bytes plain(kSaltBytes + padded);
  std::copy(salt.begin(), salt.end(), plain.begin());
  *std::copy(text.begin(), text.end(), plain.begin() + kSaltBytes) = 0x80;
  std::array<std::uint8_t, crypto_box_SEEDBYTES> seed;
  random.fill(seed);
  PublicKey once{};
  PrivateKey secret{};
  crypto_box_seed_keypair(once.data(), secret.data(), seed.data());
  SealedIdentity out;
  out.commitment = commitment_to(salt, text);
  out.box.resize(crypto_box_SEALBYTES + plain.size());
  std::copy(once.begin(), once.end(), out.box.begin());
  const int sealed = crypto_box_easy(out.box.data() + once.size(), plain.data(), plain.size(),
                                     nonce_of(once, key).data(), key.data(), secret.data());
  TZ_ASSERT(sealed == 0);
  sodium_memzero(plain.data(), plain.size());
  sodium_memzero(seed.data(), seed.size());
  sodium_memzero(secret.data(), secret.size());
  sodium_memzero(salt.data(), salt.size());
  return out;
}

Result<std::string> open_with(const PrivateKey& key, BytesView box, const Hash& commitment) {
  need_sodium();
  const Error damaged = refusal("envelope_damaged");
  const std::size_t least = crypto_box_SEALBYTES + kSaltBytes + kEnvelopeBlockBytes;
  if (box.size() < least || (box.size() - least) % kEnvelopeBlockBytes != 0) return damaged;
  const PublicKey own = public_half(key);
  Bytes plain(box.size() - crypto_box_SEALBYTES);
  if (crypto_box_seal_open(plain.data(), box.data(), box.size(), own.data(), key.data()) != 0)
    return damaged;
  std::size_t text_bytes = 0;
  const bool padded = sodium_unpad(&text_bytes, plain.data() + kSaltBytes,
                                   plain.size() - kSaltBytes, kEnvelopeBlockBytes) == 0;
  std::string text;
  if (padded) text = as_text(BytesView(plain).subspan(kSaltBytes, text_bytes));
  const bool meant =
      padded && commitment_to(BytesView(plain).first(kSaltBytes), text) == commitment;
  sodium_memzero(plain.data(), plain.size());
  if (!meant) return damaged;
  return text;
}

void wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

bool usable(const PublicKey& key) {
  need_sodium();
  PrivateKey any{};
  any.fill(0x40);
  PublicKey shared{};
  return crypto_scalarmult(shared.data(), any.data(), key.data()) == 0;
}

PublicKey public_half(const PrivateKey& key) {
  need_sodium();
  PublicKey out{};
  const int made = crypto_scalarmult_base(out.data(), key.data());
  TZ_ASSERT(made == 0);
  return out;
}

Json to_json(const EnvelopeFile& envelope) {
  Json out;
  out.set("taizhang", kFormat).set("ledger", envelope.ledger).set("item", envelope.item);
  out.set("record", envelope.record).set("unit", envelope.unit);
  out.set("key", to_hex(envelope.key)).set("commitment", to_hex(envelope.commitment));
  out.set("box", to_base64(envelope.box));
  return out;
}

Result<std::vector<EnvelopeFile>> read_envelopes(std::string_view text) {
  const Json json = TZ_TRY(parse_json(text));
  std::vector<EnvelopeFile> out;
  const Json* several = json.find("envelopes");
  if (several == nullptr) {
    out.push_back(TZ_TRY(read_one(json)));
    return out;
  }
  if (several->as_array() == nullptr || several->as_array()->empty() ||
      several->as_array()->size() > kEnvelopesMax)
    return bad_file("envelopes");
  for (const Json& one : *several->as_array()) out.push_back(TZ_TRY(read_one(one)));
  return out;
}

}  // namespace tz::access
