// The pages of the web and their files, from a small made web: none need have been built.
#include <gtest/gtest.h>

#include <set>

#include "http/client.h"
#include "http/contract.h"
#include "http/routes.h"

namespace tz::http_test {
namespace {

constexpr const char* kPages[] = {"/",
                                  "/help",
                                  "/help/clerk",
                                  "/items",
                                  "/items/new",
                                  "/items/X",
                                  "/items/X/print/notice",
                                  "/print/items",
                                  "/queue",
                                  "/sign-in",
                                  "/units",
                                  "/units/9001",
                                  "/work"};

std::string nonce_in(const Reply& reply) {
  const std::string policy = reply.header("content-security-policy");
  const std::size_t at = policy.find("'nonce-");
  if (at == std::string::npos) return {};
  return policy.substr(at + 7, policy.find('\'', at + 7) - at - 7);
}

TEST(Pages, AreOneFileAtEveryAddressWithANonceOfItsOwn) {
  Served served;
  std::set<std::string> nonces;
  for (const char* path : kPages) {
    const Reply page = served.ask({"GET", path, "", {}});
    ASSERT_EQ(page.status, 200U) << path << page.body;
    EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.header("cache-control"), "no-cache");
    const std::string nonce = nonce_in(page);
    EXPECT_EQ(nonce.size(), 32U) << path;
    EXPECT_TRUE(nonces.insert(nonce).second) << path;
    EXPECT_EQ(page.body.find("{{"), std::string::npos);
    EXPECT_NE(page.body.find("<style nonce=\"" + nonce + "\">"), std::string::npos);
    EXPECT_NE(page.body.find("content=\"" + nonce + "\">"), std::string::npos);
  }
}

TEST(Pages, AllowOnlyWhatTheProgramItselfServes) {
  Served served;
  const Reply page = served.ask({"GET", "/", "", {}});
  EXPECT_EQ(page.header("content-security-policy"),
            "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce_in(page) +
                "'; img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; "
                "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  EXPECT_EQ(page.header("x-content-type-options"), "nosniff");
  for (const char* path : {"/api", "/healthz", "/api/v1/kinds", "/assets/index-1a2b3c.js"})
    EXPECT_EQ(
        served.ask({"GET", path, "", {}}).header("content-security-policy").find("script-src"),
        std::string::npos)
        << path;
}

TEST(Pages, ShowTheirMarkAndWhoseCodeTheyHold) {
  Served served;
  const Reply icon = served.ask({"GET", "/icon.svg", "", {}});
  EXPECT_EQ(icon.header("content-type"), "image/svg+xml");
  EXPECT_EQ(icon.header("cache-control"), "no-cache");
  const Reply licences = served.ask({"GET", "/licences.txt", "", {}});
  EXPECT_EQ(licences.header("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(licences.body, "react: MIT");
}

TEST(Pages, LeaveTheirQueryToTheWeb) {
  Served served;
  EXPECT_EQ(served.ask({"GET", "/items?unit=9001&view=a%20b", "", {}}).status, 200U);
  EXPECT_EQ(served.ask({"HEAD", "/items?unit=9001", "", {}}).status, 200U);
  EXPECT_EQ(served.ask({"POST", "/items", "{}", {}}).status, 405U);
  EXPECT_EQ(served.ask({"GET", "/nowhere", "", {}}).code(), "route_unknown");
}

TEST(Pages, AnswerABrowserAtAnAddressThatIsNone) {
  Served served;
  const std::string browser = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";
  for (const char* path : {"/nowhere", "/items/X/nothing", "/units/9001/x?y=z"}) {
    const Reply page = served.ask({"GET", path, "", {browser}});
    EXPECT_EQ(page.status, 404U) << path;
    EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(nonce_in(page).size(), 32U) << path;
    EXPECT_EQ(served.ask({"GET", path, "", {}}).code(), "route_unknown") << path;
    EXPECT_EQ(served.ask({"GET", path, "", {"Accept: */*"}}).code(), "route_unknown") << path;
    EXPECT_EQ(served.ask({"POST", path, "", {browser}}).code(), "route_unknown") << path;
  }
  for (const char* path : {"/items/", "/units//x", "/%zz"}) {
    EXPECT_EQ(served.ask({"GET", path, "", {browser}}).header("content-type"),
              "text/html; charset=utf-8")
        << path;
    EXPECT_EQ(served.ask({"GET", path, "", {}}).code(), "bad_target") << path;
  }
  EXPECT_EQ(served.ask({"GET", "/api/v1/units/%zz", "", {browser}}).code(), "bad_target");
  for (const char* path : {"/api/v1/nowhere", "/api/v2", "/assets", "/log/nowhere"})
    EXPECT_EQ(served.ask({"GET", path, "", {browser}}).code(), "route_unknown") << path;
  // What may not be seen and what is not there have the same page, and no other status.
  const std::string hidden = ledger::to_text(served.ledger->open_problem("900101001001", "停车"));
  const std::string none = ledger::to_text(ledger::ItemNo{12345});
  for (const std::string& no : {hidden, none})
    EXPECT_EQ(served.ask({"GET", "/items/" + no, "", {browser}}).status, 200U);
  EXPECT_NE(served.ask({"GET", "/metrics", "", {}}).body.find("code=\"route_unknown\""),
            std::string::npos);
}

TEST(Pages, SayWhereTheyWereNotBuilt) {
  Served served({}, {}, without_web);
  for (const char* path : kPages) {
    const Reply page = served.ask({"GET", path, "", {}});
    EXPECT_EQ(page.status, 503U) << path;
    EXPECT_EQ(page.code(), "page_missing") << path;
  }
  EXPECT_EQ(served.ask({"GET", "/assets/index-1a2b3c.js", "", {}}).code(), "asset_unknown");
  EXPECT_EQ(served.ask({"GET", "/api", "", {}}).status, 200U);
  EXPECT_EQ(served.ask({"GET", "/api/style.css", "", {}}).status, 200U);
}

TEST(Assets, ComePressedToWhoTakesThem) {
  Served served;
  const char* script = "/assets/index-1a2b3c.js";
  const Reply plain = served.ask({"GET", script, "", {"Accept-Encoding: gzip;q=0, br"}});
  EXPECT_EQ(plain.status, 200U);
  EXPECT_EQ(plain.header("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(plain.header("content-encoding"), "");
  EXPECT_EQ(plain.header("vary"), "Accept-Encoding");
  EXPECT_EQ(plain.header("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(plain.body, "console.log('plain')");
  const Reply pressed = served.ask({"GET", script, "", {"Accept-Encoding: gzip, deflate"}});
  EXPECT_EQ(pressed.header("content-encoding"), "gzip");
  EXPECT_EQ(pressed.header("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(pressed.body, "pressed");
  const Reply picture =
      served.ask({"GET", "/assets/icon-4d5e6f.svg", "", {"Accept-Encoding: gzip"}});
  EXPECT_EQ(picture.header("content-type"), "image/svg+xml");
  EXPECT_EQ(picture.header("content-encoding"), "");
  EXPECT_EQ(picture.body, "<svg/>");
}

TEST(Assets, AreNoWayToOtherFiles) {
  Served served;
  for (const char* path : {"/assets/x.js", "/assets/locales/en.json", "/assets/..%2findex.html"}) {
    const Reply reply = served.ask({"GET", path, "", {}});
    EXPECT_GE(reply.status, 400U) << path;
    EXPECT_LT(reply.status, 500U) << path;
  }
  EXPECT_EQ(served.ask({"GET", "/assets/x.js", "", {}}).code(), "asset_unknown");
  EXPECT_EQ(served.ask({"GET", "/assets", "", {}}).code(), "route_unknown");
}

TEST(Assets, AnswerHeadAndTheNextRequestOnTheSameConnection) {
  Served served;
  Wire wire(served.server->port());
  wire.send(request_bytes({"HEAD", "/assets/index-1a2b3c.js", "", {}}));
  const Reply head = wire.read_reply(true);
  EXPECT_EQ(head.header("content-length"), "20");
  wire.send(request_bytes({"GET", "/assets/index-1a2b3c.js", "", {}}));
  EXPECT_EQ(wire.read_reply().body.size(), 20U);
  wire.send(request_bytes({"GET", "/healthz", "", {}}));
  EXPECT_EQ(wire.read_reply().status, 200U);
}

}  // namespace
}  // namespace tz::http_test
