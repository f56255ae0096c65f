// Through libcurl, with everything switched off that is not asked for.
#include "http/outgoing.h"

#include <curl/curl.h>

#include <memory>
#include <string_view>

namespace tz::http {
namespace {

constexpr long kConnectMsMax = 5'000;

struct Released {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};

std::size_t keep(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  if (body.size() + size * count > Outgoing::kBodyBytesMax) return 0;  // ends the transfer
  body.append(bytes, size * count);
  return size * count;
}

void set_limits(CURL* curl) {
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, Outgoing::kMsMax);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectMsMax);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
}

}  // namespace

Outgoing::Outgoing(std::string ca_file) : ca_file_(std::move(ca_file)) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
}

Outgoing::~Outgoing() { curl_global_cleanup(); }

Result<OutgoingAnswer> Outgoing::ask(const OutgoingRequest& request) const {
  const std::unique_ptr<CURL, Released> handle(curl_easy_init());
  CURL* curl = handle.get();
  if (curl == nullptr) return failure("out_of_memory");
  OutgoingAnswer answer;
  set_limits(curl);
  curl_easy_setopt(curl, CURLOPT_URL, request.address.c_str());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &keep);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
  if (!ca_file_.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file_.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  if (!request.form.empty()) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.form.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.form.c_str());
  }
  if (!request.name.empty()) {
    curl_easy_setopt(curl, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    curl_easy_setopt(curl, CURLOPT_USERNAME, request.name.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, request.secret.c_str());
  }
  const CURLcode done = curl_easy_perform(curl);
  if (done != CURLE_OK)
    return failure("identity_provider_away", {{"why", curl_easy_strerror(done)}});
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<unsigned>(status);
  return answer;
}

std::string percent_encoded(const std::string& text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 15U];
    }
  }
  return out;
}

}  // namespace tz::http
