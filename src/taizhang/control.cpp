// request = one JSON line; answer = any number of {"progress":[done,of]} lines, then {"answer":…}
// or
// {"error":…}. At most kLineBytesMax bytes a line.
#include "taizhang/control.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

namespace tz::program {
namespace {

constexpr std::size_t kLineBytesMax = std::size_t{256} << 20;
constexpr int kPollMs = 200;
constexpr auto kStartingAtMost = std::chrono::seconds(10);  // a server, until it listens

// An open descriptor, closed with its owner.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

std::string socket_path(const std::string& folder) { return folder + "/control.sock"; }

Error io_failed(const char* what) {
  return failure("control_failed", {{"why", std::string(what) + ": " + std::strerror(errno)}});
}

Result<sockaddr_un> address_of(const std::string& folder) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = socket_path(folder);
  if (path.size() >= sizeof address.sun_path) return refusal("path_too_long", {{"path", path}});
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

Outcome send_line(int fd, const Json& line) {
  std::string text = line.dump() + "\n";
  std::string_view left = text;
  while (!left.empty()) {
    const ssize_t sent = ::send(fd, left.data(), left.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return io_failed("send");
    left.remove_prefix(static_cast<std::size_t>(sent));
  }
  return Done{};
}

// Reads lines from a socket, keeping what follows the first.
class LineReader {
 public:
  explicit LineReader(int fd) : fd_(fd) {}
  Result<Json> next() {
    for (;;) {
      const std::size_t end = held_.find('\n', searched_);
      if (end != std::string::npos) {
        const std::string line = held_.substr(0, end);
        held_.erase(0, end + 1);
        searched_ = 0;
        return parse_json(line, {kLineBytesMax, 16});
      }
      searched_ = held_.size();
      if (held_.size() > kLineBytesMax) return refusal("bad_json", {{"why", "size"}});
      char buffer[65536];
      const ssize_t got = ::recv(fd_, buffer, sizeof buffer, 0);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return io_failed("recv");
      held_.append(buffer, static_cast<std::size_t>(got));
    }
  }

 private:
  int fd_;
  std::string held_;
  std::size_t searched_ = 0;
};

Json progress_line(std::uint64_t done, std::uint64_t of) {
  Json pair;
  pair.push(done).push(of);
  Json line;
  line.set("progress", std::move(pair));
  return line;
}

void serve_one(int fd, OpenLedger& ledger) {
  LineReader reader(fd);
  const Result<Json> request = reader.next();
  Json line;
  if (!request.ok()) {
    line.set("error", to_json(request.error()));
  } else {
    std::uint64_t told = 0;
    const Result<Json> answer =
        operate(ledger, *request, [&](std::uint64_t done, std::uint64_t of) {
          if (done < told + 500 && done != of) return;
          told = done;
          // Whoever asked may have gone; the operation goes on all the same.
          (void)send_line(fd, progress_line(done, of)).ok();
        });
    if (answer.ok())
      line.set("answer", *answer);
    else
      line.set("error", to_json(answer.error()));
  }
  (void)send_line(fd, line).ok();
}

}  // namespace

struct ControlServer::Inside {
  std::string path;
  Descriptor listener;
  OpenLedger& ledger;
  std::atomic<bool> stopping{false};
  std::thread thread;

  Inside(std::string socket, Descriptor fd, OpenLedger& open)
      : path(std::move(socket)), listener(std::move(fd)), ledger(open) {}

  void run() {
    while (!stopping) {
      pollfd wait{listener.get(), POLLIN, 0};
      if (::poll(&wait, 1, kPollMs) <= 0) continue;
      const Descriptor connection(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (connection.ok()) serve_one(connection.get(), ledger);
    }
  }
};

Result<std::unique_ptr<ControlServer>> ControlServer::start(OpenLedger& ledger) {
  const std::string path = socket_path(ledger.folder);
  const sockaddr_un address = TZ_TRY(address_of(ledger.folder));
  Descriptor listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!listener.ok()) return io_failed("socket");
  // The ledger's lock is ours, so a socket that lies there belongs to a server that is gone.
  ::unlink(path.c_str());
  const mode_t before = ::umask(0177);
  const int bound =
      ::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  ::umask(before);
  if (bound != 0 || ::listen(listener.get(), 8) != 0) return io_failed("bind");
  auto inside = std::make_unique<Inside>(path, std::move(listener), ledger);
  Inside* raw = inside.get();
  raw->thread = std::thread([raw] { raw->run(); });
  return std::unique_ptr<ControlServer>(new ControlServer(std::move(inside)));
}

ControlServer::ControlServer(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

ControlServer::~ControlServer() {
  inside_->stopping = true;
  inside_->thread.join();
  ::unlink(inside_->path.c_str());
}

namespace {

Result<Json> ask_server(int fd, const Json& operation, const Progress& progress) {
  TZ_TRY(send_line(fd, operation));
  LineReader reader(fd);
  for (;;) {
    const Json line = TZ_TRY(reader.next());
    if (const Json* answer = line.find("answer")) return *answer;
    if (const Json* error = line.find("error")) return error_from(*error);
    const Json* pair = line.find("progress");
    if (pair == nullptr || pair->as_array() == nullptr || pair->as_array()->size() != 2)
      return failure("answer_malformed");
    const std::int64_t* done = (*pair->as_array())[0].as_int();
    const std::int64_t* of = (*pair->as_array())[1].as_int();
    if (progress && done != nullptr && of != nullptr)
      progress(static_cast<std::uint64_t>(*done), static_cast<std::uint64_t>(*of));
  }
}

}  // namespace

Result<Json> ask(const std::string& folder, const Json& operation, const Progress& progress) {
  const sockaddr_un address = TZ_TRY(address_of(folder));
  const auto give_up = std::chrono::steady_clock::now() + kStartingAtMost;
  for (;;) {
    const Descriptor connection(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!connection.ok()) return io_failed("socket");
    if (::connect(connection.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
        0)
      return ask_server(connection.get(), operation, progress);
    const auto ledger = open_folder(folder);
    if (ledger.ok()) return operate(**ledger, operation, progress);
    // Whoever holds it may be a server that is about to listen, or a command that is about to end.
    if (ledger.error().code != "ledger_in_use" || std::chrono::steady_clock::now() > give_up)
      return ledger.error();
    std::this_thread::sleep_for(std::chrono::milliseconds(kPollMs));
  }
}

}  // namespace tz::program
