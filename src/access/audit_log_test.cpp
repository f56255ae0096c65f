// The audit log: rows stay, their chain holds, and what is changed, cut or full is found.
#include "access/audit_log.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "access/audit_files.h"
#include "access/audit_reading.h"

namespace tz::access {
namespace {

namespace fs = std::filesystem;

class StandingClock final : public Clock {
 public:
  Instant now() override { return at; }
  void days(std::int64_t count) { at.us += count * kDayUs; }
  Instant at{*parse_instant("2019-11-05T08:00:00.123456Z")};
};

AuditRow row(std::uint64_t account, const std::string& act, const std::string& about = "",
             const std::string& result = "ok") {
  AuditRow out;
  out.account = AccountId{account};
  out.by = "token";
  out.from = "10.0.0.7";
  out.act = act;
  out.about = about;
  out.result = result;
  out.request = "00c0ffee00000001";
  return out;
}

class AuditTest : public testing::Test {
 protected:
  AuditTest() {
    std::string pattern = testing::TempDir() + "/audit_XXXXXX";
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    parent = pattern;
    folder = pattern + "/audit";
  }
  ~AuditTest() override { fs::remove_all(parent); }

  Result<std::unique_ptr<AuditLog>> try_open(std::optional<AuditHead> known = {}) {
    return AuditLog::open({folder, rules}, clock, known);
  }
  std::unique_ptr<AuditLog> open() {
    auto log = try_open();
    EXPECT_TRUE(log.ok()) << (log.ok() ? "" : log.error().code);
    return *std::move(log);
  }
  // So many rows of one account, all on the disk; the head after them.
  AuditHead fill(std::size_t count) {
    const auto log = open();
    for (std::size_t i = 0; i < count; ++i)
      EXPECT_TRUE(log->record(row(3, "item_read", "A-" + std::to_string(i))).ok());
    return log->durable();
  }
  // The code of the first finding; empty where all holds.
  std::string found(const std::vector<AuditHead>& known = {}) {
    const auto report = verify_audit(folder, known);
    EXPECT_TRUE(report.ok());
    return report->findings.empty() ? "" : report->findings[0].code;
  }
  std::string fact(const std::string& name) {
    const auto report = verify_audit(folder, {});
    for (const auto& [key, value] : report->findings.at(0).facts)
      if (key == name) return value;
    return "";
  }
  std::vector<std::string> files() {
    std::vector<std::string> out;
    for (const AuditSegment& segment : *audit_segments(folder)) out.push_back(segment.name);
    return out;
  }
  std::string newest() { return folder + "/" + files().back(); }
  std::string content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
  }
  void put(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
  }
  void exchange(const std::string& from, const std::string& to) {
    std::string text = content(newest());
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, from.size(), to);
    put(newest(), text);
  }

  std::string parent;
  std::string folder;
  StandingClock clock;
  AuditRules rules;
};

TEST_F(AuditTest, RowsAreReadBackAsTheyWereWritten) {
  fill(3);
  const auto page = search_audit(folder, {});
  ASSERT_TRUE(page.ok());
  ASSERT_EQ(page->rows.size(), 3U);
  EXPECT_EQ(page->rows[0].seq, 2U);
  EXPECT_EQ(page->rows[0].row.about, "A-2");
  EXPECT_EQ(page->rows[0].row.account, AccountId{3});
  EXPECT_EQ(page->rows[0].row.from, "10.0.0.7");
  EXPECT_EQ(page->rows[0].at, Instant{clock.at.us / 1000 * 1000});
  EXPECT_FALSE(page->next.has_value());
  EXPECT_EQ(found(), "");
  EXPECT_EQ(files(), std::vector<std::string>{"2019-11-000000000000.log"});
}

TEST_F(AuditTest, GoesOnWhereItWasAfterAStart) {
  const AuditHead first = fill(2);
  const AuditHead second = fill(2);
  EXPECT_EQ(first.rows, 2U);
  EXPECT_EQ(second.rows, 4U);
  EXPECT_EQ(found({first, second}), "");
}

TEST_F(AuditTest, ARowThatWasChangedIsNamed) {
  fill(5);
  exchange("A-2", "A-9");
  EXPECT_EQ(found(), "audit_row_changed");
  EXPECT_EQ(fact("seq"), "2");
}

TEST_F(AuditTest, ARowTakenOutIsNamed) {
  fill(5);
  std::string text = content(newest());
  const std::size_t at = text.find("A-2");
  const std::size_t begin = text.rfind('\n', at) + 1;
  text.erase(begin, text.find('\n', at) + 1 - begin);
  put(newest(), text);
  EXPECT_EQ(found(), "audit_row_missing");
  EXPECT_EQ(fact("seq"), "2");
  EXPECT_EQ(try_open().error().code, "audit_damaged");
}

TEST_F(AuditTest, EveryByteOfARowCounts) {
  fill(3);
  const std::string whole = content(newest());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = changed[at] == '1' ? '2' : '1';
    put(newest(), changed);
    // Without its end the last line is one that was still being written.
    if (at + 1 == whole.size()) continue;
    EXPECT_NE(found(), "") << "byte " << at;
  }
}

TEST_F(AuditTest, AnEndCutOffIsFoundByWhoeverKeptTheHead) {
  const AuditHead head = fill(4);
  std::string text = content(newest());
  text.resize(text.rfind('\n', text.size() - 2) + 1);
  put(newest(), text);
  EXPECT_EQ(found(), "");
  EXPECT_EQ(found({head}), "audit_cut");
  EXPECT_EQ(try_open(head).error().code, "audit_cut");
}

TEST_F(AuditTest, AChainMadeAnewIsFoundByWhoeverKeptTheHead) {
  const AuditHead head = fill(4);
  fs::remove_all(folder);
  EXPECT_EQ(try_open(head).error().code, "audit_missing");
  fs::remove_all(folder);
  clock.days(1);
  fill(6);
  EXPECT_EQ(found(), "");
  EXPECT_EQ(found({head}), "audit_head_wrong");
  EXPECT_EQ(try_open(head).error().code, "audit_changed");
}

TEST_F(AuditTest, ALineThatACrashToreIsEnded) {
  fill(2);
  put(newest(), content(newest()) + "0123456789abcdef {\"se");
  EXPECT_EQ(found(), "");
  EXPECT_EQ(fill(1).rows, 3U);
  EXPECT_EQ(found(), "");
}

TEST_F(AuditTest, EachMonthHasItsFileAndOldOnesGoByTheRules) {
  rules.keep_days = 60;
  const AuditHead old = fill(2);
  for (int month = 0; month < 4; ++month) {
    clock.days(31);
    fill(2);
  }
  const auto names = files();
  EXPECT_EQ(names.front(), "2020-01-000000000004.log");
  EXPECT_EQ(found({old}), "");
  const auto page = search_audit(folder, {});
  EXPECT_EQ(page->rows.back().seq, 4U);
  AuditQuestion dropped;
  dropped.act = "audit_dropped";
  EXPECT_EQ(search_audit(folder, dropped)->rows.size(), 2U);
  // What was not dropped by the rules but by hand is not accounted for.
  fs::remove(folder + "/" + names.front());
  EXPECT_EQ(found(), "audit_drop_unsaid");
}

TEST_F(AuditTest, WhatDoesNotFitIsRefusedBeforeItIsDone) {
  rules.bytes_max = 4096;
  const auto log = open();
  std::size_t taken = 0;
  while (log->record(row(1, "item_read")).ok()) ++taken;
  EXPECT_GT(taken, 5U);
  EXPECT_EQ(log->hold().error().code, "audit_full");
  EXPECT_LE(fs::file_size(newest()), rules.bytes_max);
  EXPECT_EQ(log->durable().rows, taken);
  EXPECT_EQ(found({log->durable()}), "");
}

TEST_F(AuditTest, ManyThreadsWriteOneChain) {
  const auto log = open();
  std::vector<std::thread> threads;
  for (std::uint64_t thread = 1; thread <= 4; ++thread)
    threads.emplace_back([&log, thread] {
      for (int i = 0; i < 100; ++i) ASSERT_TRUE(log->record(row(thread, "item_read")).ok());
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(log->durable().rows, 400U);
  EXPECT_EQ(found({log->durable()}), "");
}

TEST_F(AuditTest, IsSearchedByEveryField) {
  {
    const auto log = open();
    for (std::uint64_t i = 0; i < 30; ++i) {
      ASSERT_TRUE(
          log->record(row(1 + i % 3, i % 2 == 0 ? "item_read" : "exported",
                          "A-" + std::to_string(i % 5), i % 10 == 0 ? "item_unknown" : "ok"))
              .ok());
      clock.at.us += 1'000'000;
    }
  }
  const auto count = [&](const AuditQuestion& question) {
    return search_audit(folder, question)->rows.size();
  };
  AuditQuestion question;
  question.account = AccountId{2};
  EXPECT_EQ(count(question), 10U);
  question.act = "exported";
  EXPECT_EQ(count(question), 5U);
  question = {};
  question.about = "A-4";
  EXPECT_EQ(count(question), 6U);
  question = {};
  question.result = "refused";
  EXPECT_EQ(count(question), 3U);
  question.result = "ok";
  EXPECT_EQ(count(question), 27U);
  question = {};
  question.since = Instant{clock.at.us - 10'500'000};
  question.until = Instant{clock.at.us - 5'500'000};
  EXPECT_EQ(count(question), 5U);
}

TEST_F(AuditTest, ItsPagesTogetherAreAllOfItOnce) {
  fill(7);
  clock.days(40);
  fill(6);
  std::vector<std::uint64_t> seen;
  AuditQuestion question;
  question.count_max = 4;
  for (int page_count = 0; page_count < 10; ++page_count) {
    const auto page = search_audit(folder, question);
    for (const StoredAuditRow& each : page->rows) seen.push_back(each.seq);
    if (!page->next) break;
    question.before = page->next;
  }
  ASSERT_EQ(seen.size(), 13U);
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], 12 - i);
}

TEST_F(AuditTest, ARowHasItsSizeWhateverAStrangerSends) {
  const auto log = open();
  AuditRow hostile = row(1, std::string(5000, '"'), std::string(5000, '\n'));
  hostile.from = std::string(300, '\\');
  hostile.request = "\xff\xfe 台账";
  ASSERT_TRUE(log->record(hostile).ok());
  EXPECT_EQ(found(), "");
  EXPECT_EQ(search_audit(folder, {})->rows.at(0).row.about, std::string(200, '?'));
}

}  // namespace
}  // namespace tz::access
