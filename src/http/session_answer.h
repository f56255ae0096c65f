// What answers about sign-ins share: the session, its cookie, the account.
#pragma once

#include <optional>
#include <string>

#include "access/totp.h"
#include "http/call.h"

namespace tz::http {

// {account, csrf, step, posts}; the posts are told once the sign-in is finished.
Json session_json(const Call& call, const access::Session& session);
std::string cookie_header(const Call& call, const std::string& value);
// The session and its cookie.
Response session_response(const Call& call, const access::SignIn& sign_in);
// {name, second_factor, second_factor_due, recovery_codes, password}
Json account_json(const Call& call);
// Whether a post that the account holds today asks for a second factor.
bool second_factor_due(const Call& call, AccountId account);

}  // namespace tz::http
