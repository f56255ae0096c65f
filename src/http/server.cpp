// Listening, handing connections to loops, and stopping in order.
#include "http/server.h"

#include <openssl/ssl.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "base/file.h"
#include "base/household.h"
#include "http/places.h"
#include "http/response_head.h"
#include "http/session.h"

namespace tz::http {
namespace {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;
using Tcp = asio::ip::tcp;
using Local = asio::local::stream_protocol;
using std::chrono::milliseconds;

constexpr auto kSweepEvery = std::chrono::seconds(1);
constexpr auto kAcceptAgain = milliseconds(100);

Result<Tcp::endpoint> endpoint_of(const std::string& listen) {
  const Error bad = refusal("listen_bad", {{"address", listen}});
  const std::size_t colon = listen.rfind(':');
  if (colon == std::string::npos) return bad;
  std::string host = listen.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  std::uint16_t port = 0;
  const char* end = listen.data() + listen.size();
  const auto [at, fault] = std::from_chars(listen.data() + colon + 1, end, port);
  ErrorCode wrong;
  const auto address = asio::ip::make_address(host, wrong);
  if (fault != std::errc{} || at != end || wrong) return bad;
  return Tcp::endpoint(address, port);
}

// The other side's address; of IPv4 in its own form, whichever socket it came in by.
std::string address_of(const Tcp::socket& socket) {
  ErrorCode ignored;
  const asio::ip::address address = socket.remote_endpoint(ignored).address();
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  return address.to_string();
}

int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_bytes,
                    const unsigned char* in, unsigned in_bytes, void*) {
  static constexpr unsigned char kHttp11[] = "\x08http/1.1";
  const int chosen = SSL_select_next_proto(const_cast<unsigned char**>(out), out_bytes, kHttp11,
                                           sizeof kHttp11 - 1, in, in_bytes);
  return chosen == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

constexpr std::size_t kTlsKeyBytesMax = 64 << 10;
constexpr unsigned kOthers = 007;  // permission bits of those who are neither owner nor group

Outcome load_tls(asio::ssl::context& context, const ServerOptions& options) {
  ErrorCode fault;
  const auto failed = [&](const std::string& path) {
    return failure("tls_failed", {{"path", path}, {"why", fault.message()}});
  };
  // A group may read it, as Debian's own for such keys does.
  const auto key = TZ_TRY(read_file(options.tls_key, kTlsKeyBytesMax));
  if (key && (key->mode & kOthers) != 0)
    return failure("tls_key_exposed", {{"path", options.tls_key}});
  SSL_CTX* native = context.native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
  context.use_certificate_chain_file(options.tls_cert, fault);
  if (fault) return failed(options.tls_cert);
  context.use_private_key_file(options.tls_key, asio::ssl::context::pem, fault);
  if (fault) return failed(options.tls_key);
  return Done{};
}

}  // namespace

struct Server::Inside {
  // A loop with its thread and its clock.
  struct Running {
    std::shared_ptr<Loop> loop = std::make_shared<Loop>();
    asio::executor_work_guard<asio::io_context::executor_type> work{loop->io.get_executor()};
    asio::steady_timer sweep{loop->io};
    bool ending = false;  // the loop's thread
    std::thread thread;
  };

  Inside(ServerOptions options, std::vector<std::string> trusted)
      : shared(std::make_shared<Shared>()),
        proxies(std::move(trusted)),
        of_address(options.connections_of_address_max) {
    shared->options = std::move(options);
    for (std::size_t i = 0; i < std::max<std::size_t>(1, shared->options.threads); ++i)
      running.push_back(std::make_unique<Running>());
    asio::io_context& first = running.front()->loop->io;
    acceptor.emplace(first);
    control.emplace(first);
    accept_again.emplace(first);
  }

  Outcome open_network();
  Outcome open_control();
  void run();
  void accept();
  void accept_control();
  void begin(NewSession parts);
  Running& next_loop() { return *running[next++ % running.size()]; }
  void sweep(Running& each);
  void close_all(bool now);
  void stop();

  std::shared_ptr<Shared> shared;
  const std::vector<std::string> proxies;  // each speaks for many
  Places<std::string> of_address;          // by household
  std::optional<asio::ssl::context> tls;
  std::vector<std::unique_ptr<Running>> running;
  std::optional<Tcp::acceptor> acceptor;   // the first loop's
  std::optional<Local::acceptor> control;  // the first loop's
  std::optional<asio::steady_timer> accept_again;
  std::size_t next = 0;  // the first loop's
  std::uint16_t port = 0;
  SystemClock clock;  // for the Date header: a ledger's own may be simulated
  std::mutex drained_mutex;
  std::condition_variable drained;
  bool stopped = false;
};

Outcome Server::Inside::open_network() {
  const ServerOptions& options = shared->options;
  const Tcp::endpoint endpoint = TZ_TRY(endpoint_of(options.listen));
  if (!options.tls_cert.empty() || !options.tls_key.empty()) {
    tls.emplace(asio::ssl::context::tls_server);
    TZ_TRY(load_tls(*tls, options));
  }
  ErrorCode fault;
  acceptor->open(endpoint.protocol(), fault);
  if (!fault) acceptor->set_option(Tcp::acceptor::reuse_address(true), fault);
  if (!fault) acceptor->bind(endpoint, fault);
  if (!fault) acceptor->listen(asio::socket_base::max_listen_connections, fault);
  if (fault)
    return failure("listen_failed", {{"address", options.listen}, {"why", fault.message()}});
  port = acceptor->local_endpoint(fault).port();
  return Done{};
}

Outcome Server::Inside::open_control() {
  const std::string& path = shared->options.control_socket;
  if (path.empty()) return Done{};
  ErrorCode fault;
  if (path.size() >= sizeof(sockaddr_un::sun_path)) fault = asio::error::name_too_long;
  if (!fault) control->open(Local{}, fault);
  // The mode is set before there is a name by which anybody could connect.
  if (!fault && ::fchmod(control->native_handle(), 0600) != 0)
    fault = ErrorCode(errno, boost::system::system_category());
  // A socket that a killed server left behind; the ledger's lock says that none is running.
  if (!fault) ::unlink(path.c_str());
  if (!fault) control->bind(Local::endpoint(path), fault);
  if (!fault) control->listen(asio::socket_base::max_listen_connections, fault);
  if (fault) return failure("listen_failed", {{"address", path}, {"why", fault.message()}});
  return Done{};
}

void Server::Inside::run() {
  for (const auto& each : running) {
    Running* one = each.get();
    one->loop->date = http_date(clock.now());
    sweep(*one);
    one->thread = std::thread([one] { one->loop->io.run(); });
  }
  asio::post(running.front()->loop->io, [this] {
    accept();
    if (!shared->options.control_socket.empty()) accept_control();
  });
}

void Server::Inside::begin(NewSession parts) {
  Metrics& metrics = shared->door->metrics();
  // Who holds many open and says nothing must not take everybody's.
  if (!parts.local && std::find(proxies.begin(), proxies.end(), parts.peer) == proxies.end()) {
    parts.place = of_address.take(household(parts.peer));
    if (!parts.place) {
      ++metrics.connections_refused;
      return;
    }
  }
  if (metrics.connections.fetch_add(1) >= shared->options.connections_max && !parts.local) {
    --metrics.connections;
    ++metrics.connections_refused;
    return;  // the socket closes with `parts`
  }
  const auto loop = parts.loop;
  asio::post(loop->io, [session = make_session(std::move(parts))] { session->start(); });
}

void Server::Inside::accept() {
  Running& target = next_loop();
  acceptor->async_accept(target.loop->io, [this, &target](const ErrorCode& fault,
                                                          Tcp::socket socket) {
    if (!acceptor->is_open()) return;
    if (fault) {  // no descriptor left, say: in a moment there may be
      accept_again->expires_after(kAcceptAgain);
      return accept_again->async_wait([this](const ErrorCode& ended) {
        if (!ended && acceptor->is_open()) accept();
      });
    }
    ErrorCode ignored;
    socket.set_option(Tcp::no_delay(true), ignored);
    const std::string peer = address_of(socket);
    begin({target.loop, shared, Socket(std::move(socket)), peer, {}, false, tls ? &*tls : nullptr});
    accept();
  });
}

void Server::Inside::accept_control() {
  Running& target = next_loop();
  control->async_accept(
      target.loop->io, [this, &target](const ErrorCode& fault, Local::socket socket) {
        if (fault || !control->is_open()) return;
        begin({target.loop, shared, Socket(std::move(socket)), "", {}, true, nullptr});
        accept_control();
      });
}

void Server::Inside::sweep(Running& each) {
  each.sweep.expires_after(kSweepEvery);
  each.sweep.async_wait([this, &each](const ErrorCode& fault) {
    if (fault || each.ending) return;
    each.loop->date = http_date(clock.now());
    const auto now = std::chrono::steady_clock::now();
    const auto sessions = each.loop->sessions;  // closing takes them out
    for (const auto& session : sessions) session->look_at_time(now);
    sweep(each);
  });
}

void Server::Inside::close_all(bool now) {
  for (const auto& each : running) {
    asio::post(each->loop->io, [loop = each->loop, now] {
      loop->stopping = true;
      const auto sessions = loop->sessions;
      for (const auto& session : sessions) {
        if (now)
          session->close_now();
        else
          session->drain();
      }
    });
  }
}

void Server::Inside::stop() {
  if (stopped) return;
  stopped = true;
  asio::post(running.front()->loop->io, [this] {
    ErrorCode ignored;
    acceptor->close(ignored);
    control->close(ignored);
    accept_again->cancel();
  });
  if (!shared->options.control_socket.empty()) ::unlink(shared->options.control_socket.c_str());
  close_all(false);
  const Metrics& metrics = shared->door->metrics();
  const auto patience = std::chrono::seconds(shared->options.drain_seconds);
  const auto until = std::chrono::steady_clock::now() + patience;
  {
    std::unique_lock lock(drained_mutex);
    while (metrics.connections > 0 && std::chrono::steady_clock::now() < until)
      drained.wait_for(lock, milliseconds(5));
  }
  shared->door->stop();
  close_all(true);
  for (const auto& each : running) {
    asio::post(each->loop->io, [one = each.get()] {
      // A sweep that was due already is past cancelling: it must not begin the next one.
      one->ending = true;
      one->sweep.cancel();
      one->work.reset();  // the thread ends when nothing is left to do
    });
  }
  for (const auto& each : running)
    if (each->thread.joinable()) each->thread.join();
  for (const auto& each : running) {
    each->loop->end();
    each->loop->sessions.clear();
  }
}

Server::Server(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Result<std::unique_ptr<Server>> Server::start(Context& context, ServerOptions options) {
  auto inside = std::make_unique<Inside>(std::move(options), context.proxies);
  TZ_TRY(inside->open_network());
  TZ_TRY(inside->open_control());
  inside->shared->door = Door::open(context, inside->shared->options.door);
  inside->run();
  return std::unique_ptr<Server>(new Server(std::move(inside)));
}

Server::~Server() { stop(); }

std::uint16_t Server::port() const { return inside_->port; }

Metrics& Server::metrics() { return inside_->shared->door->metrics(); }

std::shared_ptr<Door> Server::door() const { return inside_->shared->door; }

void Server::stop() { inside_->stop(); }

}  // namespace tz::http
