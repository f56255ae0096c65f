// An item from listing to judgement by HTTP alone, with the refusals on the way.
#include <gtest/gtest.h>

#include "http/contract.h"

namespace tz::http_test {
namespace {

const char* const kOpening =
    R"({"kind":"problem","unit":"900101001001","source":"resident",)"
    R"("title":"停车难","description":"没有车位","category":"traffic","nature":"common",)"
    R"("severity":"key","upstream_no":"吉信〔2019〕36号","source_doc":"来信摘要",)"
    R"("remark":"同类小区一并处理"})";
const char* const kAssign = R"({"lead":"900101-zj","due":"2019-10-31",)"
                            R"("lead_official":"演示甲","responsible_person":"演示乙"})";
const char* const kPlan =
    R"({"measures":[{"text":"清理占道车辆","due":"2019-09-20"}],"criterion":"划出36个车位",)"
    R"("quantities":[{"id":"parking_spaces","unit":"space","value":36,"baseline":4}]})";

std::string open_item(Served& served) {
  return served.post("recorder", "/api/v1/items", kOpening).text("item");
}

std::string without_id(std::string body) {
  const std::size_t at = body.find("\"request_id\"");
  if (at != std::string::npos) body.erase(at, body.find('"', at + 15) - at + 1);
  return body;
}

void expect_done(const Reply& reply) {
  ASSERT_EQ(reply.status, 200U) << reply.body;
  EXPECT_EQ(breach("POST", "/api/v1/items/{no}/{transition}", reply), "") << reply.body;
  EXPECT_EQ(reply.header("etag"), "\"" + reply.at("version").dump() + "\"");
}

std::string upload(Served& served) {
  const Reply file = served.post("fixer", "/api/v1/evidence", sample_pdf("36 spaces"),
                                 {"Content-Type: application/octet-stream"});
  EXPECT_EQ(file.status, 201U) << file.body;
  EXPECT_EQ(breach("POST", "/api/v1/evidence", file), "");
  EXPECT_EQ(file.text("media_type"), "application/pdf");
  return file.text("sha256");
}

// From a new item to one that is closed as fixed.
std::string closed_item(Served& served, const std::string& sha256) {
  std::string no = open_item(served);
  expect_done(served.act("supervisor", no, "assign", kAssign));
  expect_done(served.act("fixer", no, "plan", kPlan));
  expect_done(served.act(
      "fixer", no, "report",
      R"({"measure":1,"done":true,"progress_pct":90,"text":"已划线","evidence":[{"sha256":")" +
          sha256 + R"(","name":"验收单","taker":"演示丁"}]})"));
  expect_done(served.act("fixer", no, "request_closure",
                         R"({"measured":[{"id":"parking_spaces","unit":"space","value":36}]})"));
  expect_done(served.act("checker", no, "review", "{}"));
  const std::string second = std::to_string(served.ledger->post("checker_2").value);
  expect_done(
      served.act("checker", no, "check",
                 R"({"text":"现场数过","checkers":[)" + second +
                     R"(],"measured":[{"id":"parking_spaces","unit":"space","value":36}]})"));
  expect_done(served.act("supervisor", no, "publicise", R"({"notice_last":"2019-09-20"})"));
  served.ledger->clock.advance_days(14);
  expect_done(served.act("supervisor", no, "close", R"({"outcome":"fixed"})"));
  return no;
}

TEST(Item, LivesItsWholeLifeOverHttp) {
  Served served;
  const std::string sha256 = upload(served);
  const std::string no = closed_item(served, sha256);
  const Reply item = served.get("recorder", "/api/v1/items/" + no);
  ASSERT_EQ(item.status, 200U);
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}", item), "") << item.body;
  EXPECT_EQ(item.text("title"), "停车难");
  EXPECT_EQ(item.text("description"), "没有车位");
  EXPECT_EQ(item.text("category"), "traffic");
  EXPECT_EQ(item.text("nature"), "common");
  EXPECT_EQ(item.text("severity"), "key");
  EXPECT_EQ(item.text("upstream_no"), "吉信〔2019〕36号");
  EXPECT_EQ(item.text("source_doc"), "来信摘要");
  EXPECT_EQ(item.text("remark"), "同类小区一并处理");
  EXPECT_EQ(item.text("lead_official"), "演示甲");
  EXPECT_EQ(item.text("responsible_person"), "演示乙");
  EXPECT_EQ(item.at("progress/percent"), Json(90));
  EXPECT_EQ(item.at("criterion/quantities/0/baseline"), Json(4));
  EXPECT_EQ(item.text("evidence/0/taker"), "演示丁");
  EXPECT_EQ(item.text("state/id"), "closed");
  EXPECT_EQ(item.text("lead/code"), "900101-zj");
  EXPECT_EQ(item.text("measures/0/text"), "清理占道车辆");
  EXPECT_EQ(item.text("criterion/text"), "划出36个车位");
  EXPECT_EQ(item.text("evidence/0/name"), "验收单");
  EXPECT_EQ(item.text("evidence/0/media_type"), "application/pdf");
  EXPECT_EQ(item.text("closures/0/outcome"), "fixed");
  EXPECT_EQ(item.text("path/2/code"), "9001");
  EXPECT_EQ(served.get("recorder", "/api/v1/units/90").at("quantities/0/value"), Json(36));

  const Reply judged =
      served.act("recorder", no, "judge",
                 R"({"solved":"no","satisfied":"no","way":"phone","why":"came_back"})");
  expect_done(judged);
  const Reply again = served.get("recorder", "/api/v1/items/" + no);
  EXPECT_EQ(again.text("state/id"), "reopened");
  EXPECT_EQ(again.at("closures/0/stands"), Json(false));
  EXPECT_EQ(served.get("recorder", "/api/v1/units/90").at("quantities"), Json(JsonArray{}));

  const Reply history = served.get("supervisor", "/api/v1/items/" + no + "/history");
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}/history", history), "") << history.body;
  EXPECT_EQ(history.text("records/0/type"), "item_opened");
  EXPECT_EQ(history.text("records/0/texts/title"), "停车难");
  EXPECT_EQ(history.text("records/0/by/role"), "recorder");
  EXPECT_EQ(history.text("records/0/by/unit/code"), "900101001");
}

TEST(Evidence, IsGivenOutOnlyWithAnItemThatCarriesIt) {
  Served served;
  const std::string sha256 = upload(served);
  const std::string no = closed_item(served, sha256);
  const std::string other = open_item(served);
  const Reply file = served.get("checker", "/api/v1/evidence/" + sha256 + "?item=" + no);
  ASSERT_EQ(file.status, 200U);
  EXPECT_EQ(file.body, sample_pdf("36 spaces"));
  EXPECT_EQ(file.header("content-type"), "application/pdf");
  EXPECT_TRUE(file.header("content-disposition").starts_with("attachment"));
  EXPECT_EQ(file.header("x-content-type-options"), "nosniff");
  EXPECT_TRUE(file.header("content-security-policy").starts_with("sandbox"));
  EXPECT_EQ(served.get("checker", "/api/v1/evidence/" + sha256).code(), "field_required");
  EXPECT_EQ(served.get("checker", "/api/v1/evidence/" + sha256 + "?item=" + other).code(),
            "evidence_unknown");
  EXPECT_EQ(served.get("outsider", "/api/v1/evidence/" + sha256 + "?item=" + no).code(),
            "item_unknown");
}

// A report of that file by the fixer of a new item; the item.
std::string item_with(Served& served, const std::string& sha256) {
  std::string no = open_item(served);
  expect_done(served.act("supervisor", no, "assign", kAssign));
  expect_done(served.act("fixer", no, "plan", kPlan));
  expect_done(served.act("fixer", no, "report",
                         R"({"text":"已办","evidence":[{"sha256":")" + sha256 + "\"}]}"));
  return no;
}

TEST(Evidence, UploadedByMistakeIsDestroyedOnceNoItemCarriesIt) {
  Served served;
  const std::string sha256 = upload(served);
  const std::string one = item_with(served, sha256);
  const std::string other = item_with(served, sha256);
  const auto file_of = [&](const std::string& no) {
    return served.get("fixer", "/api/v1/evidence/" + sha256 + "?item=" + no);
  };
  const auto redact = [&](const std::string& no) {
    const std::string record =
        served.get("recorder", "/api/v1/items/" + no).at("evidence/0/record").dump();
    return served.act("recorder", no, "redact",
                      R"({"record":)" + record + R"(,"file":true,"reason":"拍到了居民"})");
  };
  Hash hash{};
  const Bytes bytes = *from_hex(sha256);
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  ASSERT_EQ(redact(one).status, 200U);
  EXPECT_EQ(file_of(one).code(), "evidence_destroyed");
  EXPECT_EQ(file_of(one).status, 410U);
  EXPECT_EQ(file_of(other).status, 200U) << "another item carries it";
  EXPECT_TRUE(served.ledger->evidence->find(hash)->has_value());
  ASSERT_EQ(redact(other).status, 200U);
  EXPECT_EQ(file_of(other).code(), "evidence_destroyed");
  EXPECT_FALSE(served.ledger->evidence->find(hash)->has_value()) << "the file is still there";
  const Reply item = served.get("recorder", "/api/v1/items/" + one);
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}", item), "") << item.body;
  EXPECT_EQ(item.at("evidence/0/destroyed"), Json(true));
  EXPECT_EQ(item.text("evidence/0/sha256"), sha256);
  EXPECT_EQ(redact(one).code(), "evidence_destroyed");
  EXPECT_EQ(
      served.act("recorder", one, "redact", R"({"record":1,"file":true,"reason":"x"})").code(),
      "file_unknown");
  EXPECT_EQ(served.act("recorder", one, "redact", R"({"record":1,"reason":"x"})").code(),
            "field_required");
}

TEST(Evidence, MustBeThereBeforeItIsNamed) {
  Served served;
  const std::string no = open_item(served);
  expect_done(served.act("supervisor", no, "assign", kAssign));
  expect_done(served.act("fixer", no, "plan", kPlan));
  const Reply reply =
      served.act("fixer", no, "report",
                 R"({"text":"已办","evidence":[{"sha256":")" + std::string(64, 'a') + "\"}]}");
  EXPECT_EQ(reply.status, 400U);
  EXPECT_EQ(reply.code(), "evidence_unknown");
  EXPECT_EQ(reply.text("facts/field"), "evidence[0].sha256");
  const Reply text = served.post("fixer", "/api/v1/evidence", "only words",
                                 {"Content-Type: application/octet-stream"});
  EXPECT_EQ(text.status, 415U);
}

TEST(Change, OfAStaleVersionIsRefusedWithWhoChangedWhat) {
  Served served;
  const std::string no = open_item(served);
  const std::string seen = served.get("supervisor", "/api/v1/items/" + no).header("etag");
  expect_done(served.act("supervisor", no, "assign", kAssign));
  const Reply stale = served.post("supervisor", "/api/v1/items/" + no + "/reject",
                                  R"({"reason":"重复"})", {"If-Match: " + seen});
  EXPECT_EQ(stale.status, 412U);
  EXPECT_EQ(stale.code(), "version_stale");
  EXPECT_EQ(breach("POST", "/api/v1/items/{no}/{transition}", stale), "") << stale.body;
  ASSERT_NE(stale.at("changes").as_array(), nullptr) << stale.body;
  EXPECT_EQ(stale.text("changes/0/unit/code"), "900101");
  EXPECT_EQ(stale.text("changes/0/role"), "supervisor");
  EXPECT_EQ(served.get("supervisor", "/api/v1/items/" + no).text("state/id"), "assigned");
}

TEST(Change, MustNameTheVersionSeen) {
  Served served;
  const std::string path = "/api/v1/items/" + open_item(served) + "/reject";
  EXPECT_EQ(served.post("supervisor", path, R"({"reason":"重复"})").status, 428U);
  for (const char* tag : {"3", "W/\"3\"", "\"x\"", "\"\"", "*", "\"3\", \"4\""}) {
    const Reply reply =
        served.post("supervisor", path, R"({"reason":"重复"})", {std::string("If-Match: ") + tag});
    EXPECT_EQ(reply.code(), "if_match_bad") << tag;
  }
}

TEST(Change, SentTwiceUnderOneKeyIsDoneOnce) {
  Served served;
  const std::vector<std::string> key = {"Idempotency-Key: once"};
  const Reply first = served.post("recorder", "/api/v1/items", kOpening, key);
  const Reply second = served.post("recorder", "/api/v1/items", kOpening, key);
  EXPECT_EQ(breach("POST", "/api/v1/items", first), "") << first.body;
  EXPECT_EQ(first.status, 201U);
  EXPECT_EQ(second.status, 201U);
  EXPECT_EQ(second.text("item"), first.text("item"));
  EXPECT_EQ(first.at("repeated"), Json(false));
  EXPECT_EQ(second.at("repeated"), Json(true));
  EXPECT_EQ(second.header("location"), "/api/v1/items/" + first.text("item"));
  const Reply other = served.post(
      "recorder", "/api/v1/items",
      R"({"kind":"problem","unit":"900101001001","source":"resident","title":"别的"})", key);
  EXPECT_EQ(other.status, 422U);
  EXPECT_EQ(other.code(), "idempotency_mismatch");
  EXPECT_EQ(served
                .post("recorder", "/api/v1/items", kOpening,
                      {"Idempotency-Key: " + std::string(200, 'k')})
                .code(),
            "idempotency_key_bad");
}

TEST(Item, ThatMayNotBeReadIsAnsweredLikeNone) {
  Served served;
  const std::string hidden = open_item(served);
  // Another number of the right form that nobody has.
  const std::string none = ledger::to_text(ledger::ItemNo{12345});
  for (const char* suffix : {"", "/history"}) {
    const Reply one = served.get("outsider", "/api/v1/items/" + hidden + suffix);
    const Reply two = served.get("outsider", "/api/v1/items/" + none + suffix);
    EXPECT_EQ(one.status, 404U);
    std::string expected = without_id(two.body);
    for (std::size_t at = expected.find(none); at != std::string::npos; at = expected.find(none))
      expected.replace(at, none.size(), hidden);
    EXPECT_EQ(without_id(one.body), expected);
    ASSERT_EQ(one.headers.size(), two.headers.size());
    for (std::size_t i = 0; i < one.headers.size(); ++i)
      EXPECT_EQ(one.headers[i].first, two.headers[i].first);
  }
  const std::vector<std::string> version = {"If-Match: \"9\""};
  const Reply one =
      served.post("outsider", "/api/v1/items/" + hidden + "/assign", kAssign, version);
  const Reply two = served.post("outsider", "/api/v1/items/" + none + "/assign", kAssign, version);
  EXPECT_EQ(one.status, 404U);
  EXPECT_EQ(two.status, 404U);
  EXPECT_EQ(one.code(), "item_unknown");
  EXPECT_EQ(two.code(), "item_unknown");
  EXPECT_EQ(served.get("recorder", "/api/v1/items/7K3M-Q9XD-0").code(), "item_no_bad");
}

TEST(Offers, SayWhatStandsInTheWay) {
  Served served;
  const std::string no = open_item(served);
  const Reply item = served.get("recorder", "/api/v1/items/" + no);
  bool assign_refused = false;
  bool withdraw_offered = false;
  for (const Json& offer : item.list("offers")) {
    const std::string transition = *offer.find("transition")->as_text();
    if (transition == "assign")
      assign_refused = *offer.find("refusal")->find("code")->as_text() == "not_permitted";
    if (transition == "withdraw") withdraw_offered = offer.find("refusal")->is_null();
  }
  EXPECT_TRUE(assign_refused) << item.body;
  EXPECT_TRUE(withdraw_offered);
  EXPECT_EQ(served.act("recorder", no, "assign", kAssign).status, 403U);
  EXPECT_EQ(served.act("recorder", no, "fly", "{}").status, 404U);
  const Reply early = served.act("supervisor", no, "close", R"({"outcome":"fixed"})");
  EXPECT_EQ(early.status, 409U);
}

TEST(Correction, KeepsTheOldValueAndRedactionDestroysIt) {
  Served served;
  const std::string no = open_item(served);
  const Reply corrected = served.act("recorder", no, "correct",
                                     R"({"field":"title","value":"停车位不足","reason":"笔误"})");
  ASSERT_EQ(corrected.status, 200U) << corrected.body;
  EXPECT_EQ(served.get("recorder", "/api/v1/items/" + no).text("title"), "停车位不足");
  const Reply history = served.get("recorder", "/api/v1/items/" + no + "/history");
  EXPECT_EQ(history.text("records/0/texts/title"), "停车难");
  const std::string record = history.at("records/0/seq").dump();
  const Reply redacted = served.act("recorder", no, "redact",
                                    R"({"record":)" + record + R"(,"part":0,"reason":"写了姓名"})");
  ASSERT_EQ(redacted.status, 200U) << redacted.body;
  const Reply after = served.get("recorder", "/api/v1/items/" + no + "/history");
  EXPECT_TRUE(after.at("records/0/texts/title").is_null());
  EXPECT_EQ(after.text("records/0/leaf"), history.text("records/0/leaf"));
  EXPECT_EQ(
      served.act("recorder", no, "correct", R"({"field":"place","value":"x","reason":"y"})").status,
      400U);
  EXPECT_EQ(served.act("recorder", no, "correct", R"({"field":"title","value":"x"})").code(),
            "field_required");
  EXPECT_EQ(
      served.act("recorder", no, "redact", R"({"record":1,"part":0,"reason":"z","x":1})").code(),
      "field_unknown");
}

TEST(Opening, SaysWhichFieldIsWrong) {
  Served served;
  struct Case {
    const char* body;
    unsigned status;
    const char* code;
    const char* field;
  };
  const Case cases[] = {
      {R"({"kind":"problem"})", 400, "field_required", "unit"},
      {R"({"kind":"problem","unit":"nowhere"})", 400, "unit_unknown", "unit"},
      {R"({"kind":"poem","unit":"900101001001"})", 400, "kind_unknown", "kind"},
      {R"({"kind":"problem","unit":"900101001001","colour":"red"})", 400, "field_unknown",
       "colour"},
      {R"({"kind":"problem","unit":"900101001001","due":"soon"})", 400, "bad_day", "due"},
      {R"({"kind":"problem","unit":"900102001001","source":"resident","title":"x"})", 403,
       "not_permitted", ""},
      {R"({"kind":"problem","kind":"problem"})", 400, "bad_json", ""},
      {"{", 400, "bad_json", ""},
  };
  for (const Case& each : cases) {
    const Reply reply = served.post("recorder", "/api/v1/items", each.body);
    EXPECT_EQ(reply.status, each.status) << each.body << reply.body;
    EXPECT_EQ(reply.code(), each.code) << each.body;
    EXPECT_EQ(reply.text("facts/field"), each.field) << each.body;
  }
}

}  // namespace
}  // namespace tz::http_test
