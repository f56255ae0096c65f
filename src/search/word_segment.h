// A run of items with their folded texts and, once it is full, where each pair of characters is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/words.h"

namespace tz::search {

// Items first() to end(), each by its slot in the run, below 65,536. One that was never put has
// an empty text. Written by one thread while nobody reads.
class WordSegment {
 public:
  explicit WordSegment(std::uint32_t first) : first_(first) {}

  [[nodiscard]] std::uint32_t first() const { return first_; }
  [[nodiscard]] std::uint32_t end() const {
    return first_ + static_cast<std::uint32_t>(spans_.size());
  }
  [[nodiscard]] std::size_t units() const { return texts_.size(); }  // of UTF-16
  [[nodiscard]] bool sealed() const { return sealed_; }
  // How many items differ from what the pairs know.
  [[nodiscard]] std::size_t changed_count() const { return changed_.size(); }
  // Whether the memory still knows something of a text that is gone.
  [[nodiscard]] bool holds_traces() const { return traces_; }
  [[nodiscard]] std::size_t bytes() const;

  // Puts a text in slot of the one before; the text before is overwritten. `item` is at least
  // first(), and less than 65,536 above it.
  void put(std::uint32_t item, std::u16string_view text);
  [[nodiscard]] std::u16string_view text(std::uint32_t item) const;

  // The same items and texts, closely packed; sealed: with pairs.
  enum class Seal : std::uint8_t { No, Yes };
  [[nodiscard]] WordSegment packed(Seal seal) const;

  // Adds the items in which every piece occurs, in order. Needs at least one piece.
  void find(const Words& words, std::vector<std::uint32_t>& out) const;

 private:
  using Slot = std::uint16_t;
  struct Span {
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
  };
  struct Slots {
    const Slot* begin = nullptr;
    const Slot* end = nullptr;
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(end - begin); }
  };

  [[nodiscard]] Slots slots_of(std::uint32_t pair) const;
  // Slots that hold every piece as far as pairs tell, those of every item if they tell nothing.
  [[nodiscard]] std::vector<Slot> candidates(const Words& words, bool exact) const;
  [[nodiscard]] bool holds_all(Slot slot, const Words& words) const;
  void index_pairs();

  std::uint32_t first_;
  std::u16string texts_;
  std::vector<Span> spans_;
  bool sealed_ = false;
  bool traces_ = false;
  std::vector<Slot> changed_;  // sorted
  // Sealed: pairs in order, and behind each where its slots end.
  std::vector<std::uint32_t> pairs_;
  std::vector<std::uint32_t> pair_ends_;
  std::vector<Slot> slots_;
};

}  // namespace tz::search
