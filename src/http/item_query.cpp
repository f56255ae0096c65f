// Reading a question from a query, asking the published view, showing a row.
#include "http/item_query.h"

#include <algorithm>

#include "base/csv.h"
#include "engine/history.h"
#include "engine/item_cache.h"
#include "http/item_reading.h"
#include "http/render.h"
#include "http/sight.h"
#include "ledger/special_items.h"
#include "rollup/source_refs.h"
#include "search/words.h"

namespace tz::http {
namespace {

constexpr std::size_t kPageUsual = 50;
constexpr std::size_t kPageMax = 200;
constexpr std::uint64_t kOffsetMax = 1'000'000;

Result<std::optional<UnitId>> unit_in(const Call& call, QueryReader& query, const char* name) {
  const auto code = query.text(name);
  if (!code) return std::optional<UnitId>{};
  const auto unit = call.tree().named(*code);
  if (!unit) return refusal("unit_unknown", {{"unit", *code}, {"field", name}});
  return std::optional<UnitId>{*unit};
}

// A state by its id, in every version of the kind's flow that knows it.
Result<std::vector<rollup::StateRef>> states_named(const Call& call, const std::string& kind,
                                                   const std::string& state) {
  std::vector<rollup::StateRef> out;
  for (std::size_t i = 0; i < call.state().flows.size(); ++i) {
    const ledger::Flow& flow = *call.state().flows[i];
    const auto index = flow.state(state);
    if (flow.kind == kind && index) out.push_back({static_cast<std::uint16_t>(i), *index});
  }
  if (out.empty()) return query_bad("state", state);
  return out;
}

// Where it comes from, and to which special item it rolls up, with all that is part of that one.
Outcome read_findings(const Call& call, QueryReader& query, const std::optional<std::string>& kind,
                      rollup::Filter& filter) {
  filter.share = TZ_TRY(query.yes_no("share"));
  if (const auto source = query.text("source")) {
    std::optional<std::string_view> of_kind;
    if (kind) of_kind = *kind;
    filter.sources = rollup::source_refs(call.state(), of_kind, *source);
    if (filter.sources->empty()) return query_bad("source", *source);
  }
  if (const auto name = query.text("special")) {
    const auto special = call.state().special_of(*name);
    if (!special)
      return refusal("special_unknown",
                     {{"special", std::string(beginning_of(*name, 80))}, {"field", "special"}});
    filter.specials = ledger::with_parts(call.state(), *special);
  }
  return Done{};
}

Outcome read_filter(const Call& call, QueryReader& query, rollup::Filter& filter) {
  filter.unit = TZ_TRY(unit_in(call, query, "unit"));
  filter.lead = TZ_TRY(unit_in(call, query, "lead"));
  filter.open = TZ_TRY(query.yes_no("open"));
  filter.overdue = TZ_TRY(query.yes_no("overdue"));
  filter.fixed = TZ_TRY(query.yes_no("fixed"));
  filter.reopened = TZ_TRY(query.yes_no("reopened"));
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
  const auto state = query.text("state");
  if (state) {
    if (!kind) return refusal("field_required", {{"field", "kind"}});
    filter.states = TZ_TRY(states_named(call, *kind, *state));
  }
  TZ_TRY(read_findings(call, query, kind, filter));
  filter.opened.from = TZ_TRY(day_in(query, "opened_from"));
  filter.opened.to = TZ_TRY(day_in(query, "opened_to"));
  filter.due.from = TZ_TRY(day_in(query, "due_from"));
  filter.due.to = TZ_TRY(day_in(query, "due_to"));
  filter.closed.from = TZ_TRY(day_in(query, "closed_from"));
  filter.closed.to = TZ_TRY(day_in(query, "closed_to"));
  return Done{};
}

// Blank words ask for nothing.
Outcome read_words(const Call& call, QueryReader& query, ItemQuestion& question) {
  const auto text = query.text("words");
  if (!text) return Done{};
  const search::Words words = TZ_TRY(search::read_words(*text));
  if (words.pieces.empty()) return Done{};
  question.words = call.site.search.words_known(call.present().size);
  if (question.sees_any) question.filter.rows = call.site.search.words().find(words);
  return Done{};
}

Outcome read_order(QueryReader& query, rollup::Order& order) {
  using By = rollup::Order::By;
  constexpr std::pair<std::string_view, By> kOrders[] = {
      {"changed", By::Changed}, {"closed", By::Closed}, {"due", By::Due},
      {"lead", By::Lead},       {"opened", By::Opened}, {"unit", By::Unit},
  };
  if (const auto sort = query.text("sort")) {
    const auto* found = std::find_if(std::begin(kOrders), std::end(kOrders),
                                     [&](const auto& one) { return one.first == *sort; });
    if (found == std::end(kOrders)) return query_bad("sort", *sort);
    order.by = found->second;
  }
  if (const auto direction = query.text("order")) {
    if (*direction != "asc" && *direction != "desc") return query_bad("order", *direction);
    if (*direction == "asc") order.direction = rollup::Order::Direction::Ascending;
  }
  return Done{};
}

// The cursor is the last item of the page before. It must be one the caller sees: from another it
// could be told where that one stands.
Outcome read_page(const Call& call, QueryReader& query, const Sight& sight, rollup::Page& page) {
  page.count_max = TZ_TRY(query.limit(kPageUsual, kPageMax));
  const auto offset = TZ_TRY(query.number("offset", kOffsetMax));
  const auto cursor = query.text("cursor");
  if (offset && cursor) return query_bad("offset", std::to_string(*offset));
  if (offset) page.skip = static_cast<std::size_t>(*offset);
  if (!cursor) return Done{};
  const auto no = ledger::parse_item_no(*cursor);
  page.after = no ? call.view().find(*no) : std::nullopt;
  if (!page.after || !sight.by_row(call.present().view->row(*page.after)))
    return refusal("cursor_bad");
  return Done{};
}

// As opened, and as corrections have left it.
std::string source_of(const std::vector<engine::HistoryEntry>& history) {
  std::string out;
  for (const engine::HistoryEntry& entry : history) {
    if (const auto* opened = std::get_if<ledger::ItemOpened>(&entry.event.event))
      out = opened->source;
    const auto* corrected = std::get_if<ledger::Corrected>(&entry.event.event);
    if (corrected != nullptr && corrected->field == "source" && corrected->value)
      out = *corrected->value;
  }
  return out;
}

}  // namespace

Result<std::optional<Day>> day_in(QueryReader& query, const char* name) {
  const auto text = query.text(name);
  if (!text) return std::optional<Day>{};
  const auto day = parse_day(*text);
  if (!day.ok()) return query_bad(name, *text);
  return std::optional<Day>{*day};
}

Result<ItemQuestion> read_item_question(const Call& call, QueryReader& query, Paged paged) {
  const Sight sight(call.present(), call.account(), call.today);
  ItemQuestion question;
  question.sees_any = sight.anything();
  question.filter.sight = sight.filter();
  TZ_TRY(read_filter(call, query, question.filter));
  TZ_TRY(read_words(call, query, question));
  TZ_TRY(read_order(query, question.order));
  if (paged == Paged::Yes) TZ_TRY(read_page(call, query, sight, question.page));
  return question;
}

rollup::Selection select_items(const Call& call, const ItemQuestion& question) {
  if (!question.sees_any) return {};
  return call.view().select(question.filter, question.order, question.page);
}

Result<Json> item_row_json(const Call& call, const ledger::ItemRow& row) {
  const ledger::Flow& flow = *call.state().flows[row.flow];
  const ledger::FlowState& state = flow.states[row.state];
  const Context& context = call.site.context;
  auto history = TZ_TRY(engine::history(context.engine, context.keyring, row.no));
  // What came after the row was published has no part in it.
  std::erase_if(history, [&](const auto& entry) { return row.last < entry.record.seq; });
  TZ_ASSERT(!history.empty());
  const auto texts = engine::current_texts(history);
  Json out;
  out.set("item", ledger::to_text(row.no)).set("version", row.last.value);
  out.set("kind", flow.kind).set("state", state.id).set("state_title", title_json(state.title));
  out.set("phase", ledger::to_text(row.phase));
  out.set("title", texts.title ? Json(*texts.title) : Json());
  out.set("source", source_of(history));
  out.set("unit", unit_json(call.tree(), row.place));
  out.set("lead", unit_json(call.tree(), row.lead));
  out.set("opened", to_text(row.opened)).set("due", day_json(row.due));
  out.set("overdue", ledger::is_open(row.phase) && row.due && *row.due < call.shown_on());
  out.set("closed", day_json(row.closed)).set("fixed", row.fixed);
  out.set("reopened", std::int64_t{row.reopened}).set("share", row.share);
  out.set("special", row.special == 0 ? Json() : Json(call.state().specials[row.special - 1].name));
  out.set("changed", call.instant_text(history.back().record.recorded));
  out.set("light", light_json(call, engine::item_of(call.state(), history)));
  return out;
}

void set_item_totals(Json& body, const rollup::PhaseCounts& counts) {
  std::uint64_t total = 0;
  std::uint64_t open = 0;
  std::uint64_t overdue = 0;
  for (std::size_t i = 0; i < ledger::kPhaseCount; ++i) {
    total += counts.count[i];
    overdue += counts.overdue[i];
    if (ledger::is_open(static_cast<ledger::Phase>(i))) open += counts.count[i];
  }
  Json totals;
  totals.set("open", open).set("overdue", overdue);
  totals.set("closed", counts.count[static_cast<std::size_t>(ledger::Phase::Closed)]);
  totals.set("closed_fixed", counts.closed_fixed).set("reopened", counts.reopened);
  totals.set("dropped", counts.count[static_cast<std::size_t>(ledger::Phase::Dropped)]);
  body.set("total", total).set("totals", std::move(totals));
}

}  // namespace tz::http
