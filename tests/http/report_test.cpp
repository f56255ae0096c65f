// A report from its first page to the verdict, asked by everybody concerned over sockets.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "access/key_halves.h"
#include "base/embedded.h"
#include "engine/recorder.h"
#include "engine/replay.h"
#include "http/contract.h"
#include "http/report_page.h"

namespace tz::http_test {
namespace {

constexpr const char* kForm = "Content-Type: application/x-www-form-urlencoded";
constexpr const char* kName = "王不留";
constexpr const char* kContact = "13912345678";
constexpr const char* kWords = "我在财政所做会计";
constexpr const char* kSaw = "截留低保金三万元";

std::string encoded(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

using Fields = std::vector<std::pair<std::string, std::string>>;
std::string form_of(const Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields)
    out += (out.empty() ? "" : "&") + name + "=" + encoded(value);
  return out;
}

// What stands between two marks of a page.
std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const std::size_t from = text.find(before);
  if (from == std::string::npos) return {};
  const std::size_t at = from + before.size();
  return text.substr(at, text.find(after, at) - at);
}

class Reporting : public testing::Test {
 protected:
  Reporting() {
    served.ledger->clock.set(*parse_instant("2019-09-09T09:00:00+08:00"));
    must(ledger::AdoptTimeRules{std::nullopt, std::string(embedded_file("calendar/limits.csv"))});
    must(ledger::AdoptFlow{std::string(embedded_file("flows/request.yaml"))});
    served.ledger->add_person("chief", {{"9001", ledger::Role::Supervisor}});
    served.ledger->add_person("deputy", {{"9001", ledger::Role::Supervisor}});
    served.ledger->add_person(
        "double", {{"9001", ledger::Role::Supervisor}, {"900101001", ledger::Role::Recorder}});
    served.ledger->add_person("other", {{"900102", ledger::Role::Responsible}});
  }

  void must(ledger::Command command) {
    ASSERT_TRUE(served.ledger->engine->submit_and_wait({std::move(command), {}, {}, {}}).ok());
  }
  void set_key() { must(ledger::SetReceivingKey{served.ledger->unit("9001"), keys.key}); }

  Reply send(const Fields& fields) {
    return served.ask({"POST", "/report", form_of(fields), {kForm, "Accept-Language: en"}});
  }
  // Complains of 900101, so that 9001 receives it.
  Reply accuse() {
    const Reply page = send({{"about", "900101"},
                             {"complains", "yes"},
                             {"text", kSaw},
                             {"manner", "receiver_only"},
                             {"name", kName},
                             {"contact", kContact},
                             {"words", kWords}});
    no = between(page.body, "<code id=\"item\">", "</code>");
    code = between(page.body, "<code id=\"code\">", "</code>");
    return page;
  }
  Reply follow(Fields more = {}) {
    more.insert(more.begin(), {{"item", no}, {"code", code}});
    return served.ask({"POST", "/follow", form_of(more), {kForm, "Accept-Language: en"}});
  }
  void assign_elsewhere() {
    EXPECT_EQ(served.act("chief", no, "accept", "{}").status, 200U);
    EXPECT_EQ(served
                  .act("chief", no, "abstract",
                       R"({"title":"救助金发放","text":"有人反映救助金未足额发放"})")
                  .status,
              200U);
    EXPECT_EQ(served.act("deputy", no, "approve_abstract", "{}").status, 200U);
    EXPECT_EQ(served.act("chief", no, "assign", R"({"lead":"900102","due":"2019-10-31"})").status,
              200U);
  }

  static support::SmallLedgerOptions options() {
    support::SmallLedgerOptions out;
    out.limits.checkpoint_records = 1;  // so that every record has its proof at once
    return out;
  }
  Served served{{}, options()};
  SeededRandom random{9};
  access::NewReceivingKey keys = access::new_receiving_key("演示市", random);
  std::string no;
  std::string code;
};

TEST_F(Reporting, PagesNeedNoScriptNoCookieAndAreSmall) {
  set_key();
  const std::size_t style = served.ask({"GET", "/report/style.css", "", {}}).body.size();
  EXPECT_LT(style, http::kReportStyleBytesMax);
  for (const char* path : {"/report", "/follow", "/report?lang=en", "/follow?lang=zh-CN"}) {
    const Reply page = served.ask({"GET", path, "", {}});
    EXPECT_EQ(page.status, 200U) << path;
    EXPECT_LE(page.body.size() + style, http::kReportPageBytesMax) << path;
    EXPECT_EQ(page.body.find("<script"), std::string::npos);
    EXPECT_EQ(page.body.find("http://"), std::string::npos);
    EXPECT_EQ(page.header("set-cookie"), "");
    EXPECT_EQ(page.header("cache-control"), "no-store");
    EXPECT_EQ(page.header("referrer-policy"), "no-referrer");
    EXPECT_NE(page.header("content-security-policy").find("default-src 'none'"), std::string::npos);
  }
  EXPECT_EQ(served.ask({"GET", "/report?lang=fr", "", {}}).status, 400U);
  EXPECT_EQ(served.ask({"GET", "/follow?code=1", "", {}}).status, 400U);
}

TEST_F(Reporting, WithoutAKeyNoIdentityIsTaken) {
  const Reply page = accuse();
  EXPECT_EQ(page.status, 409U);
  EXPECT_EQ(no, "");
  EXPECT_NE(page.body.find(kSaw), std::string::npos) << "what was typed stands there again";
  const Reply anonymous =
      send({{"about", "900101"}, {"complains", "yes"}, {"text", kSaw}, {"manner", "anonymous"}});
  EXPECT_EQ(anonymous.status, 201U);
}

TEST_F(Reporting, ANameBesideAnonymousIsNotTaken) {
  set_key();
  const Reply page = send({{"about", "900101"}, {"text", kSaw}, {"name", kName}});
  EXPECT_EQ(page.status, 400U);
  EXPECT_NE(page.body.find("anonymous"), std::string::npos);
}

TEST_F(Reporting, AUnitThatMayBeSeveralIsChosen) {
  Reply page;
  // After a start names are still being taken in: said so, and asked again.
  do page = send({{"about", "社区"}, {"text", kSaw}});
  while (page.status == 503U);
  EXPECT_EQ(page.status, 400U);
  EXPECT_NE(page.body.find("value=\"900101001001\""), std::string::npos);
  const Reply chosen = send({{"about", "社区"}, {"unit", "900101001001"}, {"text", kSaw}});
  EXPECT_EQ(chosen.status, 201U) << chosen.body;
  EXPECT_EQ(send({{"about", "没有的地方"}, {"text", kSaw}}).status, 400U);
}

TEST_F(Reporting, GoesItsWholeWay) {
  set_key();
  const Reply sent = accuse();
  ASSERT_EQ(sent.status, 201U) << sent.body;
  ASSERT_EQ(code.size(), 25U);

  // The accused, whoever holds a post there too, and those below: as if there were none.
  const std::string item = "/api/v1/items/" + no;
  for (const char* person : {"supervisor", "recorder", "fixer", "double", "checker"}) {
    EXPECT_EQ(served.get(person, item).status, 404U) << person;
    EXPECT_EQ(served.get(person, item + "/history").status, 404U) << person;
    EXPECT_EQ(served.get(person, "/api/v1/items").body.find(no), std::string::npos) << person;
    EXPECT_EQ(served.get(person, "/api/v1/exports/items.csv").body.find(no), std::string::npos);
    EXPECT_TRUE(served.get(person, "/api/v1/search?q=" + no).list("items").empty()) << person;
    EXPECT_EQ(served.get(person, "/api/v1/journal?limit=200").body.find(no), std::string::npos);
    EXPECT_EQ(served.act(person, no, "accept", "{}").code(), "item_unknown") << person;
  }
  const auto request_count = [&](const char* person) {
    for (const Json& row : served.get(person, "/api/v1/units/9001/rollup?by=kind").list("rows"))
      if (*row.find("kind")->as_text() == "request") return *row.find("total")->as_int();
    return std::int64_t{-1};
  };
  EXPECT_EQ(request_count("chief"), 1);
  EXPECT_EQ(request_count("double"), 0) << "it counts for nobody it accuses";

  // The receiver reads what he wrote; the identity is a sealed box that no answer shows.
  const Reply received = served.get("chief", item);
  EXPECT_EQ(received.text("report/text"), kSaw);
  EXPECT_EQ(received.text("report/accused/0/code"), "900101");
  EXPECT_EQ(received.at("title"), Json());
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}", received), "");
  EXPECT_EQ(served.act("chief", no, "assign", R"({"lead":"900102","due":"2019-10-31"})").status,
            409U);
  assign_elsewhere();
  EXPECT_EQ(
      served.act("chief", no, "reassign", R"({"lead":"900101-zj","due":"2019-10-31","reason":"x"})")
          .code(),
      "names_accused");

  // Whoever works on it sees the abstract, and no word of the report.
  const Reply worked = served.get("other", item);
  EXPECT_EQ(worked.text("title"), "救助金发放");
  EXPECT_EQ(worked.at("report/text"), Json());
  EXPECT_TRUE(worked.list("report/accused").empty());
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}", worked), "");
  const Reply history = served.get("other", item + "/history");
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}/history", history), "");
  for (const std::string& secret : {std::string(kSaw), std::string("900101\""), std::string(kName)})
    EXPECT_EQ(history.body.find(secret), std::string::npos) << secret;
  EXPECT_NE(history.body.find(R"("withheld":["report","accused"])"), std::string::npos);
  EXPECT_EQ(served.act("other", no, "contact", R"({"text":"已联系"})").status, 200U);
  EXPECT_EQ(served.act("other", no, "answer", R"({"text":"已补发"})").status, 200U);

  // Asked and answered, through the query code alone.
  EXPECT_EQ(served.act("chief", no, "question", R"({"text":"是哪一年？"})").status, 200U);
  EXPECT_NE(follow().body.find("是哪一年？"), std::string::npos);
  EXPECT_EQ(follow({{"do", "answer"}, {"question", "1"}, {"answer", "2018年"}}).status, 200U);
  EXPECT_EQ(served.get("chief", item).text("report/questions/0/answer"), "2018年");
  EXPECT_EQ(served.get("other", item + "/history").body.find("2018年"), std::string::npos);
}

TEST_F(Reporting, AnOpeningTakesTwoAndIsToldToHim) {
  set_key();
  ASSERT_EQ(accuse().status, 201U);
  EXPECT_NE(follow().body.find("still sealed"), std::string::npos);
  EXPECT_EQ(served.act("chief", no, "take_envelope", "{}").code(), "opening_none");
  EXPECT_EQ(served.act("chief", no, "ask_opening", R"({"reason":"须当面核对账目"})").status, 200U);
  EXPECT_EQ(served.act("chief", no, "agree_opening", "{}").code(), "opening_own");
  EXPECT_EQ(served.act("deputy", no, "agree_opening", "{}").status, 200U);
  const Reply taken = served.act("deputy", no, "take_envelope", "{}");
  ASSERT_EQ(taken.status, 200U) << taken.body;
  EXPECT_EQ(breach("POST", "/api/v1/items/{no}/{transition}", taken), "");

  const auto envelopes = access::read_envelopes(taken.body);
  ASSERT_TRUE(envelopes.ok());
  const auto key = access::join(keys.a, keys.b);
  const auto who = access::open_with(*key, envelopes->front().box, envelopes->front().commitment);
  ASSERT_TRUE(who.ok());
  for (const char* part : {kName, kContact, kWords})
    EXPECT_NE(who->find(part), std::string::npos) << part;

  const Reply seen = follow();
  for (const char* told :
       {"asked for the seal", "须当面核对账目", "agreed to", "took the sealed", "演示市"})
    EXPECT_NE(seen.body.find(told), std::string::npos) << told;
  EXPECT_EQ(served.get("chief", "/api/v1/items/" + no).list("report/openings").size(), 1U);
  // The audit log has it too.
  const Reply audit = served.get("auditor", "/api/v1/audit?limit=50");
  EXPECT_NE(audit.body.find("item_moved"), std::string::npos);
}

TEST_F(Reporting, HisVerdictReopensWhatIsNotSolved) {
  set_key();
  ASSERT_EQ(accuse().status, 201U);
  EXPECT_EQ(follow({{"do", "judge"}, {"closure", "1"}, {"solved", "yes"}}).status, 409U);
  EXPECT_EQ(served.act("chief", no, "accept", "{}").status, 200U);
  EXPECT_EQ(served.act("chief", no, "close", R"({"outcome":"handled","text":"已追回"})").status,
            200U);
  EXPECT_NE(follow().body.find("已追回"), std::string::npos);
  EXPECT_EQ(
      follow({{"do", "judge"}, {"closure", "1"}, {"solved", "no"}, {"satisfied", "no"}}).status,
      200U);
  EXPECT_EQ(served.get("chief", "/api/v1/items/" + no).text("state/id"), "reopened");
}

TEST_F(Reporting, AWrongCodeIsToldLikeAWrongNumberAndCounted) {
  set_key();
  ASSERT_EQ(accuse().status, 201U);
  const std::string right = code;
  SeededRandom other(77);
  code = right;
  std::swap(code[0], code[6]);
  const Reply mistyped = follow();
  const std::string own = no;
  code = right;
  no = ledger::to_text(ledger::ItemNo{12345});
  const Reply missing = follow();
  EXPECT_EQ(mistyped.status, 404U);
  EXPECT_EQ(missing.status, 404U);
  no = own;
  for (int i = 0; i < 30; ++i) {
    code = "00000-00000-00000-00000-0";
    (void)follow();
  }
  EXPECT_EQ(follow().status, 429U);
  code = right;
  EXPECT_EQ(follow().status, 429U) << "the right one from there is refused for the hour too";
  served.ledger->clock.set(*parse_instant("2019-09-09T10:30:00+08:00"));
  EXPECT_EQ(follow().status, 200U);
}

TEST_F(Reporting, SoManyAnHourComeFromOneAddress) {
  for (int i = 0; i < 20; ++i)
    ASSERT_EQ(send({{"about", "900101"}, {"text", "x"}}).status, 201U) << i;
  EXPECT_EQ(send({{"about", "900101"}, {"text", "x"}}).status, 429U);
  EXPECT_EQ(served
                .ask({"POST",
                      "/api/v1/requests",
                      R"({"unit":"900101","text":"x"})",
                      {"Content-Type: application/json"}})
                .code(),
            "reports_too_many");
}

// However long the words are, and whatever must be escaped in them.
TEST_F(Reporting, TheFullestPagesAreSmallToo) {
  set_key();
  const std::size_t style = served.ask({"GET", "/report/style.css", "", {}}).body.size();
  const auto small = [&](const Reply& page, const char* what) {
    EXPECT_LE(page.body.size() + style, http::kReportPageBytesMax) << what;
  };
  const std::string many(1500, '&');
  small(send({{"about", "社区"},
              {"text", many},
              {"manner", "receiver_only"},
              {"name", std::string(50, '"')},
              {"contact", std::string(100, '"')},
              {"words", std::string(300, '&')}}),
        "form");
  ASSERT_EQ(accuse().status, 201U);
  ASSERT_EQ(served.act("chief", no, "accept", "{}").status, 200U);
  for (int round = 1; round <= 3; ++round) {
    const std::string asked(500, '&');
    ASSERT_EQ(served.act("chief", no, "question", "{\"text\":\"" + asked + "\"}").status, 200U);
    small(follow({{"do", "answer"}, {"question", std::to_string(round)}, {"answer", many}}),
          "answered");
    ASSERT_EQ(
        served.act("chief", no, "close", "{\"outcome\":\"handled\",\"text\":\"" + many + "\"}")
            .status,
        200U);
    small(follow(), "closed");
    ASSERT_EQ(served.act("chief", no, "reopen", R"({"reason":"x"})").status, 200U);
  }
  // All is there, on one page after the other.
  std::size_t texts = 0;
  std::size_t pages = 0;
  std::string from = "0";
  for (; !from.empty(); ++pages) {
    const Reply page = follow({{"from", from}});
    small(page, "a part");
    for (std::size_t at = page.body.find("<blockquote>&amp;&amp;"); at != std::string::npos;
         at = page.body.find("<blockquote>&amp;&amp;", at + 1))
      ++texts;
    from = between(page.body, "name=\"from\" value=\"", "\"");
    ASSERT_LT(pages, 20U);
  }
  EXPECT_EQ(texts, 9U) << "three questions, three answers, three closings";
  EXPECT_GT(pages, 1U);
}

// Whoever has the disk and every key of the ledger finds the identity nowhere.
TEST_F(Reporting, AnIdentityStandsNowhereTheServerCanRead) {
  set_key();
  ASSERT_EQ(accuse().status, 201U);
  ASSERT_EQ(served
                .ask({"POST",
                      "/api/v1/requests",
                      std::string(R"({"unit":"900101","text":"x","words":")") + kWords + "\"}",
                      {"Content-Type: application/json"}})
                .status,
            201U);
  const auto published = served.ledger->engine->published();
  const auto id = *engine::ledger_id_of(published.state->genesis);
  std::string all;
  std::size_t opened = 0;
  const Outcome read = served.ledger->engine->read([&](journal::Reader& reader) -> Outcome {
    for (const auto& stored : TZ_TRY(reader.read(Seq{0}, 10'000, std::size_t{64} << 20))) {
      all += as_text(stored.header);
      all += as_text(stored.body);
      const auto record = TZ_TRY(engine::open_record(stored, id));
      for (const auto& text :
           TZ_TRY(engine::open_texts(record.record, id, reader, *served.ledger->keyring))) {
        if (!text) continue;
        ++opened;
        all += *text;
        const auto box = from_base64(*text);
        if (box.ok()) all += as_text(*box);
      }
    }
    for (const char* space : {"idempotency", "account", "session"})
      for (const auto& row : TZ_TRY(reader.kept_all(space)))
        if (row.value) all += as_text(*row.value);
    return Done{};
  });
  ASSERT_TRUE(read.ok());
  EXPECT_GT(opened, 3U);
  EXPECT_NE(all.find(kSaw), std::string::npos) << "the search itself finds what is there";
  for (const char* secret : {kName, kContact, kWords, code.c_str()})
    EXPECT_EQ(all.find(secret), std::string::npos) << secret;
}

TEST_F(Reporting, NothingSaysWhereAReportCameFrom) {
  set_key();
  ASSERT_EQ(accuse().status, 201U);
  (void)follow();
  const Reply audit = served.get("auditor", "/api/v1/audit?limit=200");
  ASSERT_EQ(audit.status, 200U);
  EXPECT_EQ(audit.body.find(no), std::string::npos);
  EXPECT_EQ(audit.body.find("report"), std::string::npos);
  for (const Json& row : audit.list("rows")) EXPECT_NE(row.find("by")->dump(), "\"nobody\"");
}

// What stands in the audit log of those he works beside tells an accused administrator nothing.
TEST_F(Reporting, TheAuditLogOfAnAccusedUnitDoesNotTellOfIt) {
  set_key();
  served.ledger->add_person(
      "insider", {{"9001", ledger::Role::Supervisor}, {"900101", ledger::Role::Supervisor}});
  served.ledger->add_person("auditor_1", {{"900101", ledger::Role::AuditAdmin}});
  ASSERT_EQ(accuse().status, 201U);
  served.ledger->add_person(
      "both", {{"9001", ledger::Role::Supervisor}, {"900102", ledger::Role::Supervisor}});
  served.ledger->add_person(
      "auditor_12", {{"900102", ledger::Role::AuditAdmin}, {"900101", ledger::Role::AuditAdmin}});
  ASSERT_EQ(served.get("both", "/api/v1/items/" + no).status, 200U);
  const std::string about = "/api/v1/audit?act=item_read&about=" + no;
  EXPECT_EQ(served.get("auditor", about).list("rows").size(), 1U) << "the search finds it";
  EXPECT_EQ(served.get("auditor_2", about).list("rows").size(), 1U) << "as does who is not accused";
  EXPECT_EQ(served.get("auditor_12", about).list("rows").size(), 0U);
  // That somebody asked for it in vain stands there as for any number.
  ASSERT_EQ(served.get("insider", "/api/v1/items/" + no).status, 404U);
  EXPECT_EQ(served.get("auditor_1", about).list("rows").size(), 1U);
}

// Headers are public: by them all reports are alike.
TEST_F(Reporting, NoHeaderTellsAnAccusationOrAnIdentity) {
  set_key();
  std::vector<std::vector<std::size_t>> shapes;
  const auto shape_of = [&](const std::string& body) {
    const std::uint64_t from = served.ledger->engine->published().size;
    EXPECT_EQ(
        served.ask({"POST", "/api/v1/requests", body, {"Content-Type: application/json"}}).status,
        201U)
        << body;
    std::vector<std::size_t> parts;
    const auto records = engine::records_from(*served.ledger->engine, Seq{from}, 100);
    for (const engine::OpenedRecord& each : *records) parts.push_back(each.record.parts.size());
    return parts;
  };
  const auto plain = shape_of(R"({"unit":"900101","text":"x"})");
  EXPECT_EQ(plain.size(), 3U);
  EXPECT_EQ(shape_of(R"({"accused":["900101"],"text":"x"})"), plain);
  EXPECT_EQ(shape_of(R"({"accused":["900101001","900101-zj"],"text":"x","words":"y"})"), plain);
  EXPECT_EQ(shape_of(R"({"unit":"900101","text":"x","manner":"named","name":"y"})"), plain);
  EXPECT_EQ(shape_of(R"({"unit":"9001","text":"x","manner":"receiver_only","name":"y"})"), plain);
}

// What the receiver attaches is for the receiver: for others it has no hash either, and a hash that
// somebody knows by another way tells him nothing.
TEST_F(Reporting, AFileKeptBackCannotBeNamed) {
  set_key();
  ASSERT_EQ(accuse().status, 201U);
  const std::string pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF what he photographed\n";
  const auto upload = [&](const char* person) {
    return served.post(person, "/api/v1/evidence", pdf, {"Content-Type: application/octet-stream"});
  };
  const Reply file = upload("chief");
  ASSERT_EQ(file.status, 201U) << file.body;
  const std::string sha256 = file.text("sha256");
  const std::string with_file = R"("evidence":[{"sha256":")" + sha256 + "\"}]";
  ASSERT_EQ(served.act("chief", no, "accept", "{" + with_file + "}").status, 200U);
  ASSERT_EQ(
      served.act("chief", no, "abstract", R"({"title":"救助金发放","text":"未足额发放"})").status,
      200U);
  ASSERT_EQ(served.act("deputy", no, "approve_abstract", "{}").status, 200U);
  ASSERT_EQ(served.act("chief", no, "assign", R"({"lead":"900102","due":"2019-10-31"})").status,
            200U);

  const std::string item = "/api/v1/items/" + no;
  std::string seq;
  const auto payload_of = [&](const char* person, const std::string& path) {
    for (const Json& record : served.get(person, path).list("records")) {
      if (*record.find("type")->as_text() != "evidence_added") continue;
      seq = record.find("seq")->dump();
      return record.find("payload")->dump();
    }
    return std::string("no such record");
  };
  for (const std::string& path : {item + "/history", std::string("/api/v1/journal?limit=200")}) {
    EXPECT_NE(payload_of("chief", path).find(sha256), std::string::npos) << path;
    EXPECT_EQ(payload_of("other", path), "null") << path;
  }
  const std::string proof = item + "/records/" + seq + "/proof";
  EXPECT_NE(served.get("chief", proof).body.find(sha256), std::string::npos);
  const Reply withheld = served.get("other", proof);
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}/records/{seq}/proof", withheld), "");
  EXPECT_EQ(withheld.at("payload"), Json());
  EXPECT_EQ(withheld.at("payload_salt"), Json());
  EXPECT_EQ(served.get("other", item + "/history").body.find(sha256), std::string::npos);

  // Named all the same: as if nobody had ever uploaded it, until he has himself.
  const std::string answer = R"({"text":"已办",)" + with_file + "}";
  EXPECT_EQ(served.act("other", no, "contact", R"({"text":"已联系"})").status, 200U);
  EXPECT_EQ(served.act("other", no, "answer", answer).code(), "evidence_unknown");
  EXPECT_EQ(upload("other").status, 201U);
  EXPECT_EQ(served.act("other", no, "answer", answer).status, 200U);
}

TEST_F(Reporting, SoManyFilesOfOneAccountWaitToBeNamed) {
  http::ServerOptions options;
  options.door.uploads.files = 1;
  Served small(options);
  const auto upload = [&](const std::string& text) {
    return small.post("fixer", "/api/v1/evidence", "%PDF-1.4\n" + text + "\n%%EOF\n",
                      {"Content-Type: application/octet-stream"});
  };
  EXPECT_EQ(upload("one").status, 201U);
  const Reply refused = upload("two");
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(refused.code(), "uploads_too_many");
}

// A name that was given openly is told on demand, and he sees to whom.
TEST_F(Reporting, EachReadingOfANameIsShownToHim) {
  const Reply sent = send({{"about", "900101"},
                           {"complains", "no"},
                           {"text", kSaw},
                           {"manner", "named"},
                           {"name", kName}});
  ASSERT_EQ(sent.status, 201U) << sent.body;
  no = between(sent.body, "<code id=\"item\">", "</code>");
  code = between(sent.body, "<code id=\"code\">", "</code>");
  const std::string item = "/api/v1/items/" + no;
  const std::string seq =
      served.get("supervisor", item + "/history").list("records")[1].find("seq")->dump();
  for (const std::string& path : {item, item + "/history", item + "/records/" + seq + "/proof"})
    EXPECT_EQ(served.get("supervisor", path).body.find(kName), std::string::npos) << path;
  EXPECT_EQ(follow().body.find("was told your name"), std::string::npos);

  EXPECT_EQ(served.ask({"POST", item + "/reporter", "", {}}).status, 401U);
  EXPECT_EQ(served.act("outsider", no, "reporter", "").code(), "item_unknown");
  const std::uint64_t before = served.ledger->engine->published().size;
  const Reply told = served.act("supervisor", no, "reporter", "");
  ASSERT_EQ(told.status, 200U) << told.body;
  EXPECT_EQ(breach("POST", "/api/v1/items/{no}/reporter", told), "");
  EXPECT_EQ(told.text("reporter"), kName);
  EXPECT_EQ(served.act("supervisor", no, "reporter", "").text("reporter"), kName);
  EXPECT_EQ(served.ledger->engine->published().size, before + 2) << "each time is recorded";
  const std::string page = follow().body;
  EXPECT_NE(page.find("was told your name"), std::string::npos);

  ASSERT_EQ(send({{"about", "900101"}, {"complains", "no"}, {"text", kSaw}}).status, 201U);
  set_key();
  ASSERT_EQ(accuse().status, 201U);
  EXPECT_EQ(served.act("chief", no, "reporter", "").code(), "reporter_unnamed");
}

TEST_F(Reporting, ProgramsSendJson) {
  set_key();
  const auto post = [&](const std::string& body) {
    return served.ask({"POST", "/api/v1/requests", body, {"Content-Type: application/json"}});
  };
  const Reply taken = post(R"({"accused":["900101001","900101-zj"],"text":"x"})");
  ASSERT_EQ(taken.status, 201U) << taken.body;
  EXPECT_EQ(breach("POST", "/api/v1/requests", taken), "");
  EXPECT_EQ(taken.text("receiver/code"), "9001") << "the nearest with a key above both";
  EXPECT_EQ(post(R"({"text":"x"})").code(), "field_required");
  EXPECT_EQ(post(R"({"unit":"nowhere","text":"x"})").code(), "unit_unknown");
  EXPECT_EQ(post(R"({"unit":"900101","text":""})").code(), "field_required");
  EXPECT_EQ(post(R"({"unit":"900101","text":"x","manner":"loud"})").code(), "field_bad");
  EXPECT_EQ(post(R"({"unit":"900101","text":"x","colour":"red"})").code(), "field_unknown");
  EXPECT_EQ(post(R"({"accused":["0"],"text":"x"})").code(), "report_no_receiver");
  EXPECT_EQ(post(R"({"accused":["900101"],"text":"x","manner":"named","name":"y"})").code(),
            "report_named_accusation");
  EXPECT_EQ(post(R"({"kind":"problem","unit":"900101","text":"x"})").code(), "reports_not_taken");
}

}  // namespace
}  // namespace tz::http_test
