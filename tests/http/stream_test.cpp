// Server-sent events: what is recorded comes by itself, and only to those who may see it.
#include <gtest/gtest.h>

#include "http/browser.h"

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

TEST(Stream, OneAccountTakesNobodyElsesPlace) {
  http::ServerOptions options;
  options.door.streams_of_account = 1;
  Served served(options);
  Wire first(served.server->port());
  first.send(stream_request(served, "supervisor"));
  first.read_until("event: position");
  Wire second(served.server->port());
  second.send(stream_request(served, "supervisor"));
  const Reply refused = second.read_reply();
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(refused.code(), "streams_of_account_full");
  Wire others(served.server->port());
  others.send(stream_request(served, "recorder"));
  EXPECT_NE(others.read_until("event: position"), "");
}

// What opened it opens nothing more.
TEST(Stream, EndsWithItsSession) {
  Served served;
  Browser browser(served);
  ASSERT_EQ(browser.sign_in("supervisor").status, 200U);
  Wire wire(served.server->port());
  wire.send(request_bytes({"GET", "/api/v1/stream", "", {"Cookie: " + browser.cookie()}}));
  wire.read_until("}\n\n");
  ASSERT_EQ(browser.send("DELETE", "/api/v1/session", "/api/v1/session").status, 204U);
  served.ledger->open_problem("900101001001", "x");
  EXPECT_TRUE(wire.closes()) << "and tells nothing more";
}

void store(Served& served, std::optional<access::Change> change) {
  ASSERT_TRUE(change.has_value());
  const auto stored = served.ledger->engine->submit_and_wait({{}, {}, {}, {*std::move(change)}});
  ASSERT_TRUE(stored.ok()) << stored.error().code;
}

TEST(Stream, EndsWithItsToken) {
  Served served;
  access::Accounts& accounts = served.ledger->accounts;
  Wire wire(served.server->port());
  wire.send(stream_request(served, "supervisor"));
  wire.read_until("}\n\n");
  for (const access::Token& token : accounts.tokens_of(served.ledger->account("supervisor")))
    store(served, accounts.end_token(token.key));
  served.ledger->open_problem("900101001001", "x");
  EXPECT_TRUE(wire.closes());
}

TEST(Stream, EndsWithItsAccount) {
  Served served;
  Wire wire(served.server->port());
  wire.send(stream_request(served, "supervisor"));
  wire.read_until("}\n\n");
  const auto id = served.ledger->account("supervisor");
  store(served, *served.ledger->accounts.set_disabled(id, true));
  served.ledger->open_problem("900101001001", "x");
  EXPECT_TRUE(wire.closes());
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
