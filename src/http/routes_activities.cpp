// Activities of a programme: what was held, apart from what anybody has met.
#include "base/csv.h"
#include "http/body_reader.h"
#include "http/handlers.h"
#include "http/item_query.h"
#include "http/render.h"

namespace tz::http {
namespace {

using ledger::Activities;
using ledger::Activity;

constexpr std::size_t kActivitiesUsual = 50;
constexpr std::size_t kActivitiesMax = 200;

Result<std::vector<std::string>> texts_of(const Json& value, const Facts& field) {
  if (value.as_array() == nullptr) return refusal("field_type", field);
  std::vector<std::string> out;
  for (const Json& one : *value.as_array()) {
    if (one.as_text() == nullptr) return refusal("field_type", field);
    out.push_back(*one.as_text());
  }
  return out;
}

// One member of the body; refuses `field_type`, `field_bad` and `field_unknown`.
Outcome take(const Call& call, const JsonMember& member, ledger::RecordActivity& out) {
  const auto& [name, value] = member;
  const Facts field = {{"field", name}};
  if (name == "units") {
    for (const std::string& code : TZ_TRY(texts_of(value, field)))
      out.units.push_back(TZ_TRY(unit_named(call, code)));
    return Done{};
  }
  if (name == "items") {
    for (const std::string& text : TZ_TRY(texts_of(value, field))) {
      const auto no = ledger::parse_item_no(text);
      if (!no) return refusal("field_bad", field);
      out.items.push_back(*no);
    }
    return Done{};
  }
  if (name == "people") {
    if (value.as_int() == nullptr) return refusal("field_type", field);
    out.people = *value.as_int();
    return Done{};
  }
  if (value.as_text() == nullptr) return refusal("field_type", field);
  const std::string& text = *value.as_text();
  if (name == "text") {
    out.text = text;
  } else if (name == "requirement") {
    out.requirement = text;
  } else if (name == "day") {
    out.day = TZ_TRY(parse_day(text));
  } else if (name == "sort") {
    const auto sort = ledger::activity_sort_named(text);
    if (!sort) return refusal("field_bad", field);
    out.sort = *sort;
  } else if (name == "qualifier") {
    const auto qualifier = ledger::qualifier_named(text);
    if (!qualifier) return refusal("field_bad", field);
    out.qualifier = *qualifier;
  } else {
    return refusal("field_unknown", field);
  }
  return Done{};
}

Result<ledger::RecordActivity> read_activity(const Call& call) {
  const Json body = TZ_TRY(json_body(call.request));
  if (body.as_object() == nullptr) return refusal("field_type", {{"field", ""}});
  for (const char* name : {"sort", "day", "units"})
    if (body.find(name) == nullptr) return refusal("field_required", {{"field", name}});
  ledger::RecordActivity out;
  out.programme = call.params[0];
  for (const JsonMember& member : *body.as_object()) TZ_TRY(take(call, member, out));
  return out;
}

Json counts_json(const ledger::ActivityCounts& counts) {
  JsonArray out;
  for (std::size_t i = 0; i < ledger::kActivitySortCount; ++i) {
    Json row;
    row.set("sort", to_text(static_cast<ledger::ActivitySort>(i)));
    row.set("held", counts.held[i]).set("taken_part", counts.taken_part[i]);
    out.push_back(std::move(row));
  }
  return out;
}

// Items stand in it for whoever may list them alone; here they are only counted.
Json activity_json(const Activity& activity, std::size_t index, const ledger::OrgTree& tree) {
  Json out;
  out.set("number", static_cast<std::uint64_t>(index + 1)).set("sort", to_text(activity.sort));
  out.set("day", to_text(activity.day));
  out.set("requirement", activity.requirement ? Json(*activity.requirement) : Json());
  JsonArray units;
  for (const UnitId unit : activity.units) units.push_back(unit_json(tree, unit));
  out.set("units", std::move(units));
  out.set("people", activity.people ? Json(*activity.people) : Json());
  out.set("qualifier", to_text(activity.qualifier));
  out.set("gap_count", static_cast<std::uint64_t>(activity.items.size()));
  return out;
}

}  // namespace

void post_activity(const CallRef& call, const Reply& reply) {
  auto activity = read_activity(*call);
  if (!activity.ok()) return reply({activity.error(), {}});
  engine::Request request;
  request.command = *std::move(activity);
  request.actor.account = call->account();
  request.idempotency = idempotency_of(*call);
  call->site.context.engine.submit(std::move(request), [call, reply](Result<engine::Receipt> done) {
    if (!done.ok()) return reply({done.error(), {}});
    reply({json_response(receipt_json(*done, call->zone())), {}});
  });
}

Result<Response> get_activities(const Call& call) {
  QueryReader query(call.target);
  const auto programme = query.text("programme");
  const auto month = query.text("month");
  const std::size_t limit = TZ_TRY(query.limit(kActivitiesUsual, kActivitiesMax));
  TZ_TRY(query.finish());
  const UnitId unit = TZ_TRY(unit_named(call, call.params[0]));
  if (!programme) return refusal("field_required", {{"field", "programme"}});
  const auto index = call.state().programme_of(*programme);
  if (!index)
    return refusal("programme_unknown", {{"programme", std::string(beginning_of(*programme, 40))}});
  const std::vector<ledger::Interval> positions = call.tree().extent(unit, call.today);
  Activities::Question question;
  question.programme = static_cast<std::uint16_t>(*index);
  question.tree = &call.tree();
  question.positions = positions;
  if (month) {
    const auto day = parse_day(*month + "-01");
    if (!day.ok()) return query_bad("month", *month);
    question.month = *day;
  }
  const Activities& all = call.state().activities;
  JsonArray newest;
  for (std::size_t i = all.size(); i > 0 && newest.size() < limit; --i)
    if (Activities::units_asked(all.at(i - 1), question) > 0)
      newest.push_back(activity_json(all.at(i - 1), i - 1, call.tree()));
  Json out;
  out.set("unit", unit_json(call.tree(), unit)).set("programme", *programme);
  out.set("counts", counts_json(all.counts(question))).set("newest", std::move(newest));
  set_stamp(out, call);
  return json_response(out);
}

}  // namespace tz::http
