// Work groups: sending one, who is in it, where it has been, and what came of that.
#include <algorithm>
#include <charconv>

#include "base/csv.h"
#include "engine/history.h"
#include "http/body_reader.h"
#include "http/handlers.h"
#include "http/item_query.h"
#include "http/render.h"
#include "http/sight.h"
#include "ledger/burden.h"
#include "ledger/group_summary.h"
#include "ledger/permission.h"

namespace tz::http {
namespace {

using ledger::WorkGroup;
using ledger::WorkGroupId;

constexpr std::size_t kVisitsUsual = 50;
constexpr std::size_t kVisitsMax = 200;

// Zero, which none has, for what is no number.
WorkGroupId number_in(const std::string& text) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [at, fault] = std::from_chars(text.data(), end, value);
  return WorkGroupId{fault == std::errc{} && at == end ? value : 0};
}

Outcome reads_groups(const Call& call) {
  return ledger::holds_some_post(call.state(), call.account(), ledger::Right::WorkGroupRead,
                                 call.today);
}

// One that the caller may know of; all others there are none of.
Result<const WorkGroup*> readable_group(const Call& call) {
  TZ_TRY(reads_groups(call));
  const WorkGroup* group = call.state().work_group(number_in(call.params[0]));
  if (group == nullptr || !ledger::may_read(call.state(), *group, call.account(), call.today))
    return refusal("work_group_unknown",
                   {{"group", std::string(beginning_of(call.params[0], 20))}});
  return group;
}

Json requirement_json(const ledger::State& state, const ledger::RequirementName& name) {
  Json out;
  out.set("programme", name.programme).set("requirement", name.requirement);
  const auto programme = state.programme_of(name.programme);
  const auto* known =
      programme ? state.programmes[*programme]->requirement(name.requirement) : nullptr;
  out.set("title", known == nullptr ? Json() : title_json(known->words().title));
  return out;
}

Json group_json(const Call& call, WorkGroupId id) {
  const ledger::State& state = call.state();
  const WorkGroup& group = *state.work_group(id);
  Json out;
  out.set("work_group", id.value).set("name", group.name);
  out.set("from", to_text(group.from)).set("to", to_text(group.to));
  out.set("in_force", group.in_force(call.today));
  out.set("issuer", acting_json(state, group.issuer));
  out.set("units", units_json(*state.tree, group.units));
  JsonArray kinds;
  for (const std::string& kind : group.kinds) {
    Json one;
    one.set("kind", kind);
    const auto flow = state.flow_of(kind);
    one.set("title", flow ? title_json(state.flows[*flow]->title) : Json());
    kinds.push_back(std::move(one));
  }
  JsonArray requirements;
  for (const ledger::RequirementName& one : group.requirements)
    requirements.push_back(requirement_json(state, one));
  out.set("kinds", std::move(kinds)).set("requirements", std::move(requirements));
  out.set("visits_max", group.visits_max);
  out.set("member_count", static_cast<std::uint64_t>(group.members.size()));
  out.set("visit_count", static_cast<std::uint64_t>(group.visits.size()));
  return out;
}

Json members_json(const ledger::State& state, const WorkGroup& group) {
  JsonArray out;
  for (const PostId id : group.members) {
    const ledger::Post* post = state.post(id);
    if (post == nullptr) continue;
    Json one;
    one.set("post", id.value);
    set_post(state, *post, one);
    out.push_back(std::move(one));
  }
  return out;
}

// By whom, so that who looks into the same can agree with them.
Json overlaps_json(const ledger::State& state, const WorkGroup& group) {
  JsonArray out;
  for (const WorkGroupId id : group.overlaps) {
    const WorkGroup* other = state.work_group(id);
    if (other == nullptr) continue;
    Json one;
    one.set("work_group", id.value).set("issuer", acting_json(state, other->issuer));
    out.push_back(std::move(one));
  }
  return out;
}

Json tally_json(const ledger::GroupTally& tally) {
  Json out;
  out.set("visits", tally.visits).set("asked", tally.asked).set("listed", tally.listed);
  out.set("verified", tally.verified).set("closed", tally.closed);
  return out;
}

Json summary_json(const Call& call, const WorkGroup& group) {
  const auto row = [&](ledger::ItemNo no) -> std::optional<ledger::ItemRow> {
    const auto index = call.view().find(no);
    if (!index) return std::nullopt;
    return call.view().row(*index);
  };
  ledger::GroupTally all;
  JsonArray rows;
  for (const ledger::GroupTally& tally : ledger::summary_of(group, row)) {
    Json one = tally_json(tally);
    one.set("unit", unit_json(call.tree(), tally.unit));
    rows.push_back(std::move(one));
    all.visits += tally.visits;
    all.asked += tally.asked;
    all.listed += tally.listed;
    all.verified += tally.verified;
    all.closed += tally.closed;
  }
  Json out;
  out.set("all", tally_json(all)).set("units", std::move(rows));
  return out;
}

// What the caller's posts let him do; whatever else may stand in the way is told when he does it.
Json may_json(const Call& call, const WorkGroup& group) {
  const ledger::State& state = call.state();
  const bool over_all = std::all_of(group.units.begin(), group.units.end(), [&](UnitId unit) {
    return ledger::may_over(state, call.account(), ledger::Right::WorkGroupMandate, unit,
                            call.today);
  });
  Json out;
  out.set("change", over_all && call.today <= group.to);
  out.set("visit", ledger::is_member(state, group, call.account(), call.today));
  return out;
}

Result<Json> text_json(const Call& call, Seq record, const char* label) {
  const auto texts =
      TZ_TRY(engine::texts_of(call.site.context.engine, call.site.context.keyring, record));
  const auto found = texts.find(label);
  return found == texts.end() || !found->second ? Json() : Json(*found->second);
}

// Numbers of the items that the caller may read.
Result<Json> items_json(const Call& call, Sight& sight, const std::vector<ledger::ItemNo>& items) {
  JsonArray out;
  for (const ledger::ItemNo no : items)
    if (TZ_TRY(sight.may_read(call.site.context.engine, no))) out.emplace_back(ledger::to_text(no));
  return Json(std::move(out));
}

Result<Day> day_named(const std::string& text, const char* field) {
  const auto day = parse_day(text);
  if (!day.ok())
    return refusal("bad_day", {{"text", std::string(beginning_of(text, 40))}, {"field", field}});
  return *day;
}

std::vector<PostId> posts_in(const std::vector<std::uint64_t>& numbers) {
  std::vector<PostId> out;
  out.reserve(numbers.size());
  for (const std::uint64_t number : numbers) out.push_back(PostId{number});
  return out;
}

// "education-2019/study"
Result<std::vector<ledger::RequirementName>> requirements_in(
    const std::vector<std::string>& texts) {
  std::vector<ledger::RequirementName> out;
  for (const std::string& text : texts) {
    const std::size_t slash = text.find('/');
    if (slash == std::string::npos) return refusal("field_bad", {{"field", "requirements"}});
    out.push_back({text.substr(0, slash), text.substr(slash + 1)});
  }
  return out;
}

Result<ledger::MandateWorkGroup> read_mandate(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Json body = TZ_TRY(json_body(call.request));
  BodyReader fields(body);
  ledger::MandateWorkGroup out;
  out.name = fields.text("name");
  out.members = posts_in(fields.numbers("members", kJsonIntegerMax));
  const std::vector<std::string> units = fields.texts("units");
  out.kinds = fields.texts("kinds");
  const std::vector<std::string> requirements = fields.texts("requirements");
  out.visits_max = static_cast<std::int64_t>(fields.optional_number("visits_max", 1'000'000));
  const auto from = fields.optional_text("from");
  const std::string to = fields.text("to");
  out.overlap_reason = fields.optional_text("overlap_reason").value_or("");
  TZ_TRY(fields.finish());
  for (const std::string& code : units) out.units.push_back(TZ_TRY(unit_named(call, code)));
  out.requirements = TZ_TRY(requirements_in(requirements));
  if (from) out.from = TZ_TRY(day_named(*from, "from"));
  out.to = TZ_TRY(day_named(to, "to"));
  return out;
}

Result<std::vector<ledger::ItemNo>> items_in(const std::vector<std::string>& texts,
                                             const char* field) {
  std::vector<ledger::ItemNo> out;
  for (const std::string& text : texts) {
    const auto no = ledger::parse_item_no(text);
    if (!no) return refusal("field_type", {{"field", field}});
    out.push_back(*no);
  }
  return out;
}

Result<ledger::RecordVisit> read_visit(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Json body = TZ_TRY(json_body(call.request));
  BodyReader fields(body);
  ledger::RecordVisit out;
  out.group = number_in(call.params[0]);
  const std::string unit = fields.text("unit");
  const std::string day = fields.text("day");
  const std::string sort = fields.text("sort");
  out.asked = static_cast<std::int64_t>(fields.optional_number("asked", 1'000'000));
  const std::vector<std::string> opened = fields.texts("opened");
  const std::vector<std::string> checked = fields.texts("checked");
  out.text = fields.text("text");
  TZ_TRY(fields.finish());
  out.unit = TZ_TRY(unit_named(call, unit));
  out.day = TZ_TRY(day_named(day, "day"));
  const auto known = ledger::visit_sort_named(sort);
  if (!known) return refusal("field_bad", {{"field", "sort"}});
  out.sort = *known;
  out.opened = TZ_TRY(items_in(opened, "opened"));
  out.checked = TZ_TRY(items_in(checked, "checked"));
  return out;
}

Result<ledger::ChangeMembers> read_members(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Json body = TZ_TRY(json_body(call.request));
  BodyReader fields(body);
  ledger::ChangeMembers out{number_in(call.params[0]),
                            posts_in(fields.numbers("members", kJsonIntegerMax))};
  TZ_TRY(fields.finish());
  return out;
}

Result<ledger::EndWorkGroup> read_end(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Json body = TZ_TRY(json_body(call.request));
  BodyReader fields(body);
  ledger::EndWorkGroup out{number_in(call.params[0]), fields.text("reason")};
  TZ_TRY(fields.finish());
  return out;
}

// The group that one of these records sent.
Json sent_by(const ledger::State& state, const engine::Receipt& receipt) {
  for (std::size_t i = state.work_groups.size(); i > 0; --i) {
    const std::uint64_t record = state.work_groups[i - 1]->record.value;
    if (receipt.first <= record && record < receipt.end) return Json(i);
  }
  return {};
}

// Too much was asked of the unit in that month, this visit among it; it was made all the same.
void note_burden(const ledger::State& state, const ledger::RecordVisit& visit, Day today,
                 Json& body) {
  const auto over = ledger::over_budget(state, visit.unit, first_of_month(visit.day), today);
  if (!over) return;
  Json told;
  told.set("unit", unit_json(*state.tree, over->unit)).set("level", to_text(over->level));
  told.set("month", month_text(over->month)).set("asked", over->asked);
  told.set("budget", over->budget);
  body.set("burden_over", std::move(told));
}

template <class Command>
void submit(const CallRef& call, const Reply& reply, Result<Command> command, unsigned status) {
  if (!command.ok()) return reply({command.error(), {}});
  engine::Request request;
  request.command = *command;
  request.actor.account = call->account();
  request.idempotency = idempotency_of(*call);
  engine::Engine& engine = call->site.context.engine;
  engine.submit(std::move(request), [call, reply, status, &engine,
                                     command = *std::move(command)](Result<engine::Receipt> done) {
    if (!done.ok()) return reply({done.error(), {}});
    const auto state = engine.published().state;
    Json body = receipt_json(*done, call->zone());
    if constexpr (std::is_same_v<Command, ledger::MandateWorkGroup>)
      body.set("work_group", sent_by(*state, *done));
    if constexpr (std::is_same_v<Command, ledger::RecordVisit>)
      note_burden(*state, command, call->today, body);
    reply({json_response(body, status), {}});
  });
}

}  // namespace

Result<Response> get_work_groups(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  TZ_TRY(reads_groups(call));
  JsonArray rows;
  for (std::size_t i = call.state().work_groups.size(); i > 0; --i)
    if (ledger::may_read(call.state(), *call.state().work_groups[i - 1], call.account(),
                         call.today))
      rows.push_back(group_json(call, WorkGroupId{i}));
  Json out;
  out.set("work_groups", std::move(rows));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_work_group(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const WorkGroup& group = *TZ_TRY(readable_group(call));
  Json out;
  out.set("group", group_json(call, number_in(call.params[0])));
  out.set("members", members_json(call.state(), group));
  out.set("overlaps", overlaps_json(call.state(), group));
  out.set("overlap_reason", TZ_TRY(text_json(call, group.record, "overlap_reason")));
  out.set("summary", summary_json(call, group)).set("may", may_json(call, group));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_visits(const Call& call) {
  QueryReader query(call.target);
  const std::size_t limit = TZ_TRY(query.limit(kVisitsUsual, kVisitsMax));
  const auto before = TZ_TRY(query.number("before", kJsonIntegerMax));
  TZ_TRY(query.finish());
  const WorkGroup& group = *TZ_TRY(readable_group(call));
  Sight sight(call.published, call.account(), call.today);
  JsonArray visits;
  Json next;
  for (auto visit = group.visits.rbegin(); visit != group.visits.rend(); ++visit) {
    if (before && visit->record.value >= *before) continue;
    if (visits.size() == limit) {
      next = Json(std::prev(visit)->record.value);
      break;
    }
    Json one;
    one.set("record", visit->record.value).set("unit", unit_json(call.tree(), visit->unit));
    one.set("day", to_text(visit->day)).set("sort", ledger::to_text(visit->sort));
    one.set("asked", visit->asked);
    one.set("opened", TZ_TRY(items_json(call, sight, visit->opened)));
    one.set("checked", TZ_TRY(items_json(call, sight, visit->checked)));
    one.set("text", TZ_TRY(text_json(call, visit->record, "visit")));
    visits.push_back(std::move(one));
  }
  Json out;
  out.set("visits", std::move(visits)).set("next", std::move(next));
  set_stamp(out, call);
  return json_response(out);
}

void post_work_group(const CallRef& call, const Reply& reply) {
  submit(call, reply, read_mandate(*call), 201);
}

void post_members(const CallRef& call, const Reply& reply) {
  submit(call, reply, read_members(*call), 200);
}

void post_group_end(const CallRef& call, const Reply& reply) {
  submit(call, reply, read_end(*call), 200);
}

void post_visit(const CallRef& call, const Reply& reply) {
  submit(call, reply, read_visit(*call), 201);
}

}  // namespace tz::http
