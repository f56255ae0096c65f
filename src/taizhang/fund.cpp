// taizhang fund open, add, checkers, statement, balance: revolving funds and their books.
#include <fmt/core.h>

#include "http/fund_json.h"
#include "taizhang/asking.h"
#include "taizhang/commands.h"
#include "taizhang/fund_operations.h"
#include "taizhang/reading.h"

namespace tz::program {
namespace {

constexpr std::int32_t kDaysUsual = 365;

Result<Json> opening(const FundOptions& options) {
  Json out;
  out.set("do", "fund_open").set("fund", options.fund).set("unit", options.unit);
  out.set("title", options.title).set("title_en", options.title_en);
  out.set("cap", TZ_TRY(fen_of(options.cap))).set("small", TZ_TRY(fen_of(options.small_amount)));
  out.set("term_days", options.term_days).set("extension_days", options.extension_days);
  out.set("extensions", options.extensions).set("basis", options.basis);
  return out;
}

Result<Json> money(const FundOptions& options) {
  Json out;
  out.set("do", "fund_add").set("fund", options.fund).set("sort", options.sort);
  out.set("fen", TZ_TRY(fen_of(options.amount))).set("document", options.document);
  if (!options.loan.empty()) out.set("loan", options.loan);
  return out;
}

Result<http::FundDays> days_of(const FundOptions& options, Day today) {
  http::FundDays out;
  out.last = today;
  if (!options.to.empty()) out.last = TZ_TRY(parse_day(options.to));
  out.first = Day{out.last.number - kDaysUsual};
  if (!options.from.empty()) out.first = TZ_TRY(parse_day(options.from));
  if (out.last < out.first) return refusal("bad_day", {{"text", options.from}});
  return out;
}

struct Read {
  std::unique_ptr<ReadLedger> ledger;
  const ledger::Fund* fund = nullptr;
  Day today;
};
Result<Read> read_fund(const FundOptions& options) {
  Read out;
  out.ledger = TZ_TRY(read_ledger(options.folder, From::Snapshot));
  const ledger::State& state = out.ledger->world.state;
  out.today = day_of(out.ledger->view->instant(), state.zone);
  out.fund = state.fund(options.fund);
  if (out.fund == nullptr) return refusal("fund_unknown", {{"fund", options.fund}});
  return out;
}

void print_balance(const ledger::Fund& fund, const Speech& speech) {
  const ledger::FundAccounts& accounts = fund.accounts;
  speech.say("cli.fund.balance",
             {{"fund", fund.code},
              {"title", speech.language == Language::English ? fund.title_en : fund.title_zh},
              {"cash", ledger::yuan_text(accounts.cash)},
              {"committed", ledger::yuan_text(accounts.committed)},
              {"available", ledger::yuan_text(accounts.available())},
              {"advances", ledger::yuan_text(accounts.advances)},
              {"write_offs", ledger::yuan_text(accounts.write_offs)}});
}

}  // namespace

int run_fund_open(const FundOptions& options, const Speech& speech) {
  const Result<Json> operation = opening(options);
  if (!operation.ok()) return speech.refuse(operation.error());
  return ask_and_print(options.folder, *operation, speech, [&](const Json& answer) {
    speech.say("cli.fund.opened", {{"fund", *answer.find("fund")->as_text()}});
  });
}

int run_fund_add(const FundOptions& options, const Speech& speech) {
  const Result<Json> operation = money(options);
  if (!operation.ok()) return speech.refuse(operation.error());
  return ask_and_print(options.folder, *operation, speech, [&](const Json& answer) {
    speech.say("cli.fund.added", {{"fund", *answer.find("fund")->as_text()},
                                  {"cash", ledger::yuan_text(*answer.find("cash")->as_int())}});
  });
}

int run_fund_checkers(const FundOptions& options, const Speech& speech) {
  Json operation;
  operation.set("do", "fund_bind").set("fund", options.fund);
  JsonArray posts;
  for (const std::uint64_t post : options.posts) posts.emplace_back(post);
  operation.set("posts", std::move(posts));
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    speech.say("cli.fund.bound", {{"fund", *answer.find("fund")->as_text()},
                                  {"count", answer.find("count")->dump()}});
  });
}

int run_fund_statement(const FundOptions& options, const Speech& speech) {
  const auto read = read_fund(options);
  if (!read.ok()) return speech.refuse(read.error());
  const auto days = days_of(options, read->today);
  if (!days.ok()) return speech.refuse(days.error());
  const ledger::State& state = read->ledger->world.state;
  if (options.by != "month" && options.by != "unit")
    return speech.refuse(refusal("by_unsupported", {{"by", options.by}}));
  const bool units = options.by == "unit";
  if (!speech.json) {
    const Messages& words = Messages::of(speech.language);
    fmt::print("{}", units ? http::units_csv(words, state, *read->fund, *days)
                           : http::months_csv(words, *read->fund, *days));
    return 0;
  }
  Json out;
  out.set("fund", read->fund->code);
  out.set("rows", units ? http::units_json(state, *read->fund, *days)
                        : http::months_json(*read->fund, *days));
  fmt::print("{}\n", out.dump());
  return 0;
}

int run_fund_balance(const FundOptions& options, const Speech& speech) {
  const auto read = read_fund(options);
  if (!read.ok()) return speech.refuse(read.error());
  const auto days = days_of(options, read->today);
  if (!days.ok()) return speech.refuse(days.error());
  if (!speech.json) {
    speech.banner(read->ledger->world.state.genesis);
    print_balance(*read->fund, speech);
    return 0;
  }
  Json out = http::book_json(*read->fund, *days, read->today);
  out.set("fund", read->fund->code);
  fmt::print("{}\n", out.dump());
  return 0;
}

}  // namespace tz::program
