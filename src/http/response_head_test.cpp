// Heads as they go over the wire.
#include "http/response_head.h"

#include <gtest/gtest.h>

namespace tz::http {
namespace {

TEST(HttpDate, IsTheOneForm) {
  EXPECT_EQ(http_date(Instant{0}), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(http_date(*parse_instant("2019-09-08T09:30:05+08:00")),
            "Sun, 08 Sep 2019 01:30:05 GMT");
  EXPECT_EQ(http_date(*parse_instant("2024-02-29T23:59:59Z")), "Thu, 29 Feb 2024 23:59:59 GMT");
}

TEST(ResponseHead, HasLengthAndType) {
  Response response;
  response.body = "{}";
  response.headers.emplace_back("X-A", "b");
  EXPECT_EQ(response_head(response, {true, "now"}),
            "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Type: application/json\r\n"
            "Content-Length: 2\r\nX-A: b\r\n\r\n");
  response.status = 204;
  response.body.clear();
  response.content_type.clear();
  EXPECT_EQ(response_head(response, {false, "now"}),
            "HTTP/1.1 204 No Content\r\nDate: now\r\nX-A: b\r\nConnection: close\r\n\r\n");
}

TEST(ResponseHead, SaysToBrowsersWhatTheAnswerDoesNotSayItself) {
  Response response;
  response.secured = true;
  response.headers.emplace_back("Cache-Control", "public");
  const std::string plain = response_head(response, {true, "now"});
  EXPECT_NE(plain.find("\r\nX-Frame-Options: DENY\r\n"), std::string::npos);
  EXPECT_NE(plain.find("\r\nContent-Security-Policy: default-src 'none'; "), std::string::npos);
  EXPECT_NE(plain.find("\r\nCache-Control: public\r\n"), std::string::npos);
  EXPECT_EQ(plain.find("no-store"), std::string::npos);
  EXPECT_EQ(plain.find("Strict-Transport-Security"), std::string::npos);
  response.tls = true;
  EXPECT_NE(response_head(response, {true, "now"}).find("Strict-Transport-Security: max-age="),
            std::string::npos);
}

TEST(ResponseHead, OfAStreamHasNoLength) {
  Response response;
  response.content_type = "text/event-stream";
  response.stream = [](const std::shared_ptr<EventSink>&) {};
  EXPECT_EQ(response_head(response, {false, "now"}).find("Content-Length"), std::string::npos);
}

TEST(ResponseHeadDeathTest, NeverLetsALineEndIntoAHeader) {
  Response response;
  response.headers.emplace_back("X-A", "b\r\nSet-Cookie: c");
  EXPECT_DEATH(response_head(response, {true, "now"}), "bug");
}

}  // namespace
}  // namespace tz::http
