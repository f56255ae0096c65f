// The organisation tree: units in pre-order, so that the descendants of a unit are one interval.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "ledger/unit_change.h"
#include "ledger/unit_history.h"

namespace tz::ledger {

// What a unit is. The order is stored (docs/events.md): append only.
enum class UnitKind : std::uint8_t {
  Nation,
  Province,
  Prefecture,
  County,
  Township,
  Village,
  Group,
  Neighbourhood,
  Agency,
  Branch,
  Enterprise,
  University,
  Organisation,
  Area,
};
std::string_view to_text(UnitKind kind);  // "township"
std::optional<UnitKind> unit_kind_named(std::string_view name);

// Dated edges beside the place in the tree. The order is stored: append only.
enum class LineKind : std::uint8_t {
  Business,  // 业务: guided in its work by
  Vertical,  // 垂直管理: belongs to, wherever it stands
  Area,      // the unit's subtree is part of the area `superior`
};
std::string_view to_text(LineKind line);
std::optional<LineKind> line_kind_named(std::string_view name);

// Limits of what is registered: a code is 1 to 32 of A-Z a-z 0-9 . _ -, a name 1 to 200
// characters without control characters.
constexpr std::size_t kUnitCodeBytesMax = 32;
constexpr std::size_t kUnitNameCharactersMax = 200;
bool valid_unit_code(std::string_view code);
enum class NameFault : std::uint8_t { Empty, TooLong, ControlCharacter };
// Needs UTF-8; none if the name may be registered.
std::optional<NameFault> unit_name_fault(std::string_view name);

// A unit as it is registered. Its id is its place in the order of registration.
struct UnitRow {
  std::string code;
  std::string name;
  UnitId parent;  // of the root: itself
  UnitKind kind = UnitKind::Village;
  bool placeholder = false;  // keeps its code, adds no level, is hidden in paths
  Day from;
  std::optional<Day> to;  // last day; none: still there
  friend bool operator==(const UnitRow&, const UnitRow&) = default;
};

struct LineEdge {
  UnitId unit;
  UnitId superior;
  LineKind line = LineKind::Business;
  Day from;
  std::optional<Day> to;
  friend bool operator==(const LineEdge&, const LineEdge&) = default;
};

// What a unit was up to a day. The text is the tree's.
struct FormerUnit {
  Day to;
  std::string_view code;
  std::string_view name;
  UnitId parent;
};

// Positions [begin, end) in pre-order.
struct Interval {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

// Value type: copied when a published one must change. Names and codes lie in one arena.
// Every unit id given must be below size().
class OrgTree {
 public:
  // Adds units in order of registration. Needs: parents registered before or within `rows` and
  // before their children; code_free(); the first row ever is the root, its own parent; code and
  // name within the limits above. Takes a time in proportion to `rows` where each new unit comes
  // last in pre-order (so the first load, which is in pre-order), else to the whole tree.
  void add_units(std::span<const UnitRow> rows);
  // The same in two steps, for many batches in a row: between them nothing may be asked that
  // rests on positions (position, at, subtree, leaf, within, children, extent, ...) or on who
  // succeeded whom; what a unit is, find() and add_lines() are at hand. `record` is the one that
  // registers them.
  void append_units(std::span<const UnitRow> rows, Seq record = {});
  // Changes that hold from `day` on, as `record` says; settle() afterwards. Needs changes in which
  // fault_in() (ledger/unit_changes.h) finds nothing wrong.
  void change_units(std::span<const UnitChange> changes, Day day, Seq record);
  void settle();  // does nothing if nothing waits
  // Needs registered units.
  void add_lines(std::span<const LineEdge> edges);

  [[nodiscard]] std::size_t size() const { return parents_.size(); }
  [[nodiscard]] std::uint32_t version() const { return version_; }  // grows with every change
  // Whose the code is; of a unit that has ended as long as no other has taken it.
  [[nodiscard]] std::optional<UnitId> find(std::string_view code) const;
  // Whose it was for that record, and all whose it ever was, the one whose it is or was last last.
  [[nodiscard]] std::optional<UnitId> find_at(std::string_view code, Seq record) const;
  [[nodiscard]] std::vector<UnitId> find_all(std::string_view code) const;
  // The unit that a text leads to: of a code, the one whose it is or was last; of a code, "@" and a
  // position, the one whose it was after so many records.
  [[nodiscard]] std::optional<UnitId> named(std::string_view text) const;
  // After how many records at most a code, one that the unit has or had, leads to it; none: it
  // does.
  [[nodiscard]] std::optional<std::uint64_t> led_until(UnitId unit, std::string_view code) const;
  // Whether a unit may have the code from that day on.
  [[nodiscard]] bool code_free(std::string_view code, Day from) const;

  [[nodiscard]] std::string_view code(UnitId unit) const;
  [[nodiscard]] std::string_view name(UnitId unit) const;
  [[nodiscard]] UnitKind kind(UnitId unit) const;
  [[nodiscard]] bool placeholder(UnitId unit) const;
  [[nodiscard]] Day from(UnitId unit) const;
  [[nodiscard]] std::optional<Day> to(UnitId unit) const;
  [[nodiscard]] UnitId parent(UnitId unit) const;  // by place; of the root: itself
  // Whether it is over: it has a last day, and that is before the given one.
  [[nodiscard]] bool ended(UnitId unit, Day day) const;

  // What became of units, in order of recording; how many changes there were says which of two
  // versions with as many units is the later one.
  [[nodiscard]] const UnitHistory& history() const { return history_; }
  // Where an item counts that is placed at `unit`, or led by it, and was closed on `closed` (none:
  // it is not): at the unit, or at the last in line of those that had taken over by then.
  [[nodiscard]] UnitId counted_at(UnitId unit, std::optional<Day> closed) const;
  // The tree before `record`: its first `unit_count` units, with these lines.
  [[nodiscard]] OrgTree before(Seq record, std::size_t unit_count,
                               std::span<const LineEdge> lines) const;
  // What a unit was called, by which code, and below what it stood before changes of it, all of
  // one day together; the oldest first.
  [[nodiscard]] std::vector<FormerUnit> once(UnitId unit) const;

  [[nodiscard]] std::uint32_t position(UnitId unit) const;
  [[nodiscard]] UnitId at(std::uint32_t position) const;
  [[nodiscard]] Interval subtree(UnitId unit) const;  // the unit first
  [[nodiscard]] bool leaf(UnitId unit) const;         // has no child, placeholder or not
  // True for the unit itself too.
  [[nodiscard]] bool within(UnitId unit, UnitId ancestor) const;

  // The nearest parent that is no placeholder, and the path from the root to the unit without
  // placeholders (the unit itself always stands last).
  [[nodiscard]] UnitId visible_parent(UnitId unit) const;
  [[nodiscard]] std::vector<UnitId> path(UnitId unit) const;
  // Children in order of registration; a placeholder is replaced by its own.
  [[nodiscard]] std::vector<UnitId> visible_children(UnitId unit) const;
  [[nodiscard]] std::vector<UnitId> children(UnitId unit) const;  // placeholders too

  // Line superiors on that day, areas left out.
  [[nodiscard]] std::vector<UnitId> line_superiors(UnitId unit, Day day) const;
  // Whether going up from `unit` by place or by line reaches `superior`; true for itself.
  [[nodiscard]] bool below_on_any_edge(UnitId unit, UnitId superior, Day day) const;
  // All that are so reached, each once, the unit first.
  [[nodiscard]] std::vector<UnitId> above_on_any_edge(UnitId unit, Day day) const;
  // What a number "for this unit and below" covers: its subtree, and for an area what its members
  // on that day cover (an area among them with its own members); sorted, disjoint, merged.
  [[nodiscard]] std::vector<Interval> extent(UnitId unit, Day day) const;
  [[nodiscard]] std::span<const LineEdge> lines() const { return lines_; }

  // The tree as it lies in memory, for passes over all of it; true until the tree changes.
  struct Columns {
    std::span<const UnitId> units_at;             // by position
    std::span<const std::uint32_t> subtree_ends;  // this and the rest by unit
    std::span<const UnitId> parents;
    std::span<const UnitKind> kinds;
    std::span<const std::uint8_t> placeholders;
    std::span<const Day> tos;  // the greatest there is where it is open
  };
  [[nodiscard]] Columns columns() const;

 private:
  [[nodiscard]] bool settled() const { return units_at_.size() == size() && !changed_; }
  void reserve(std::span<const UnitRow> rows);
  void register_unit(const UnitRow& row);
  [[nodiscard]] UnitText keep_text(std::string_view code, std::string_view name);
  void place_at_end(UnitId unit);
  void rebuild_positions();
  [[nodiscard]] std::string_view code_of(const UnitText& text) const;
  [[nodiscard]] std::string_view name_of(const UnitText& text) const;
  [[nodiscard]] std::size_t slot_of(std::string_view code) const;
  void index_code(UnitId unit, Day from, Seq record);
  void unindex_code(UnitId unit);
  void grow_code_index(std::size_t units);
  void rebuild_code_index();
  void change_unit(const UnitChange& change, UnitEdit edit);
  void take_back(const UnitEdit& edit);
  void index_area_members();
  [[nodiscard]] std::span<const LineEdge> lines_of(UnitId unit) const;

  std::string arena_;
  std::vector<UnitText> texts_;
  std::vector<UnitId> parents_;
  std::vector<UnitKind> kinds_;
  std::vector<std::uint8_t> placeholders_;
  std::vector<Day> froms_;
  std::vector<Day> tos_;                     // kNever where open
  std::vector<std::uint32_t> positions_;     // by unit
  std::vector<UnitId> units_at_;             // by position
  std::vector<std::uint32_t> subtree_ends_;  // by unit
  std::vector<std::uint32_t> code_slots_;    // open addressing; unit + 1, 0 is free
  std::vector<LineEdge> lines_;              // sorted by unit
  std::vector<std::uint32_t> area_members_;  // indexes of area edges in lines_, by superior
  UnitHistory history_;
  bool changed_ = false;  // since settle(), so that positions are no more what they were
  std::uint32_t version_ = 0;
};

}  // namespace tz::ledger
