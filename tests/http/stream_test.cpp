// Server-sent events: what is recorded comes by itself, and only to those who may see it.
#include <gtest/gtest.h>

#include "http/client.h"

namespace tz::http_test {
namespace {

std::string stream_request(Served& served, const std::string& person,
                           const std::string& last = {}) {
  Ask ask{"GET", "/api/v1/stream", "", {"Authorization: Bearer " + served.ledger->token(person)}};
  if (!last.empty()) ask.headers.push_back("Last-Event-ID: " + last);
  return request_bytes(ask);
}

TEST(Stream, TellsOfRecordsInSightAndOfThePosition) {
  Served served;
  Wire inside(served.server->port());
  inside.send(stream_request(served, "supervisor"));
  const std::string head = inside.read_until("event: position");
  EXPECT_TRUE(head.starts_with("HTTP/1.1 200 OK"));
  EXPECT_NE(head.find("Content-Type: text/event-stream"), std::string::npos);
  EXPECT_EQ(head.find("Content-Length"), std::string::npos);
  Wire outside(served.server->port());
  outside.send(stream_request(served, "outsider"));
  outside.read_until("event: position");

  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "x"));
  const std::uint64_t size = served.ledger->engine->published().size;
  const std::string position = "\"size\":" + std::to_string(size);
  const std::string told = inside.read_until(position);
  EXPECT_NE(told.find("event: record"), std::string::npos) << told;
  EXPECT_NE(told.find("\"item\":\"" + no + "\",\"type\":\"item_opened\""), std::string::npos);
  EXPECT_NE(told.find("id: " + std::to_string(size)), std::string::npos);
  const std::string other = outside.read_until(position);
  EXPECT_NE(other.find(position), std::string::npos);
  EXPECT_EQ(other.find(no), std::string::npos);
}

TEST(Stream, GoesOnFromTheLastEvent) {
  Served served;
  const std::uint64_t before = served.ledger->engine->published().size;
  std::vector<std::string> numbers;
  for (int i = 0; i < 600; ++i)
    numbers.push_back(ledger::to_text(served.ledger->open_problem("900101001001", "x")));
  Wire wire(served.server->port());
  wire.send(stream_request(served, "supervisor", std::to_string(before)));
  const std::string told = wire.read_until("event: position");
  std::size_t at = 0;
  for (const std::string& no : numbers) {
    at = told.find(no, at);
    ASSERT_NE(at, std::string::npos) << no;
  }
  Wire ahead(served.server->port());
  ahead.send(stream_request(served, "supervisor", "99999999"));
  EXPECT_EQ(ahead.read_reply().code(), "query_bad");
}

TEST(Stream, NeedsAnAccountAndAPlace) {
  http::ServerOptions options;
  options.door.streams = 1;
  Served served(options);
  EXPECT_EQ(served.ask({"GET", "/api/v1/stream", "", {}}).status, 401U);
  {
    Wire first(served.server->port());
    first.send(stream_request(served, "supervisor"));
    first.read_until("event: position");
    Wire second(served.server->port());
    second.send(stream_request(served, "supervisor"));
    const Reply refused = second.read_reply();
    EXPECT_EQ(refused.status, 503U);
    EXPECT_EQ(refused.code(), "streams_full");
    EXPECT_EQ(refused.header("retry-after"), "1");
  }
}

TEST(Stream, EndsWhenTheServerStops) {
  Served served;
  Wire wire(served.server->port());
  wire.send(stream_request(served, "supervisor"));
  wire.read_until("}\n\n");
  served.server->stop();
  EXPECT_TRUE(wire.closes());
}

}  // namespace
}  // namespace tz::http_test
