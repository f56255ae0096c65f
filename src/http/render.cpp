// Values of the ledger as JSON for people's programs.
#include "http/render.h"

#include <algorithm>

#include "ledger/permission.h"
#include "ledger/special_items.h"

namespace tz::http {

Json unit_json(const ledger::OrgTree& tree, UnitId unit) {
  Json out;
  out.set("code", tree.code(unit)).set("name", tree.name(unit));
  if (!tree.history().code_lost(unit)) return out;
  if (const auto at = tree.led_until(unit, tree.code(unit))) out.set("at", *at);
  return out;
}

Json unit_json(const ledger::OrgTree& tree, std::optional<UnitId> unit) {
  return unit ? unit_json(tree, *unit) : Json();
}

std::string address_of(const ledger::OrgTree& tree, UnitId unit) {
  std::string out(tree.code(unit));
  if (!tree.history().code_lost(unit)) return out;
  if (const auto at = tree.led_until(unit, out)) out += "@" + std::to_string(*at);
  return out;
}

Json units_json(const ledger::OrgTree& tree, const std::vector<UnitId>& units) {
  JsonArray out;
  for (const UnitId unit : units) out.push_back(unit_json(tree, unit));
  return out;
}

Json path_json(const ledger::OrgTree& tree, UnitId unit) {
  return units_json(tree, tree.path(unit));
}

Json acting_json(const ledger::State& state, PostId id) {
  const ledger::Post* post = id.value == 0 ? nullptr : state.post(id);
  if (post == nullptr) return {};
  Json out;
  set_post(state, *post, out);
  return out;
}

void set_post(const ledger::State& state, const ledger::Post& post, Json& out) {
  out.set("unit", unit_json(*state.tree, post.unit)).set("role", ledger::to_text(post.role));
  if (!post.acting) return;
  const ledger::Post* by = state.post(post.acting->by);
  TZ_ASSERT(by != nullptr);
  Json acting;
  acting.set("unit", unit_json(*state.tree, by->unit)).set("role", ledger::to_text(by->role));
  out.set("acting", std::move(acting));
}

Json title_json(const ledger::Title& title) {
  Json out;
  out.set("zh-CN", title.zh).set("en", title.en);
  return out;
}

Json limit_json(const calendar::Rule& rule) {
  const auto some = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
  Json out;
  out.set("code", rule.code).set("length", calendar::to_text(rule.length));
  out.set("starts", rule.starts);
  out.set("extension", rule.extension_max ? Json(calendar::to_text(*rule.extension_max)) : Json());
  out.set("extensions", std::int64_t{rule.extensions_max});
  out.set("division", some(rule.division.code)).set("programme", some(rule.programme));
  out.set("from", day_json(rule.from)).set("to", day_json(rule.to));
  out.set("title", title_json({rule.title_zh, rule.title_en})).set("basis", rule.basis);
  return out;
}

Json day_json(std::optional<Day> day) { return day ? Json(to_text(*day)) : Json(); }

Json quantity_json(const ledger::Quantity& quantity) {
  Json out;
  out.set("id", quantity.id).set("unit", quantity.unit).set("value", quantity.value);
  out.set("qualifier", ledger::to_text(quantity.qualifier));
  out.set("as_of", day_json(quantity.as_of));
  if (quantity.baseline) out.set("baseline", *quantity.baseline);
  if (quantity.bound == ledger::Bound::AtMost) out.set("bound", to_text(*quantity.bound));
  return out;
}

Json quantities_json(const std::vector<ledger::Quantity>& quantities) {
  JsonArray out;
  for (const ledger::Quantity& quantity : quantities) out.push_back(quantity_json(quantity));
  return out;
}

Json special_json(const ledger::State& state, std::optional<std::uint32_t> special) {
  if (!special) return {};
  const ledger::AdoptedRequirement& one = ledger::words_of(state, *special);
  const ledger::SpecialItem& item = state.specials[*special];
  Json out;
  out.set("special", item.name);
  out.set("programme", state.programmes[item.programme]->newest().id);
  out.set("requirement", one.words().id).set("title", title_json(one.words().title));
  return out;
}

Json rate_json(std::uint64_t numerator, std::uint64_t denominator) {
  if (denominator == 0) return {};
  Json out;
  out.set("numerator", numerator).set("denominator", denominator);
  return out;
}

Json counts_json(const rollup::PhaseCounts& counts) {
  std::uint64_t total = 0;
  std::uint64_t open = 0;
  std::uint64_t overdue = 0;
  Json phases;
  for (std::size_t i = 0; i < ledger::kPhaseCount; ++i) {
    const auto phase = static_cast<ledger::Phase>(i);
    total += counts.count[i];
    overdue += counts.overdue[i];
    if (ledger::is_open(phase)) open += counts.count[i];
    Json each;
    each.set("count", counts.count[i]).set("overdue", counts.overdue[i]);
    phases.set(std::string(ledger::to_text(phase)), std::move(each));
  }
  const std::uint32_t closed = counts.count[static_cast<std::size_t>(ledger::Phase::Closed)];
  const std::uint32_t dropped = counts.count[static_cast<std::size_t>(ledger::Phase::Dropped)];
  Json out;
  out.set("total", total).set("open", open).set("overdue", overdue);
  out.set("closed", closed).set("closed_fixed", counts.closed_fixed);
  out.set("dropped", dropped).set("reopened", counts.reopened);
  out.set("completion", rate_json(closed, total - dropped));
  out.set("fixed", rate_json(counts.closed_fixed, closed));
  out.set("phases", std::move(phases));
  return out;
}

void set_stamp(Json& body, const Call& call) {
  body.set("position", call.view().position());
  body.set("instant", call.instant_text(call.view().instant()));
  if (call.as_of) body.set("as_of", call.as_of->text);
}

std::vector<std::uint8_t> kinds_shown(const Call& call, UnitId unit) {
  const ledger::State& state = *call.present().state;
  std::optional<bool> covered;  // asked only where a kind needs it
  std::vector<std::uint8_t> out;
  for (std::size_t i = 0; i < call.state().kinds.size(); ++i) {
    const auto flow = state.flow_of(state.kinds[i]);
    if (!flow) continue;
    bool shown = state.flows[*flow]->totals == ledger::TotalsAudience::Public;
    if (!shown && call.caller) {
      if (!covered)
        covered =
            ledger::may_over(state, call.account(), ledger::Right::TotalsScoped, unit, call.today);
      shown = *covered || ledger::may_over(state, call.account(), ledger::Right::TotalsScoped, unit,
                                           call.today, {static_cast<std::uint8_t>(i)});
    }
    if (shown) out.push_back(static_cast<std::uint8_t>(i));
  }
  return out;
}

Json kinds_json(const Call& call, const rollup::Totals& totals,
                const std::vector<std::uint8_t>& kinds) {
  const ledger::State& state = call.state();
  JsonArray out;
  for (const std::uint8_t kind : kinds) {
    Json each;
    each.set("kind", state.kinds[kind]);
    if (const auto flow = state.flow_of(state.kinds[kind]))
      each.set("title", title_json(state.flows[*flow]->title));
    const Json counts = counts_json(totals.kinds[kind]);
    for (const JsonMember& member : *counts.as_object()) each.set(member.first, member.second);
    out.push_back(std::move(each));
  }
  return out;
}

Json quantity_sums_json(const Call& call, UnitId unit) {
  std::uint32_t kinds = 0;
  for (const std::uint8_t kind : kinds_shown(call, unit)) kinds |= std::uint32_t{1} << kind;
  if (kinds == 0) return {};
  JsonArray out;
  for (const rollup::QuantitySum& sum : call.view().quantities(unit, kinds)) {
    Json each;
    each.set("id", sum.id).set("unit", sum.unit).set("value", sum.value);
    each.set("qualifier", ledger::to_text(sum.qualifier)).set("items", sum.item_count);
    out.push_back(std::move(each));
  }
  return out;
}

Json receipt_json(const engine::Receipt& receipt, const Zone& zone) {
  Bytes command;
  ByteWriter(command).u64(receipt.command.value);
  Json out;
  if (receipt.item) out.set("item", ledger::to_text(*receipt.item));
  if (receipt.version) out.set("version", receipt.version->value);
  Json records;
  records.push(receipt.first).push(receipt.end);
  out.set("records", std::move(records));
  out.set("recorded", to_text(receipt.recorded, zone));
  out.set("command", to_hex(command));
  out.set("repeated", receipt.repeated);
  return out;
}

Result<UnitId> unit_named(const Call& call, const std::string& code) {
  const ledger::OrgTree& now = *call.present().state->tree;
  std::optional<UnitId> unit;
  if (code.find('@') == std::string::npos) unit = call.tree().named(code);
  if (!unit) unit = now.named(code);
  if (!unit || unit->value >= call.tree().size()) return refusal("unit_unknown", {{"unit", code}});
  return *unit;
}

}  // namespace tz::http
