// Making a key and a certificate with OpenSSL.
#include "http/self_signed.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

#include "base/file.h"
#include "base/freed_by.h"

namespace tz::http {
namespace {

using Key = std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, FreedBy<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, FreedBy<X509_EXTENSION_free>>;
using Memory = std::unique_ptr<BIO, FreedBy<BIO_free_all>>;

constexpr std::int64_t kDays = 825;

Error failed() { return failure("certificate_failed"); }

bool is_address(const std::string& name) {
  return name.find(':') != std::string::npos ||
         name.find_first_not_of("0123456789.") == std::string::npos;
}

bool plain(const std::string& name) {
  return !name.empty() && name.size() <= 253 &&
         name.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
             ".-:*") == std::string::npos;
}

Outcome add_extension(X509* certificate, int what, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str()));
  if (!extension || X509_add_ext(certificate, extension.get(), -1) != 1) return failed();
  return Done{};
}

Outcome describe(X509* certificate, const std::vector<std::string>& names, Instant now) {
  std::uint64_t serial = 0;
  if (RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1) return failed();
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1);
  X509_set_version(certificate, X509_VERSION_3);
  const std::int64_t from = now.us / 1'000'000 - 3600;
  ASN1_TIME_set(X509_getm_notBefore(certificate), from);
  ASN1_TIME_set(X509_getm_notAfter(certificate), from + kDays * 86'400);
  X509_NAME* subject = X509_get_subject_name(certificate);
  const std::string common = names.front().substr(0, 64);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate, subject);
  std::string alternatives;
  for (const std::string& name : names)
    alternatives +=
        (alternatives.empty() ? "" : ",") + std::string(is_address(name) ? "IP:" : "DNS:") + name;
  TZ_TRY(add_extension(certificate, NID_subject_alt_name, alternatives));
  TZ_TRY(add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE"));
  return add_extension(certificate, NID_ext_key_usage, "serverAuth");
}

Outcome write_pem(const NewFile& file, const Memory& memory) {
  char* bytes = nullptr;
  const long count = BIO_get_mem_data(memory.get(), &bytes);
  if (count <= 0) return failed();
  return write_file(file, as_bytes({bytes, static_cast<std::size_t>(count)}));
}

}  // namespace

Outcome make_self_signed(const SelfSigned& wanted) {
  std::vector<std::string> names = wanted.names;
  if (names.empty()) names = {"localhost", "127.0.0.1", "::1"};
  for (const std::string& name : names)
    if (!plain(name)) return refusal("certificate_name_bad", {{"name", name}});
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate(X509_new());
  if (!key || !certificate) return failed();
  TZ_TRY(describe(certificate.get(), names, wanted.now));
  if (X509_set_pubkey(certificate.get(), key.get()) != 1 ||
      X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0)
    return failed();
  const Memory key_pem(BIO_new(BIO_s_mem()));
  const Memory cert_pem(BIO_new(BIO_s_mem()));
  if (!key_pem || !cert_pem ||
      PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) !=
          1 ||
      PEM_write_bio_X509(cert_pem.get(), certificate.get()) != 1)
    return failed();
  TZ_TRY(write_pem({wanted.key_path, 0600}, key_pem));
  return write_pem({wanted.cert_path, 0644}, cert_pem);
}

}  // namespace tz::http
