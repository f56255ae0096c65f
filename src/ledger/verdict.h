// What whoever was asked says of a closing, and what follows from it.
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/command.h"
#include "ledger/item.h"

namespace tz::ledger {

// Whether the newest verdict is an answer to what can be judged now; and whether by the reporter
// himself, whose word stands. What an official wrote down for him gives way to that.
bool answered(const Item& item);
bool own_word_given(const Item& item);
bool unsatisfied(const JudgementGiven& said);
// Whether the newest verdict on it is that of somebody who was not satisfied.
bool contested(const Item& item);
// Whether somebody brought it, by its source or another that has the same matter.
bool brought(const Item& item, const State& state);
// Whether a verdict sends the item back to work: not where the closing says that what was demanded
// cannot be met.
bool goes_back(const JudgementGiven& said, const Transition& transition, const Item& item,
               const State& state);

// The lot of a closing, or as number 0 that of what is open although its deadline was over; a null
// pointer where those it concerns were not listed.
const Lot* lot_of(const Item& item, std::uint16_t closure);
// What stands in the way of an act of asking, whatever it is given: a closing, and a deadline that
// is over, is judged once, by those it concerns where they were listed; they are listed once, and
// drawn once. Refuses `lot_answers`, `verdict_given`, `lot_listed`, `lot_not_listed`,
// `lot_is_drawn`, `lot_not_drawn`, `lot_is_done`.
std::optional<Error> verdict_refused(const Transition& step, const Item& item);
// Of what nobody is unsatisfied with it is not found that it cannot be met: such a step is offered
// to nobody. Refuses `verdict_not_unsatisfied`.
std::optional<Error> unmet_refused(const Transition& step, const Item& item, const State& state);
// What one of those who were drawn said, or that he gave no answer.
void take(Lot& lot, const JudgementGiven& said);

// What a verdict and a drawing change of an item.
void note_judgement(Item& item, const JudgementGiven& said, PostId actor, Day day);
void note_drawing(Item& item, const LotDrawn& drawing);

// What an official writes down says in which way he was told; of who is not satisfied also why, by
// the list or in words. Refuses `field_required`, and `field_bad` for what only the reporter does.
std::optional<Error> said_fault(const ActionInput& input);
// Needs `solved`.
JudgementGiven said_by(const ActionInput& input, std::uint16_t closure);

}  // namespace tz::ledger
