// A list that only grows, and of which a copy shares whatever neither has changed since.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace tz::ledger {

// Value type. Adding to it, or changing one of it, copies one chunk.
template <class T>
class KeptList {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const T& at(std::size_t index) const {
    return (*chunks_[index / kChunk])[index % kChunk];
  }
  void add(T one) {
    if (size_ % kChunk == 0) chunks_.push_back(std::make_shared<const std::vector<T>>());
    auto chunk = std::make_shared<std::vector<T>>(*chunks_.back());
    chunk->push_back(std::move(one));
    chunks_.back() = std::move(chunk);
    ++size_;
  }
  template <class Work>
  void change(std::size_t index, const Work& work) {
    auto chunk = std::make_shared<std::vector<T>>(*chunks_[index / kChunk]);
    work((*chunk)[index % kChunk]);
    chunks_[index / kChunk] = std::move(chunk);
  }

 private:
  static constexpr std::size_t kChunk = 256;
  std::vector<std::shared_ptr<const std::vector<T>>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace tz::ledger
