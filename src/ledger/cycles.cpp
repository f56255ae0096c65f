// Strongly connected parts after Tarjan (1972), with a stack of our own instead of recursion.
#include "ledger/cycles.h"

#include <algorithm>

#include "base/error.h"

namespace tz::ledger {
namespace {

constexpr std::uint32_t kUnseen = 0;  // visits are counted from 1

// The search's memory. When it is through, part[node] names the part a node belongs to.
class Search {
 public:
  Search(std::size_t node_count, std::span<const Arrow> arrows)
      : begins_(node_count + 1, 0),
        targets_(arrows.size()),
        visit_(node_count, kUnseen),
        lowest_(node_count, 0),
        part_(node_count, 0),
        open_(node_count, false) {
    for (const Arrow& arrow : arrows) ++begins_[arrow.from + 1];
    for (std::size_t i = 0; i < node_count; ++i) begins_[i + 1] += begins_[i];
    std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
    for (const Arrow& arrow : arrows) targets_[next[arrow.from]++] = arrow.to;
    for (std::uint32_t node = 0; node < node_count; ++node)
      if (visit_[node] == kUnseen) run(node);
  }

  [[nodiscard]] std::uint32_t part(std::uint32_t node) const { return part_[node]; }
  [[nodiscard]] std::size_t parts() const { return parts_; }

 private:
  struct Step {
    std::uint32_t node;
    std::uint32_t next;  // index into targets_
  };

  void enter(std::uint32_t node) {
    visit_[node] = lowest_[node] = ++visits_;
    waiting_.push_back(node);
    open_[node] = true;
    steps_.push_back({node, begins_[node]});
  }

  void run(std::uint32_t start) {
    enter(start);
    while (!steps_.empty()) {
      const std::uint32_t node = steps_.back().node;
      if (steps_.back().next < begins_[node + 1]) {
        const std::uint32_t target = targets_[steps_.back().next++];
        if (visit_[target] == kUnseen)
          enter(target);
        else if (open_[target])
          lowest_[node] = std::min(lowest_[node], visit_[target]);
        continue;
      }
      if (lowest_[node] == visit_[node]) close_part(node);
      steps_.pop_back();
      if (!steps_.empty()) {
        std::uint32_t& before = lowest_[steps_.back().node];
        before = std::min(before, lowest_[node]);
      }
    }
  }

  // All that waits above `first` can reach it and be reached from it.
  void close_part(std::uint32_t first) {
    std::uint32_t node = first;
    do {
      node = waiting_.back();
      waiting_.pop_back();
      open_[node] = false;
      part_[node] = parts_;
    } while (node != first);
    ++parts_;
  }

  std::vector<std::uint32_t> begins_;  // into targets_, by node
  std::vector<std::uint32_t> targets_;
  std::vector<std::uint32_t> visit_;
  std::vector<std::uint32_t> lowest_;
  std::vector<std::uint32_t> part_;
  std::vector<bool> open_;
  std::vector<std::uint32_t> waiting_;
  std::vector<Step> steps_;
  std::uint32_t visits_ = 0;
  std::uint32_t parts_ = 0;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> knots(std::size_t node_count,
                                              std::span<const Arrow> arrows) {
  for (const Arrow& arrow : arrows) TZ_ASSERT(arrow.from < node_count && arrow.to < node_count);
  const Search search(node_count, arrows);
  std::vector<std::vector<std::uint32_t>> by_part(search.parts());
  for (std::uint32_t i = 0; i < arrows.size(); ++i)
    if (search.part(arrows[i].from) == search.part(arrows[i].to))
      by_part[search.part(arrows[i].from)].push_back(i);
  std::erase_if(by_part, [](const auto& inside) { return inside.empty(); });
  return by_part;
}

}  // namespace tz::ledger
