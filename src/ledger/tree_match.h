// Which unit of one list of divisions is which of a later one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ledger/org_tree.h"

namespace tz::ledger {

// By what a unit was found in the later list, in the order in which it is tried.
enum class MatchedBy : std::uint8_t {
  CodeName,    // the same code, and the same name or stem (ledger/unit_stem.h)
  ParentName,  // below the same unit, the one with that name
  ParentStem,  // … or that stem
  CodeAlike,   // below the same unit, the same code, and a stem that is much alike
  WiderName,   // a county in its province, a township in its prefecture, a village in its county:
  WiderStem,   // the only one left with that name, or stem
  Children,    // most of what lay below it lies below the other, and is most of what does
};
std::string_view to_text(MatchedBy by);  // "code_name"

// Both lists in order of registration, parents first; only the kinds from Nation to Village are
// looked at.
class TreeMatch {
 public:
  TreeMatch(std::span<const UnitRow> before, std::span<const UnitRow> after);

  // The index in the other list; none where it is not found there.
  [[nodiscard]] std::optional<std::uint32_t> now(std::uint32_t before) const;
  [[nodiscard]] std::optional<std::uint32_t> once(std::uint32_t after) const;
  [[nodiscard]] MatchedBy by(std::uint32_t before) const { return by_[before]; }
  // What was found in a wider area is certain where others bear it out: what it lay in went the
  // same way; of a village, another of its township did; else half of what lies below one of the
  // two.
  [[nodiscard]] bool certain(std::uint32_t before) const;
  // Where what lay below a unit lies now, the most first; and from where what lies below came.
  struct Share {
    std::uint32_t unit = 0;
    std::uint32_t count = 0;
  };
  [[nodiscard]] std::vector<Share> went_to(std::uint32_t before) const;
  [[nodiscard]] std::vector<Share> came_from(std::uint32_t after) const;
  // How many units lie below it at once.
  [[nodiscard]] std::uint32_t below_before(std::uint32_t unit) const;
  [[nodiscard]] std::uint32_t below_after(std::uint32_t unit) const;

 private:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  struct Side {
    std::span<const UnitRow> rows;
    std::vector<std::string_view> stems;
    std::vector<std::uint32_t> found;  // in the other list
    std::vector<std::vector<std::uint32_t>> children;
    std::vector<std::vector<std::uint32_t>> levels;  // indexes by kind
  };
  using TextOf = std::string_view (*)(const Side&, std::uint32_t);

  static Side side_of(std::span<const UnitRow> rows);
  [[nodiscard]] static std::uint32_t above(const Side& side, std::uint32_t unit, UnitKind kind);
  [[nodiscard]] static std::vector<Share> shares(const Side& from, const Side& to,
                                                 std::uint32_t unit);
  [[nodiscard]] bool fits(std::uint32_t before, std::uint32_t after) const;
  void put(std::uint32_t before, std::uint32_t after, MatchedBy by);
  void by_code(UnitKind kind, MatchedBy by);
  void by_text(UnitKind kind, UnitKind within, TextOf text, MatchedBy by);
  void by_children(UnitKind kind);
  void level(UnitKind kind);

  Side before_;
  Side after_;
  std::vector<MatchedBy> by_;
  std::size_t count_ = 0;
};

}  // namespace tz::ledger
