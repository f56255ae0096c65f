// Codings and types as browsers, curl and stranger programs name them.
#include "http/accept.h"

#include <gtest/gtest.h>

namespace tz::http {
namespace {

TEST(AcceptEncoding, NamesGzip) {
  for (const char* text : {"gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8, *;q=0.1", "GZip",
                           "deflate,\tgzip ; q=0.001", "gzip;x=1"})
    EXPECT_TRUE(takes_gzip(text)) << text;
}

TEST(AcceptEncoding, RefusesGzip) {
  for (const char* text : {"", "identity", "*", "gzip;q=0", "br, gzip ;Q=0.000", "x-gzip",
                           "gzipped", "q=1;gzip", ",,;,"})
    EXPECT_FALSE(takes_gzip(text)) << text;
}

TEST(Accept, ABrowserAsksForAPageAndAProgramDoesNot) {
  for (const char* text :
       {"text/html", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "application/json;q=0.5, Text/HTML;q=0.1"})
    EXPECT_TRUE(asks_for_page(text)) << text;
  for (const char* text : {"", "*/*", "text/*", "application/json", "text/html;q=0", "text/htmlx"})
    EXPECT_FALSE(asks_for_page(text)) << text;
}

}  // namespace
}  // namespace tz::http
