// A project over HTTP: argued, chosen by ballot, planned, counted with sources, changed by
// approval, and repeated from its model.
#include <gtest/gtest.h>

#include "http/kind_life.h"

namespace tz::http_test {
namespace {

constexpr const char* kResults = "/api/v1/items/{no}/results";

class Project : public KindLife {
 protected:
  Project() : KindLife("2019-09-09") { adopt("flows/project.yaml"); }

  void open(const std::string& title, const std::string& more = "") {
    list(R"({"kind":"project","unit":"900101001","source":"collected","title":")" + title + "\"" +
         more + "}");
    EXPECT_EQ(step("supervisor", "argue", R"({"text":"可行"})"), "done");
  }
  void plan(const std::string& spaces) {
    EXPECT_EQ(step("supervisor", "assign", R"({"lead":"900101-zj","due":"2019-12-31"})"), "done");
    EXPECT_EQ(step("fixer", "plan",
                   R"({"measures":[{"text":"划线","due":"2019-12-18"}],"planned_fen":1000000,)"
                   R"("quantities":[{"id":"parking_spaces","unit":"space","value":)" +
                       spaces + R"(,"baseline":0}]})"),
              "done");
  }
  std::string report(const std::string& spaces, const std::string& qualifier) {
    return step("fixer", "report",
                R"({"source_doc":"清点表","in_place_fen":800000,"paid_fen":200000,)"
                R"("actuals":[{"id":"parking_spaces","unit":"space","value":)" +
                    spaces + R"(,"qualifier":")" + qualifier + R"(","as_of":"2019-09-09"}]})");
  }
  Reply results() {
    Reply shown = served.get("supervisor", "/api/v1/items/" + no + "/results");
    EXPECT_EQ(breach("GET", kResults, shown), "") << shown.body;
    return shown;
  }
  Reply vote(const std::string& person, const std::string& candidates, int places) {
    Reply done = served.post(person, "/api/v1/ballots",
                             R"({"unit":"900101","body":"congress","day":"2019-09-09","places":)" +
                                 std::to_string(places) + R"(,"text":"第三次会议","candidates":[)" +
                                 candidates + "]}",
                             {"Content-Type: application/json"});
    EXPECT_EQ(breach("POST", "/api/v1/ballots", done), "") << done.body;
    return done;
  }
  static std::string candidate(const std::string& item, int in_favour) {
    return R"({"item":")" + item + R"(","for":)" + std::to_string(in_favour) +
           R"(,"against":2,"abstained":1})";
  }
};

TEST_F(Project, IsChosenByABallotOfAllCandidates) {
  open("停车位");
  const std::string first = no;
  open("路灯");
  const std::string second = no;
  const std::string both = candidate(first, 40) + "," + candidate(second, 30);
  EXPECT_EQ(vote("fixer", both, 1).code(), "not_permitted");
  EXPECT_EQ(vote("supervisor", both, 2).code(), "ballot_too_few");
  const Reply held = vote("supervisor", both, 1);
  ASSERT_EQ(held.status, 201U) << held.body;
  EXPECT_EQ(held.at("ballot").dump(), "1");
  const Reply shown = served.get("supervisor", "/api/v1/ballots/1");
  EXPECT_EQ(breach("GET", "/api/v1/ballots/{ballot}", shown), "") << shown.body;
  EXPECT_EQ(shown.text("candidates/0/item"), first);
  EXPECT_EQ(shown.text("candidates/0/title"), "停车位");
  EXPECT_EQ(shown.at("candidates/1/chosen").dump(), "false");
  EXPECT_EQ(shown.text("text"), "第三次会议");
  const Reply list = served.get("supervisor", "/api/v1/ballots?unit=9001");
  EXPECT_EQ(breach("GET", "/api/v1/ballots", list), "") << list.body;
  EXPECT_EQ(list.list("ballots").size(), 1U);
  EXPECT_TRUE(list.at("next").is_null());
  EXPECT_TRUE(served.get("supervisor", "/api/v1/ballots?cursor=1").list("ballots").empty());
  EXPECT_EQ(served.get("supervisor", "/api/v1/ballots?cursor=2").code(), "cursor_bad");
  const Reply table = served.get("supervisor", "/api/v1/ballots/1/votes.csv");
  EXPECT_NE(table.body.find(first + ",停车位,40,2,1,1"), std::string::npos) << table.body;
  const Reply all = served.get("supervisor", "/api/v1/ballots.csv?unit=9001");
  EXPECT_EQ(breach("GET", "/api/v1/ballots.csv", all), "") << all.body;
  EXPECT_NE(all.body.find("\r\n1,900101,"), std::string::npos) << all.body;
  EXPECT_NE(all.body.find("," + second + ",路灯,30,2,1,"), std::string::npos) << all.body;
  EXPECT_EQ(served.get("supervisor", "/api/v1/ballots.csv?cursor=1").body.find(first),
            std::string::npos);
  // Whoever may read none of the items sees the votes, and of which item they were not.
  for (const char* path : {"/api/v1/ballots.csv", "/api/v1/ballots/1/votes.csv"}) {
    const Reply hidden = served.get("outsider", path);
    EXPECT_EQ(hidden.status, 200U) << hidden.body;
    EXPECT_EQ(hidden.body.find(first), std::string::npos) << hidden.body;
    EXPECT_NE(hidden.body.find(",40,2,1,"), std::string::npos) << hidden.body;
  }
  // What was said of it may name them.
  const Reply hidden = served.get("outsider", "/api/v1/ballots/1");
  EXPECT_EQ(breach("GET", "/api/v1/ballots/{ballot}", hidden), "") << hidden.body;
  EXPECT_EQ(hidden.at("candidates/0/for").dump(), "40");
  EXPECT_TRUE(hidden.at("text").is_null());
  EXPECT_EQ(served.get("supervisor", "/api/v1/ballots/2").code(), "ballot_unknown");
  EXPECT_EQ(item().text("state/id"), "not_chosen");
  no = first;
  EXPECT_EQ(item().text("state/id"), "chosen");
  EXPECT_EQ(results().at("votes/for").dump(), "40");
}

TEST_F(Project, IsCountedWithItsSourcesAndKeepsWhatWasSaid) {
  open("停车位");
  EXPECT_EQ(step("supervisor", "decide", R"({"reason":"会议确定"})"), "done");
  plan("36");
  EXPECT_EQ(results().at("attained").dump(), "0");
  EXPECT_EQ(report("9", "exact"), "done");
  EXPECT_EQ(step("fixer", "report", R"({"milestones":[{"measure":1,"day":"2019-09-09"}]})"),
            "actuals_unsourced");
  EXPECT_EQ(step("fixer", "report",
                 R"({"source_doc":"验收单","milestones":[{"measure":1,"day":"2019-09-09"}]})"),
            "done");
  EXPECT_EQ(step("supervisor", "change",
                 R"({"reason":"管线","quantities":[{"id":"parking_spaces","unit":"space",)"
                 R"("value":18,"baseline":0}]})"),
            "done");
  const Reply shown = results();
  EXPECT_EQ(shown.at("indicators/0/rate").dump(), "5000");
  EXPECT_EQ(shown.at("attained").dump(), "7500") << "half of the indicator, all milestones";
  EXPECT_EQ(shown.at("funds/payment_rate").dump(), "2500");
  EXPECT_EQ(shown.list("indicators/0/targets").size(), 2U);
  EXPECT_EQ(shown.text("indicators/0/actuals/0/source_doc"), "清点表");
  EXPECT_EQ(shown.text("milestones/0/reached"), "2019-09-09");
  const Reply table = served.get("supervisor", "/api/v1/items/" + no + "/results.csv");
  // Beside the target that stood then; what it became since has a row of its own.
  EXPECT_NE(table.body.find("parking_spaces,space,0,36,2019-09-09,9,exact,清点表"),
            std::string::npos)
      << table.body;
  EXPECT_NE(table.body.find("parking_spaces,space,0,36,,,exact,"), std::string::npos) << table.body;
  EXPECT_NE(table.body.find("parking_spaces,space,0,18,,,exact,"), std::string::npos) << table.body;
  const std::string own = "/api/v1/items/" + no;
  const Reply milestones = served.get("supervisor", own + "/milestones.csv");
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}/milestones.csv", milestones), "");
  EXPECT_NE(milestones.body.find(no + ",1,划线,2019-12-18,2019-12-18,"), std::string::npos)
      << milestones.body;
  EXPECT_NE(milestones.body.find(",2019-09-09,"), std::string::npos) << milestones.body;
  const Reply money = served.get("supervisor", own + "/money.csv");
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}/money.csv", money), "");
  EXPECT_NE(money.body.find(",10000.00,,,\r\n"), std::string::npos) << money.body;
  EXPECT_NE(money.body.find(",,8000.00,2000.00,清点表\r\n"), std::string::npos) << money.body;
  for (const char* part : {"/milestones.csv", "/money.csv"})
    EXPECT_EQ(served.get("outsider", own + part).status, 404U) << part;
  history();
}

TEST_F(Project, IsRepeatedFromItsModelAndAddsUp) {
  open("停车位");
  EXPECT_EQ(step("supervisor", "decide", R"({"reason":"会议确定"})"), "done");
  plan("36");
  EXPECT_EQ(report("36", "exact"), "done");
  const std::string model = no;
  open("停车位推广", R"(,"model":")" + model + "\"");
  EXPECT_EQ(item().text("copy_of"), model);
  EXPECT_EQ(step("supervisor", "decide", R"({"reason":"会议确定"})"), "done");
  plan("200");
  EXPECT_EQ(report("224", "over"), "done");
  const Reply all = served.get("supervisor", "/api/v1/items/" + no + "/copies");
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}/copies", all), "") << all.body;
  EXPECT_EQ(all.text("model"), model);
  EXPECT_EQ(all.at("totals/indicators/0/reached/value").dump(), "260");
  EXPECT_EQ(all.text("totals/indicators/0/reached/qualifier"), "over");
  EXPECT_EQ(all.list("items").size(), 2U);
}

// Whoever adds up a column of the members comes to the line of all together.
TEST_F(Project, CopiesAsATableHaveTheMoneyAndWhereEachStands) {
  open("停车位");
  EXPECT_EQ(step("supervisor", "decide", R"({"reason":"会议确定"})"), "done");
  plan("36");
  EXPECT_EQ(report("9", "exact"), "done");
  const std::string model = no;
  open("停车位推广", R"(,"model":")" + model + "\"");
  const std::string path = "/api/v1/items/" + model + "/copies.csv";
  const Reply table = served.get("supervisor", path);
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}/copies.csv", table), "") << table.body;
  EXPECT_NE(
      table.body.find("编号,标题,单位代码,单位,状态,完成度（%）,计划（元）,到位（元）,支付（元）,"
                      "指标,计量单位,目标,指标完成率（%）,"),
      std::string::npos)
      << table.body;
  const auto line = [&](const std::string& text) {
    EXPECT_NE(table.body.find("\r\n" + text + "\r\n"), std::string::npos) << text << table.body;
  };
  const auto state_of = [&](const std::string& one) {
    return served.get("supervisor", "/api/v1/items/" + one).text("state/title/zh-CN");
  };
  line(model + ",停车位,900101001,一街道," + state_of(model) +
       ",12.50,10000.00,8000.00,2000.00,parking_spaces,space,36,25.00,9,exact,,,1");
  line(no + ",停车位推广,900101001,一街道," + state_of(no) + ",,,,,,,,,,,,,1");
  line(",合计,,,,,10000.00,8000.00,2000.00,parking_spaces,space,36,,9,exact,,,1");
  const Reply english = served.ask(
      {"GET",
       path,
       "",
       {"Authorization: Bearer " + served.ledger->token("supervisor"), "Accept-Language: en"}});
  EXPECT_NE(english.body.find("Unit code,Unit,State,Attained (%),Planned (yuan),"),
            std::string::npos)
      << english.body;
  EXPECT_EQ(served.get("outsider", path).status, 404U);
}

}  // namespace
}  // namespace tz::http_test
