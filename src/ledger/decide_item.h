// Deciding what concerns one item: listing it, moving it, correcting it, destroying a text of it.
#pragma once

#include "ledger/decide.h"
#include "ledger/permission.h"

namespace tz::ledger {

// Whether the command gives that field, one of opening_inputs().
bool is_given(std::string_view field, const OpenItem& command);
Result<Decision> decide_open(const Circumstances& at, const OpenItem& command);
Result<Decision> decide_action(const Circumstances& at, const TakeAction& command);
Result<Decision> decide_correct(const Circumstances& at, const CorrectItem& command);
// The item, where the actor may read it. Refuses `item_unknown`, whether or not there is one.
Result<const Item*> item_in_sight(const Circumstances& at, ItemNo no);

// Tells each of those closed items that something about the same place and category has come in:
// closed within a year, no accusation, and no report of which the new item may not tell. The new
// one is linked to the newest of them. Appends to `out`; the rest are passed over.
struct Opened {
  ItemNo no;
  UnitId place;
  std::optional<std::string> category;
  bool report = false;
};
void note_recurrence(const Circumstances& at, const Opened& opened,
                     const std::vector<ItemNo>& closed_before, std::vector<EventDraft>& out);

Result<Decision> decide_erase(const Circumstances& at, const EraseItem& command);
Result<Decision> decide_redact(const Circumstances& at, const RedactText& command);

// Why a text that came with a transition may not be taken.
std::optional<Error> texts_fault(const ActionInput& input);

// To take a transition.
inline Wish step_wish(const Transition& transition) {
  return {right_of(transition.act), &transition.who, transition.id};
}

// Whether the policy keeps the post from the transition, then its guards in the order of the flow
// file; the first that does not hold.
std::optional<Error> guarded(const Circumstances& at, const Transition& transition,
                             const Item& item, const ActionInput& input, PostId post);

// Only those guards that the item alone decides, for showing what is possible.
std::optional<Error> guarded_by_item(const Circumstances& at, const Transition& transition,
                                     const Item& item, PostId post);

}  // namespace tz::ledger
