// What is known by a number, and of which a copy shares whatever neither has changed since.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/sha256.h"

namespace tz::ledger {

// Value type. A copy costs the same however much it holds; putting something in copies the few
// nodes above it and the few entries beside it. Keys are ids, plain numbers or hashes.
template <class Key, class Value>
class KeptMap {
 public:
  using Entry = std::pair<Key, Value>;

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  // Null: it is not there. Stays where it is until this map puts something there and no copy has it
  // as it is.
  [[nodiscard]] const Value* find(const Key& key) const {
    const Node* node = root_.get();
    for (unsigned depth = 0; node != nullptr && !node->below.empty(); ++depth)
      node = node->below[slot_of(key, depth)].get();
    if (node == nullptr) return nullptr;
    const auto found = std::find_if(node->entries.begin(), node->entries.end(),
                                    [&](const Entry& one) { return one.first == key; });
    return found == node->entries.end() ? nullptr : &found->second;
  }
  [[nodiscard]] bool contains(const Key& key) const { return find(key) != nullptr; }
  // All, by key, going up.
  [[nodiscard]] std::vector<const Entry*> entries() const {
    std::vector<const Entry*> out;
    if (root_) collect(*root_, out);
    std::sort(out.begin(), out.end(),
              [](const Entry* a, const Entry* b) { return a->first < b->first; });
    return out;
  }

  void put(const Key& key, Value value) {
    if (!contains(key)) ++size_;
    root_ = with(root_.get(), 0, key, std::move(value));
  }
  // What was not there is put in as an empty value.
  template <class Work>
  void change(const Key& key, const Work& work) {
    const Value* before = find(key);
    Value value = before == nullptr ? Value{} : *before;
    work(value);
    put(key, std::move(value));
  }

 private:
  static constexpr std::size_t kEntriesMax = 16;
  static constexpr unsigned kBits = 4;
  static constexpr unsigned kDepthMax = 64 / kBits;
  struct Node {
    std::vector<std::shared_ptr<const Node>> below;  // empty, or one a slot; null: nothing is there
    std::vector<Entry> entries;                      // of one that has nothing below it
  };

  template <class Tag, class Number>
  static std::uint64_t number_of(const Id<Tag, Number>& id) {
    return id.value;
  }
  static std::uint64_t number_of(std::uint64_t number) { return number; }
  static std::uint64_t number_of(const Hash& hash) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < sizeof out; ++i) out = out << 8U | hash[i];
    return out;
  }
  // Numbers that follow one another are spread over all slots.
  static std::size_t slot_of(const Key& key, unsigned depth) {
    const std::uint64_t spread = number_of(key) * 0x9e37'79b9'7f4a'7c15U;
    return (spread >> (64 - kBits * (depth + 1))) & ((1U << kBits) - 1);
  }

  static std::shared_ptr<const Node> with(const Node* node, unsigned depth, const Key& key,
                                          Value value) {
    auto out = node == nullptr ? std::make_shared<Node>() : std::make_shared<Node>(*node);
    if (!out->below.empty()) {
      auto& below = out->below[slot_of(key, depth)];
      below = with(below.get(), depth + 1, key, std::move(value));
      return out;
    }
    const auto same = std::find_if(out->entries.begin(), out->entries.end(),
                                   [&](const Entry& one) { return one.first == key; });
    if (same != out->entries.end())
      same->second = std::move(value);
    else
      out->entries.emplace_back(key, std::move(value));
    if (out->entries.size() > kEntriesMax && depth < kDepthMax) divide(*out, depth);
    return out;
  }
  static void divide(Node& node, unsigned depth) {
    std::array<std::shared_ptr<Node>, std::size_t{1} << kBits> below{};
    for (Entry& one : node.entries) {
      auto& to = below[slot_of(one.first, depth)];
      if (!to) to = std::make_shared<Node>();
      to->entries.push_back(std::move(one));
    }
    node.entries.clear();
    node.below.assign(below.begin(), below.end());
  }
  static void collect(const Node& node, std::vector<const Entry*>& out) {
    for (const Entry& one : node.entries) out.push_back(&one);
    for (const auto& below : node.below)
      if (below) collect(*below, out);
  }

  std::shared_ptr<const Node> root_;  // null: it is empty
  std::size_t size_ = 0;
};

}  // namespace tz::ledger
