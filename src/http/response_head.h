// The head of an answer as the bytes that go over the wire.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "http/message.h"

namespace tz::http {

// "Sun, 08 Sep 2019 01:30:00 GMT" (RFC 9110, 5.6.7).
std::string http_date(Instant at);

struct Framing {
  bool keep_alive = true;  // else the connection is closed after the answer
  std::string date;
};

// Status line, headers and the blank line. A stream's body has no length and ends with the
// connection. Needs header values without line ends: a bug if there is one.
std::string response_head(const Response& response, const Framing& framing);

}  // namespace tz::http
