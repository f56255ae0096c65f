// A list that only grows, and of which a copy shares whatever neither has changed since.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace tz::ledger {

// Value type. A copy costs the same however long it is. Adding to it copies the newest leaf, and
// changing one of it the leaf of that one and the nodes above that; what else there is stays where
// it is.
template <class T>
class KeptList {
  // Plain values are copied all at once, others one by one.
  static constexpr std::size_t kLeaf = std::is_trivially_copyable_v<T> ? 256 : 32;
  static constexpr std::size_t kBits = 6;
  static constexpr std::size_t kSlot = (std::size_t{1} << kBits) - 1;
  using Leaf = std::vector<T>;
  struct Node {
    std::vector<std::shared_ptr<const Node>> nodes;
    std::vector<std::shared_ptr<const Leaf>> leaves;  // of the lowest nodes, which have no others
  };

 public:
  class Iterator {
   public:
    using iterator_category = std::bidirectional_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;

    Iterator() = default;
    Iterator(const KeptList& list, std::size_t index) : list_(&list), index_(index) { look(); }
    reference operator*() const { return leaf_[index_ % kLeaf]; }
    pointer operator->() const { return leaf_ + index_ % kLeaf; }
    Iterator& operator++() {
      if (++index_ % kLeaf == 0) look();
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    Iterator& operator--() {
      if (--index_ % kLeaf == kLeaf - 1 || leaf_ == nullptr) look();
      return *this;
    }
    Iterator operator--(int) {
      Iterator before = *this;
      --*this;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.index_ == b.index_; }

   private:
    void look() { leaf_ = index_ < list_->size_ ? list_->leaf_of(index_).data() : nullptr; }

    const KeptList* list_ = nullptr;
    std::size_t index_ = 0;
    const T* leaf_ = nullptr;  // where `index_` is
  };
  using value_type = T;
  using const_iterator = Iterator;

  KeptList() = default;
  KeptList(std::initializer_list<T> some) {
    for (const T& one : some) add(one);
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  // Stays where it is until this list changes it, or adds to its leaf, and no copy has it as it is.
  [[nodiscard]] const T& at(std::size_t index) const { return leaf_of(index)[index % kLeaf]; }
  const T& operator[](std::size_t index) const { return at(index); }
  [[nodiscard]] const T& front() const { return at(0); }
  [[nodiscard]] const T& back() const { return newest_->back(); }
  [[nodiscard]] Iterator begin() const { return Iterator(*this, 0); }
  [[nodiscard]] Iterator end() const { return Iterator(*this, size_); }
  [[nodiscard]] auto rbegin() const { return std::reverse_iterator(end()); }
  [[nodiscard]] auto rend() const { return std::reverse_iterator(begin()); }

  void add(T one) {
    if (size_ % kLeaf == 0 && size_ > 0) put_away();
    auto leaf = std::make_shared<Leaf>();
    leaf->reserve(size_ % kLeaf + 1);
    if (newest_) leaf->insert(leaf->end(), newest_->begin(), newest_->end());
    leaf->push_back(std::move(one));
    newest_ = std::move(leaf);
    ++size_;
  }
  template <class Work>
  void change(std::size_t index, const Work& work) {
    auto leaf = std::make_shared<Leaf>(leaf_of(index));
    work((*leaf)[index % kLeaf]);
    if (in_newest(index))
      newest_ = std::move(leaf);
    else
      root_ = with(root_.get(), height_, index / kLeaf, std::move(leaf));
  }

 private:
  // Never empty but where the list is.
  [[nodiscard]] bool in_newest(std::size_t index) const {
    return index / kLeaf == (size_ - 1) / kLeaf;
  }
  [[nodiscard]] const Leaf& leaf_of(std::size_t index) const {
    if (in_newest(index)) return *newest_;
    const std::size_t leaf = index / kLeaf;
    const Node* node = root_.get();
    for (std::size_t level = height_ - 1; level > 0; --level)
      node = node->nodes[(leaf >> (kBits * level)) & kSlot].get();
    return *node->leaves[leaf & kSlot];
  }

  // The newest leaf is full: it goes below the root.
  void put_away() {
    const std::size_t leaf = size_ / kLeaf - 1;
    if (leaf >> (kBits * height_) != 0 || height_ == 0) {
      auto higher = std::make_shared<Node>();
      if (root_) higher->nodes.push_back(std::move(root_));
      root_ = std::move(higher);
      ++height_;
    }
    root_ = with(root_.get(), height_, leaf, std::move(newest_));
    newest_.reset();
  }

  // That node, or a new one, with that leaf below it. Nodes of height 1 are the lowest.
  static std::shared_ptr<const Node> with(const Node* node, std::size_t height, std::size_t index,
                                          std::shared_ptr<const Leaf> leaf) {
    auto out = node == nullptr ? std::make_shared<Node>() : std::make_shared<Node>(*node);
    const std::size_t slot = (index >> (kBits * (height - 1))) & kSlot;
    if (height == 1) {
      set(out->leaves, slot, std::move(leaf));
      return out;
    }
    const Node* below = slot < out->nodes.size() ? out->nodes[slot].get() : nullptr;
    set(out->nodes, slot, with(below, height - 1, index, std::move(leaf)));
    return out;
  }
  template <class Pointer>
  static void set(std::vector<Pointer>& slots, std::size_t slot, Pointer to) {
    if (slot == slots.size()) slots.emplace_back();
    slots[slot] = std::move(to);
  }

  std::shared_ptr<const Node> root_;    // of all full leaves but the newest; null: none
  std::shared_ptr<const Leaf> newest_;  // null: the list is empty
  std::size_t height_ = 0;              // of the root
  std::size_t size_ = 0;
};

}  // namespace tz::ledger
