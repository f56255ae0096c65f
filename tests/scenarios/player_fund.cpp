// The lines of a scenario about revolving funds. Amounts are in fen.
#include "base/embedded.h"
#include "ledger/fund_statement.h"
#include "scenarios/line.h"
#include "scenarios/player.h"

namespace tz::test {

using namespace ledger;

// fund PERSON CODE unit= cap= [small=] [term=] [extension=] [extensions=]: adopts the kind that
// lends too.
Fault Player::open_fund(const Words& words) {
  const auto person = words.size() >= 3 ? persons_.find(words[1]) : persons_.end();
  auto given = given_of(words, 3);
  if (person == persons_.end() || !given.ok()) return fault("fund PERSON CODE KEY=… is needed");
  const auto state = ledger_.engine().published().state;
  if (!state->flow_of("loan")) {
    const auto adopted = ledger_.set_up(AdoptFlow{std::string(embedded_file("flows/loan.yaml"))});
    if (!adopted.ok()) return fault("refused: " + to_text(adopted.error()));
  }
  const auto unit = state->tree->find(taken(*given, "unit"));
  if (!unit) return fault("a unit is needed");
  OpenFund command;
  command.fund = words[2];
  command.unit = *unit;
  command.title_zh = "大病救急周转金";
  command.title_en = "Relief fund";
  command.rules.cap_fen = number_or_zero(taken(*given, "cap"));
  command.rules.small_fen = number_or_zero(taken(*given, "small"));
  const std::string term = taken(*given, "term");
  command.rules.term_days = term.empty() ? 365 : number_or_zero(term);
  command.rules.extension_days = number_or_zero(taken(*given, "extension"));
  command.rules.extensions_max = number_or_zero(taken(*given, "extensions"));
  command.rules.basis = "新政办发〔2019〕1号";
  command.key = std::string(64, '0');
  if (!given->empty()) return fault("unknown: " + given->begin()->first);
  return ask(person->second, std::move(command));
}

// bind PERSON CODE PERSONS
Fault Player::bind_checkers(const Words& words) {
  const auto person = words.size() == 4 ? persons_.find(words[1]) : persons_.end();
  if (person == persons_.end()) return fault("bind PERSON CODE PERSONS is needed");
  return ask(person->second, BindCheckers{words[2], posts_of(words[3])});
}

// money PERSON CODE capital|income|returned AMOUNT [DOCUMENT]
Fault Player::book_money(const Words& words) {
  const auto person = words.size() >= 5 ? persons_.find(words[1]) : persons_.end();
  const auto sort = words.size() >= 5 ? entry_sort_named(words[3]) : std::nullopt;
  if (person == persons_.end() || !sort) return fault("money PERSON CODE SORT AMOUNT is needed");
  return ask(person->second, BookMoney{words[2], *sort, number_or_zero(words[4]),
                                       words.size() == 6 ? words[5] : ""});
}

// expect fund CODE WHAT NUMBER
Fault Player::expect_fund(const Words& words) {
  const auto state = ledger_.engine().published().state;
  const Fund* fund = state->fund(words[2]);
  if (fund == nullptr) return fault("there is no such fund");
  std::int64_t late = 0;
  for (const AgeingBand& band : ageing_of(*fund, day_)) late += band.fen;
  const FundMonth month = months_of(*fund, day_, day_).back();
  const auto spans = fund->shown.until(day_);
  const std::map<std::string, std::int64_t> numbers = {
      {"balance", fund->accounts.cash},
      {"available", fund->accounts.available()},
      {"committed", fund->accounts.committed},
      {"outstanding", fund->accounts.advances},
      {"written_off", fund->accounts.write_offs},
      {"overdue", late},
      {"opening", month.opening},
      {"paid", month.sums.of(EntrySort::Paid)},
      {"repaid", month.sums.of(EntrySort::Repaid)},
      {"closing", month.closing},
      {"public", spans.empty() ? 0 : spans.back().closing}};
  const auto number = numbers.find(words[3]);
  if (number == numbers.end()) return fault("there is no such number");
  if (std::to_string(number->second) == words[4]) return std::nullopt;
  return fault("it is " + std::to_string(number->second));
}

}  // namespace tz::test
