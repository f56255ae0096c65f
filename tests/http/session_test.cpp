// Signing in and out, cookies, CSRF and tokens, over a real connection.
#include <gtest/gtest.h>

#include "http/contract.h"

namespace tz::http_test {
namespace {

std::string credentials(const std::string& name, std::string_view password) {
  Json body;
  body.set("name", name).set("password", password);
  return body.dump();
}

Reply sign_in(Served& served, const std::string& name, std::string_view password) {
  return served.ask({"POST", "/api/v1/session", credentials(name, password), {}});
}

std::string cookie_of(const Reply& reply) {
  const std::string header = reply.header("set-cookie");
  return header.substr(0, header.find(';'));
}

TEST(SigningIn, GivesACookieAndPosts) {
  Served served;
  const Reply reply = sign_in(served, "recorder", support::SmallLedger::kPassword);
  ASSERT_EQ(reply.status, 200U) << reply.body;
  EXPECT_EQ(breach("POST", "/api/v1/session", reply), "");
  EXPECT_EQ(reply.text("account"), "recorder");
  EXPECT_EQ(reply.text("posts/0/unit/code"), "900101001");
  EXPECT_EQ(reply.text("posts/0/role"), "recorder");
  const std::string cookie = reply.header("set-cookie");
  EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
  EXPECT_NE(cookie.find("SameSite=Strict"), std::string::npos);
  EXPECT_EQ(cookie.find("Secure"), std::string::npos);
  const Reply again = served.ask({"GET", "/api/v1/session", "", {"Cookie: " + cookie_of(reply)}});
  EXPECT_EQ(again.status, 200U);
  EXPECT_EQ(again.text("csrf"), reply.text("csrf"));
}

TEST(SigningIn, BehindAProxyThatSpeaksTlsTheCookieIsForTlsAlone) {
  const Ask ask{
      "POST",
      "/api/v1/session",
      R"({"name":"recorder","password":")" + std::string(support::SmallLedger::kPassword) + "\"}",
      {"X-Forwarded-Proto: https"}};
  Served behind({}, {}, with_small_web, {"127.0.0.1"});
  const Reply told = behind.ask(ask);
  EXPECT_NE(told.header("set-cookie").find("; Secure"), std::string::npos);
  EXPECT_NE(told.header("strict-transport-security"), "");
  Served alone;
  EXPECT_EQ(alone.ask(ask).header("set-cookie").find("; Secure"), std::string::npos)
      << "anybody can write that header";
}

TEST(Requests, OfOneAccountAreSoManyAtOnce) {
  http::ServerOptions options;
  options.door.requests_of_account = 0;
  Served served(options);
  const Reply refused = served.get("recorder", "/api/v1/items");
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(refused.code(), "requests_too_many");
  EXPECT_EQ(served.ask({"GET", "/api/v1/ledger", "", {}}).status, 200U) << "strangers are others";
}

TEST(Requests, OfOneAddressWithoutAnAccountAreSoManyAtOnce) {
  http::ServerOptions options;
  options.door.requests_of_address = 0;
  Served served(options);
  const Reply refused = served.ask({"GET", "/api/v1/ledger", "", {}});
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(refused.code(), "address_requests_too_many");
  EXPECT_EQ(served.get("recorder", "/api/v1/ledger").status, 200U)
      << "who has an account is another";
}

// A page that asks by itself while nobody is there lets the session end as if it had not asked.
TEST(SigningIn, APageAloneKeepsNoSession) {
  for (const bool attended : {true, false}) {
    Served served;
    const std::string cookie =
        cookie_of(sign_in(served, "recorder", support::SmallLedger::kPassword));
    const auto ask = [&](std::vector<std::string> more) {
      more.push_back("Cookie: " + cookie);
      return served.ask({"GET", "/api/v1/session", "", more});
    };
    const Instant begin = served.ledger->clock.now();
    const std::int64_t idle_us = served.ledger->accounts.policy().idle_us_max;
    served.ledger->clock.set(Instant{begin.us + idle_us / 2});
    const std::vector<std::string> sign =
        attended ? std::vector<std::string>{} : std::vector<std::string>{"X-Unattended: yes"};
    ASSERT_EQ(ask(sign).status, 200U) << "it is answered all the same";
    served.ledger->clock.set(Instant{begin.us + idle_us + 1});
    EXPECT_EQ(ask({}).status, attended ? 200U : 401U);
  }
}

TEST(SigningIn, RefusesWrongNamesAndPasswordsAlike) {
  Served served;
  Reply wrong = sign_in(served, "recorder", "not-the-password");
  Reply unknown = sign_in(served, "nobody-here", "not-the-password");
  EXPECT_EQ(wrong.status, 401U);
  EXPECT_EQ(unknown.status, 401U);
  EXPECT_EQ(wrong.code(), "sign_in_refused");
  EXPECT_EQ(wrong.text("detail"), unknown.text("detail"));
  EXPECT_EQ(wrong.body.size(), unknown.body.size());
  EXPECT_EQ(wrong.header("set-cookie"), "");
}

TEST(SigningIn, LocksAfterTooManyTries) {
  Served served;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in(served, "fixer", "wrong-guess").status, 401U);
  const Reply locked = sign_in(served, "fixer", support::SmallLedger::kPassword);
  EXPECT_EQ(locked.status, 429U);
  EXPECT_EQ(locked.code(), "sign_in_locked");
  EXPECT_EQ(locked.text("facts/minutes"), "31");
  EXPECT_EQ(locked.header("retry-after"), "1860");
}

TEST(SigningIn, RefusesBodiesItDoesNotKnow) {
  Served served;
  EXPECT_EQ(served.ask({"POST", "/api/v1/session", "[1]", {}}).code(), "field_type");
  EXPECT_EQ(served.ask({"POST", "/api/v1/session", R"({"name":"a"})", {}}).code(),
            "field_required");
  EXPECT_EQ(served.ask({"POST", "/api/v1/session", R"({"name":"a","password":1})", {}}).code(),
            "field_type");
  EXPECT_EQ(served.ask({"POST", "/api/v1/session", R"({"name":"a","passwort":"x"})", {}}).code(),
            "field_unknown");
  const Reply form = served.ask({"POST",
                                 "/api/v1/session",
                                 "name=a&password=b",
                                 {"Content-Type: application/x-www-form-urlencoded"}});
  EXPECT_EQ(form.status, 415U);
}

TEST(Browser, MustSendTheSecretOfItsSessionWithEveryChange) {
  Served served;
  const Reply session = sign_in(served, "recorder", support::SmallLedger::kPassword);
  const std::string cookie = "Cookie: " + cookie_of(session);
  const std::string body =
      R"({"kind":"problem","unit":"900101001001","source":"resident","title":"井盖松动"})";
  const Reply without = served.ask({"POST", "/api/v1/items", body, {cookie}});
  EXPECT_EQ(without.status, 403U);
  EXPECT_EQ(without.code(), "csrf_wrong");
  const Reply wrong = served.ask(
      {"POST", "/api/v1/items", body, {cookie, "X-CSRF-Token: " + std::string(43, 'A')}});
  EXPECT_EQ(wrong.code(), "csrf_wrong");
  const Reply right = served.ask(
      {"POST", "/api/v1/items", body, {cookie, "X-CSRF-Token: " + session.text("csrf")}});
  EXPECT_EQ(right.status, 201U) << right.body;
}

TEST(SigningOut, EndsTheSession) {
  Served served;
  const Reply session = sign_in(served, "checker", support::SmallLedger::kPassword);
  const std::string cookie = "Cookie: " + cookie_of(session);
  const Reply out = served.ask(
      {"DELETE", "/api/v1/session", "", {cookie, "X-CSRF-Token: " + session.text("csrf")}});
  EXPECT_EQ(out.status, 204U);
  EXPECT_NE(out.header("set-cookie").find("Max-Age=0"), std::string::npos);
  const Reply after = served.ask({"GET", "/api/v1/session", "", {cookie}});
  EXPECT_EQ(after.status, 401U);
  EXPECT_EQ(after.code(), "sign_in_needed");
}

TEST(Session, EndsWhenIdle) {
  Served served;
  const Reply session = sign_in(served, "checker", support::SmallLedger::kPassword);
  const std::string cookie = "Cookie: " + cookie_of(session);
  EXPECT_EQ(served.ask({"GET", "/api/v1/session", "", {cookie}}).status, 200U);
  served.ledger->clock.advance_days(1);
  EXPECT_EQ(served.ask({"GET", "/api/v1/session", "", {cookie}}).status, 401U);
}

TEST(Token, IsBelievedOnlyIfKnown) {
  Served served;
  EXPECT_EQ(served.get("admin", "/api/v1/session").text("account"), "admin");
  EXPECT_TRUE(served.get("admin", "/api/v1/session").at("csrf").is_null());
  for (const char* header : {"Authorization: Bearer tz_nonsense", "Authorization: Basic YTpi"}) {
    const Reply reply = served.ask({"GET", "/api/v1/units/0", "", {header}});
    EXPECT_EQ(reply.status, 401U) << header;
    EXPECT_EQ(reply.code(), "token_unknown");
    EXPECT_EQ(reply.header("www-authenticate"), "Bearer");
  }
  const Reply nobody = served.ask({"GET", "/api/v1/items", "", {}});
  EXPECT_EQ(nobody.code(), "sign_in_needed");
}

TEST(Cookie, OfWhichThereAreTwoIsNotBelieved) {
  Served served;
  const Reply session = sign_in(served, "checker", support::SmallLedger::kPassword);
  const std::string cookie = cookie_of(session);
  EXPECT_EQ(
      served.ask({"GET", "/api/v1/session", "", {"Cookie: " + cookie + "; tz_session=x"}}).status,
      401U);
  EXPECT_EQ(served.ask({"GET", "/api/v1/session", "", {"Cookie: a=b; " + cookie}}).status, 200U);
}

}  // namespace
}  // namespace tz::http_test
