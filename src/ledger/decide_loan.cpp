// Asking for a loan, promising it, paying it, getting it back or not: never more than is there, and
// by three different people.
#include "ledger/decide_loan.h"

#include <algorithm>

#include "ledger/given_text.h"

namespace tz::ledger {
namespace {

// "30000.00": as sentences say it.
Facts in_yuan(const char* name, std::int64_t fen) { return {{name, yuan_text(fen)}}; }

struct Known {
  const Fund& fund;
  const Loan& loan;
};
// Only items of kinds that lend come here, and those have a loan from their opening on.
Known known(const Acting& a) {
  const Fund* fund = a.at.state.fund_of(a.item.no);
  TZ_ASSERT(fund != nullptr);
  return {*fund, *fund->loan(a.item.no)};
}

Hands hands_of(const State& state, PostId id) {
  const Post* post = state.post(id);
  TZ_ASSERT(post != nullptr);
  return {post->account, post->holder()};
}

Refused others_than(const Acting& a, PostId post, const std::optional<Hands>& before) {
  if (before && hands_of(a.at.state, post).meet(*before))
    return refusal("loan_same_person", {{"post", std::to_string(post.value)}});
  return std::nullopt;
}

// Nobody who checked the application decides on its money.
Refused not_checker(const Acting& a) {
  for (const Verifier& one : a.item.verifiers)
    if (auto error = others_than(a, a.post, hands_of(a.at.state, one.post))) return error;
  return std::nullopt;
}

Refused at_fund(const Acting& a, const Fund& fund) {
  const Post* post = a.at.state.post(a.post);
  const UnitId unit = a.at.state.now_of(fund.unit, a.today);
  if (post != nullptr && post->unit == unit) return std::nullopt;
  return refusal("loan_not_fund_unit", {{"unit", std::string(a.at.state.tree->code(unit))}});
}

// All that the household has out or promised.
std::int64_t held_by(const Fund& fund, const Hash& household) {
  std::int64_t sum = 0;
  for (const Loan* one : fund.open_loans(household)) sum += one->committed + one->outstanding();
  return sum;
}

// Whether some fund of the ledger has an open loan for it.
bool is_lent_for(const State& state, const LoanMarks& marks) {
  return std::any_of(state.funds.begin(), state.funds.end(), [&](const auto& fund) {
    const std::vector<const Loan*> open = fund->open_loans(marks.household);
    return std::any_of(open.begin(), open.end(),
                       [&](const Loan* one) { return one->marks.episode == marks.episode; });
  });
}

void add_booking(Acting& a, const Fund& fund, EntrySort sort, std::int64_t fen,
                 std::optional<Day> due = std::nullopt) {
  a.add(LoanBooked{fund.code, sort, fen, due});
}

// Of a small amount the township may decide before anybody has checked; all else the fund's own
// unit, of what was checked.
Refused commit(Acting& a) {
  const auto [fund, loan] = known(a);
  if (auto error = required("amount", a.input)) return error;
  if (auto error = required("due", a.input)) return error;
  const std::int64_t fen = *a.input.amount;
  if (loan.approver) return refusal("loan_approved_already");
  if (fen > loan.asked) return refusal("loan_over_asked", in_yuan("asked", loan.asked));
  if (a.item.review_passed) {
    if (auto error = at_fund(a, fund)) return error;
  } else if (fen > fund.rules.small_fen) {
    return refusal("loan_unchecked", in_yuan("small", fund.rules.small_fen));
  }
  if (auto error = not_checker(a)) return error;
  if (auto error = not_past(a, *a.input.due)) return error;
  const Day last{a.today.number + static_cast<std::int32_t>(fund.rules.term_days)};
  if (last < *a.input.due) return refusal("loan_term_over", {{"day", to_text(last)}});
  if (held_by(fund, loan.marks.household) + fen > fund.rules.cap_fen)
    return refusal("loan_over_cap", in_yuan("cap", fund.rules.cap_fen));
  if (fund.accounts.available() < fen)
    return refusal("fund_short", in_yuan("available", fund.accounts.available()));
  add_evidence(a);
  add_booking(a, fund, EntrySort::Committed, fen, a.input.due);
  return std::nullopt;
}

// All that was promised, at once.
Refused pay(Acting& a) {
  const auto [fund, loan] = known(a);
  if (loan.committed == 0) return refusal("loan_not_approved");
  if (auto error = others_than(a, a.post, loan.approver)) return error;
  if (auto error = not_checker(a)) return error;
  if (auto error = not_past(a, *loan.due)) return error;
  add_evidence(a);
  add_booking(a, fund, EntrySort::Paid, loan.committed);
  // From now on the item is due when the loan is.
  a.add(DeadlineExtended{*loan.due, {}});
  return std::nullopt;
}

Refused repay(Acting& a) {
  const auto [fund, loan] = known(a);
  if (auto error = required("amount", a.input)) return error;
  if (*a.input.amount > loan.outstanding())
    return refusal("loan_over_repaid", in_yuan("outstanding", loan.outstanding()));
  add_evidence(a);
  add_booking(a, fund, EntrySort::Repaid, *a.input.amount);
  return std::nullopt;
}

// All that is still out, of what is overdue; by the fund's own unit, and not by who paid it.
Refused write_off(Acting& a) {
  const auto [fund, loan] = known(a);
  if (auto error = required("reason", a.input)) return error;
  if (!loan.overdue(a.today)) return refusal("loan_not_overdue");
  if (auto error = at_fund(a, fund)) return error;
  if (auto error = others_than(a, a.post, loan.payer)) return error;
  add_evidence(a);
  add_booking(a, fund, EntrySort::WrittenOff, loan.outstanding());
  return std::nullopt;
}

}  // namespace

Result<EventDraft> ask_loan(const Circumstances& at, const Flow& flow, const OpenItem& command) {
  if (!flow.lends()) return refusal("field_unknown", {{"field", "fund"}});
  if (!command.accused.empty()) return refusal("field_unknown", {{"field", "accused"}});
  TZ_ASSERT(command.loan.has_value());
  const AskedLoan& asked = *command.loan;
  const Fund* fund = at.state.fund(asked.fund);
  const Day today = day_of(at.now, at.state.zone);
  if (fund == nullptr) return refusal("fund_unknown", {{"fund", asked.fund}});
  if (!at.state.tree->below_on_any_edge(command.place, at.state.now_of(fund->unit, today), today))
    return refusal("fund_not_there", {{"fund", fund->code}});
  if (asked.fen < 1 || asked.fen > kFenMax) return refusal("field_bad", {{"field", "amount"}});
  if (!asked.marks) return refusal("loan_marks_missing");
  if (asked.fen > fund->rules.cap_fen)
    return refusal("loan_over_cap", in_yuan("cap", fund->rules.cap_fen));
  if (is_lent_for(at.state, *asked.marks)) return refusal("loan_open_already");
  return EventDraft{
      LoanAsked{fund->code, command.place, asked.fen, asked.marks->household, asked.marks->episode},
      command.no,
      {}};
}

Refused act_on_loan(Acting& a) {
  if (a.transition.act == Act::Commit) return commit(a);
  if (a.transition.act == Act::Pay) return pay(a);
  if (a.transition.act == Act::Repay) return repay(a);
  return write_off(a);
}

Refused checks_loan(const Acting& a) {
  const Fund* fund = a.at.state.fund_of(a.item.no);
  if (fund == nullptr) return std::nullopt;
  const Loan& loan = *fund->loan(a.item.no);
  if (!fund->is_checker(a.post))
    return refusal("loan_checker_unbound", {{"post", std::to_string(a.post.value)}});
  if (auto error = others_than(a, a.post, loan.approver)) return error;
  return others_than(a, a.post, loan.payer);
}

Refused extend_loan(Acting& a) {
  const Fund* fund = a.at.state.fund_of(a.item.no);
  if (fund == nullptr) return std::nullopt;
  const Loan& loan = *fund->loan(a.item.no);
  if (loan.outstanding() == 0 || !loan.first_due) return refusal("loan_not_out");
  if (auto error = at_fund(a, *fund)) return error;
  // What is to be taken back, or was never looked at, gets no more time.
  if (!a.item.review_passed) return refusal("loan_not_checked");
  if (loan.extensions >= fund->rules.extensions_max)
    return refusal("loan_extensions_used", {{"count", std::to_string(fund->rules.extensions_max)}});
  const Day last{loan.first_due->number + static_cast<std::int32_t>(fund->rules.extension_days)};
  if (last < *a.input.due) return refusal("due_over_cap", {{"day", to_text(last)}});
  add_booking(a, *fund, EntrySort::Extended, 0, a.input.due);
  return std::nullopt;
}

Refused end_loan(Acting& a) {
  const Flow& flow = flow_of(a.item, a.at.state);
  if (!flow.lends() || is_open(flow.states[a.to].phase)) return std::nullopt;
  const auto [fund, loan] = known(a);
  if (loan.ended) return std::nullopt;
  std::int64_t out = loan.outstanding();
  std::int64_t promised = loan.committed;
  for (const EventDraft& draft : a.before) {
    const auto* booked = std::get_if<LoanBooked>(&draft.event);
    if (booked == nullptr) continue;
    if (booked->sort == EntrySort::Paid) {
      out += booked->fen;
      promised -= booked->fen;
    }
    if (booked->sort == EntrySort::Committed) promised += booked->fen;
    if (booked->sort == EntrySort::Repaid || booked->sort == EntrySort::WrittenOff)
      out -= booked->fen;
  }
  if (out > 0) return refusal("loan_outstanding", in_yuan("outstanding", out));
  if (promised > 0) add_booking(a, fund, EntrySort::Released, promised);
  a.add(LoanEnded{fund.code});
  return std::nullopt;
}

}  // namespace tz::ledger
