// What the door writes into the audit log, who may look for it, and what happens when it is full.
#include <gtest/gtest.h>

#include "access/audit_reading.h"
#include "http/audit_trail.h"
#include "http/contract.h"
#include "http/routes.h"

namespace tz::http_test {
namespace {

class Audited : public testing::Test {
 protected:
  // The newest row of that act, as the audit administrator finds it.
  Json newest(const std::string& act, const std::string& more = "") {
    const Reply reply = served.get("auditor", "/api/v1/audit?act=" + act + more);
    EXPECT_EQ(reply.status, 200U) << reply.body;
    EXPECT_EQ(breach("GET", "/api/v1/audit", reply), "");
    const JsonArray rows = reply.list("rows");
    return rows.empty() ? Json() : rows.front();
  }
  static std::string text(const Json& row, const char* name) {
    const Json* value = row.find(name);
    return value == nullptr || value->as_text() == nullptr ? "" : *value->as_text();
  }
  static std::string who(const Json& row) {
    const Json* account = row.find("account");
    return account == nullptr ? "" : text(*account, "name");
  }
  Reply sign_in(const std::string& name, std::string_view password) {
    Json body;
    body.set("name", name).set("password", password);
    return served.ask({"POST", "/api/v1/session", body.dump(), {}});
  }

  Served served;
};

TEST(AuditedRoutes, AreAllThatNeedAnAccount) {
  for (const http::Route& route : http::routes()) {
    const auto* audited = http::audited_route(route.pattern, route.method);
    if (needs_account(route)) {
      EXPECT_NE(audited, nullptr) << route.method << " " << route.pattern;
    }
    if (route.method != "GET" && audited != nullptr) {
      EXPECT_NE(audited->recorded, http::Recorded::No) << route.pattern;
    }
  }
}

TEST_F(Audited, ReadingAnItemSaysWhoAndWhichAndFromWhere) {
  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "路灯不亮"));
  const Reply read = served.get("supervisor", "/api/v1/items/" + no);
  ASSERT_EQ(read.status, 200U);
  const Json row = newest("item_read");
  EXPECT_EQ(who(row), "supervisor");
  EXPECT_EQ(text(row, "about"), no);
  EXPECT_EQ(text(row, "by"), "token");
  EXPECT_EQ(text(row, "from"), "127.0.0.1");
  EXPECT_EQ(text(row, "result"), "ok");
  EXPECT_EQ(text(row, "request"), read.header("x-request-id"));
  EXPECT_EQ(served.get("supervisor", "/api/v1/items/" + no + "/history").status, 200U);
  EXPECT_EQ(text(newest("item_history_read"), "about"), no);
}

TEST_F(Audited, WhatIsRefusedIsThereWithItsReason) {
  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "路灯不亮"));
  ASSERT_EQ(served.get("outsider", "/api/v1/items/" + no).status, 404U);
  const Json hidden = newest("item_read", "&result=refused");
  EXPECT_EQ(who(hidden), "outsider");
  EXPECT_EQ(text(hidden, "about"), no);
  EXPECT_EQ(text(hidden, "result"), "item_unknown");
  ASSERT_EQ(served.ask({"GET", "/api/v1/items", "", {}}).status, 401U);
  const Json stranger = newest("items_listed", "&by=nobody");
  EXPECT_EQ(text(stranger, "result"), "sign_in_needed");
  EXPECT_TRUE(stranger.find("account")->is_null());
  const Reply forged =
      served.ask({"GET", "/api/v1/work", "", {"Authorization: Bearer tz_" + std::string(43, 'x')}});
  ASSERT_EQ(forged.status, 401U);
  EXPECT_EQ(text(newest("work_listed", "&by=nobody"), "result"), "token_unknown");
}

TEST_F(Audited, EverySignInIsThereAndNoPasswordIs) {
  ASSERT_EQ(sign_in("recorder", support::SmallLedger::kPassword).status, 200U);
  EXPECT_EQ(who(newest("signed_in")), "recorder");
  ASSERT_EQ(sign_in("recorder", "wrong-secret-1").status, 401U);
  const Json wrong = newest("signed_in", "&result=refused");
  EXPECT_EQ(who(wrong), "recorder");
  EXPECT_EQ(text(wrong, "result"), "sign_in_refused");
  // The password typed where the name belongs is not written down.
  ASSERT_EQ(sign_in("my-secret-in-the-wrong-field", "x").status, 401U);
  EXPECT_EQ(who(newest("signed_in", "&result=refused")), "");
  const auto page = access::search_audit(served.ledger->audit->folder(), {});
  for (const access::StoredAuditRow& row : page->rows)
    for (const std::string* each : {&row.row.about, &row.row.result, &row.row.act})
      EXPECT_EQ(each->find("secret"), std::string::npos);
}

TEST_F(Audited, ActsAreThereWithWhatTheyWereAbout) {
  const Reply opened = served.post("recorder", "/api/v1/items",
                                   R"({"kind":"problem","unit":"900101001001",)"
                                   R"("source":"resident","title":"井盖松动"})");
  ASSERT_EQ(opened.status, 201U) << opened.body;
  EXPECT_EQ(text(newest("item_opened"), "about"), opened.text("item"));
  ASSERT_EQ(served.get("supervisor", "/api/v1/exports/items.csv?unit=900101").status, 200U);
  const Json exported = newest("items_exported");
  EXPECT_EQ(who(exported), "supervisor");
  EXPECT_EQ(text(exported, "about"), "900101");
  ASSERT_EQ(served.get("supervisor", "/api/v1/search?q=%E4%BA%95%E7%9B%96").status, 200U);
  EXPECT_EQ(text(newest("searched"), "about"), "");
}

TEST_F(Audited, IsForTheAuditAdministratorAloneAndLookingIsRecorded) {
  for (const char* person : {"admin", "guard", "supervisor", "recorder"}) {
    const Reply reply = served.get(person, "/api/v1/audit");
    EXPECT_EQ(reply.status, 403U) << person;
    EXPECT_EQ(reply.code(), "not_permitted");
  }
  EXPECT_EQ(who(newest("audit_searched", "&result=refused")), "recorder");
  EXPECT_EQ(served.ask({"GET", "/api/v1/audit", "", {}}).status, 401U);
  EXPECT_EQ(who(newest("audit_searched", "&result=ok")), "auditor");
}

TEST_F(Audited, AnAuditAdministratorOfAUnitSeesWhoHoldsPostsThere) {
  ASSERT_EQ(served.get("outsider", "/api/v1/work").status, 200U);
  ASSERT_EQ(served.get("supervisor", "/api/v1/work").status, 200U);
  ASSERT_EQ(served.ask({"GET", "/api/v1/work", "", {}}).status, 401U);
  const Reply seen = served.get("auditor_2", "/api/v1/audit?act=work_listed");
  ASSERT_EQ(seen.status, 200U);
  ASSERT_EQ(seen.list("rows").size(), 1U);
  EXPECT_EQ(seen.text("rows/0/account/name"), "outsider");
}

// Whoever has left does elsewhere what is no business of his old unit's administrator.
TEST_F(Audited, AnAuditAdministratorOfAUnitSeesNothingOfWhoHasLeft) {
  ASSERT_EQ(served.get("outsider", "/api/v1/work").status, 200U);
  served.ledger->add_person("leaver", {{"900102", ledger::Role::Recorder}});
  const Instant now = served.ledger->clock.now();
  ASSERT_EQ(served.get("leaver", "/api/v1/work").status, 200U);
  const auto ended = served.ledger->engine->submit_and_wait(
      {ledger::EndPost{served.ledger->post("leaver")}, {}, {}, {}});
  ASSERT_TRUE(ended.ok()) << ended.error().code;
  served.ledger->clock.set(Instant{now.us + std::int64_t{86'400} * 1'000'000});
  ASSERT_EQ(served.get("leaver", "/api/v1/work").status, 200U);
  EXPECT_EQ(served.get("auditor", "/api/v1/audit?act=work_listed").list("rows").size(), 3U);
  const Reply seen = served.get("auditor_2", "/api/v1/audit?act=work_listed");
  EXPECT_EQ(seen.list("rows").size(), 2U) << "of the leaver what he did there";
}

TEST_F(Audited, RefusesQuestionsItDoesNotKnow) {
  EXPECT_EQ(served.get("auditor", "/api/v1/audit?sice=x").code(), "query_unknown");
  EXPECT_EQ(served.get("auditor", "/api/v1/audit?since=yesterday").code(), "query_bad");
  EXPECT_EQ(served.get("auditor", "/api/v1/audit?limit=1000").code(), "query_bad");
  EXPECT_TRUE(served.get("auditor", "/api/v1/audit?account=nobody").list("rows").empty());
}

TEST(AuditFull, RefusesWhatMustBeLoggedBeforeItIsDone) {
  support::SmallLedgerOptions small;
  small.audit.bytes_max = 8192;
  Served served({}, std::move(small));
  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "路灯不亮"));
  Reply reply;
  for (int i = 0; i < 100 && reply.status != 503U; ++i)
    reply = served.get("supervisor", "/api/v1/items/" + no);
  EXPECT_EQ(reply.status, 503U);
  EXPECT_EQ(reply.code(), "audit_full");
  const std::uint64_t size = served.ledger->engine->published().size;
  EXPECT_EQ(served
                .post("recorder", "/api/v1/items",
                      R"({"kind":"problem","unit":"900101001001","source":"resident","title":"x"})")
                .code(),
            "audit_full");
  EXPECT_EQ(served.ledger->engine->published().size, size);
  Json body;
  body.set("name", "recorder").set("password", support::SmallLedger::kPassword);
  EXPECT_EQ(served.ask({"POST", "/api/v1/session", body.dump(), {}}).code(), "audit_full");
  // What anybody may see needs no row.
  EXPECT_EQ(served.get("supervisor", "/api/v1/units/900101").status, 200U);
  const auto report =
      access::verify_audit(served.ledger->audit->folder(), {served.ledger->audit->durable()});
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->findings.empty());
}

TEST(AuditOfStrangers, ListsSoManyAMinuteAndCountsTheOthers) {
  Served served;
  for (int i = 0; i < 650; ++i) ASSERT_EQ(served.ask({"GET", "/api/v1/work", "", {}}).status, 401U);
  served.ledger->clock.advance_days(1);
  ASSERT_EQ(served.ask({"GET", "/api/v1/work", "", {}}).status, 401U);
  access::AuditQuestion question;
  question.act = "refusals_passed_over";
  const auto page = access::search_audit(served.ledger->audit->folder(), question);
  ASSERT_EQ(page->rows.size(), 1U);
  EXPECT_EQ(page->rows[0].row.about, "50");
}

}  // namespace
}  // namespace tz::http_test
