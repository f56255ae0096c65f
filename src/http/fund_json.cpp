// Amounts are integer fen in JSON, and yuan with two decimals in tables.
#include "http/fund_json.h"

#include "http/csv_table.h"
#include "http/render.h"

namespace tz::http {
namespace {

using ledger::EntrySort;

constexpr EntrySort kSorts[] = {EntrySort::Capital,   EntrySort::Income,    EntrySort::Returned,
                                EntrySort::Committed, EntrySort::Released,  EntrySort::Paid,
                                EntrySort::Repaid,    EntrySort::WrittenOff};

Json rate_json(const ledger::FundRate& rate) {
  Json out;
  out.set("numerator", rate.numerator).set("denominator", rate.denominator);
  return out;
}

void set_sums(const ledger::FundSums& sums, Json& out) {
  for (const EntrySort sort : kSorts) out.set(std::string(ledger::to_text(sort)), sums.of(sort));
  const auto loans = static_cast<std::size_t>(EntrySort::Paid);
  out.set("paid_count", sums.count[loans]);
}

void add_sums(const ledger::FundSums& sums, std::vector<std::string>& cells) {
  for (const EntrySort sort : kSorts) cells.push_back(ledger::yuan_text(sums.of(sort)));
}

// The columns of a statement; of a dispute, "returned" says something else.
std::vector<std::string> columns(std::vector<std::string> first, const char* last) {
  for (const EntrySort sort : kSorts)
    first.emplace_back(sort == EntrySort::Returned ? "given_back" : ledger::to_text(sort));
  first.emplace_back(last);
  return first;
}

Json day_or_null(const std::optional<Day>& day) { return day ? Json(to_text(*day)) : Json(); }

}  // namespace

Json fund_json(const ledger::State& state, const ledger::Fund& fund, Day today) {
  Json out;
  Json title;
  title.set("zh-CN", fund.title_zh).set("en", fund.title_en);
  out.set("fund", fund.code).set("title", std::move(title));
  out.set("unit", unit_json(*state.tree, fund.unit));
  Json rules;
  rules.set("cap", fund.rules.cap_fen).set("small", fund.rules.small_fen);
  rules.set("term_days", fund.rules.term_days);
  rules.set("extension_days", fund.rules.extension_days);
  rules.set("extensions", fund.rules.extensions_max).set("basis", fund.rules.basis);
  out.set("rules", std::move(rules));
  const auto newest = fund.shown.newest(today);
  Json balance;
  if (newest) balance.set("fen", newest->closing).set("as_of", to_text(newest->last));
  out.set("balance", std::move(balance));
  return out;
}

Json public_spans_json(const ledger::Fund& fund, Day today) {
  JsonArray out;
  for (const ledger::PublicSpan& span : fund.shown.until(today)) {
    Json row;
    row.set("from", to_text(span.first)).set("to", to_text(span.last));
    row.set("opening", span.opening).set("capital", span.capital).set("income", span.income);
    row.set("lent", span.lent);
    row.set("paid", span.paid ? Json(*span.paid) : Json());
    row.set("repaid", span.repaid ? Json(*span.repaid) : Json());
    row.set("closing", span.closing);
    out.push_back(std::move(row));
  }
  return out;
}

Json book_json(const ledger::Fund& fund, const FundDays& days, Day today) {
  const ledger::FundAccounts& accounts = fund.accounts;
  Json book;
  book.set("capital", accounts.capital).set("income", accounts.income);
  book.set("cash", accounts.cash).set("advances", accounts.advances);
  book.set("write_offs", accounts.write_offs).set("committed", accounts.committed);
  book.set("available", accounts.available());
  JsonArray bands;
  for (const ledger::AgeingBand& band : ledger::ageing_of(fund, today)) {
    Json row;
    row.set("days_min", band.days_min);
    row.set("days_max", band.days_max ? Json(*band.days_max) : Json());
    row.set("loans", band.loans).set("fen", band.fen);
    bands.push_back(std::move(row));
  }
  const ledger::FundRates rates = ledger::rates_of(fund, days.first, days.last, today);
  Json rated;
  rated.set("from", to_text(days.first)).set("to", to_text(days.last));
  rated.set("turnover", rate_json(rates.turnover)).set("overdue", rate_json(rates.overdue));
  rated.set("recovery", rate_json(rates.recovery));
  Json out;
  out.set("accounts", std::move(book)).set("ageing", std::move(bands));
  out.set("rates", std::move(rated));
  return out;
}

Json months_json(const ledger::Fund& fund, const FundDays& days) {
  JsonArray out;
  for (const ledger::FundMonth& month : ledger::months_of(fund, days.first, days.last)) {
    Json row;
    row.set("month", month_text(month.month)).set("opening", month.opening);
    set_sums(month.sums, row);
    row.set("closing", month.closing);
    out.push_back(std::move(row));
  }
  return out;
}

Json units_json(const ledger::State& state, const ledger::Fund& fund, const FundDays& days) {
  JsonArray out;
  for (const ledger::FundUnit& unit : ledger::units_of(fund, days.first, days.last)) {
    Json row;
    row.set("unit", unit_json(*state.tree, unit.unit));
    set_sums(unit.sums, row);
    row.set("outstanding", unit.outstanding);
    out.push_back(std::move(row));
  }
  return out;
}

Json loan_json(const ledger::State& state, const ledger::Loan& loan, Day today) {
  const ledger::Fund* fund = state.fund_of(loan.item);
  TZ_ASSERT(fund != nullptr);
  Json out;
  out.set("item", ledger::to_text(loan.item)).set("fund", fund->code);
  out.set("unit", unit_json(*state.tree, loan.unit)).set("asked_on", to_text(loan.asked_on));
  out.set("asked", loan.asked).set("committed", loan.committed).set("paid", loan.paid);
  out.set("repaid", loan.repaid).set("written_off", loan.written_off);
  out.set("outstanding", loan.outstanding()).set("paid_on", day_or_null(loan.paid_on));
  out.set("due", day_or_null(loan.due)).set("extensions", loan.extensions);
  out.set("overdue", loan.overdue(today)).set("ended", loan.ended);
  return out;
}

std::string months_csv(const Messages& words, const ledger::Fund& fund, const FundDays& days) {
  CsvTable table(words, columns({"month", "opening"}, "closing"));
  for (const ledger::FundMonth& month : ledger::months_of(fund, days.first, days.last)) {
    std::vector<std::string> cells = {month_text(month.month), ledger::yuan_text(month.opening)};
    add_sums(month.sums, cells);
    cells.push_back(ledger::yuan_text(month.closing));
    table.add(cells);
  }
  return table.text();
}

std::string units_csv(const Messages& words, const ledger::State& state, const ledger::Fund& fund,
                      const FundDays& days) {
  const ledger::OrgTree& tree = *state.tree;
  CsvTable table(words, columns({"unit", "name"}, "outstanding"));
  for (const ledger::FundUnit& unit : ledger::units_of(fund, days.first, days.last)) {
    std::vector<std::string> cells = {address_of(tree, unit.unit),
                                      std::string(tree.name(unit.unit))};
    add_sums(unit.sums, cells);
    cells.push_back(ledger::yuan_text(unit.outstanding));
    table.add(cells);
  }
  return table.text();
}

}  // namespace tz::http
