// What became of each unit between two lists of divisions, as rows that a person reads and edits.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ledger/org_tree.h"

namespace tz::ledger {

struct DiffRow {
  enum class Status : std::uint8_t {
    Certain,  // the lists tell
    Decide,   // they do not: what stands in the row is a guess, for a person to decide
    Decided,  // by a person
  };
  enum class Change : std::uint8_t {
    Keeps,     // the unit goes on, under another name or code or elsewhere
    Ends,      // it is over
    Replaced,  // it is over, and a new unit has the code
    Founded,   // a new unit
  };
  Status status = Status::Certain;
  Change change = Change::Keeps;
  UnitKind kind = UnitKind::Village;
  bool placeholder = false;
  // In the earlier list; empty of a new unit.
  std::string old_code;
  std::string old_name;
  std::string old_parent;  // a code, as all that follow
  // In the later list; empty of a unit that ends.
  std::string new_code;
  std::string new_name;
  std::string new_parent;
  std::vector<std::string> successors;  // later codes; what is open goes to the first
  std::string parted_from;              // of a new unit: the earlier code of one that goes on
  std::string why;       // by what it was found, and how many of those below bear it out
  std::size_t line = 0;  // in the file that it was read from
  friend bool operator==(const DiffRow&, const DiffRow&) = default;
};

// The units of both that are of the kinds from Province to Village, each once: those that changed,
// those to be decided first. Both in order of registration, parents first. Every unit of the later
// list is one that has not changed, or stands in one row.
std::vector<DiffRow> diff_trees(std::span<const UnitRow> before, std::span<const UnitRow> after);

}  // namespace tz::ledger
