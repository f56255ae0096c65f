// What waits for each role on an item's way, and for nobody else.
#include <gtest/gtest.h>

#include "http/client.h"
#include "http/contract.h"

namespace tz::http_test {
namespace {

constexpr const char* kPeople[] = {"recorder", "supervisor", "fixer",    "fixer_cg",
                                   "checker",  "checker_2",  "outsider", "admin"};

// "assign" where only that waits, "report,request_closure" where both do, "" where nothing does.
std::string waits_for(Served& served, const std::string& person, const std::string& query = "") {
  const Reply work = served.get(person, "/api/v1/work" + query);
  EXPECT_EQ(work.status, 200U) << work.body;
  EXPECT_EQ(breach("GET", "/api/v1/work", work), "") << work.body;
  std::string out;
  for (const Json& offer : work.list("items/0/offers"))
    out += (out.empty() ? "" : ",") + *offer.find("transition")->as_text();
  return out;
}

// The people for whom something waits, each with what.
using Waiting = std::vector<std::pair<std::string, std::string>>;
Waiting everybody(Served& served) {
  Waiting out;
  for (const char* person : kPeople)
    if (std::string what = waits_for(served, person); !what.empty()) out.emplace_back(person, what);
  return out;
}

std::string upload(Served& served) {
  return served
      .post("fixer", "/api/v1/evidence", sample_pdf("36 spaces"),
            {"Content-Type: application/octet-stream"})
      .text("sha256");
}

void take(Served& served, const std::string& person, const std::string& no,
          const std::string& transition, const std::string& body) {
  const Reply reply = served.act(person, no, transition, body);
  ASSERT_EQ(reply.status, 200U) << transition << reply.body;
}

TEST(Work, WaitsForWhoeverTakesTheNextStep) {
  Served served;
  EXPECT_EQ(everybody(served), Waiting{});
  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "停车难"));
  EXPECT_EQ(everybody(served), (Waiting{{"supervisor", "assign"}}));
  take(served, "supervisor", no, "assign", R"({"lead":"900101-zj","due":"2019-09-30"})");
  EXPECT_EQ(everybody(served), (Waiting{{"fixer", "plan"}}));
  take(served, "fixer", no, "object", R"({"reason":"不归我局"})");
  EXPECT_EQ(everybody(served), (Waiting{{"supervisor", "reassign"}}));
  take(served, "supervisor", no, "reassign",
       R"({"lead":"900101-zj","due":"2019-09-30","reason":"归"})");
  take(served, "fixer", no, "plan",
       R"({"measures":[{"text":"划线","due":"2019-09-20"}],"criterion":"划出车位"})");
  EXPECT_EQ(everybody(served), (Waiting{{"fixer", "report"}}));
  take(served, "supervisor", no, "suspend", R"({"reason":"汛期"})");
  EXPECT_EQ(everybody(served), (Waiting{{"supervisor", "resume"}}));
  take(served, "supervisor", no, "resume", R"({"reason":"汛期已过"})");
  EXPECT_EQ(everybody(served), (Waiting{{"fixer", "report"}})) << "no close-out: measures not done";
  take(served, "fixer", no, "report",
       R"({"measure":1,"done":true,"text":"已划线","evidence":[{"sha256":")" + upload(served) +
           R"("}]})");
  EXPECT_EQ(everybody(served), (Waiting{{"fixer", "report,request_closure"}}));
  take(served, "fixer", no, "request_closure", "{}");
  EXPECT_EQ(everybody(served), (Waiting{{"checker", "review"}, {"checker_2", "review"}}));
  take(served, "checker", no, "review", "{}");
  EXPECT_EQ(everybody(served), (Waiting{{"checker", "check"}, {"checker_2", "check"}}));
  const std::string second = std::to_string(served.ledger->post("checker_2").value);
  take(served, "checker", no, "check", R"({"text":"现场数过","checkers":[)" + second + "]}");
  EXPECT_EQ(everybody(served), (Waiting{{"supervisor", "publicise"}}));
  take(served, "supervisor", no, "publicise", R"({"notice_last":"2019-09-20"})");
  EXPECT_EQ(everybody(served), Waiting{}) << "the notice runs";
  served.ledger->clock.advance_days(14);
  EXPECT_EQ(everybody(served), (Waiting{{"supervisor", "close"}}));
  take(served, "supervisor", no, "close", R"({"outcome":"fixed"})");
  EXPECT_EQ(everybody(served), (Waiting{{"recorder", "judge"}}));
  take(served, "recorder", no, "judge", R"({"solved":"yes","satisfied":"yes","way":"paper"})");
  EXPECT_EQ(everybody(served), Waiting{}) << "a closing is judged once";
}

TEST(Work, OfVerifiersIsAQueueOfItsOwn) {
  Served served;
  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "停车难"));
  EXPECT_EQ(waits_for(served, "supervisor", "?role=supervisor"), "assign");
  EXPECT_EQ(waits_for(served, "supervisor", "?role=verifier"), "");
  EXPECT_EQ(waits_for(served, "supervisor", "?queue=verification"), "");
  take(served, "supervisor", no, "assign", R"({"lead":"900101-zj","due":"2019-09-30"})");
  take(served, "fixer", no, "plan",
       R"({"measures":[{"text":"划线","due":"2019-09-20"}],"criterion":"划出车位"})");
  take(served, "fixer", no, "report",
       R"({"measure":1,"done":true,"text":"已划线","evidence":[{"sha256":")" + upload(served) +
           R"("}]})");
  take(served, "fixer", no, "request_closure", "{}");
  const Reply queue = served.get("checker", "/api/v1/work?queue=verification");
  EXPECT_EQ(queue.text("items/0/item"), no);
  EXPECT_EQ(queue.text("items/0/title"), "停车难");
  EXPECT_EQ(queue.text("items/0/offers/0/role"), "verifier");
  EXPECT_EQ(queue.text("items/0/offers/0/unit/code"), "900101");
  EXPECT_EQ(waits_for(served, "checker", "?role=verifier&queue=verification"), "review");
  for (const char* query : {"?queue=x", "?role=king", "?role=supervisor&queue=verification",
                            "?limit=201", "?limit=0", "?colour=red"})
    EXPECT_GE(served.get("checker", std::string("/api/v1/work") + query).status, 400U) << query;
  EXPECT_EQ(served.ask({"GET", "/api/v1/work", "", {}}).code(), "sign_in_needed");
}

TEST(Work, StandsByDeadlineThenByAge) {
  Served served;
  std::vector<std::string> numbers;
  for (int i = 0; i < 5; ++i)
    numbers.push_back(
        ledger::to_text(served.ledger->open_problem("900101001001", std::to_string(i))));
  const char* due[] = {"2019-09-30", "2019-09-12", "2019-09-30"};
  for (std::size_t i = 0; i < 3; ++i)
    take(served, "supervisor", numbers[i], "assign",
         std::string(R"({"lead":"900101-zj","due":")") + due[i] + R"("})");
  const Reply fixer = served.get("fixer", "/api/v1/work");
  ASSERT_EQ(fixer.list("items").size(), 3U);
  EXPECT_EQ(fixer.text("items/0/item"), numbers[1]);
  EXPECT_EQ(fixer.text("items/1/item"), numbers[0]);
  EXPECT_EQ(fixer.text("items/2/item"), numbers[2]);
  EXPECT_EQ(fixer.at("more"), Json(false));
  const Reply one = served.get("supervisor", "/api/v1/work?limit=1");
  EXPECT_EQ(one.text("items/0/item"), numbers[3]);
  EXPECT_EQ(one.at("more"), Json(true));
  EXPECT_EQ(one.at("total_at_least"), Json(2));
}

}  // namespace
}  // namespace tz::http_test
