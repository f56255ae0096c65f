// What a ledger does by itself: it lets the clock act when something falls due, seals coverage,
// keeps the list of what was erased, destroys what has been kept for its time, and publishes
// figures of months that are over.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "http/context.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

struct Retained {  // what one round destroyed
  std::size_t items = 0;
  std::size_t answers = 0;
  std::size_t sessions = 0;
  std::size_t tokens = 0;
  std::size_t files = 0;
  std::size_t notices = 0;
  std::size_t wrapping_keys = 0;
};

// How long this ledger keeps what: its settings, or the defaults of docs/operating.md.
http::Keeping keeping_of(const programme::Settings& settings);

// One round, at the ledger's time (of loose files, at the machine's). Waits; any thread but the
// engine's, one at a time.
Result<Retained> retain(OpenLedger& ledger);

// Makes and records the coverage roots that are due (engine/coverage_sealing.h) until `stopping`
// says so; gives how many. Waits; any thread but the engine's.
Result<std::size_t> seal(OpenLedger& ledger, const std::function<bool()>& stopping = {});

// Looks twice a second for what falls due, seals and follows erasures every few seconds; retains
// and publishes once a day and soon after the start, until it is destroyed.
class Tending {
 public:
  Tending(OpenLedger& ledger, std::function<void(const Error&)> report);
  ~Tending();
  Tending(const Tending&) = delete;
  Tending& operator=(const Tending&) = delete;

 private:
  void run();
  void run_clock();
  void run_seals();
  // Waits so long; false once it is stopping.
  bool wait(std::chrono::milliseconds time);

  OpenLedger& ledger_;
  std::function<void(const Error&)> report_;
  std::mutex mutex_;  // guards the one below
  bool stopping_ = false;
  std::condition_variable stop_;
  std::thread thread_;
  std::thread clock_thread_;
  std::thread seals_thread_;
};

}  // namespace tz::program
