// The lists, in the order of what they are about.
#include "policy/walked_routes.h"

namespace tz::policy_test {

// The pages, which are the same for everybody.
std::vector<Plain> page_routes() {
  return {
      {"GET /", "page.read", {"GET", "/"}},
      {"GET /account", "page.read", {"GET", "/account"}},
      {"GET /api", "page.read", {"GET", "/api"}},
      {"GET /api/style.css", "page.read", {"GET", "/api/style.css"}},
      {"GET /figures", "totals.read", {"GET", "/figures"}},
      {"GET /privacy", "page.read", {"GET", "/privacy"}},
      {"GET /audit", "page.read", {"GET", "/audit"}},
      {"GET /assets/{path}", "page.read", {"GET", "/assets/none.js"}},
      {"GET /report/style.css", "page.read", {"GET", "/report/style.css"}},
      {"GET /help", "page.read", {"GET", "/help"}},
      {"GET /help/{role}", "page.read", {"GET", "/help/recorder"}},
      {"GET /icon.svg", "page.read", {"GET", "/icon.svg"}},
      {"GET /inbox", "page.read", {"GET", "/inbox"}},
      {"GET /items", "page.read", {"GET", "/items"}},
      {"GET /items/new", "page.read", {"GET", "/items/new"}},
      {"GET /items/{no}", "page.read", {"GET", "/items/X"}},
      {"GET /items/{no}/print/{form}", "page.read", {"GET", "/items/X/print/sheet"}},
      {"GET /licences.txt", "page.read", {"GET", "/licences.txt"}},
      {"GET /print/items", "page.read", {"GET", "/print/items"}},
      {"GET /programmes", "page.read", {"GET", "/programmes"}},
      {"GET /programmes/{id}", "page.read", {"GET", "/programmes/small"}},
      {"GET /queue", "page.read", {"GET", "/queue"}},
      {"GET /setup", "page.read", {"GET", "/setup"}, Expected::Absent},
      {"GET /sign-in", "page.read", {"GET", "/sign-in"}},
      {"GET /units", "page.read", {"GET", "/units"}},
      {"GET /units/{code}", "page.read", {"GET", "/units/900101001"}},
      {"GET /work", "page.read", {"GET", "/work"}},
  };
}

std::vector<Plain> plain_routes() {
  const std::string unit = "/api/v1/units/900101001";
  return {
      {"GET /api/v1/kinds", "kind.read", {"GET", "/api/v1/kinds"}},
      {"GET /api/v1/kinds/{kind}/flow", "kind.read", {"GET", "/api/v1/kinds/problem/flow"}},
      {"GET /api/v1/ledger", "ledger.read", {"GET", "/api/v1/ledger"}},
      {"GET /api/v1/calendar.ics", "calendar.follow", {"GET", "/api/v1/calendar.ics"}},
      {"GET /api/v1/inbox", "account.own", {"GET", "/api/v1/inbox"}},
      {"POST /api/v1/inbox/{notice}/done", "account.own", {"POST", "/api/v1/inbox/0/done"}},
      {"GET /api/v1/data-register", "ledger.read", {"GET", "/api/v1/data-register"}},
      {"GET /api/v1/public-figures", "totals.read", {"GET", "/api/v1/public-figures"}},
      {"GET /api/v1/programmes", "programme.read", {"GET", "/api/v1/programmes"}},
      {"GET /api/v1/programmes/{id}", "programme.read", {"GET", "/api/v1/programmes/small"}},
      {"GET /api/v1/audit", "audit.read", {"GET", "/api/v1/audit?limit=1"}},
      {"POST /api/v1/session", "session.open", {"POST", "/api/v1/session", R"({"name":"x"})"}},
      {"GET /api/v1/session/identity-provider",
       "session.open",
       {"GET", "/api/v1/session/identity-provider"},
       Expected::Absent},
      {"GET /api/v1/session/identity-provider/back",
       "session.open",
       {"GET", "/api/v1/session/identity-provider/back"},
       Expected::Absent},
      {"POST /setup", "session.open", {"POST", "/setup"}, Expected::Absent},
      {"GET /api/v1/templates/items.csv", "kind.read", {"GET", "/api/v1/templates/items.csv"}},
      {"GET /api/v1/templates/items.xlsx", "kind.read", {"GET", "/api/v1/templates/items.xlsx"}},
      {"GET /api/v1/units", "unit.read", {"GET", "/api/v1/units?codes=900101001"}},
      {"GET /api/v1/units/{code}", "unit.read", {"GET", unit}},
      {"GET /api/v1/units/{code}/burden", "unit.read", {"GET", unit + "/burden"}},
      {"GET /api/v1/units/{code}/children", "unit.read", {"GET", unit + "/children"}},
      {"GET /api/v1/units/{code}/coverage",
       "programme.read",
       {"GET", unit + "/coverage?programme=small&requirement=meeting"}},
      {"GET /api/v1/units/{code}/coverage/proof",
       "programme.read",
       {"GET", unit + "/coverage/proof?programme=small&requirement=meeting"}},
      {"GET /api/v1/units/{code}/posts", "post.read", {"GET", unit + "/posts"}},
      {"GET /api/v1/units/{code}/rates", "totals.read", {"GET", unit + "/rates?by=child"}},
      {"GET /api/v1/units/{code}/rollup", "totals.read", {"GET", unit + "/rollup"}},
      {"POST /api/v1/evidence", "evidence.keep", {"POST", "/api/v1/evidence", "%PDF-1.4\n%%EOF\n"}},
      {"GET /follow", "request.follow", {"GET", "/follow"}},
      {"POST /follow", "request.follow", {"POST", "/follow"}},
      {"POST /api/v1/requests", "request.open", {"POST", "/api/v1/requests"}},
      {"GET /report", "request.open", {"GET", "/report"}},
      {"POST /report", "request.open", {"POST", "/report"}},
      {"GET /healthz", "health.read", {"GET", "/healthz"}},
      {"GET /log/checkpoint", "log.read", {"GET", "/log/checkpoint"}},
      {"GET /log/tile/{path}", "log.read", {"GET", "/log/tile/0/000"}},
      {"GET /metrics", "health.read", {"GET", "/metrics"}},
      {"GET /readyz", "health.read", {"GET", "/readyz"}},
  };
}

// What belongs to a person, and is done in a session of his and by no token.
std::vector<Plain> routes_of_sessions() {
  return {
      {"GET /api/v1/account", "account.own", {"GET", "/api/v1/account"}},
      {"GET /api/v1/account/contact", "account.own", {"GET", "/api/v1/account/contact"}},
      {"POST /api/v1/account/contact", "account.own", {"POST", "/api/v1/account/contact", "{}"}},
      {"GET /api/v1/account/data", "account.own", {"GET", "/api/v1/account/data"}},
      {"POST /api/v1/account/password", "account.own", {"POST", "/api/v1/account/password"}},
      {"POST /api/v1/account/second-factor",
       "account.own",
       {"POST", "/api/v1/account/second-factor"}},
      {"POST /api/v1/account/second-factor/confirm",
       "account.own",
       {"POST", "/api/v1/account/second-factor/confirm"}},
      {"POST /api/v1/account/second-factor/disable",
       "account.own",
       {"POST", "/api/v1/account/second-factor/disable"}},
      {"GET /api/v1/session", "account.own", {"GET", "/api/v1/session"}},
      {"DELETE /api/v1/session", "account.own", {"DELETE", "/api/v1/session"}},
      {"POST /api/v1/session/code", "account.own", {"POST", "/api/v1/session/code"}},
      {"DELETE /api/v1/sessions", "account.own", {"DELETE", "/api/v1/sessions"}},
      {"GET /api/v1/sessions", "account.own", {"GET", "/api/v1/sessions"}},
      {"DELETE /api/v1/sessions/{session}",
       "account.own",
       {"DELETE", "/api/v1/sessions/x"},
       Expected::Hidden},
      {"GET /api/v1/tokens", "account.own", {"GET", "/api/v1/tokens"}},
      {"POST /api/v1/tokens", "account.own", {"POST", "/api/v1/tokens"}},
      {"DELETE /api/v1/tokens/{token}",
       "account.own",
       {"DELETE", "/api/v1/tokens/x"},
       Expected::Hidden},
      {"GET /api/v1/account/posts", "account.own", {"GET", "/api/v1/account/posts"}},
  };
}

// Of posts and handovers of somebody else.
std::vector<Plain> routes_of_posts() {
  return {
      {"POST /api/v1/account/handovers",
       "handover.own",
       {"POST", "/api/v1/account/handovers", R"({"from":1,"to":1})"},
       Expected::Hidden},
      {"GET /api/v1/account/handovers/{handover}",
       "handover.own",
       {"GET", "/api/v1/account/handovers/1"},
       Expected::Hidden},
      {"DELETE /api/v1/account/handovers/{handover}",
       "handover.own",
       {"DELETE", "/api/v1/account/handovers/1"},
       Expected::Hidden},
      {"POST /api/v1/account/handovers/{handover}/confirm",
       "handover.own",
       {"POST", "/api/v1/account/handovers/1/confirm"},
       Expected::Hidden},
      {"GET /api/v1/account/posts/{post}/work",
       "handover.own",
       {"GET", "/api/v1/account/posts/1/work"},
       Expected::Hidden},
  };
}

}  // namespace tz::policy_test
