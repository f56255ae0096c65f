// The imports that were adopted, by their numbers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/kept_map.h"

namespace tz::ledger {

// The last bits of an import's number are of chance; those before are of the content's hash
// (engine/import_number.h).
constexpr unsigned kImportChanceBits = 21;

// Value type: a copy shares what neither has added since.
class AdoptedImports {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool contains(std::uint64_t number) const {
    const auto* like = by_content_.find(number >> kImportChanceBits);
    return like != nullptr && std::find(like->begin(), like->end(), number) != like->end();
  }
  // The least that differs from that number in the bits of chance alone, or is it.
  [[nodiscard]] std::optional<std::uint64_t> first_like(std::uint64_t number) const {
    const auto* like = by_content_.find(number >> kImportChanceBits);
    if (like == nullptr) return std::nullopt;
    return *std::min_element(like->begin(), like->end());
  }
  void add(std::uint64_t number) {
    if (contains(number)) return;
    by_content_.change(number >> kImportChanceBits, [&](auto& like) { like.push_back(number); });
    ++size_;
  }

 private:
  KeptMap<std::uint64_t, std::vector<std::uint64_t>> by_content_;
  std::size_t size_ = 0;
};

}  // namespace tz::ledger
