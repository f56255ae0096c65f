// Signatures by the vectors of RFC 7515 and RFC 8037; then every claim, wrong one at a time.
#include "access/id_token.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "access/discovery.h"
#include "access/secret_text.h"
#include "base/json.h"

namespace tz::access {
namespace {

constexpr std::string_view kRsa =
    R"({"keys":[{"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9)"
    R"(k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG)"
    R"(6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEM)"
    R"(a2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9)"
    R"(iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}]})";
constexpr std::string_view kRsaSignature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5"
    "jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb"
    "1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QO"
    "YEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
constexpr std::string_view kP256 =
    R"({"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";
constexpr std::string_view kP256Signature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
constexpr std::string_view kEd25519 =
    R"({"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})";
constexpr std::string_view kEd25519Signature =
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
constexpr std::string_view kPayload =
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnV"
    "lfQ";

ProviderKey key_of(std::string_view json) {
  auto keys = read_provider_keys(json);
  EXPECT_TRUE(keys.ok());
  EXPECT_EQ(keys->size(), 1U);
  return keys->at(0);
}

bool holds(std::string_view keys, std::string_view algorithm, const std::string& text,
           std::string_view signature) {
  const auto bytes = from_base64url(signature);
  EXPECT_TRUE(bytes.ok());
  return signed_by(key_of(keys), {algorithm, text, *bytes});
}

TEST(ProviderKeys, AcceptTheVectorsOfRfc7515AndRfc8037) {
  const std::string rsa = "eyJhbGciOiJSUzI1NiJ9" + std::string(kPayload);
  const std::string p256 = "eyJhbGciOiJFUzI1NiJ9" + std::string(kPayload);
  const std::string ed25519 = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
  EXPECT_TRUE(holds(kRsa, "RS256", rsa, kRsaSignature));
  EXPECT_TRUE(holds(kP256, "ES256", p256, kP256Signature));
  EXPECT_TRUE(holds(kEd25519, "EdDSA", ed25519, kEd25519Signature));
  EXPECT_FALSE(holds(kRsa, "RS256", rsa + "x", kRsaSignature));
  EXPECT_FALSE(holds(kP256, "ES256", p256 + "x", kP256Signature));
  EXPECT_FALSE(holds(kEd25519, "EdDSA", ed25519 + "x", kEd25519Signature));
  // Another name is another algorithm, whatever the signature.
  for (const char* other : {"none", "HS256", "RS512", "PS256", "ES256", "EdDSA", ""})
    EXPECT_FALSE(holds(kRsa, other, rsa, kRsaSignature)) << other;
}

TEST(ProviderKeys, PassesOverWhatItCannotUse) {
  const auto keys = read_provider_keys(
      R"({"keys":[{"kty":"oct","k":"AA"},{"kty":"RSA","n":"AQAB","e":"AQAB"},)"
      R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
      R"("y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"},3,)"
      R"({"kty":"OKP","crv":"Ed25519","use":"enc",)"
      R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})");
  ASSERT_TRUE(keys.ok());
  EXPECT_TRUE(keys->empty());
  EXPECT_FALSE(read_provider_keys("[]").ok());
}

// A provider of the test's own.
class Tokens : public testing::Test {
 protected:
  void SetUp() override {
    const Bytes seed(32, 7);
    key_.reset(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()),
               EVP_PKEY_free);
    Bytes shown(32);
    std::size_t size = shown.size();
    ASSERT_EQ(EVP_PKEY_get_raw_public_key(key_.get(), shown.data(), &size), 1);
    auto keys = read_provider_keys(R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a","x":")" +
                                   to_base64url(shown) + "\"}]}");
    ASSERT_TRUE(keys.ok());
    keys_ = *keys;
  }

  std::string token(const std::string& head, const std::string& claims) {
    std::string text = to_base64url(as_bytes(head)) + "." + to_base64url(as_bytes(claims));
    Bytes signature(64);
    std::size_t size = signature.size();
    const std::shared_ptr<EVP_MD_CTX> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EXPECT_EQ(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()), 1);
    const BytesView bytes = as_bytes(text);
    EXPECT_EQ(EVP_DigestSign(context.get(), signature.data(), &size, bytes.data(), bytes.size()),
              1);
    return text + "." + to_base64url(signature);
  }

  // "ok" and the subject, or the code and why.
  std::string said(const std::string& text) {
    const TokenExpected expected{"https://id.example", "ledger", "n", Instant{1'000'000'000}};
    const auto read = read_id_token(text, keys_, expected);
    if (read.ok()) return "ok " + *read;
    std::string out = read.error().code;
    for (const auto& [name, value] : read.error().facts) out += " " + value;
    return out;
  }

  std::string said_of(const std::string& claims) { return said(token(kHead, claims)); }

  static constexpr const char* kHead = R"({"alg":"EdDSA","kid":"a"})";
  std::shared_ptr<EVP_PKEY> key_;
  std::vector<ProviderKey> keys_;
};

std::string claims(const std::string& changed = "", const std::string& value = "") {
  std::string out;
  const std::pair<const char*, const char*> all[] = {{"iss", "\"https://id.example\""},
                                                     {"sub", "\"li-1\""},
                                                     {"aud", "\"ledger\""},
                                                     {"exp", "1060"},
                                                     {"iat", "1000"},
                                                     {"nonce", "\"n\""}};
  for (const auto& [name, usual] : all) {
    const std::string one = name == changed ? value : usual;
    if (!one.empty()) out += (out.empty() ? "" : ",") + ("\"" + std::string(name)) + "\":" + one;
  }
  return "{" + out + "}";
}

TEST_F(Tokens, GivesTheSubject) {
  EXPECT_EQ(said_of(claims()), "ok li-1");
  EXPECT_EQ(said_of(claims("aud", R"(["ledger"])")), "ok li-1");
  EXPECT_EQ(said_of(claims("aud", R"(["other","ledger"],"azp":"ledger")")), "ok li-1");
}

TEST_F(Tokens, RefusesEachClaimThatIsWrongOrMissing) {
  const std::pair<const char*, const char*> wrong[] = {{"iss", "\"https://id.example/\""},
                                                       {"iss", ""},
                                                       {"aud", "\"other\""},
                                                       {"aud", R"(["other","ledger"])"},
                                                       {"aud", R"("ledger","azp":"other")"},
                                                       {"aud", ""},
                                                       {"exp", "940"},
                                                       {"exp", "\"1060\""},
                                                       {"exp", ""},
                                                       {"iat", "1061"},
                                                       {"iat", ""},
                                                       {"sub", "\"\""},
                                                       {"sub", "7"},
                                                       {"sub", ""}};
  for (const auto& [name, value] : wrong)
    EXPECT_EQ(said_of(claims(name, value)).substr(0, 18), "identity_token_bad") << name << value;
  EXPECT_EQ(said_of(claims("exp", "941")), "ok li-1");
  EXPECT_EQ(said_of(claims("iat", "1060")), "ok li-1");
  EXPECT_EQ(said_of(claims("nonce", "\"m\"")), "identity_nonce_wrong");
  EXPECT_EQ(said_of(claims("nonce", "")), "identity_nonce_wrong");
}

TEST_F(Tokens, RefusesWhatIsNotSignedByTheService) {
  const std::string good = token(kHead, claims());
  EXPECT_EQ(said(token(R"({"alg":"EdDSA","kid":"b"})", claims())), "identity_key_unknown");
  EXPECT_EQ(said(token(R"({"alg":"none"})", claims())), "identity_signature_bad");
  EXPECT_EQ(said(token(R"({"alg":"HS256","kid":"a"})", claims())), "identity_signature_bad");
  EXPECT_EQ(said(good.substr(0, good.rfind('.') + 1)), "identity_signature_bad");
  EXPECT_EQ(said(token(R"({"alg":"EdDSA","crit":["x"]})", claims())), "identity_token_bad form");
  EXPECT_EQ(said("a.b"), "identity_token_bad form");
  EXPECT_EQ(said(good + ".x"), "identity_token_bad form");
  EXPECT_EQ(said(std::string(kIdTokenBytesMax + 1, 'a')), "identity_token_bad form");
}

TEST(Discovery, LeadsNowhereElse) {
  const auto read = [](const std::string& base, const std::string& issuer) {
    const auto out = read_discovery(R"({"issuer":")" + issuer + R"(","authorization_endpoint":")" +
                                        base + R"(/auth","token_endpoint":")" + base +
                                        R"(/token","jwks_uri":")" + base + "/keys\"}",
                                    issuer);
    return out.ok() ? out->token : out.error().code;
  };
  EXPECT_EQ(read("https://a.example", "https://a.example"), "https://a.example/token");
  EXPECT_EQ(read("https://b.example", "https://a.example"), "https://b.example/token");
  EXPECT_EQ(read("http://127.0.0.1:9", "http://127.0.0.1:9"), "http://127.0.0.1:9/token");
  for (const char* base : {"http://a.example", "file:///etc", "https://u@a.example", "https://",
                           "https://a.example/#", "gopher://a.example"})
    EXPECT_EQ(read(base, "https://a.example"), "identity_answer_bad") << base;
  EXPECT_EQ(read("http://127.0.0.1:8", "http://127.0.0.1:9"), "identity_answer_bad");
  EXPECT_FALSE(read_discovery(R"({"issuer":"https://b.example"})", "https://a.example").ok());
  EXPECT_FALSE(read_token_answer("{}").ok());
}

}  // namespace
}  // namespace tz::access
