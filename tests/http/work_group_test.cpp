// Work groups over HTTP: who may send one and know of it, what its mandate shows, its visits and
// the burden that they are.
#include <gtest/gtest.h>

#include "http/client.h"
#include "http/contract.h"

namespace tz::http_test {
namespace {

using ledger::Role;

constexpr const char* kGroups = "/api/v1/work-groups";
constexpr const char* kGroup = "/api/v1/work-groups/{group}";

class WorkGroupRoutes : public testing::Test {
 protected:
  WorkGroupRoutes() {
    served.ledger->add_person("chief", {{"9001", Role::Supervisor}});
    served.ledger->add_person("noter", {{"900102", Role::Recorder}});
    served.ledger->add_person("seer", {{"900102", Role::Verifier}});
  }

  Reply post(const std::string& who, const std::string& path, const std::string& body,
             std::vector<std::string> headers = {}) {
    headers.push_back("Content-Type: application/json");
    return served.post(who, path, body, headers);
  }
  std::string wish(const std::string& more = "") {
    const auto number = [&](const char* name) {
      return std::to_string(served.ledger->post(name).value);
    };
    return R"({"name":"第一督导组","members":[)" + number("noter") + "," + number("seer") +
           R"(],"units":["900101"],"kinds":["problem"],"visits_max":1,"to":"2019-12-31")" + more +
           "}";
  }
  void send() {
    const Reply sent = post("chief", kGroups, wish());
    ASSERT_EQ(sent.status, 201U) << sent.body;
    EXPECT_EQ(breach("POST", kGroups, sent), "");
    EXPECT_EQ(sent.at("work_group").dump(), "1");
  }
  std::size_t groups_of(const std::string& who) {
    const Reply list = served.get(who, kGroups);
    EXPECT_EQ(breach("GET", kGroups, list), "");
    return list.list("work_groups").size();
  }
  std::string listed_by(const std::string& who) {
    const Reply opened =
        post(who, "/api/v1/items",
             R"({"kind":"problem","unit":"900101001","source":"resident","title":"消防通道"})");
    EXPECT_EQ(opened.status, 201U) << opened.body;
    return opened.text("item");
  }
  Reply visit(const std::string& who, const std::string& more = "") {
    return post(
        who, "/api/v1/work-groups/1/visits",
        R"({"unit":"900101001","day":"2019-09-09","sort":"on_site","text":"看现场")" + more + "}");
  }

  Served served;
};

TEST_F(WorkGroupRoutes, AreKnownToMembersAndWhoCouldHaveSentThem) {
  EXPECT_EQ(
      post("supervisor", kGroups,
           R"({"name":"x","members":[],"units":["9001"],"kinds":["problem"],"to":"2019-12-31"})")
          .code(),
      "not_permitted");
  send();
  EXPECT_EQ(groups_of("chief"), 1U);
  EXPECT_EQ(groups_of("seer"), 1U);
  EXPECT_EQ(groups_of("supervisor"), 1U) << "he is over all that it is sent to";
  EXPECT_EQ(groups_of("outsider"), 0U);
  EXPECT_EQ(served.get("auditor", kGroups).code(), "not_permitted");
  const Reply page = served.get("seer", "/api/v1/work-groups/1");
  EXPECT_EQ(breach("GET", kGroup, page), "");
  EXPECT_EQ(page.list("members").size(), 2U);
  EXPECT_EQ(page.at("may/visit").dump(), "true");
  EXPECT_EQ(page.at("may/change").dump(), "false");
  for (const char* none : {"/api/v1/work-groups/1", "/api/v1/work-groups/99",
                           "/api/v1/work-groups/x", "/api/v1/work-groups/1/visits"}) {
    const Reply hidden = served.get("outsider", none);
    EXPECT_EQ(hidden.status, 404U) << none;
    EXPECT_EQ(hidden.code(), "work_group_unknown") << none;
  }
}

TEST_F(WorkGroupRoutes, TheSameKeySendsOne) {
  const std::vector<std::string> key = {"Idempotency-Key: once"};
  EXPECT_EQ(post("chief", kGroups, wish(), key).at("work_group").dump(), "1");
  const Reply again = post("chief", kGroups, wish(), key);
  EXPECT_EQ(again.at("work_group").dump(), "1");
  EXPECT_EQ(again.at("repeated").dump(), "true");
  EXPECT_EQ(post("chief", kGroups, wish()).code(), "mandate_overlaps");
  const Reply second = post("chief", kGroups, wish(R"(,"overlap_reason":"另一件事")"));
  EXPECT_EQ(second.at("work_group").dump(), "2") << second.body;
  EXPECT_EQ(served.get("chief", "/api/v1/work-groups/2").text("overlap_reason"), "另一件事");
}

TEST_F(WorkGroupRoutes, AMandateShowsItsUnitsAndMattersUntilItIsOver) {
  const std::string own = ledger::to_text(served.ledger->open_problem("900101001001", "停车难"));
  const auto total = [&](const char* who) {
    return served.get(who, "/api/v1/items").at("total").dump();
  };
  EXPECT_EQ(total("seer"), "0");
  EXPECT_EQ(served.get("seer", "/api/v1/items/" + own).status, 404U);
  send();
  EXPECT_EQ(total("seer"), "1");
  EXPECT_EQ(served.get("seer", "/api/v1/items/" + own).status, 200U);
  EXPECT_EQ(total("outsider"), "0");
  const std::string listed = listed_by("noter");
  EXPECT_EQ(total("noter"), "2");
  const Reply journal = served.get("outsider", "/api/v1/journal?limit=200");
  EXPECT_EQ(journal.body.find("work_group"), std::string::npos);
  EXPECT_NE(served.get("seer", "/api/v1/journal?limit=200").body.find("work_group_mandated"),
            std::string::npos);
  const Reply ended = post("chief", "/api/v1/work-groups/1/end", R"({"reason":"任务完成"})");
  EXPECT_EQ(ended.status, 200U) << ended.body;
  EXPECT_EQ(breach("POST", "/api/v1/work-groups/{group}/end", ended), "");
  for (const char* member : {"seer", "noter"}) {
    EXPECT_EQ(total(member), "0") << member;
    EXPECT_EQ(groups_of(member), 0U);
    for (const std::string& no : {own, listed})
      EXPECT_EQ(served.get(member, "/api/v1/items/" + no).status, 404U) << member;
  }
}

TEST_F(WorkGroupRoutes, VisitsCountForTheGroupAndForTheUnit) {
  send();
  const std::string listed = listed_by("noter");
  ASSERT_TRUE(served.ledger->engine
                  ->submit_and_wait(
                      {ledger::AdoptBudget{"level,per_month,basis\ntownship,2,test\n"}, {}, {}, {}})
                  .ok());
  EXPECT_EQ(visit("chief").code(), "not_permitted");
  EXPECT_EQ(visit("outsider").code(), "work_group_unknown");
  EXPECT_EQ(visit("noter", R"(,"opened":["nonsense"])").code(), "field_type");
  const Reply first = visit("noter", R"(,"asked":1,"opened":[")" + listed + "\"]");
  ASSERT_EQ(first.status, 201U) << first.body;
  EXPECT_EQ(breach("POST", "/api/v1/work-groups/{group}/visits", first), "");
  EXPECT_TRUE(first.at("burden_over").is_null());
  const Reply second = visit("seer");
  EXPECT_EQ(second.status, 201U) << "it was made";
  EXPECT_EQ(breach("POST", "/api/v1/work-groups/{group}/visits", second), "");
  EXPECT_EQ(second.at("burden_over/asked").dump(), "3");
  EXPECT_EQ(second.at("burden_over/budget").dump(), "2");

  const Reply page = served.get("chief", "/api/v1/work-groups/1");
  EXPECT_EQ(page.at("summary/all/visits").dump(), "2");
  EXPECT_EQ(page.at("summary/all/listed").dump(), "1");
  EXPECT_EQ(page.at("summary/units/0/asked").dump(), "1");
  const Reply visits = served.get("seer", "/api/v1/work-groups/1/visits?limit=1");
  EXPECT_EQ(breach("GET", "/api/v1/work-groups/{group}/visits", visits), "");
  const std::string next = visits.at("next").dump();
  const Reply older = served.get("seer", "/api/v1/work-groups/1/visits?before=" + next);
  EXPECT_EQ(older.text("visits/0/opened/0"), listed);
  EXPECT_EQ(older.text("visits/0/text"), "看现场");

  const Reply burden = served.ask({"GET", "/api/v1/units/900101001/burden", "", {}});
  EXPECT_EQ(breach("GET", "/api/v1/units/{code}/burden", burden), "");
  EXPECT_EQ(burden.at("own/counts/visits").dump(), "2");
  EXPECT_EQ(burden.at("own/charged").dump(), "3");
  EXPECT_EQ(burden.at("own/over").dump(), "true");
  EXPECT_EQ(burden.text("own/asked_by/0/sort"), "work_group");
  EXPECT_EQ(burden.text("own/asked_by/0/unit/code"), "9001");
  const Reply above = served.ask({"GET", "/api/v1/units/900101/burden?month=2019-09", "", {}});
  EXPECT_EQ(above.at("own/counts/visits").dump(), "0");
  EXPECT_EQ(above.at("all/counts/visits").dump(), "2");
  std::int64_t below = 0;
  for (const Json& child : above.list("children"))
    below += *child.find("counts")->find("visits")->as_int();
  EXPECT_EQ(below, 2);
  EXPECT_EQ(served.ask({"GET", "/api/v1/units/900101/burden?month=2019-08", "", {}})
                .at("all/counts/visits")
                .dump(),
            "0");
  EXPECT_EQ(served.ask({"GET", "/api/v1/units/900101/burden?month=x", "", {}}).code(), "query_bad");
}

// What a unit leads falls due in its own month, and counts above it with all the rest.
TEST_F(WorkGroupRoutes, DeadlinesAreABurdenOfWhoLeads) {
  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "停车难"));
  ASSERT_EQ(
      served.act("supervisor", no, "assign", R"({"lead":"900101-zj","due":"2019-10-30"})").status,
      200U);
  const auto deadlines = [&](const std::string& unit, const char* part) {
    return served.ask({"GET", "/api/v1/units/" + unit + "/burden?month=2019-10", "", {}})
        .at(std::string(part) + "/counts/deadlines")
        .dump();
  };
  EXPECT_EQ(deadlines("900101-zj", "own"), "1");
  EXPECT_EQ(deadlines("900101", "own"), "0");
  EXPECT_EQ(deadlines("900101", "all"), "1");
  EXPECT_EQ(deadlines("900102", "all"), "0");
}

}  // namespace
}  // namespace tz::http_test
