// One problem and several units: parts, a call, shares of their own, and looks after the closing.
#include <chrono>

#include "http/kind_life.h"

namespace tz::http_test {
namespace {

class SeveralUnits : public KindLife {
 protected:
  SeveralUnits() : KindLife("2024-09-13") {}
  void open() {
    list(R"({"kind":"problem","unit":"900101001","source":"resident","category":"traffic",)"
         R"("title":"小区无处停车"})");
  }
  void close_it() {
    EXPECT_EQ(step("fixer", "request_closure", "{}"), "done");
    EXPECT_EQ(step("checker", "review", R"({"text":"齐全"})"), "done");
    const std::string second = std::to_string(served.ledger->post("checker_2").value);
    EXPECT_EQ(step("checker", "check", R"({"text":"属实","checkers":[)" + second + "]}"), "done");
    EXPECT_EQ(step("supervisor", "publicise", R"({"notice_last":"2024-09-30"})"), "done");
    day("2024-10-08");
    EXPECT_EQ(step("supervisor", "close", R"({"outcome":"fixed"})"), "done");
  }
  // Asked once the feed has taken in what was recorded.
  std::string calendar(const char* person) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!(served.get(person, "/api/v1/search?q=x").at("index_behind") == Json(false)))
      if (std::chrono::steady_clock::now() >= until) return "the feed does not get there";
    return served.get(person, "/api/v1/calendar.ics").body;
  }
  // "2024-10-10" as a calendar has it; empty: there is no such entry.
  std::string entry(const char* person, const std::string& clock) {
    const std::string feed = calendar(person);
    const std::size_t uid = feed.find("UID:" + no + "-" + clock + "@");
    const std::string start = "DTSTART;VALUE=DATE:";
    const std::size_t at = uid == std::string::npos ? uid : feed.find(start, uid);
    return at == std::string::npos ? "" : feed.substr(at + start.size(), 8);
  }
  std::string evidence() {
    const Reply file = served.post("fixer", "/api/v1/evidence", "%PDF-1.4\n1 0 obj\n%%EOF\n",
                                   {"Content-Type: application/octet-stream"});
    return file.text("sha256");
  }
};

TEST_F(SeveralUnits, EachHasItsPartAndTheClosingIsLookedAtAgain) {
  open();
  EXPECT_EQ(step("supervisor", "assign",
                 R"({"lead":"900101-zj","supporting":["900101-cg"],"due":"2024-10-31"})"),
            "part_missing");
  EXPECT_EQ(step("supervisor", "assign",
                 R"({"lead":"900101-zj","due":"2024-10-31","parts":[{"unit":"900101-cg",)"
                 R"("text":"拖走僵尸车","due":"2024-10-10"}]})"),
            "done");
  EXPECT_EQ(item().text("parts/0/text"), "拖走僵尸车");
  EXPECT_EQ(step("supervisor", "add_source",
                 R"({"source":"hotline","upstream_no":"12345-7","source_doc":"工单"})"),
            "done");
  EXPECT_EQ(item().text("more_sources/0/upstream_no"), "12345-7");
  EXPECT_EQ(step("fixer", "plan",
                 R"({"measures":[{"text":"划线","due":"2024-09-30"}],"criterion":"有车位"})"),
            "done");
  EXPECT_EQ(step("fixer", "report",
                 R"({"text":"已划线","measure":1,"done":true,"evidence":[{"sha256":")" +
                     evidence() + R"(","name":"验收单"}]})"),
            "done");
  EXPECT_EQ(step("fixer", "request_closure", "{}"), "parts_not_done");
  EXPECT_EQ(step("fixer_cg", "contribute", R"({"text":"已拖走"})"), "done");
  close_it();
  EXPECT_NE(clocks().find("look_back_3 runs 2025-01-08\n"), std::string::npos) << clocks();
  const std::string second = std::to_string(served.ledger->post("checker_2").value);
  day("2024-12-30");
  EXPECT_EQ(step("checker", "look_back_3",
                 R"({"found":"rebound","text":"又占了","checkers":[)" + second + "]}"),
            "done");
  const Reply back = item();
  EXPECT_EQ(back.text("state/id"), "reopened");
  EXPECT_EQ(back.text("closures/0/look_backs/0"), "rebound");
  EXPECT_EQ(back.at("closures/0/stands"), Json(false));
  history();
}

TEST_F(SeveralUnits, EachHasItsDayInItsCalendarAndWhoSupervisesWhatIsNear) {
  open();
  EXPECT_EQ(step("supervisor", "assign",
                 R"({"lead":"900101-zj","supervising":"900102","due":"2024-10-31",)"
                 R"("parts":[{"unit":"900101-cg","text":"拖走僵尸车","due":"2024-10-10"}]})"),
            "done");
  EXPECT_EQ(entry("fixer", "due"), "20241031");
  EXPECT_EQ(entry("fixer", "part"), "");
  EXPECT_EQ(entry("fixer_cg", "part"), "20241010");
  EXPECT_EQ(entry("fixer_cg", "due"), "");
  EXPECT_EQ(entry("supervisor", "due"), "") << "it is far off";
  EXPECT_EQ(step("fixer_cg", "contribute", R"({"text":"已拖走"})"), "done");
  EXPECT_EQ(entry("fixer_cg", "part"), "");
  day("2024-10-08");
  EXPECT_EQ(entry("supervisor", "due"), "20241031") << "it lies below";
  EXPECT_EQ(entry("outsider", "due"), "20241031") << "the unit is named";
  EXPECT_EQ(entry("checker", "due"), "");
  day("2024-11-08");
  EXPECT_EQ(entry("supervisor", "due"), "20241031") << "it is over";
}

TEST_F(SeveralUnits, AboveWhichNobodyStandsTakeNoPartAndMissingVerifiersAreTold) {
  open();
  EXPECT_EQ(item().at("checkers"), Json()) << "nobody leads it";
  EXPECT_EQ(step("supervisor", "assign", R"({"lead":"0","due":"2024-10-31"})"), "nobody_to_check");
  EXPECT_EQ(step("supervisor", "assign", R"({"lead":"900101-zj","due":"2024-10-31"})"), "done");
  EXPECT_EQ(item().at("checkers"), Json()) << "two stand above it";
  EXPECT_EQ(step("supervisor", "reassign", R"({"lead":"900101","due":"2024-10-31","reason":"x"})"),
            "done");
  EXPECT_EQ(item().at("checkers/there"), Json(std::int64_t{1})) << "the other is of the unit";
  EXPECT_EQ(item().at("checkers/needed"), Json(std::int64_t{2}));
}

TEST_F(SeveralUnits, SharesAreItemsOfTheirOwn) {
  open();
  EXPECT_EQ(step("supervisor", "assign", R"({"lead":"900101-zj","due":"2024-10-31"})"), "done");
  EXPECT_EQ(step("fixer", "plan",
                 R"({"measures":[{"text":"划线","due":"2024-09-30"}],"criterion":"有车位"})"),
            "done");
  EXPECT_EQ(step("supervisor", "split",
                 R"({"reason":"分头整改","shares":[{"lead":"900101-cg","title":"拖车",)"
                 R"("due":"2024-10-10"},{"lead":"900101-zj","title":"划线","due":"2024-10-10"}]})"),
            "done");
  const std::string whole = no;
  const Reply shown = item();
  ASSERT_EQ(shown.list("shares").size(), 2U);
  EXPECT_EQ(step("fixer", "request_closure", "{}"), "measures_not_done");
  no = shown.text("shares/0");
  const Reply share = item();
  EXPECT_EQ(share.text("share_of"), whole);
  EXPECT_EQ(share.text("title"), "拖车");
  EXPECT_EQ(share.text("lead/code"), "900101-cg");
  EXPECT_EQ(share.text("state/id"), "assigned");
  history();
}

}  // namespace
}  // namespace tz::http_test
