// Who is calling: from the session's cookie or the bearer token of a request.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/accounts.h"
#include "base/result.h"
#include "base/time.h"
#include "http/message.h"

namespace tz::http {

constexpr std::string_view kSessionCookie = "tz_session";

struct Caller {
  AccountId account;
  // Set when it came with a cookie; else it came with a token.
  std::optional<access::Session> session;
  std::string cookie;
  std::string scope = "all";  // of its token
  Hash token{};               // its key; zeros where it came with a cookie
};
// Whether what he came with still opens anything.
bool still_holds(const Caller& caller, const access::Accounts& accounts, Instant now);

// Of several cookies of that name none is believed: one of them was set by somebody else.
std::optional<std::string> cookie_of(const Request& request, std::string_view name);

// None for a request that names nobody, or a session that has ended. Refuses `token_unknown`. A
// token goes before a cookie. A page that asks while nobody is at it says so in X-Unattended, and
// so does the stream by its nature: neither keeps a session from becoming idle. Any thread.
Result<std::optional<Caller>> caller_of(const Request& request, access::Accounts& accounts,
                                        Instant now);

// A change by a browser must bring the session's secret in X-CSRF-Token: no foreign page knows it.
// Refuses `csrf_wrong`.
Outcome check_csrf(const Request& request, const Caller& caller);
// A form without a session must come from a page of this site, as far as the browser says where it
// comes from (Sec-Fetch-Site, or Origin where that is not sent; our own pages have Origin "null",
// because they send no referrer). Refuses `form_foreign`.
Outcome check_form_origin(const Request& request);

}  // namespace tz::http
