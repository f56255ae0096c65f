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
#include "policy/walked_routes.h"

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
  const std::optional<Expected> found = read(answer);
  if (found == expected) return;
  ADD_FAILURE() << route << " by " << person.name << " " << about << ": the table says "
                << to_text(expected) << ", the program "
                << (found ? to_text(*found) : "what this test does not know") << " ("
                << answer.status << " " << answer.code << ")";
}

// Each person with each item he is asked about: of what reporters listed, those of their role.
void for_each_pair(const std::function<void(const Person&, const Matter&)>& work) {
  for (const Person& person : town().people) {
    for (const Matter& matter : town().matters) work(person, matter);
    for (const Matter& matter : town().reported)
      if (person.role && matter.recorder.starts_with(*person.role + ".")) work(person, matter);
  }
}

std::string with_no(std::string text, const std::string& no) {
  const std::size_t at = text.find("{no}");
  return at == std::string::npos ? text : text.replace(at, 4, no);
}

void routes_about_no_item() {
  for (const auto& routes : {page_routes(), plain_routes(), routes_of_some_kinds(),
                             routes_of_sessions(), routes_of_posts()})
    for (const Plain& plain : routes)
      for (const Person& person : town().people) {
        const Expected door = table().at_door(plain.right, person);
        compare(plain.route, person, door == Expected::Allowed ? plain.within : door,
                town().ask(person.name, plain.question));
      }
}

void reading_an_item() {
  struct Reading {
    const char* route;
    std::string path;
  };
  const Reading readings[] = {
      {"GET /api/v1/items/{no}", "/api/v1/items/{no}"},
      {"GET /api/v1/items/{no}/copies", "/api/v1/items/{no}/copies"},
      {"GET /api/v1/items/{no}/copies.csv", "/api/v1/items/{no}/copies.csv"},
      {"GET /api/v1/items/{no}/history", "/api/v1/items/{no}/history"},
      {"GET /api/v1/items/{no}/milestones.csv", "/api/v1/items/{no}/milestones.csv"},
      {"GET /api/v1/items/{no}/money.csv", "/api/v1/items/{no}/money.csv"},
      {"GET /api/v1/items/{no}/results", "/api/v1/items/{no}/results"},
      {"GET /api/v1/items/{no}/results.csv", "/api/v1/items/{no}/results.csv"},
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
    compare("POST /api/v1/items/{no}/code", person,
            table().on_item("household.code", person, matter),
            town().change(person.name, matter.no, "code", ""), matter.title);
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
std::string harmless(const Step& step, const std::string& no) {
  const std::string& act = step.act;
  if (step.id == "find_unmet") return R"({"ground":"not_possible","text":"x","reason":"x"})";
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
      {"ask_closing", R"({"reason":" "})"},
      {"recuse", R"({"reason":" "})"},
      {"judge", R"({"solved":"yes","way":"phone"})"},
      {"list_affected", R"({"affected":5,"asked":9,"digest":")" + std::string(64, '0') + "\"}"},
      {"ask_drawn", R"({"drawn":1,"solved":"yes","way":"phone"})"},
  };
  const auto found = kBodies.find(act);
  return found == kBodies.end() ? "{}" : found->second;
}

void steps_of_the_flow() {
  for (const Step& step : steps())
    for_each_pair([&](const Person& person, const Matter& matter) {
      if (matter.kind != step.kind) return;
      compare("POST /api/v1/items/{no}/{transition}", person, table().of_step(step, person, matter),
              town().change(person.name, matter.no, step.id, harmless(step, matter.no)),
              step.id + " " + matter.title);
    });
}

void opening_and_importing() {
  const std::string opening = R"({"kind":"problem","unit":"900101001","source":"resident"})";
  const std::string told = R"({"unit":"900101001","source":"telephone"})";
  for (const Person& person : town().people) {
    using Mandates = Table::Mandates;
    const Expected expected = table().of_opening(person, WalkedTown::kPlace, Mandates::Count);
    compare("POST /api/v1/items", person, expected,
            town().ask(person.name, {"POST", "/api/v1/items", opening}));
    compare("POST /api/v1/items/on-behalf", person,
            table().of_opening(person, WalkedTown::kPlace, Mandates::CountNot),
            town().ask(person.name, {"POST", "/api/v1/items/on-behalf", told}));
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

// By either post of his.
bool holds_over(const std::string& right, const Person& person, const std::string& unit) {
  Person second = person;
  second.unit = person.second;
  return table().holds(right, person, unit) ||
         (!second.unit.empty() && table().holds(right, second, unit));
}

// With no file, without a word of what was done or why, or of a day to come, so that nothing comes
// of it.
void programmes() {
  const std::string path = "/api/v1/programmes/small/requirements/report/";
  const std::string said = R"({"units":["900101001"]})";
  const std::string held = R"({"sort":"visit","day":"2099-01-01","units":["900101001"]})";
  for (const Person& person : town().people) {
    const auto over = [&](const std::string& right, const std::string& unit) {
      if (person.name == "stranger") return Expected::SignIn;
      return holds_over(right, person, unit) ? Expected::Allowed : Expected::Refused;
    };
    compare("POST /api/v1/programmes", person, over("programme.adopt", "0"),
            town().ask(person.name, {"POST", "/api/v1/programmes"}));
    compare("POST /api/v1/programmes/{id}/requirements/{requirement}/answers/{answer}", person,
            over("coverage.answer", WalkedTown::kPlace),
            town().ask(person.name, {"POST", path + "answers/met", said}));
    compare("POST /api/v1/programmes/{id}/activities", person,
            over("activity.record", WalkedTown::kPlace),
            town().ask(person.name, {"POST", "/api/v1/programmes/small/activities", held}));
    for (const auto& [right, ruling] :
         {std::pair{"coverage.exempt", "exempt"}, {"coverage.judge", "open"}}) {
      Expected expected = over(right, WalkedTown::kPlace);
      if (expected == Expected::Allowed && person.unit == WalkedTown::kPlace)
        expected = Expected::Recused;
      compare("POST /api/v1/programmes/{id}/requirements/{requirement}/rulings/{ruling}", person,
              expected, town().ask(person.name, {"POST", path + "rulings/" + ruling, said}));
    }
  }
}

// Of a service that there is not, of a day to come, and of a dispute that there is not.
void residents() {
  const std::string given =
      R"({"service":"none","unit":"900101001","day":"2099-01-01","visits":1})";
  const std::string brought =
      R"({"unit":"900101001","sort":"debt","day":"2099-01-01","parties":2})";
  const std::string unit = "/api/v1/units/900101001/";
  const std::string dispute = "/api/v1/disputes/0000-0000-0";
  for (const Person& person : town().people) {
    const auto over = [&](const std::string& right) {
      if (person.name == "stranger") return Expected::SignIn;
      return holds_over(right, person, WalkedTown::kPlace) ? Expected::Allowed : Expected::Refused;
    };
    // Whoever may not know of it is told the same.
    const Expected none = person.name == "stranger" ? Expected::SignIn : Expected::Hidden;
    compare("POST /api/v1/handlings", person, over("handling.record"),
            town().ask(person.name, {"POST", "/api/v1/handlings", given}));
    compare("POST /api/v1/disputes", person, over("dispute.record"),
            town().ask(person.name, {"POST", "/api/v1/disputes", brought}));
    for (const char* path : {"services", "services.csv"})
      compare(std::string("GET /api/v1/units/{code}/") + path, person, over("handling.read"),
              town().ask(person.name, {"GET", unit + path}));
    for (const char* path : {"disputes", "disputes.csv", "disputes/newest.csv"})
      compare(std::string("GET /api/v1/units/{code}/") + path, person, over("dispute.read"),
              town().ask(person.name, {"GET", unit + path}));
    compare("GET /api/v1/disputes/{dispute}", person, none,
            town().ask(person.name, {"GET", dispute}));
    compare("POST /api/v1/disputes/{dispute}/end", person, none,
            town().ask(person.name, {"POST", dispute + "/end", "{}"}));
    compare("POST /api/v1/disputes/{dispute}/papers", person, none,
            town().ask(person.name, {"POST", dispute + "/papers", "{}"}));
  }
}

// Of what belongs to one of these units; elsewhere it is answered as if there were none.
Expected of_units(const std::string& right, const Person& person,
                  const std::vector<std::string>& units) {
  const Expected door = table().at_door(right, person);
  const bool over = std::any_of(units.begin(), units.end(), [&](const std::string& unit) {
    return !unit.empty() && holds_over(right, person, unit);
  });
  return door == Expected::Allowed && !over ? Expected::Hidden : door;
}

void mending_an_account() {
  const auto ask = [](const Person& person, const std::string& name,
                      const std::vector<std::string>& units) {
    compare("POST /api/v1/accounts/{name}/unlock", person, of_units("account.mend", person, units),
            town().ask(person.name, {"POST", "/api/v1/accounts/" + name + "/unlock"}), name);
  };
  // Those with no post but these.
  const std::set<std::string> plain = {"own",     "above",         "below", "beside", "by_line",
                                       "accused", "below_accused", "named", "double"};
  for (const Person& person : town().people) {
    for (const Person& whose : town().people)
      if (whose.role && plain.contains(whose.position))
        ask(person, whose.name, {whose.unit, whose.second});
    // Who acts for somebody belongs to where his own post is.
    ask(person, "recorder.acting", {"900102-pcs"});
    ask(person, "nobody", {});
    ask(person, "no-such-account", {});
  }
}

// An acting post in somebody's at the unit, each time another.
std::string acting_at(const std::string& unit) {
  static int count = 0;
  const std::string place = "place." + std::to_string(++count);
  support::SmallLedger& ledger = *town().ledger;
  ledger.add_person(place, {{unit, ledger::Role::Recorder}});
  ledger.add_person(place + ".deputy", {{"900102-pcs", ledger::Role::Recorder}});
  const Day last{day_of(ledger.clock.now(), Zone{}).number + 30};
  const auto given = town().submit(
      ledger::GrantActing{ledger.post(place), ledger.post(place + ".deputy"), {}, last});
  return std::to_string(given.post->value);
}

void ending_who_acts() {
  const std::string path = "/api/v1/acting/";
  for (const std::string unit : {WalkedTown::kPlace, "900102"}) {
    std::string post = acting_at(unit);
    for (const Person& person : town().people) {
      const Answered ended = town().ask(person.name, {"DELETE", path + post});
      compare("DELETE /api/v1/acting/{post}", person, of_units("post.end", person, {unit}), ended,
              unit);
      if (ended.status == 204) post = acting_at(unit);
    }
  }
  const std::string plain = std::to_string(town().ledger->post("recorder").value);
  for (const Person& person : town().people)
    for (const std::string& none : {plain, std::string("999999")})
      compare("DELETE /api/v1/acting/{post}", person, of_units("post.end", person, {}),
              town().ask(person.name, {"DELETE", path + none}), "in which nobody acts");
}

// Of posts whose holder is there, so that nothing comes of it; and of one that is none.
void handing_over_for_somebody() {
  const auto ask = [](const Person& person, Expected expected, std::uint64_t from) {
    compare("POST /api/v1/handovers", person, expected,
            town().ask(person.name, {"POST", "/api/v1/handovers",
                                     R"({"from":)" + std::to_string(from) + R"(,"to":1})"}),
            "from " + std::to_string(from));
  };
  for (const Person& person : town().people) {
    for (const auto& [name, unit] :
         {std::pair("recorder", WalkedTown::kPlace), {"outsider", "900102"}})
      ask(person, of_units("handover.mend", person, {unit}), town().ledger->post(name).value);
    ask(person, of_units("handover.mend", person, {}), 999999);
  }
}

// One between two of a unit: they see it, and nobody else learns that there is one.
void own_handovers() {
  const std::string giver = "recorder";
  const std::string taker = "recorder.own";
  const auto number = [](const std::string& name) {
    return std::to_string(town().ledger->post(name).value);
  };
  const Answered proposed =
      town().ask(giver, {"POST", "/api/v1/account/handovers",
                         R"({"from":)" + number(giver) + R"(,"to":)" + number(taker) + "}"});
  ASSERT_EQ(proposed.status, 201U) << proposed.body;
  const std::string path = "/api/v1/account/handovers/" + proposed.json.find("handover")->dump();
  const std::string route = "/api/v1/account/handovers/{handover}";
  for (const Person& person : town().people) {
    const bool his = person.name == giver || person.name == taker;
    const Expected door = table().at_door("handover.own", person);
    const Expected expected = door == Expected::Allowed && !his ? Expected::Hidden : door;
    compare("GET " + route, person, expected, town().ask(person.name, {"GET", path}));
    if (his) continue;
    compare("POST " + route + "/confirm", person, expected,
            town().ask(person.name, {"POST", path + "/confirm"}));
    compare("DELETE " + route, person, expected, town().ask(person.name, {"DELETE", path}));
  }
  EXPECT_EQ(town().ask(taker, {"DELETE", path}).status, 204U);
  for (const Person& person : town().people)
    if (person.role)
      compare("GET /api/v1/account/posts/{post}/work", person, Expected::Allowed,
              town().ask(person.name,
                         {"GET", "/api/v1/account/posts/" + number(person.name) + "/work"}));
}

// Of no candidates, so that nothing comes of it.
void recording_a_ballot() {
  const std::string wish =
      R"({"unit":"900101001","body":"congress","day":"2019-01-01","places":1,"candidates":[]})";
  for (const Person& person : town().people) {
    Expected expected = Expected::SignIn;
    if (person.name != "stranger")
      expected = holds_over("ballot.record", person, WalkedTown::kPlace) ? Expected::Allowed
                                                                         : Expected::Refused;
    compare("POST /api/v1/ballots", person, expected,
            town().ask(person.name, {"POST", "/api/v1/ballots", wish}));
  }
}

// Sending one to the place without a name, so that nothing comes of it.
void sending_a_work_group() {
  const std::string wish =
      R"({"name":"","members":[],"units":["900101001"],"kinds":["problem"],"to":"2030-01-01"})";
  for (const Person& person : town().people) {
    Expected expected = Expected::SignIn;
    if (person.name != "stranger")
      expected = holds_over("work_group.mandate", person, WalkedTown::kPlace) ? Expected::Allowed
                                                                              : Expected::Refused;
    compare("POST /api/v1/work-groups", person, expected,
            town().ask(person.name, {"POST", "/api/v1/work-groups", wish}));
  }
}

// One that lasts: its members and who could have sent it know of it, and to all others there is
// none. Nothing comes of what they send: a word is missing.
void a_work_group() {
  const std::string path = "/api/v1/work-groups/" + town().work_group;
  const std::string route = "/api/v1/work-groups/{group}";
  const std::string visit = R"({"unit":"900101001","sort":"talk","text":" ","day":")" +
                            to_text(day_of(town().ledger->clock.now(), Zone{})) + "\"}";
  for (const Person& person : town().people) {
    const bool over = holds_over("work_group.mandate", person, WalkedTown::kMandated);
    const bool member =
        person.mandated && table().at_door("visit.record", person) == Expected::Allowed;
    const Expected door = table().at_door("work_group.read", person);
    const bool known = over || member;
    const Expected read = door == Expected::Allowed && !known ? Expected::Hidden : door;
    compare("GET " + route, person, read, town().ask(person.name, {"GET", path}));
    compare("GET " + route + "/visits", person, read,
            town().ask(person.name, {"GET", path + "/visits"}));
    const Answered list = town().ask(person.name, {"GET", "/api/v1/work-groups"});
    compare("GET /api/v1/work-groups", person, door, list);
    if (door == Expected::Allowed) {
      EXPECT_EQ(list.json.find("work_groups")->as_array()->size(), over     ? 2U
                                                                   : member ? 1U
                                                                            : 0U)
          << person.name;
    }
    const auto change = [&](const char* what, const std::string& body, Expected expected) {
      if (!known) expected = Expected::Hidden;
      if (person.name == "stranger") expected = Expected::SignIn;
      compare("POST " + route + what, person, expected,
              town().ask(person.name, {"POST", path + what, body}));
    };
    const Expected changing = over ? Expected::Allowed : Expected::Refused;
    change("/members", R"({"members":[]})", changing);
    change("/end", R"({"reason":" "})", changing);
    // Where a unit of his own lies below it he stands aside.
    const bool near = table().lies_in(person.unit.empty() ? "0" : person.unit, WalkedTown::kPlace);
    change("/visits", visit,
           !member ? Expected::Refused
           : near  ? Expected::Recused
                   : Expected::Allowed);
  }
}

// What everybody sees of one is answered to all; its book to who is over the unit that it is at.
void funds() {
  const std::string path = std::string("/api/v1/funds/") + WalkedTown::kFund;
  for (const Person& person : town().people) {
    const Expected figures = table().at_door("fund.figures", person);
    for (const std::string list : {"/api/v1/funds", "/api/v1/funds.csv"})
      compare("GET " + list, person, figures, town().ask(person.name, {"GET", list}));
    for (const char* part : {"", "/spans.csv"})
      compare(std::string("GET /api/v1/funds/{fund}") + part, person, figures,
              town().ask(person.name, {"GET", path + part}));
    Expected expected = table().at_door("fund.read", person);
    if (expected == Expected::Allowed && !holds_over("fund.read", person, WalkedTown::kPlace))
      expected = Expected::Refused;
    for (const char* part : {"/ageing.csv", "/loans", "/loans.csv", "/statement", "/statement.csv"})
      compare(std::string("GET /api/v1/funds/{fund}") + part, person, expected,
              town().ask(person.name, {"GET", path + part}));
  }
}

// Without a name, without households and before they are counted, so that nothing comes of it but
// the end of an empty register.
void a_scheme() {
  const std::string path = "/api/v1/schemes/walked";
  const std::string route = "/api/v1/schemes/{scheme}";
  for (const Person& person : town().people) {
    const Expected door = table().at_door("scheme.read", person);
    const bool within = !person.unit.empty() && table().lies_in(person.unit, WalkedTown::kPlace);
    const bool known = within || holds_over("scheme.read", person, WalkedTown::kPlace);
    const Expected read = door == Expected::Allowed && !known ? Expected::Hidden : door;
    compare("GET " + route, person, read, town().ask(person.name, {"GET", path}));
    for (const std::string table : {"/rosters.csv", "/stages.csv"})
      compare("GET " + route + table, person, read, town().ask(person.name, {"GET", path + table}));
    for (const std::string list : {"/api/v1/schemes", "/api/v1/schemes.csv"})
      compare("GET " + list, person, door, town().ask(person.name, {"GET", list}));
    const auto change = [&](const char* right, const std::string& what, const std::string& to,
                            const std::string& body) {
      Expected expected =
          holds_over(right, person, WalkedTown::kPlace) ? Expected::Allowed : Expected::Refused;
      if (person.name == "stranger") expected = Expected::SignIn;
      compare("POST " + what, person, expected, town().ask(person.name, {"POST", to, body}));
    };
    change("scheme.open", "/api/v1/schemes", "/api/v1/schemes",
           R"({"scheme":"second","name":"","units":["900101001"]})");
    change("scheme.open", route + "/freeze", path + "/freeze", "{}");
    change("scheme.open", route + "/signing", path + "/signing",
           R"({"first":"2099-01-01","last":"2099-01-02"})");
    change("roster.publish", route + "/rosters", path + "/rosters",
           R"({"audience":"everybody","last":"2099-01-01"})");
  }
}

void lists_and_exports_show_what_the_row_covers() {
  for (const Person& person : town().people) {
    const std::set<std::string> shown = table().numbers_by(town(), "item.list", person);
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
    EXPECT_EQ(town().numbers_in(list.body), shown) << person.name;
    EXPECT_EQ(*list.json.find("total")->as_int(), static_cast<std::int64_t>(shown.size()))
        << person.name << ": what is hidden is counted";
    EXPECT_EQ(town().numbers_in(csv.body), shown) << person.name;
    for (const std::string& no : town().numbers_in(work.body))
      EXPECT_TRUE(shown.contains(no)) << person.name << " " << no;
  }
}

void journal_and_stream_tell_of_what_may_be_read() {
  for (const Person& person : town().people) {
    const std::set<std::string> readable = table().numbers_by(town(), "item.read", person);
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
    EXPECT_EQ(town().numbers_in(told), readable) << person.name;
  }
}

void streams_tell_of_what_may_be_read() {
  // From the beginning, in as many answers as it takes: the position is told once all is told.
  for (const Person& person : town().people) {
    const Answered stream = town().ask(person.name, {"GET", "/api/v1/stream"});
    compare("GET /api/v1/stream", person, table().at_door("stream.read", person), stream);
    if (stream.status != 200) continue;
    EXPECT_EQ(town().numbers_in(stream.body), std::set<std::string>{})
        << "nothing was recorded since";
  }
  for (const Person& person : town().people) {
    if (person.name == "stranger") continue;
    EXPECT_EQ(town().numbers_in(town().streamed_from_start(person.name)),
              table().numbers_by(town(), "item.read", person))
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
    return town().numbers_in(found.json.find("items")->dump());
  };
  for (const Person& person : town().people) {
    std::set<std::string> listed = table().numbers_by(town(), "item.list", person);
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
  EXPECT_GT(cells, 90'000U);
}

// One test, so that what was asked is counted together.
TEST(Walk, EveryRouteByEveryRoleInEveryRelation) {
  made() = std::make_unique<WalkedTown>();
  routes_about_no_item();
  reading_an_item();
  correcting_an_item();
  steps_of_the_flow();
  opening_and_importing();
  programmes();
  residents();
  letting_somebody_act();
  mending_an_account();
  ending_who_acts();
  handing_over_for_somebody();
  own_handovers();
  recording_a_ballot();
  sending_a_work_group();
  a_work_group();
  funds();
  a_scheme();
  lists_and_exports_show_what_the_row_covers();
  journal_and_stream_tell_of_what_may_be_read();
  streams_tell_of_what_may_be_read();
  search_finds_by_words_what_is_listed_and_by_number_what_may_be_read();
  tell_what_was_walked();
  made().reset();
}

}  // namespace
}  // namespace tz::policy_test
