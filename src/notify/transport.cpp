// Through libcurl, with everything switched off that is not asked for.
#include "notify/transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>

#include "notify/compose.h"

namespace tz::notify {
namespace {

constexpr long kConnectMsMax = 10'000;

struct Released {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, Released>;
using List = std::unique_ptr<curl_slist, Released>;

List appended(List list, const std::string& text) {
  curl_slist* longer = curl_slist_append(list.get(), text.c_str());
  if (longer == nullptr) return nullptr;
  (void)list.release();
  return List(longer);
}

struct Reading {
  std::string_view rest;
};
std::size_t give(char* into, std::size_t size, std::size_t count, void* from) {
  auto& reading = *static_cast<Reading*>(from);
  const std::size_t bytes = std::min(size * count, reading.rest.size());
  std::memcpy(into, reading.rest.data(), bytes);
  reading.rest.remove_prefix(bytes);
  return bytes;
}

// What the other side says back is nobody's concern.
std::size_t pass_over(char*, std::size_t size, std::size_t count, void*) { return size * count; }

int stop_if_asked(void* stopping, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return *static_cast<const std::atomic<bool>*>(stopping) ? 1 : 0;
}

Handle new_handle(const std::string& ca_file, const std::atomic<bool>& stopping) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  Handle handle(curl_easy_init());
  CURL* curl = handle.get();
  if (curl == nullptr) return handle;
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, kTransportMsMax);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectMsMax);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &pass_over);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &stop_if_asked);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA,
                   const_cast<std::atomic<bool>*>(&stopping));  // libcurl's data are not const
  if (!ca_file.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  return handle;
}

Facts facts_of(CURLcode done, long status) {
  Facts facts{{"why", curl_easy_strerror(done)}};
  if (status != 0) facts.emplace_back("status", std::to_string(status));
  return facts;
}

// A mail server says 5xx where repeating the same mail is of no use. What it says of itself (the
// password, TLS) may be mended by tomorrow.
Error mail_error(CURLcode done, long status) {
  const bool for_good = status >= 550 && status < 560 && done != CURLE_LOGIN_DENIED;
  if (for_good) return refusal("letter_refused", facts_of(done, status));
  return failure("letter_away", facts_of(done, status));
}

}  // namespace

Outcome send_mail(const MailServer& server, const std::string& to, const std::string& mail,
                  const std::atomic<bool>& stopping) {
  const Handle handle = new_handle(server.ca_file, stopping);
  CURL* curl = handle.get();
  List recipients = appended(nullptr, "<" + to + ">");
  if (curl == nullptr || recipients == nullptr) return failure("out_of_memory");
  const std::string scheme = server.security == Security::Tls ? "smtps://" : "smtp://";
  const std::string address = scheme + server.host + ":" + std::to_string(server.port);
  const std::string from = "<" + server.from + ">";
  Reading reading{mail};
  curl_easy_setopt(curl, CURLOPT_URL, address.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(
      curl, CURLOPT_USE_SSL,
      static_cast<long>(server.security == Security::None ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  if (!server.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, &give);
  curl_easy_setopt(curl, CURLOPT_READDATA, &reading);
  const CURLcode done = curl_easy_perform(curl);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if (done == CURLE_OK) return Done{};
  return mail_error(done, status);
}

Outcome call_gateway(const Gateway& gateway, const GatewayCall& call,
                     const std::atomic<bool>& stopping) {
  const Handle handle = new_handle(gateway.ca_file, stopping);
  CURL* curl = handle.get();
  List heads;
  for (const std::string& head :
       {std::string("Content-Type: application/json"), "X-Taizhang-Id: " + call.id,
        "X-Taizhang-Timestamp: " + call.timestamp,
        "X-Taizhang-Signature: " + signature(gateway.secret, call.timestamp, call.body)}) {
    heads = appended(std::move(heads), head);
    if (heads == nullptr) return failure("out_of_memory");
  }
  if (curl == nullptr) return failure("out_of_memory");
  curl_easy_setopt(curl, CURLOPT_URL, gateway.address.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, heads.get());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call.body.c_str());
  const CURLcode done = curl_easy_perform(curl);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if (done != CURLE_OK) return failure("letter_away", facts_of(done, status));
  if (status >= 200 && status < 300) return Done{};
  // What it does not understand it will not understand tomorrow; but it may be busy, or its own
  // secret may not be set yet.
  const bool for_good = status == 400 || status == 410 || status == 422;
  const Facts facts{{"why", "status"}, {"status", std::to_string(status)}};
  return for_good ? refusal("letter_refused", facts) : failure("letter_away", facts);
}

}  // namespace tz::notify
