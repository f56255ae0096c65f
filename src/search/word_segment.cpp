// Pairs of characters narrow the texts that are looked through.
#include "search/word_segment.h"

#include <algorithm>

#include "base/error.h"

namespace tz::search {
namespace {

constexpr std::uint32_t kItemsMax = 65'536;
constexpr std::size_t kFewSlots = 32;  // looking into so many texts is quicker than more lists

std::uint32_t pair_at(std::u16string_view text, std::size_t at) {
  return static_cast<std::uint32_t>(text[at]) << 16 | text[at + 1];
}

}  // namespace

std::size_t WordSegment::bytes() const {
  return sizeof *this + texts_.capacity() * 2 + spans_.capacity() * sizeof(Span) +
         changed_.capacity() * 2 + (pairs_.capacity() + pair_ends_.capacity()) * 4 +
         slots_.capacity() * 2;
}

void WordSegment::put(std::uint32_t item, std::u16string_view text) {
  TZ_ASSERT(item >= first_ && item - first_ < kItemsMax);
  const std::uint32_t slot = item - first_;
  if (slot >= spans_.size()) spans_.resize(slot + std::size_t{1});
  Span& span = spans_[slot];
  if (span.count != 0) {
    std::fill_n(texts_.begin() + span.begin, span.count, u'\0');
    traces_ = true;
  }
  span = {static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint32_t>(text.size())};
  texts_ += text;
  if (!sealed_) return;
  const auto at = std::lower_bound(changed_.begin(), changed_.end(), slot);
  if (at == changed_.end() || *at != slot) changed_.insert(at, static_cast<Slot>(slot));
}

std::u16string_view WordSegment::text(std::uint32_t item) const {
  TZ_ASSERT(item >= first_ && item < end());
  const Span& span = spans_[item - first_];
  return std::u16string_view(texts_).substr(span.begin, span.count);
}

WordSegment WordSegment::packed(Seal seal) const {
  WordSegment out(first_);
  std::size_t units = 0;
  for (const Span& span : spans_) units += span.count;
  out.texts_.reserve(units);
  out.spans_.reserve(spans_.size());
  for (std::uint32_t item = first_; item < end(); ++item) {
    const std::u16string_view text_here = text(item);
    out.spans_.push_back({static_cast<std::uint32_t>(out.texts_.size()),
                          static_cast<std::uint32_t>(text_here.size())});
    out.texts_ += text_here;
  }
  if (seal == Seal::Yes) out.index_pairs();
  return out;
}

void WordSegment::index_pairs() {
  std::vector<std::uint64_t> found;
  found.reserve(texts_.size());
  for (std::size_t slot = 0; slot < spans_.size(); ++slot) {
    const std::u16string_view text_here =
        std::u16string_view(texts_).substr(spans_[slot].begin, spans_[slot].count);
    for (std::size_t i = 0; i + 1 < text_here.size(); ++i)
      found.push_back(std::uint64_t{pair_at(text_here, i)} << 16 | slot);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::size_t pair_count = 0;
  for (std::size_t i = 0; i < found.size(); ++i)
    if (i == 0 || found[i] >> 16 != found[i - 1] >> 16) ++pair_count;
  pairs_.reserve(pair_count);
  pair_ends_.reserve(pair_count);
  slots_.reserve(found.size());
  for (const std::uint64_t each : found) {
    const auto pair = static_cast<std::uint32_t>(each >> 16);
    if (pairs_.empty() || pairs_.back() != pair) {
      pairs_.push_back(pair);
      pair_ends_.push_back(0);
    }
    slots_.push_back(static_cast<Slot>(each));
    pair_ends_.back() = static_cast<std::uint32_t>(slots_.size());
  }
  sealed_ = true;
}

WordSegment::Slots WordSegment::slots_of(std::uint32_t pair) const {
  const auto at = std::lower_bound(pairs_.begin(), pairs_.end(), pair);
  if (at == pairs_.end() || *at != pair) return {};
  const auto index = static_cast<std::size_t>(at - pairs_.begin());
  const std::uint32_t begin = index == 0 ? 0 : pair_ends_[index - 1];
  return {slots_.data() + begin, slots_.data() + pair_ends_[index]};
}

std::vector<WordSegment::Slot> WordSegment::candidates(const Words& words, bool exact) const {
  std::vector<Slots> lists;
  for (const std::u16string& piece : words.pieces) {
    for (std::size_t i = 0; i + 1 < piece.size(); ++i) {
      lists.push_back(slots_of(pair_at(piece, i)));
      if (lists.back().size() == 0) return {};
    }
  }
  std::vector<Slot> out;
  if (lists.empty()) {
    out.resize(spans_.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<Slot>(i);
    return out;
  }
  std::sort(lists.begin(), lists.end(),
            [](const Slots& a, const Slots& b) { return a.size() < b.size(); });
  out.assign(lists[0].begin, lists[0].end);
  std::vector<Slot> both;
  for (std::size_t i = 1; i < lists.size() && (exact || out.size() > kFewSlots); ++i) {
    both.clear();
    std::set_intersection(out.begin(), out.end(), lists[i].begin, lists[i].end,
                          std::back_inserter(both));
    out.swap(both);
  }
  return out;
}

bool WordSegment::holds_all(Slot slot, const Words& words) const {
  const Span& span = spans_[slot];
  const std::u16string_view text_here = std::u16string_view(texts_).substr(span.begin, span.count);
  return std::all_of(words.pieces.begin(), words.pieces.end(), [&](const std::u16string& piece) {
    return text_here.find(piece) != std::u16string_view::npos;
  });
}

void WordSegment::find(const Words& words, std::vector<std::uint32_t>& out) const {
  TZ_ASSERT(!words.pieces.empty());
  if (!sealed_) {
    for (std::uint32_t item = first_; item < end(); ++item)
      if (holds_all(static_cast<Slot>(item - first_), words)) out.push_back(item);
    return;
  }
  // A piece that is one pair needs no look into the text; but what the pairs say of a changed text
  // is old, and so each of those is looked into.
  const bool exact = std::all_of(words.pieces.begin(), words.pieces.end(),
                                 [](const std::u16string& piece) { return piece.size() == 2; });
  const std::vector<Slot> by_pairs = candidates(words, exact);
  auto changed = changed_.begin();
  const auto look_into = [&](Slot slot) {
    if (holds_all(slot, words)) out.push_back(first_ + slot);
  };
  for (const Slot slot : by_pairs) {
    while (changed != changed_.end() && *changed < slot) look_into(*changed++);
    const bool same = changed == changed_.end() || *changed != slot;
    if (exact && same)
      out.push_back(first_ + slot);
    else
      look_into(slot);
    if (!same) ++changed;
  }
  while (changed != changed_.end()) look_into(*changed++);
}

}  // namespace tz::search
