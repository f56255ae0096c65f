// What falls due by itself, over random histories with time jumps, failing storage and restarts:
// every step once, with the moment it was due, by a definition that walks day by day.
#include "engine/turning.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

#include "base/embedded.h"
#include "engine/history.h"
#include "journal/memory_journal.h"
#include "ledger/live_limits.h"
#include "simulation/random_town.h"

namespace tz::test {
namespace {

using namespace ledger;

constexpr int kJumps = 70;
constexpr std::size_t kRequestsMax = 8;
// On that day the holidays of 2020 were known: what was reckoned before is reckoned anew.
constexpr Day kNoticeDay{18'222};  // 2019-11-22

std::uint64_t seed_count() { return std::getenv("TZ_LONG") != nullptr ? 100 : 12; }

// From somewhere in between on, what is opened is talked about earlier than the flow says.
constexpr int kRowJump = kJumps / 4;
constexpr int kInterviewDays = 20, kInterviewDaysOfRow = 10;
constexpr const char* kRow =
    "problem.deadline.interview,10wd,after_end,yes,,0,,,2019-01-01,,约谈,interview,test\n";

AdoptTimeRules holidays(const std::string& rows) {
  return {std::string(embedded_file("calendar/holidays.csv")),
          std::string(embedded_file("calendar/limits.csv")) + rows};
}

class Story {
 public:
  explicit Story(std::uint64_t seed)
      : random_(seed * 3 + 2), seed_(seed), store_(journal::make_memory_store()) {
    std::string folder = testing::TempDir() + "/tz_turning_XXXXXX";
    EXPECT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    EngineSettings settings;
    settings.seed = seed;
    // Some have no snapshot, some one that lies far back, as after a kill.
    if (seed % 3 != 0) settings.snapshot_folder = folder;
    settings.limits.snapshot_records = 20 + seed % 200;
    if (seed % 2 == 0) settings.limits.cached_items_max = 3;
    ledger_ = std::make_unique<EngineLedger>(settings);
  }
  ~Story() {
    fault_percent_ = 0;
    ledger_->close();
    std::filesystem::remove_all(folder_);
  }

  void play();
  [[nodiscard]] std::size_t acted() const { return acted_; }
  [[nodiscard]] std::size_t recomputed() const { return recomputed_; }

 private:
  std::uint64_t below(std::uint64_t bound) { return random_.next_u64() % bound; }
  std::unique_ptr<journal::Journal> journal() {
    // Not drawn from `random_`: the engine's thread asks.
    return journal::open_memory_journal(store_, [this](std::size_t operation) {
      const std::uint64_t drawn = (operation + seed_) * 0x9E37'79B9'7F4A'7C15 >> 33;
      if (drawn % 100 >= fault_percent_) return journal::Fault::None;
      return static_cast<journal::Fault>(1 + drawn / 100 % 3);
    });
  }
  [[nodiscard]] Instant now() { return ledger_->clock().now(); }
  void jump();
  void turn_all();
  void nothing_is_due();
  void check_records();

  SeededRandom random_;
  const std::uint64_t seed_;
  std::filesystem::path folder_;
  std::shared_ptr<journal::MemoryStore> store_;
  std::atomic<unsigned> fault_percent_ = 0;
  std::unique_ptr<EngineLedger> ledger_;
  std::size_t acted_ = 0;
  std::size_t recomputed_ = 0;
};

// Some hours, some days, or a long time in which nobody was there; sometimes back, by mistake.
void Story::jump() {
  const std::int64_t hours = static_cast<std::int64_t>(below(4) == 0 ? 1 + below(900) : below(60));
  const Instant before = now();
  if (below(8) == 0) {
    ledger_->clock().set(Instant{before.us - 3'600'000'000 * hours});
    turn_all();
    ledger_->clock().set(before);
  }
  ledger_->clock().set(Instant{before.us + 3'600'000'000 * hours});
  ledger_->publish();
}

// In portions of any size, with storage that fails and an engine that is opened anew in between.
void Story::turn_all() {
  int calm = 0;
  for (int round = 0; round < 400; ++round) {
    fault_percent_ = round < 10 ? 5 : 0;
    if (below(6) == 0) {
      fault_percent_ = 0;
      ASSERT_TRUE(ledger_->open(journal()).ok());
      calm = 0;
    }
    const auto turned = engine::turn_due(ledger_->engine(), now(), 1 + below(5));
    fault_percent_ = 0;
    if (!turned.ok()) {
      ASSERT_TRUE(turned.error().code == "storage_failed" || turned.error().code == "storage_full")
          << to_text(turned.error());
      // What failed is tried again a minute later; a new engine tries at once.
      ASSERT_TRUE(ledger_->open(journal()).ok());
      calm = 0;
      continue;
    }
    calm = turned->more ? 0 : calm + 1;
    if (calm > 1) return;
  }
  FAIL() << "it never came to rest";
}

// The ledger itself has nothing to do about any item, and the index has its limits right.
void Story::nothing_is_due() {
  const engine::Published seen = ledger_->engine().published();
  for (std::uint32_t at = 0; at < seen.view->row_count(); ++at) {
    const ItemRow row = seen.view->row({at});
    const auto item = ledger_->engine().item(row.no);
    ASSERT_TRUE(item.ok());
    ASSERT_EQ(seen.view->limits({at}), limits_of(*item, *seen.state)) << "limits of an item";
    if (row.import) continue;
    const auto receipt = ledger_->set_up(TurnClock{row.no});
    ASSERT_FALSE(receipt.ok()) << "something was due still";
    ASSERT_EQ(receipt.error().code, "nothing_due");
  }
}

// The steps of flows/problem.yaml about a deadline, day by day.
std::vector<Instant> slow_moments(const State& state, UnitId place, Day due, int interview_days) {
  const auto& days = state.time_rules->days_of(region_of(*state.tree, place));
  const auto shifted = [&](int count, int sign) {
    Day day = due;
    while (count > 0) {
      day.number += sign;
      if (days.works(day)) --count;
    }
    return end_of(day, state.zone);
  };
  return {shifted(3, -1), shifted(0, 1), shifted(5, 1), shifted(interview_days, 1), shifted(60, 1)};
}

std::string part_name(std::uint16_t part) { return "part " + std::to_string(part); }

// What the records say of one item so far.
struct Case {
  std::optional<Day> due;
  bool open = true;
  bool imported = false;
  int interview_days = kInterviewDays;
  std::optional<Instant> set;                               // of the deadline, while it stands
  std::vector<Instant> taken;                               // about it
  std::set<std::tuple<std::string, Instant, Instant>> all;  // clock, when set, when due
  std::map<std::string, Instant> clock_set;

  void begin(Instant at) {
    set = at;
    taken.clear();
  }
};

void Story::check_records() {
  const auto state = ledger_->engine().published().state;
  const auto records = engine::records_from(ledger_->engine(), Seq{0}, 1'000'000);
  ASSERT_TRUE(records.ok());
  std::map<std::uint64_t, Case> cases;
  const auto settle = [&](std::uint64_t no, Case& about, Instant until) {
    if (!about.set || about.imported) return;
    const auto item = ledger_->engine().item(ItemNo{no});
    ASSERT_TRUE(item.ok());
    std::vector<Instant> wanted;
    for (const Instant at : slow_moments(*state, item->place, *about.due, about.interview_days))
      if (*about.set < at && at <= until) wanted.push_back(at);
    ASSERT_EQ(about.taken, wanted) << "of the deadline " << to_text(*about.due);
  };
  const auto open_in = [&](const std::string& id) {
    const Flow& flow = *state->flows.front();
    return is_open(flow.states[*flow.state(id)].phase);
  };
  int interview_days = kInterviewDays;
  for (const engine::OpenedRecord& one : *records) {
    if (const auto* limits = std::get_if<LimitsAdopted>(&one.event.event))
      if (limits->text.ends_with(kRow)) interview_days = kInterviewDaysOfRow;
    if (!one.record.item) continue;
    Case& about = cases[*one.record.item];
    const Instant at = one.record.recorded;
    const Event& event = one.event.event;
    if (const auto* opened = std::get_if<ItemOpened>(&event)) {
      about.imported = opened->import.has_value();
      about.interview_days = interview_days;
    } else if (const auto* assigned = std::get_if<Assigned>(&event)) {
      settle(*one.record.item, about, at);
      about.due = assigned->due;
      about.begin(at);
    } else if (const auto* extended = std::get_if<DeadlineExtended>(&event)) {
      settle(*one.record.item, about, at);
      about.due = extended->due;
      about.begin(at);
    } else if (const auto* taken = std::get_if<TransitionTaken>(&event)) {
      const bool open = open_in(taken->to);
      if (about.open != open) {
        settle(*one.record.item, about, at);
        about.set.reset();
        if (open && about.due) about.begin(at);
      }
      about.open = open;
    } else if (const auto* part = std::get_if<PartAssigned>(&event)) {
      about.clock_set[part_name(part->part)] = at;
    } else if (const auto* started = std::get_if<ClockStarted>(&event)) {
      about.clock_set[started->clock] = started->at;
    } else if (const auto* moved = std::get_if<ClockMoved>(&event)) {
      about.clock_set[moved->clock] = moved->at;
      recomputed_ += moved->why == ClockMove::Recomputed;
    } else if (const auto* acted = std::get_if<ClockActed>(&event)) {
      ++acted_;
      const bool deadline = !acted->clock && !acted->part;
      const std::string clock = acted->part ? part_name(*acted->part) : acted->clock.value_or("");
      const Instant set = deadline ? about.set.value_or(Instant{}) : about.clock_set[clock];
      ASSERT_LT(set, acted->due);
      ASSERT_LE(acted->due, at);
      ASSERT_TRUE(about.all.insert({clock, set, acted->due}).second) << "a step was done twice";
      if (deadline) about.taken.push_back(acted->due);
    }
  }
  for (auto& [no, about] : cases) settle(no, about, now());
}

void Story::play() {
  ASSERT_TRUE(ledger_->found(journal()).ok());
  ASSERT_TRUE(ledger_->set_up(holidays("")).ok());
  RandomTown town(*ledger_, seed_);
  ASSERT_TRUE(town.settle().ok());
  bool noticed = false;
  for (int i = 0; i < kJumps && !testing::Test::HasFatalFailure(); ++i) {
    jump();
    if (!noticed && kNoticeDay <= day_of(now(), Zone{})) {
      noticed = true;
      ASSERT_TRUE(ledger_->set_up(holidays(i < kRowJump ? "" : kRow)).ok());
    }
    if (i == kRowJump) {
      ASSERT_TRUE(ledger_->set_up(AdoptTimeRules{std::nullopt, holidays(kRow).limits}).ok());
    }
    turn_all();
    if (testing::Test::HasFatalFailure()) return;
    if (i % 4 == 0) nothing_is_due();
    for (std::size_t asked = 0; asked < 1 + below(kRequestsMax); ++asked)
      (void)ledger_->engine().submit_and_wait(town.next_request()).ok();
  }
  turn_all();
  nothing_is_due();
  check_records();
  const auto sound = ledger_->verify();
  ASSERT_TRUE(sound.ok());
  EXPECT_TRUE(sound->findings.empty()) << sound->findings.front().code;
}

TEST(Turning, EveryStepOnceAtItsMomentWhateverHappensInBetween) {
  std::size_t acted = 0, recomputed = 0;
  for (std::uint64_t seed = 1; seed <= seed_count(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Story story(seed);
    story.play();
    ASSERT_FALSE(testing::Test::HasFatalFailure());
    acted += story.acted();
    recomputed += story.recomputed();
  }
  std::printf("%zu steps, %zu ends reckoned anew\n", acted, recomputed);
  EXPECT_GT(acted, 100);
}

}  // namespace
}  // namespace tz::test
