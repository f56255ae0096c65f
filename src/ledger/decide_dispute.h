// Deciding about disputes: that one was brought, how it ended, and what its parties say of that.
#pragma once

#include "ledger/decide.h"

namespace tz::ledger {

// Refuses `unit_ended`, `dispute_number_taken`, `parties_count` (facts: min, max),
// `occurred_in_future` (fact: day), of the earlier one `dispute_unknown` and `dispute_open` (fact:
// dispute), and where it ended at once as decide_dispute_end().
Result<Decision> decide_dispute(const Circumstances& at, const RecordDispute& command);

// Refuses `dispute_unknown` and `dispute_ended` (fact: dispute), `occurred_in_future` (fact: day),
// `list_too_long`, `post_unknown`, `field_required` and `field_bad`.
Result<Decision> decide_dispute_end(const Circumstances& at, const EndDispute& command);

// A party's answer by its own code. Refuses `dispute_unknown` where there is no such dispute and
// where the code is wrong alike, `dispute_open` and `party_answered`.
Result<Decision> decide_party_answer(const Circumstances& at, const AnswerDispute& command);

// The same from paper, by somebody who did not mediate. Refuses `dispute_unknown`, `dispute_open`,
// `party_unknown` (fact: party), `party_answered` and `mediator_answers`.
Result<Decision> decide_party_paper(const Circumstances& at, const EnterAnswer& command);

// Whether an account may know of a dispute.
bool may_read(const State& state, AccountId account, const Dispute& dispute, Day day);
// The unit where it counts.
UnitId counted_at(const Dispute& dispute, const State& state);

}  // namespace tz::ledger
