// Programmes over HTTP: adopted, answered to, ruled upon, and their coverage shown and proved.
#include <gtest/gtest.h>

#include "engine/coverage_proof.h"
#include "engine/coverage_sealing.h"
#include "http/client.h"
#include "http/contract.h"
#include "support/small_programme.h"

namespace tz::http_test {
namespace {

using ledger::Role;

constexpr const char* kProgrammes = "/api/v1/programmes";
constexpr const char* kOne = "/api/v1/programmes/{id}";
constexpr const char* kAnswer =
    "/api/v1/programmes/{id}/requirements/{requirement}/answers/{answer}";
constexpr const char* kRuling =
    "/api/v1/programmes/{id}/requirements/{requirement}/rulings/{ruling}";
constexpr const char* kCoverage = "/api/v1/units/{code}/coverage";
constexpr const char* kProof = "/api/v1/units/{code}/coverage/proof";

support::SmallLedgerOptions a_checkpoint_each() {
  support::SmallLedgerOptions options;
  options.limits.checkpoint_records = 1;
  return options;
}

class ProgrammeRoutes : public testing::Test {
 protected:
  ProgrammeRoutes() {
    served.ledger->add_person("village", {{"900101001001", Role::Recorder}});
    served.ledger->add_person("village_2", {{"900101001002", Role::Responsible}});
    served.ledger->add_person("street_verifier", {{"900101001", Role::Verifier}});
  }

  Reply adopt(const std::string& person, const std::string& text) {
    return served.post(person, kProgrammes, text, {"Content-Type: application/octet-stream"});
  }
  void adopt() { ASSERT_EQ(adopt("admin", std::string(support::kSmallProgramme)).status, 201U); }
  Reply say(const char* route, const std::string& person, const std::string& path,
            const std::string& body) {
    const Reply reply = served.post(person, "/api/v1/programmes/small/requirements/" + path, body,
                                    {"Content-Type: application/json"});
    EXPECT_EQ(breach("POST", route, reply), "") << reply.body;
    return reply;
  }
  Reply answer(const std::string& person, const std::string& path, const std::string& body) {
    return say(kAnswer, person, path, body);
  }
  Reply rule(const std::string& person, const std::string& path, const std::string& body) {
    return say(kRuling, person, path, body);
  }
  Reply coverage(const std::string& unit, const std::string& more, const std::string& person) {
    const Reply reply =
        served.get(person, "/api/v1/units/" + unit + "/coverage?programme=small" + more);
    EXPECT_EQ(breach("GET", kCoverage, reply), "") << reply.body;
    return reply;
  }
  // How the unit itself stands to a requirement, as that person sees it.
  std::string standing(const std::string& unit, const std::string& requirement) {
    return coverage(unit, "&requirement=" + requirement, "recorder")
        .text("requirements/0/own/status");
  }
  std::string own_problem() {
    const Reply opened = served.post(
        "village", "/api/v1/items",
        R"({"kind":"problem","unit":"900101001001","source":"self_check","title":"路灯不亮"})",
        {"Content-Type: application/json"});
    EXPECT_EQ(opened.status, 201U) << opened.body;
    return opened.text("item");
  }
  std::size_t seal() {
    const auto sealed = engine::seal_due(*served.ledger->engine, served.ledger->clock.now());
    EXPECT_TRUE(sealed.ok()) << sealed.error().code;
    return sealed.ok() ? *sealed : 0;
  }

  Served served{{}, a_checkpoint_each()};
};

TEST_F(ProgrammeRoutes, AreAdoptedBySystemAdministratorsAndReadByAnybody) {
  const Reply none = served.ask({"GET", kProgrammes, "", {}});
  EXPECT_EQ(none.status, 200U);
  EXPECT_TRUE(none.list("programmes").empty());
  const std::string text(support::kSmallProgramme);
  EXPECT_EQ(adopt("supervisor", text).code(), "not_permitted");
  EXPECT_EQ(adopt("guard", text).code(), "not_permitted");
  const Reply adopted = adopt("admin", text);
  ASSERT_EQ(adopted.status, 201U) << adopted.body;
  EXPECT_EQ(breach("POST", kProgrammes, adopted), "");
  const Reply again = adopt("admin", text);
  EXPECT_EQ(again.code(), "programme_kept");
  EXPECT_EQ(again.status, 409U);
  std::string faulty = text;
  faulty.replace(faulty.find("quorum: 2/3"), 11, "quorum: 3/2");
  faulty.replace(faulty.find("version: 1"), 10, "version: 2");
  const Reply refused = adopt("admin", faulty);
  EXPECT_EQ(refused.code(), "programme_quorum_bad");
  EXPECT_EQ(refused.status, 422U);
  EXPECT_FALSE(refused.text("facts/line").empty());

  const Reply list = served.ask({"GET", kProgrammes, "", {}});
  EXPECT_EQ(breach("GET", kProgrammes, list), "") << list.body;
  EXPECT_EQ(list.text("programmes/0/programme"), "small");
  const Reply one = served.ask({"GET", std::string(kProgrammes) + "/small", "", {}});
  EXPECT_EQ(breach("GET", kOne, one), "") << one.body;
  EXPECT_EQ(one.list("requirements").size(), 6U);
  EXPECT_EQ(one.at("requirements/0/counts/asked").dump(), "3");
  EXPECT_EQ(one.at("requirements/1/counts/asked").dump(), "8");
  EXPECT_EQ(one.text("requirements/5/parent"), "chaos");
  const Reply unknown = served.ask({"GET", std::string(kProgrammes) + "/none", "", {}});
  EXPECT_EQ(unknown.code(), "programme_unknown");
  EXPECT_EQ(unknown.status, 404U);
}

TEST_F(ProgrammeRoutes, EachSortIsMetByWhatBearsItOut) {
  adopt();
  const std::string unit = R"({"units":["900101001001"])";
  EXPECT_EQ(answer("village", "meeting/answers/met", unit + "}").code(), "field_required");
  const Reply few =
      answer("village", "meeting/answers/met", unit + R"(,"present":3,"expected":5})");
  EXPECT_EQ(few.code(), "quorum_missed");
  EXPECT_EQ(few.text("facts/needed"), "4");
  EXPECT_EQ(answer("village", "meeting/answers/met", unit + R"(,"present":4,"expected":5})").status,
            200U);
  EXPECT_EQ(standing("900101001001", "meeting"), "met");

  EXPECT_EQ(answer("village", "self_check/answers/met", unit + "}").code(), "problems_missing");
  const std::string other = ledger::to_text(served.ledger->open_problem("900101001001", "来电"));
  const Reply foreign =
      answer("village", "self_check/answers/met", unit + R"(,"items":[")" + other + "\"]}");
  EXPECT_EQ(foreign.code(), "problem_elsewhere") << "nobody found it with himself";
  EXPECT_EQ(
      answer("village", "self_check/answers/met", unit + R"(,"items":[")" + own_problem() + "\"]}")
          .status,
      200U);

  EXPECT_EQ(answer("village", "report/answers/met", unit + "}").code(), "field_required");
  EXPECT_EQ(answer("village", "report/answers/met", unit + R"(,"text":"已交"})").status, 200U);
  EXPECT_EQ(standing("900101001001", "report"), "met");
  EXPECT_EQ(answer("village", "report/answers/met", unit + R"(,"text":"再交"})").code(),
            "requirement_answered");
  EXPECT_EQ(answer("village", "report/answers/exempt", unit + R"(,"text":"x"})").code(),
            "answer_unknown");
  const std::string hash(64, 'a');
  EXPECT_EQ(answer("recorder", "report/answers/met",
                   R"({"units":["900101001"],"sha256":")" + hash + "\"}")
                .status,
            200U);
}

TEST_F(ProgrammeRoutes, WhatComesAfterItsDayIsLate) {
  adopt();
  served.ledger->clock.advance_days(20);
  const Reply before = coverage("900101001", "&requirement=report", "recorder");
  EXPECT_EQ(before.at("uncovered/rows/0/late").dump(), "true");
  EXPECT_EQ(
      answer("village", "report/answers/met", R"({"units":["900101001001"],"text":"补交"})").status,
      200U);
  EXPECT_EQ(standing("900101001001", "report"), "late");
  EXPECT_EQ(coverage("900101001001", "", "recorder").at("requirements/3/counts/covered").dump(),
            "1");
}

TEST_F(ProgrammeRoutes, ThatThereIsNoProblemIsCheckedAbove) {
  adopt();
  const std::string unit = R"({"units":["900101001002"])";
  EXPECT_EQ(
      rule("supervisor", "self_check/rulings/none_checked", unit + R"(,"text":"看过"})").code(),
      "requirement_not_answered");
  ASSERT_EQ(answer("village_2", "self_check/answers/none_claimed", unit + "}").status, 200U);
  EXPECT_EQ(standing("900101001002", "self_check"), "none_claimed");
  EXPECT_EQ(coverage("900101001002", "", "recorder").at("requirements/1/counts/covered").dump(),
            "0");
  EXPECT_EQ(rule("supervisor", "self_check/rulings/none_checked", unit + "}").code(),
            "field_required");
  ASSERT_EQ(
      rule("supervisor", "self_check/rulings/none_checked", unit + R"(,"text":"逐项看过"})").status,
      200U);
  EXPECT_EQ(standing("900101001002", "self_check"), "none_checked");
  // Found out later: it was false.
  ASSERT_EQ(rule("checker", "self_check/rulings/open", unit + R"(,"text":"抽查发现问题"})").status,
            200U);
  EXPECT_EQ(standing("900101001002", "self_check"), "open");
}

TEST_F(ProgrammeRoutes, AnExemptionHasItsReasonAndIsGivenFromAbove) {
  adopt();
  const std::string unit = R"({"units":["900101001"])";
  EXPECT_EQ(rule("supervisor", "meeting/rulings/exempt", unit + "}").code(), "field_required");
  const Reply own = rule("street_verifier", "meeting/rulings/exempt", unit + R"(,"text":"x"})");
  EXPECT_EQ(own.code(), "judges_own_answer");
  EXPECT_EQ(own.status, 403U);
  EXPECT_EQ(rule("outsider", "meeting/rulings/exempt", unit + R"(,"text":"x"})").code(),
            "not_permitted");
  EXPECT_EQ(rule("recorder", "meeting/rulings/exempt", unit + R"(,"text":"x"})").code(),
            "not_permitted");
  ASSERT_EQ(rule("supervisor", "meeting/rulings/exempt", unit + R"(,"text":"刚合并"})").status,
            200U);
  EXPECT_EQ(standing("900101001", "meeting"), "exempt");
}

TEST_F(ProgrammeRoutes, NobodyAnswersForAnotherUnitNorWhatIsNotAsked) {
  const std::string body = R"({"units":["900101001"],"text":"x"})";
  EXPECT_EQ(answer("recorder", "report/answers/met", body).code(), "programme_unknown");
  adopt();
  EXPECT_EQ(answer("village", "report/answers/met", body).code(), "not_permitted");
  EXPECT_EQ(answer("supervisor", "report/answers/met", body).code(), "not_permitted");
  EXPECT_EQ(answer("recorder", "study/answers/met", body).code(), "requirement_not_asked");
  EXPECT_EQ(answer("recorder", "none/answers/met", body).code(), "requirement_unknown");
  EXPECT_EQ(answer("recorder", "report/answers/late", body).status, 404U);
  EXPECT_EQ(answer("recorder", "report/answers/met", "{}").code(), "field_required");
  EXPECT_EQ(answer("recorder", "report/answers/met", R"({"units":["none"],"text":"x"})").code(),
            "unit_unknown");
  EXPECT_EQ(
      answer("recorder", "report/answers/met", R"({"units":["900101001"],"hours":40})").code(),
      "field_unknown");
  const Reply stranger = served.ask({"POST",
                                     "/api/v1/programmes/small/requirements/report/answers/met",
                                     body,
                                     {"Content-Type: application/json"}});
  EXPECT_EQ(stranger.code(), "sign_in_needed");
}

TEST_F(ProgrammeRoutes, TheListOfWhoIsNotCoveredIsPagedInTheOrderOfTheTree) {
  adopt();
  ASSERT_EQ(
      answer("village", "report/answers/met", R"({"units":["900101001001"],"text":"已交"})").status,
      200U);
  std::vector<std::string> seen;
  std::string cursor;
  for (int page = 0; page < 5; ++page) {
    const Reply reply = coverage("9001", "&requirement=report&limit=2" + cursor, "recorder");
    for (const Json& row : reply.list("uncovered/rows"))
      seen.push_back(*row.find("unit")->find("code")->as_text());
    if (reply.at("uncovered/next").is_null()) break;
    cursor = "&cursor=" + reply.text("uncovered/next");
  }
  EXPECT_EQ(seen,
            (std::vector<std::string>{"900101001", "900101001002", "900102001", "900102001001"}));
  const Reply bad = coverage("9001", "&requirement=report&cursor=none", "recorder");
  EXPECT_EQ(bad.code(), "cursor_bad");
  const Reply below = coverage("9001", "&requirement=report&by=child", "recorder");
  EXPECT_EQ(below.text("children/rows/0/unit/code"), "900103");
  EXPECT_EQ(below.text("children/rows/1/unit/code"), "900101");
  EXPECT_EQ(below.at("children/rows/1/counts/asked").dump(), "3");
  EXPECT_EQ(below.at("children/rows/1/counts/covered").dump(), "1");
  EXPECT_EQ(served.get("recorder", "/api/v1/units/9001/coverage").code(), "field_required");
}

TEST_F(ProgrammeRoutes, TellEachCallerWhatHeMaySay) {
  adopt();
  const std::string path = "&requirement=self_check";
  const auto may = [&](const std::string& person) {
    return coverage("900101001", path, person).at("requirements/0/own/answers").dump();
  };
  EXPECT_EQ(may("recorder"), R"(["met","none_claimed"])");
  EXPECT_EQ(may("supervisor"), R"(["exempt"])");
  EXPECT_EQ(may("street_verifier"), "[]");
  EXPECT_EQ(may("outsider"), "[]");
}

TEST_F(ProgrammeRoutes, TheProofIsOfWhatWasSealedWhateverCameSince) {
  adopt();
  const std::string path = "/api/v1/units/900101/coverage/proof?programme=small&requirement=report";
  EXPECT_EQ(served.get("recorder", path).code(), "coverage_unsealed");
  ASSERT_EQ(
      answer("village", "report/answers/met", R"({"units":["900101001001"],"text":"已交"})").status,
      200U);
  ASSERT_EQ(seal(), 6U);
  ASSERT_EQ(
      answer("recorder", "report/answers/met", R"({"units":["900101001"],"text":"已交"})").status,
      200U);
  const Reply reply = served.ask({"GET", path, "", {}});
  ASSERT_EQ(reply.status, 200U) << reply.body;
  EXPECT_EQ(breach("GET", kProof, reply), "");
  EXPECT_EQ(reply.at("changed_since").dump(), "true");
  const auto proof = engine::parse_coverage_proof(reply.text("proof"));
  ASSERT_TRUE(proof.ok()) << proof.error().code;
  const auto checkpoint = merkle::open_checkpoint(reply.text("checkpoint"), served.context.log_key);
  ASSERT_TRUE(checkpoint.ok()) << checkpoint.error().code;
  const auto shown = engine::check(*proof, *checkpoint);
  ASSERT_TRUE(shown.ok()) << shown.error().code;
  EXPECT_EQ(shown->leaf.unit_code, "900101");
  EXPECT_EQ(shown->seal.requirement, "report");
  const Reply leaf = served.ask({"GET", path + "&span=unit", "", {}});
  EXPECT_EQ(breach("GET", kProof, leaf), "");
  EXPECT_EQ(served.ask({"GET", path + "&span=all", "", {}}).code(), "query_bad");
  EXPECT_EQ(served
                .ask({"GET",
                      "/api/v1/units/area-1/coverage/proof?programme=small&requirement=report",
                      "",
                      {}})
                .code(),
            "coverage_area");
}

}  // namespace
}  // namespace tz::http_test
