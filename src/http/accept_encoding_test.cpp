// Codings as browsers, curl and stranger programs name them.
#include "http/accept_encoding.h"

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

}  // namespace
}  // namespace tz::http
