// Arrays that one thread writes and many read: a published one never changes, and what did not
// change since is shared with it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/error.h"

namespace tz::rollup {

// Held by whoever reads one publication; the writer takes back memory when it is given up.
class Lease {
 public:
  explicit Lease(std::uint64_t number) : number_(number) {}
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  // Any thread, once; nothing is read under this lease afterwards.
  void give_up() { given_up_.store(true, std::memory_order_release); }
  [[nodiscard]] bool given_up() const { return given_up_.load(std::memory_order_acquire); }
  [[nodiscard]] std::uint64_t number() const { return number_; }

 private:
  std::uint64_t number_;
  std::atomic<bool> given_up_ = false;
};

// Numbers publications from 1 and knows the oldest one still read. The writer's.
class Publications {
 public:
  Publications() = default;
  // The next one is numbered after `last`.
  explicit Publications(std::uint64_t last) : last_(last) {}
  std::shared_ptr<Lease> open() {
    leases_.push_back(std::make_shared<Lease>(++last_));
    return leases_.back();
  }
  // No publication below this number is read any more. A reader that holds one for long keeps the
  // later ones' memory too: views have an age limit.
  std::uint64_t oldest_read() {
    while (!leases_.empty() && leases_.front()->given_up()) leases_.pop_front();
    return leases_.empty() ? last_ + 1 : leases_.front()->number();
  }

 private:
  std::deque<std::shared_ptr<Lease>> leases_;
  std::uint64_t last_ = 0;
};

// Fixed-size memory blocks, taken from slabs and used again; a retired block waits until no
// publication that may show it is read. The writer's.
template <class Node>
class NodePool {
  static_assert(std::is_trivially_copyable_v<Node>);

 public:
  NodePool() = default;
  ~NodePool() {
    for (Node* slab : slabs_) ::operator delete (slab, std::align_val_t{alignof(Node)});
  }
  NodePool(const NodePool&) = delete;
  NodePool& operator=(const NodePool&) = delete;

  // A block with the contents of `from`.
  Node* take_copy(const Node& from) {
    if (free_.empty()) grow();
    Node* node = free_.back();
    free_.pop_back();
    std::memcpy(static_cast<void*>(node), &from, sizeof(Node));
    return node;
  }
  void retire(Node* node, std::uint64_t last_shown) { retired_.emplace_back(last_shown, node); }
  void recycle(std::uint64_t oldest_read) {
    while (!retired_.empty() && retired_.front().first < oldest_read) {
      free_.push_back(retired_.front().second);
      retired_.pop_front();
    }
  }
  [[nodiscard]] std::size_t bytes() const { return node_count_ * sizeof(Node); }

 private:
  void grow() {
    constexpr std::size_t kSlabBytesMax = std::size_t{256} << 10;
    const std::size_t most = kSlabBytesMax / sizeof(Node) + 1;
    const std::size_t count = node_count_ < 4 ? 4 : node_count_ < most ? node_count_ : most;
    slabs_.reserve(slabs_.size() + 1);
    auto* slab =
        static_cast<Node*>(::operator new (count * sizeof(Node), std::align_val_t{alignof(Node)}));
    slabs_.push_back(slab);
    node_count_ += count;
    for (std::size_t i = count; i > 0; --i) free_.push_back(slab + i - 1);
  }

  std::vector<Node*> slabs_;
  std::vector<Node*> free_;
  std::deque<std::pair<std::uint64_t, Node*>> retired_;
  std::size_t node_count_ = 0;
};

// An array without end whose elements are T{} until written. Three levels: a short list of pages,
// pages of chunk pointers, chunks of elements; chunks and pages are copied on the first write
// after a publication. It must outlive its snapshots.
template <class T, unsigned kChunkBits>
class CowTable {
  static_assert(std::is_trivially_copyable_v<T>);
  static constexpr unsigned kPageBits = 7;
  static constexpr unsigned kPageShift = kChunkBits + kPageBits;

 public:
  static constexpr std::uint32_t kChunkSize = std::uint32_t{1} << kChunkBits;

 private:
  static constexpr std::uint32_t kPageSize = std::uint32_t{1} << kPageBits;
  static constexpr std::uint32_t kChunkMask = kChunkSize - 1;
  static constexpr std::uint32_t kPageMask = kPageSize - 1;

  struct Chunk {
    std::uint64_t written = 0;  // before this publication; 0: the one shared empty chunk
    T items[kChunkSize] = {};
  };
  struct Page {
    std::uint64_t written = 0;
    Chunk* chunks[kPageSize] = {};
  };

 public:
  // What the table was at one publication. Any thread may read it.
  class Snapshot {
   public:
    const T& operator[](std::uint32_t index) const {
      return chunk(index >> kChunkBits)[index & kChunkMask];
    }
    // Elements number * kChunkSize and on.
    [[nodiscard]] std::span<const T, kChunkSize> chunk(std::uint32_t number) const {
      const std::uint32_t page = number >> kPageBits;
      if (page >= page_count_) return std::span<const T, kChunkSize>(empty_chunk().items);
      return std::span<const T, kChunkSize>(pages_[page]->chunks[number & kPageMask]->items);
    }

    // Asks the processor for a chunk that is soon read.
    void fetch_ahead(std::uint32_t number) const { fetch(chunk(number).data()); }

   private:
    friend CowTable;
    std::shared_ptr<const std::vector<Page*>> hold_;
    Page* const* pages_ = nullptr;
    std::uint32_t page_count_ = 0;
  };

  CowTable() = default;
  CowTable(const CowTable&) = delete;
  CowTable& operator=(const CowTable&) = delete;

  // Needs that nothing was written yet. The elements are those that another table's publication of
  // that number shows, in its memory: what is written is copied first, and what is the other's is
  // neither written nor given back. Who owns this holds that publication as long as this and its
  // snapshots; publications of this one are numbered above `number`.
  void begin_with(const Snapshot& shown, std::uint64_t number) {
    TZ_ASSERT(pages_.empty());
    if (shown.hold_) pages_ = *shown.hold_;
    others_ = number;
    writing_ = number + 1;
    changed_ = true;
  }

  // The writer's own view.
  const T& operator[](std::uint32_t index) const {
    const std::uint32_t page = index >> kPageShift;
    if (page >= pages_.size()) return empty_chunk().items[0];
    return pages_[page]->chunks[(index >> kChunkBits) & kPageMask]->items[index & kChunkMask];
  }
  // Asks the processor for an element that is soon written: several at once overlap their waits.
  void fetch_ahead(std::uint32_t index) const {
    const std::uint32_t page = index >> kPageShift;
    if (page >= pages_.size()) return;
    fetch(pages_[page]->chunks[(index >> kChunkBits) & kPageMask]);
  }

  // To be written to before the next publication; a reference is good until then.
  T& write(std::uint32_t index) {
    Page& page = own_page(index >> kPageShift);
    Chunk*& chunk = page.chunks[(index >> kChunkBits) & kPageMask];
    if (chunk->written != writing_) {
      Chunk* copy = chunks_.take_copy(*chunk);
      if (chunk->written > others_) chunks_.retire(chunk, writing_ - 1);
      copy->written = writing_;
      chunk = copy;
      changed_ = true;
    }
    return chunk->items[index & kChunkMask];
  }

  // `number` grows from publication to publication; memory that only publications below
  // `oldest_read` show is used again.
  Snapshot publish(std::uint64_t number, std::uint64_t oldest_read) {
    TZ_ASSERT(number >= writing_);
    if (changed_) {
      last_.hold_ = std::make_shared<const std::vector<Page*>>(pages_);
      last_.pages_ = last_.hold_->data();
      last_.page_count_ = static_cast<std::uint32_t>(pages_.size());
      changed_ = false;
    }
    writing_ = number + 1;
    chunks_.recycle(oldest_read);
    page_pool_.recycle(oldest_read);
    return last_;
  }
  [[nodiscard]] std::size_t bytes() const { return chunks_.bytes() + page_pool_.bytes(); }

 private:
  static void fetch(const void* chunk) {
    constexpr std::size_t kLine = 64;
    constexpr std::size_t kBytes = sizeof(Chunk) < 8 * kLine ? sizeof(Chunk) : 8 * kLine;
    for (std::size_t at = 0; at < kBytes; at += kLine)
      __builtin_prefetch(static_cast<const char*>(chunk) + at);
  }
  // Shared by all tables of this type; number 0 keeps write() from ever writing into them.
  static Chunk& empty_chunk() {
    static Chunk empty;
    return empty;
  }
  static Page& empty_page() {
    static Page empty = [] {
      Page page;
      for (Chunk*& chunk : page.chunks) chunk = &empty_chunk();
      return page;
    }();
    return empty;
  }
  Page& own_page(std::uint32_t number) {
    if (number >= pages_.size()) {
      pages_.resize(number + 1, &empty_page());
      changed_ = true;
    }
    Page*& page = pages_[number];
    if (page->written != writing_) {
      Page* copy = page_pool_.take_copy(*page);
      if (page->written > others_) page_pool_.retire(page, writing_ - 1);
      copy->written = writing_;
      page = copy;
      changed_ = true;
    }
    return *page;
  }

  std::vector<Page*> pages_;
  NodePool<Chunk> chunks_;
  NodePool<Page> page_pool_;
  std::uint64_t writing_ = 1;
  std::uint64_t others_ = 0;  // what was written up to then belongs to no pool of this table
  bool changed_ = false;
  Snapshot last_;
};

}  // namespace tz::rollup
