// Programmes: what they ask of whom, which units have met it, and what units answer.
#include <algorithm>

#include "base/csv.h"
#include "http/body_reader.h"
#include "http/handlers.h"
#include "http/item_query.h"
#include "http/render.h"

namespace tz::http {
namespace {

using ledger::AdoptedProgramme;
using ledger::AdoptedRequirement;
using ledger::CoverageStatus;

constexpr std::size_t kUncoveredUsual = 50;
constexpr std::size_t kUncoveredMax = 500;

Result<const AdoptedProgramme*> programme_named(const ledger::State& state, const std::string& id) {
  const auto index = state.programme_of(id);
  if (!index)
    return refusal("programme_unknown", {{"programme", std::string(beginning_of(id, 40))}});
  return state.programmes[*index].get();
}

Json counts_json(const ledger::CoverageCounts& counts) {
  Json out;
  out.set("asked", counts.asked()).set("covered", counts.covered());
  for (std::size_t i = 0; i < ledger::kCoverageStatusCount; ++i) {
    const auto status = static_cast<CoverageStatus>(i);
    out.set(std::string(to_text(status)), counts.of(status));
  }
  return out;
}

// Rows of the tiers and kinds of unit that are asked at all.
Json cells_json(const AdoptedRequirement& requirement, const ledger::CoverageCounts& counts) {
  JsonArray out;
  for (std::uint8_t tier = 0; tier < requirement.coverage.asked().tier_count; ++tier)
    for (std::size_t kind = 0; kind < ledger::kUnitKindCount; ++kind) {
      Json row;
      std::uint32_t asked = 0;
      std::uint32_t covered = 0;
      for (std::size_t i = 0; i < ledger::kCoverageStatusCount; ++i) {
        const auto status = static_cast<CoverageStatus>(i);
        const std::uint32_t count = counts.of(tier, static_cast<ledger::UnitKind>(kind), status);
        asked += count;
        if (ledger::is_covered(status)) covered += count;
        row.set(std::string(to_text(status)), count);
      }
      if (asked == 0) continue;
      row.set("tier", requirement.by->tiers[tier].id);
      row.set("kind", to_text(static_cast<ledger::UnitKind>(kind)));
      row.set("asked", asked).set("covered", covered);
      out.push_back(std::move(row));
    }
  return out;
}

Json seal_json(const AdoptedRequirement& requirement) {
  if (requirement.seals.empty()) return {};
  const ledger::Seal& seal = requirement.seals.back();
  Json out;
  out.set("position", seal.position).set("day", to_text(seal.day));
  out.set("reason", to_text(seal.reason)).set("digest", to_hex(seal.digest));
  out.set("changed_since", requirement.sealed_changes != requirement.changes);
  return out;
}

Json requirement_json(const AdoptedRequirement& requirement, const ledger::CoverageCounts& counts) {
  const ledger::Requirement& words = requirement.words();
  Json out;
  out.set("requirement", words.id).set("title", title_json(words.title));
  out.set("sort", to_text(words.sort)).set("dropped", requirement.dropped);
  out.set("adopted", to_text(requirement.coverage.asked().day));
  out.set("stated", words.stated ? title_json(*words.stated) : Json());
  const auto parent = words.parent;
  out.set("parent", parent ? Json(requirement.by->requirements[*parent].id) : Json());
  out.set("set_by", words.sort == ledger::RequirementSort::Rectification
                        ? Json(to_text(words.set_by))
                        : Json());
  JsonArray dues;
  for (std::size_t i = 0; i < requirement.by->tiers.size(); ++i)
    if (const auto due = requirement.by->due(static_cast<std::uint16_t>(i), requirement.index)) {
      Json one;
      one.set("tier", requirement.by->tiers[i].id).set("due", to_text(*due));
      dues.push_back(std::move(one));
    }
  out.set("due", std::move(dues)).set("counts", counts_json(counts));
  out.set("seal", seal_json(requirement));
  return out;
}

// Over what a unit covers now; of a tree that has changed since, the units that it had then.
std::vector<ledger::Interval> extent_in(const ledger::AskedUnits& asked, UnitId unit, Day day) {
  if (unit.value >= asked.tree->size()) return {};
  return asked.tree->extent(unit, day);
}

Json programme_json(const AdoptedProgramme& programme) {
  const ledger::Programme& words = programme.newest();
  Json out;
  out.set("programme", words.id).set("version", words.version);
  out.set("title", title_json(words.title)).set("basis", title_json(words.basis));
  out.set("from", to_text(words.from)).set("to", to_text(words.to));
  JsonArray batches;
  for (const ledger::ProgrammeBatch& batch : words.batches) {
    Json one;
    one.set("batch", batch.id).set("title", title_json(batch.title));
    one.set("from", to_text(batch.from)).set("to", to_text(batch.to));
    batches.push_back(std::move(one));
  }
  JsonArray tiers;
  for (const ledger::Tier& tier : words.tiers) {
    Json one;
    one.set("tier", tier.id).set("title", title_json(tier.title));
    one.set("batch", words.batches[tier.batch].id);
    tiers.push_back(std::move(one));
  }
  out.set("batches", std::move(batches)).set("tiers", std::move(tiers));
  return out;
}

// The units that are not covered, in the order of the tree, from a position on.
Result<Json> uncovered_json(const Call& call, const AdoptedRequirement& requirement,
                            const std::vector<ledger::Interval>& extent, std::size_t limit,
                            const std::optional<std::string>& cursor) {
  const ledger::Coverage& coverage = requirement.coverage;
  const ledger::OrgTree& tree = *coverage.asked().tree;
  std::uint32_t from = 0;
  if (cursor) {
    const auto unit = tree.find(*cursor);
    if (!unit) return refusal("cursor_bad");
    from = tree.position(*unit) + 1;
  }
  JsonArray rows;
  Json next;
  for (const ledger::Interval& part : extent)
    for (const std::uint32_t at : coverage.uncovered(part, from, limit + 1 - rows.size())) {
      if (rows.size() == limit) {
        next = *rows.back().find("unit")->find("code");
        break;
      }
      Json one;
      one.set("unit", unit_json(tree, tree.at(at)));
      one.set("status", to_text(coverage.status(at)));
      one.set("since", to_text(coverage.since(at)));
      const auto due = requirement.due(at);
      one.set("due", day_json(due)).set("late", due && *due < call.today);
      rows.push_back(std::move(one));
    }
  Json out;
  out.set("rows", std::move(rows)).set("next", std::move(next));
  return out;
}

std::optional<CoverageStatus> status_answered(std::string_view word) {
  const auto status = ledger::coverage_status_named(word);
  return status == CoverageStatus::Late ? std::nullopt : status;
}

Result<ledger::AnswerRequirement> read_answer(const Call& call) {
  const Json body = TZ_TRY(json_body(call.request));
  if (body.as_object() == nullptr) return refusal("field_type", {{"field", ""}});
  ledger::AnswerRequirement out;
  out.programme = call.params[0];
  out.requirement = call.params[1];
  const auto status = status_answered(call.params[2]);
  if (!status) return refusal("answer_unknown", {{"answer", call.params[2].substr(0, 40)}});
  out.status = *status;
  for (const JsonMember& member : *body.as_object()) {
    const Facts field = {{"field", member.first}};
    const Json& value = member.second;
    if (member.first == "units" && value.as_array() != nullptr) {
      for (const Json& one : *value.as_array()) {
        if (one.as_text() == nullptr) return refusal("field_type", field);
        out.units.push_back(TZ_TRY(unit_named(call.tree(), *one.as_text())));
      }
    } else if (member.first == "items" && value.as_array() != nullptr) {
      for (const Json& one : *value.as_array()) {
        const auto no =
            one.as_text() == nullptr ? std::nullopt : ledger::parse_item_no(*one.as_text());
        if (!no) return refusal("field_type", field);
        out.items.push_back(*no);
      }
    } else if (member.first == "text" && value.as_text() != nullptr) {
      out.text = *value.as_text();
    } else if (member.first == "present" && value.as_int() != nullptr) {
      out.present = *value.as_int();
    } else if (member.first == "expected" && value.as_int() != nullptr) {
      out.expected = *value.as_int();
    } else {
      constexpr std::string_view kNames[] = {"units", "items", "text", "present", "expected"};
      const bool known =
          std::find(std::begin(kNames), std::end(kNames), member.first) != std::end(kNames);
      return refusal(known ? "field_type" : "field_unknown", field);
    }
  }
  return out;
}

}  // namespace

Result<Response> get_programmes(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  JsonArray rows;
  for (const auto& programme : call.state().programmes) rows.push_back(programme_json(*programme));
  Json out;
  out.set("programmes", std::move(rows));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_programme(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const AdoptedProgramme& programme = *TZ_TRY(programme_named(call.state(), call.params[0]));
  Json out = programme_json(programme);
  JsonArray rows;
  for (const AdoptedRequirement& one : programme.requirements) {
    const auto size = static_cast<std::uint32_t>(one.coverage.asked().tree->size());
    rows.push_back(requirement_json(one, one.coverage.counts({0, size})));
  }
  out.set("requirements", std::move(rows));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_coverage(const Call& call) {
  QueryReader query(call.target);
  const auto programme_id = query.text("programme");
  const auto requirement_id = query.text("requirement");
  const std::size_t limit = TZ_TRY(query.limit(kUncoveredUsual, kUncoveredMax));
  const auto cursor = query.text("cursor");
  TZ_TRY(query.finish());
  const UnitId unit = TZ_TRY(unit_named(call.tree(), call.params[0]));
  if (!programme_id) return refusal("field_required", {{"field", "programme"}});
  const AdoptedProgramme& programme = *TZ_TRY(programme_named(call.state(), *programme_id));
  Json out;
  out.set("unit", unit_json(call.tree(), unit)).set("programme", programme.newest().id);
  const AdoptedRequirement* chosen = nullptr;
  if (requirement_id) {
    chosen = programme.requirement(*requirement_id);
    if (chosen == nullptr)
      return refusal("requirement_unknown",
                     {{"requirement", std::string(beginning_of(*requirement_id, 40))}});
  }
  JsonArray rows;
  for (const AdoptedRequirement& one : programme.requirements) {
    if (chosen != nullptr && &one != chosen) continue;
    ledger::CoverageCounts counts(one.coverage.asked().tier_count);
    for (const ledger::Interval& part : extent_in(one.coverage.asked(), unit, call.today))
      counts.add(one.coverage.counts(part));
    Json row = requirement_json(one, counts);
    row.set("cells", cells_json(one, counts));
    rows.push_back(std::move(row));
  }
  out.set("requirements", std::move(rows));
  if (chosen != nullptr)
    out.set("uncovered", TZ_TRY(uncovered_json(
                             call, *chosen, extent_in(chosen->coverage.asked(), unit, call.today),
                             limit, cursor)));
  set_stamp(out, call);
  return json_response(out);
}

void post_answer(const CallRef& call, const Reply& reply) {
  auto answer = read_answer(*call);
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

}  // namespace tz::http
