// One's own account over HTTP: both steps of signing in, sessions, passwords, tokens and locks.
#include <gtest/gtest.h>

#include "access/totp.h"
#include "http/admission.h"
#include "http/browser.h"
#include "http/contract.h"
#include "http/routes.h"

namespace tz::http_test {
namespace {

constexpr const char* kNewPassword = "three-lamps-five-roosters";

class AccountPages : public testing::Test {
 protected:
  std::string code_now() {
    return access::totp_code(secret, access::totp_step(served.ledger->clock.now()));
  }
  // The codes of the next half minute, for each counts once.
  void next_step() {
    served.ledger->clock.set(Instant{served.ledger->clock.now().us + 31'000'000});
  }
  // Turns the second factor of the browser's account on; its recovery codes.
  std::vector<std::string> turn_on(Browser& browser) {
    const Reply begun = browser.begin_factor();
    EXPECT_EQ(begun.status, 201U) << begun.body;
    secret = from_base32(begun.text("secret"));
    const Reply on = browser.give("/api/v1/account/second-factor/confirm", code_now());
    EXPECT_EQ(on.status, 200U) << on.body;
    std::vector<std::string> out;
    for (const Json& code : on.list("recovery_codes")) out.push_back(*code.as_text());
    next_step();
    return out;
  }

  Served served;
  Bytes secret;
};

TEST_F(AccountPages, AnAdministratorHasToEnrolBeforeAnythingElse) {
  Browser browser(served);
  const Reply opened = browser.sign_in("admin");
  ASSERT_EQ(opened.status, 200U) << opened.body;
  EXPECT_EQ(opened.text("step"), "enrol");
  EXPECT_TRUE(opened.list("posts").empty());
  EXPECT_EQ(browser.get("/api/v1/items").code(), "sign_in_unfinished");
  EXPECT_EQ(browser.get("/api/v1/sessions").code(), "sign_in_unfinished");
  EXPECT_EQ(browser.get("/api/v1/account").status, 200U);
  // On open pages he counts as nobody.
  EXPECT_EQ(browser.send("GET", "/api/v1/units/0", "/api/v1/units/{code}").status, 200U);
  EXPECT_EQ(turn_on(browser).size(), access::kRecoveryCodes);
  const Reply session = browser.get("/api/v1/session");
  EXPECT_EQ(session.text("step"), "done");
  EXPECT_EQ(session.text("posts/0/role"), "system_admin");
  EXPECT_EQ(browser.get("/api/v1/items").status, 200U);
}

TEST_F(AccountPages, SigningInTakesTwoStepsWithASecondFactor) {
  Browser browser(served);
  ASSERT_EQ(browser.sign_in("recorder").text("step"), "done");
  const auto recovery = turn_on(browser);
  Browser second(served);
  const Reply waiting = second.sign_in("recorder");
  EXPECT_EQ(waiting.text("step"), "code");
  EXPECT_TRUE(waiting.list("posts").empty());
  EXPECT_EQ(second.get("/api/v1/work").code(), "sign_in_unfinished");
  EXPECT_EQ(second.give("/api/v1/session/code", "000000").code(), "code_wrong");
  const Reply in = second.give("/api/v1/session/code", code_now());
  ASSERT_EQ(in.status, 200U) << in.body;
  EXPECT_EQ(in.text("step"), "done");
  EXPECT_EQ(in.text("posts/0/role"), "recorder");
  EXPECT_EQ(second.get("/api/v1/work").status, 200U);
  // The same code again, and a recovery code in its place.
  Browser third(served);
  third.sign_in("recorder");
  EXPECT_EQ(third.give("/api/v1/session/code", code_now()).code(), "code_wrong");
  EXPECT_EQ(third.give("/api/v1/session/code", recovery.at(0)).status, 200U);
  EXPECT_EQ(third.get("/api/v1/account").at("recovery_codes"), Json(9));
}

TEST_F(AccountPages, AnEnrolledAdministratorCannotTurnItOffAndOthersCan) {
  Browser admin(served);
  admin.sign_in("guard");
  turn_on(admin);
  Json body;
  body.set("password", support::SmallLedger::kPassword).set("code", code_now());
  EXPECT_EQ(admin.post("/api/v1/account/second-factor/disable", body).code(), "second_factor_due");
  Browser recorder(served);
  recorder.sign_in("recorder");
  turn_on(recorder);
  Json wrong;
  wrong.set("password", "not-the-password").set("code", code_now());
  EXPECT_EQ(recorder.post("/api/v1/account/second-factor/disable", wrong).code(), "password_wrong");
  Json right;
  right.set("password", support::SmallLedger::kPassword).set("code", code_now());
  const Reply off = recorder.post("/api/v1/account/second-factor/disable", right);
  ASSERT_EQ(off.status, 200U) << off.body;
  EXPECT_TRUE(off.at("second_factor").is_null());
}

TEST_F(AccountPages, ANewPasswordEndsAllOtherSessionsAndKeepsThisOne) {
  Browser here(served);
  Browser there(served);
  here.sign_in("fixer");
  there.sign_in("fixer");
  const auto change = [&](std::string_view old_one, std::string_view new_one) {
    Json body;
    body.set("old", old_one).set("new", new_one);
    return here.post("/api/v1/account/password", body);
  };
  const auto password = support::SmallLedger::kPassword;
  EXPECT_EQ(change("wrong-password", kNewPassword).code(), "password_wrong");
  EXPECT_EQ(change(password, "short").code(), "password_weak");
  EXPECT_EQ(change(password, "my-fixer-words-7").code(), "password_has_name");
  EXPECT_EQ(change(password, "taizhang-2019-x").code(), "password_common");
  EXPECT_EQ(change(password, password).code(), "password_same");
  ASSERT_EQ(change(password, kNewPassword).status, 200U);
  EXPECT_EQ(here.get("/api/v1/session").status, 200U);
  EXPECT_EQ(there.get("/api/v1/session").status, 401U);
  Browser again(served);
  EXPECT_EQ(again.sign_in("fixer", password).code(), "sign_in_refused");
  EXPECT_EQ(again.sign_in("fixer", kNewPassword).status, 200U);
}

TEST_F(AccountPages, SessionsAreListedAndEnded) {
  Browser here(served);
  Browser there(served);
  Browser third(served);
  there.sign_in("checker");
  third.sign_in("checker");
  here.sign_in("checker");
  const Reply listed = here.get("/api/v1/sessions");
  const JsonArray sessions = listed.list("sessions");
  ASSERT_EQ(sessions.size(), 3U);
  std::string other;
  for (const Json& each : sessions) {
    EXPECT_EQ(*each.find("browser")->as_text(), "Test browser");
    EXPECT_EQ(*each.find("from")->as_text(), "127.0.0.1");
    if (!*each.find("here")->as_bool()) other = *each.find("session")->as_text();
  }
  EXPECT_EQ(here.send("DELETE", "/api/v1/sessions/" + other, "/api/v1/sessions/{session}").status,
            200U);
  EXPECT_EQ(here.send("DELETE", "/api/v1/sessions/" + other, "/api/v1/sessions/{session}").code(),
            "session_unknown");
  const Reply ended = here.send("DELETE", "/api/v1/sessions", "/api/v1/sessions");
  EXPECT_EQ(ended.at("ended"), Json(1));
  EXPECT_EQ(there.get("/api/v1/session").status, 401U);
  EXPECT_EQ(third.get("/api/v1/session").status, 401U);
  EXPECT_EQ(here.get("/api/v1/session").status, 200U);
  // Nobody ends another's.
  Browser fixer(served);
  fixer.sign_in("fixer");
  const std::string foreign =
      *here.get("/api/v1/sessions").list("sessions")[0].find("session")->as_text();
  EXPECT_EQ(
      fixer.send("DELETE", "/api/v1/sessions/" + foreign, "/api/v1/sessions/{session}").code(),
      "session_unknown");
}

TEST_F(AccountPages, TokensAreIssuedWithAScopeAndRevoked) {
  Browser browser(served);
  browser.sign_in("recorder");
  Json wish;
  wish.set("label", "nightly").set("scope", "open,evidence").set("days", 7);
  const Reply issued = browser.post("/api/v1/tokens", wish);
  ASSERT_EQ(issued.status, 201U) << issued.body;
  const std::string bearer = "Authorization: Bearer " + issued.text("token");
  const auto as_script = [&](const char* method, const char* path, const std::string& body) {
    return served.ask({method, path, body, {bearer}});
  };
  const std::string item =
      R"({"kind":"problem","unit":"900101001001","source":"resident","title":"井盖松动"})";
  const Reply opened = as_script("POST", "/api/v1/items", item);
  EXPECT_EQ(opened.status, 201U) << opened.body;
  const std::string path = "/api/v1/items/" + opened.text("item") + "/withdraw";
  EXPECT_EQ(as_script("POST", path.c_str(), "{}").code(), "token_scope");
  EXPECT_EQ(as_script("GET", "/api/v1/items", "").status, 200U);
  for (const char* own : {"/api/v1/account", "/api/v1/sessions", "/api/v1/tokens"})
    EXPECT_EQ(as_script("GET", own, "").code(), "session_needed") << own;
  EXPECT_EQ(browser.get("/api/v1/tokens").list("tokens").size(), 2U);
  served.ledger->clock.advance_days(7);
  EXPECT_EQ(as_script("GET", "/api/v1/items", "").code(), "token_unknown");
  browser.sign_in("recorder");
  const std::string id = issued.text("id");
  EXPECT_EQ(browser.send("DELETE", "/api/v1/tokens/" + id, "/api/v1/tokens/{token}").status, 204U);
  EXPECT_EQ(browser.send("DELETE", "/api/v1/tokens/" + id, "/api/v1/tokens/{token}").code(),
            "token_none");
  Json forever;
  forever.set("label", "x").set("days", 100'000);
  EXPECT_EQ(browser.post("/api/v1/tokens", forever).code(), "token_days_bad");
}

TEST_F(AccountPages, ASecurityAdministratorUnlocksWhoeverIsBelowHim) {
  Browser locked(served);
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(locked.sign_in("fixer", "wrong-guess-1").code(), "sign_in_refused");
  EXPECT_EQ(locked.sign_in("fixer").code(), "sign_in_locked");
  const auto unlock = [](Browser& browser, const std::string& name) {
    return browser.send("POST", "/api/v1/accounts/" + name + "/unlock",
                        "/api/v1/accounts/{name}/unlock");
  };
  Browser recorder(served);
  recorder.sign_in("recorder");
  EXPECT_EQ(unlock(recorder, "fixer").code(), "not_permitted");
  Browser guard(served);
  guard.sign_in("guard");
  turn_on(guard);
  EXPECT_EQ(unlock(guard, "nobody-here").code(), "account_none");
  EXPECT_EQ(unlock(guard, "fixer").status, 200U);
  EXPECT_EQ(locked.sign_in("fixer").status, 200U);
}

// Who left for elsewhere is not below him any more; who holds no post at all still is.
TEST_F(AccountPages, WhoLeftForElsewhereIsUnlockedThere) {
  served.ledger->add_person("near", {{"900101", ledger::Role::SecurityAdmin}});
  served.ledger->add_person(
      "mover", {{"900101-cg", ledger::Role::Responsible}, {"900102", ledger::Role::Responsible}});
  served.ledger->add_person("leaver", {{"900101-cg", ledger::Role::Responsible}});
  Browser near(served);
  near.sign_in("near");
  turn_on(near);
  const auto unlock = [&](const std::string& name) {
    return near.send("POST", "/api/v1/accounts/" + name + "/unlock",
                     "/api/v1/accounts/{name}/unlock");
  };
  EXPECT_EQ(unlock("mover").status, 200U);
  for (const char* person : {"mover", "leaver"}) {
    const ledger::EndPost end{served.ledger->post(person)};
    ASSERT_TRUE(served.ledger->engine->submit_and_wait({end, {}, {}, {}}).ok());
  }
  served.ledger->clock.advance_days(1);
  near.sign_in("near");
  EXPECT_EQ(near.give("/api/v1/session/code", code_now()).status, 200U);
  EXPECT_EQ(unlock("mover").code(), "account_none");
  EXPECT_EQ(unlock("leaver").status, 200U);
}

// Whatever a route may be, an unfinished sign-in comes to its own step and to itself alone.
TEST(Admission, AnUnfinishedSignInComesToNothingElse) {
  const std::set<std::string> open = {"GET /api/v1/account", "DELETE /api/v1/session",
                                      "GET /api/v1/session"};
  for (const http::Route& route : http::routes()) {
    if (!needs_account(route)) continue;
    const std::string name = std::string(route.method) + " " + std::string(route.pattern);
    std::size_t steps = 0;
    for (const access::Step step :
         {access::Step::Code, access::Step::Enrol, access::Step::Password}) {
      http::Caller caller;
      caller.session.emplace().step = step;
      if (http::check_admission(caller, route, {"A", "report"}).ok()) ++steps;
    }
    const bool own = name.find("/account/password") != std::string::npos ||
                     name.find("/session/code") != std::string::npos ||
                     name == "POST /api/v1/account/second-factor" ||
                     name == "POST /api/v1/account/second-factor/confirm";
    EXPECT_EQ(steps, open.count(name) == 1 ? 3U : own ? 1U : 0U) << name;
    http::Caller reader;
    reader.scope = "read";
    if (route.method != "GET") {
      EXPECT_FALSE(http::check_admission(reader, route, {"A", "report"}).ok()) << name;
    }
  }
}

}  // namespace
}  // namespace tz::http_test
