// Makes the records of a batch on the writer's thread and, where there are many, on another beside
// it. What comes out depends on what goes in alone, and stands in the order it went in.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/recorder.h"

namespace tz::engine {

// The writer's; all calls on its thread.
class RecordMaker {
 public:
  // So many records are handed over at once; fewer wake nobody.
  static constexpr std::size_t kChunk = 64;

  RecordMaker() = default;
  ~RecordMaker();
  RecordMaker(const RecordMaker&) = delete;
  RecordMaker& operator=(const RecordMaker&) = delete;

  // The first records of a batch may be under way while the next ones are still decided.
  void add(Ingredients ingredients, const journal::LedgerId& ledger);
  // The next records, in order, made by whoever is free; empty after the last that was added.
  std::vector<Made> next();
  // Forgets what was added and not taken.
  void clear();

 private:
  enum class Stage { Waiting, Taken, Made };
  struct Chunk {
    std::vector<Ingredients> ingredients;
    std::vector<Made> made;
    journal::LedgerId ledger{};
    Stage stage = Stage::Waiting;  // under the lock
  };

  static void make_all(Chunk& chunk);
  void hand_over();
  // The first chunk that nobody has taken; null if there is none. Needs the lock.
  Chunk* take_waiting();
  void run();

  std::unique_ptr<Chunk> filling_;
  std::mutex mutex_;  // guards the three below
  std::deque<std::unique_ptr<Chunk>> chunks_;
  bool stopping_ = false;
  std::condition_variable waiting_;
  std::condition_variable made_;
  std::thread helper_;  // begun with the first chunk that is full
};

}  // namespace tz::engine
