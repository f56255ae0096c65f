// Special rectification items: what rolls up to each, of a unit and all below it, and from where.
#include <map>

#include "base/csv.h"
#include "http/as_of.h"
#include "http/handlers.h"
#include "http/render.h"
#include "ledger/special_items.h"
#include "rollup/special_scan.h"

namespace tz::http {
namespace {

// Versions of a kind count together.
Json sources_json(const Call& call, const std::vector<rollup::SourceCounts>& sources) {
  struct Row {
    rollup::PhaseCounts counts;
    Json title;
  };
  std::map<std::pair<std::string, std::string>, Row> rows;
  for (const rollup::SourceCounts& each : sources) {
    const ledger::Flow& flow = *call.state().flows[each.source.flow];
    if (each.source.source == 0) continue;
    const std::size_t index = each.source.source - std::size_t{1};
    Row& row = rows[{flow.kind, flow.sources[index]}];
    row.counts += each.counts;
    if (index < flow.source_titles.size()) row.title = title_json(flow.source_titles[index]);
  }
  JsonArray out;
  for (auto& [name, row] : rows) {
    Json one;
    one.set("kind", name.first).set("source", name.second).set("title", std::move(row.title));
    one.set("counts", counts_json(row.counts));
    out.push_back(std::move(one));
  }
  return out;
}

Json item_json(const Call& call, const std::vector<ledger::SpecialNode>& tree, std::size_t at,
               const rollup::SpecialCounts& whole) {
  const ledger::State& state = call.state();
  const ledger::AdoptedRequirement& one = ledger::words_of(state, tree[at].special);
  const auto id_of = [&](std::size_t node) {
    return ledger::words_of(state, tree[node].special).words().id;
  };
  Json out;
  out.set("special", state.specials[tree[at].special].name).set("requirement", id_of(at));
  out.set("title", title_json(one.words().title)).set("set_by", to_text(one.words().set_by));
  out.set("parent", tree[at].parent ? Json(id_of(*tree[at].parent)) : Json());
  out.set("depth", static_cast<std::uint64_t>(tree[at].depth)).set("dropped", one.dropped);
  out.set("findings", counts_json(whole.findings)).set("shares", counts_json(whole.shares));
  out.set("sources", sources_json(call, whole.sources));
  return out;
}

Result<Response> rectification_page(const Call& call) {
  QueryReader query(call.target);
  (void)query.text("as_of");  // read beforehand
  const auto code = query.text("unit");
  TZ_TRY(query.finish());
  const auto programme = call.state().programme_of(call.params[0]);
  if (!programme)
    return refusal("programme_unknown",
                   {{"programme", std::string(beginning_of(call.params[0], 40))}});
  const UnitId unit = code ? TZ_TRY(unit_named(call, *code)) : UnitId{0};
  rollup::SpecialQuestion question{unit, 0, {}};
  for (const std::uint8_t kind : kinds_shown(call, unit)) question.kinds |= 1U << kind;
  const std::vector<ledger::SpecialNode> tree = ledger::special_tree(call.state(), *programme);
  const auto counts = rollup::with_parts(tree, call.view().specials(question));
  JsonArray rows;
  rollup::SpecialCounts all;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    rows.push_back(item_json(call, tree, i, counts[i]));
    if (!tree[i].parent) rollup::add(all, counts[i]);
  }
  Json out;
  out.set("programme", call.state().programmes[*programme]->newest().id);
  out.set("unit", unit_json(call.tree(), unit)).set("items", std::move(rows));
  out.set("findings", counts_json(all.findings)).set("shares", counts_json(all.shares));
  out.set("sources", sources_json(call, all.sources));
  set_stamp(out, call);
  return json_response(out);
}

}  // namespace

void get_rectification(const CallRef& call, const Reply& reply) {
  reading_or_as_of<rectification_page>(call, reply);
}

}  // namespace tz::http
