// Which codings and types of an answer the other side takes.
#pragma once

#include <string_view>

namespace tz::http {

// Whether an Accept-Encoding header (RFC 9110, 12.5.3) names gzip with a weight above zero. What is
// not understood does not count; "*" is not taken for gzip: plain is never wrong.
bool takes_gzip(std::string_view accept_encoding);

// Whether an Accept header (RFC 9110, 12.5.1) names text/html with a weight above zero, as that of
// a browser does where somebody typed an address. Programs send none, or "*/*".
bool asks_for_page(std::string_view accept);

}  // namespace tz::http
