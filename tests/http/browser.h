// A browser for tests: keeps its cookie, sends the secret of its session, and holds what it is
// answered against the contract.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "http/client.h"
#include "http/contract.h"

namespace tz::http_test {

inline std::string cookie_of(const Reply& reply) {
  const std::string header = reply.header("set-cookie");
  return header.substr(0, header.find(';'));
}

class Browser {
 public:
  explicit Browser(Served& served) : served_(served) {}

  Reply send(const std::string& method, const std::string& path, const std::string& route,
             const std::string& body = "") {
    std::vector<std::string> headers{"User-Agent: Test browser"};
    if (!cookie_.empty()) headers.push_back("Cookie: " + cookie_);
    if (!csrf_.empty()) headers.push_back("X-CSRF-Token: " + csrf_);
    const Reply reply = served_.ask({method, path, body, headers});
    // Where there is no body there is nothing to hold against the contract.
    if (reply.status != 204) {
      EXPECT_EQ(breach(method, route, reply), "") << method << " " << path << "\n" << reply.body;
    }
    if (!cookie_of(reply).empty()) cookie_ = cookie_of(reply);
    for (const char* at : {"csrf", "session/csrf"})
      if (!reply.text(at).empty()) csrf_ = reply.text(at);
    return reply;
  }
  Reply get(const std::string& path) { return send("GET", path, path); }
  Reply post(const std::string& path, const Json& body) {
    return send("POST", path, path, body.dump());
  }
  Reply sign_in(const std::string& name,
                std::string_view password = support::SmallLedger::kPassword) {
    Json body;
    body.set("name", name).set("password", password);
    return post("/api/v1/session", body);
  }
  Reply give(const std::string& path, const std::string& code) {
    Json body;
    body.set("code", code);
    return post(path, body);
  }
  Reply begin_factor() {
    Json body;
    body.set("password", support::SmallLedger::kPassword);
    return post("/api/v1/account/second-factor", body);
  }
  [[nodiscard]] const std::string& cookie() const { return cookie_; }

 private:
  Served& served_;
  std::string cookie_;
  std::string csrf_;
};

}  // namespace tz::http_test
