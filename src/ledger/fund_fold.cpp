// A few assignments each, on a copy that shares whatever stays as it was.
#include "ledger/fund_fold.h"

#include <algorithm>

namespace tz::ledger {
namespace {

template <class Work>
void change(State& state, std::string_view code, const Work& work) {
  std::size_t index = 0;
  while (index < state.funds.size() && state.funds[index]->code != code) ++index;
  TZ_ASSERT(index < state.funds.size());
  auto changed = std::make_shared<Fund>(*state.funds[index]);
  work(*changed);
  state.funds.change(index, [&](auto& fund) { fund = std::move(changed); });
}

void ask(State& state, ItemNo item, const LoanAsked& event, Day day) {
  change(state, event.fund, [&](Fund& fund) {
    Loan loan;
    loan.item = item;
    loan.unit = event.unit;
    loan.marks = {event.household, event.episode};
    loan.asked_on = day;
    loan.asked = event.fen;
    fund.put(loan);
  });
}

Hands hands_of(const State& state, PostId id) {
  const Post* post = state.post(id);
  return post == nullptr ? Hands{} : Hands{post->account, post->holder()};
}

void note(Loan& loan, const LoanBooked& event, Day day, const Hands& hands) {
  switch (event.sort) {
    case EntrySort::Committed:
      loan.committed += event.fen;
      loan.due = loan.first_due = event.due;
      loan.approver = hands;
      return;
    case EntrySort::Released:
      loan.committed -= event.fen;
      return;
    case EntrySort::Paid:
      loan.committed -= event.fen;
      loan.paid += event.fen;
      loan.paid_on = day;
      loan.payer = hands;
      return;
    case EntrySort::Repaid:
      loan.repaid += event.fen;
      return;
    case EntrySort::WrittenOff:
      loan.written_off += event.fen;
      return;
    case EntrySort::Extended:
      loan.due = event.due;
      ++loan.extensions;
      return;
    case EntrySort::Capital:
    case EntrySort::Income:
    case EntrySort::Returned:
      return;
  }
}

void book_loan(State& state, ItemNo item, const LoanBooked& event, const Mark& mark) {
  const Hands hands = hands_of(state, mark.actor);
  const Day day = day_of(mark.recorded, state.zone);
  change(state, event.fund, [&](Fund& fund) {
    const Loan* before = fund.loan(item);
    TZ_ASSERT(before != nullptr);
    Loan loan = *before;
    note(loan, event, day, hands);
    fund.put(loan);
    fund.add({event.sort, day, loan.unit, event.fen, item, mark.seq});
  });
}

void end(State& state, ItemNo item, const LoanEnded& event) {
  change(state, event.fund, [&](Fund& fund) {
    const Loan* before = fund.loan(item);
    TZ_ASSERT(before != nullptr);
    Loan loan = *before;
    loan.ended = true;
    fund.put(loan);
  });
}

bool fits(const FundAccounts& accounts, EntrySort sort, std::int64_t fen) {
  if (fen < 0 || fen > kFenMax) return false;
  FundAccounts after = accounts;
  enter(after, sort, fen);
  return after.sound();
}

}  // namespace

void open_fund(State& state, const FundOpened& event, Seq record) {
  TZ_ASSERT(state.fund(event.fund) == nullptr);
  Fund fund;
  fund.code = event.fund;
  fund.unit = event.unit;
  fund.title_zh = event.title_zh;
  fund.title_en = event.title_en;
  fund.rules = event.rules;
  fund.record = record;
  state.funds.add(std::make_shared<const Fund>(std::move(fund)));
}

void bind_checkers(State& state, const FundCheckersBound& event) {
  change(state, event.fund, [&](Fund& fund) { fund.checkers = event.checkers; });
}

void book_money(State& state, const FundMoneyBooked& event, Day day, Seq record) {
  change(state, event.fund, [&](Fund& fund) {
    fund.add({event.sort, day, fund.unit, event.fen, event.loan, record});
  });
}

bool books(const Event& event) {
  return std::holds_alternative<LoanAsked>(event) || std::holds_alternative<LoanBooked>(event) ||
         std::holds_alternative<LoanEnded>(event);
}

void book(State& state, ItemNo item, const Event& event, const Mark& mark) {
  if (const auto* asked = std::get_if<LoanAsked>(&event))
    ask(state, item, *asked, day_of(mark.recorded, state.zone));
  if (const auto* booked = std::get_if<LoanBooked>(&event)) book_loan(state, item, *booked, mark);
  if (const auto* ended = std::get_if<LoanEnded>(&event)) end(state, item, *ended);
}

bool possible_booking(const State& state, ItemNo item, const Event& event) {
  if (const auto* asked = std::get_if<LoanAsked>(&event)) {
    const Fund* fund = state.fund(asked->fund);
    return fund != nullptr && state.fund_of(item) == nullptr && asked->fen >= 0;
  }
  if (const auto* ended = std::get_if<LoanEnded>(&event)) {
    const Fund* fund = state.fund(ended->fund);
    return fund != nullptr && fund->loan(item) != nullptr;
  }
  const auto* booked = std::get_if<LoanBooked>(&event);
  if (booked == nullptr) return true;
  const Fund* fund = state.fund(booked->fund);
  const Loan* loan = fund == nullptr ? nullptr : fund->loan(item);
  if (loan == nullptr || of_fund(booked->sort)) return false;
  const bool takes = booked->sort == EntrySort::Paid || booked->sort == EntrySort::Released;
  const bool ends = booked->sort == EntrySort::Repaid || booked->sort == EntrySort::WrittenOff;
  return (!takes || booked->fen <= loan->committed) &&
         (!ends || booked->fen <= loan->outstanding()) &&
         fits(fund->accounts, booked->sort, booked->fen);
}

bool possible_money(const State& state, const FundMoneyBooked& event) {
  const Fund* fund = state.fund(event.fund);
  if (fund != nullptr && event.loan && fund->loan(*event.loan) == nullptr) return false;
  return fund != nullptr && of_fund(event.sort) && fits(fund->accounts, event.sort, event.fen);
}

}  // namespace tz::ledger
