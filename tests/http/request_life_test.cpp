// A resident's request through dispute, redo and shelving, and one written down for a caller.
#include "http/kind_life.h"

namespace tz::http_test {
namespace {

class RequestLife : public KindLife {
 protected:
  RequestLife() : KindLife("2024-09-13") {
    adopt("flows/request.yaml");
    served.ledger->add_person("chief", {{"900101001", ledger::Role::Supervisor}});
    served.ledger->add_person("deputy", {{"900101001", ledger::Role::Supervisor}});
  }
  void open() {
    list(R"({"kind":"request","unit":"900101001","source":"telephone","category":"traffic",)"
         R"("title":"路灯不亮"})");
  }
};

TEST_F(RequestLife, GoesThroughDisputeRedoAndShelving) {
  open();
  EXPECT_EQ(step("recorder", "accept", "{}"), "done");
  EXPECT_EQ(step("chief", "assign", R"({"lead":"900101-zj"})"), "done");
  EXPECT_NE(clocks().find("objection runs 2024-09-14\n"), std::string::npos) << "a worked Saturday";
  // Not its business, it says; somebody else than who dispatched decides.
  EXPECT_EQ(step("fixer", "object", R"({"reason":"归供电公司"})"), "done");
  EXPECT_EQ(step("chief", "uphold", R"({"reason":"归你们"})"), "same_person");
  EXPECT_EQ(step("deputy", "uphold", R"({"reason":"路灯由住建管护"})"), "done");
  EXPECT_EQ(step("fixer", "contact", R"({"text":"已电话联系"})"), "done");
  EXPECT_EQ(step("fixer", "ask_shelving", R"({"text":"缺配件，十月底到货"})"), "done");
  EXPECT_EQ(step("chief", "shelve", R"({"due":"2024-10-31","reason":"等配件"})"), "done");
  EXPECT_EQ(item().text("phase"), "suspended");
  EXPECT_NE(clocks().find("handle stands_still "), std::string::npos) << clocks();
  EXPECT_EQ(item().text("due"), "2024-10-31") << "as the plan has it";
  day("2024-10-10");
  EXPECT_EQ(step("fixer", "take_up", R"({"text":"配件已到"})"), "done");
  EXPECT_EQ(item().text("original_due"), "2024-09-23");
  EXPECT_NE(item().text("due"), "2024-10-31") << "the limit goes on";
  EXPECT_EQ(step("fixer", "answer", R"({"text":"已更换"})"), "done");
  EXPECT_EQ(step("chief", "close", R"({"outcome":"handled","text":"路灯已修好"})"), "done");
  EXPECT_EQ(step("recorder", "judge",
                 R"({"solved":"no","satisfied":"no","way":"phone","why":"not_done"})"),
            "done");
  EXPECT_EQ(item().text("state/id"), "reopened");
  EXPECT_EQ(step("chief", "assign", R"({"lead":"900101-zj"})"), "done");
  EXPECT_EQ(step("fixer", "contact", R"({"text":"再次联系"})"), "done");
  EXPECT_EQ(step("fixer", "answer", R"({"text":"重新接线"})"), "done");
  EXPECT_EQ(step("chief", "close", R"({"outcome":"handled","text":"已修好"})"), "done");
  EXPECT_EQ(step("recorder", "judge", R"({"solved":"yes","satisfied":"yes","way":"phone"})"),
            "done");
  day("2024-11-20");
  EXPECT_EQ(step("chief", "archive", "{}"), "done");
  EXPECT_EQ(item().text("state/id"), "archived");
  history();
}

TEST_F(RequestLife, TheSameMatterIsLinkedAndAnotherOneCountsAgainstItsClosing) {
  open();
  const std::string first = no;
  EXPECT_EQ(step("recorder", "accept", "{}"), "done");
  EXPECT_EQ(step("chief", "close", R"({"outcome":"explained","text":"已说明"})"), "done");
  // What comes in about the same place and category is found by itself.
  const std::string body = R"({"unit":"900101001","category":"traffic","text":"路灯还是不亮"})";
  const Reply sent =
      served.ask({"POST", "/api/v1/requests", body, {"Content-Type: application/json"}});
  ASSERT_EQ(sent.status, 201U) << sent.body;
  no = sent.text("item");
  EXPECT_EQ(item("chief").text("recurs"), first);
  EXPECT_EQ(step("chief", "accept", "{}"), "done");
  EXPECT_EQ(step("chief", "same_matter", R"({"text":"同一事项","into":")" + first + "\"}"), "done");
  const Reply linked = item("chief");
  EXPECT_EQ(linked.text("same_as"), first);
  EXPECT_EQ(linked.text("closures/0/outcome"), "same_matter");
  // Of the other one only whoever received both may know, wherever it is asked for.
  EXPECT_EQ(item().at("same_as"), Json());
  EXPECT_EQ(item().at("recurs"), Json());
  for (const char* person : {"supervisor", "chief"}) {
    const bool receiver = std::string_view(person) == "chief";
    std::size_t told = 0;
    for (const Json& record : served.get(person, "/api/v1/journal?limit=200").list("records")) {
      if (record.find("item")->dump() != "\"" + no + "\"") continue;
      if (record.find("payload")->dump().find(first) != std::string::npos) ++told;
      const Reply proof = served.get(
          person, "/api/v1/items/" + no + "/records/" + record.find("seq")->dump() + "/proof");
      ASSERT_EQ(proof.status, 200U) << proof.body;
      if (proof.at("payload").dump().find(first) != std::string::npos) ++told;
    }
    EXPECT_EQ(told > 0, receiver) << person;
    EXPECT_EQ(history(person).body.find(first) != std::string::npos, receiver) << person;
  }
  no = first;
  EXPECT_EQ(item("chief").at("closures/0/recurrences"), Json(1));
  EXPECT_EQ(item("chief").text("state/id"), "closed");
}

// Two who send in the same thing: dealt with in one, and each follows and judges it by his own
// code.
TEST_F(RequestLife, MergedRequestsKeepTheirReportersRights) {
  const auto send = [&](const char* words) {
    const std::string body =
        R"({"unit":"900101001","category":"traffic","text":")" + std::string(words) + "\"}";
    Reply sent = served.ask({"POST", "/api/v1/requests", body, {"Content-Type: application/json"}});
    EXPECT_EQ(sent.status, 201U) << sent.body;
    return sent;
  };
  const Reply one = send("路口的灯不亮");
  const Reply two = send("十字路口没有灯");
  for (const Reply* each : {&one, &two}) {
    no = each->text("item");
    EXPECT_EQ(step("chief", "accept", "{}"), "done");
  }
  EXPECT_EQ(step("chief", "merge", R"({"reason":"同一盏灯","into":")" + one.text("item") + "\"}"),
            "done");
  EXPECT_EQ(item("chief").text("merged_into"), one.text("item"));
  const auto page = [&](const std::string& more) {
    const std::string form =
        "lang=zh-CN&item=" + two.text("item") + "&code=" + two.text("code") + more;
    const Reply shown =
        served.ask({"POST", "/follow", form, {"Content-Type: application/x-www-form-urlencoded"}});
    EXPECT_EQ(shown.status, 200U) << shown.body;
    return shown.body;
  };
  EXPECT_NE(page("").find("并案办理"), std::string::npos);
  EXPECT_EQ(page("").find("name=\"solved\""), std::string::npos) << "nothing to judge yet";
  no = one.text("item");
  EXPECT_EQ(step("chief", "close", R"({"outcome":"handled","text":"灯已换新"})"), "done");
  const std::string answered = page("");
  EXPECT_NE(answered.find("灯已换新"), std::string::npos) << answered;
  EXPECT_EQ(answered.find(one.text("item")), std::string::npos) << "another's number";
  EXPECT_NE(answered.find("name=\"solved\""), std::string::npos);
  page("&do=judge&closure=0&solved=no&satisfied=no");
  no = two.text("item");
  EXPECT_EQ(item("chief").text("state/id"), "reopened");
}

// In the list as on its own page, at every moment.
TEST_F(RequestLife, ShowsItsLightAndWhatTheClockDoesNext) {
  open();
  EXPECT_EQ(step("recorder", "accept", "{}"), "done");
  EXPECT_EQ(step("chief", "assign", R"({"lead":"900101-zj"})"), "done");
  const auto light = [&] {
    const Reply whole = item("chief");
    const Reply listed = served.get("chief", "/api/v1/items");
    EXPECT_EQ(listed.list("items").front().find("light")->dump(), whole.at("light").dump());
    return whole.text("light/color") + " " + whole.text("light/reason");
  };
  EXPECT_EQ(light(), "yellow near_due") << "its unit may object until tomorrow";
  EXPECT_EQ(step("fixer", "contact", R"({"text":"已电话联系"})"), "done");
  day("2024-09-16");
  EXPECT_EQ(light(), "blue on_schedule");
  EXPECT_EQ(item("chief").text("next_step/step"), "remind");
  day("2024-09-20");
  EXPECT_EQ(light(), "yellow near_due");
  day("2024-10-09");
  EXPECT_EQ(light(), "red overdue");
  EXPECT_EQ(step("fixer", "answer", R"({"text":"已更换"})"), "done");
  EXPECT_EQ(step("chief", "close", R"({"outcome":"handled","text":"路灯已修好"})"), "done");
  EXPECT_EQ(item("chief").at("light"), Json());
}

TEST_F(RequestLife, AnOfficialWritesItDownForACaller) {
  const std::string told = R"({"unit":"900101001","source":"telephone","text":"路灯不亮",)"
                           R"("manner":"named","name":"王某","contact":"电话"})";
  const std::string path = "/api/v1/items/on-behalf";
  const auto stranger = [&](const std::string& at) {
    return served.ask({"POST", at, told, {"Content-Type: application/json"}}).code();
  };
  EXPECT_EQ(stranger(path), "sign_in_needed");
  EXPECT_EQ(stranger("/api/v1/requests"), "field_unknown");
  EXPECT_EQ(served.post("recorder", "/api/v1/requests", told).code(), "field_unknown");
  EXPECT_EQ(served.post("fixer", path, told).code(), "not_permitted");
  EXPECT_EQ(served.post("recorder", path, R"({"unit":"900101001","text":"路灯不亮"})").code(),
            "field_required");
  const Reply taken = served.post("recorder", path, told);
  ASSERT_EQ(taken.status, 201U) << taken.body;
  EXPECT_EQ(breach("POST", path, taken), "");
  EXPECT_FALSE(taken.text("code").empty());
  no = taken.text("item");
  EXPECT_EQ(item("chief").text("source"), "telephone");
  const std::string accusing = R"({"accused":["900101"],"source":"visit","text":"不作为"})";
  EXPECT_EQ(served.post("recorder", path, accusing).code(), "accusation_not_on_behalf");
}

}  // namespace
}  // namespace tz::http_test
