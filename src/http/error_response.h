// The one map from an error's code to HTTP: its status and its application/problem+json.
#pragma once

#include <string_view>

#include "base/error.h"
#include "base/json.h"
#include "base/message.h"
#include "http/message.h"

namespace tz::http {

// A resource that the path names and that is not there is 404; the same code with the fact "field"
// says that the body named it: 400. What is not in the map: a refusal is 409, a failure 500.
unsigned status_of(const Error& error);
std::string_view reason_phrase(unsigned status);

// The same error as one about what the body named there.
Error named_in_body(Error error, std::string_view field);

// {type, title, status, code, detail, facts, request_id} and the members of `more`. Of a failure
// the code is told and no fact: those are for the log.
Response problem(const Error& error, const Messages& messages, std::string_view request_id,
                 const Json& more = {});

}  // namespace tz::http
