// A request and its answer as plain values: all that handlers see of HTTP.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tz::http {

// A thread that runs what it is given, soon and in order. Given from any thread.
class Runner {
 public:
  virtual ~Runner() = default;
  virtual void give(std::function<void()> task) = 0;
};

struct Request {
  std::string method;                                        // "GET"
  std::string target;                                        // as it was sent: path and query
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, none twice
  std::string body;
  std::string peer;  // the other side's address
  bool tls = false;
  bool local = false;              // came over the ledger's own socket and not over the network
  std::shared_ptr<Runner> runner;  // the connection's own thread; null: whichever comes

  // The value of that header (named in lower case); null pointer if it was not sent.
  [[nodiscard]] const std::string* header(std::string_view name) const {
    for (const auto& [key, value] : headers)
      if (key == name) return &value;
    return nullptr;
  }
};

// Where the events of an answer that does not end go. Any thread.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void send(std::string event) = 0;
  // Bytes handed over and not yet taken by the other side: whoever sends looks at it first.
  [[nodiscard]] virtual std::size_t waiting_bytes() const = 0;
  [[nodiscard]] virtual bool open() const = 0;
  virtual void close() = 0;
};

struct Response {
  unsigned status = 200;
  std::string content_type = "application/json";  // empty: there is no body
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string_view built_in;   // instead of a body: bytes that last as long as the program
  std::string code;            // of the error it tells, for the counters; empty: none
  bool secured = false;        // its head gets what every answer of ours says to browsers
  bool tls = false;            // went the way of TLS
  std::shared_ptr<void> held;  // let go when the answer is sent
  // If set, the head is sent and this is called with the sink that the body's events go to.
  std::function<void(std::shared_ptr<EventSink>)> stream;

  [[nodiscard]] std::string_view content() const { return built_in.empty() ? body : built_in; }
};

// Gives the answer; called once, on any thread.
using Responder = std::function<void(Response)>;

}  // namespace tz::http
