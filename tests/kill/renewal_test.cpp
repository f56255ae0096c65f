// A renewal of wrapping keys that is killed at each of its steps in turn: every text still opens,
// the ledger verifies, and the next renewal goes on.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "base/file.h"
#include "engine/history.h"
#include "engine/key_renewal.h"
#include "journal/sqlite_journal.h"
#include "support/engine_ledger.h"

namespace tz::test {
namespace {

namespace fs = std::filesystem;
using ledger::Role;

constexpr int kItemCount = 700;  // each with two texts: three batches
constexpr int kKilled = 9;

class RenewalKilled : public testing::Test {
 protected:
  RenewalKilled() {
    std::string pattern = (fs::temp_directory_path() / "tz_renewal_XXXXXX").string();
    TZ_ASSERT(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
  }
  ~RenewalKilled() override { fs::remove_all(folder_); }

  [[nodiscard]] journal::SqliteOptions options() const {
    return {folder_ + "/journal.db", {}, false};
  }
  [[nodiscard]] EngineSettings settings(std::uint64_t seed) const {
    EngineSettings out;
    out.seed = seed;
    out.keys_folder = folder_ + "/keys";
    return out;
  }
  void fill() {
    ASSERT_TRUE(journal::create_sqlite_journal(options()).ok());
    EngineLedger ledger(settings(1));
    ASSERT_TRUE(ledger.found(*journal::open_sqlite_journal(options())).ok());
    const auto person = ledger.add_person({{UnitId{0}, Role::Recorder}});
    ASSERT_TRUE(person.ok());
    for (int i = 0; i < kItemCount; ++i) {
      if (i == kItemCount / 2) ledger.clock().set_to(*parse_day("2019-10-09"));
      ledger::OpenItem opening;
      opening.kind = "problem";
      opening.source = "resident";
      opening.title = "小区无处停车";
      opening.description = "第" + std::to_string(i) + "处";
      ASSERT_TRUE(ledger.ask({*person, {}}, opening).ok());
    }
  }
  // In a process of its own, which dies without a word at that step. Whether it came to its end.
  bool renew_until(int step) {
    const pid_t child = ::fork();
    if (child == 0) {
      EngineLedger ledger(settings(100 + static_cast<std::uint64_t>(step)));
      ledger.clock().set_to(*parse_day("2019-11-09"));
      if (!ledger.open(*journal::open_sqlite_journal(options())).ok()) ::_exit(1);
      SystemRandom random;
      int steps = 0;
      const auto renewed = engine::renew_wrapping(ledger.engine(), ledger.keyring(), random,
                                                  {"2019-11", "2019-11", [&](std::uint64_t) {
                                                     if (steps++ == step) ::_exit(kKilled);
                                                   }});
      ::_exit(renewed.ok() ? 0 : 1);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_TRUE(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == kKilled);
    return WEXITSTATUS(status) == 0;
  }
  void check() {
    EngineLedger ledger(settings(2));
    ASSERT_TRUE(ledger.open(*journal::open_sqlite_journal(options())).ok());
    const auto view = ledger.engine().published().view;
    ASSERT_EQ(view->row_count(), static_cast<std::uint32_t>(kItemCount));
    for (std::uint32_t i = 0; i < view->row_count(); ++i) {
      const auto entries =
          engine::history(ledger.engine(), ledger.keyring(), view->row(rollup::RowIndex{i}).no);
      ASSERT_TRUE(entries.ok()) << to_text(entries.error());
      EXPECT_EQ(engine::current_texts(*entries).title, "小区无处停车");
    }
    const auto report = ledger.verify();
    ASSERT_TRUE(report.ok());
    EXPECT_TRUE(report->findings.empty());
  }
  [[nodiscard]] std::vector<std::string> months() const {
    return *(*access::Keyring::open(folder_ + "/keys"))->months();
  }

  std::string folder_;
};

TEST_F(RenewalKilled, AtEveryStepNothingIsLost) {
  ASSERT_NO_FATAL_FAILURE(fill());
  EXPECT_EQ(months(), (std::vector<std::string>{"2019-09", "2019-10"}));
  // After each of three batches, then before and after each of two destroyed keys; every time it
  // goes on with what was left.
  for (const int step : {0, 0, 0, 0, 1, 0, 1}) {
    ASSERT_FALSE(renew_until(step));
    ASSERT_NO_FATAL_FAILURE(check());
  }
  EXPECT_TRUE(renew_until(0));
  ASSERT_NO_FATAL_FAILURE(check());
  EXPECT_EQ(months(), std::vector<std::string>{"2019-11"});
}

// Between overwriting and unlinking: what is left under the name is a key that opens nothing.
TEST_F(RenewalKilled, AnOverwrittenKeyIsDestroyedByTheNext) {
  ASSERT_NO_FATAL_FAILURE(fill());
  ASSERT_FALSE(renew_until(3));  // all is wrapped anew, nothing destroyed yet
  {
    const std::string path = folder_ + "/keys/wrap-2019-09.key";
    ASSERT_TRUE(fs::exists(path));
    ASSERT_TRUE(write_file({path, 0600, Existing::Replace}, Bytes(32, 5)).ok());
  }
  ASSERT_NO_FATAL_FAILURE(check());
  EXPECT_TRUE(renew_until(1000));
  EXPECT_EQ(months(), std::vector<std::string>{"2019-11"});
  ASSERT_NO_FATAL_FAILURE(check());
}

}  // namespace
}  // namespace tz::test
