// Rules out of their file, and the one that holds.
#include "calendar/rule.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "calendar/rows.h"

namespace tz::calendar {
namespace {

constexpr std::array<std::string_view, 13> kColumns = {
    "code",      "length", "starts", "rolls", "extension", "extensions", "division",
    "programme", "from",   "to",     "zh",    "en",        "basis"};

// One row's cells by the column's place.
class Cells {
 public:
  explicit Cells(const TableRow& row) : row_(row) {}

  [[nodiscard]] const std::string& text(std::size_t column) const { return row_.cells[column]; }
  [[nodiscard]] Place place(std::size_t column) const { return {row_.line, kColumns[column]}; }

  [[nodiscard]] Result<std::string> name(std::size_t column) const {
    if (!is_name(text(column))) return malformed(place(column), "word");
    return text(column);
  }
  [[nodiscard]] Result<std::string> filled(std::size_t column) const {
    if (text(column).empty()) return malformed(place(column), "empty");
    return text(column);
  }
  [[nodiscard]] Result<Length> length_or_count(std::size_t column) const {
    auto out = parse_length_or_count(text(column));
    if (!out.ok()) return malformed(place(column), "length");
    return out;
  }
  [[nodiscard]] Result<Length> length(std::size_t column) const {
    auto out = parse_length(text(column));
    if (!out.ok()) return malformed(place(column), "length");
    return out;
  }
  [[nodiscard]] Result<bool> yes_or_no(std::size_t column) const {
    if (text(column) != "yes" && text(column) != "no") return malformed(place(column), "word");
    return text(column) == "yes";
  }
  [[nodiscard]] Result<std::int32_t> count(std::size_t column) const {
    std::int32_t out = 0;
    const char* end = text(column).data() + text(column).size();
    const auto [after, wrong] = std::from_chars(text(column).data(), end, out);
    if (wrong != std::errc() || after != end || out < 0 ||
        out > static_cast<std::int32_t>(kExtensionsMax))
      return malformed(place(column), "count");
    return out;
  }
  [[nodiscard]] Result<Region> region(std::size_t column) const {
    auto out = parse_region(text(column));
    if (!out.ok()) return malformed(place(column), "region");
    return out;
  }
  [[nodiscard]] Result<std::optional<Day>> day(std::size_t column) const {
    return optional_day(text(column), place(column));
  }

 private:
  const TableRow& row_;
};

Result<Rule> read_rule(const TableRow& row) {
  if (row.cells.size() != kColumns.size()) return malformed({row.line, "code"}, "cells");
  const Cells cells(row);
  Rule out;
  out.line = row.line;
  out.code = TZ_TRY(cells.name(0));
  out.length = TZ_TRY(cells.length_or_count(1));
  out.starts = TZ_TRY(cells.name(2));
  out.rolls = TZ_TRY(cells.yes_or_no(3));
  if (!cells.text(4).empty()) out.extension_max = TZ_TRY(cells.length(4));
  out.extensions_max = TZ_TRY(cells.count(5));
  if (out.extension_max.has_value() != (out.extensions_max > 0))
    return malformed(cells.place(5), "count");
  out.division = TZ_TRY(cells.region(6));
  if (!cells.text(7).empty()) out.programme = TZ_TRY(cells.name(7));
  out.from = TZ_TRY(cells.day(8));
  out.to = TZ_TRY(cells.day(9));
  if (out.from && out.to && *out.to < *out.from) return malformed(cells.place(9), "order");
  out.title_zh = TZ_TRY(cells.filled(10));
  out.title_en = TZ_TRY(cells.filled(11));
  out.basis = TZ_TRY(cells.filled(12));
  return out;
}

bool meet(const Rule& a, const Rule& b) {
  if (a.code != b.code || !(a.division == b.division) || a.programme != b.programme) return false;
  const bool before = a.to && b.from && *a.to < *b.from;
  const bool after = b.to && a.from && *b.to < *a.from;
  return !before && !after;
}

}  // namespace

bool holds(const Rule& rule, const Scope& scope) {
  return scope.division.within(rule.division) &&
         (rule.programme.empty() || rule.programme == scope.programme) &&
         (!rule.from || *rule.from <= scope.start) && (!rule.to || scope.start <= *rule.to);
}

bool further(const Rule& rule, const Rule& other) {
  if (rule.programme.empty() != other.programme.empty()) return rule.programme.empty();
  return rule.division.code.size() < other.division.code.size();
}

Error fault_of(const Rule& rule, std::string_view column, std::string code, Facts facts) {
  Facts all = {{"line", std::to_string(rule.line)}, {"column", std::string(column)}};
  all.insert(all.end(), facts.begin(), facts.end());
  return refusal(std::move(code), std::move(all));
}

Result<Rules> Rules::parse(std::string_view text) {
  Rules out;
  const std::vector<TableRow> rows = TZ_TRY(read_rows(text));
  if (rows.empty()) return malformed({1, "code"}, "empty");
  for (std::size_t i = 0; i < kColumns.size(); ++i)
    if (rows[0].cells.size() != kColumns.size() || rows[0].cells[i] != kColumns[i])
      return malformed({rows[0].line, kColumns[i]}, "word");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    Rule rule = TZ_TRY(read_rule(rows[i]));
    if (std::any_of(out.rules_.begin(), out.rules_.end(),
                    [&](const Rule& other) { return meet(rule, other); }))
      return malformed({rows[i].line, "code"}, "twice");
    out.rules_.push_back(std::move(rule));
  }
  return out;
}

Result<Rule> Rules::find(std::string_view code, const Scope& scope) const {
  const Rule* found = nullptr;
  bool named = false;
  for (const Rule& rule : rules_) {
    if (rule.code != code) continue;
    named = true;
    if (holds(rule, scope) && (found == nullptr || further(*found, rule))) found = &rule;
  }
  if (found != nullptr) return *found;
  if (named)
    return refusal("rule_not_in_force",
                   {{"rule", std::string(code)}, {"day", to_text(scope.start)}});
  std::vector<std::string_view> codes;
  for (const Rule& rule : rules_) codes.push_back(rule.code);
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  std::string known;
  for (const std::string_view one : codes) (known += known.empty() ? "" : ", ") += one;
  return refusal("rule_unknown", {{"rule", std::string(beginning_of(code, 64))}, {"rules", known}});
}

Outcome check_length(const Rule& rule, const Length& length) {
  const Facts facts = {
      {"length", to_text(length)}, {"length_max", to_text(rule.length)}, {"rule", rule.code}};
  if (length.unit != rule.length.unit) return refusal("length_unit", facts);
  if (length.amount > rule.length.amount) return refusal("length_over_rule", facts);
  return Done{};
}

Outcome check_extensions(const Rule& rule, const std::vector<Length>& extensions) {
  if (extensions.empty()) return Done{};
  if (!rule.extension_max) return refusal("extension_not_allowed", {{"rule", rule.code}});
  if (extensions.size() > static_cast<std::size_t>(rule.extensions_max))
    return refusal("extensions_too_many", {{"count", std::to_string(extensions.size())},
                                           {"count_max", std::to_string(rule.extensions_max)}});
  for (const Length& extension : extensions) {
    if (extension.unit != rule.extension_max->unit)
      return refusal("extension_unit",
                     {{"extension", to_text(extension)}, {"length", to_text(*rule.extension_max)}});
    if (extension.amount > rule.extension_max->amount)
      return refusal("extension_over_cap", {{"extension", to_text(extension)},
                                            {"extension_max", to_text(*rule.extension_max)},
                                            {"rule", rule.code}});
  }
  return Done{};
}

}  // namespace tz::calendar
