// Verdicts of a unit by kind, by level, and of the units below it in the order of the tree.
#include <algorithm>

#include "base/csv.h"
#include "http/as_of.h"
#include "http/csv_table.h"
#include "http/handlers.h"
#include "http/rates_query.h"
#include "http/render.h"
#include "http/verdicts_json.h"
#include "ledger/burden.h"
#include "ledger/unit_classes.h"

namespace tz::http {
namespace {

using rollup::KindRates;

Result<RatesQuery> read_question(const Call& call) {
  QueryReader query(call.target);
  return read_rates_query(call, query);
}

// What was counted: of the whole, of each part, of what lies at the unit itself, and of each level.
struct Counted {
  std::vector<rollup::Part> parts;
  std::vector<KindRates> rates;  // the whole first, then the parts
  KindRates own;
  std::vector<KindRates> levels;  // by ledger::Level
};

Counted count_all(const Call& call, const RatesQuery& question) {
  Counted out;
  out.parts = parts_of(call, question.unit);
  rollup::RateQuestion asked = rate_question(call, question, out.parts);
  asked.group_count = ledger::kLevelCount;
  for (const ledger::UnitClass of : ledger::unit_classes(call.tree(), call.today))
    asked.group_at.push_back(of == 0 ? std::uint8_t{ledger::kLevelCount}
                                     : static_cast<std::uint8_t>(ledger::traits_of(of).level));
  out.rates = told_rates(call, question, asked);
  const auto levels_at = out.rates.begin() + static_cast<std::ptrdiff_t>(out.parts.size()) + 1;
  out.levels.assign(levels_at, out.rates.end());
  out.rates.erase(levels_at, out.rates.end());
  out.own = rollup::rest_of(out.rates, out.parts);
  return out;
}

// What stands in one page: rows of {unit | level, rows}.
struct Pages {
  const Call& call;
  const RatesQuery& question;
  const Counted& counted;

  // A row for each kind shown, beside the whole or not.
  Json rows(const std::vector<std::uint8_t>& kinds, bool beside, const KindRates& rates) const {
    JsonArray out;
    for (const std::uint8_t kind : question.kinds) {
      if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) continue;
      const rollup::RateTally* whole = beside ? &counted.rates.front()[kind] : nullptr;
      out.push_back(kind_row_json(call, kind, verdicts_json(rates[kind], whole)));
    }
    return out;
  }

  Json levels() const {
    JsonArray out;
    for (std::size_t at = 0; at < ledger::kLevelCount; ++at) {
      const bool any =
          std::any_of(question.kinds.begin(), question.kinds.end(),
                      [&](std::uint8_t kind) { return counted.levels[at][kind].total() > 0; });
      if (!any) continue;
      Json row;
      row.set("level", ledger::to_text(static_cast<ledger::Level>(at)));
      row.set("rows", rows(question.kinds, true, counted.levels[at]));
      out.push_back(std::move(row));
    }
    return out;
  }

  Json child(std::size_t at) const {
    const UnitId part = counted.parts[at].unit;
    Json row;
    row.set("unit", unit_json(call.tree(), part)).set("overlaps", counted.parts[at].overlaps);
    row.set("rows", rows(kinds_shown(call, part), true, counted.rates[at + 1]));
    return row;
  }
};

Result<Response> verdicts_page(const Call& call) {
  const RatesQuery question = TZ_TRY(read_question(call));
  const Counted counted = count_all(call, question);
  const Pages pages{call, question, counted};
  std::size_t at = TZ_TRY(first_of_page(call.tree(), counted.parts, question.cursor));
  JsonArray children;
  for (; at < counted.parts.size() && children.size() < question.limit; ++at)
    children.push_back(pages.child(at));
  Json out;
  set_rates_query(out, call, question);
  out.set("shown_min", rollup::kVerdictsShownMin).set("compared_min", rollup::kComparedMin);
  out.set("rows", pages.rows(question.kinds, false, counted.rates.front()));
  out.set("levels", pages.levels()).set("children", std::move(children));
  out.set("next",
          at < counted.parts.size() ? Json(call.tree().code(counted.parts[at - 1].unit)) : Json());
  out.set("own", pages.rows(question.kinds, false, counted.own));
  set_stamp(out, call);
  return json_response(out);
}

// --- the same as a table

std::string cell(const Json* value) {
  if (value == nullptr || value->is_null()) return {};
  return value->as_text() != nullptr ? *value->as_text() : value->dump();
}

// A line for each kind of `rows`; what is hidden is an empty cell and says so.
void add_lines(std::string& out, const std::string& sort, const std::string& code,
               const std::string& name, const Json& rows) {
  for (const Json& row : *rows.as_array()) {
    std::vector<std::string> cells{sort, code, name, cell(row.find("kind"))};
    for (const char* count : {"closed", "asked", "answered", "silent", "by_code", "on_paper",
                              "by_phone", "otherwise", "unmet"})
      cells.push_back(cell(row.find(count)));
    for (const char* rate : {"solved", "satisfied", "callback"}) {
      const Json& share = *row.find(rate);
      const Json& after = *share.find("after");
      for (const char* part : {"numerator", "denominator", "percent", "low", "high"})
        cells.push_back(after.is_null() ? std::string() : cell(after.find(part)));
      cells.push_back(*share.find("hidden")->as_bool() ? "hidden" : cell(share.find("band")));
      cells.push_back(cell(share.find("kept_back")));
    }
    out += csv_row(cells);
  }
}

std::string table_head(const Messages& words) {
  std::vector<std::string> cells;
  const auto word = [&](const std::string& name, const Facts& facts = {}) {
    return words.text("verdicts.column_" + name, facts);
  };
  for (const char* name : {"sort", "code", "name", "kind", "closed", "asked", "answered", "silent",
                           "by_code", "on_paper", "by_phone", "otherwise", "unmet"})
    cells.push_back(word(name));
  for (const char* rate : {"solved", "satisfied", "callback"})
    for (const char* part : {"count", "of", "percent", "low", "high", "band", "kept_back"})
      cells.push_back(word(part, {{"rate", words.text("rate." + std::string(rate))}}));
  return csv_row(cells);
}

Result<Response> verdicts_table(const Call& call) {
  const RatesQuery question = TZ_TRY(read_question(call));
  const Counted counted = count_all(call, question);
  const Pages pages{call, question, counted};
  const ledger::OrgTree& tree = call.tree();
  const std::string code(tree.code(question.unit));
  const std::string name(tree.name(question.unit));
  std::string body = table_head(call.words());
  add_lines(body, "unit", code, name, pages.rows(question.kinds, false, counted.rates.front()));
  add_lines(body, "own", code, name, pages.rows(question.kinds, false, counted.own));
  const Json levels = pages.levels();
  for (const Json& level : *levels.as_array())
    add_lines(body, "level", cell(level.find("level")), "", *level.find("rows"));
  for (std::size_t at = 0; at < counted.parts.size(); ++at) {
    const UnitId part = counted.parts[at].unit;
    add_lines(body, counted.parts[at].overlaps ? "area" : "below", std::string(tree.code(part)),
              std::string(tree.name(part)), *pages.child(at).find("rows"));
  }
  return csv_response(std::move(body), "verdicts.csv");
}

}  // namespace

void get_verdicts(const CallRef& call, const Reply& reply) {
  reading_or_as_of<verdicts_page>(call, reply);
}

void get_verdicts_table(const CallRef& call, const Reply& reply) {
  reading_or_as_of<verdicts_table>(call, reply);
}

}  // namespace tz::http
