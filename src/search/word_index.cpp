// Segments in a row: the last one grows, the ones before are packed.
#include "search/word_index.h"

#include <algorithm>

namespace tz::search {
namespace {

// A title's last word and a description's first are not one.
constexpr char16_t kBetween = u'\n';

}  // namespace

void WordIndex::put(std::uint32_t item, std::string_view title, std::string_view description) {
  std::u16string text;
  folding_.append(title, text);
  text += kBetween;
  folding_.append(description, text);
  replace(item, text);
}

void WordIndex::remove(std::uint32_t item) {
  if (item < end()) replace(item, {});
}

std::size_t WordIndex::segment_of(std::uint32_t item) const {
  const auto after = std::upper_bound(
      segments_.begin(), segments_.end(), item,
      [](std::uint32_t wanted, const auto& segment) { return wanted < segment->first(); });
  TZ_ASSERT(after != segments_.begin());
  return static_cast<std::size_t>(after - segments_.begin()) - 1;
}

// Seals the last segment if it is full, and begins the next.
void WordIndex::make_room() {
  if (!segments_.empty()) {
    const WordSegment& last = *segments_.back();
    if (last.end() - last.first() < limits_.segment_items && last.units() < limits_.segment_units)
      return;
    pack(segments_.size() - 1, WordSegment::Seal::Yes);
  }
  auto next = std::make_unique<WordSegment>(end());
  const std::lock_guard waiting(door_);
  const std::lock_guard lock(mutex_);
  segments_.push_back(std::move(next));
}

void WordIndex::replace(std::uint32_t item, std::u16string_view text) {
  if (!text.empty() && bytes_ + text.size() * 2 > limits_.bytes_max) {
    whole_ = false;
    text = {};
  }
  while (end() < item) replace(end(), {});
  if (item == end()) make_room();
  WordSegment& segment = *segments_[segment_of(item)];
  const std::lock_guard waiting(door_);
  const std::lock_guard lock(mutex_);
  const std::size_t before = segment.bytes();
  segment.put(item, text);
  bytes_ += segment.bytes() - before;
}

void WordIndex::pack(std::size_t index, WordSegment::Seal seal) {
  auto packed = std::make_unique<WordSegment>(segments_[index]->packed(seal));
  bytes_ += packed->bytes() - segments_[index]->bytes();
  const std::lock_guard waiting(door_);
  const std::lock_guard lock(mutex_);
  segments_[index].swap(packed);
}

void WordIndex::settle() {
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    const WordSegment& segment = *segments_[i];
    if (!segment.holds_traces() && segment.changed_count() <= limits_.changed_max) continue;
    pack(i, segment.sealed() ? WordSegment::Seal::Yes : WordSegment::Seal::No);
  }
}

void WordIndex::clear() {
  const std::lock_guard waiting(door_);
  const std::lock_guard lock(mutex_);
  segments_.clear();
  bytes_ = 0;
  whole_ = true;
}

std::vector<std::uint32_t> WordIndex::find(const Words& words) const {
  std::vector<std::uint32_t> out;
  if (words.pieces.empty()) return out;
  std::unique_lock waiting(door_);
  const std::shared_lock lock(mutex_);
  waiting.unlock();
  for (const auto& segment : segments_) segment->find(words, out);
  return out;
}

}  // namespace tz::search
