// The n-th storage operation fails, for every n of a workload: nothing acknowledged is lost.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "simulation/journal_workload.h"

namespace tz::test {
namespace {

constexpr std::uint64_t kFirstSeed = 40;
constexpr int kSteps = 26;
constexpr int kReopenAttemptsMax = 50;

// A connection that keeps reading from before the first step, so that the log cannot be emptied.
class LongReader {
 public:
  explicit LongReader(const journal::SqliteOptions& options) {
    EXPECT_EQ(sqlite3_open_v2(options.path.c_str(), &database_, SQLITE_OPEN_READONLY,
                              options.vfs.c_str()),
              SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database_, "BEGIN; SELECT * FROM records", nullptr, nullptr, nullptr),
              SQLITE_OK);
  }
  ~LongReader() { sqlite3_close(database_); }
  LongReader(const LongReader&) = delete;
  LongReader& operator=(const LongReader&) = delete;

 private:
  sqlite3* database_ = nullptr;
};

class NthFailure : public testing::Test {
 protected:
  NthFailure() {
    std::string folder = testing::TempDir() + "/tz_nth_XXXXXX";
    EXPECT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
  }
  ~NthFailure() override { std::filesystem::remove_all(folder_); }

  enum class Reading { Nobody, AllTheTime };
  struct Story {
    FaultPlan plan;
    std::uint64_t seed = 0;
    Reading reading = Reading::Nobody;
    bool is_powerless_soon = false;  // right after the failure was mended, else at the end
    Overwrite overwrite = Overwrite::Powersafe;
  };

  // Plays the workload with the plan's fault. Leaves in `count_` how many operations it had.
  Violation run(const Story& story) {
    FaultyDisk disk("nth", story.seed + story.plan.at, story.overwrite);
    journal::SqliteOptions options;
    options.path = folder_ / "journal.db";
    options.vfs = disk.name();
    if (!journal::create_sqlite_journal(options).ok()) return "cannot be made";
    JournalWorkload workload(disk, options, story.seed);
    std::optional<LongReader> reader;
    if (story.reading == Reading::AllTheTime) {
      workload.set_erasing(false);
      if (!workload.open()) return "cannot be opened when new";
      reader.emplace(options);
      workload.close();
    }
    disk.arm(story.plan);
    if (const Violation violation = mend(workload, Mend::Open)) return violation;
    for (int i = 0; i < kSteps; ++i) {
      if (const Violation violation = workload.step()) return violation;
      if (!workload.needs_reopening()) continue;
      if (const Violation violation = mend(workload, Mend::Reopen)) return violation;
      if (story.is_powerless_soon) break;
    }
    if (const Violation violation = workload.check()) return violation;
    count_ = disk.operation_count(story.plan.kind);
    met_ += disk.fault_met() ? 1 : 0;
    disk.disarm();
    disk.lose_power();
    workload.close();
    reader.reset();
    disk.restart();
    if (const Violation violation = workload.check_erased()) return violation;
    if (!workload.open()) return "cannot be opened after a loss of power";
    return workload.check();
  }

  // Opens until it succeeds, as an operator would, and settles what was in doubt.
  enum class Mend { Open, Reopen };
  Violation mend(JournalWorkload& workload, Mend how) {
    for (int attempt = 0; attempt < kReopenAttemptsMax; ++attempt) {
      const bool is_open =
          how == Mend::Reopen && workload.is_open() ? workload.reopen() : workload.open();
      if (is_open) return workload.check();
    }
    return "cannot be opened again";
  }

  // Stories that between them have a fault at every operation: several in a row overlap.
  void run_all(FaultKind kind, std::uint64_t fault_count) {
    std::size_t operations = 0;
    std::size_t stories = 0;
    for (const Reading reading : {Reading::Nobody, Reading::AllTheTime}) {
      for (const bool is_powerless_soon : {false, true}) {
        Story story;
        story.seed = kFirstSeed + operations % 7;
        story.reading = reading;
        story.is_powerless_soon = is_powerless_soon;
        // Without powersafe overwrite a journal is not opened while its log cannot be emptied.
        if (is_powerless_soon && reading == Reading::Nobody) story.overwrite = Overwrite::Unsafe;
        story.plan = {.kind = kind, .at = ~std::uint64_t{0} >> 1, .count = fault_count};
        const Violation without_fault = run(story);
        ASSERT_FALSE(without_fault) << *without_fault;
        const std::uint64_t operation_count = count_;
        const std::uint64_t step = (fault_count + 1) / 2;
        for (story.plan.at = 0; story.plan.at < operation_count; story.plan.at += step) {
          const Violation violation = run(story);
          ASSERT_FALSE(violation) << "operation " << story.plan.at << " of " << operation_count
                                  << ", seed " << story.seed << ": " << *violation;
          ++stories;
        }
        operations += operation_count;
      }
    }
    std::printf("failed each of %zu operations, %llu in a row; fault met in %zu stories, lost 0\n",
                operations, static_cast<unsigned long long>(fault_count), met_);
    EXPECT_EQ(met_, stories);
  }

  std::filesystem::path folder_;
  std::uint64_t count_ = 0;
  std::size_t met_ = 0;
};

TEST_F(NthFailure, IoErrorLosesNothingAcknowledged) { run_all(FaultKind::IoError, 1); }

TEST_F(NthFailure, SeveralIoErrorsInARowLoseNothingAcknowledged) { run_all(FaultKind::IoError, 4); }

TEST_F(NthFailure, AFullDiskLosesNothingAcknowledged) { run_all(FaultKind::DiskFull, 1); }

TEST_F(NthFailure, ADiskFullForLongLosesNothingAcknowledged) { run_all(FaultKind::DiskFull, 12); }

}  // namespace
}  // namespace tz::test
