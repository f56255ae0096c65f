// Acting for somebody and handing work over, over HTTP: who is shown how, and both sides of a list.
#include <gtest/gtest.h>

#include "http/browser.h"
#include "http/client.h"
#include "http/contract.h"

namespace tz::http_test {
namespace {

using ledger::Role;

constexpr const char* kHandover = "/api/v1/account/handovers/{handover}";

std::string number(PostId post) { return std::to_string(post.value); }

class PostRoutes : public testing::Test {
 protected:
  PostRoutes() {
    served.ledger->add_person("second", {{"900101-zj", Role::Responsible}});
    served.ledger->add_person("second_lister", {{"900101001", Role::Recorder}});
    served.ledger->add_person("deputy", {{"900102001", Role::Recorder}});
  }

  std::string assigned(const std::string& title) {
    const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", title));
    EXPECT_EQ(
        served.act("supervisor", no, "assign", R"({"lead":"900101-zj","due":"2019-12-30"})").status,
        200U);
    return no;
  }
  PostId post(const std::string& name) { return served.ledger->post(name); }
  Reply let_act(const std::string& who, const std::string& place, const std::string& by) {
    return served.post(who, "/api/v1/acting",
                       R"({"for":)" + number(post(place)) + R"(,"by":)" + number(post(by)) +
                           R"(,"to":"2019-12-31"})",
                       {"Content-Type: application/json"});
  }
  Json between(const std::string& from, const std::string& to) {
    Json body;
    body.set("from", post(from).value).set("to", post(to).value);
    return body;
  }
  void disable(const std::string& name) {
    const auto changed = served.ledger->accounts.set_disabled(served.ledger->account(name), true);
    ASSERT_TRUE(changed.ok());
    ASSERT_TRUE(served.ledger->engine->submit_and_wait({{}, {}, {}, {*changed}}).ok());
  }

  Served served;
};

std::string plan() {
  return R"({"measures":[{"text":"划线","due":"2019-12-20"}],"criterion":"划出车位"})";
}

TEST_F(PostRoutes, WhoActsIsShownAsBothPosts) {
  const std::string no = assigned("停车难");
  EXPECT_EQ(served.act("deputy", no, "plan", plan()).code(), "item_unknown");
  EXPECT_EQ(let_act("supervisor", "fixer", "deputy").code(), "not_permitted");
  const Reply given = let_act("guard", "fixer", "deputy");
  ASSERT_EQ(given.status, 201U) << given.body;
  EXPECT_EQ(breach("POST", "/api/v1/acting", given), "");
  EXPECT_EQ(let_act("guard", "fixer", "second").code(), "acting_taken");
  ASSERT_EQ(served.act("deputy", no, "plan", plan()).status, 200U);

  const Reply history = served.get("fixer", "/api/v1/items/" + no + "/history");
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}/history", history), "");
  const auto records = history.list("records");
  const Json& by = *records.back().find("by");
  EXPECT_EQ(by.find("unit")->find("code")->dump(), "\"900101-zj\"");
  EXPECT_EQ(by.find("acting")->find("unit")->find("code")->dump(), "\"900102001\"");
  EXPECT_EQ(by.find("acting")->find("role")->dump(), "\"recorder\"");

  Browser browser(served);
  const Reply session = browser.sign_in("deputy");
  EXPECT_EQ(session.text("posts/1/role"), "responsible");
  EXPECT_EQ(session.text("posts/1/acting/unit/code"), "900102001");
  EXPECT_EQ(session.text("posts/1/until"), "2019-12-31");
  Browser holder(served);
  holder.sign_in("fixer");
  EXPECT_EQ(holder.get("/api/v1/account/posts").text("acted_in/0/acting/unit/code"), "900102001");

  const std::string path = "/api/v1/acting/" + given.at("post").dump();
  EXPECT_EQ(
      served.ask({"DELETE", path, "", {"Authorization: Bearer " + served.ledger->token("guard")}})
          .status,
      204U);
  served.ledger->clock.advance_days(1);
  EXPECT_EQ(served.act("deputy", no, "report", R"({"text":"x"})").code(), "item_unknown");
}

TEST_F(PostRoutes, ADisabledHoldersHistoryStaysAndActingGoesOn) {
  const std::string no = assigned("停车难");
  ASSERT_EQ(let_act("guard", "fixer", "deputy").status, 201U);
  ASSERT_EQ(served.act("fixer", no, "plan", plan()).status, 200U);
  disable("fixer");
  EXPECT_EQ(served.get("fixer", "/api/v1/items").status, 401U);
  Browser browser(served);
  EXPECT_EQ(browser.sign_in("fixer").status, 401U);
  ASSERT_EQ(served.act("deputy", no, "report", R"({"text":"代为报告"})").status, 200U);
  const auto records = served.get("supervisor", "/api/v1/items/" + no + "/history").list("records");
  bool planned = false;
  for (const Json& record : records)
    if (record.find("type")->dump() == "\"measure_planned\"")
      planned = record.find("by")->find("unit")->find("code")->dump() == "\"900101-zj\"";
  EXPECT_TRUE(planned);
}

TEST_F(PostRoutes, AListIsConfirmedByWhoTakesItAndNobodyElse) {
  const std::string first = ledger::to_text(served.ledger->open_problem("900101001001", "路灯"));
  const std::string second = assigned("停车难");
  Browser giver(served);
  Browser taker(served);
  Browser third(served);
  giver.sign_in("recorder");
  taker.sign_in("second_lister");
  third.sign_in("fixer");
  const std::string mine = "/api/v1/account/posts/" + number(post("recorder")) + "/work";
  const Reply work = giver.send("GET", mine, "/api/v1/account/posts/{post}/work");
  EXPECT_EQ(work.list("items").size(), 2U);
  EXPECT_EQ(work.text("items/0/parts/0"), "recorder");
  EXPECT_EQ(third.send("GET", mine, "/api/v1/account/posts/{post}/work").code(), "post_none");
  EXPECT_EQ(third.post("/api/v1/account/handovers", between("recorder", "second_lister")).code(),
            "post_none");
  const Reply proposed =
      giver.post("/api/v1/account/handovers", between("recorder", "second_lister"));
  ASSERT_EQ(proposed.status, 201U) << proposed.body;

  const std::string at = "/api/v1/account/handovers/" + proposed.at("handover").dump();
  const std::string confirm = std::string(kHandover) + "/confirm";
  EXPECT_EQ(taker.get("/api/v1/account/posts").text("handovers/0/side"), "taker");
  EXPECT_EQ(third.send("GET", at, kHandover).code(), "handover_unknown");
  EXPECT_EQ(third.send("POST", at + "/confirm", confirm).code(), "handover_unknown");
  EXPECT_EQ(giver.send("POST", at + "/confirm", confirm).code(), "handover_unknown");
  EXPECT_EQ(taker.send("GET", at, kHandover).list("items").size(), 2U);

  // Changed, gone and come meanwhile: refused, with what is different.
  ASSERT_EQ(served.act("fixer", second, "plan", plan()).status, 200U);
  const std::string third_no = ledger::to_text(served.ledger->open_problem("900101001001", "井盖"));
  const Reply refused = taker.send("POST", at + "/confirm", confirm);
  EXPECT_EQ(refused.code(), "handover_changed");
  EXPECT_EQ(refused.list("work_changes").size(), 2U);
  EXPECT_EQ(taker.send("GET", at, kHandover).list("changes").size(), 2U);

  const Reply anew = giver.post("/api/v1/account/handovers", between("recorder", "second_lister"));
  ASSERT_EQ(anew.status, 201U);
  EXPECT_EQ(taker.send("GET", at, kHandover).code(), "handover_unknown");
  const std::string now = "/api/v1/account/handovers/" + anew.at("handover").dump();
  const Reply done = taker.send("POST", now + "/confirm", confirm);
  ASSERT_EQ(done.status, 200U) << done.body;
  EXPECT_EQ(done.at("items"), Json(3));
  EXPECT_EQ(giver.send("GET", mine, "/api/v1/account/posts/{post}/work").list("items").size(), 0U);
  for (const std::string& no : {first, second, third_no}) {
    const auto records = served.get("second_lister", "/api/v1/items/" + no + "/history");
    EXPECT_EQ(breach("GET", "/api/v1/items/{no}/history", records), "");
    EXPECT_EQ(records.list("records").back().find("type")->dump(), "\"handed_over\"");
    EXPECT_EQ(
        served.act("second_lister", no, "correct", R"({"field":"remark","value":"x","reason":"x"})")
            .status,
        200U);
  }
  // One act: all its records are of one command.
  const auto last = [&](const std::string& no) {
    const auto records = served.get("second_lister", "/api/v1/items/" + no + "/history");
    for (const Json& record : records.list("records"))
      if (record.find("type")->dump() == "\"handed_over\"") return record.find("command")->dump();
    return std::string();
  };
  EXPECT_EQ(last(first), last(second));
}

TEST_F(PostRoutes, AnAdministratorProposesWhereTheHolderIsDisabledAndSeesNoList) {
  const std::string no = assigned("停车难");
  const std::string body = between("fixer", "second").dump();
  const std::vector<std::string> json{"Content-Type: application/json"};
  EXPECT_EQ(served.post("supervisor", "/api/v1/handovers", body, json).code(), "not_permitted");
  EXPECT_EQ(served.post("guard", "/api/v1/handovers", body, json).code(), "handover_holder_there");
  disable("fixer");
  const Reply proposed = served.post("guard", "/api/v1/handovers", body, json);
  ASSERT_EQ(proposed.status, 201U) << proposed.body;
  EXPECT_EQ(proposed.body.find(no), std::string::npos);
  Browser taker(served);
  taker.sign_in("second");
  const std::string at = "/api/v1/account/handovers/" + proposed.at("handover").dump();
  EXPECT_EQ(taker.send("GET", at, kHandover).text("items/0/item"), no);
  EXPECT_EQ(taker.send("DELETE", at, kHandover).status, 204U);
  EXPECT_EQ(taker.send("GET", at, kHandover).code(), "handover_unknown");
}

// What an act does not take is proposed again after it.
TEST_F(PostRoutes, AThousandGoOverAtOnceAndTheRestAfter) {
  for (int i = 0; i < 1003; ++i)
    served.ledger->open_problem("900101001001", "第" + std::to_string(i));
  Browser giver(served);
  Browser taker(served);
  giver.sign_in("recorder");
  taker.sign_in("second_lister");
  for (const std::int64_t count : {1000, 3}) {
    const Reply proposed =
        giver.post("/api/v1/account/handovers", between("recorder", "second_lister"));
    ASSERT_EQ(proposed.status, 201U) << proposed.body;
    const std::string at = "/api/v1/account/handovers/" + proposed.at("handover").dump();
    const Reply shown = taker.send("GET", at, kHandover);
    EXPECT_EQ(shown.at("more"), Json(count == 1000));
    const Reply done = taker.send("POST", at + "/confirm", std::string(kHandover) + "/confirm");
    ASSERT_EQ(done.status, 200U) << done.body;
    EXPECT_EQ(done.at("items"), Json(count));
  }
  EXPECT_EQ(giver.post("/api/v1/account/handovers", between("recorder", "second_lister")).code(),
            "handover_empty");
}

}  // namespace
}  // namespace tz::http_test
