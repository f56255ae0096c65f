// Limits of statutes and of divisions, by name: data with scope, validity and legal basis.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/deadline.h"

namespace tz::calendar {

struct Rule {
  std::string code;    // "petition.handle"
  Length length;       // or a count, where the name is that of a count
  std::string starts;  // what it runs from, a code: "received"
  bool rolls = true;
  std::optional<Length> extension_max;
  std::int32_t extensions_max = 0;
  Region division;        // where it holds
  std::string programme;  // whose it is; empty: everybody's
  std::optional<Day> from;
  std::optional<Day> to;
  std::string title_zh;
  std::string title_en;
  std::string basis;     // the article
  std::size_t line = 1;  // of the file
};

// For whom and when a rule is asked for.
struct Scope {
  Region division;
  std::string programme;
  Day start;  // of the limit, not of the asking
};

// The row holds for that scope.
bool holds(const Rule& rule, const Scope& scope);
// Of two rows that hold, whether the first is further away: that of everybody before the
// programme's own, then that of the wider division.
bool further(const Rule& rule, const Rule& other);

// The row is at fault: `code` with its line and column before the other facts.
Error fault_of(const Rule& rule, std::string_view column, std::string code, Facts facts);

class Rules {
 public:
  // The first row names the columns as in calendar/limits.csv, in that order. Refuses as
  // read_notices; `twice` where two rows of one code and scope hold on the same day.
  static Result<Rules> parse(std::string_view text);

  [[nodiscard]] const std::vector<Rule>& all() const { return rules_; }
  // The rule of that name that holds: the programme's own before everybody's, then that of the
  // smallest division. Refuses `rule_unknown` (facts: rule, rules) and `rule_not_in_force` (facts:
  // rule, day) where rows of that name hold at another time or place only.
  [[nodiscard]] Result<Rule> find(std::string_view code, const Scope& scope) const;

 private:
  std::vector<Rule> rules_;
};

// Nothing, or why a length of one's own may not be given under the rule: `length_unit` (facts:
// length, length_max, rule) where it is counted otherwise, `length_over_rule` (the same) where it
// is longer than the rule's.
Outcome check_length(const Rule& rule, const Length& length);

// Nothing, or why the extensions may not be had under the rule: `extension_not_allowed` (facts:
// rule), `extensions_too_many` (facts: count, count_max), `extension_over_cap` (facts: extension,
// extension_max, rule), `extension_unit` (facts: extension, length).
Outcome check_extensions(const Rule& rule, const std::vector<Length>& extensions);

}  // namespace tz::calendar
