// Which codings of an answer the other side takes.
#pragma once

#include <string_view>

namespace tz::http {

// Whether an Accept-Encoding header (RFC 9110, 12.5.3) names gzip with a weight above zero. What is
// not understood does not count; "*" is not taken for gzip: plain is never wrong.
bool takes_gzip(std::string_view accept_encoding);

}  // namespace tz::http
