// What was otherwise at the past moments that were asked for lately, so that the next question
// about one of them reads only what was recorded in between.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>

#include "engine/past.h"

namespace tz::http {

// How many records back a question may go: reading them is what it costs. Whoever needs more asks
// the program itself (taizhang rollup --as-of).
constexpr std::uint64_t kRecordsBackMax = 1'000'000;
constexpr std::uint64_t kRecordsBackOfStrangersMax = 100'000;

// Holds no view: one that is held keeps the memory of all that come after it. Any thread.
class PastViews {
 public:
  struct Found {
    engine::Published now;   // as it is published, whoever asks
    engine::Published then;  // of the same age
  };
  // Waits where somebody else is reading for the same point. Refuses what past_point refuses, and
  // `as_of_too_far`.
  Result<Found> find(const engine::Engine& engine, const engine::AsOf& asked, Instant now,
                     std::uint64_t records_max);

 private:
  static constexpr std::size_t kKeptMax = 4;
  static constexpr std::size_t kRowsKeptMax = 500'000;  // of all that are kept; some 140 bytes each
  struct Kept {
    std::mutex mutex;  // guards past
    engine::Past past;
    bool failed = false;  // under the lock
  };
  struct Place {
    std::shared_ptr<Kept> kept;
    engine::PastPoint point;
    std::size_t row_count = 0;  // when it was last asked
  };

  std::shared_ptr<Kept> kept_for(const engine::PastPoint& point);
  void settle(const std::shared_ptr<Kept>& kept, std::size_t row_count, bool failed);

  std::mutex mutex_;         // guards places_
  std::list<Place> places_;  // the one asked for last stands first
};

}  // namespace tz::http
