// Answers, silence, and whose word stands.
#include "ledger/verdict.h"

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

const Lot* lot_of(const Item& item, std::uint16_t closure) {
  const bool its = closure > 0 && item.lot && item.lot->list.closure == closure;
  return its ? &*item.lot : nullptr;
}

std::optional<Error> verdict_refused(Act act, const Item& item) {
  const std::uint16_t closure = closing_that_stands(item);
  const Lot* lot = lot_of(item, closure);
  if (act == Act::Judge) {
    if (lot != nullptr) return refusal("lot_answers");
    if (answered(item)) return refusal("verdict_given");
  }
  if (act == Act::ListAffected) {
    if (closure == 0) return refusal("not_closed");
    // Who listed them anew until the numbers please would choose whom to ask.
    if (lot != nullptr) return refusal("lot_listed");
    if (answered(item)) return refusal("verdict_given");
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

void note_judgement(Item& item, const JudgementGiven& said, PostId actor) {
  if (said.drawn) {
    if (item.lot) take(*item.lot, said);
    return;
  }
  // Whoever was tried in some way and gave no answer can still be asked.
  item.judged = !is_silence(said);
  if (is_silence(said) && item.tries < UINT8_MAX) ++item.tries;
  if (is_silence(said) && item.judgement && item.judgement->solved != Verdict::NoAnswer) return;
  item.judgement = said;
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
