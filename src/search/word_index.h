// Finds items by words of their titles and descriptions, all in memory and never on disk.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "search/folding.h"
#include "search/word_segment.h"
#include "search/words.h"

namespace tz::search {

struct WordLimits {
  std::size_t bytes_max = std::size_t{2} << 30;  // no more texts are taken in beyond it
  std::uint32_t segment_items = 65'536;          // at most so many
  std::size_t segment_units = std::size_t{4} << 20;
  std::size_t changed_max = 512;  // of a segment's items, until it is packed again
};

// Items are dense numbers from 0, in the order in which they were opened. A new text replaces the
// one before at once; nothing is found by what an item no longer says. The texts are kept folded
// (width, case) and every answer is checked against them, so pairs of characters that are out of
// date cost time and never truth.
class WordIndex {
 public:
  explicit WordIndex(WordLimits limits = {}) : limits_(limits) {}
  WordIndex(const WordIndex&) = delete;
  WordIndex& operator=(const WordIndex&) = delete;

  // The four below: one thread.
  void put(std::uint32_t item, std::string_view title, std::string_view description);
  // The text is forgotten. Nothing for an item that was never put.
  void remove(std::uint32_t item);
  // Packs segments of which much has changed, or that hold traces of texts that are gone; to be
  // called now and then, at the latest when there is nothing else to do.
  void settle();
  // Forgets everything.
  void clear();

  // Any thread. The items in which every piece occurs, sorted; none if there are no pieces.
  [[nodiscard]] std::vector<std::uint32_t> find(const Words& words) const;
  [[nodiscard]] std::size_t bytes() const { return bytes_.load(); }
  // False once a text was not taken in for want of room: what is found may then lack some.
  [[nodiscard]] bool whole() const { return whole_.load(); }

 private:
  void replace(std::uint32_t item, std::u16string_view text);
  void make_room();
  // One above the last item.
  [[nodiscard]] std::uint32_t end() const {
    return segments_.empty() ? 0 : segments_.back()->end();
  }
  void pack(std::size_t index, WordSegment::Seal seal);
  // Needs a segment at or before the item.
  [[nodiscard]] std::size_t segment_of(std::uint32_t item) const;

  const WordLimits limits_;
  Folding folding_;  // the writing thread's
  std::atomic<std::size_t> bytes_{0};
  std::atomic<bool> whole_{true};
  // Whoever waits to write holds the door, so that readers one after the other do not keep it out.
  mutable std::mutex door_;
  mutable std::shared_mutex mutex_;  // guards the one below; the writing thread reads without it
  std::vector<std::unique_ptr<WordSegment>> segments_;  // one begins where the one before ends
};

}  // namespace tz::search
