// What was read of the numbers by which sources know items, kept so that a later question reads
// only what is newer.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/sha256.h"
#include "ledger/item_file.h"
#include "ledger/item_row.h"

namespace tz::engine {

// By which a number is kept: it is a sealed text, and no text stays here. Blanks around it are none
// of it.
Hash mark_of(const ledger::UpstreamNumber& number);

// Any thread.
class NumbersRead {
 public:
  explicit NumbersRead(std::size_t count_max) : count_max_(count_max) {}

  // The marks of an item's numbers; none where they were not read, or something came since.
  [[nodiscard]] std::optional<std::vector<Hash>> of(const ledger::ItemRow& row) const;
  void keep(const ledger::ItemRow& row, std::vector<Hash> marks);

  // The turn at giving findings their numbers: one at a time has it, from his look at what is known
  // until what he gives counts. Waits a while; none where another has it still.
  struct GiveBack {
    void operator()(NumbersRead* turns) const { turns->give_back_turn(); }
  };
  using Turn = std::unique_ptr<NumbersRead, GiveBack>;
  Turn turn(std::chrono::milliseconds wait = std::chrono::seconds(2));

 private:
  void give_back_turn();

  struct Entry {
    Seq last;
    std::vector<Hash> marks;
  };
  const std::size_t count_max_;
  mutable std::mutex mutex_;  // guards entries_
  std::unordered_map<ledger::ItemNo, Entry> entries_;
  // No timed mutex: the thread sanitizer of g++ 12 does not see its timed lock.
  std::mutex turn_mutex_;
  std::condition_variable turn_free_;
  bool turn_taken_ = false;  // under turn_mutex_
};

}  // namespace tz::engine
