// Every route of the contract by every role in every relation: the program answers as the table
// says.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <set>

#include "base/embedded.h"
#include "http/routes.h"
#include "policy/policy_table.h"

namespace tz::policy_test {
namespace {

// Made by the one test, for its duration.
std::unique_ptr<WalkedTown>& made() {
  static std::unique_ptr<WalkedTown> town;
  return town;
}
WalkedTown& town() { return *made(); }
Table table() { return Table(town().tree()); }

// What was compared so far; the last test prints it.
struct Counts {
  std::set<std::string> routes;
  std::set<std::string> roles;
  std::set<std::string> relations;
  std::map<Expected, std::size_t> cells;
};
Counts& counts() {
  static Counts made;
  return made;
}

void compare(const std::string& route, const Person& person, Expected expected,
             const Answered& answer, const std::string& about = "") {
  counts().routes.insert(route);
  counts().roles.insert(person.role.value_or(person.name));
  counts().relations.insert(person.position);
  ++counts().cells[expected];
  const Expected found = read(answer);
  if (found == expected) return;
  ADD_FAILURE() << route << " by " << person.name << " " << about << ": the table says "
                << to_text(expected) << ", the program " << to_text(found) << " (" << answer.status
                << " " << answer.code << ")";
}

// Each person with each item he is asked about: of what reporters listed, those of their role.
void for_each_pair(const std::function<void(const Person&, const Matter&)>& work) {
  for (const Person& person : town().people) {
    for (const Matter& matter : town().matters) work(person, matter);
    for (const Matter& matter : town().reported)
      if (person.role && matter.recorder.starts_with(*person.role + ".")) work(person, matter);
  }
}

// A route as the walk asks it, where it is about no item. What belongs to a person takes a session
// and the walk brings tokens: that a stranger is told to sign in and an account is not is what it
// sees there; the rest is in tests/http/account_test.cpp.
struct Plain {
  const char* route;
  const char* right;
  Question question;
};
std::vector<Plain> routes_of_posts() {
  return {
      {"POST /api/v1/account/handovers",
       "handover.own",
       {"POST", "/api/v1/account/handovers", R"({"from":1,"to":1})"}},
      {"GET /api/v1/account/handovers/{handover}",
       "handover.own",
       {"GET", "/api/v1/account/handovers/1"}},
      {"DELETE /api/v1/account/handovers/{handover}",
       "handover.own",
       {"DELETE", "/api/v1/account/handovers/1"}},
      {"POST /api/v1/account/handovers/{handover}/confirm",
       "handover.own",
       {"POST", "/api/v1/account/handovers/1/confirm"}},
      {"GET /api/v1/account/posts", "account.own", {"GET", "/api/v1/account/posts"}},
      {"GET /api/v1/account/posts/{post}/work",
       "handover.own",
       {"GET", "/api/v1/account/posts/1/work"}},
      // A post that is none: what is over it is asked of one that is.
      {"DELETE /api/v1/acting/{post}", "post.end", {"DELETE", "/api/v1/acting/999999"}},
      {"POST /api/v1/handovers",
       "handover.mend",
       {"POST", "/api/v1/handovers", R"({"from":999999,"to":1})"}},
  };
}

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
      {"GET /queue", "page.read", {"GET", "/queue"}},
      {"GET /setup", "page.read", {"GET", "/setup"}},
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
      {"GET /api/v1/account", "account.own", {"GET", "/api/v1/account"}},
      {"GET /api/v1/account/contact", "account.own", {"GET", "/api/v1/account/contact"}},
      {"POST /api/v1/account/contact", "account.own", {"POST", "/api/v1/account/contact"}},
      {"GET /api/v1/calendar.ics", "calendar.follow", {"GET", "/api/v1/calendar.ics"}},
      {"GET /api/v1/inbox", "account.own", {"GET", "/api/v1/inbox"}},
      {"POST /api/v1/inbox/{notice}/done", "account.own", {"POST", "/api/v1/inbox/0/done"}},
      {"GET /api/v1/account/data", "account.own", {"GET", "/api/v1/account/data"}},
      {"GET /api/v1/data-register", "ledger.read", {"GET", "/api/v1/data-register"}},
      {"GET /api/v1/public-figures", "totals.read", {"GET", "/api/v1/public-figures"}},
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
      {"GET /api/v1/audit", "audit.read", {"GET", "/api/v1/audit?limit=1"}},
      {"GET /api/v1/session", "account.own", {"GET", "/api/v1/session"}},
      {"DELETE /api/v1/session", "account.own", {"DELETE", "/api/v1/session"}},
      {"POST /api/v1/session/code", "account.own", {"POST", "/api/v1/session/code"}},
      {"DELETE /api/v1/sessions", "account.own", {"DELETE", "/api/v1/sessions"}},
      {"GET /api/v1/sessions", "account.own", {"GET", "/api/v1/sessions"}},
      {"DELETE /api/v1/sessions/{session}", "account.own", {"DELETE", "/api/v1/sessions/x"}},
      {"GET /api/v1/tokens", "account.own", {"GET", "/api/v1/tokens"}},
      {"POST /api/v1/tokens", "account.own", {"POST", "/api/v1/tokens"}},
      {"DELETE /api/v1/tokens/{token}", "account.own", {"DELETE", "/api/v1/tokens/x"}},
      {"POST /api/v1/session", "session.open", {"POST", "/api/v1/session", R"({"name":"x"})"}},
      {"GET /api/v1/session/identity-provider",
       "session.open",
       {"GET", "/api/v1/session/identity-provider"}},
      {"GET /api/v1/session/identity-provider/back",
       "session.open",
       {"GET", "/api/v1/session/identity-provider/back"}},
      {"POST /setup", "session.open", {"POST", "/setup"}},
      {"GET /api/v1/templates/items.csv", "kind.read", {"GET", "/api/v1/templates/items.csv"}},
      {"GET /api/v1/templates/items.xlsx", "kind.read", {"GET", "/api/v1/templates/items.xlsx"}},
      {"GET /api/v1/units", "unit.read", {"GET", "/api/v1/units?codes=900101001"}},
      {"GET /api/v1/units/{code}", "unit.read", {"GET", unit}},
      {"GET /api/v1/units/{code}/burden", "unit.read", {"GET", unit + "/burden"}},
      {"GET /api/v1/units/{code}/children", "unit.read", {"GET", unit + "/children"}},
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

std::string with_no(std::string text, const std::string& no) {
  const std::size_t at = text.find("{no}");
  return at == std::string::npos ? text : text.replace(at, 4, no);
}

// Numbers of items that stand in a text.
std::set<std::string> numbers_in(const std::string& text) {
  std::set<std::string> out;
  for (const auto* some : {&town().matters, &town().reported})
    for (const Matter& matter : *some)
      if (text.find(matter.no) != std::string::npos) out.insert(matter.no);
  return out;
}

std::set<std::string> numbers_by(const std::string& right, const Person& person) {
  std::set<std::string> out;
  for (const auto* some : {&town().matters, &town().reported})
    for (const Matter& matter : *some)
      if (table().holds(right, person, matter)) out.insert(matter.no);
  return out;
}

void routes_about_no_item() {
  for (const auto& routes : {page_routes(), plain_routes(), routes_of_posts()})
    for (const Plain& plain : routes)
      for (const Person& person : town().people)
        compare(plain.route, person, table().at_door(plain.right, person),
                town().ask(person.name, plain.question));
}

void reading_an_item() {
  struct Reading {
    const char* route;
    std::string path;
  };
  const Reading readings[] = {
      {"GET /api/v1/items/{no}", "/api/v1/items/{no}"},
      {"GET /api/v1/items/{no}/history", "/api/v1/items/{no}/history"},
      {"GET /api/v1/items/{no}/records/{seq}/proof", "/api/v1/items/{no}/records/1/proof"},
      {"GET /api/v1/evidence/{sha256}", "/api/v1/evidence/" + town().evidence + "?item={no}"},
  };
  for_each_pair([&](const Person& person, const Matter& matter) {
    for (const Reading& reading : readings)
      compare(reading.route, person, table().on_item("item.read", person, matter),
              town().ask(person.name, {"GET", with_no(reading.path, matter.no)}), matter.title);
  });
}

void correcting_an_item() {
  for_each_pair([](const Person& person, const Matter& matter) {
    const bool left = matter.state == "closed";
    const Expected correct =
        table().on_item(left ? "item.correct_closed" : "item.correct", person, matter);
    // Without a reason, so that nothing comes of it.
    compare("POST /api/v1/items/{no}/correct", person, correct,
            town().change(person.name, matter.no, "correct",
                          R"({"field":"remark","value":"x","reason":""})"),
            matter.title);
    compare("POST /api/v1/items/{no}/redact", person,
            table().on_item("item.redact", person, matter),
            town().change(person.name, matter.no, "redact", R"({"record":1,"part":0,"reason":""})"),
            matter.title);
    compare("POST /api/v1/items/{no}/redact", person,
            table().on_item("item.redact", person, matter),
            town().change(person.name, matter.no, "redact", R"({"all":true,"reason":""})"),
            matter.title + ", all of it");
    compare("POST /api/v1/items/{no}/reporter", person,
            table().on_item("reporter.read", person, matter),
            town().change(person.name, matter.no, "reporter", ""), matter.title);
    // To where it lies: what is asked of both places is then asked twice of one.
    // What a reporter sent stays, whoever asks.
    Expected move = correct;
    if (matter.kind != "request" && move == Expected::Allowed &&
        !table().holds("item.move", person, matter.place))
      move = Expected::Refused;
    compare("POST /api/v1/items/{no}/correct", person, move,
            town().change(person.name, matter.no, "correct",
                          R"({"field":"place","value":"900101001","reason":"x"})"),
            matter.title + ", another place");
  });
}

// What makes a step fail after whoever may take it was let in; but for a judgement, which holds.
std::string harmless(const std::string& act, const std::string& no) {
  if (act == "link") return R"({"text":"x","into":")" + no + "\"}";
  static const std::map<std::string, std::string> kBodies = {
      {"assign", R"({"lead":"900102001","due":"2019-01-01","reason":"x"})"},
      {"extend", R"({"due":"2019-01-01","reason":"x"})"},
      {"revise", R"({"reason":"x"})"},
      {"review", R"({"text":"x","checkers":[999999]})"},
      {"check", R"({"text":"x","checkers":[999999]})"},
      {"return", R"({"reason":"x","checkers":[999999]})"},
      {"close", R"({"outcome":"fixed","text":"x","reason":"x"})"},
      {"look_back", R"({"found":"held","text":"x","checkers":[999999]})"},
      {"move", R"({"reason":" "})"},
      {"judge", R"({"solved":"yes"})"},
  };
  const auto found = kBodies.find(act);
  return found == kBodies.end() ? "{}" : found->second;
}

void steps_of_the_flow() {
  for (const Step& step : steps())
    for_each_pair([&](const Person& person, const Matter& matter) {
      if (matter.kind != step.kind) return;
      compare("POST /api/v1/items/{no}/{transition}", person, table().of_step(step, person, matter),
              town().change(person.name, matter.no, step.id, harmless(step.act, matter.no)),
              step.id + " " + matter.title);
    });
}

void opening_and_importing() {
  const std::string opening = R"({"kind":"problem","unit":"900101001","source":"resident"})";
  for (const Person& person : town().people) {
    const Expected expected = table().of_opening(person, WalkedTown::kPlace);
    compare("POST /api/v1/items", person, expected,
            town().ask(person.name, {"POST", "/api/v1/items", opening}));
    for (const char* path : {"/api/v1/imports", "/api/v1/imports/marked"})
      compare("POST " + std::string(path), person, expected,
              town().ask(person.name, {"POST", std::string(path) + "?unit=900101001"}));
  }
}

// In one's own place, so that nothing comes of it.
void letting_somebody_act() {
  const std::string post = std::to_string(town().ledger->post("recorder").value);
  const std::string wish = R"({"for":)" + post + R"(,"by":)" + post + R"(,"to":"2030-01-01"})";
  for (const Person& person : town().people) {
    Expected expected = Expected::SignIn;
    if (person.name != "stranger")
      expected = table().holds("acting.grant", person, WalkedTown::kPlace) ? Expected::Allowed
                                                                           : Expected::Refused;
    compare("POST /api/v1/acting", person, expected,
            town().ask(person.name, {"POST", "/api/v1/acting", wish}));
  }
}

void mending_an_account() {
  // Over whose units one is, is asked behind a session too.
  for (const Person& person : town().people)
    compare("POST /api/v1/accounts/{name}/unlock", person,
            person.name == "stranger" ? Expected::SignIn : Expected::Allowed,
            town().ask(person.name, {"POST", "/api/v1/accounts/recorder/unlock"}));
}

void lists_and_exports_show_what_the_row_covers() {
  for (const Person& person : town().people) {
    const std::set<std::string> shown = numbers_by("item.list", person);
    const Expected door = person.name == "stranger" ? Expected::SignIn : Expected::Allowed;
    const Answered list = town().ask(person.name, {"GET", "/api/v1/items?limit=200"});
    compare("GET /api/v1/items", person, door, list);
    const Answered csv = town().ask(person.name, {"GET", "/api/v1/exports/items.csv"});
    compare("GET /api/v1/exports/items.csv", person, door, csv);
    compare("GET /api/v1/exports/items.xlsx", person, door,
            town().ask(person.name, {"GET", "/api/v1/exports/items.xlsx"}));
    const Answered work = town().ask(person.name, {"GET", "/api/v1/work?limit=200"});
    compare("GET /api/v1/work", person, table().at_door("work.read", person), work);
    if (door != Expected::Allowed) continue;
    EXPECT_EQ(numbers_in(list.body), shown) << person.name;
    EXPECT_EQ(*list.json.find("total")->as_int(), static_cast<std::int64_t>(shown.size()))
        << person.name << ": what is hidden is counted";
    EXPECT_EQ(numbers_in(csv.body), shown) << person.name;
    for (const std::string& no : numbers_in(work.body))
      EXPECT_TRUE(shown.contains(no)) << person.name << " " << no;
  }
}

void journal_and_stream_tell_of_what_may_be_read() {
  for (const Person& person : town().people) {
    const std::set<std::string> readable = numbers_by("item.read", person);
    std::string told;
    std::string after;
    for (bool more = true; more;) {
      const Answered page = town().ask(person.name, {"GET", "/api/v1/journal?limit=200" + after});
      compare("GET /api/v1/journal", person, table().at_door("journal.read", person), page);
      if (page.status != 200) break;
      told += page.body;
      more = *page.json.find("more")->as_bool();
      after = "&after=" + page.json.find("after")->dump();
    }
    EXPECT_EQ(numbers_in(told), readable) << person.name;
  }
}

void streams_tell_of_what_may_be_read() {
  // From the beginning, in as many answers as it takes: the position is told once all is told.
  for (const Person& person : town().people) {
    const Answered stream = town().ask(person.name, {"GET", "/api/v1/stream"});
    compare("GET /api/v1/stream", person, table().at_door("stream.read", person), stream);
    if (stream.status != 200) continue;
    EXPECT_EQ(numbers_in(stream.body), std::set<std::string>{}) << "nothing was recorded since";
  }
  for (const Person& person : town().people) {
    if (person.name == "stranger") continue;
    EXPECT_EQ(numbers_in(town().streamed_from_start(person.name)), numbers_by("item.read", person))
        << person.name;
  }
}

void search_finds_by_words_what_is_listed_and_by_number_what_may_be_read() {
  const auto search = [](const Person& person, const std::string& text) {
    const Question question{"GET", "/api/v1/search?limit=50&q=" + text};
    Answered found = town().ask(person.name, question);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (found.status == 200 && *found.json.find("index_behind")->as_bool() &&
           std::chrono::steady_clock::now() < until)
      found = town().ask(person.name, question);
    compare("GET /api/v1/search", person, table().at_door("search.read", person), found);
    return numbers_in(found.json.find("items")->dump());
  };
  for (const Person& person : town().people) {
    std::set<std::string> listed = numbers_by("item.list", person);
    std::erase_if(listed, [](const std::string& no) {
      return std::none_of(town().matters.begin(), town().matters.end(), [&](const Matter& one) {
        return one.no == no && one.title.starts_with("walked");
      });
    });
    EXPECT_EQ(search(person, "walked"), listed) << person.name;
    for (const Matter& matter : town().matters)
      EXPECT_EQ(search(person, matter.no).size(),
                table().holds("item.read", person, matter) ? 1U : 0U)
          << person.name << " " << matter.title;
  }
}

void tell_what_was_walked() {
  std::set<std::string> written;
  for (const auto& path : YAML::Load(std::string(embedded_file("api/openapi.yaml")))["paths"])
    for (const auto& operation : path.second) {
      std::string method = operation.first.as<std::string>();
      std::transform(method.begin(), method.end(), method.begin(), ::toupper);
      written.insert(method + " " + path.first.as<std::string>());
    }
  EXPECT_EQ(counts().routes, written) << "a route without its place in this walk";
  std::size_t cells = 0;
  std::cout << "policy walk: " << counts().routes.size() << " routes x " << counts().roles.size()
            << " roles x " << counts().relations.size() << " relations;";
  for (const auto& [expected, count] : counts().cells) {
    std::cout << " " << to_text(expected) << " " << count;
    cells += count;
  }
  std::cout << "; " << cells << " answers compared\n";
  EXPECT_GT(cells, 20'000U);
}

// One test, so that what was asked is counted together.
TEST(Walk, EveryRouteByEveryRoleInEveryRelation) {
  made() = std::make_unique<WalkedTown>();
  routes_about_no_item();
  reading_an_item();
  correcting_an_item();
  steps_of_the_flow();
  opening_and_importing();
  letting_somebody_act();
  mending_an_account();
  lists_and_exports_show_what_the_row_covers();
  journal_and_stream_tell_of_what_may_be_read();
  streams_tell_of_what_may_be_read();
  search_finds_by_words_what_is_listed_and_by_number_what_may_be_read();
  tell_what_was_walked();
  made().reset();
}

}  // namespace
}  // namespace tz::policy_test
