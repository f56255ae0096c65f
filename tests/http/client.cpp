// Sockets and just enough HTTP to ask a server and look hard at its answer.
#include "http/client.h"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>

#include "base/embedded.h"
#include "base/message.h"
#include "programme/policy_file.h"

namespace tz::http_test {
namespace {

void give_time(int socket) {
  const timeval patience{5, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

std::size_t number(std::string_view text) {
  std::size_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

}  // namespace

std::string Reply::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (key == name) return value;
  return {};
}

std::string Reply::code() const { return text("code"); }

Json Reply::at(std::string_view path) const {
  const Json* here = &json;
  while (!path.empty() && here != nullptr) {
    const std::size_t end = path.find('/');
    const std::string_view piece = path.substr(0, end);
    path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
    if (const JsonArray* list = here->as_array())
      here = number(piece) < list->size() ? &(*list)[number(piece)] : nullptr;
    else
      here = here->find(piece);
  }
  return here == nullptr ? Json() : *here;
}

std::string Reply::text(std::string_view path) const {
  const Json found = at(path);
  return found.as_text() == nullptr ? std::string() : *found.as_text();
}

JsonArray Reply::list(std::string_view path) const {
  const Json found = at(path);
  return found.as_array() == nullptr ? JsonArray() : *found.as_array();
}

struct Wire::Secured {
  SSL_CTX* context = nullptr;
  SSL* ssl = nullptr;
  ~Secured() {
    SSL_free(ssl);
    SSL_CTX_free(context);
  }
};

Wire::Wire(std::uint16_t port, Tls tls) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  give_time(socket_);
  TZ_ASSERT(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  if (tls == Tls::No) return;
  secured_ = std::make_unique<Secured>();
  secured_->context = SSL_CTX_new(TLS_client_method());
  secured_->ssl = SSL_new(secured_->context);
  SSL_set_fd(secured_->ssl, socket_);
  TZ_ASSERT(SSL_connect(secured_->ssl) == 1);
}

Wire::Wire(const std::string& socket_path) : socket_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket_path.copy(address.sun_path, sizeof address.sun_path - 1);
  give_time(socket_);
  TZ_ASSERT(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
}

Wire::~Wire() {
  secured_.reset();
  ::close(socket_);
}

// What the server no longer wants to read is lost; its answer tells.
void Wire::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count =
        secured_
            ? SSL_write(secured_->ssl, bytes.data(),
                        static_cast<int>(std::min<std::size_t>(bytes.size(), std::size_t{1} << 14)))
            : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

bool Wire::read_more() {
  char buffer[65536];
  const auto count = secured_ ? SSL_read(secured_->ssl, buffer, sizeof buffer)
                              : ::recv(socket_, buffer, sizeof buffer, 0);
  ended_ = count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
  if (count <= 0) return false;
  pending_.append(buffer, static_cast<std::size_t>(count));
  return true;
}

std::string Wire::read_until(std::string_view wanted) {
  while (pending_.find(wanted) == std::string::npos)
    if (!read_more()) break;
  return std::exchange(pending_, {});
}

bool Wire::closes() { return pending_.empty() && !read_more() && ended_; }

Reply Wire::read_reply(bool head_only) {
  Reply reply;
  std::size_t end = 0;
  while ((end = pending_.find("\r\n\r\n")) == std::string::npos) {
    if (read_more()) continue;
    reply.closed = true;
    return reply;
  }
  std::string_view head(pending_);
  head = head.substr(0, end);
  reply.status = static_cast<unsigned>(number(head.substr(9, 3)));
  std::size_t line = head.find("\r\n");
  while (line != std::string_view::npos) {
    head.remove_prefix(line + 2);
    line = head.find("\r\n");
    const std::string_view field = head.substr(0, line);
    const std::size_t colon = field.find(": ");
    reply.headers.emplace_back(lower(std::string(field.substr(0, colon))),
                               std::string(field.substr(colon + 2)));
  }
  pending_.erase(0, end + 4);
  if (reply.status == 100) return read_reply(head_only);
  const std::size_t length = head_only ? 0 : number(reply.header("content-length"));
  while (pending_.size() < length)
    if (!read_more()) break;
  reply.body = pending_.substr(0, length);
  pending_.erase(0, std::min(length, pending_.size()));
  if (reply.header("content-type").find("json") != std::string::npos) {
    JsonLimits limits;
    limits.bytes_max = std::size_t{16} << 20;
    auto parsed = parse_json(reply.body, limits);
    if (parsed.ok()) reply.json = *std::move(parsed);
  }
  reply.closed = reply.header("connection") == "close";
  return reply;
}

std::string request_bytes(const Ask& ask) {
  std::string out = ask.method + " " + ask.path + " HTTP/1.1\r\nHost: test\r\n";
  bool typed = false;
  for (const std::string& header : ask.headers) {
    out += header + "\r\n";
    if (header.starts_with("Content-Type")) typed = true;
  }
  if (!ask.body.empty() || ask.method == "POST") {
    if (!typed) out += "Content-Type: application/json\r\n";
    out += "Content-Length: " + std::to_string(ask.body.size()) + "\r\n";
  }
  return out + "\r\n" + ask.body;
}

std::string_view without_web(std::string_view path) {
  return path.starts_with("web/dist/") ? std::string_view() : embedded_file(path);
}

std::string_view with_small_web(std::string_view path) {
  constexpr std::pair<std::string_view, std::string_view> kFiles[] = {
      {"web/dist/assets/icon-4d5e6f.svg", "<svg/>"},
      {"web/dist/assets/index-1a2b3c.js", "console.log('plain')"},
      {"web/dist/assets/index-1a2b3c.js.gz", "pressed"},
      {"web/dist/icon.svg", "<svg/>"},
      {"web/dist/licences.txt", "react: MIT"},
      {"web/dist/index.html",
       "<!doctype html><style nonce=\"{{nonce}}\">a{}</style><script type=\"module\" "
       "src=\"/assets/index-1a2b3c.js\"></script><meta name=\"nonce\" content=\"{{nonce}}\">"},
  };
  for (const auto& [name, bytes] : kFiles)
    if (name == path) return bytes;
  return without_web(path);
}

Served::Served(http::ServerOptions options, support::SmallLedgerOptions options_of_ledger,
               std::string_view (*embedded)(std::string_view), std::vector<std::string> proxies)
    : ledger(support::SmallLedger::make(std::move(options_of_ledger))),
      random(ledger->other_random),
      context{*ledger->engine,
              ledger->accounts,
              *ledger->keyring,
              *ledger->audit,
              *ledger->evidence,
              ledger->clock,
              random,
              merkle::verifier_key(ledger->signing_key),
              Messages::of,
              embedded,
              {},
              "1.2.3",
              std::move(proxies),
              {ledger::Role::SystemAdmin, ledger::Role::SecurityAdmin, ledger::Role::AuditAdmin}} {
  if (options.listen == http::ServerOptions{}.listen) options.listen = "127.0.0.1:0";
  auto started = http::Server::start(context, std::move(options));
  TZ_ASSERT(started.ok());
  server = *std::move(started);
}

Served::~Served() {
  if (server) server->stop();
  ledger->engine->stop();
}

Reply Served::ask(const Ask& ask) {
  Wire wire(server->port());
  wire.send(request_bytes(ask));
  return wire.read_reply(ask.method == "HEAD");
}

Reply Served::get(const std::string& person, const std::string& path) {
  return ask({"GET", path, "", {"Authorization: Bearer " + ledger->token(person)}});
}

Reply Served::post(const std::string& person, const std::string& path, const std::string& body,
                   const std::vector<std::string>& headers) {
  Ask asked{"POST", path, body, headers};
  asked.headers.push_back("Authorization: Bearer " + ledger->token(person));
  return ask(asked);
}

Reply Served::act(const std::string& person, const std::string& item, const std::string& transition,
                  const std::string& body) {
  const auto no = ledger::parse_item_no(item);
  TZ_ASSERT(no.has_value());
  const auto view = ledger->engine->published().view;
  const auto index = view->find(*no);
  TZ_ASSERT(index.has_value());
  const std::string version = std::to_string(view->row(*index).last.value);
  return post(person, "/api/v1/items/" + item + "/" + transition, body,
              {"If-Match: \"" + version + "\""});
}

bool needs_account(const http::Route& route) {
  static const auto policy = programme::read_policy(embedded_file("policy/policy.yaml"));
  TZ_ASSERT(policy.ok());
  return policy->of(route.right).admits != ledger::Admits::Anybody;
}

std::string sample_pdf(const std::string& text) {
  return "%PDF-1.4\n% " + text +
         "\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count "
         "0>>\nendobj\nxref\n0 3\n0000000000 65535 f \ntrailer\n<</Size 3/Root 1 0 "
         "R>>\nstartxref\n9\n%%EOF\n";
}

}  // namespace tz::http_test
