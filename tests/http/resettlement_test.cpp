// Households that move, over HTTP: for officials, for themselves by their codes, and in public,
// where nothing of anybody may be read.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/embedded.h"
#include "http/client.h"
#include "http/contract.h"

namespace tz::http_test {
namespace {

constexpr const char* kJson = "Content-Type: application/json";
constexpr const char* kForm = "Content-Type: application/x-www-form-urlencoded";
constexpr const char* kVillage = "900101001001";
constexpr const char* kScheme = "/api/v1/schemes/{scheme}";
// Stands in every private text that this test writes, and nowhere else.
constexpr const char* kMark = "乎此乃私";

class Resettlement : public testing::Test {
 protected:
  Resettlement() {
    const std::string flow(embedded_file("flows/household.yaml"));
    EXPECT_TRUE(served.ledger->engine->submit_and_wait({ledger::AdoptFlow{flow}, {}, {}, {}}).ok());
    const Reply opened = post("supervisor", "/api/v1/schemes",
                              R"({"scheme":"round_3","name":"第三批征迁","units":["900101"]})");
    EXPECT_EQ(opened.status, 201U) << opened.body;
    EXPECT_EQ(breach("POST", "/api/v1/schemes", opened), "") << opened.body;
  }
  Reply post(const std::string& person, const std::string& path, const std::string& body) {
    return served.post(person, path, body, {kJson});
  }
  Reply open_household(const std::string& more) {
    return post("recorder", "/api/v1/items",
                R"({"kind":"household","source":"register","scheme":"round_3","unit":")" +
                    std::string(kVillage) + "\"," + more + "}");
  }
  std::string household() {
    const Reply opened = open_household(R"("title":")" + std::string(kMark) + "甲户\"");
    EXPECT_EQ(opened.status, 201U) << opened.body;
    return opened.text("item");
  }
  void register_households(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) households.push_back(household());
  }
  void freeze() {
    const Reply frozen = post("supervisor", "/api/v1/schemes/round_3/freeze", "{}");
    ASSERT_EQ(frozen.status, 200U) << frozen.body;
    EXPECT_EQ(breach("POST", std::string(kScheme) + "/freeze", frozen), "") << frozen.body;
  }
  std::string code_of(const std::string& no) {
    const Reply issued = served.post("recorder", "/api/v1/items/" + no + "/code", "");
    EXPECT_EQ(issued.status, 201U) << issued.body;
    EXPECT_EQ(breach("POST", "/api/v1/items/{no}/code", issued), "") << issued.body;
    return issued.text("code");
  }
  Reply follow(const std::string& no, const std::string& code) {
    return served.ask({"POST",
                       "/api/v1/households/follow",
                       R"({"item":")" + no + R"(","code":")" + code + "\"}",
                       {kJson}});
  }
  std::string day(std::int32_t after) {
    const Day today = day_of(served.ledger->clock.now(), Zone{});
    return to_text(Day{today.number + after});
  }
  Reply publish(const std::string& more) {
    return post("supervisor", "/api/v1/schemes/round_3/rosters",
                "{" + more + R"(,"last":")" + day(10) + "\"}");
  }

  Served served;
  std::vector<std::string> households;
};

TEST_F(Resettlement, OfficialsSeeHouseholdsByStageDownTheTree) {
  register_households(3);
  ASSERT_EQ(served.act("recorder", households[0], "tell", R"({"text":"已送达"})").status, 200U);
  freeze();
  const Reply whole = served.get("supervisor", "/api/v1/schemes/round_3");
  ASSERT_EQ(whole.status, 200U) << whole.body;
  EXPECT_EQ(breach("GET", kScheme, whole), "") << whole.body;
  EXPECT_EQ(whole.at("counts/households").dump(), "3");
  EXPECT_EQ(whole.at("counts/stages/told").dump(), "1");
  EXPECT_EQ(whole.at("scheme/households").dump(), "3");
  EXPECT_EQ(whole.text("rows/0/unit/code"), "900101");
  const Reply below = served.get("supervisor", "/api/v1/schemes/round_3?unit=900101001");
  EXPECT_EQ(breach("GET", kScheme, below), "") << below.body;
  EXPECT_EQ(below.text("rows/0/unit/code"), kVillage);
  EXPECT_EQ(below.list("rows").size(), 1U);
  // Whoever is over a part alone begins there.
  const Reply part = served.get("recorder", "/api/v1/schemes/round_3");
  EXPECT_EQ(part.text("rows/0/unit/code"), "900101001");
  EXPECT_EQ(part.at("counts/households").dump(), "3");
  EXPECT_EQ(served.get("recorder", "/api/v1/schemes/round_3?unit=900101").code(), "not_permitted");
  const Reply table = served.get("supervisor", "/api/v1/schemes/round_3/stages.csv?unit=900101001");
  EXPECT_EQ(table.status, 200U);
  EXPECT_NE(table.body.find(std::string(kVillage) + ",和平社区,3,2,1,0"), std::string::npos)
      << table.body;
  EXPECT_EQ(served.get("outsider", "/api/v1/schemes/round_3").code(), "scheme_unknown");
  const Reply listed = served.get("recorder", "/api/v1/schemes");
  EXPECT_EQ(breach("GET", "/api/v1/schemes", listed), "") << listed.body;
  EXPECT_EQ(listed.list("schemes").size(), 1U);
  EXPECT_TRUE(served.get("outsider", "/api/v1/schemes").list("schemes").empty());
  const Reply schemes = served.get("recorder", "/api/v1/schemes.csv");
  EXPECT_EQ(breach("GET", "/api/v1/schemes.csv", schemes), "") << schemes.body;
  EXPECT_NE(schemes.body.find("\r\nround_3,第三批征迁,900101,"), std::string::npos) << schemes.body;
  EXPECT_EQ(served.get("outsider", "/api/v1/schemes.csv").body.find("round_3"), std::string::npos);
  const Reply item = served.get("recorder", "/api/v1/items/" + households[0]);
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}", item), "") << item.body;
  EXPECT_EQ(item.text("household/stage"), "told");
}

TEST_F(Resettlement, ARegisterWithNobodyInItStaysOpen) {
  const std::string freezing = "/api/v1/schemes/round_3/freeze";
  EXPECT_EQ(post("recorder", freezing, "{}").code(), "not_permitted");
  EXPECT_EQ(post("supervisor", freezing, "{}").code(), "roster_empty");
  register_households(1);
  freeze();
}

TEST_F(Resettlement, GatesRefuseWithTheirCodes) {
  register_households(1);
  freeze();
  EXPECT_EQ(open_household(R"("title":"晚来")").code(), "register_closed");
  EXPECT_EQ(post("supervisor", "/api/v1/schemes/round_3/signing",
                 R"({"first":")" + day(0) + R"(","last":")" + day(30) + R"(","percent":79})")
                .code(),
            "signing_percent_low");
  const Reply term = post("supervisor", "/api/v1/schemes/round_3/signing",
                          R"({"first":")" + day(0) + R"(","last":")" + day(30) + "\"}");
  EXPECT_EQ(term.status, 200U) << term.body;
  EXPECT_EQ(breach("POST", std::string(kScheme) + "/signing", term), "") << term.body;
  const std::string& no = households[0];
  const auto step = [&](const std::string& person, const std::string& name,
                        const std::string& body) {
    const Reply done = served.act(person, no, name, body);
    EXPECT_EQ(done.status, 200U) << name << done.body;
  };
  step("recorder", "tell", R"({"text":"已送达"})");
  step("recorder", "survey", R"({"text":"三人"})");
  step("supervisor", "confirm", R"({"notice_last":")" + day(10) + "\"}");
  served.ledger->clock.advance_days(11);
  step("recorder", "value", R"({"text":"三十万元"})");
  step("recorder", "sign", R"({"text":"货币安置"})");
  EXPECT_EQ(served.act("recorder", no, "vacate", R"({"text":"已交房"})").code(),
            "vacating_before_payment");
  EXPECT_EQ(served.act("supervisor", no, "demolish", R"({"text":"已注销"})").code(),
            "demolition_before_vacating");
  step("supervisor", "pay", R"({"text":"凭证1"})");
  EXPECT_EQ(served.act("supervisor", no, "demolish", R"({"text":"已注销"})").code(),
            "demolition_before_vacating");
  step("recorder", "vacate", R"({"text":"已交房"})");
  step("supervisor", "demolish", R"({"text":"已注销"})");
}

TEST_F(Resettlement, AHouseholdReadsItselfByItsCodeAndOfOthersTheRoster) {
  register_households(20);
  const std::string& no = households[0];
  const std::string first = code_of(no);
  const std::string code = code_of(no);
  ASSERT_EQ(served.act("recorder", no, "tell", R"({"text":"公告要点"})").status, 200U);
  ASSERT_EQ(served.act("recorder", no, "visit", R"({"text":"私下所谈"})").status, 200U);
  freeze();
  const Reply made = publish(R"("audience":"affected","unit":"900101001001")");
  ASSERT_EQ(made.status, 201U) << made.body;
  EXPECT_EQ(breach("POST", std::string(kScheme) + "/rosters", made), "") << made.body;
  EXPECT_EQ(publish(R"("audience":"affected","unit":"900101001001")").code(), "roster_today");
  EXPECT_EQ(follow(no, first).code(), "household_code_wrong");
  EXPECT_EQ(follow(households[1], code).code(), "household_code_wrong");
  const Reply own = follow(no, code);
  ASSERT_EQ(own.status, 200U) << own.body;
  EXPECT_EQ(breach("POST", "/api/v1/households/follow", own), "") << own.body;
  EXPECT_EQ(own.text("stage"), "told");
  EXPECT_EQ(own.text("steps/0/text"), "公告要点");
  EXPECT_EQ(own.body.find("私下所谈"), std::string::npos);
  EXPECT_EQ(own.body.find(kMark), std::string::npos);
  EXPECT_EQ(own.at("rosters/0/rows/0/cells/0/households").dump(), "20");
  EXPECT_EQ(served.ask({"GET", "/api/v1/rosters/round_3/1", "", {}}).code(), "roster_for_affected");
  const Reply page = served.ask({"POST", "/household", "item=" + no + "&code=" + code, {kForm}});
  EXPECT_EQ(page.status, 200U);
  EXPECT_NE(page.body.find("公告要点"), std::string::npos);
  EXPECT_EQ(page.body.find("私下所谈"), std::string::npos);
  served.ledger->clock.advance_days(11);
  EXPECT_TRUE(follow(no, code).list("rosters").empty());
}

TEST_F(Resettlement, WhoReadsASchemeHasItsRostersAsATable) {
  register_households(20);
  freeze();
  ASSERT_EQ(publish(R"("audience":"affected","unit":"900101001001")").status, 201U);
  ASSERT_EQ(publish(R"("audience":"everybody")").status, 201U);
  const std::string path = "/api/v1/schemes/round_3/rosters.csv";
  const Reply table = served.get("supervisor", path);
  ASSERT_EQ(table.status, 200U) << table.body;
  EXPECT_EQ(breach("GET", std::string(kScheme) + "/rosters.csv", table), "") << table.body;
  const std::size_t newest = table.body.find("\r\nround_3,第三批征迁,2,社会公众,");
  const std::size_t before = table.body.find("\r\nround_3,第三批征迁,1,和平社区征迁户,");
  EXPECT_NE(newest, std::string::npos) << table.body;
  EXPECT_NE(before, std::string::npos) << table.body;
  EXPECT_LT(newest, before) << "as the page lists them";
  // The rows are those of the page.
  std::size_t cells = 0;
  const Reply page = served.get("supervisor", "/api/v1/schemes/round_3");
  for (const Json& roster : page.list("rosters"))
    for (const Json& row : *roster.find("rows")->as_array())
      cells += row.find("cells")->as_array()->size();
  EXPECT_EQ(static_cast<std::size_t>(std::count(table.body.begin(), table.body.end(), '\n')),
            cells + 1);
  EXPECT_EQ(served.get("outsider", path).code(), "scheme_unknown");
  EXPECT_EQ(served.get("recorder", path + "?unit=900101").code(), "not_permitted");
}

TEST_F(Resettlement, ARosterForEverybodyIsOverAfterItsLastDay) {
  register_households(20);
  freeze();
  ASSERT_EQ(publish(R"("audience":"everybody")").status, 201U);
  const Reply shown = served.ask({"GET", "/api/v1/rosters/round_3/1", "", {}});
  ASSERT_EQ(shown.status, 200U) << shown.body;
  EXPECT_EQ(breach("GET", "/api/v1/rosters/{scheme}/{number}", shown), "") << shown.body;
  EXPECT_EQ(shown.text("rows/0/units/0/code"), "900101001");
  EXPECT_EQ(served.ask({"GET", "/api/v1/rosters", "", {}}).list("rosters").size(), 1U);
  const Reply table = served.ask({"GET", "/api/v1/rosters.csv", "", {}});
  EXPECT_EQ(breach("GET", "/api/v1/rosters.csv", table), "") << table.body;
  EXPECT_NE(table.body.find("\r\nround_3,第三批征迁,1,"), std::string::npos) << table.body;
  served.ledger->clock.advance_days(11);
  const Reply over = served.ask({"GET", "/api/v1/rosters/round_3/1", "", {}});
  EXPECT_EQ(over.status, 410U);
  EXPECT_EQ(over.code(), "roster_over");
  EXPECT_TRUE(served.ask({"GET", "/api/v1/rosters", "", {}}).list("rosters").empty());
  EXPECT_EQ(served.ask({"GET", "/api/v1/rosters.csv", "", {}}).body.find("round_3"),
            std::string::npos);
  EXPECT_EQ(served.ask({"GET", "/api/v1/rosters/round_3/9", "", {}}).code(), "roster_unknown");
}

// What a pattern's names stand for, so that as much as possible is told.
std::string asked_for(std::string_view pattern, const std::string& no,
                      const std::string& dispute = "1") {
  const std::map<std::string, std::string> known = {{"code", kVillage},
                                                    {"dispute", dispute},
                                                    {"fund", "relief"},
                                                    {"id", "small"},
                                                    {"kind", "household"},
                                                    {"no", no},
                                                    {"number", "1"},
                                                    {"scheme", "round_3"},
                                                    {"seq", "5"},
                                                    {"path*", "0/000"},
                                                    {"role", "recorder"},
                                                    {"form", "sheet"},
                                                    {"sha256", std::string(64, 'a')}};
  std::string out;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '{') {
      out += pattern[at];
      continue;
    }
    const std::size_t end = pattern.find('}', at);
    const auto value = known.find(std::string(pattern.substr(at + 1, end - at - 1)));
    out += value == known.end() ? "1" : value->second;
    at = end;
  }
  return out;
}

// Every text that the ledger takes of a household, a problem, a report, a loan and its fund, a
// project and a service given holds the mark: name, identity number, telephone, account, and
// whatever is said.
class Hunt : public Resettlement {
 protected:
  Hunt() {
    must(ledger::AdoptTimeRules{std::nullopt, std::string(embedded_file("calendar/limits.csv"))});
    must(ledger::AdoptFlow{std::string(embedded_file("flows/request.yaml"))});
    std::string texts;
    for (const char* field :
         {"title", "description", "upstream_no", "source_doc", "target", "key_measures", "remark"})
      texts += (texts.empty() ? "\"" : ",\"") + std::string(field) + "\":\"" + kMark +
               " 130629198001010011 13900000000 6222020000000000000\"";
    for (int i = 0; i < 20; ++i) {
      const Reply opened = open_household(texts);
      EXPECT_EQ(opened.status, 201U) << opened.body;
      households.push_back(opened.text("item"));
    }
    const std::string said =
        R"({"text":")" + std::string(kMark) + R"(","reason":")" + kMark + "\"}";
    for (const char* step : {"tell", "survey", "visit"})
      for (const std::string& no : households)
        EXPECT_EQ(served.act("recorder", no, step, said).status, 200U) << step;
    freeze();
    for (const char* audience :
         {R"("audience":"everybody")", R"("audience":"affected","unit":"900101001001")"})
      EXPECT_EQ(publish(audience).status, 201U) << audience;
    const Reply problem =
        post("recorder", "/api/v1/items",
             R"({"kind":"problem","source":"resident","unit":"900101001001",)" + texts + "}");
    EXPECT_EQ(problem.status, 201U) << problem.body;
    households.push_back(problem.text("item"));
    const Reply sent = served.ask(
        {"POST",
         "/api/v1/requests",
         R"({"unit":"900101001001","manner":"anonymous","text":")" + std::string(kMark) + "\"}",
         {kJson}});
    EXPECT_EQ(sent.status, 201U) << sent.body;
    households.push_back(sent.text("item"));
    lend(texts, said);
    carry_out(texts, said);
    serve();
  }
  void must(ledger::Command command) {
    const auto done = served.ledger->engine->submit_and_wait({std::move(command), {}, {}, {}});
    ASSERT_TRUE(done.ok()) << done.error().code;
  }
  void list(const std::string& body) {
    const Reply opened = post("recorder", "/api/v1/items", body);
    ASSERT_EQ(opened.status, 201U) << opened.body;
    households.push_back(opened.text("item"));
  }
  // One loan that is open, and one that was withdrawn.
  void lend(const std::string& texts, const std::string& said) {
    must(ledger::AdoptFlow{std::string(embedded_file("flows/loan.yaml"))});
    ledger::OpenFund fund;
    fund.fund = "relief";
    fund.unit = served.ledger->unit("900101");
    fund.title_zh = fund.title_en = fund.rules.basis = "Relief";
    fund.rules.cap_fen = 3'000'000;
    fund.rules.term_days = 365;
    fund.key = key;
    must(std::move(fund));
    must(ledger::BookMoney{"relief", ledger::EntrySort::Capital, 10'000'000, kMark});
    for (const char* illness : {"1", "2"})
      list(R"({"kind":"loan","source":"household","unit":"900101001001","fund":"relief",)"
           R"("amount":200000,"household":")" +
           std::string(kMark) + R"( 130629198001010011","episode":")" + kMark + illness + "\"," +
           texts + "}");
    const Reply withdrawn = served.act("recorder", households.back(), "withdraw", said);
    EXPECT_EQ(withdrawn.status, 200U) << withdrawn.body;
  }
  void carry_out(const std::string& texts, const std::string& said) {
    must(ledger::AdoptFlow{std::string(embedded_file("flows/project.yaml"))});
    list(R"({"kind":"project","source":"collected","unit":"900101001",)" + texts + "}");
    const Reply argued = served.act("supervisor", households.back(), "argue", said);
    EXPECT_EQ(argued.status, 200U) << argued.body;
  }
  // A dispute has no text: the code of a party is what must not be told.
  void serve() {
    must(ledger::AdoptCatalogue{std::string(embedded_file("services/most-asked.yaml"))});
    const Reply handled =
        post("recorder", "/api/v1/handlings",
             R"({"service":"residence_permit","day":"2019-09-09","unit":"900101001001",)"
             R"("visits":2,"further":[{"reason":"other","text":")" +
                 std::string(kMark) + R"("}]})");
    EXPECT_EQ(handled.status, 200U) << handled.body;
    const Reply brought =
        post("recorder", "/api/v1/disputes",
             R"({"unit":"900101001001","sort":"debt","day":"2019-09-09","parties":2,)"
             R"("outcome":"agreed"})");
    EXPECT_EQ(brought.status, 201U) << brought.body;
    dispute = brought.text("dispute");
    party_code = brought.text("codes/0");
  }
  // In the plain and as JSON and addresses may write it.
  void expect_clean(const std::string& what, const Reply& reply) {
    for (const std::string& trace : std::vector<std::string>{
             kMark, "130629198001010011", "13900000000", "6222020000000000000", key, party_code})
      EXPECT_EQ(reply.body.find(trace), std::string::npos) << what << "\n" << reply.body;
    for (const auto& [name, value] : reply.headers)
      EXPECT_EQ(value.find(kMark), std::string::npos) << what << " " << name;
  }

  const std::string key = std::string(32, 'a') + std::string(32, '7');  // of the fund's marks
  std::string dispute;
  std::string party_code = "none was given yet";  // of a party
};

TEST_F(Hunt, NoPublicAnswerHoldsAPrivateWord) {
  ASSERT_EQ(households.size(), 25U);  // with a problem, a request, two loans and a project
  std::size_t asked = 0;
  for (const http::Route& route : http::routes()) {
    // What follows the ledger for as long as it is asked never ends.
    if (route.method != "GET" || route.pattern.ends_with("/stream")) continue;
    for (std::size_t i = 0; i < households.size(); i += i == 0 ? 20 : 1) {
      const std::string path = asked_for(route.pattern, households[i], dispute);
      const Reply reply = served.ask({"GET", path, "", {}});
      if (needs_account(route)) {
        EXPECT_GE(reply.status, 400U) << path;
      }
      expect_clean("GET " + path, reply);
      ++asked;
    }
    for (const char* query :
         {"?unit=900101001001", "?kind=household", "?q=1", "?lang=en", "?by=state", "?by=child"}) {
      const std::string path = asked_for(route.pattern, households.front()) + query;
      expect_clean("GET " + path, served.ask({"GET", path, "", {}}));
      ++asked;
    }
  }
  EXPECT_GT(asked, 500U);
}

TEST_F(Hunt, NoAnswerToAStrangerWhoSendsHoldsAPrivateWord) {
  for (const http::Route& route : http::routes()) {
    if (route.method != "POST") continue;
    const std::string path = asked_for(route.pattern, households.front());
    const bool form = route.takes == http::Takes::Form;
    const std::string body =
        form ? "item=" + households.front() + "&code=7K3MQ-9XD4A-BCDEF-GHJKM-N"
             : R"({"item":")" + households.front() + R"(","code":"7K3MQ-9XD4A-BCDEF-GHJKM-N"})";
    expect_clean("POST " + path, served.ask({"POST", path, body, {form ? kForm : kJson}}));
  }
}

// To whom a code was given is shown what is said to him, and nobody's name or number, not his own.
TEST_F(Hunt, AHouseholdIsShownNoNameAndNoOther) {
  const std::string code = code_of(households[1]);
  Reply own = follow(households[1], code);
  ASSERT_EQ(own.status, 200U) << own.body;
  EXPECT_EQ(own.body.find("130629198001010011"), std::string::npos);
  EXPECT_EQ(own.body.find("13900000000"), std::string::npos);
  EXPECT_EQ(own.body.find("6222020000000000000"), std::string::npos);
  for (std::size_t i = 0; i < 20; ++i) {
    if (i == 1) continue;
    EXPECT_EQ(own.body.find(households[i]), std::string::npos);
  }
  std::size_t said = 0;
  for (std::size_t at = own.body.find(kMark); at != std::string::npos;
       at = own.body.find(kMark, at + 1))
    ++said;
  EXPECT_EQ(said, 2U) << own.body;  // what it was told and what was surveyed, of two steps
}

}  // namespace
}  // namespace tz::http_test
