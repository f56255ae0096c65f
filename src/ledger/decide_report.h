// Deciding what a reporter sends, and what is done about who he is.
#pragma once

#include <optional>
#include <vector>

#include "ledger/decide_item.h"

namespace tz::ledger {

// Who receives what an official lists that complains of units; he is of none of them. Refuses
// `accusation_not_taken` (facts: kind), `recorder_accused`, and as receiver_of. Needs accused
// units.
Result<UnitId> receiver_of_petition(const Circumstances& at, const OpenItem& command,
                                    const Flow& flow);
// What its item records besides the opening. Nobody holds a query code of it.
EventDraft accusation_of(const OpenItem& command);

Result<Decision> decide_report(const Circumstances& at, const ReceiveReport& command);
Result<Decision> decide_answer(const Circumstances& at, const AnswerQuestion& command);
// What a reporter can judge now: the closing that stands; or, as number 0, that the limit is over
// at which he is asked back, or the end of `other`, which his item was merged into. A limit that
// never started asks nobody.
struct Judging {
  const Transition* transition = nullptr;
  std::uint16_t closure = 0;
};
std::optional<Judging> judging(const State& state, const Item& item, const Item* other,
                               Instant now);
// Refuses `not_closed` where there is nothing to judge, `verdict_given`, and `field_required`.
Result<Decision> decide_verdict(const Circumstances& at, const JudgeReport& command);

// Refuses `item_unknown`, `not_permitted`, and `reporter_unnamed` where nobody gave his name with
// it.
Result<Decision> decide_reading(const Circumstances& at, const ReadReporter& command);

// The acts from Question to HandOut.
bool concerns_reporter(Act act);
// What stands in the way of one of them, whatever it is given; `no_reporter` where nobody sent the
// item in.
std::optional<Error> reporter_refused(const Circumstances& at, Act act, const Item& item,
                                      PostId post);
// What it records besides the move.
Result<EventDraft> report_fact(const Circumstances& at, Act act, const Item& item,
                               const ActionInput& input, PostId post);
// Whether their texts are sealed with that fact instead of the move.
bool has_own_texts(Act act);

// What he will read fits on one of his pages. Refuses `text_too_long`.
std::optional<Error> too_long_for_reporter(const Transition& transition, const Item& item,
                                           const ActionInput& input);

// Nothing is handed to a unit complained of, or to one below it. Refuses `names_accused`.
std::optional<Error> names_accused(const Circumstances& at, const Item& item,
                                   const ActionInput& input);

}  // namespace tz::ledger
