// Finds knots without regard to days first, which settles every sound file in one pass, and only
// within a knot looks day by day.
#include "ledger/unit_cycles.h"

#include <algorithm>
#include <limits>
#include <set>
#include <unordered_map>

#include "ledger/cycles.h"

namespace tz::ledger {
namespace {

// Beyond so many arrows times days a knot is taken as holding on every day: a bound on the time
// that a hostile file can cost.
constexpr std::size_t kStepsMax = 20'000'000;

constexpr Day kFirstDay{std::numeric_limits<std::int32_t>::min()};
constexpr Day kLastDay{std::numeric_limits<std::int32_t>::max()};

struct DatedArrow {
  Arrow arrow;
  Day from = kFirstDay;
  Day to = kLastDay;
  std::optional<std::size_t> edge;  // index of a new edge; none: it is in the tree
};

// One of the two graphs: of superiority, or of areas.
class Graph {
 public:
  Graph(const OrgTree& tree, std::span<const NewEdge> edges, bool areas) {
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const NewEdge& edge = edges[i];
      if ((edge.line == LineKind::Area) != areas) continue;
      DatedArrow dated{{node(edge.unit), node(edge.superior)}, kFirstDay, kLastDay, i};
      if (edge.line) {
        dated.from = edge.from;
        dated.to = edge.to.value_or(kLastDay);
      }
      arrows_.push_back(dated);
    }
    if (arrows_.empty()) return;
    for (const LineEdge& edge : tree.lines()) {
      if ((edge.line == LineKind::Area) != areas) continue;
      arrows_.push_back({{node(edge.unit.value), node(edge.superior.value)},
                         edge.from,
                         edge.to.value_or(kLastDay),
                         std::nullopt});
    }
    if (!areas) add_places(tree);
  }

  void find(std::set<std::size_t>& closing) const {
    std::vector<std::uint32_t> all(arrows_.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    for (const auto& knot : knots_among(all)) look_day_by_day(knot, closing);
  }

 private:
  std::uint32_t node(std::uint32_t unit) {
    const auto [at, added] = nodes_.emplace(unit, static_cast<std::uint32_t>(units_.size()));
    if (added) units_.push_back(unit);
    return at->second;
  }

  // The place edges of all units of the tree that can be reached by them; units_ grows meanwhile.
  void add_places(const OrgTree& tree) {
    for (std::uint32_t i = 0; i < units_.size(); ++i) {
      if (units_[i] >= tree.size() || units_[i] == 0) continue;
      const std::uint32_t above = tree.parent(UnitId{units_[i]}).value;
      arrows_.push_back({{i, node(above)}, kFirstDay, kLastDay, std::nullopt});
    }
  }

  [[nodiscard]] std::vector<std::vector<std::uint32_t>> knots_among(
      std::span<const std::uint32_t> indexes) const {
    std::vector<Arrow> plain;
    std::unordered_map<std::uint32_t, std::uint32_t> dense;  // so that the cost is the knot's own
    const auto number = [&](std::uint32_t node) {
      return dense.emplace(node, static_cast<std::uint32_t>(dense.size())).first->second;
    };
    for (const std::uint32_t index : indexes) {
      const Arrow& arrow = arrows_[index].arrow;
      const std::uint32_t from = number(arrow.from);
      plain.push_back({from, number(arrow.to)});
    }
    auto found = knots(dense.size(), plain);
    for (auto& knot : found)
      for (std::uint32_t& index : knot) index = indexes[index];
    return found;
  }

  // What holds on a day in common holds on the latest first day of those that take part.
  void look_day_by_day(const std::vector<std::uint32_t>& knot,
                       std::set<std::size_t>& closing) const {
    std::set<Day> days;
    for (const std::uint32_t index : knot) days.insert(arrows_[index].from);
    if (days.size() * knot.size() > kStepsMax) return name_last(knot, closing);
    for (const Day day : days) {
      std::vector<std::uint32_t> holding;
      for (const std::uint32_t index : knot)
        if (arrows_[index].from <= day && day <= arrows_[index].to) holding.push_back(index);
      for (const auto& inner : knots_among(holding)) name_last(inner, closing);
    }
  }

  void name_last(const std::vector<std::uint32_t>& knot, std::set<std::size_t>& closing) const {
    std::optional<std::size_t> last;
    for (const std::uint32_t index : knot) {
      const std::optional<std::size_t> edge = arrows_[index].edge;
      if (!edge) continue;
      if (closing.contains(*edge)) return;
      last = std::max(last.value_or(0), *edge);
    }
    if (last) closing.insert(*last);
  }

  std::vector<DatedArrow> arrows_;
  std::unordered_map<std::uint32_t, std::uint32_t> nodes_;  // by unit
  std::vector<std::uint32_t> units_;                        // by node
};

}  // namespace

std::vector<std::size_t> edges_closing_cycles(const OrgTree& tree, std::span<const NewEdge> edges) {
  std::set<std::size_t> closing;
  Graph(tree, edges, false).find(closing);
  Graph(tree, edges, true).find(closing);
  return {closing.begin(), closing.end()};
}

}  // namespace tz::ledger
