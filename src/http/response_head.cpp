// Writing heads.
#include "http/response_head.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "http/error_response.h"

namespace tz::http {
namespace {

void add(std::string& out, std::string_view name, std::string_view value) {
  TZ_ASSERT(value.find_first_of("\r\n") == std::string_view::npos);
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

// What every answer says to browsers unless it says otherwise itself.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kSecure = {{
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
     "form-action 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
}};

void add_secure(std::string& out, const Response& response) {
  for (const auto& secure : kSecure) {
    const bool said = std::any_of(response.headers.begin(), response.headers.end(),
                                  [&](const auto& header) { return header.first == secure.first; });
    if (!said) add(out, secure.first, secure.second);
  }
  if (response.tls) add(out, "Strict-Transport-Security", "max-age=31536000");
}

std::string two_digits(std::int64_t number) { return std::to_string(100 + number).substr(1); }

}  // namespace

std::string http_date(Instant at) {
  constexpr std::array<const char*, 7> kWeekdays = {"Thu", "Fri", "Sat", "Sun",
                                                    "Mon", "Tue", "Wed"};  // from 1970-01-01
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Zone utc{"UTC", 0};
  const Day day = day_of(at, utc);
  const std::string text = to_text(day);  // 2019-09-08
  const std::int64_t seconds = (at.us - start_of(day, utc).us) / 1'000'000;
  const auto month = static_cast<std::size_t>((text[5] - '0') * 10 + (text[6] - '0') - 1);
  return std::string(kWeekdays[static_cast<std::size_t>(day.number % 7)]) + ", " +
         text.substr(8, 2) + " " + kMonths[month] + " " + text.substr(0, 4) + " " +
         two_digits(seconds / 3600) + ":" + two_digits(seconds / 60 % 60) + ":" +
         two_digits(seconds % 60) + " GMT";
}

std::string response_head(const Response& response, const Framing& framing) {
  std::string out;
  out.reserve(768);
  out += "HTTP/1.1 " + std::to_string(response.status) + " ";
  out += reason_phrase(response.status);
  out += "\r\n";
  add(out, "Date", framing.date);
  if (!response.content_type.empty()) add(out, "Content-Type", response.content_type);
  if (!response.stream && response.status != 204)
    add(out, "Content-Length", std::to_string(response.content().size()));
  for (const auto& [name, value] : response.headers) add(out, name, value);
  if (response.secured) add_secure(out, response);
  if (!framing.keep_alive) add(out, "Connection", "close");
  out += "\r\n";
  return out;
}

}  // namespace tz::http
