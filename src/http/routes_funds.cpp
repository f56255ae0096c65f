// Revolving funds: what everybody sees of them, and for who may read it the book, its statements
// and its loans.
#include <algorithm>

#include "base/csv.h"
#include "http/csv_table.h"
#include "http/fund_json.h"
#include "http/handlers.h"
#include "http/item_query.h"
#include "http/render.h"
#include "http/sight.h"
#include "ledger/permission.h"

namespace tz::http {
namespace {

using ledger::Fund;

constexpr std::size_t kLoansUsual = 100;
constexpr std::size_t kLoansMax = 1000;
constexpr std::size_t kLoansTableMax = 100'000;
constexpr std::int32_t kDaysUsual = 365;
constexpr std::int32_t kDaysMax = 3660;

Result<const Fund*> fund_named(const Call& call) {
  const Fund* fund = call.state().fund(call.params[0]);
  if (fund == nullptr)
    return refusal("fund_unknown", {{"fund", std::string(beginning_of(call.params[0], 40))}});
  return fund;
}

bool reads_book(const Call& call, const Fund& fund) {
  return ledger::may_over(call.state(), call.account(), ledger::Right::FundRead, fund.unit,
                          call.today);
}

Result<const Fund*> readable_fund(const Call& call) {
  const Fund* fund = TZ_TRY(fund_named(call));
  if (!reads_book(call, *fund)) return refusal("not_permitted", {{"transition", "fund.read"}});
  return fund;
}

// The days that were asked about; where none were, the year up to today or what there is of it.
Result<FundDays> days_in(const Call& call, const Fund& fund, QueryReader& query) {
  const auto from = TZ_TRY(day_in(query, "from"));
  const auto to = TZ_TRY(day_in(query, "to"));
  FundDays out;
  out.last = to.value_or(call.today);
  const Day begin = fund.entry_count() > 0 ? fund.entry(0).day : out.last;
  const Day usual = std::max(Day{out.last.number - kDaysUsual}, std::min(begin, out.last));
  out.first = from.value_or(usual);
  if (out.last < out.first || out.last.number - out.first.number > kDaysMax)
    return query_bad("from", to_text(out.first));
  return out;
}

Result<bool> by_unit(QueryReader& query) {
  const std::string by = query.text("by").value_or("month");
  if (by != "month" && by != "unit") return query_bad("by", by);
  return by == "unit";
}

// Those whose items the caller may read, from one number on.
struct LoanPage {
  std::vector<const ledger::Loan*> loans;
  std::optional<ledger::ItemNo> next;
};
struct LoanLimits {
  std::size_t usual;
  std::size_t max;
};
Result<LoanPage> loans_page(const Call& call, const Fund& fund, const LoanLimits& limits) {
  QueryReader query(call.target);
  const std::size_t limit = TZ_TRY(query.limit(limits.usual, limits.max));
  const auto after = query.text("after");
  const bool open = query.text("open").value_or("no") == "yes";
  TZ_TRY(query.finish());
  const auto from = after ? ledger::parse_item_no(*after) : std::nullopt;
  if (after && !from) return query_bad("after", *after);
  Sight sight(call.published, call.account(), call.today);
  LoanPage out;
  for (const ledger::Loan* loan : fund.loans()) {
    if (from && loan->item.value <= from->value) continue;
    if (open && loan->ended) continue;
    if (!TZ_TRY(sight.may_read(call.site.context.engine, loan->item))) continue;
    if (out.loans.size() == limit) {
      out.next = out.loans.back()->item;
      break;
    }
    out.loans.push_back(loan);
  }
  return out;
}

std::string loans_csv(const Call& call, const LoanPage& page) {
  CsvTable table(call.words(),
                 {"item", "unit", "name", "asked_on", "asked", "committed", "paid_on", "paid",
                  "repaid", "written_off", "outstanding", "repay_by", "is_overdue", "ended"});
  const auto day = [](const std::optional<Day>& one) { return one ? to_text(*one) : ""; };
  for (const ledger::Loan* loan : page.loans)
    table.add({ledger::to_text(loan->item), address_of(call.tree(), loan->unit),
               std::string(call.tree().name(loan->unit)), to_text(loan->asked_on),
               ledger::yuan_text(loan->asked), ledger::yuan_text(loan->committed),
               day(loan->paid_on), ledger::yuan_text(loan->paid), ledger::yuan_text(loan->repaid),
               ledger::yuan_text(loan->written_off), ledger::yuan_text(loan->outstanding()),
               day(loan->due), table.truth(loan->overdue(call.today)), table.truth(loan->ended)});
  return table.text();
}

// "" where there is none, or where it may not be told.
std::string yuan_cell(const std::optional<std::int64_t>& fen) {
  return fen ? ledger::yuan_text(*fen) : "";
}

std::string funds_csv(const Call& call) {
  CsvTable table(call.words(), {"fund", "title", "unit", "name", "cap", "small", "term_days",
                                "extension_days", "extensions", "basis", "balance", "as_of"});
  for (const auto& fund : call.state().funds) {
    const ledger::FundRules& rules = fund->rules;
    const auto newest = fund->shown.newest(call.today);
    table.add({fund->code, call.language == Language::English ? fund->title_en : fund->title_zh,
               address_of(call.tree(), fund->unit), std::string(call.tree().name(fund->unit)),
               ledger::yuan_text(rules.cap_fen), ledger::yuan_text(rules.small_fen),
               std::to_string(rules.term_days), std::to_string(rules.extension_days),
               std::to_string(rules.extensions_max), rules.basis,
               newest ? ledger::yuan_text(newest->closing) : "",
               newest ? to_text(newest->last) : ""});
  }
  return table.text();
}

std::string spans_csv(const Call& call, const Fund& fund) {
  CsvTable table(call.words(), {"from", "to", "opening", "capital", "income", "paid", "repaid",
                                "lent", "closing"});
  for (const ledger::PublicSpan& span : fund.shown.until(call.today))
    table.add({to_text(span.first), to_text(span.last), ledger::yuan_text(span.opening),
               ledger::yuan_text(span.capital), ledger::yuan_text(span.income),
               yuan_cell(span.paid), yuan_cell(span.repaid), ledger::yuan_text(span.lent),
               ledger::yuan_text(span.closing)});
  return table.text();
}

std::string ageing_csv(const Call& call, const Fund& fund) {
  CsvTable table(call.words(), {"days_min", "days_max", "loans", "overdue"});
  for (const ledger::AgeingBand& band : ledger::ageing_of(fund, call.today))
    table.add({std::to_string(band.days_min), band.days_max ? std::to_string(*band.days_max) : "",
               std::to_string(band.loans), ledger::yuan_text(band.fen)});
  return table.text();
}

}  // namespace

Result<Response> get_funds(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  JsonArray rows;
  for (const auto& fund : call.state().funds)
    rows.push_back(fund_json(call.state(), *fund, call.today));
  Json out;
  out.set("funds", std::move(rows));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_funds_csv(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  return csv_response(funds_csv(call), "funds.csv");
}

Result<Response> get_fund(const Call& call) {
  QueryReader query(call.target);
  const Fund& fund = *TZ_TRY(fund_named(call));
  const FundDays days = TZ_TRY(days_in(call, fund, query));
  TZ_TRY(query.finish());
  Json out;
  out.set("fund", fund_json(call.state(), fund, call.today));
  out.set("spans", public_spans_json(fund, call.today));
  out.set("book", reads_book(call, fund) ? book_json(fund, days, call.today) : Json());
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_fund_spans_csv(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Fund& fund = *TZ_TRY(fund_named(call));
  return csv_response(spans_csv(call, fund), fund.code + "-spans.csv");
}

Result<Response> get_fund_ageing_csv(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Fund& fund = *TZ_TRY(readable_fund(call));
  return csv_response(ageing_csv(call, fund), fund.code + "-ageing.csv");
}

Result<Response> get_fund_statement(const Call& call) {
  QueryReader query(call.target);
  const Fund& fund = *TZ_TRY(readable_fund(call));
  const FundDays days = TZ_TRY(days_in(call, fund, query));
  const bool units = TZ_TRY(by_unit(query));
  TZ_TRY(query.finish());
  Json out;
  out.set("fund", fund.code).set("from", to_text(days.first)).set("to", to_text(days.last));
  out.set("rows", units ? units_json(call.state(), fund, days) : months_json(fund, days));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_fund_statement_csv(const Call& call) {
  QueryReader query(call.target);
  const Fund& fund = *TZ_TRY(readable_fund(call));
  const FundDays days = TZ_TRY(days_in(call, fund, query));
  const bool units = TZ_TRY(by_unit(query));
  TZ_TRY(query.finish());
  return csv_response(units ? units_csv(call.words(), call.state(), fund, days)
                            : months_csv(call.words(), fund, days),
                      fund.code + (units ? "-units.csv" : "-months.csv"));
}

Result<Response> get_fund_loans(const Call& call) {
  const Fund& fund = *TZ_TRY(readable_fund(call));
  const LoanPage page = TZ_TRY(loans_page(call, fund, {kLoansUsual, kLoansMax}));
  JsonArray rows;
  for (const ledger::Loan* loan : page.loans)
    rows.push_back(loan_json(call.state(), *loan, call.today));
  Json out;
  out.set("fund", fund.code).set("loans", std::move(rows));
  out.set("next", page.next ? Json(ledger::to_text(*page.next)) : Json());
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_fund_loans_csv(const Call& call) {
  const Fund& fund = *TZ_TRY(readable_fund(call));
  const LoanPage page = TZ_TRY(loans_page(call, fund, {kLoansTableMax, kLoansTableMax}));
  return csv_response(loans_csv(call, page), fund.code + "-loans.csv");
}

}  // namespace tz::http
