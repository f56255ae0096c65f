// What became of the units of a tree: each change with what it replaced, so that it can be taken
// back, and whose codes and matters went to whom.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "ledger/unit_change.h"

namespace tz::ledger {

// Where a unit's code lies in the tree's arena; its name follows it.
struct UnitText {
  std::uint32_t offset = 0;
  std::uint16_t code_bytes = 0;
  std::uint16_t name_bytes = 0;
};

// A change as it was made.
struct UnitEdit {
  UnitId unit;
  ChangeKind kind = ChangeKind::Renamed;
  Day day;       // from which on it holds
  Seq record;    // that says so
  UnitId other;  // the parent before a move; else as in UnitChange
  UnitText text_before;
  Day to_before;
};

// From `from` on what was one unit's is another's.
struct Heir {
  UnitId unit;
  UnitId successor;
  Day from;
  Seq record;
  friend bool operator==(const Heir&, const Heir&) = default;
};

// A code that came to be no longer a unit's.
struct FormerCode {
  UnitId unit;
  UnitText text;
  Seq until;          // the first record for which it is not
  bool lost = false;  // the unit had ended and another took its code; it has no other
};

// Value type: copied with the tree. What is asked is as of the last settle().
class UnitHistory {
 public:
  void add(const UnitEdit& edit) { edits_.push_back(edit); }
  void add(const Heir& heir) { heirs_.push_back(heir); }
  void add(const FormerCode& code);
  // Puts in order what was added. `arena` is the text that codes lie in.
  void settle(std::string_view arena);
  // Forgets what that record and later ones added. Needs settle() again.
  void forget_from(Seq record);

  [[nodiscard]] const std::vector<UnitEdit>& edits() const { return edits_; }
  [[nodiscard]] std::vector<UnitEdit> edits_of(UnitId unit) const;
  // In order of recording: the first inherits.
  [[nodiscard]] std::span<const Heir> successors(UnitId unit) const;
  // The units whose first successor it is, and all that it succeeds, be it as one of several.
  [[nodiscard]] std::vector<Heir> predecessors(UnitId unit) const;
  [[nodiscard]] std::vector<Heir> succeeded_by(UnitId successor) const;
  [[nodiscard]] bool anybody_succeeded() const { return !heirs_.empty(); }
  // Whose code it was for the record `at`, where it has gone from somebody since.
  [[nodiscard]] std::optional<UnitId> former(std::string_view arena, std::string_view code,
                                             Seq at) const;
  // Whose it was, the last of them last.
  [[nodiscard]] std::vector<UnitId> formers_of(std::string_view arena, std::string_view code) const;
  // Whether an ended unit's code is another's now; at once.
  [[nodiscard]] bool code_lost(UnitId unit) const { return lost_.contains(unit); }
  // From which record on a code that was the unit's is not; none: it never was, or still is.
  [[nodiscard]] std::optional<Seq> code_gone(std::string_view arena, std::string_view code,
                                             UnitId unit) const;

 private:
  [[nodiscard]] std::span<const FormerCode> formers(std::string_view arena,
                                                    std::string_view code) const;

  std::vector<UnitEdit> edits_;
  std::vector<std::uint32_t> by_unit_;       // indexes in edits_, by unit
  std::vector<Heir> heirs_;                  // by unit
  std::vector<std::uint32_t> by_successor_;  // indexes in heirs_
  std::vector<FormerCode> formers_;          // by code, then by record
  std::unordered_set<UnitId> lost_;
};

}  // namespace tz::ledger
