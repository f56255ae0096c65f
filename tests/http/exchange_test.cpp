// Tables over the wire: what is seen goes out, what is right comes in, and nothing else does.
#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "base/csv.h"
#include "exchange/xlsx_file.h"
#include "exchange/xlsx_parts_test.h"
#include "http/contract.h"

namespace tz::http_test {
namespace {

constexpr const char* kImports = "/api/v1/imports?unit=900101001";
constexpr const char* kMarked = "/api/v1/imports/marked?unit=900101001";
const std::string kFile = "Content-Type: application/octet-stream";

Table csv_of(const Reply& reply) {
  EXPECT_EQ(reply.status, 200U) << reply.body;
  const auto read = parse_csv(reply.body);
  return read.ok() ? *read : Table();
}

Table sheet_of(const Reply& reply) {
  EXPECT_EQ(reply.status, 200U) << reply.body.substr(0, 500);
  const auto read = exchange::read_xlsx(as_bytes(reply.body));
  EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.error().code);
  return read.ok() ? read->table : Table();
}

// A spreadsheet of these rows of texts.
std::string xlsx_of(const std::vector<std::vector<std::string>>& rows) {
  exchange::Workbook book;
  for (const auto& row : rows) {
    book.rows += "<row>";
    for (const std::string& cell : row)
      book.rows += "<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
    book.rows += "</row>";
  }
  return std::string(as_text(book.bytes()));
}

class Exchange : public testing::Test {
 protected:
  Reply bring(const std::string& person, const std::string& path, const std::string& body,
              std::vector<std::string> headers = {}) {
    headers.push_back(kFile);
    return served.post(person, path, body, headers);
  }
  std::size_t listed(const std::string& person) {
    return served.get(person, "/api/v1/items?limit=200").list("items").size();
  }

  Served served;
};

TEST_F(Exchange, WhatIsSeenGoesOut) {
  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "=1+1 楼道"));
  served.ledger->open_problem("900101001002", "路灯,\"西\"侧不亮");
  served.post("outsider", "/api/v1/items",
              R"({"kind":"problem","unit":"900102001001","source":"resident","title":"别区的"})");
  served.act("supervisor", no, "assign", R"({"lead":"900101-zj","due":"2019-09-12"})");
  const Reply file = served.get("supervisor", "/api/v1/exports/items.csv");
  EXPECT_EQ(file.header("content-type"), "text/csv; charset=utf-8");
  EXPECT_NE(file.header("content-disposition").find("attachment; filename=\"items-2019-"),
            std::string::npos);
  Table csv = csv_of(file);
  ASSERT_EQ(csv.size(), 4U);
  EXPECT_NE(
      csv[0].cells[0].find(std::to_string(served.ledger->engine->published().view->position())),
      std::string::npos);
  EXPECT_EQ(csv[2].cells[2], "路灯,\"西\"侧不亮");
  EXPECT_EQ(csv[3].cells[2], "'=1+1 楼道");
  EXPECT_EQ(csv[3].cells[8], "甲区住建局");
  EXPECT_EQ(csv[3].cells[10], "2019-09-12");
  EXPECT_EQ(file.body.find("别区的"), std::string::npos);
  const Table sheet = sheet_of(served.get("supervisor", "/api/v1/exports/items.xlsx"));
  ASSERT_EQ(sheet.size(), 4U);
  EXPECT_EQ(sheet[3].cells[2], "=1+1 楼道");
  EXPECT_EQ(sheet[3].cells[0], no);
}

TEST_F(Exchange, TheQuestionIsTheLists) {
  const std::string one = ledger::to_text(served.ledger->open_problem("900101001001", "甲"));
  served.ledger->open_problem("900101001002", "乙");
  served.act("supervisor", one, "assign", R"({"lead":"900101-zj","due":"2019-09-12"})");
  for (const char* query :
       {"", "unit=900101001001", "unit=900101", "phase=assigned", "kind=problem&state=registered",
        "lead=900101-zj", "overdue=true", "overdue=false", "open=true", "due_to=2019-09-30",
        "sort=due", "sort=unit&order=asc"}) {
    const Reply list = served.get("supervisor", std::string("/api/v1/items?") + query);
    std::vector<std::string> listed;
    for (const Json& item : list.list("items")) listed.push_back(*item.find("item")->as_text());
    for (const char* kind : {"csv", "xlsx"}) {
      const Reply file = served.get(
          "supervisor", "/api/v1/exports/items." + std::string(kind) + "?columns=item&" + query);
      const Table table = std::string(kind) == "csv" ? csv_of(file) : sheet_of(file);
      std::vector<std::string> out;
      for (std::size_t i = 2; i < table.size(); ++i) out.push_back(table[i].cells[0]);
      EXPECT_EQ(out, listed) << query;
    }
  }
  const auto code = [&](const std::string& query) {
    return served.get("supervisor", "/api/v1/exports/items.csv?" + query).code();
  };
  EXPECT_EQ(code("cursor=" + one), "query_unknown");
  EXPECT_EQ(code("limit=5"), "query_unknown");
  EXPECT_EQ(code("offset=5"), "query_unknown");
  EXPECT_EQ(code("columns=item,colour"), "query_bad");
  EXPECT_EQ(code("columns=item,item"), "query_bad");
  EXPECT_EQ(code("columns="), "query_bad");
  EXPECT_EQ(code("lang=fr"), "query_bad");
  EXPECT_EQ(code("unit=nowhere"), "unit_unknown");
}

TEST_F(Exchange, HeadersAreInTheLanguageAskedFor) {
  const auto header = [&](const std::string& query, const std::vector<std::string>& headers) {
    Ask ask{"GET", "/api/v1/exports/items.csv?columns=title,state" + query, "", headers};
    ask.headers.push_back("Authorization: Bearer " + served.ledger->token("supervisor"));
    return csv_of(served.ask(ask))[1].cells;
  };
  using Cells = std::vector<std::string>;
  EXPECT_EQ(header("", {}), (Cells{"标题", "状态"}));
  EXPECT_EQ(header("", {"Accept-Language: en"}), (Cells{"Title", "State"}));
  EXPECT_EQ(header("&lang=zh-CN", {"Accept-Language: en"}), (Cells{"标题", "状态"}));
}

TEST_F(Exchange, WhoSeesNothingGetsAnEmptyTable) {
  served.ledger->open_problem("900101001001", "甲");
  EXPECT_EQ(csv_of(served.get("admin", "/api/v1/exports/items.csv")).size(), 2U);
  EXPECT_EQ(csv_of(served.get("fixer", "/api/v1/exports/items.csv")).size(), 2U);
  EXPECT_EQ(served.ask({"GET", "/api/v1/exports/items.xlsx", "", {}}).status, 401U);
}

TEST_F(Exchange, ADestroyedTitleIsNotGivenOut) {
  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "王某的电话"));
  const Reply history = served.get("recorder", "/api/v1/items/" + no + "/history");
  const std::string seq = history.at("records/0/seq").dump();
  ASSERT_EQ(served
                .post("recorder", "/api/v1/items/" + no + "/redact",
                      R"({"record":)" + seq + R"(,"part":0,"reason":"误录"})",
                      {"If-Match: \"" + seq + "\""})
                .status,
            200U);
  EXPECT_EQ(csv_of(served.get("recorder", "/api/v1/exports/items.csv"))[2].cells[2], "（已销毁）");
}

TEST_F(Exchange, TheTemplateIsForAnybodyAndCanBeFilledIn) {
  const Reply file =
      served.ask({"GET", "/api/v1/templates/items.xlsx?unit=900101001&lang=en", "", {}});
  EXPECT_EQ(file.header("content-type"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  const Table table = sheet_of(file);
  ASSERT_EQ(table.size(), 1U);
  EXPECT_EQ(table[0].cells[1], "Title");
  EXPECT_EQ(bring("recorder", kImports, file.body).code(), "nothing_to_do");
  EXPECT_EQ(served.ask({"GET", "/api/v1/templates/items.xlsx?unit=x", "", {}}).status, 400U);
  EXPECT_EQ(served.ask({"GET", "/api/v1/templates/items.xlsx?kind=poem", "", {}}).code(),
            "kind_unknown");
}

TEST_F(Exchange, AnImportIsTakenWholeAndInItsSendersName) {
  const std::string rows =
      "标题,来源,单位代码\r\n甲,居民上报,900101001001 和平社区\r\n乙,resident,\r\n";
  const Reply dry = bring("recorder", std::string(kImports) + "&dry_run=yes", rows);
  ASSERT_EQ(dry.status, 200U) << dry.body;
  EXPECT_EQ(breach("POST", "/api/v1/imports", dry), "");
  EXPECT_EQ(dry.at("rows"), Json(2));
  EXPECT_EQ(dry.at("taken"), Json(0));
  EXPECT_TRUE(dry.at("import").is_null());
  EXPECT_EQ(listed("supervisor"), 0U);
  const Reply taken = bring("recorder", kImports, rows);
  ASSERT_EQ(taken.status, 200U) << taken.body;
  EXPECT_EQ(breach("POST", "/api/v1/imports", taken), "");
  EXPECT_EQ(taken.at("taken"), Json(2));
  EXPECT_FALSE(taken.at("import").is_null());
  EXPECT_EQ(listed("supervisor"), 2U);
  const Reply list = served.get("recorder", "/api/v1/items");
  const Reply item = served.get("recorder", "/api/v1/items/" + list.text("items/0/item"));
  EXPECT_EQ(item.text("recorder/unit/code"), "900101001");
  EXPECT_EQ(
      bring("recorder", kImports, xlsx_of({{"Title", "Source"}, {"丙", "Report of a resident"}}))
          .at("taken"),
      Json(1));
  EXPECT_EQ(listed("supervisor"), 3U);
}

TEST_F(Exchange, SentAgainWithItsKeyAnImportCountsOnce) {
  const std::string rows = "title,source\r\n甲,resident\r\n";
  const Reply first = bring("recorder", kImports, rows, {"Idempotency-Key: k1"});
  const Reply again = bring("recorder", kImports, rows, {"Idempotency-Key: k1"});
  EXPECT_EQ(first.at("repeated"), Json(false));
  EXPECT_EQ(again.at("repeated"), Json(true)) << again.body;
  EXPECT_EQ(again.at("import"), first.at("import"));
  EXPECT_EQ(listed("supervisor"), 1U);
  EXPECT_EQ(served.ledger->engine->published().view->row_count(), 1U) << "nothing is staged again";
  EXPECT_EQ(bring("recorder", kImports, rows + "乙,resident\r\n", {"Idempotency-Key: k1"}).code(),
            "idempotency_mismatch");
  EXPECT_EQ(listed("supervisor"), 1U);
}

TEST_F(Exchange, TheSameFileIsTakenTwiceOnlyIfThatIsSaid) {
  const std::string rows = "title,source\r\n甲,resident\r\n";
  const std::string again = std::string(kImports) + "&again=yes";
  EXPECT_EQ(bring("recorder", kImports, rows).status, 200U);
  EXPECT_EQ(bring("recorder", kImports, rows).code(), "import_repeated");
  EXPECT_EQ(bring("recorder", kImports, rows, {"Idempotency-Key: k2"}).code(), "import_repeated");
  EXPECT_EQ(bring("recorder", std::string(kImports) + "&dry_run=yes", rows).code(),
            "import_repeated");
  EXPECT_EQ(listed("supervisor"), 1U);
  const Reply second = bring("recorder", again, rows, {"Idempotency-Key: k3"});
  EXPECT_EQ(second.at("repeated"), Json(false)) << second.body;
  EXPECT_EQ(bring("recorder", again, rows, {"Idempotency-Key: k3"}).at("import"),
            second.at("import"));
  EXPECT_EQ(listed("supervisor"), 2U);
}

// While the engine is held, whichever comes first waits for it, and the other is told so.
TEST_F(Exchange, AnAccountImportsOneTableAtATime) {
  std::promise<void> held;
  std::promise<void> go;
  std::promise<void> first_answer;
  std::atomic<int> answers{0};
  served.ledger->engine->submit({}, [&](const Result<engine::Receipt>&) {
    held.set_value();
    go.get_future().wait();
  });
  held.get_future().wait();
  const auto import = [&] {
    const Reply reply = bring("recorder", kImports, "title,source\n甲,resident\n");
    if (answers++ == 0) first_answer.set_value();
    return reply.code();
  };
  auto one = std::async(std::launch::async, import);
  auto other = std::async(std::launch::async, import);
  first_answer.get_future().wait();
  go.set_value();
  EXPECT_EQ(one.get() + other.get(), "import_busy");
  EXPECT_EQ(listed("supervisor"), 1U);
}

TEST_F(Exchange, WithAnyFaultNothingIsTaken) {
  const std::string rows =
      "title,source,单位代码,due\r\n甲,resident,,\r\n,moon,900102001001,soon\r\n";
  const Reply faulty = bring("recorder", kImports, rows, {"Accept-Language: en"});
  EXPECT_EQ(faulty.status, 422U);
  EXPECT_EQ(faulty.code(), "import_faulty");
  EXPECT_EQ(breach("POST", "/api/v1/imports", faulty), "");
  EXPECT_EQ(faulty.at("rows"), Json(2));
  EXPECT_EQ(faulty.at("taken"), Json(0));
  EXPECT_EQ(faulty.at("faults_total"), Json(4));
  std::string told;
  for (const Json& fault : faulty.list("faults")) {
    EXPECT_EQ(*fault.find("row"), Json(3));
    EXPECT_FALSE(fault.find("detail")->as_text()->empty());
    told += fault.find("column")->dump() + *fault.find("code")->as_text() + " ";
  }
  EXPECT_EQ(told,
            "\"title\"field_required \"source\"source_unknown \"单位代码\"unit_outside "
            "\"due\"bad_day ");
  EXPECT_EQ(listed("supervisor"), 0U);
}

TEST_F(Exchange, OnlyWhoMayListThereMayImport) {
  const std::string rows = "title,source\r\n甲,resident\r\n";
  for (const char* person : {"admin", "fixer", "checker", "outsider"})
    for (const char* path : {kImports, kMarked}) {
      const Reply reply = bring(person, path, rows);
      EXPECT_EQ(reply.status, 403U) << person;
      EXPECT_EQ(reply.code(), "not_permitted");
      // Not even whether his file is any good.
      EXPECT_EQ(bring(person, path, "PK\x03\x04").code(), "not_permitted");
    }
  EXPECT_EQ(served.ask({"POST", kImports, rows, {kFile}}).status, 401U);
  EXPECT_EQ(bring("recorder", "/api/v1/imports?unit=0", rows).code(), "not_permitted");
  EXPECT_EQ(bring("recorder", "/api/v1/imports", rows).code(), "field_required");
  EXPECT_EQ(bring("recorder", "/api/v1/imports?unit=nowhere", rows).status, 400U);
  EXPECT_EQ(bring("recorder", std::string(kImports) + "&kind=poem", rows).code(), "kind_unknown");
  EXPECT_EQ(bring("recorder", std::string(kImports) + "&dry_run=perhaps", rows).code(),
            "query_bad");
  EXPECT_EQ(bring("recorder", std::string(kImports) + "&post=99", rows).code(), "not_permitted");
  EXPECT_EQ(listed("supervisor"), 0U);
}

TEST_F(Exchange, BombsAndBrokenFilesAreRefused) {
  exchange::Workbook bomb;
  bomb.rows = std::string(16 << 20, ' ');
  exchange::Workbook doctype;
  doctype.head = exchange::kXmlHead + "<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
  doctype.rows = "<row><c t=\"str\"><v>&x;</v></c></row>";
  const std::string whole = xlsx_of({{"title", "source"}, {"甲", "resident"}});
  const std::string ole =
      std::string("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) + std::string(600, 'x');
  std::string many_rows = "title\n";
  for (int i = 0; i < 100'001; ++i) many_rows += "x\n";
  struct Case {
    std::string body;
    unsigned status;
    const char* code;
  };
  for (const Case& each :
       std::vector<Case>{{std::string(as_text(bomb.bytes())), 413, "table_too_large"},
                         {std::string(as_text(doctype.bytes())), 400, "xlsx_doctype"},
                         {whole.substr(0, whole.size() / 2), 400, "xlsx_damaged"},
                         {ole, 400, "xlsx_old_format"},
                         {std::string(as_text(exchange::zip_of(doctype.parts(), "secret"))), 400,
                          "xlsx_encrypted"},
                         {"%PDF-1.4 \xff\xff\xff", 400, "text_encoding"},
                         {"a,\"b\n", 400, "csv_malformed"},
                         {"", 400, "column_missing"},
                         {many_rows, 413, "table_too_large"}}) {
    for (const char* path : {kImports, kMarked}) {
      const Reply reply = bring("recorder", path, each.body);
      EXPECT_EQ(reply.status, each.status) << each.code << reply.body.substr(0, 200);
      EXPECT_EQ(reply.code(), each.code);
      EXPECT_FALSE(reply.text("detail").empty());
    }
  }
  EXPECT_EQ(listed("supervisor"), 0U);
}

TEST_F(Exchange, AMarkedSheetComesBackMendedAndIsTaken) {
  const Reply marked = bring(
      "recorder", kMarked,
      xlsx_of({{"标题", "来源", "整改时限"}, {"甲", "月球", "2019-09-30"}, {"", "调研", "soon"}}));
  Table table = sheet_of(marked);
  ASSERT_EQ(table.size(), 3U);
  EXPECT_EQ(table[1].cells, (std::vector<std::string>{"甲", "月球", "2019-09-30"}));
  EXPECT_EQ(table[2].cells, (std::vector<std::string>{"", "调研", "soon"}));
  EXPECT_NE(marked.body.find("xl/comments1.xml"), std::string::npos);
  EXPECT_EQ(listed("supervisor"), 0U);
  table[1].cells[1] = "居民上报";
  table[2].cells = {"乙", "调研", "2019-10-01"};
  std::vector<std::vector<std::string>> mended;
  for (const TableRow& row : table) mended.push_back(row.cells);
  EXPECT_EQ(bring("recorder", kImports, xlsx_of(mended)).at("taken"), Json(2));
  const Reply right = bring("recorder", kMarked, xlsx_of(mended));
  EXPECT_EQ(sheet_of(right).size(), 3U);
  EXPECT_EQ(right.body.find("xl/comments1.xml"), std::string::npos);
}

// What the list of an inspection says of each finding, and who may accept it.
const std::string kFindings =
    "标题,来源,来源编号,来源文件,来源批次,反馈日期,整改时限,整改目标,重点措施,整改实施主体,"
    "验收单位\r\n";
std::string finding(const std::string& title, const std::string& number, const std::string& batch) {
  return title + ",中央环保督察," + number + ",督察反馈意见," + batch +
         ",2019-09-02,2019-12-31,达标,治理,900101-zj 甲区住建局;900101-cg,9001\r\n";
}

TEST_F(Exchange, FindingsComeInWithAllThatTheirListSays) {
  const Reply taken = bring("recorder", kImports, kFindings + finding("甲", "督-1", "second"));
  ASSERT_EQ(taken.status, 200U) << taken.body;
  const std::string no = served.get("recorder", "/api/v1/items").text("items/0/item");
  const Reply item = served.get("recorder", "/api/v1/items/" + no);
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}", item), "");
  EXPECT_EQ(item.text("batch"), "second");
  EXPECT_EQ(item.text("feedback"), "2019-09-02");
  EXPECT_EQ(item.text("implementing/0/code"), "900101-zj");
  EXPECT_EQ(item.text("implementing/1/code"), "900101-cg");
  EXPECT_EQ(item.text("to_accept/code"), "9001");
  EXPECT_EQ(item.text("target"), "达标");
  EXPECT_EQ(item.text("key_measures"), "治理");
  EXPECT_TRUE(item.at("special").is_null());
}

TEST_F(Exchange, OfFindingsEveryFaultStandsAtItsCellAndNothingIsTaken) {
  const Reply faulty =
      bring("recorder", kImports,
            kFindings + finding("甲", "督-1", "second") + finding("乙", "督-1", "second") +
                "丙,中央环保督察,,,第二批,2019-09-10,2019-09-01,,,900101-zj,900101-zj\r\n");
  EXPECT_EQ(faulty.code(), "import_faulty");
  std::string told;
  for (const Json& fault : faulty.list("faults"))
    told += fault.find("row")->dump() + *fault.find("column")->as_text() + " " +
            *fault.find("code")->as_text() + "; ";
  EXPECT_EQ(told,
            "3来源编号 upstream_no_twice; 4来源编号 field_required; 4来源文件 field_required; "
            "4来源批次 code_bad; 4反馈日期 feedback_in_future; 4整改时限 due_in_past; "
            "4整改目标 field_required; 4重点措施 field_required; 4验收单位 verifier_is_fixer; ");
  EXPECT_EQ(listed("supervisor"), 0U);
}

TEST_F(Exchange, FindingsSentAgainWithTheirKeyHaveNoFaults) {
  const std::string rows = kFindings + finding("甲", "督-1", "second");
  const Reply first = bring("recorder", kImports, rows, {"Idempotency-Key: k1"});
  const Reply again = bring("recorder", kImports, rows, {"Idempotency-Key: k1"});
  EXPECT_EQ(first.at("faults_total"), Json(0)) << first.body;
  EXPECT_EQ(again.at("faults_total"), Json(0)) << again.body;
  EXPECT_EQ(again.at("repeated"), Json(true));
}

TEST_F(Exchange, WhatIsInTheLedgerIsNotTakenInAgain) {
  const std::string first = kFindings + finding("甲", "督-1", "second");
  ASSERT_EQ(bring("recorder", kImports, first).status, 200U);
  const auto codes = [&](const std::string& rows) {
    std::string out;
    const Reply reply = bring("recorder", std::string(kImports) + "&dry_run=yes", rows);
    for (const Json& fault : reply.list("faults")) out += *fault.find("code")->as_text() + " ";
    return out;
  };
  EXPECT_EQ(codes(kFindings + finding("甲", "督-1", "second") + finding("乙", "督-2", "second")),
            "upstream_no_known ");
  EXPECT_EQ(codes(kFindings + finding("甲", "督-1", "third")), "");
  // Another source's number becomes known too; what was withdrawn is known no more.
  const std::string no = served.get("recorder", "/api/v1/items").text("items/0/item");
  const auto version = [&] {
    return "If-Match: \"" + served.get("recorder", "/api/v1/items/" + no).at("version").dump() +
           "\"";
  };
  ASSERT_EQ(served
                .post("recorder", "/api/v1/items/" + no + "/add_source",
                      R"({"source":"audit","upstream_no":"审-7","batch":"y2019"})", {version()})
                .status,
            200U);
  const std::string audited =
      "丙,审计,审-7,审计报告,y2019,,2019-12-31,达标,治理,900101-zj,9001\r\n";
  EXPECT_EQ(codes(kFindings + audited), "upstream_no_known ");
  ASSERT_EQ(served
                .post("recorder", "/api/v1/items/" + no + "/withdraw", R"({"reason":"重复"})",
                      {version()})
                .status,
            200U);
  EXPECT_EQ(codes(kFindings + audited + finding("甲", "督-1", "second")), "");
}

TEST_F(Exchange, ByHandTheNumberOfAFindingIsNotGivenAgainEither) {
  const std::string rows = kFindings + finding("甲", "督-1", "second");
  ASSERT_EQ(bring("recorder", kImports, rows).status, 200U);
  const std::string first = served.get("recorder", "/api/v1/items").text("items/0/item");
  const auto list = [&](const std::string& number, const std::string& key) {
    return served.post("recorder", "/api/v1/items",
                       R"({"kind":"problem","unit":"900101001001","title":"乙","batch":"second",)"
                       R"("source":"central_inspection","source_doc":"反馈意见","target":"达标",)"
                       R"("due":"2019-12-31","key_measures":"治理","accepting":"9001",)"
                       R"("implementing":["900101-zj"],"upstream_no":")" +
                           number + R"("})",
                       {"Idempotency-Key: " + key});
  };
  const Reply known = list("督-1", "k1");
  EXPECT_EQ(known.code(), "upstream_no_known");
  EXPECT_EQ(known.text("facts/item"), first);
  const Reply second = list("督-2", "k2");
  ASSERT_EQ(second.status, 201U) << second.body;
  EXPECT_EQ(list("督-2", "k2").text("item"), second.text("item")) << "the same answer again";
  EXPECT_EQ(list("督-2", "k3").code(), "upstream_no_known");
  const std::string no = second.text("item");
  const auto change = [&](const std::string& step, const std::string& body) {
    return served.post("recorder", "/api/v1/items/" + no + "/" + step, body,
                       {"If-Match: \"" +
                        served.get("recorder", "/api/v1/items/" + no).at("version").dump() + "\""});
  };
  const auto correct = [&](const std::string& number) {
    return change("correct",
                  R"({"field":"upstream_no","reason":"填错","value":")" + number + R"("})");
  };
  EXPECT_EQ(correct("督-1").code(), "upstream_no_known");
  EXPECT_EQ(correct("督-2").status, 200U) << "its own";
  const std::string third = kFindings + finding("丙", "督-2", "third");
  ASSERT_EQ(bring("recorder", kImports, third).status, 200U);
  EXPECT_EQ(change("correct", R"({"field":"batch","reason":"填错","value":"third"})").code(),
            "upstream_no_known");
  EXPECT_EQ(change("add_source",
                   R"({"source":"central_inspection","batch":"second","upstream_no":"督-1"})")
                .code(),
            "upstream_no_known");
}

}  // namespace
}  // namespace tz::http_test
