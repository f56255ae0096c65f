// The program that is killed: works on a ledger folder as fast as it can, tells each receipt, and
// is later asked whether all it told is there.
//
//   tz_kill_worker create FOLDER         makes the ledger
//   tz_kill_worker work FOLDER SEED      works until it is killed; one line a receipt
//   tz_kill_worker check FOLDER SEED     reads such lines; exit 0 if all of it holds
//   tz_kill_worker probe FOLDER          opens for writing and prints "opened" or the error's code
//
//   line = key SP command SP first SP end LF
#include <unistd.h>

#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <set>
#include <sstream>
#include <thread>

#include "engine/history.h"
#include "engine/replay.h"
#include "engine/turning.h"
#include "journal/sqlite_journal.h"
#include "support/engine_ledger.h"

namespace tz::test {
namespace {

using namespace ledger;

constexpr int kThreads = 4;
const AccountId kRecorder{1};
const AccountId kSupervisor{2};

journal::SqliteOptions options_of(const std::string& folder) {
  return {folder + "/journal.db", {}, false};
}

EngineSettings settings_of(const std::string& folder, std::uint64_t seed) {
  EngineSettings out;
  out.seed = seed;
  out.keys_folder = folder + "/keys";
  out.snapshot_folder = folder;
  // Often, so that many a kill falls into the middle of one.
  out.limits.checkpoint_records = 40;
  out.limits.snapshot_records = 150;
  out.limits.cached_items_max = 20;
  return out;
}

int fail(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  return 1;
}

int create(const std::string& folder) {
  const Outcome made = journal::create_sqlite_journal(options_of(folder));
  if (!made.ok()) return fail(to_text(made.error()));
  EngineLedger ledger(settings_of(folder, 1));
  const Outcome founded = ledger.found(*journal::open_sqlite_journal(options_of(folder)));
  if (!founded.ok()) return fail(to_text(founded.error()));
  const bool peopled =
      ledger.add_unit({"1", "街道", UnitId{0}, UnitKind::Township, false, Day{0}, {}}).ok() &&
      ledger.add_person({{UnitId{0}, Role::Recorder}}).ok() &&
      ledger.add_person({{UnitId{0}, Role::Supervisor}}).ok();
  return peopled ? 0 : fail("cannot be peopled");
}

Outcome open(EngineLedger& ledger, const std::string& folder) {
  return ledger.open(TZ_TRY(journal::open_sqlite_journal(options_of(folder))));
}

// A day passes with every second life, so that what was assigned in one falls due in another.
void set_day(EngineLedger& ledger, std::uint64_t seed) {
  ledger.clock().set_to(Day{parse_day("2019-09-09")->number + static_cast<int>(seed / 4)});
}

engine::IdempotencyKey key_named(const std::string& name) {
  return {kRecorder, name, sha256(as_bytes(name))};
}

// Asks, and tells the answer in one write.
class Worker {
 public:
  Worker(EngineLedger& ledger, std::string name)
      : ledger_(ledger), name_(std::move(name)), random_(std::hash<std::string>{}(name_)) {}

  // One of the workers sees to what falls due too.
  void work(bool turns) {
    for (;;) {
      if (turns && !engine::turn_due(ledger_.engine(), ledger_.clock().now(), 8).ok())
        std::exit(fail("nothing can fall due"));
      OpenItem opening;
      opening.kind = "problem";
      opening.place = UnitId{1};
      opening.source = "resident";
      opening.title = "小区无处停车";
      opening.description = std::string(random_.next_u64() % 2000, 'x');
      const engine::Receipt opened = ask(kRecorder, opening);
      TakeAction assign{*opened.item, opened.version, "assign", {}};
      assign.input.lead = UnitId{1};
      const Day today = day_of(ledger_.clock().now(), Zone{});
      assign.input.due = Day{today.number + 1 + static_cast<int>(random_.next_u64() % 6)};
      const engine::Receipt assigned = ask(kSupervisor, assign);
      if (random_.next_u64() % 4 == 0)
        ask(kRecorder, RedactText{*opened.item, assigned.version, Seq{opened.first}, 0, "误录"});
    }
  }

 private:
  engine::Receipt ask(AccountId who, Command command) {
    const std::string key = name_ + "-" + std::to_string(++count_);
    const auto receipt = ledger_.ask({who, {}}, std::move(command), key_named(key));
    if (!receipt.ok()) std::exit(fail(to_text(receipt.error())));
    char line[160];
    const int length =
        std::snprintf(line, sizeof line, "%s %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", key.c_str(),
                      receipt->command.value, receipt->first, receipt->end);
    if (::write(STDOUT_FILENO, line, static_cast<std::size_t>(length)) != length)
      std::exit(fail("nobody listens"));
    return *receipt;
  }

  EngineLedger& ledger_;
  const std::string name_;
  SeededRandom random_;
  std::uint64_t count_ = 0;
};

int work(const std::string& folder, std::uint64_t seed) {
  EngineLedger ledger(settings_of(folder, seed));
  const Outcome opened = open(ledger, folder);
  if (!opened.ok()) return fail(to_text(opened.error()));
  set_day(ledger, seed);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i)
    threads.emplace_back([&ledger, i, name = std::to_string(seed) + "-" + std::to_string(i)] {
      Worker(ledger, name).work(i == 0);
    });
  for (std::thread& thread : threads) thread.join();
  return 0;
}

// Whether a receipt's records are there whole, and its key still gives the same answer.
bool holds(EngineLedger& ledger, const std::string& key, const engine::Receipt& told,
           const journal::LedgerId& id, journal::Reader& reader) {
  for (std::uint64_t seq = told.first; seq <= told.end; ++seq) {
    const auto stored = reader.read(Seq{seq}, 1, 1);
    if (!stored.ok()) return false;
    if (stored->empty()) return seq == told.end;
    const auto opened = engine::open_record(stored->front(), id);
    if (!opened.ok()) return false;
    if (seq == told.end) return opened->record.index == 0;
    if (opened->record.command != told.command || opened->record.index != seq - told.first)
      return false;
  }
  const auto again = ledger.engine().submit_and_wait({{}, {}, key_named(key), {}});
  return again.ok() && again->repeated && again->command == told.command &&
         again->first == told.first && again->end == told.end;
}

// What was due is done, and nothing of it twice: empty, or what is wrong.
std::string caught_up(EngineLedger& ledger) {
  const Instant now = ledger.clock().now();
  for (bool more = true; more;) {
    const auto turned = engine::turn_due(ledger.engine(), now);
    if (!turned.ok()) return to_text(turned.error());
    more = turned->more;
  }
  const engine::Published seen = ledger.engine().published();
  for (std::uint32_t row = 0; row < seen.view->row_count(); ++row) {
    const auto next = next_turn(*seen.state, seen.view->row({row}), seen.view->limits({row}));
    if (next && next->step.at <= now) return "a step was not done";
  }
  std::set<std::pair<std::uint64_t, std::int64_t>> done;
  constexpr std::size_t kAtOnce = 1000;
  for (std::uint64_t from = 0; from < seen.size;) {
    const auto records = engine::records_from(ledger.engine(), Seq{from}, kAtOnce);
    if (!records.ok()) return to_text(records.error());
    from += records->size();
    for (const engine::OpenedRecord& one : *records)
      if (const auto* acted = std::get_if<ClockActed>(&one.event.event))
        if (!done.insert({*one.record.item, acted->due.us}).second) return "a step was done twice";
  }
  return {};
}

int check(const std::string& folder, std::uint64_t seed) {
  EngineLedger ledger(settings_of(folder, seed));
  const Outcome opened = open(ledger, folder);
  if (!opened.ok()) return fail(to_text(opened.error()));
  const auto reader = ledger.journal().open_reader();
  const auto id = engine::ledger_id_of(ledger.engine().published().state->genesis);
  std::string line;
  std::uint64_t count = 0;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string key;
    engine::Receipt told;
    words >> key >> told.command.value >> told.first >> told.end;
    if (!words) return fail("cannot be read: " + line);
    if (!holds(ledger, key, told, *id, **reader)) return fail("is not there: " + line);
    ++count;
  }
  set_day(ledger, seed);
  if (const std::string wrong = caught_up(ledger); !wrong.empty()) return fail(wrong);
  const auto report = ledger.verify();
  if (!report.ok()) return fail(to_text(report.error()));
  if (!report->findings.empty()) return fail("verify found " + report->findings.front().code);
  std::printf("%" PRIu64 " receipts hold in %" PRIu64 " records\n", count, report->record_count);
  return 0;
}

int probe(const std::string& folder) {
  const auto opened = journal::open_sqlite_journal(options_of(folder));
  std::printf("%s\n", opened.ok() ? "opened" : opened.error().code.c_str());
  return 0;
}

}  // namespace
}  // namespace tz::test

int main(int count, char** words) {
  if (count < 3) return 2;
  const std::string what = words[1];
  const std::string folder = words[2];
  const std::uint64_t seed = count > 3 ? std::strtoull(words[3], nullptr, 10) : 0;
  if (what == "create") return tz::test::create(folder);
  if (what == "work") return tz::test::work(folder, seed);
  if (what == "check") return tz::test::check(folder, seed);
  if (what == "probe") return tz::test::probe(folder);
  return 2;
}
