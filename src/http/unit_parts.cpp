// Parts by place and by membership, and the weeks behind a unit's totals.
#include "http/unit_parts.h"

#include "http/render.h"

namespace tz::http {
namespace {

constexpr std::size_t kTrendWeeks = 12;

// The first day of its week.
Day monday_of(Day day) {
  constexpr std::int32_t kThursday = 3;  // what 1970-01-01 was, counted from Monday
  const std::int32_t since_monday = ((day.number + kThursday) % 7 + 7) % 7;
  return Day{day.number - since_monday};
}

}  // namespace

std::vector<rollup::Part> parts_of(const Call& call, UnitId unit) {
  return rollup::parts_of(call.tree(), unit, day_of(call.view().instant(), call.zone()));
}

Result<std::size_t> first_of_page(const ledger::OrgTree& tree,
                                  const std::vector<rollup::Part>& parts,
                                  const std::optional<std::string>& cursor) {
  if (!cursor) return std::size_t{0};
  const auto last = tree.named(*cursor);
  std::size_t at = 0;
  while (at < parts.size() && parts[at].unit != last) ++at;
  if (at == parts.size()) return refusal("cursor_bad");
  return at + 1;
}

Result<Json> parts_json(const Call& call, UnitId unit, const PartsQuestion& question) {
  const ledger::OrgTree& tree = call.tree();
  const std::vector<rollup::Part> parts = parts_of(call, unit);
  std::size_t at = TZ_TRY(first_of_page(tree, parts, question.cursor));
  JsonArray rows;
  for (; at < parts.size() && rows.size() < question.limit; ++at) {
    const UnitId part = parts[at].unit;
    Json row;
    row.set("unit", unit_json(tree, part)).set("kind", ledger::to_text(tree.kind(part)));
    row.set("placeholder", tree.placeholder(part)).set("leaf", tree.leaf(part));
    row.set("to", day_json(tree.to(part)));
    row.set("overlaps", parts[at].overlaps);
    row.set("totals", kinds_json(call, call.view().totals(part), kinds_shown(call, part)));
    rows.push_back(std::move(row));
  }
  Json out;
  out.set("rows", std::move(rows));
  out.set("next", at < parts.size() ? Json(address_of(tree, parts[at - 1].unit)) : Json());
  return out;
}

Json trend_json(const Call& call, UnitId unit) {
  rollup::WeekQuestion question;
  question.unit = unit;
  for (const std::uint8_t kind : kinds_shown(call, unit)) question.kinds |= 1U << kind;
  question.week_count = kTrendWeeks;
  question.first =
      Day{monday_of(call.shown_on()).number - 7 * static_cast<std::int32_t>(kTrendWeeks - 1)};
  JsonArray weeks;
  for (const rollup::WeekCount& week : call.view().weeks(question)) {
    Json each;
    each.set("first", to_text(week.first)).set("last", to_text(Day{week.first.number + 6}));
    each.set("listed", week.listed).set("closed", week.closed).set("open", week.open);
    weeks.push_back(std::move(each));
  }
  Json out;
  out.set("weeks", std::move(weeks));
  return out;
}

}  // namespace tz::http
