// A petition from the letter to the end of its second review, over HTTP, with its time limits.
#include <gtest/gtest.h>

#include "http/kind_life.h"

namespace tz::http_test {
namespace {

class Petition : public KindLife {
 protected:
  Petition() : KindLife("2024-09-13") {
    adopt("flows/petition.yaml");
    served.ledger->add_person("city", {{"9001", ledger::Role::Supervisor}});
    served.ledger->add_person("province", {{"90", ledger::Role::Supervisor}});
  }
  void open() {
    list(R"({"kind":"petition","unit":"900101001","source":"letter","title":"要求补发工资"})");
  }
};

TEST_F(Petition, GoesThroughBothReviewsWithinItsLimits) {
  open();
  EXPECT_EQ(clocks(), "register runs 2024-09-29\n") << "a Sunday that was worked";
  EXPECT_EQ(step("supervisor", "refer", R"({"lead":"900101-zj"})"), "done");
  EXPECT_EQ(clocks(),
            "register stopped 2024-09-29\naccept runs 2024-09-29\nobjection runs 2024-09-23\n");
  EXPECT_EQ(step("fixer", "accept", R"({"text":"已告知"})"), "done");
  EXPECT_EQ(step("supervisor", "prolong_handling", R"({"extension":"x","reason":"复杂"})"),
            "bad_length");
  EXPECT_EQ(step("supervisor", "prolong_handling", R"({"extension":"30d","reason":"复杂"})"),
            "done");
  EXPECT_NE(clocks().find("handle runs 2024-12-12\n"), std::string::npos);
  EXPECT_EQ(item().text("due"), "2024-12-12");
  EXPECT_EQ(item().text("original_due"), "2024-11-12");
  EXPECT_EQ(step("fixer", "draft_opinion", R"({"text":"不予支持"})"), "done");
  EXPECT_EQ(step("supervisor", "reply", R"({"outcome":"not_supported","text":"没有依据"})"),
            "done");
  day("2024-10-08");
  EXPECT_EQ(step("supervisor", "ask_review", R"({"reason":"书面申请"})"), "not_above_closing");
  EXPECT_EQ(step("city", "ask_review", R"({"reason":"书面申请"})"), "done");
  EXPECT_EQ(step("city", "give_review", R"({"outcome":"upheld","text":"维持"})"), "done");
  EXPECT_EQ(step("province", "ask_rereview", R"({"reason":"书面申请"})"), "done");
  EXPECT_EQ(step("province", "open_hearing", R"({"reason":"听证"})"), "done");
  EXPECT_NE(clocks().find("rereview stands_still "), std::string::npos);
  day("2024-10-18");
  EXPECT_EQ(step("province", "end_hearing", R"({"text":"听证结束"})"), "done");
  EXPECT_EQ(step("city", "give_rereview", R"({"outcome":"upheld","text":"维持"})"),
            "not_above_closing");
  EXPECT_EQ(step("province", "give_rereview", R"({"outcome":"upheld","text":"维持"})"), "done");
  EXPECT_EQ(item().text("state/id"), "ended");
  EXPECT_EQ(clocks().find("runs"), std::string::npos) << clocks();
  history();
}

TEST_F(Petition, ThatAccusesIsKeptFromTheAccused) {
  served.ledger->add_person("clerk", {{"9001", ledger::Role::Recorder}});
  const std::string body =
      R"({"kind":"petition","unit":"900101001","source":"letter","title":"反映截留",)"
      R"("accused":["900101"]})";
  EXPECT_EQ(served.post("recorder", "/api/v1/items", body).code(), "recorder_accused");
  const Reply opened = served.post("clerk", "/api/v1/items", body);
  ASSERT_EQ(opened.status, 201U) << opened.body;
  EXPECT_EQ(breach("POST", "/api/v1/items", opened), "");
  no = opened.text("item");
  const Reply shown = item("city");
  EXPECT_EQ(shown.text("unit/code"), "9001");
  EXPECT_EQ(shown.text("report/accused/0/code"), "900101");
  EXPECT_EQ(item("clerk").text("title"), "反映截留") << "who listed it sees it";
  for (const char* person : {"supervisor", "fixer", "recorder"}) {
    EXPECT_EQ(served.get(person, "/api/v1/items/" + no).code(), "item_unknown") << person;
    EXPECT_EQ(served.get(person, "/api/v1/items?kind=petition").list("items").size(), 0U) << person;
  }
  EXPECT_EQ(step("city", "refer", R"({"lead":"900101-zj"})"), "names_accused");
  EXPECT_EQ(step("city", "refer", R"({"lead":"900102"})"), "done");
  history("city");
}

TEST_F(Petition, AReviewComesTooLateAfterItsWindow) {
  open();
  EXPECT_EQ(step("supervisor", "accept_own", R"({"lead":"900101-zj"})"), "done");
  EXPECT_EQ(step("fixer", "draft_opinion", R"({"text":"不予支持"})"), "done");
  EXPECT_EQ(step("supervisor", "reply", R"({"outcome":"explained","text":"已说明"})"), "done");
  day("2024-10-15");
  EXPECT_NE(clocks().find("ask_review over 2024-10-14\n"), std::string::npos) << clocks();
  EXPECT_EQ(step("city", "ask_review", R"({"reason":"书面申请"})"), "clock_ended");
}

TEST_F(Petition, ItsFlowIsShownWithItsClocks) {
  const Reply flow = served.ask({"GET", "/api/v1/kinds/petition/flow", "", {}});
  ASSERT_EQ(flow.status, 200U);
  EXPECT_EQ(breach("GET", "/api/v1/kinds/{kind}/flow", flow), "");
  EXPECT_EQ(flow.list("clocks").size(), 8U);
  EXPECT_EQ(flow.text("clocks/0/limit"), "petition.register");
}

}  // namespace
}  // namespace tz::http_test
