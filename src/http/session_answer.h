// What answers about sign-ins share: the session, its cookie, the account.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "access/totp.h"
#include "http/call.h"

namespace tz::http {

// {account, csrf, step, posts}; the posts are told once the sign-in is finished.
Json session_json(const Call& call, const access::Session& session);
std::string cookie_header(const Call& call, const std::string& value);
// The session is answered once it is stored, by `answer`; rows of sessions long ended go with it.
struct OpenedSession {
  access::SignIn sign_in;
  std::vector<access::Change> changes;
  std::function<Response(const Call& call, const access::SignIn& sign_in)> answer;
};
void store_session(const CallRef& call, const Reply& reply, OpenedSession opened);
// What a browser calls itself; empty where it says nothing.
std::string browser_of(const Request& request);
// The session and its cookie.
Response session_response(const Call& call, const access::SignIn& sign_in);
// {name, second_factor, second_factor_due, recovery_codes, identity, password}
Json account_json(const Call& call);
// Whether a post that the account holds today asks for a second factor.
bool second_factor_due(const Call& call, AccountId account);

}  // namespace tz::http
