// taizhang rates: a unit's rates by kind, each with what it counts and out of what.
#include <fmt/core.h>

#include "base/json.h"
#include "http/rates_json.h"
#include "rollup/by_child.h"
#include "taizhang/commands.h"
#include "taizhang/reading.h"

namespace tz::program {
namespace {

Result<std::optional<Day>> day_of_option(const std::string& text) {
  if (text.empty()) return std::optional<Day>{};
  return std::optional<Day>{TZ_TRY(parse_day(text))};
}

struct Question {
  rollup::RateQuestion asked;
  std::vector<rollup::Part> parts;  // by child
};

Result<Question> read_question(const RatesOptions& options, const engine::Published& read) {
  const ledger::OrgTree& tree = read.view->tree();
  const ledger::State& state = *read.state;
  const auto unit = tree.named(options.unit);
  if (!unit) return refusal("unit_unknown", {{"unit", options.unit}});
  Question out;
  out.asked.unit = *unit;
  out.asked.kinds = rollup::kAllKinds;
  if (!options.kind.empty()) {
    const auto kind = state.kind_index(options.kind);
    if (!kind) return refusal("kind_unknown", {{"kind", options.kind}});
    out.asked.kinds = 1U << *kind;
  }
  if (options.by != "kind" && options.by != "child")
    return refusal("rates_by_unsupported", {{"by", options.by}});
  if (options.period != "opened" && options.period != "closed")
    return refusal("rates_period_unsupported", {{"period", options.period}});
  rollup::DaySpan& days = options.period == "opened" ? out.asked.opened : out.asked.closed;
  days.from = TZ_TRY(day_of_option(options.from));
  days.to = TZ_TRY(day_of_option(options.to));
  if (options.by == "child")
    out.parts = rollup::parts_of(tree, *unit, day_of(read.view->instant(), state.zone));
  for (const rollup::Part& part : out.parts) out.asked.parts.push_back(part.unit);
  out.asked.outcomes = std::make_shared<rollup::OutcomeSorts>(state.flows);
  return out;
}

JsonArray rows_json(const engine::Published& read, std::uint32_t kinds,
                    const rollup::KindRates& rates, const rollup::KindRates* whole) {
  const ledger::State& state = *read.state;
  JsonArray rows;
  for (std::size_t kind = 0; kind < state.kinds.size(); ++kind) {
    if (!(kinds >> kind & 1U)) continue;
    Json row;
    row.set("kind", state.kinds[kind]);
    const Json numbers =
        http::rates_json(rates[kind], whole == nullptr ? nullptr : &(*whole)[kind]);
    for (const JsonMember& member : *numbers.as_object()) row.set(member.first, member.second);
    rows.push_back(std::move(row));
  }
  return rows;
}

Json unit_label(const ledger::OrgTree& tree, UnitId unit) {
  Json out;
  out.set("code", tree.code(unit)).set("name", tree.name(unit));
  return out;
}

Json answer(const engine::Published& read, const Question& question) {
  const ledger::OrgTree& tree = read.view->tree();
  const auto rates = read.view->rates(question.asked);
  const std::uint32_t kinds = question.asked.kinds;
  Json out;
  out.set("unit", unit_label(tree, question.asked.unit));
  out.set("position", read.view->position());
  out.set("instant", to_text(read.view->instant(), read.state->zone));
  out.set("rows", rows_json(read, kinds, rates.front(), nullptr));
  if (question.parts.empty()) return out;
  JsonArray children;
  for (std::size_t i = 0; i < question.parts.size(); ++i) {
    Json child;
    child.set("unit", unit_label(tree, question.parts[i].unit));
    child.set("overlaps", question.parts[i].overlaps);
    child.set("rows", rows_json(read, kinds, rates[i + 1], &rates.front()));
    children.push_back(std::move(child));
  }
  out.set("children", std::move(children));
  out.set("own", rows_json(read, kinds, rollup::rest_of(rates, question.parts), nullptr));
  return out;
}

// Printing for a person.
struct Printing {
  const engine::Published& read;
  const Speech& speech;

  [[nodiscard]] std::string share(const Json& share) const {
    if (share.is_null()) return "—";
    Facts facts;
    for (const JsonMember& member : *share.as_object())
      facts.emplace_back(member.first, member.second.as_text() != nullptr
                                           ? *member.second.as_text()
                                           : std::to_string(*member.second.as_int()));
    return speech.word("cli.rates.share", facts);
  }
  [[nodiscard]] std::string after(const Json& rate) const {
    return *rate.find("hidden")->as_bool() ? speech.word("cli.rates.hidden")
                                           : share(*rate.find("after"));
  }
  void rate(const std::string& name, const Json& rate) const {
    std::string line = speech.word("cli.rates.rate", {{"name", speech.word("rate." + name)},
                                                      {"after", after(rate)},
                                                      {"before", share(*rate.find("before"))}});
    const std::string* band = rate.find("band")->as_text();
    if (band != nullptr && *band != "none") line += "  " + speech.word("band." + *band);
    fmt::print("    {}\n", line);
  }
  void days(const Json& days) const {
    const Json& after = *days.find("after");
    if (after.is_null()) return;
    fmt::print("    {}\n", speech.word("cli.rates.days", {{"median", after.find("median")->dump()},
                                                          {"p90", after.find("p90")->dump()},
                                                          {"count", after.find("count")->dump()}}));
  }
  void row(const Json& row) const {
    const ledger::State& state = *read.state;
    const std::string& kind = *row.find("kind")->as_text();
    const auto flow = state.flow_of(kind);
    Facts facts;
    for (const JsonMember& member : *row.as_object())
      if (member.second.as_int() != nullptr) facts.emplace_back(member.first, member.second.dump());
    const bool english = speech.language == Language::English;
    const ledger::Title& title = state.flows[*flow]->title;
    fmt::print("  {}: {}\n", english ? title.en : title.zh,
               speech.word("cli.rates.numbers", facts));
    for (const JsonMember& one : *row.find("rates")->as_object()) rate(one.first, one.second);
    days(*row.find("days"));
  }
  // What has no item at all is not worth a line.
  void rows(const std::string& head, const Json& rows) const {
    fmt::print("{}\n", head);
    for (const Json& one : *rows.as_array())
      if (*one.find("total")->as_int() > 0) row(one);
  }
};

std::string head_of(const Json& unit) {
  return *unit.find("code")->as_text() + "  " + *unit.find("name")->as_text();
}

}  // namespace

int run_rates(const RatesOptions& options, const Speech& speech) {
  const auto ledger = read_ledger(options.folder, From::Snapshot);
  if (!ledger.ok()) return speech.refuse(ledger.error());
  const auto read = shown_as_of(**ledger, options.folder, options.as_of);
  if (!read.ok()) return speech.refuse(read.error());
  const auto question = read_question(options, *read);
  if (!question.ok()) return speech.refuse(question.error());
  speech.banner(read->state->genesis);
  const Json out = answer(*read, *question);
  if (speech.json) {
    fmt::print("{}\n", out.dump());
    return 0;
  }
  speech.say("cli.rollup.as_of", {{"position", out.find("position")->dump()},
                                  {"instant", *out.find("instant")->as_text()}});
  const Printing printing{*read, speech};
  printing.rows(head_of(*out.find("unit")), *out.find("rows"));
  if (const Json* children = out.find("children"))
    for (const Json& child : *children->as_array())
      printing.rows(head_of(*child.find("unit")), *child.find("rows"));
  return 0;
}

}  // namespace tz::program
