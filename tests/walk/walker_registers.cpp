// What a loan and a household need beside their flows: a fund that has money, and registers that
// are opened, counted and signed from.
#include <algorithm>

#include "rollup/household_totals.h"
#include "walk/walker.h"

namespace tz::test {

using namespace ledger;

namespace {

constexpr const char* kFund = "relief";
constexpr std::int64_t kCap = 3'000'000;

rollup::RosterQuestion asked_of(const engine::Published& now, std::uint16_t scheme, Day day) {
  rollup::RosterQuestion question;
  question.scheme = static_cast<std::uint16_t>(scheme + 1);
  question.units = now.state->schemes[scheme]->units;
  question.day = day;
  return question;
}

}  // namespace

Outcome Walker::open_fund(UnitId unit) {
  if (!now().state->flow_of("loan")) return Done{};
  OpenFund fund;
  fund.fund = kFund;
  fund.unit = unit;
  fund.title_zh = fund.title_en = fund.rules.basis = "Relief";
  fund.rules.cap_fen = kCap;
  fund.rules.small_fen = 300'000;
  fund.rules.term_days = 365;
  fund.rules.extension_days = 180;
  fund.rules.extensions_max = 1;
  fund.key = std::string(64, 'a');
  TZ_TRY(ledger_.set_up(fund));
  // The last of them may not check.
  TZ_TRY(ledger_.set_up(
      BindCheckers{kFund, {names_.checkers.begin(), std::prev(names_.checkers.end())}}));
  TZ_TRY(ledger_.set_up(BookMoney{kFund, EntrySort::Capital, 4 * kCap, "凭证"}));
  return Done{};
}

AskedLoan Walker::asked_loan() {
  AskedLoan out;
  out.fund = kFund;
  out.fen = 1 + static_cast<std::int64_t>(input_.below(input_.by_chance(50) ? kCap : kCap / 10));
  out.household = std::to_string(input_.below(8));
  out.episode = std::to_string(input_.below(20));
  out.marks = loan_marks(as_bytes("key"), out.household, out.episode);
  return out;
}

Violation Walker::list_household(OpenItem command) {
  const auto state = now().state;
  const std::size_t count = state->schemes.size();
  const auto newest = static_cast<std::uint16_t>(count - 1);
  if (count == 0 || (state->schemes[newest]->closed && input_.by_chance(60))) {
    const std::string code = "round_" + std::to_string(count + 1);
    command.scheme = code;
    command.source = "register";
    if (Violation wrong = send("scheme", leader(), OpenScheme{code, "征迁", {UnitId{3}}}))
      return wrong;
    return send("open household", recorder(), std::move(command));
  }
  const Scheme& scheme = *state->schemes[newest];
  command.scheme = scheme.code;
  command.source = "register";
  if (!scheme.closed && input_.by_chance(30)) return count_register(newest);
  std::vector<Item> whole;  // of which one may split
  if (scheme.closed)
    for (const ItemNo no : open_items())
      if (Item one = item(no); one.household && one.household->scheme == newest)
        whole.push_back(std::move(one));
  if (!whole.empty()) {
    const Item& of = whole[input_.below(whole.size())];
    command.source = "split";
    command.split_from = of.no;
    command.place = of.place;
  }
  return send("open household", recorder(), std::move(command));
}

// Closes it, has it counted and opens the term; of an empty one nothing.
Violation Walker::count_register(std::uint16_t index) {
  const std::string code = now().state->schemes[index]->code;
  if (rollup::households_by_unit(*now().view, asked_of(now(), index, today())).empty())
    return std::nullopt;
  if (Violation wrong = send("close " + code, leader(), CloseRegister{code})) return wrong;
  const engine::Published at = now();
  FreezeRoster freeze{code, at.size,
                      rollup::households_by_unit(*at.view, asked_of(at, index, today()))};
  if (Violation wrong = send("freeze " + code, leader(), std::move(freeze))) return wrong;
  OpenSigning signing;
  signing.scheme = code;
  signing.first = today();
  signing.last = Day{today().number + 40 + static_cast<std::int32_t>(input_.below(200))};
  if (input_.by_chance(40)) signing.percent = 80;
  return send("signing " + code, leader(), signing);
}

// Before anybody of it can sign.
Violation Walker::open_signing_of(const Item& about) {
  if (!about.household) return std::nullopt;
  const std::uint16_t index = about.household->scheme;
  return now().state->schemes[index]->term ? std::nullopt : count_register(index);
}

bool Walker::lapsed(const Item& about) {
  return about.household && now().state->schemes[about.household->scheme]->lapsed(today());
}

}  // namespace tz::test
