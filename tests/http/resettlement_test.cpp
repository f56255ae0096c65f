// Households that move, over HTTP: for officials, for themselves by their codes, and in public,
// where nothing of anybody may be read.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "base/csv.h"
#include "base/embedded.h"
#include "base/random.h"
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
  Reply open_household(const std::string& more, const std::string& unit = kVillage) {
    return post("recorder", "/api/v1/items",
                R"({"kind":"household","source":"register","scheme":"round_3","unit":")" + unit +
                    "\"," + more + "}");
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
  EXPECT_NE(page.body.find("href=\"/rosters\""), std::string::npos);
  EXPECT_NE(page.body.find("2019年"), std::string::npos) << "days as a reader writes them";
  EXPECT_EQ(page.body.find("2019-"), std::string::npos);
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

TEST_F(Resettlement, ARosterIsNotShownBeforeItsFirstDay) {
  register_households(20);
  freeze();
  const std::string from = R"("first":")" + day(2) + "\"";
  ASSERT_EQ(publish(R"("audience":"everybody",)" + from).status, 201U);
  ASSERT_EQ(publish(R"("audience":"affected","unit":"900101001001",)" + from).status, 201U);
  const std::string code = code_of(households[0]);
  const auto shown = [&] { return served.ask({"GET", "/api/v1/rosters/round_3/1", "", {}}); };
  EXPECT_EQ(shown().code(), "roster_not_yet");
  EXPECT_TRUE(served.ask({"GET", "/api/v1/rosters", "", {}}).list("rosters").empty());
  EXPECT_TRUE(follow(households[0], code).list("rosters").empty());
  served.ledger->clock.advance_days(2);
  EXPECT_EQ(shown().status, 200U);
  EXPECT_EQ(follow(households[0], code).list("rosters").size(), 1U);
}

TEST_F(Resettlement, WrongCodesAreCountedByAddress) {
  register_households(1);
  const std::string code = code_of(households[0]);
  for (int i = 0; i < 30; ++i)
    ASSERT_EQ(follow(households[0], "7K3MQ-9XD4A-BCDEF-GHJKM-N").code(), "household_code_wrong");
  EXPECT_EQ(follow(households[0], code).code(), "codes_too_many");
  const std::string form = "item=" + households[0] + "&code=" + code;
  EXPECT_EQ(served.ask({"POST", "/household", form, {kForm}}).status, 429U);
  served.ledger->clock.advance_days(1);
  EXPECT_EQ(follow(households[0], code).status, 200U);
}

// Villages and groups large and small, whose households move as chance has it.
class Rosters : public Resettlement {
 protected:
  Rosters() {
    ledger::RegisterUnits groups;
    groups.source = "a test";
    for (const auto& [code, village] : kGroups)
      groups.rows.push_back({code,
                             code,
                             served.ledger->unit(village),
                             ledger::UnitKind::Group,
                             false,
                             *parse_day("2019-01-01"),
                             {}});
    EXPECT_TRUE(served.ledger->engine->submit_and_wait({std::move(groups), {}, {}, {}}).ok());
    for (const auto& [unit, count] : kSizes)
      for (int i = 0; i < count; ++i) {
        const Reply opened = open_household(R"("title":"某户")", unit);
        EXPECT_EQ(opened.status, 201U) << opened.body;
        households.push_back(opened.text("item"));
      }
    freeze();
  }
  // One in four goes on, as far as it does without waiting for anybody.
  void move_on() {
    for (const std::string& no : households) {
      if (random.next_u64() % 4 != 0) continue;
      const std::string stage = served.get("recorder", "/api/v1/items/" + no).text("state/id");
      const char* next = stage == "registered" ? "tell" : stage == "told" ? "survey" : nullptr;
      if (next != nullptr) {
        EXPECT_EQ(served.act("recorder", no, next, R"({"text":"如此"})").status, 200U);
      }
    }
  }
  // Whether officials see a stage of a unit below that one with one to four households.
  bool few_anywhere(const std::string& unit) {
    const Reply seen = served.get("supervisor", "/api/v1/schemes/round_3?unit=" + unit);
    for (const Json& row : seen.list("rows"))
      for (const auto& [stage, count] : *row.find("counts")->find("stages")->as_object())
        if (*count.as_int() > 0 && *count.as_int() < 5) return true;
    return false;
  }
  static std::int64_t number_in(const std::string& text) {
    std::int64_t out = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
    EXPECT_TRUE(fault == std::errc{} && end == text.data() + text.size()) << text;
    return out;
  }
  // None or five at least, and twenty at least in a row.
  static void expect_large(const std::string& what, const std::vector<std::int64_t>& row) {
    std::int64_t sum = 0;
    for (const std::int64_t count : row) {
      EXPECT_FALSE(0 < count && count < 5) << what << " tells " << count;
      sum += count;
    }
    EXPECT_GE(sum, 20) << what;
  }
  void expect_large_rows(const std::string& what, const Json& roster) {
    for (const Json& row : *roster.find("rows")->as_array()) {
      std::vector<std::int64_t> counts;
      for (const Json& cell : *row.find("cells")->as_array())
        counts.push_back(*cell.find("households")->as_int());
      expect_large(what, counts);
      ++rows_seen;
    }
  }
  // All that strangers are shown.
  void look_in_public() {
    for (const Json& one : served.ask({"GET", "/api/v1/rosters", "", {}}).list("rosters")) {
      const std::string path = "/api/v1/rosters/round_3/" + one.find("number")->dump();
      const Reply shown = served.ask({"GET", path, "", {}});
      EXPECT_EQ(shown.status, 200U) << path;
      expect_large_rows(path, shown.json);
    }
    const auto table = parse_csv(served.ask({"GET", "/api/v1/rosters.csv", "", {}}).body);
    ASSERT_TRUE(table.ok());
    std::map<std::string, std::vector<std::int64_t>> rows;  // by number and units
    for (std::size_t i = 1; i < table->size(); ++i) {
      const std::vector<std::string>& cells = (*table)[i].cells;
      rows[cells[2] + " " + cells[6]].push_back(number_in(cells.back()));
    }
    for (const auto& [name, counts] : rows) expect_large("rosters.csv " + name, counts);
  }
  // What a household is shown of others, by both ways.
  void look_as(const std::string& no) {
    const std::string code = code_of(no);
    const Reply own = follow(no, code);
    ASSERT_EQ(own.status, 200U) << own.body;
    for (const Json& roster : own.list("rosters")) expect_large_rows("to " + no, roster);
    const std::string form = "item=" + no + "&code=" + code;
    const std::string page = served.ask({"POST", "/household", form, {kForm}}).body;
    const std::string before = "</b></li>";
    for (std::size_t end = page.find(before); end != std::string::npos;
         end = page.find(before, end + 1)) {
      const std::size_t from = page.rfind("<b>", end) + 3;
      if (page[from] < '0' || page[from] > '9') continue;  // a step of its own
      EXPECT_GE(number_in(page.substr(from, end - from)), 5) << page;
      ++numbers_seen;
    }
  }

  static constexpr std::pair<const char*, const char*> kGroups[] = {
      {"90010100100101", "900101001001"},
      {"90010100100102", "900101001001"},
      {"90010100100103", "900101001001"},
      {"90010100100201", "900101001002"},
      {"90010100100202", "900101001002"}};
  static constexpr std::pair<const char*, int> kSizes[] = {
      {"90010100100101", 22}, {"90010100100102", 26}, {"90010100100103", 4},
      {"900101001001", 2},    {"90010100100201", 21}, {"90010100100202", 3}};
  SeededRandom random{20'190'909};
  std::size_t rows_seen = 0;
  std::size_t numbers_seen = 0;
};

TEST_F(Rosters, TellNoSmallNumberAndOfNoSmallGroup) {
  bool few = false;
  for (int round = 0; round < 6; ++round) {
    for (const char* village : {"900101001001", "900101001002"}) {
      const std::string one = R"("audience":"affected","unit":")" + std::string(village) + "\"";
      const Reply made = publish(one);
      if (made.status != 201) {
        EXPECT_TRUE(made.code() == "roster_few" || made.code() == "roster_too_small") << made.body;
      }
      few = few || few_anywhere(village);
    }
    const Reply made = publish(R"("audience":"everybody")");
    if (made.status != 201) {
      EXPECT_EQ(made.code(), "roster_few") << made.body;
    }
    look_in_public();
    look_as(households.front());
    look_as(households.back());
    move_on();
    served.ledger->clock.advance_days(1);
  }
  EXPECT_TRUE(few) << "there was nothing to be kept back";
  EXPECT_GT(rows_seen, 20U);
  EXPECT_GT(numbers_seen, 5U);
}

// What a pattern's names stand for, so that as much as possible is told.
std::string asked_for(std::string_view pattern, const std::string& no,
                      const std::string& dispute = "1") {
  const std::map<std::string, std::string> known = {{"ballot", "1"},
                                                    {"code", kVillage},
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

// Every text that the ledger takes of a household, a problem, a finding, a hazard, a petition that
// accuses, a report, a loan and its fund, a project and its ballot, a verdict and a service given
// holds the mark: name, identity number, telephone, account, and whatever is said.
class Hunt : public Resettlement {
 protected:
  Hunt() {
    must(ledger::AdoptTimeRules{std::nullopt, std::string(embedded_file("calendar/limits.csv"))});
    for (const char* kind : {"request", "hazard", "petition", "loan", "project"})
      must(ledger::AdoptFlow{std::string(embedded_file("flows/" + std::string(kind) + ".yaml"))});
    for (const char* field :
         {"title", "description", "upstream_no", "source_doc", "target", "key_measures", "remark"})
      texts += (texts.empty() ? "\"" : ",\"") + std::string(field) + "\":\"" + kMark +
               " 130629198001010011 13900000000 6222020000000000000\"";
    judge();
    list(R"({"kind":"problem","source":"resident","unit":"900101001001",)" + texts + "}");
    list(R"({"kind":"problem","source":"central_inspection","unit":"900101001001",)"
         R"("batch":"second","due":")" +
         day(60) + R"(","implementing":["900101-zj"],"accepting":"900101",)" + texts + "}");
    accuse();
    endanger();
    lend();
    carry_out();
    serve();
    for (int i = 0; i < 20; ++i) {
      const Reply opened = open_household(texts);
      EXPECT_EQ(opened.status, 201U) << opened.body;
      households.push_back(opened.text("item"));
    }
    for (const char* name : {"tell", "survey", "visit"})
      for (const std::string& no : households) step("recorder", no, name, said);
    freeze();
    for (const char* audience :
         {R"("audience":"everybody")", R"("audience":"affected","unit":"900101001001")"})
      EXPECT_EQ(publish(audience).status, 201U) << audience;
  }
  void must(ledger::Command command) {
    const auto done = served.ledger->engine->submit_and_wait({std::move(command), {}, {}, {}});
    ASSERT_TRUE(done.ok()) << done.error().code;
  }
  void list(const std::string& body, const std::string& person = "recorder") {
    const Reply opened = post(person, "/api/v1/items", body);
    ASSERT_EQ(opened.status, 201U) << opened.body;
    others.push_back(opened.text("item"));
  }
  void step(const std::string& person, const std::string& no, const std::string& name,
            const std::string& body) {
    const Reply done = served.act(person, no, name, body);
    ASSERT_EQ(done.status, 200U) << name << done.body;
  }
  // One of whom somebody is not satisfied, one that concerns many, and a report whose reporter says
  // why it is not solved.
  void judge() {
    const std::string pdf = served
                                .post("fixer", "/api/v1/evidence", sample_pdf("x"),
                                      {"Content-Type: application/octet-stream"})
                                .text("sha256");
    const std::string second = std::to_string(served.ledger->post("checker_2").value);
    const std::string mark = kMark;
    for (int i = 0; i < 2; ++i) {
      list(R"({"kind":"problem","source":"resident","unit":"900101001001",)" + texts + "}");
      const std::string& no = others.back();
      step("supervisor", no, "assign", R"({"lead":"900101-zj","due":")" + day(20) + "\"}");
      step("fixer", no, "plan",
           R"({"measures":[{"text":")" + mark + R"(","due":")" + day(10) + R"("}],"criterion":")" +
               mark + "\"}");
      step("fixer", no, "report",
           R"({"measure":1,"done":true,"text":")" + mark + R"(","evidence":[{"sha256":")" + pdf +
               "\"}]}");
      step("fixer", no, "request_closure", said);
      step("checker", no, "review", said);
      step("checker", no, "check", R"({"text":")" + mark + R"(","checkers":[)" + second + "]}");
      step("supervisor", no, "publicise", R"({"notice_last":")" + day(11) + "\"}");
    }
    served.ledger->clock.advance_days(14);
    for (const std::string& no : others)
      step("supervisor", no, "close", R"({"outcome":"fixed","text":")" + mark + "\"}");
    const std::string why =
        R"("solved":"no","satisfied":"no","way":"phone","why":"other","text":")" + mark + "\"}";
    step("recorder", others[0], "judge", "{" + why);
    step("checker", others[1], "list_affected",
         R"({"affected":90,"asked":5,"digest":")" + digest + R"(","text":")" + mark + "\"}");
    step("checker", others[1], "draw", said);
    for (const Json& one : served.get("recorder", "/api/v1/items/" + others[1]).list("lot/drawn"))
      step("recorder", others[1], "ask_drawn",
           R"({"drawn":)" + one.find("number")->dump() + "," + why);
    report();
  }
  static std::string in_form(std::string_view text) {
    std::string out;
    for (const char c : text) out += "%" + to_hex(std::array{static_cast<std::uint8_t>(c)});
    return out;
  }
  void report() {
    served.ledger->add_person("head", {{kVillage, ledger::Role::Supervisor}});
    const Reply sent = served.ask(
        {"POST",
         "/api/v1/requests",
         R"({"unit":"900101001001","manner":"anonymous","text":")" + std::string(kMark) + "\"}",
         {kJson}});
    ASSERT_EQ(sent.status, 201U) << sent.body;
    others.push_back(sent.text("item"));
    reporter_code = sent.text("code");
    step("head", others.back(), "accept", said);
    step("head", others.back(), "close",
         R"({"outcome":"handled","text":")" + std::string(kMark) + "\"}");
    const Reply judged = served.ask({"POST",
                                     "/follow",
                                     "item=" + others.back() + "&code=" + reporter_code +
                                         "&do=judge&closure=1&solved=no&satisfied=no&why=other" +
                                         "&why_text=" + in_form(kMark),
                                     {kForm}});
    ASSERT_EQ(judged.status, 200U) << judged.body;
  }
  // Of the county in which all else lies, so that its own people are told nothing either.
  void accuse() {
    served.ledger->add_person("clerk", {{"9001", ledger::Role::Recorder}});
    list(R"({"kind":"petition","source":"letter","unit":"900101001","accused":["900101"],)" +
             texts + "}",
         "clerk");
    petition = others.back();
    served.ledger->add_person("city", {{"9001", ledger::Role::Supervisor}});
    step("city", petition, "refer",
         R"({"lead":"9001-ga","due":")" + day(30) + R"(","text":")" + std::string(kMark) + "\"}");
  }
  void endanger() {
    list(R"({"kind":"hazard","source":"inspection","severity":"major","unit":"900101001001",)" +
         texts + "}");
    const std::string& no = others.back();
    step("supervisor", no, "assign", R"({"lead":"900101-zj","due":")" + day(20) + "\"}");
    std::string assured =
        R"({"measures":[{"text":")" + std::string(kMark) + R"(","due":")" + day(10) + "\"}]";
    for (const char* field : {"criterion", "funds", "emergency_plan", "responsible_person"})
      assured += ",\"" + std::string(field) + "\":\"" + kMark + "\"";
    step("fixer", no, "plan", assured + "}");
  }
  // One loan that is open, and one that was withdrawn.
  void lend() {
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
    step("recorder", others.back(), "withdraw", said);
  }
  // Two projects, of which a ballot chooses one.
  void carry_out() {
    std::string votes;
    for (int i = 0; i < 2; ++i) {
      list(R"({"kind":"project","source":"collected","unit":"900101001",)" + texts + "}");
      step("supervisor", others.back(), "argue", said);
      votes += (i == 0 ? "" : ",") + (R"({"item":")" + others.back()) + R"(","for":)" +
               std::to_string(40 - i) + R"(,"against":0,"abstained":0})";
    }
    const Reply held =
        post("supervisor", "/api/v1/ballots",
             R"({"unit":"900101","body":"congress","day":")" + day(0) + R"(","places":1,"text":")" +
                 kMark + R"(","candidates":[)" + votes + "]}");
    ASSERT_EQ(held.status, 201U) << held.body;
    ASSERT_NE(served.get("supervisor", "/api/v1/ballots/1").body.find(kMark), std::string::npos);
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
  // In the plain and as JSON and addresses may write it. Of the petition, not even that there is
  // one, but to whoever names it himself.
  void expect_clean(const std::string& what, const Reply& reply) {
    std::vector<std::string> traces = {kMark,  "130629198001010011",  "13900000000",
                                       key,    "6222020000000000000", party_code,
                                       digest, reporter_code};
    if (what.find(petition) == std::string::npos) traces.push_back(petition);
    for (const std::string& trace : traces)
      EXPECT_EQ(reply.body.find(trace), std::string::npos) << what << "\n" << reply.body;
    for (const auto& [name, value] : reply.headers)
      EXPECT_EQ(value.find(kMark), std::string::npos) << what << " " << name;
  }
  // Every address that can be read, about each item, with some questions; says how many were asked.
  template <class Ask>
  std::size_t hunt(Ask ask) {
    std::vector<std::string> numbers = others;
    numbers.push_back(households.front());
    std::size_t asked = 0;
    for (const http::Route& route : http::routes()) {
      // What follows the ledger for as long as it is asked never ends.
      if (route.method != "GET" || route.pattern.ends_with("/stream")) continue;
      const bool about_items = route.pattern.find("{no}") != std::string_view::npos;
      for (const std::string& no : numbers) {
        if (!about_items && no != numbers.front()) continue;
        const std::string path = asked_for(route.pattern, no, dispute);
        const Reply reply = ask(route, path);
        expect_clean("GET " + path, reply);
        ++asked;
      }
      for (const char* query : {"?unit=900101001001", "?kind=household", "?kind=petition", "?q=1",
                                "?lang=en", "?by=state", "?by=child"}) {
        const std::string path = asked_for(route.pattern, households.front(), dispute) + query;
        expect_clean("GET " + path, ask(route, path));
        ++asked;
      }
    }
    return asked;
  }

  std::string texts;  // of an item, as members of JSON
  const std::string said = R"({"text":")" + std::string(kMark) + R"(","reason":")" + kMark + "\"}";
  const std::string key = std::string(32, 'a') + std::string(32, '7');     // of the fund's marks
  const std::string digest = std::string(32, 'b') + std::string(32, '3');  // of those a lot is of
  std::vector<std::string> others;  // every item that is no household
  std::string petition;
  std::string dispute;
  std::string reporter_code = "none was given yet";
  std::string party_code = "none was given yet";
};

TEST_F(Hunt, NoPublicAnswerHoldsAPrivateWord) {
  ASSERT_EQ(households.size(), 20U);
  // Three that were judged, a problem, a finding, a petition, a hazard, two loans, two projects.
  ASSERT_EQ(others.size(), 11U);
  const std::size_t asked = hunt([&](const http::Route& route, const std::string& path) {
    Reply reply = served.ask({"GET", path, "", {}});
    if (needs_account(route)) {
      EXPECT_GE(reply.status, 400U) << path;
    }
    return reply;
  });
  EXPECT_GT(asked, 900U);
}

// Signed in, with posts in another county or with none.
TEST_F(Hunt, NoAnswerToAStrangerWhoSignedInHoldsAPrivateWord) {
  served.ledger->add_person("newcomer", {});
  for (const char* person : {"outsider", "newcomer"}) {
    std::size_t ok = 0;
    hunt([&](const http::Route&, const std::string& path) {
      Reply reply = served.get(person, path);
      ok += reply.status == 200 ? 1 : 0;
      return reply;
    });
    EXPECT_GT(ok, 300U) << person;
    for (const std::string& no : others) {
      EXPECT_EQ(served.get(person, "/api/v1/items/" + no).code(), "item_unknown") << person;
      EXPECT_EQ(served.get(person, "/api/v1/items/" + no + "/history").code(), "item_unknown");
      expect_clean(no, served.act(person, no, "recuse", said));
    }
    EXPECT_TRUE(served.get(person, "/api/v1/items?limit=200").list("items").empty()) << person;
  }
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
    if (!form) expect_clean("POST " + path, post("outsider", path, body));
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
  std::size_t words = 0;
  for (std::size_t at = own.body.find(kMark); at != std::string::npos;
       at = own.body.find(kMark, at + 1))
    ++words;
  EXPECT_EQ(words, 2U) << own.body;  // what it was told and what was surveyed, of two steps
}

}  // namespace
}  // namespace tz::http_test
