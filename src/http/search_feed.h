// Keeps in memory what can be searched, and which items give a unit work, on a thread of its own
// that follows the journal.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include "engine/engine.h"
#include "engine/text_changes.h"
#include "http/context.h"
#include "http/metrics.h"
#include "search/unit_index.h"
#include "search/word_index.h"

namespace tz::http {

// Whether what is asked about is known: all of it, not yet all of it, or not all of it for good
// (the memory is full, or texts do not open).
enum class Known : std::uint8_t { All, NotYet, NotAll };

// What it holds are opened texts: they lie in memory alone, and whoever asks must see to it that
// only those are told who may read. It reads the journal from its start, then what is published.
class SearchFeed {
 public:
  SearchFeed(Context& context, Metrics& metrics);
  // Stops as stop() does.
  ~SearchFeed();
  SearchFeed(const SearchFeed&) = delete;
  SearchFeed& operator=(const SearchFeed&) = delete;

  // Something was published. Any thread; brief.
  void wake();
  void stop();

  // All three: any thread. They wait up to a quarter of a second for what is on its way, but not
  // while the journal is being read for the first time.
  //
  // Whether that many units are known.
  bool has_units(std::size_t count);
  // The texts of the first `size` records, as they are now.
  Known words_known(std::uint64_t size);
  // Rows of items that gave the unit a part of the work, or the supervision, in the first `size`
  // records, sorted; whether it has it still, the item tells.
  std::vector<std::uint32_t> rows_naming(UnitId unit, std::uint64_t size);

  // Any thread; what is known so far.
  [[nodiscard]] std::shared_ptr<const search::UnitIndex> units() const;
  // Items are rows of a view (rollup::RowIndex), staged ones and newer ones than the caller's view
  // among them.
  [[nodiscard]] const search::WordIndex& words() const { return words_; }

 private:
  void run();
  Outcome follow();
  Outcome follow_units(const ledger::OrgTree& tree);
  Outcome follow_words(std::uint64_t size);
  void take_named(const std::vector<engine::UnitNamed>& named, const rollup::View& view);
  // Whether so many records were taken in; `lock` holds mutex_.
  bool wait_for(std::unique_lock<std::mutex>& lock, std::uint64_t size);
  [[nodiscard]] bool stopping() const;
  void report(const Error& error);

  Context& context_;
  Metrics& metrics_;
  search::WordIndex words_;

  mutable std::mutex mutex_;  // guards the eight below
  std::condition_variable ready_;
  std::condition_variable taken_;
  std::shared_ptr<const search::UnitIndex> units_ = std::make_shared<search::UnitIndex>();
  std::unordered_map<UnitId, std::vector<std::uint32_t>> named_;
  std::uint64_t taken_size_ = 0;  // records whose texts are known
  bool following_ = false;        // everything was taken in once
  bool woken_ = true;
  bool stopping_ = false;

  // The thread's own.
  std::optional<search::Readings> readings_;
  search::Folding folding_;
  std::uint32_t tree_version_ = 0;
  std::size_t unit_edits_ = 0;  // changes of units that it has followed
  std::uint64_t next_ = 0;
  bool reported_ = false;

  std::thread thread_;
};

}  // namespace tz::http
