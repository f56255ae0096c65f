// The catalogue of services, what was given of it, and how often whoever came had to come.
#include "base/csv.h"
#include "http/body_reader.h"
#include "http/csv_table.h"
#include "http/handlers.h"
#include "http/rates_json.h"
#include "http/render.h"
#include "http/resident_parts.h"

namespace tz::http {
namespace {

using ledger::Catalogue;
using ledger::CatalogueEntry;
using ledger::HandlingCounts;
using ledger::Placed;

// --- the catalogue

Json materials_json(const Catalogue& catalogue, const std::vector<std::uint16_t>& indices) {
  JsonArray out;
  for (const std::uint16_t index : indices) {
    const ledger::Material& material = catalogue.materials[index];
    Json one;
    one.set("material", material.id).set("title", title_json(material.title));
    one.set("held_by", ledger::to_text(material.held_by));
    out.push_back(std::move(one));
  }
  return out;
}

Json service_json(const Call& call, const Catalogue& catalogue, const CatalogueEntry& service) {
  JsonArray levels;
  for (const ledger::Level level : service.levels) levels.emplace_back(ledger::to_text(level));
  JsonArray units;
  for (const std::string& code : service.units)
    if (const auto unit = call.tree().find(code)) units.push_back(unit_json(call.tree(), *unit));
  Json out;
  out.set("service", service.id).set("title", title_json(service.title));
  out.set("levels", std::move(levels)).set("units", std::move(units));
  out.set("asks", materials_json(catalogue, service.asks));
  out.set("looks_up", materials_json(catalogue, service.looks_up));
  return out;
}

std::string in_words(const Call& call, const ledger::Title& title) {
  return call.language == Language::English ? title.en : title.zh;
}

std::string titles_of(const Call& call, const Catalogue& catalogue,
                      const std::vector<std::uint16_t>& indices) {
  std::string out;
  for (const std::uint16_t index : indices)
    out += (out.empty() ? "" : "; ") + in_words(call, catalogue.materials[index].title);
  return out;
}

// --- what was given

Json numbers_json(const HandlingCounts& counts) {
  JsonArray by_visits;
  for (const std::uint64_t count : counts.by_visits) by_visits.emplace_back(count);
  Json reasons;
  for (std::size_t i = 0; i < ledger::kVisitReasonCount; ++i)
    reasons.set(std::string(to_text(static_cast<ledger::VisitReason>(i))), counts.reasons[i]);
  Json missing;
  for (std::size_t i = 0; i < ledger::kMissingWhyCount; ++i)
    missing.set(std::string(to_text(static_cast<ledger::MissingWhy>(i))), counts.missing[i]);
  const auto median = counts.median_visits();
  Json out;
  out.set("handled", counts.handled());
  out.set("at_most_once", fraction_json({counts.at_most_once(), counts.handled()}));
  out.set("few", counts.handled() < rollup::kComparedMin);
  out.set("median_visits", median ? Json(*median) : Json());
  out.set("by_visits", std::move(by_visits)).set("reasons", std::move(reasons));
  out.set("missing", std::move(missing));
  return out;
}

struct HandlingQuestion {
  ResidentQuestion unit;
  std::optional<std::uint16_t> service;
};
Result<HandlingQuestion> read_question(const Call& call, std::size_t parts_max) {
  QueryReader query(call.target);
  HandlingQuestion out;
  const auto service = query.text("service");
  out.unit = TZ_TRY(read_resident_question(call, query, ledger::Right::HandlingRead, parts_max));
  if (!service) return out;
  out.service = call.state().catalogue.index_of(*service);
  if (!out.service)
    return refusal("service_unknown", {{"service", std::string(beginning_of(*service, 40))}});
  return out;
}

// By service, of all below the unit; what nobody came for is left out.
std::vector<std::pair<std::uint16_t, HandlingCounts>> by_service(const ledger::State& state,
                                                                 const std::vector<Placed>& found,
                                                                 const HandlingQuestion& asked) {
  std::vector<HandlingCounts> counts(state.catalogue.ids.size());
  ledger::for_each_in(found, asked.unit.below, [&](std::uint32_t index) {
    const ledger::Handling& one = state.handlings.at(index);
    counts[one.service].add(one);
  });
  std::vector<std::pair<std::uint16_t, HandlingCounts>> out;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto service = static_cast<std::uint16_t>(i);
    if (counts[i].handled() > 0 && (!asked.service || *asked.service == service))
      out.emplace_back(service, counts[i]);
  }
  return out;
}

void set_numbers(Json& row, const HandlingCounts& counts) {
  const Json numbers = numbers_json(counts);
  for (const JsonMember& member : *numbers.as_object()) row.set(member.first, member.second);
}

std::vector<std::string> cells_of(const HandlingCounts& counts) {
  const auto median = counts.median_visits();
  std::vector<std::string> out = {std::to_string(counts.handled()),
                                  std::to_string(counts.at_most_once()),
                                  percent_cell(counts.at_most_once(), counts.handled()),
                                  median ? std::to_string(*median) : "—"};
  for (const std::uint64_t count : counts.reasons) out.push_back(std::to_string(count));
  for (const std::uint64_t count : counts.missing) out.push_back(std::to_string(count));
  return out;
}

// --- recording

Result<ledger::GivenVisit> read_visit(const Json& value) {
  BodyReader body(value);
  const std::string reason = body.text("reason");
  const auto material = body.optional_text("material");
  const auto why = body.optional_text("why");
  const auto text = body.optional_text("text");
  TZ_TRY(body.finish());
  ledger::GivenVisit out;
  const auto named = ledger::visit_reason_named(reason);
  if (!named) return refusal("field_bad", {{"field", "reason"}});
  out.visit.reason = *named;
  out.visit.material = material;
  if (why) out.visit.why = ledger::missing_why_named(*why);
  if (why && !out.visit.why) return refusal("field_bad", {{"field", "why"}});
  out.text = text.value_or("");
  return out;
}

Result<ledger::RecordHandling> read_handling(const Call& call) {
  Json given = TZ_TRY(json_body(call.request));
  if (given.as_object() == nullptr) return refusal("field_type", {{"field", ""}});
  ledger::RecordHandling out;
  JsonObject flat;
  for (const JsonMember& member : *given.as_object()) {
    if (member.first != "further") {
      flat.push_back(member);
      continue;
    }
    if (member.second.as_array() == nullptr) return refusal("field_type", {{"field", "further"}});
    if (member.second.as_array()->size() > ledger::kHandlingVisitsMax)
      return refusal("list_too_long", {{"field", "further"},
                                       {"count_max", std::to_string(ledger::kHandlingVisitsMax)}});
    for (const Json& one : *member.second.as_array())
      out.further.push_back(TZ_TRY(read_visit(one)));
  }
  const Json rest(std::move(flat));
  BodyReader body(rest);
  out.service = body.text("service");
  const std::string unit = body.text("unit");
  const std::string day = body.text("day");
  out.visits = static_cast<std::int64_t>(body.number("visits", ledger::kHandlingVisitsMax));
  TZ_TRY(body.finish());
  out.unit = TZ_TRY(unit_named(call, unit));
  out.day = TZ_TRY(parse_day(day));
  return out;
}

}  // namespace

Result<Response> get_services(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const Catalogue* catalogue = call.state().catalogue.newest.get();
  JsonArray services;
  if (catalogue != nullptr)
    for (const CatalogueEntry& one : catalogue->services)
      services.push_back(service_json(call, *catalogue, one));
  Json out;
  out.set("version", catalogue != nullptr ? Json(catalogue->version) : Json());
  out.set("title", catalogue != nullptr ? title_json(catalogue->title) : Json());
  out.set("services", std::move(services));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_services_csv(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  CsvTable table(call.words(), {"service", "title", "given_by", "asks", "looks_up"});
  const Catalogue* catalogue = call.state().catalogue.newest.get();
  if (catalogue != nullptr)
    for (const CatalogueEntry& one : catalogue->services) {
      std::string givers;
      for (const ledger::Level level : one.levels)
        givers += (givers.empty() ? "" : "; ") +
                  call.words().text("unit_kind." + std::string(ledger::to_text(level)));
      for (const std::string& code : one.units) givers += (givers.empty() ? "" : "; ") + code;
      table.add({one.id, in_words(call, one.title), givers, titles_of(call, *catalogue, one.asks),
                 titles_of(call, *catalogue, one.looks_up)});
    }
  return csv_response(table.text(), "services.csv");
}

Result<Response> get_unit_services(const Call& call) {
  const HandlingQuestion asked = TZ_TRY(read_question(call, kPartsMax));
  const ledger::State& state = call.state();
  const auto found = placed(state.handlings, asked.unit.placed(call.tree()));
  const auto counts = [&](const std::vector<ledger::Interval>& where) {
    return ledger::counts_of(state.handlings, found, where, asked.service);
  };
  JsonArray services;
  for (const auto& [service, numbers] : by_service(state, found, asked)) {
    Json row;
    row.set("service", state.catalogue.ids[service]);
    row.set("title", title_json(state.catalogue.titles[service]));
    set_numbers(row, numbers);
    services.push_back(std::move(row));
  }
  JsonArray children;
  for (const rollup::Part& part : asked.unit.parts) {
    Json row;
    row.set("unit", unit_json(call.tree(), part.unit)).set("overlaps", part.overlaps);
    set_numbers(row, counts(call.tree().extent(part.unit, call.today)));
    children.push_back(std::move(row));
  }
  Json out;
  out.set("service", asked.service ? Json(state.catalogue.ids[*asked.service]) : Json());
  out.set("all", numbers_json(counts(asked.unit.below)));
  out.set("own", numbers_json(counts(asked.unit.own)));
  out.set("services", std::move(services)).set("children", std::move(children));
  set_question(out, call, asked.unit);
  return json_response(out);
}

Result<Response> get_unit_services_csv(const Call& call) {
  const HandlingQuestion asked = TZ_TRY(read_question(call, kTablePartsMax));
  const ledger::State& state = call.state();
  const auto found = placed(state.handlings, asked.unit.placed(call.tree()));
  std::vector<std::string> columns = {"unit",         "name",    "service",      "handled",
                                      "at_most_once", "percent", "median_visits"};
  for (std::size_t i = 0; i < ledger::kVisitReasonCount; ++i)
    columns.emplace_back(to_text(static_cast<ledger::VisitReason>(i)));
  for (std::size_t i = 0; i < ledger::kMissingWhyCount; ++i)
    columns.emplace_back(to_text(static_cast<ledger::MissingWhy>(i)));
  CsvTable table(call.words(), columns);
  const auto name_of = [&](UnitId unit) { return std::string(call.tree().name(unit)); };
  const auto add = [&](UnitId unit, const std::string& name, const std::string& service,
                       const HandlingCounts& counts) {
    std::vector<std::string> cells = {address_of(call.tree(), unit), name, service};
    const std::vector<std::string> numbers = cells_of(counts);
    cells.insert(cells.end(), numbers.begin(), numbers.end());
    table.add(cells);
  };
  const std::string all =
      asked.service ? state.catalogue.ids[*asked.service] : call.words().text("table.all");
  const auto counts = [&](const std::vector<ledger::Interval>& where) {
    return ledger::counts_of(state.handlings, found, where, asked.service);
  };
  const UnitId whole = asked.unit.unit;
  add(whole, name_of(whole), all, counts(asked.unit.below));
  for (const auto& [service, numbers] : by_service(state, found, asked))
    add(whole, name_of(whole), in_words(call, state.catalogue.titles[service]), numbers);
  for (const rollup::Part& part : asked.unit.parts)
    add(part.unit, name_of(part.unit), all, counts(call.tree().extent(part.unit, call.today)));
  if (!asked.unit.parts.empty())
    add(whole, call.words().text("table.own", {{"unit", name_of(whole)}}), all,
        counts(asked.unit.own));
  return csv_response(table.text(), "handlings.csv");
}

void post_handling(const CallRef& call, const Reply& reply) {
  auto handling = read_handling(*call);
  if (!handling.ok()) return reply({handling.error(), {}});
  engine::Request request;
  request.command = *std::move(handling);
  request.actor.account = call->account();
  request.idempotency = idempotency_of(*call);
  call->site.context.engine.submit(std::move(request), [call, reply](Result<engine::Receipt> done) {
    if (!done.ok()) return reply({done.error(), {}});
    reply({json_response(receipt_json(*done, call->zone())), {}});
  });
}

}  // namespace tz::http
