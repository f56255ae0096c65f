// The server: sockets, TLS and threads around the door.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/context.h"
#include "http/door.h"
#include "http/message.h"

namespace tz::http {

struct ServerOptions {
  std::string listen = "127.0.0.1:8020";  // "[::1]:8020"; port 0: any that is free
  std::string tls_cert;                   // PEM files; both or none
  std::string tls_key;
  // If set: also listens on this socket (mode 0600), and hands what comes over it to `control`
  // instead of the routes. Whoever can open it is trusted.
  std::string control_socket;
  std::function<void(Request, Responder)> control;
  std::size_t threads = 2;
  std::size_t header_bytes_max = 16 << 10;
  std::size_t connections_max = 4096;
  // Of one address that is no proxy of ours: so many leave room for others.
  std::size_t connections_of_address_max = 1024;
  std::size_t receiving_bytes_max = std::size_t{512} << 20;  // of large bodies, all together
  unsigned request_seconds = 30;  // for a head; for a body, 20 KiB/s on top
  unsigned idle_seconds = 75;
  unsigned drain_seconds = 10;  // what stop() waits for what is under way
  DoorLimits door;
};

class Server {
 public:
  // Fails with `listen_failed` (facts: address, why) and `tls_failed` (facts: path, why); refuses
  // `listen_bad` (fact: address). `context` outlives the server.
  static Result<std::unique_ptr<Server>> start(Context& context, ServerOptions options);
  // Stops as stop() does.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] Metrics& metrics();
  [[nodiscard]] std::shared_ptr<Door> door() const;
  // Takes no more connections, answers what is under way, closes the rest, ends the threads. Call
  // it before the engine stops.
  void stop();

 private:
  struct Inside;
  explicit Server(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace tz::http
