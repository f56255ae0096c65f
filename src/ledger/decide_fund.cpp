// A fund is opened once, by rules that make sense together; its money comes with a document.
#include "ledger/decide_fund.h"

#include <algorithm>

#include "ledger/decide_units.h"
#include "ledger/given_text.h"
#include "ledger/permission.h"

namespace tz::ledger {
namespace {

using Refused = std::optional<Error>;

constexpr std::int64_t kTermDaysMax = 3660;
constexpr std::int64_t kExtensionsMax = 10;
constexpr std::size_t kKeyDigits = 64;

Result<PostId> may(const Circumstances& at, Right right, UnitId unit) {
  return permitted(at, {right, nullptr, to_text(right)}, unit);
}

Result<const Fund*> kept_fund(const Circumstances& at, const std::string& code) {
  const Fund* fund = at.state.fund(code);
  if (fund == nullptr) return refusal("fund_unknown", {{"fund", code.substr(0, kCodeCharsMax)}});
  return fund;
}

Refused line_fault(const char* field, const std::string& text) {
  if (text.empty()) return refusal("field_required", {{"field", field}});
  return text_fault({field, kTitleCharsMax, Shape::Line}, text);
}

struct Bounds {
  const char* field;
  std::int64_t value;
  std::int64_t min;
  std::int64_t max;
};

Refused rules_fault(const FundRules& rules) {
  for (const Bounds& one : {Bounds{"cap", rules.cap_fen, 1, kFenMax},
                            Bounds{"small", rules.small_fen, 0, rules.cap_fen},
                            Bounds{"term_days", rules.term_days, 1, kTermDaysMax},
                            Bounds{"extension_days", rules.extension_days, 0, kTermDaysMax},
                            Bounds{"extensions", rules.extensions_max, 0, kExtensionsMax}})
    if (one.value < one.min || one.max < one.value)
      return refusal("field_bad", {{"field", one.field}});
  return line_fault("basis", rules.basis);
}

}  // namespace

Result<Decision> decide_fund(const Circumstances& at, const OpenFund& command) {
  TZ_ASSERT(command.unit.value < at.state.tree->size());
  TZ_ASSERT(command.key.size() == kKeyDigits);
  const PostId post = TZ_TRY(may(at, Right::FundOpen, command.unit));
  const Day today = day_of(at.now, at.state.zone);
  if (auto error = ended_unit(at.state, command.unit, today)) return *error;
  if (!valid_code(command.fund) || command.fund.size() > kFundCodeCharsMax)
    return refusal("code_bad", {{"field", "fund"}});
  if (at.state.fund(command.fund) != nullptr)
    return refusal("fund_open_already", {{"fund", command.fund}});
  if (auto error = line_fault("title_zh", command.title_zh)) return *error;
  if (auto error = line_fault("title_en", command.title_en)) return *error;
  if (auto error = rules_fault(command.rules)) return *error;
  EventDraft opened{
      FundOpened{command.fund, command.unit, command.title_zh, command.title_en, command.rules},
      {},
      {}};
  // All funds make their marks under the key of the first, so that one knows a household of
  // another.
  if (at.state.funds.empty()) opened.texts.push_back({"fund_key", command.key});
  return Decision{post, {std::move(opened)}};
}

Result<Decision> decide_checkers(const Circumstances& at, const BindCheckers& command) {
  const Fund& fund = *TZ_TRY(kept_fund(at, command.fund));
  const PostId post = TZ_TRY(may(at, Right::FundKeep, fund.unit));
  const Day today = day_of(at.now, at.state.zone);
  if (command.checkers.size() > kFundCheckersMax)
    return refusal("list_too_long",
                   {{"field", "checkers"}, {"count_max", std::to_string(kFundCheckersMax)}});
  std::vector<PostId> sorted = command.checkers;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    return refusal("field_bad", {{"field", "checkers"}});
  for (const PostId id : sorted) {
    const Post* one = at.state.post(id);
    // Secrecy is promised by a person: nobody is bound by acting for one who is.
    if (one == nullptr || one->acting || !one->held_on(today) || one->role != Role::Verifier)
      return refusal("post_unknown", {{"post", std::to_string(id.value)}});
  }
  if (fund.checkers == sorted) return refusal("nothing_to_do");
  return Decision{post, {{FundCheckersBound{fund.code, std::move(sorted)}, {}, {}}}};
}

Result<Decision> decide_money(const Circumstances& at, const BookMoney& command) {
  const Fund& fund = *TZ_TRY(kept_fund(at, command.fund));
  const PostId post = TZ_TRY(may(at, Right::FundKeep, fund.unit));
  if (!of_fund(command.sort)) return refusal("field_bad", {{"field", "sort"}});
  if (command.fen < 1 || command.fen > kFenMax || fund.accounts.cash > kJsonIntegerMax - kFenMax)
    return refusal("field_bad", {{"field", "amount"}});
  if (auto error = line_fault("source_doc", command.source_doc)) return *error;
  if (command.loan) {
    const Loan* loan = fund.loan(*command.loan);
    // While something of it is out, what comes back is repaid.
    const bool over = loan != nullptr && loan->paid > 0 && loan->outstanding() == 0;
    if (command.sort != EntrySort::Income || !over)
      return refusal("field_bad", {{"field", "loan"}});
  }
  if (command.sort == EntrySort::Returned &&
      std::min(fund.accounts.available(), fund.accounts.capital) < command.fen)
    return refusal("fund_short", {{"available", yuan_text(fund.accounts.available())}});
  return Decision{post,
                  {{FundMoneyBooked{fund.code, command.sort, command.fen, command.loan},
                    {},
                    {{"source_doc", command.source_doc}}}}};
}

}  // namespace tz::ledger
