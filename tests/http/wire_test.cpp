// What comes over the wire that no good client sends, and the limits that hold against it.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "base/file.h"
#include "http/client.h"
#include "http/self_signed.h"

namespace tz::http_test {
namespace {

Reply raw(Served& served, std::string_view bytes) {
  Wire wire(served.server->port());
  wire.send(bytes);
  return wire.read_reply();
}

TEST(Malformed, IsRefusedAndTheConnectionEnds) {
  Served served;
  struct Case {
    const char* bytes;
    unsigned status;
    const char* code;
  };
  const Case cases[] = {
      {"nonsense\r\n\r\n", 400, "request_malformed"},
      {"GET / HTTP/2.0\r\nHost: x\r\n\r\n", 400, "request_malformed"},
      {"GET /healthz HTTP/1.1\r\n\r\n", 400, "header_missing"},
      {"GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400, "header_twice"},
      {"GET /healthz HTTP/1.1\r\nHost: x\r\nAuthorization: a\r\nAuthorization: b\r\n\r\n", 400,
       "header_twice"},
      {"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: "
       "2\r\n\r\n{}",
       400, "header_twice"},
      {"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: "
       "3\r\n\r\n{} ",
       400, "request_malformed"},
      {"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: "
       "chunked\r\n\r\n0\r\n\r\n",
       400, "request_malformed"},
      {"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, "
       "chunked\r\n\r\n0\r\n\r\n",
       400, "request_malformed"},
      {"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n{}", 400,
       "request_malformed"},
      {"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400,
       "request_malformed"},
      {"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400,
       "request_malformed"},
      {"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400, "request_malformed"},
  };
  for (const Case& each : cases) {
    Wire wire(served.server->port());
    wire.send(each.bytes);
    const Reply reply = wire.read_reply();
    EXPECT_EQ(reply.status, each.status) << each.bytes << reply.body;
    EXPECT_EQ(reply.code(), each.code) << each.bytes << reply.body;
    EXPECT_TRUE(reply.closed) << each.bytes;
    EXPECT_TRUE(wire.closes()) << each.bytes;
  }
}

TEST(Target, IsReadStrictly) {
  Served served;
  struct Case {
    const char* target;
    unsigned status;
  };
  const Case cases[] = {
      {"/healthz", 200},
      {"/healthz?", 200},
      {"/healthz/", 400},
      {"//healthz", 400},
      {"/health%7A", 200},
      {"/healthz%2F", 400},
      {"/../healthz", 400},
      {"/%2e%2e/healthz", 400},
      {"/health%", 400},
      {"/health%zz", 400},
      {"/%FF", 400},
      {"/%00", 400},
      {"/api/v1/nothing", 404},
      {"/healthzz", 404},
      {"http://x/healthz", 400},
      {"*", 400},
      {"/api/v1/units/0?a=1&a=2", 400},
  };
  for (const Case& each : cases)
    EXPECT_EQ(served.ask({"GET", each.target, "", {}}).status, each.status) << each.target;
  const Reply unknown = served.ask({"GET", "/api/v1/nothing", "", {}});
  EXPECT_EQ(unknown.header("content-type"), "application/problem+json");
  EXPECT_EQ(unknown.code(), "route_unknown");
  const Reply longer = served.ask({"GET", "/" + std::string(3000, 'a'), "", {}});
  EXPECT_EQ(longer.status, 414U);
}

TEST(Method, ThatAPathHasNotIsToldWhichItHas) {
  Served served;
  const Reply reply = served.ask({"PUT", "/api/v1/items", "", {}});
  EXPECT_EQ(reply.status, 405U);
  EXPECT_EQ(reply.header("allow"), "GET, POST");
  EXPECT_EQ(served.ask({"GARBAGE", "/healthz", "", {}}).status, 405U);
  const Reply head = served.ask({"HEAD", "/healthz", "", {}});
  EXPECT_EQ(head.status, 200U);
  EXPECT_NE(head.header("content-length"), "0");
}

TEST(Limits, HoldForHeadsAndBodies) {
  Served served;
  const std::string large(20'000, 'a');
  EXPECT_EQ(raw(served, "GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + large + "\r\n\r\n").status,
            431U);
  std::string many = "GET /healthz HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 150; ++i) many += "X-" + std::to_string(i) + ": 1\r\n";
  EXPECT_EQ(raw(served, many + "\r\n").status, 431U);
  // A stranger may send little, an account more, and files most.
  const std::string json = "\"" + large + "\"";
  EXPECT_EQ(served.ask({"POST", "/api/v1/session", json, {}}).status, 413U);
  EXPECT_EQ(served.ask({"POST", "/api/v1/items", json, {}}).status, 413U);
  EXPECT_EQ(served.post("recorder", "/api/v1/items", json).code(), "field_type");
  EXPECT_EQ(served.post("recorder", "/api/v1/items", std::string(1'100'000, ' ')).status, 413U);
  EXPECT_EQ(served
                .post("recorder", "/api/v1/evidence", std::string(1'100'000, 'x'),
                      {"Content-Type: application/octet-stream"})
                .status,
            415U);
  EXPECT_EQ(served
                .post("recorder", "/api/v1/evidence", std::string(21'000'000, 'x'),
                      {"Content-Type: application/octet-stream"})
                .status,
            413U);
  EXPECT_EQ(served.ask({"GET", "/healthz", "body", {}}).status, 413U);
}

// What has no time left is ended at the next look, a second later at the most.
TEST(Limits, ASlowHeadAndASlowBodyAreAnsweredAndTheConnectionEnds) {
  http::ServerOptions options;
  options.request_seconds = 0;
  Served served(options);
  for (const char* begun : {"GET /healthz HTTP/1.1\r\nHost: x\r\nX: ",
                            "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: "
                            "application/json\r\nContent-Length: 9\r\n\r\n{"}) {
    Wire wire(served.server->port());
    wire.send(begun);
    const Reply reply = wire.read_reply();
    EXPECT_EQ(reply.status, 408U) << begun;
    EXPECT_EQ(reply.code(), "request_timeout");
    EXPECT_TRUE(wire.closes());
  }
}

TEST(Limits, WhoSaysNothingIsLetGo) {
  http::ServerOptions options;
  options.idle_seconds = 0;
  Served served(options);
  Wire wire(served.server->port());
  EXPECT_TRUE(wire.closes());
}

TEST(Limits, HoldForChunkedBodiesToo) {
  Served served;
  std::string bytes =
      "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 40; ++i) bytes += "400\r\n" + std::string(1024, ' ') + "\r\n";
  EXPECT_EQ(raw(served, bytes + "0\r\n\r\n").status, 413U);
  const Reply good =
      raw(served,
          "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: "
          "application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
  EXPECT_EQ(good.code(), "field_required");
}

TEST(Connection, IsKeptAndTakesRequestsInARow) {
  Served served;
  Wire wire(served.server->port());
  const std::string one = request_bytes({"GET", "/healthz", "", {}});
  const std::string two = request_bytes({"GET", "/api/v1/kinds", "", {}});
  wire.send(one + two + one.substr(0, 10));
  EXPECT_EQ(wire.read_reply().text("status"), "ok");
  EXPECT_EQ(wire.read_reply().text("kinds/0/kind"), "problem");
  wire.send(one.substr(10));
  EXPECT_EQ(wire.read_reply().status, 200U);
  wire.send("GET /healthz HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(wire.read_reply().closed);
  EXPECT_TRUE(wire.closes());
}

TEST(Connection, IsToldToGoOnBeforeALargeBody) {
  Served served;
  const std::string body = R"({"name":"a","password":"b"})";
  Wire wire(served.server->port());
  wire.send(
      "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      "Expect: 100-continue\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n");
  EXPECT_TRUE(wire.read_until("\r\n\r\n").starts_with("HTTP/1.1 100 Continue"));
  wire.send(body);
  EXPECT_EQ(wire.read_reply().code(), "sign_in_refused");
}

TEST(Connection, BeyondTheLimitIsClosed) {
  http::ServerOptions options;
  options.connections_max = 2;
  Served served(options);
  Wire first(served.server->port());
  Wire second(served.server->port());
  first.send(request_bytes({"GET", "/healthz", "", {}}));
  second.send(request_bytes({"GET", "/healthz", "", {}}));
  EXPECT_EQ(first.read_reply().status, 200U);
  EXPECT_EQ(second.read_reply().status, 200U);
  Wire third(served.server->port());
  EXPECT_TRUE(third.closes());
  EXPECT_EQ(served.server->metrics().connections_refused, 1U);
}

// One that closes makes room for one of the same address.
TEST(Connection, OfOneAddressBeyondItsShareIsClosed) {
  http::ServerOptions options;
  options.connections_of_address_max = 2;
  Served served(options);
  const auto asks = [](Wire& wire) {
    wire.send(request_bytes({"GET", "/healthz", "", {}}));
    return wire.read_reply().status;
  };
  Wire first(served.server->port());
  EXPECT_EQ(asks(first), 200U);
  {
    Wire second(served.server->port());
    EXPECT_EQ(asks(second), 200U);
    Wire third(served.server->port());
    EXPECT_TRUE(third.closes());
    EXPECT_EQ(served.server->metrics().connections_refused, 1U);
  }
  while (served.server->metrics().connections > 1) std::this_thread::yield();
  Wire fourth(served.server->port());
  EXPECT_EQ(asks(fourth), 200U);
}

TEST(Connection, AProxySpeaksForMany) {
  http::ServerOptions options;
  options.connections_of_address_max = 0;
  Served served(options, {}, with_small_web, {"127.0.0.1"});
  EXPECT_EQ(served.ask({"GET", "/healthz", "", {}}).status, 200U);
}

TEST(Answers, CarryTheirSecurity) {
  Served served;
  for (const char* path : {"/", "/healthz", "/nowhere", "/log/tile/0/000", "/api/style.css"}) {
    const Reply reply = served.ask({"GET", path, "", {}});
    EXPECT_NE(reply.header("content-security-policy").find("default-src 'none'"),
              std::string::npos);
    EXPECT_NE(reply.header("content-security-policy").find("frame-ancestors 'none'"),
              std::string::npos);
    EXPECT_EQ(reply.header("x-content-type-options"), "nosniff") << path;
    EXPECT_EQ(reply.header("referrer-policy"), "no-referrer") << path;
    EXPECT_EQ(reply.header("strict-transport-security"), "") << path;
    EXPECT_EQ(reply.header("x-request-id").size(), 16U) << path;
    EXPECT_EQ(reply.header("date").size(), 29U) << path;
  }
}

TEST(Answers, SpeakTheLanguageAskedFor) {
  Served served;
  const Reply chinese = served.ask({"GET", "/api/v1/units/x", "", {"Accept-Language: zh-CN"}});
  const Reply english = served.ask({"GET", "/api/v1/units/x", "", {"Accept-Language: en"}});
  EXPECT_EQ(chinese.code(), "unit_unknown");
  EXPECT_NE(chinese.text("detail"), english.text("detail"));
  EXPECT_EQ(served.ask({"GET", "/api", "", {"Accept-Language: en"}}).header("content-language"),
            "en");
  EXPECT_EQ(served.ask({"GET", "/api?lang=zh-CN", "", {"Accept-Language: en"}})
                .header("content-language"),
            "zh-CN");
}

TEST(ApiPage, IsFilledAndHasNoScript) {
  support::SmallLedgerOptions ledger;
  ledger.simulated = true;
  Served served({}, std::move(ledger));
  for (const char* path : {"/api?lang=zh-CN", "/api?lang=en"}) {
    const Reply page = served.ask({"GET", path, "", {}});
    EXPECT_EQ(page.status, 200U);
    EXPECT_EQ(page.body.find("{{"), std::string::npos);
    EXPECT_EQ(page.body.find("<script"), std::string::npos);
    EXPECT_EQ(page.body.find("style="), std::string::npos);
    EXPECT_NE(page.body.find("class=\"banner\""), std::string::npos);
    EXPECT_NE(page.body.find("ledger.example/small"), std::string::npos);
  }
  Served real;
  EXPECT_EQ(real.ask({"GET", "/api", "", {}}).body.find("class=\"banner\""), std::string::npos);
}

TEST(Metrics, CountWhatWasAnsweredAndRefused) {
  Served served;
  served.ask({"GET", "/healthz", "", {}});
  served.ask({"GET", "/secret-path", "", {}});
  served.ask({"SECRETMETHOD", "/healthz", "", {}});
  const std::string text = served.ask({"GET", "/metrics", "", {}}).body;
  EXPECT_NE(text.find("tz_requests_total{method=\"GET\",route=\"/healthz\",status=\"200\"} 1"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("tz_refusals_total{code=\"route_unknown\"} 1"), std::string::npos) << text;
  // By which rule something was refused is not told: some are about reports alone.
  EXPECT_EQ(served.ask({"GET", "/api/v1/units/none", "", {}}).code(), "unit_unknown");
  const std::string after = served.ask({"GET", "/metrics", "", {}}).body;
  EXPECT_NE(after.find("tz_refusals_total{code=\"rule\"} 1"), std::string::npos) << after;
  EXPECT_EQ(after.find("unit_unknown"), std::string::npos);
  EXPECT_NE(text.find("tz_journal_records "), std::string::npos);
  EXPECT_EQ(text.find("secret"), std::string::npos);
  EXPECT_EQ(text.find("SECRET"), std::string::npos);
}

TEST(ControlSocket, GoesToItsOwnHandler) {
  const std::string folder = std::filesystem::temp_directory_path();
  http::ServerOptions options;
  options.control_socket = folder + "/tz_control_" + std::to_string(::getpid()) + ".sock";
  options.control = [](http::Request request, http::Responder respond) {
    http::Response response;
    response.body = request.local ? "\"local\"" : "\"not\"";
    respond(std::move(response));
  };
  Served served(options);
  struct ::stat about {};
  ASSERT_EQ(::stat(options.control_socket.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  Wire wire(options.control_socket);
  wire.send(request_bytes({"GET", "/anything", "", {}}));
  EXPECT_EQ(wire.read_reply().body, "\"local\"");
  served.server->stop();
  EXPECT_NE(::stat(options.control_socket.c_str(), &about), 0);
}

// A certificate that signed itself, and its key, in a folder of their own.
class Tls : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    options.tls_cert = folder + "/cert.pem";
    options.tls_key = folder + "/key.pem";
    SystemClock clock;
    ASSERT_TRUE(http::make_self_signed({options.tls_cert, options.tls_key, {}, clock.now()}).ok());
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  std::string folder = (std::filesystem::temp_directory_path() / "tz_tls_XXXXXX").string();
  http::ServerOptions options;
};

TEST_F(Tls, ServesWithASelfSignedCertificate) {
  {
    Served served(options);
    Wire wire(served.server->port(), Wire::Tls::Yes);
    wire.send(request_bytes({"GET", "/healthz", "", {}}));
    const Reply reply = wire.read_reply();
    EXPECT_EQ(reply.status, 200U);
    EXPECT_NE(reply.header("strict-transport-security"), "");
    wire.send(request_bytes({"POST",
                             "/api/v1/session",
                             R"({"name":"recorder","password":")" +
                                 std::string(support::SmallLedger::kPassword) + "\"}",
                             {}}));
    EXPECT_NE(wire.read_reply().header("set-cookie").find("Secure"), std::string::npos);
    // Who does not speak TLS is not answered.
    Wire plain(served.server->port());
    plain.send(request_bytes({"GET", "/healthz", "", {}}));
    EXPECT_EQ(plain.read_reply().status, 0U);
  }
  http::ServerOptions broken = options;
  broken.listen = "127.0.0.1:0";
  broken.tls_key = options.tls_cert;
  ASSERT_EQ(::chmod(broken.tls_key.c_str(), 0640), 0);
  Served other;
  const auto started = http::Server::start(other.context, broken);
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.error().code, "tls_failed");
}

// The newest version of TLS that the server speaks with a client that knows none after `newest`;
// empty: it speaks none of them.
std::string spoken(std::uint16_t port, int newest) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_security_level(context, 0);  // so that it is the server that refuses
  SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context, newest);
  SSL* secured = SSL_new(context);
  SSL_set_fd(secured, socket);
  const bool met = SSL_connect(secured) == 1;
  std::string version = met ? SSL_get_version(secured) : "";
  SSL_free(secured);
  SSL_CTX_free(context);
  ::close(socket);
  return version;
}

TEST_F(Tls, SpeaksNothingOlderThanItsVersion12) {
  {
    Served served(options);
    EXPECT_EQ(spoken(served.server->port(), TLS1_1_VERSION), "");
    EXPECT_EQ(spoken(served.server->port(), TLS1_2_VERSION), "TLSv1.2");
    EXPECT_EQ(spoken(served.server->port(), TLS1_3_VERSION), "TLSv1.3");
  }
  ASSERT_EQ(::chmod(options.tls_key.c_str(), 0644), 0);
  Served other;
  options.listen = "127.0.0.1:0";
  const auto started = http::Server::start(other.context, options);
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.error().code, "tls_key_exposed");
}

TEST(Listening, RefusesAddressesItCannotRead) {
  Served served;
  for (const char* address : {"", "8020", "host:port", "127.0.0.1:99999", "127.0.0.1:"}) {
    http::ServerOptions options;
    options.listen = address;
    const auto started = http::Server::start(served.context, options);
    ASSERT_FALSE(started.ok()) << address;
    EXPECT_EQ(started.error().code, "listen_bad") << address;
  }
  http::ServerOptions taken;
  taken.listen = "127.0.0.1:" + std::to_string(served.server->port());
  const auto started = http::Server::start(served.context, taken);
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.error().code, "listen_failed");
}

// Holds the thread that asks for a page until somebody opens it.
struct Gate {
  std::mutex mutex;
  std::condition_variable moved;
  bool reached = false;
  bool open = false;
};
Gate gate;

std::string_view behind_the_gate(std::string_view path) {
  if (path != "web/dist/index.html") return without_web(path);
  std::unique_lock lock(gate.mutex);
  gate.reached = true;
  gate.moved.notify_all();
  gate.moved.wait(lock, [] { return gate.open; });
  return "<!doctype html>";
}

TEST(Stopping, EndsThoughASweepWasDueBeforeItCouldBeCancelled) {
  http::ServerOptions options;
  options.threads = 1;
  options.drain_seconds = 0;
  Served served(options, {}, behind_the_gate);
  Wire wire(served.server->port());
  wire.send(request_bytes({"GET", "/", "", {}}));
  {
    std::unique_lock lock(gate.mutex);
    gate.moved.wait(lock, [] { return gate.reached; });
  }
  std::thread stopping([&] { served.server->stop(); });
  {  // a sweep comes every second, and the loop's thread is held longer than that
    std::unique_lock lock(gate.mutex);
    gate.moved.wait_for(lock, std::chrono::milliseconds(1500), [] { return false; });
    gate.open = true;
    gate.moved.notify_all();
  }
  stopping.join();
}

TEST(Stopping, AnswersWhatIsUnderWayAndClosesTheRest) {
  Served served;
  Wire idle(served.server->port());
  idle.send(request_bytes({"GET", "/healthz", "", {}}));
  EXPECT_EQ(idle.read_reply().status, 200U);
  served.server->stop();
  EXPECT_TRUE(idle.closes());
}

}  // namespace
}  // namespace tz::http_test
