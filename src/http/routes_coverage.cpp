// Coverage of a unit and all below it: who is not covered, what units answer, and its proof.
#include <algorithm>

#include "base/csv.h"
#include "engine/sealed_trees.h"
#include "http/handlers.h"
#include "http/programme_json.h"
#include "http/render.h"

namespace tz::http {
namespace {

using ledger::AdoptedProgramme;
using ledger::AdoptedRequirement;
using ledger::CoverageStatus;

constexpr std::size_t kRowsUsual = 50;
constexpr std::size_t kRowsMax = 200;

// What a unit covers now in the tree that it was asked in; nothing where it was registered later.
std::vector<ledger::Interval> extent_in(const ledger::AskedUnits& asked, UnitId unit, Day day) {
  if (unit.value >= asked.tree->size()) return {};
  return asked.tree->extent(unit, day);
}

ledger::CoverageCounts counts_of(const Call& call, const AdoptedRequirement& requirement,
                                 UnitId unit) {
  const ledger::AskedUnits& asked = requirement.coverage.asked();
  ledger::CoverageCounts out(asked.tier_count);
  for (const ledger::Interval& part : extent_in(asked, unit, call.today))
    out.add(requirement.coverage.counts(part));
  return out;
}

// A unit by what it was called in the tree that was frozen; `now` what became of it since, if
// anything did.
void set_unit(Json& out, const Call& call, const ledger::OrgTree& frozen, UnitId unit) {
  const ledger::OrgTree& tree = call.tree();
  Json then;
  then.set("code", frozen.code(unit)).set("name", frozen.name(unit));
  if (const auto at = tree.led_until(unit, frozen.code(unit))) then.set("at", *at);
  out.set("unit", std::move(then));
  const auto to = tree.to(unit);
  if (frozen.code(unit) == tree.code(unit) && frozen.name(unit) == tree.name(unit) && !to) return;
  const UnitId heir = tree.counted_at(unit, std::nullopt);
  Json now = unit_json(tree, unit);
  now.set("to", day_json(to));
  now.set("successor", heir == unit ? Json() : unit_json(tree, heir));
  out.set("now", std::move(now));
}

struct Page {
  std::size_t limit = kRowsUsual;
  std::optional<std::string> cursor;  // the code of the last unit of the page before
};

// The units that are not covered, in the order of the tree.
Result<Json> uncovered_json(const Call& call, const AdoptedRequirement& requirement, UnitId unit,
                            const Page& page) {
  const ledger::Coverage& coverage = requirement.coverage;
  const ledger::OrgTree& tree = *coverage.asked().tree;
  std::uint32_t from = 0;
  if (page.cursor) {
    const auto last = tree.named(*page.cursor);
    if (!last) return refusal("cursor_bad");
    from = tree.position(*last) + 1;
  }
  JsonArray rows;
  Json next;
  UnitId last;
  for (const ledger::Interval& part : extent_in(coverage.asked(), unit, call.today)) {
    for (const std::uint32_t at : coverage.uncovered(part, from, page.limit + 1 - rows.size())) {
      if (rows.size() == page.limit) {
        next = Json(address_of(tree, last));
        break;
      }
      last = tree.at(at);
      Json one;
      set_unit(one, call, tree, last);
      set_standing(one, call, requirement, at);
      rows.push_back(std::move(one));
    }
    if (!next.is_null()) break;
  }
  Json out;
  out.set("rows", std::move(rows)).set("next", std::move(next));
  return out;
}

// The units directly below, in the order of the tree and in no other.
Result<Json> children_json(const Call& call, const AdoptedRequirement& requirement, UnitId unit,
                           const Page& page) {
  const ledger::OrgTree& tree = *requirement.coverage.asked().tree;
  std::vector<UnitId> children;
  if (unit.value < tree.size()) children = tree.visible_children(unit);
  std::size_t at = 0;
  if (page.cursor) {
    const auto last = tree.named(*page.cursor);
    while (at < children.size() && children[at] != last) ++at;
    if (at++ == children.size()) return refusal("cursor_bad");
  }
  JsonArray rows;
  for (; at < children.size() && rows.size() < page.limit; ++at) {
    Json one;
    set_unit(one, call, tree, children[at]);
    one.set("leaf", tree.leaf(children[at]));
    one.set("counts", counts_json(counts_of(call, requirement, children[at])));
    rows.push_back(std::move(one));
  }
  Json out;
  out.set("next", at < children.size() ? Json(address_of(tree, children[at - 1])) : Json());
  out.set("rows", std::move(rows));
  return out;
}

// How the unit itself stands; null where it is not asked.
Json own_json(const Call& call, const AdoptedRequirement& requirement, UnitId unit) {
  const ledger::AskedUnits& asked = requirement.coverage.asked();
  if (unit.value >= asked.tree->size()) return {};
  const std::uint32_t at = asked.tree->position(unit);
  if (!requirement.coverage.asks(at)) return {};
  Json out;
  out.set("tier", requirement.by->tiers[asked.tier_at[at] - 1U].id);
  set_standing(out, call, requirement, at);
  return out;
}

// What units before it still have open, for which the unit answers, each with the unit that was
// asked.
Json inherited_json(const Call& call, const AdoptedRequirement& requirement, UnitId unit) {
  const ledger::AskedUnits& asked = requirement.coverage.asked();
  JsonArray rows;
  bool more = false;
  for (const UnitId before : call.state().before_of(unit, call.today)) {
    if (before == unit || before.value >= asked.tree->size()) continue;
    const std::uint32_t at = asked.tree->position(before);
    if (!requirement.coverage.asks(at) || is_covered(requirement.coverage.status(at))) continue;
    more = rows.size() == kRowsMax;
    if (more) break;
    Json one;
    set_unit(one, call, *asked.tree, before);
    one.set("tier", requirement.by->tiers[asked.tier_at[at] - 1U].id);
    set_standing(one, call, requirement, at);
    rows.push_back(std::move(one));
  }
  Json out;
  out.set("rows", std::move(rows)).set("more", more);
  return out;
}

Result<Hash> hash_in(const std::string& text) {
  const auto bytes = from_hex(text);
  Hash out{};
  if (!bytes.ok() || bytes->size() != out.size())
    return refusal("field_type", {{"field", "sha256"}});
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

Result<std::vector<UnitId>> units_in(const Call& call, const Json& value) {
  if (value.as_array() == nullptr) return refusal("field_type", {{"field", "units"}});
  std::vector<UnitId> out;
  for (const Json& one : *value.as_array()) {
    if (one.as_text() == nullptr) return refusal("field_type", {{"field", "units"}});
    out.push_back(TZ_TRY(unit_named(call, *one.as_text())));
  }
  return out;
}

Result<std::vector<ledger::ItemNo>> items_in(const Json& value) {
  if (value.as_array() == nullptr) return refusal("field_type", {{"field", "items"}});
  std::vector<ledger::ItemNo> out;
  for (const Json& one : *value.as_array()) {
    if (one.as_text() == nullptr) return refusal("field_type", {{"field", "items"}});
    const auto no = ledger::parse_item_no(*one.as_text());
    if (!no) return refusal("item_no_bad", {{"text", one.as_text()->substr(0, 40)}});
    out.push_back(*no);
  }
  return out;
}

Outcome read_member(const Call& call, const JsonMember& member, ledger::AnswerRequirement& out) {
  const auto& [name, value] = member;
  if (name == "units") {
    out.units = TZ_TRY(units_in(call, value));
  } else if (name == "items") {
    out.items = TZ_TRY(items_in(value));
  } else if (name == "text" && value.as_text() != nullptr) {
    out.text = *value.as_text();
  } else if (name == "sha256" && value.as_text() != nullptr) {
    out.sha256 = TZ_TRY(hash_in(*value.as_text()));
  } else if (name == "present" && value.as_int() != nullptr) {
    out.present = *value.as_int();
  } else if (name == "expected" && value.as_int() != nullptr) {
    out.expected = *value.as_int();
  } else {
    constexpr std::string_view kNames[] = {"text", "sha256", "present", "expected"};
    const bool known = std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
    return refusal(known ? "field_type" : "field_unknown", {{"field", name}});
  }
  return Done{};
}

// What may be said at a route: by its day a unit's answer is met or late, and nobody says which.
using Words = std::vector<CoverageStatus>;

Words answers() { return {CoverageStatus::Met, CoverageStatus::NoneClaimed}; }

Words rulings() {
  return {CoverageStatus::Open, CoverageStatus::Exempt, CoverageStatus::NoneChecked};
}

Result<ledger::AnswerRequirement> read_answer(const Call& call, const Words& words) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  ledger::AnswerRequirement out;
  out.programme = call.params[0];
  out.requirement = call.params[1];
  const auto status = ledger::coverage_status_named(call.params[2]);
  if (!status || std::find(words.begin(), words.end(), *status) == words.end())
    return refusal("answer_unknown", {{"answer", std::string(beginning_of(call.params[2], 40))}});
  out.status = *status;
  const Json body = TZ_TRY(json_body(call.request));
  if (body.as_object() == nullptr) return refusal("field_type", {{"field", ""}});
  for (const JsonMember& member : *body.as_object()) TZ_TRY(read_member(call, member, out));
  return out;
}

void say(const CallRef& call, const Reply& reply, const Words& words) {
  auto answer = read_answer(*call, words);
  if (!answer.ok()) return reply({answer.error(), {}});
  engine::Request request;
  request.command = *std::move(answer);
  request.actor.account = call->account();
  request.idempotency = idempotency_of(*call);
  call->site.context.engine.submit(std::move(request), [call, reply](Result<engine::Receipt> done) {
    if (!done.ok()) return reply({done.error(), {}});
    reply({json_response(receipt_json(*done, call->zone())), {}});
  });
}

struct CoverageQuestion {
  const AdoptedProgramme* programme = nullptr;
  const AdoptedRequirement* requirement = nullptr;  // null: all of them
  bool by_child = false;
  Page page;
};

Result<CoverageQuestion> read_question(const Call& call) {
  QueryReader query(call.target);
  const auto programme = query.text("programme");
  const auto requirement = query.text("requirement");
  const auto by = query.text("by");
  CoverageQuestion out;
  out.page.limit = TZ_TRY(query.limit(kRowsUsual, kRowsMax));
  out.page.cursor = query.text("cursor");
  TZ_TRY(query.finish());
  if (by && *by != "child") return query_bad("by", *by);
  out.by_child = by.has_value();
  if (!programme) return refusal("field_required", {{"field", "programme"}});
  if ((by || out.page.cursor) && !requirement)
    return refusal("field_required", {{"field", "requirement"}});
  out.programme = TZ_TRY(programme_named(call.state(), *programme));
  if (requirement) out.requirement = TZ_TRY(requirement_named(*out.programme, *requirement));
  return out;
}

}  // namespace

Result<Response> get_coverage(const Call& call) {
  const CoverageQuestion asked = TZ_TRY(read_question(call));
  const UnitId unit = TZ_TRY(unit_named(call, call.params[0]));
  Json out;
  out.set("unit", unit_json(call.tree(), unit));
  out.set("programme", asked.programme->newest().id);
  JsonArray rows;
  for (const AdoptedRequirement& one : asked.programme->requirements) {
    if (asked.requirement != nullptr && asked.requirement != &one) continue;
    Json row = requirement_json(one, counts_of(call, one, unit));
    row.set("own", own_json(call, one, unit));
    row.set("inherited", inherited_json(call, one, unit));
    rows.push_back(std::move(row));
  }
  out.set("requirements", std::move(rows));
  if (asked.requirement != nullptr && asked.by_child)
    out.set("children", TZ_TRY(children_json(call, *asked.requirement, unit, asked.page)));
  else if (asked.requirement != nullptr)
    out.set("uncovered", TZ_TRY(uncovered_json(call, *asked.requirement, unit, asked.page)));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_coverage_proof(const Call& call) {
  QueryReader query(call.target);
  const auto programme_id = query.text("programme");
  const auto requirement_id = query.text("requirement");
  const auto span_name = query.text("span");
  TZ_TRY(query.finish());
  if (!programme_id) return refusal("field_required", {{"field", "programme"}});
  if (!requirement_id) return refusal("field_required", {{"field", "requirement"}});
  if (span_name && *span_name != "subtree" && *span_name != "unit")
    return query_bad("span", *span_name);
  const auto span = span_name == "unit" ? merkle::SumSpan::Unit : merkle::SumSpan::Subtree;
  const UnitId unit = TZ_TRY(unit_named(call, call.params[0]));
  const AdoptedProgramme& programme = *TZ_TRY(programme_named(call.state(), *programme_id));
  const AdoptedRequirement& requirement = *TZ_TRY(requirement_named(programme, *requirement_id));
  const auto sealed = TZ_TRY(call.site.sealed_trees.of(requirement));
  engine::SealedProof made;
  const Outcome proved = call.site.context.engine.read([&](journal::Reader& reader) -> Outcome {
    made = TZ_TRY(engine::prove_sealed(*sealed, {requirement, unit, span}, call.state(), reader));
    return Done{};
  });
  if (!proved.ok()) return proved.error();
  Json out;
  out.set("unit", unit_json(call.tree(), unit)).set("programme", programme.newest().id);
  out.set("requirement", requirement.words().id);
  out.set("span", span == merkle::SumSpan::Unit ? "unit" : "subtree");
  out.set("sealed", to_text(requirement.seals.back().day));
  out.set("digest", to_hex(requirement.seals.back().digest));
  out.set("changed_since", requirement.sealed_changes != requirement.changes);
  out.set("proof", engine::to_text(made.proof)).set("checkpoint", made.checkpoint);
  set_stamp(out, call);
  return json_response(out);
}

void post_answer(const CallRef& call, const Reply& reply) { say(call, reply, answers()); }

void post_ruling(const CallRef& call, const Reply& reply) { say(call, reply, rulings()); }

}  // namespace tz::http
