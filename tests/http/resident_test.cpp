// Services and disputes over HTTP: what is recorded, what is counted and for whom, and a party's
// own page.
#include <gtest/gtest.h>

#include "base/embedded.h"
#include "http/client.h"
#include "http/contract.h"

namespace tz::http_test {
namespace {

using ledger::Role;

constexpr const char* kForm = "Content-Type: application/x-www-form-urlencoded";
constexpr const char* kServices = "/api/v1/units/{code}/services";
constexpr const char* kDisputes = "/api/v1/units/{code}/disputes";

class ResidentRoutes : public testing::Test {
 protected:
  ResidentRoutes() {
    served.ledger->add_person("noter", {{"900101", Role::Recorder}});
    served.ledger->add_person("second", {{"900101", Role::Recorder}});
    const auto adopted = served.ledger->engine->submit_and_wait(
        {ledger::AdoptCatalogue{std::string(embedded_file("services/most-asked.yaml"))},
         {},
         {},
         {}});
    EXPECT_TRUE(adopted.ok());
  }

  Reply post(const std::string& who, const std::string& path, const std::string& body) {
    return served.post(who, path, body, {"Content-Type: application/json"});
  }
  Reply handle(const std::string& who, const std::string& unit, const std::string& more) {
    return post(
        who, "/api/v1/handlings",
        R"({"service":"residence_permit","day":"2019-09-09","unit":")" + unit + "\"," + more + "}");
  }
  Reply bring(const std::string& who, const std::string& more = "") {
    return post(
        who, "/api/v1/disputes",
        R"({"unit":"900101001001","sort":"debt","day":"2019-09-09","parties":2)" + more + "}");
  }
  Reply answer(const std::string& no, const std::string& code, const std::string& says) {
    return served.ask({"POST",
                       "/dispute",
                       "dispute=" + no + "&code=" + code + "&answer=" + says,
                       {kForm, "Accept-Language: en"}});
  }

  Served served;
};

TEST_F(ResidentRoutes, TheCatalogueIsForEverybody) {
  const Reply page = served.ask({"GET", "/api/v1/services", "", {}});
  EXPECT_EQ(page.status, 200U) << page.body;
  EXPECT_EQ(breach("GET", "/api/v1/services", page), "");
  EXPECT_EQ(page.at("version").dump(), "1");
  EXPECT_FALSE(page.list("services").empty());
  const Reply table = served.ask({"GET", "/api/v1/services.csv", "", {"Accept-Language: en"}});
  EXPECT_EQ(table.status, 200U);
  EXPECT_NE(table.body.find("household_move"), std::string::npos);
}

TEST_F(ResidentRoutes, HandlingsAddUpAndAreForWhoIsOverTheUnit) {
  const std::string why =
      R"("visits":2,"further":[{"reason":"material_missing","material":"lease",)"
      R"("why":"not_told"}])";
  EXPECT_EQ(handle("noter", "900101001001", why).status, 200U);
  EXPECT_EQ(breach("POST", "/api/v1/handlings", handle("noter", "900101001", R"("visits":1)")), "");
  EXPECT_EQ(handle("noter", "900101001", R"("visits":2)").code(), "visit_reasons_missing");
  EXPECT_EQ(handle("outsider", "900101001", R"("visits":1)").code(), "not_permitted");
  const Reply page = served.get("checker", "/api/v1/units/900101/services");
  EXPECT_EQ(page.status, 200U) << page.body;
  EXPECT_EQ(breach("GET", kServices, page), "");
  EXPECT_EQ(page.at("all/handled").dump(), "2");
  EXPECT_EQ(page.text("all/at_most_once/percent"), "50.00");
  EXPECT_EQ(page.at("all/median_visits").dump(), "1");
  EXPECT_EQ(page.at("all/missing/not_told").dump(), "1");
  EXPECT_EQ(page.at("own/handled").dump(), "0");
  EXPECT_EQ(page.at("own/at_most_once").dump(), "null");
  std::int64_t sum = 0;
  for (const Json& child : page.list("children")) sum += *child.find("handled")->as_int();
  EXPECT_EQ(sum, 2);
  EXPECT_EQ(served.get("outsider", "/api/v1/units/900101/services").code(), "not_permitted");
  EXPECT_EQ(served.ask({"GET", "/api/v1/units/900101/services", "", {}}).code(), "sign_in_needed");
  const Reply table = served.get("checker", "/api/v1/units/900101/services.csv");
  EXPECT_NE(table.body.find("50.00"), std::string::npos);
  EXPECT_NE(table.body.find("\r\n900101,甲区本级,全部,0,"), std::string::npos) << table.body;
}

TEST_F(ResidentRoutes, APartyAnswersByItsCodeAloneAndOnce) {
  const Reply brought = bring("noter", R"(,"outcome":"agreed")");
  ASSERT_EQ(brought.status, 201U) << brought.body;
  EXPECT_EQ(breach("POST", "/api/v1/disputes", brought), "");
  const std::string no = brought.text("dispute");
  ASSERT_EQ(brought.list("codes").size(), 2U);
  EXPECT_EQ(answer(no, "7K3MQ-9XD4A-BCDEF-GHJKM-N", "yes").status, 404U);
  const Reply said = answer(no, brought.text("codes/0"), "no");
  EXPECT_EQ(said.status, 200U);
  EXPECT_NE(said.body.find("You have said that it is not so"), std::string::npos);
  EXPECT_EQ(said.header("set-cookie"), "");
  EXPECT_NE(answer(no, brought.text("codes/0"), "yes").status, 200U);
  const Reply page = served.get("checker", "/api/v1/disputes/" + no);
  EXPECT_EQ(breach("GET", "/api/v1/disputes/{dispute}", page), "");
  EXPECT_EQ(page.text("answers/0/answer"), "no");
  EXPECT_EQ(page.text("answers/1/answer"), "none");
  EXPECT_EQ(served.get("outsider", "/api/v1/disputes/" + no).code(), "dispute_unknown");
}

TEST_F(ResidentRoutes, PaperIsEnteredByAnotherAndWhatCameBackCounts) {
  const std::string no = bring("noter").text("dispute");
  const std::string path = "/api/v1/disputes/" + no;
  const std::string end = R"({"day":"2019-09-09","outcome":"referred","referred_to":"court"})";
  EXPECT_EQ(breach("POST", "/api/v1/disputes/{dispute}/end", post("noter", path + "/end", end)),
            "");
  const std::string paper = R"({"party":1,"answer":"yes"})";
  EXPECT_EQ(post("noter", path + "/papers", paper).code(), "mediator_answers");
  const Reply entered = post("second", path + "/papers", paper);
  EXPECT_EQ(entered.status, 200U) << entered.body;
  EXPECT_EQ(breach("POST", "/api/v1/disputes/{dispute}/papers", entered), "");
  EXPECT_EQ(bring("noter", R"(,"returns":")" + no + "\"").status, 201U);
  const Reply page = served.get("checker", "/api/v1/units/900101/disputes");
  EXPECT_EQ(page.status, 200U) << page.body;
  EXPECT_EQ(breach("GET", kDisputes, page), "");
  EXPECT_EQ(page.at("all/brought").dump(), "2");
  EXPECT_EQ(page.at("all/came_back/numerator").dump(), "1");
  EXPECT_EQ(page.text("all/referred/percent"), "100.00");
  EXPECT_EQ(page.list("newest").size(), 2U);
  const Reply table = served.get("checker", "/api/v1/units/900101/disputes.csv");
  EXPECT_NE(table.body.find("\r\n900101,甲区,2,"), std::string::npos) << table.body;
  EXPECT_NE(table.body.find("\r\n900101,甲区本级,0,"), std::string::npos) << table.body;
  const Reply newest = served.get("checker", "/api/v1/units/900101/disputes/newest.csv");
  EXPECT_EQ(breach("GET", std::string(kDisputes) + "/newest.csv", newest), "");
  EXPECT_NE(newest.body.find("\r\n" + no + ",900101001001,"), std::string::npos) << newest.body;
  EXPECT_EQ(served.get("outsider", "/api/v1/units/900101/disputes/newest.csv").code(),
            "not_permitted");
}

TEST_F(ResidentRoutes, RecordsOfThemAreNotForEveryAccount) {
  EXPECT_EQ(bring("noter").status, 201U);
  EXPECT_EQ(handle("noter", "900101001", R"("visits":1)").status, 200U);
  const auto seen = [&](const std::string& who) {
    std::size_t out = 0;
    for (const Json& record : served.get(who, "/api/v1/journal?limit=200").list("records")) {
      const std::string& type = *record.find("type")->as_text();
      if (type == "dispute_brought" || type == "handling_recorded") ++out;
    }
    return out;
  };
  EXPECT_EQ(seen("checker"), 2U);
  EXPECT_EQ(seen("outsider"), 0U);
}

TEST_F(ResidentRoutes, ThePartysPageNeedsNoScriptAndNoCookie) {
  const Reply page = served.ask({"GET", "/dispute", "", {"Accept-Language: zh-CN"}});
  EXPECT_EQ(page.status, 200U);
  EXPECT_EQ(page.body.find("<script"), std::string::npos);
  EXPECT_EQ(page.header("set-cookie"), "");
  EXPECT_NE(page.header("content-security-policy").find("default-src 'none'"), std::string::npos);
  EXPECT_EQ(served.ask({"GET", "/dispute?lang=fr", "", {}}).status, 400U);
}

}  // namespace
}  // namespace tz::http_test
