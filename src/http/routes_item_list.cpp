// Lists of items in the caller's sight, newest first, and the table clerks fill in.
#include <algorithm>

#include "engine/history.h"
#include "http/handlers.h"
#include "http/render.h"
#include "http/sight.h"
#include "ledger/item_file.h"

namespace tz::http {
namespace {

constexpr std::size_t kPageUsual = 50;
constexpr std::size_t kPageMax = 200;

// A question that one scan answers; a state that several versions of a flow know is several.
struct Asked {
  std::vector<rollup::Filter> filters;
  std::optional<rollup::RowIndex> before;
  std::size_t limit = kPageUsual;
};

Result<std::optional<UnitId>> unit_in(const Call& call, QueryReader& query, const char* name) {
  const auto code = query.text(name);
  if (!code) return std::optional<UnitId>{};
  const auto unit = call.tree().find(*code);
  if (!unit) return refusal("unit_unknown", {{"unit", *code}, {"field", name}});
  return std::optional<UnitId>{*unit};
}

Outcome add_states(const Call& call, const std::string& state, const std::string& kind,
                   Asked& asked) {
  const rollup::Filter base = asked.filters.front();
  asked.filters.clear();
  for (std::size_t i = 0; i < call.state().flows.size(); ++i) {
    const ledger::Flow& flow = *call.state().flows[i];
    const auto index = flow.state(state);
    if (flow.kind != kind || !index) continue;
    rollup::Filter filter = base;
    filter.flow = static_cast<std::uint16_t>(i);
    filter.state = *index;
    asked.filters.push_back(std::move(filter));
  }
  if (asked.filters.empty()) return query_bad("state", state);
  return Done{};
}

// The cursor is the last item of the page before. It must be one the caller sees: from another it
// could be told when that one was listed.
Outcome read_cursor(const Call& call, const Sight& sight, const std::string& cursor, Asked& asked) {
  const auto no = ledger::parse_item_no(cursor);
  const auto index = no ? call.view().find(*no) : std::nullopt;
  if (!index || !sight.by_row(call.view().row(*index))) return refusal("cursor_bad");
  asked.before = *index;
  return Done{};
}

Result<Asked> read_question(const Call& call, const Sight& sight) {
  QueryReader query(call.target);
  Asked asked;
  rollup::Filter filter;
  filter.sight = sight.filter();
  filter.unit = TZ_TRY(unit_in(call, query, "unit"));
  filter.lead = TZ_TRY(unit_in(call, query, "lead"));
  filter.overdue = TZ_TRY(query.yes_no("overdue"));
  const auto kind = query.text("kind");
  if (kind) {
    filter.kind = call.state().kind_index(*kind);
    if (!filter.kind) return refusal("kind_unknown", {{"kind", *kind}, {"field", "kind"}});
  }
  const auto phase = query.text("phase");
  if (phase) {
    filter.phase = ledger::phase_named(*phase);
    if (!filter.phase) return query_bad("phase", *phase);
  }
  asked.limit = TZ_TRY(query.limit(kPageUsual, kPageMax));
  const auto cursor = query.text("cursor");
  const auto state = query.text("state");
  TZ_TRY(query.finish());
  asked.filters.push_back(std::move(filter));
  if (state) {
    if (!kind) return refusal("field_required", {{"field", "kind"}});
    TZ_TRY(add_states(call, *state, *kind, asked));
  }
  if (cursor) TZ_TRY(read_cursor(call, sight, *cursor, asked));
  return asked;
}

Result<Json> row_json(const Call& call, const ledger::ItemRow& row) {
  const ledger::Flow& flow = *call.state().flows[row.flow];
  const ledger::FlowState& state = flow.states[row.state];
  const Context& context = call.site.context;
  const auto texts =
      engine::current_texts(TZ_TRY(engine::history(context.engine, context.keyring, row.no)));
  Json out;
  out.set("item", ledger::to_text(row.no)).set("version", row.last.value);
  out.set("kind", flow.kind).set("state", state.id).set("state_title", title_json(state.title));
  out.set("phase", ledger::to_text(row.phase));
  out.set("title", texts.title ? Json(*texts.title) : Json());
  out.set("unit", unit_json(call.tree(), row.place));
  out.set("lead", unit_json(call.tree(), row.lead));
  out.set("opened", to_text(row.opened)).set("due", day_json(row.due));
  out.set("overdue", ledger::is_open(row.phase) && row.due && *row.due < call.today);
  out.set("closed", day_json(row.closed)).set("fixed", row.fixed);
  out.set("reopened", std::int64_t{row.reopened});
  return out;
}

}  // namespace

Result<Response> get_items(const Call& call) {
  const Sight sight(call.published, call.account(), call.today);
  const Asked asked = TZ_TRY(read_question(call, sight));
  std::vector<rollup::RowIndex> found;
  if (sight.anything()) {
    for (const rollup::Filter& filter : asked.filters) {
      const auto some = call.view().list(filter, asked.before, asked.limit + 1);
      found.insert(found.end(), some.begin(), some.end());
    }
  }
  std::sort(found.begin(), found.end(), [](auto a, auto b) { return b < a; });
  const bool more = found.size() > asked.limit;
  if (more) found.resize(asked.limit);
  JsonArray items;
  for (const rollup::RowIndex index : found)
    items.push_back(TZ_TRY(row_json(call, call.view().row(index))));
  Json out;
  out.set("items", std::move(items));
  out.set("next", more ? Json(ledger::to_text(call.view().row(found.back()).no)) : Json());
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_items_template(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  Response response;
  response.content_type = "text/csv; charset=utf-8";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"items.csv\"");
  response.body = ledger::item_file_template();
  return response;
}

}  // namespace tz::http
