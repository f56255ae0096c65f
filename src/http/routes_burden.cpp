// What a unit and all below it are asked for in a month, and by whom.
#include <algorithm>

#include "engine/notices.h"
#include "http/handlers.h"
#include "http/render.h"
#include "http/unit_parts.h"
#include "ledger/burden.h"
#include "ledger/interval.h"

namespace tz::http {
namespace {

using ledger::AskedBy;
using ledger::Asker;
using ledger::Burden;

// Kinds about places and duties: of the others no count may be told everybody.
std::vector<std::uint8_t> public_kinds(const ledger::State& state) {
  std::vector<std::uint8_t> out;
  for (std::size_t i = 0; i < state.kinds.size(); ++i) {
    const auto flow = state.flow_of(state.kinds[i]);
    if (flow && state.flows[*flow]->totals == ledger::TotalsAudience::Public)
      out.push_back(static_cast<std::uint8_t>(i));
  }
  return out;
}

// A deadline or notice in the month: where, of what kind or by whose act, and how many.
struct Found {
  std::uint32_t position = 0;
  Asker asker;
  Burden burden;
};

// The month's burdens of a part of the tree, found once and then summed for one unit after another.
class Month {
 public:
  Month(const Call& call, Day month) : call_(call), month_(month) {}

  // Everything in these positions. Reads the disk: every count of notices there is.
  Outcome find(const std::vector<ledger::Interval>& where) {
    find_deadlines(where);
    return find_notices(where);
  }

  [[nodiscard]] std::vector<AskedBy> of(UnitId unit, ledger::Whole whole) const {
    std::vector<AskedBy> out = ledger::asked_of(call_.state(), unit, whole, month_);
    const ledger::OrgTree& tree = call_.tree();
    const std::uint32_t at = tree.position(unit);
    const std::vector<ledger::Interval> where = whole == ledger::Whole::Unit
                                                    ? std::vector<ledger::Interval>{{at, at + 1}}
                                                    : tree.extent(unit, call_.today);
    for (const ledger::Interval& part : where) {
      const auto before = [](const Found& one, std::uint32_t from) { return one.position < from; };
      auto one = std::lower_bound(found_.begin(), found_.end(), part.begin, before);
      for (; one != found_.end() && one->position < part.end; ++one)
        ledger::add(out, one->asker, one->burden);
    }
    return out;
  }

 private:
  // Of all that leads to one, done since or not, but for what has left the list.
  void find_deadlines(const std::vector<ledger::Interval>& where) {
    rollup::Filter filter;
    filter.due = {month_, Day{next_month(month_).number - 1}};
    rollup::Filter::Sight sight;
    sight.leads = where;
    filter.sight = std::move(sight);
    for (const std::uint8_t kind : public_kinds(call_.state())) {
      filter.kind = kind;
      Burden one;
      one.deadlines = 1;
      const rollup::View& view = call_.view();
      for (const rollup::RowIndex index : view.list(filter, {}, view.row_count())) {
        const ledger::ItemRow row = view.row(index);
        if (row.phase == ledger::Phase::Dropped || !row.lead) continue;
        const ledger::OrgTree& tree = call_.tree();
        found_.push_back({tree.position(tree.counted_at(*row.lead, row.closed)),
                          {Asker::Sort::Kind, call_.state().kinds[kind], {}},
                          one});
      }
    }
  }

  Outcome find_notices(const std::vector<ledger::Interval>& where) {
    const auto rows = TZ_TRY(engine::burdens_in(call_.site.context.engine, month_));
    for (const notify::Burden& row : rows) {
      if (row.unit.value >= call_.tree().size()) continue;
      const std::uint32_t at = call_.tree().position(row.unit);
      if (!ledger::holds(where, at)) continue;
      Burden one;
      one.notices = row.count;
      found_.push_back({at, {Asker::Sort::Notice, {}, row.asking}, one});
    }
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Found& a, const Found& b) { return a.position < b.position; });
    return Done{};
  }

  const Call& call_;
  const Day month_;
  std::vector<Found> found_;  // by position
};

Json counts_json(const Burden& burden) {
  Json out;
  out.set("requirements", burden.requirements).set("fields", burden.fields);
  out.set("evidence", burden.evidence).set("planned", burden.planned);
  out.set("visits", burden.visits).set("papers", burden.papers);
  out.set("deadlines", burden.deadlines).set("notices", burden.notices);
  return out;
}

Json title_of(const Call& call, const Asker& asker) {
  const ledger::State& state = call.state();
  if (asker.sort == Asker::Sort::Programme) {
    const auto programme = state.programme_of(asker.id);
    return programme ? title_json(state.programmes[*programme]->newest().title) : Json();
  }
  const auto flow = state.flow_of(asker.id);
  return flow ? title_json(state.flows[*flow]->title) : Json();
}

Json askers_json(const Call& call, const std::vector<AskedBy>& rows) {
  JsonArray out;
  for (const AskedBy& row : rows) {
    Json one = counts_json(row.burden);
    one.set("sort", to_text(row.asker.sort));
    one.set("id", row.asker.id.empty() ? Json() : Json(row.asker.id));
    one.set("title", title_of(call, row.asker));
    one.set("unit", unit_json(call.tree(), row.asker.unit));
    one.set("asked_of", unit_json(call.tree(), row.asker.asked_of));
    out.push_back(std::move(one));
  }
  return out;
}

// Of the unit itself, with what its level may be asked for.
Json own_json(const Call& call, UnitId unit, const std::vector<AskedBy>& rows) {
  const Burden sum = ledger::sum_of(rows);
  const auto level = ledger::level_of(call.tree(), unit, call.today);
  const auto budget = level ? call.state().budget->of(*level) : std::nullopt;
  Json out;
  out.set("counts", counts_json(sum)).set("charged", ledger::charged(sum));
  out.set("level", level ? Json(to_text(*level)) : Json());
  out.set("budget", budget ? Json(*budget) : Json());
  out.set("over", budget && ledger::charged(sum) > *budget);
  out.set("asked_by", askers_json(call, rows));
  return out;
}

Json all_json(const Call& call, const std::vector<AskedBy>& rows) {
  Json out;
  out.set("counts", counts_json(ledger::sum_of(rows))).set("asked_by", askers_json(call, rows));
  return out;
}

// "2019-09"
Result<Day> month_named(const std::string& text) {
  const auto day = parse_day(text + "-01");
  if (!day.ok()) return query_bad("month", text);
  return *day;
}

}  // namespace

Result<Response> get_unit_burden(const Call& call) {
  QueryReader query(call.target);
  const auto named = query.text("month");
  PartsQuestion page;
  page.limit = TZ_TRY(query.limit(kPartsMax, kPartsMax));
  page.cursor = query.text("cursor");
  TZ_TRY(query.finish());
  const UnitId unit = TZ_TRY(unit_named(call, call.params[0]));
  const Day month = named ? TZ_TRY(month_named(*named)) : first_of_month(call.today);
  const std::vector<rollup::Part> parts = parts_of(call, unit);
  // An area below it may reach beyond it.
  std::vector<ledger::Interval> where = call.tree().extent(unit, call.today);
  for (const rollup::Part& part : parts) {
    const std::vector<ledger::Interval> more = call.tree().extent(part.unit, call.today);
    where.insert(where.end(), more.begin(), more.end());
  }
  Month found(call, month);
  TZ_TRY(found.find(ledger::merged(std::move(where))));
  JsonArray children;
  std::size_t at = TZ_TRY(first_of_page(call.tree(), parts, page.cursor));
  for (; at < parts.size() && children.size() < page.limit; ++at) {
    Json one;
    one.set("unit", unit_json(call.tree(), parts[at].unit)).set("overlaps", parts[at].overlaps);
    one.set("counts",
            counts_json(ledger::sum_of(found.of(parts[at].unit, ledger::Whole::AllBelow))));
    children.push_back(std::move(one));
  }
  Json out;
  out.set("unit", unit_json(call.tree(), unit)).set("month", month_text(month));
  out.set("own", own_json(call, unit, found.of(unit, ledger::Whole::Unit)));
  out.set("all", all_json(call, found.of(unit, ledger::Whole::AllBelow)));
  out.set("children", std::move(children));
  out.set("next", at < parts.size() ? Json(address_of(call.tree(), parts[at - 1].unit)) : Json());
  set_stamp(out, call);
  return json_response(out);
}

}  // namespace tz::http
