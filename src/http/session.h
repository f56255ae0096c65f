// One connection: reads requests, one after the other, and writes their answers.
#pragma once

#include <atomic>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "http/door.h"
#include "http/server.h"

namespace tz::http {

class Session;
using Socket = boost::asio::generic::stream_protocol::socket;

// A thread that serves connections, and those it serves: all that happens to them happens there.
struct Loop final : Runner {
  boost::asio::io_context io{1};
  std::set<std::shared_ptr<Session>> sessions;  // the loop's thread
  std::string date;                             // of the second; the loop's thread
  bool stopping = false;                        // the loop's thread

  // What many threads give at once costs one wake-up. After end() it is dropped.
  void give(std::function<void()> task) override;
  void end();

 private:
  void run_given();

  std::mutex mutex_;  // guards the two below
  std::vector<std::function<void()>> given_;
  bool ended_ = false;
};

// What all connections share.
struct Shared {
  std::shared_ptr<Door> door;
  ServerOptions options;
  std::atomic<std::size_t> receiving_bytes{0};  // of large bodies
};

class Session {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;
  virtual ~Session() = default;
  // All on the loop's thread.
  virtual void start() = 0;
  // Closes what has run out of time.
  virtual void look_at_time(SteadyTime now) = 0;
  // Closes an idle connection and a stream; one that answers closes after it.
  virtual void drain() = 0;
  virtual void close_now() = 0;
};

struct NewSession {
  std::shared_ptr<Loop> loop;
  std::shared_ptr<Shared> shared;
  Socket socket;
  std::string peer;
  std::shared_ptr<void> place;  // among the connections of that address
  bool local = false;
  boost::asio::ssl::context* tls = nullptr;  // null: none is spoken
};
std::shared_ptr<Session> make_session(NewSession parts);

}  // namespace tz::http
