// A plain client for tests, and a server with a small ledger behind it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "http/context.h"
#include "http/routes.h"
#include "http/server.h"
#include "support/small_ledger.h"

namespace tz::http_test {

// RFC 4648 section 6, as an authenticator reads the secret it is shown.
inline Bytes from_base32(const std::string& text) {
  Bytes out;
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const char c : text) {
    held = held << 5 | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    out.push_back(static_cast<std::uint8_t>(held >> bits));
  }
  return out;
}

struct Reply {
  unsigned status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;
  Json json;            // null where the body is none
  bool closed = false;  // the server closed the connection

  [[nodiscard]] std::string header(std::string_view name) const;  // empty: none
  [[nodiscard]] std::string code() const;                         // of a problem
  // The member at a path such as "unit/code" or "items/0/item"; null where there is none.
  [[nodiscard]] Json at(std::string_view path) const;
  [[nodiscard]] std::string text(std::string_view path) const;
  [[nodiscard]] JsonArray list(std::string_view path) const;
};

// One connection. Reading waits five seconds at most, then the test fails.
class Wire {
 public:
  enum class Tls { No, Yes };
  explicit Wire(std::uint16_t port, Tls tls = Tls::No);
  explicit Wire(const std::string& socket_path);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  void send(std::string_view bytes);
  Reply read_reply(bool head_only = false);
  // Reads until what was read holds `wanted`; all that was read and not taken by a reply.
  std::string read_until(std::string_view wanted);
  // Whether the other side closes without another byte.
  bool closes();

 private:
  bool read_more();
  int socket_ = -1;
  struct Secured;
  std::unique_ptr<Secured> secured_;
  std::string pending_;
  bool ended_ = false;
};

struct Ask {
  std::string method = "GET";
  std::string path;  // and query
  std::string body;
  std::vector<std::string> headers;  // "Name: value"
};

std::string request_bytes(const Ask& ask);

// The program's own files with a small made web among them, or with none, whatever was built.
std::string_view with_small_web(std::string_view path);
std::string_view without_web(std::string_view path);

// The server under test.
class Served {
 public:
  explicit Served(http::ServerOptions options = {}, support::SmallLedgerOptions ledger = {},
                  std::string_view (*embedded)(std::string_view) = with_small_web,
                  std::vector<std::string> proxies = {});
  ~Served();

  Reply ask(const Ask& ask);
  // As that person, with his token.
  Reply get(const std::string& person, const std::string& path);
  Reply post(const std::string& person, const std::string& path, const std::string& body,
             const std::vector<std::string>& headers = {});
  // An action on an item as it is now; gives the answer.
  Reply act(const std::string& person, const std::string& item, const std::string& transition,
            const std::string& body);

  std::unique_ptr<support::SmallLedger> ledger;
  http::LockedRandom random;
  http::Context context;
  std::unique_ptr<http::Server> server;
};

// Whether the policy asks of those who call it that they have signed in.
bool needs_account(const http::Route& route);

// The smallest file that counts as a PDF.
std::string sample_pdf(const std::string& text);

}  // namespace tz::http_test
