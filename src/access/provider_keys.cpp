// Keys become OpenSSL's, once; signatures are checked through EVP.
#include "access/provider_keys.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <optional>

#include "access/secret_text.h"
#include "base/freed_by.h"
#include "base/json.h"

namespace tz::access {
namespace {

constexpr std::size_t kRsaBytesMin = 256;
constexpr std::size_t kRsaBytesMax = 1024;
constexpr std::size_t kCoordinateBytes = 32;

using Number = std::unique_ptr<BIGNUM, FreedBy<BN_free>>;
using Key = std::shared_ptr<EVP_PKEY>;

Number number(BytesView bytes) {
  return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

// Null where OpenSSL finds the parameters unsound.
Key made(const char* kind, OSSL_PARAM_BLD* builder) {
  const std::unique_ptr<OSSL_PARAM, FreedBy<OSSL_PARAM_free>> params(
      OSSL_PARAM_BLD_to_param(builder));
  const std::unique_ptr<EVP_PKEY_CTX, FreedBy<EVP_PKEY_CTX_free>> context(
      EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
    return nullptr;
  Key out(key, EVP_PKEY_free);
  const std::unique_ptr<EVP_PKEY_CTX, FreedBy<EVP_PKEY_CTX_free>> check(
      EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  return check && EVP_PKEY_public_check(check.get()) == 1 ? out : nullptr;
}

using Builder = std::unique_ptr<OSSL_PARAM_BLD, FreedBy<OSSL_PARAM_BLD_free>>;

std::optional<Bytes> member_bytes(const Json& key, std::string_view name) {
  const Json* member = key.find(name);
  if (member == nullptr || member->as_text() == nullptr) return std::nullopt;
  auto bytes = from_base64url(*member->as_text());
  if (!bytes.ok()) return std::nullopt;
  return *std::move(bytes);
}

Key rsa_key(const Json& key) {
  const auto n = member_bytes(key, "n");
  const auto e = member_bytes(key, "e");
  if (!n || !e || n->size() < kRsaBytesMin || n->size() > kRsaBytesMax || e->empty() ||
      e->size() > 8 || (n->front() & 0x80) == 0)
    return nullptr;
  const Number modulus = number(*n);
  const Number exponent = number(*e);
  const Builder builder(OSSL_PARAM_BLD_new());
  if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1)
    return nullptr;
  return made("RSA", builder.get());
}

Key p256_key(const Json& key) {
  const auto x = member_bytes(key, "x");
  const auto y = member_bytes(key, "y");
  if (!x || !y || x->size() != kCoordinateBytes || y->size() != kCoordinateBytes) return nullptr;
  Bytes point{4};  // not compressed
  point.insert(point.end(), x->begin(), x->end());
  point.insert(point.end(), y->begin(), y->end());
  const Builder builder(OSSL_PARAM_BLD_new());
  if (OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) !=
          1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) != 1)
    return nullptr;
  return made("EC", builder.get());
}

Key ed25519_key(const Json& key) {
  const auto x = member_bytes(key, "x");
  if (!x || x->size() != 32) return nullptr;
  return {EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, x->data(), x->size()),
          EVP_PKEY_free};
}

std::string text_of(const Json& key, std::string_view name) {
  const Json* member = key.find(name);
  return member == nullptr || member->as_text() == nullptr ? "" : *member->as_text();
}

std::optional<ProviderKey> key_of(const Json& json) {
  const std::string use = text_of(json, "use");
  if (!use.empty() && use != "sig") return std::nullopt;
  ProviderKey out{text_of(json, "kid"), text_of(json, "alg"), KeyKind::Rsa, nullptr};
  const std::string kind = text_of(json, "kty");
  const std::string curve = text_of(json, "crv");
  if (kind == "RSA") {
    out.key = rsa_key(json);
  } else if (kind == "EC" && curve == "P-256") {
    out.kind = KeyKind::P256;
    out.key = p256_key(json);
  } else if (kind == "OKP" && curve == "Ed25519") {
    out.kind = KeyKind::Ed25519;
    out.key = ed25519_key(json);
  }
  if (!out.key) return std::nullopt;
  return out;
}

// ES256 signs as two numbers of 32 bytes; OpenSSL takes them in DER.
std::optional<Bytes> der_of(BytesView signature) {
  if (signature.size() != 2 * kCoordinateBytes) return std::nullopt;
  const std::unique_ptr<ECDSA_SIG, FreedBy<ECDSA_SIG_free>> pair(ECDSA_SIG_new());
  Number r = number(signature.first(kCoordinateBytes));
  Number s = number(signature.subspan(kCoordinateBytes));
  if (!pair || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return std::nullopt;
  (void)r.release();  // the pair's own now
  (void)s.release();
  const int size = i2d_ECDSA_SIG(pair.get(), nullptr);
  if (size <= 0) return std::nullopt;
  Bytes out(static_cast<std::size_t>(size));
  std::uint8_t* at = out.data();
  i2d_ECDSA_SIG(pair.get(), &at);
  return out;
}

bool verifies(const ProviderKey& key, const Signed& what, BytesView signature) {
  const std::unique_ptr<EVP_MD_CTX, FreedBy<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* pkey = nullptr;
  const EVP_MD* digest = key.kind == KeyKind::Ed25519 ? nullptr : EVP_sha256();
  if (!context || EVP_DigestVerifyInit(context.get(), &pkey, digest, nullptr, key.key.get()) != 1)
    return false;
  if (what.algorithm == "PS256" &&
      (EVP_PKEY_CTX_set_rsa_padding(pkey, RSA_PKCS1_PSS_PADDING) != 1 ||
       EVP_PKEY_CTX_set_rsa_pss_saltlen(pkey, RSA_PSS_SALTLEN_DIGEST) != 1))
    return false;
  const BytesView text = as_bytes(what.text);
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), text.data(),
                          text.size()) == 1;
}

}  // namespace

Result<std::vector<ProviderKey>> read_provider_keys(std::string_view json) {
  const auto set = parse_json(json);
  const Json* keys = set.ok() ? set->find("keys") : nullptr;
  if (keys == nullptr || keys->as_array() == nullptr || keys->as_array()->size() > kProviderKeysMax)
    return refusal("identity_answer_bad", {{"what", "keys"}});
  std::vector<ProviderKey> out;
  for (const Json& each : *keys->as_array())
    if (auto key = key_of(each)) out.push_back(*std::move(key));
  return out;
}

bool signed_by(const ProviderKey& key, const Signed& what) {
  if (!key.algorithm.empty() && key.algorithm != what.algorithm) return false;
  switch (key.kind) {
    case KeyKind::Rsa:
      return (what.algorithm == "RS256" || what.algorithm == "PS256") &&
             verifies(key, what, what.signature);
    case KeyKind::P256: {
      if (what.algorithm != "ES256") return false;
      const auto der = der_of(what.signature);
      return der && verifies(key, what, *der);
    }
    case KeyKind::Ed25519:
      return what.algorithm == "EdDSA" && verifies(key, what, what.signature);
  }
  return false;
}

}  // namespace tz::access
