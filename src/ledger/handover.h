// The open work of a post: what goes over when it is handed to another of the same role, at the
// same unit or at its successor.
#pragma once

#include <vector>

#include "base/sha256.h"
#include "ledger/command.h"
#include "ledger/item.h"
#include "ledger/state.h"

namespace tz::ledger {

// What makes an item work of a post, held or ended; nothing where it is none: it is not open, or it
// went over from there before. A duty of the unit is work of each of its posts of that role.
std::vector<WorkPart> work_parts(const State& state, const Post& post, const Item& item, Day day);

// What both sides confirm. SHA-256 of "tz/handover/1" 00, the salt, and of each item its number
// u64, version u64, the count of its parts u8 and each part u8.
Hash hash_of(const WorkList& list);

// What is different now, for whoever was shown the earlier list: items that came, went, or were
// changed, each once and in the order of their numbers.
struct WorkChange {
  enum class What : std::uint8_t { Came, Went, Changed };
  ItemNo item;
  What what = What::Changed;
  friend bool operator==(const WorkChange&, const WorkChange&) = default;
};
std::string_view to_text(WorkChange::What what);
std::vector<WorkChange> changes(const WorkList& before, const WorkList& now);

}  // namespace tz::ledger
