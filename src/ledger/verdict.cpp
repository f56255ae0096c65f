// Answers, silence, and whose word stands.
#include "ledger/verdict.h"

#include <algorithm>

#include "ledger/acting.h"

namespace tz::ledger {

bool answered(const Item& item) {
  return item.judged && item.judgement && item.judgement->solved != Verdict::NoAnswer;
}

bool own_word_given(const Item& item) {
  if (!answered(item)) return false;
  const auto& way = item.judgement->way;
  return !way || *way == VerdictWay::Code;
}

bool unsatisfied(const JudgementGiven& said) {
  return said.solved == Verdict::No || said.satisfied == Verdict::No;
}

bool brought(const Item& item, const State& state) {
  const Flow& flow = flow_of(item, state);
  const auto is_one = [&](const std::string& code) {
    const auto source = flow.source(code);
    return source &&
           std::find(flow.brought.begin(), flow.brought.end(), *source) != flow.brought.end();
  };
  return is_one(item.source) ||
         std::any_of(item.more_sources.begin(), item.more_sources.end(), is_one);
}

bool contested(const Item& item) { return item.judgement && unsatisfied(*item.judgement); }

const Lot* lot_of(const Item& item, std::uint16_t closure) {
  // Of what is open, the list is of now, and not of before a closing that did not hold.
  const bool its = item.lot && item.lot->list.closure == closure &&
                   (closure > 0 || item.lot->closings == item.closures.size());
  return its ? &*item.lot : nullptr;
}

namespace {

// Whether somebody was asked on a day on which the deadline was over already.
bool after_deadline(const Item& item, const std::optional<Day>& day) {
  return closing_that_stands(item) == 0 && item.due && day && *item.due < *day;
}

// What the reporter said since the deadline was over, of a closing too.
bool answered_since_deadline(const Item& item) {
  return item.judgement && item.judgement->solved != Verdict::NoAnswer &&
         after_deadline(item, item.judgement_day);
}

// Whether those it concerns were listed: of a closing once, and of what is open once for each
// deadline that is over, and not before all who were drawn were asked.
bool listed(const Item& item, const Lot* lot) {
  if (lot != nullptr && (closing_that_stands(item) > 0 || !is_done(*lot))) return true;
  return item.lot && is_done(*item.lot) && after_deadline(item, item.lot->day);
}

// Whether nothing but that a demand cannot be met can be found by that step.
bool finds_unmet(const Transition& step, const Flow& flow) {
  return step.act == Act::Close && !step.outcomes.empty() &&
         std::all_of(step.outcomes.begin(), step.outcomes.end(),
                     [&](std::uint16_t outcome) { return flow.outcomes[outcome].unmet; });
}

}  // namespace

std::optional<Error> verdict_refused(const Transition& step, const Item& item) {
  const Act act = step.act;
  const Lot* lot = lot_of(item, closing_that_stands(item));
  const bool at_deadline = step.guard(GuardKind::DeadlineOver) != nullptr;
  const bool given = at_deadline ? answered_since_deadline(item) : answered(item);
  if (act == Act::Judge) {
    // Those of a deadline before said all of it that they had to say.
    const bool of_before =
        lot != nullptr && at_deadline && is_done(*lot) && !after_deadline(item, lot->day);
    if (lot != nullptr && !of_before) return refusal("lot_answers");
    if (given) return refusal("verdict_given");
  }
  if (act == Act::ListAffected) {
    // Who listed them anew until the numbers please would choose whom to ask.
    if (listed(item, lot)) return refusal("lot_listed");
    if (given) return refusal("verdict_given");
  }
  if (act == Act::Draw) {
    if (lot == nullptr) return refusal("lot_not_listed");
    if (lot->root) return refusal("lot_is_drawn");
  }
  if (act == Act::AskDrawn) {
    if (lot == nullptr || !lot->root) return refusal("lot_not_drawn");
    if (is_done(*lot)) return refusal("lot_is_done");
  }
  return std::nullopt;
}

std::optional<Error> unmet_refused(const Transition& step, const Item& item, const State& state) {
  if (finds_unmet(step, flow_of(item, state)) && !contested(item))
    return refusal("verdict_not_unsatisfied");
  return std::nullopt;
}

void take(Lot& lot, const JudgementGiven& said) {
  for (DrawnAnswer& one : lot.drawn) {
    if (one.number != said.drawn) continue;
    one.solved = said.solved;
    one.satisfied = said.satisfied;
    one.way = said.way;
    one.why = said.why;
    if (!one.answered()) ++one.tries;
  }
}

void note_judgement(Item& item, const JudgementGiven& said, PostId actor, Day day) {
  if (said.drawn) {
    if (item.lot) take(*item.lot, said);
    return;
  }
  // Whoever was tried in some way and gave no answer can still be asked.
  item.judged = !is_silence(said);
  if (is_silence(said) && item.tries < UINT8_MAX) ++item.tries;
  if (is_silence(said) && item.judgement && item.judgement->solved != Verdict::NoAnswer) return;
  item.judgement = said;
  item.judgement_day = day;
  item.judgement_by.reset();
  if (actor.value != 0) item.judgement_by = actor;
}

void note_drawing(Item& item, const LotDrawn& drawing) {
  if (!item.lot) return;
  item.lot->root = drawing.root;
  item.lot->drawn.clear();
  const AffectedListed& list = item.lot->list;
  for (const std::uint32_t number :
       draw_numbers(lot_seed_text(item.no, list, drawing.root), list.affected, list.asked))
    item.lot->drawn.push_back({number, Verdict::NoAnswer, Verdict::NoAnswer, {}, {}, 0});
}

std::optional<Error> said_fault(const ActionInput& input) {
  if (auto error = required("way", input)) return error;
  if (*input.way == VerdictWay::Code) return refusal("field_bad", {{"field", "way"}});
  // Who gave no answer said nothing of it.
  const Verdict satisfied = input.satisfied.value_or(Verdict::NoAnswer);
  if (*input.solved == Verdict::NoAnswer && (satisfied != Verdict::NoAnswer || input.why))
    return refusal("field_bad", {{"field", satisfied != Verdict::NoAnswer ? "satisfied" : "why"}});
  const bool not_content = *input.solved == Verdict::No || satisfied == Verdict::No;
  if (!not_content || (input.text && !input.text->empty())) return std::nullopt;
  return required("why", input);
}

JudgementGiven said_by(const ActionInput& input, std::uint16_t closure) {
  return {*input.solved, input.satisfied.value_or(Verdict::NoAnswer), closure, input.way,
          input.why};
}

bool goes_back(const JudgementGiven& said, const Transition& transition, const Item& item,
               const State& state) {
  if (!unsatisfied(said) || !transition.to_if_unsatisfied) return false;
  const std::uint16_t closure = closing_that_stands(item);
  if (closure == 0) return true;
  const Flow& flow = flow_of(item, state);
  const auto outcome = flow.outcome(item.closures[closure - 1U].outcome);
  return !outcome || !flow.outcomes[*outcome].unmet;
}

}  // namespace tz::ledger
