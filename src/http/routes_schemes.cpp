// Resettlement schemes for officials: opened, counted, signed within a term, and how far households
// are in every unit, as a page and as a table.
#include <algorithm>

#include "access/query_code.h"
#include "base/csv.h"
#include "http/body_reader.h"
#include "http/csv_table.h"
#include "http/handlers.h"
#include "http/item_query.h"
#include "http/render.h"
#include "http/resettlement_json.h"
#include "http/unit_parts.h"
#include "ledger/permission.h"
#include "ledger/roster_difference.h"
#include "rollup/household_totals.h"

namespace tz::http {
namespace {

using ledger::Right;
using ledger::Scheme;

constexpr std::int64_t kPercentMax = 1'000;
constexpr std::size_t kRostersShown = 100;  // the newest

bool reads(const Call& call, UnitId unit) {
  return ledger::may_over(call.state(), call.account(), Right::SchemeRead, unit, call.today);
}

// Where the caller sees how far its households are: its units, or where he is over a part of one
// alone, his own units within it.
std::vector<UnitId> units_shown(const Call& call, const Scheme& scheme) {
  const ledger::OrgTree& tree = call.tree();
  std::vector<UnitId> out;
  const auto add = [&](UnitId unit) {
    if (std::find(out.begin(), out.end(), unit) == out.end()) out.push_back(unit);
  };
  for (const UnitId unit : scheme.units) {
    if (reads(call, unit)) {
      add(unit);
      continue;
    }
    const std::vector<ledger::Interval> extent = tree.extent(unit, call.today);
    for (const ledger::Post& post : call.state().posts_of(call.account(), call.today)) {
      const std::uint32_t at = tree.position(post.unit);
      const bool within = std::any_of(extent.begin(), extent.end(), [&](const auto& one) {
        return one.begin <= at && at < one.end;
      });
      if (within && reads(call, post.unit)) add(post.unit);
    }
  }
  // What lies in another of them stands there already.
  const std::vector<UnitId> all = out;
  std::erase_if(out, [&](UnitId unit) {
    return std::any_of(all.begin(), all.end(),
                       [&](UnitId other) { return other != unit && tree.within(unit, other); });
  });
  return out;
}

// Those that the caller may know of, the newest first.
Result<std::vector<const Scheme*>> schemes_shown(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  TZ_TRY(ledger::holds_some_post(call.state(), call.account(), Right::SchemeRead, call.today));
  std::vector<const Scheme*> out;
  for (auto scheme = call.state().schemes.rbegin(); scheme != call.state().schemes.rend(); ++scheme)
    if (!units_shown(call, **scheme).empty()) out.push_back(scheme->get());
  return out;
}

// One that the caller may know of; all others there are none of.
Result<const Scheme*> readable_scheme(const Call& call) {
  TZ_TRY(ledger::holds_some_post(call.state(), call.account(), Right::SchemeRead, call.today));
  const auto index = call.state().scheme_of(call.params[0]);
  if (!index || units_shown(call, *call.state().schemes[*index]).empty())
    return refusal("scheme_unknown", {{"scheme", std::string(beginning_of(call.params[0], 40))}});
  return call.state().schemes[*index].get();
}

// The scheme whole, or a unit with the parts of it.
struct Question {
  const Scheme* scheme = nullptr;
  std::optional<UnitId> unit;
  PartsQuestion page;
};

Result<Question> read_question(const Call& call) {
  QueryReader query(call.target);
  Question out;
  const auto unit = query.text("unit");
  out.page.limit = TZ_TRY(query.limit(kPartsMax, kPartsMax));
  out.page.cursor = query.text("cursor");
  TZ_TRY(query.finish());
  out.scheme = TZ_TRY(readable_scheme(call));
  if (unit) {
    out.unit = TZ_TRY(unit_named(call, *unit));
    if (!reads(call, *out.unit)) return refusal("not_permitted", {{"transition", "scheme.read"}});
  }
  return out;
}

std::vector<rollup::Part> parts_asked(const Call& call, const Question& question) {
  if (question.unit) return parts_of(call, *question.unit);
  std::vector<rollup::Part> out;
  for (const UnitId unit : units_shown(call, *question.scheme)) out.push_back({unit, false});
  return out;
}

// Those that have households, where the caller may see how many.
std::vector<CountedPart> parts_counted(const Call& call, const Question& question) {
  return counted_parts(call.view(), row_scheme(call.state(), *question.scheme),
                       parts_asked(call, question));
}

rollup::HouseholdCounts whole_of(const Call& call, const Question& question) {
  const std::uint16_t scheme = row_scheme(call.state(), *question.scheme);
  if (question.unit) return call.view().households(*question.unit, scheme);
  rollup::HouseholdCounts sum;
  for (const UnitId unit : units_shown(call, *question.scheme))
    sum += call.view().households(unit, scheme);
  return sum;
}

// The newest of those for everybody and of the villages whose households the caller may see, going
// back.
std::vector<std::size_t> rosters_shown(const Call& call, const Scheme& scheme) {
  std::vector<std::size_t> out;
  for (std::size_t i = scheme.rosters.size(); i > 0 && out.size() < kRostersShown; --i) {
    const ledger::PublishedRoster& roster = *scheme.rosters.at(i - 1);
    if (!roster.unit || reads(call, *roster.unit)) out.push_back(i);
  }
  return out;
}

bool over_all(const Call& call, const Scheme& scheme, Right right) {
  return std::all_of(scheme.units.begin(), scheme.units.end(), [&](UnitId unit) {
    return ledger::may_over(call.state(), call.account(), right, unit, call.today);
  });
}

// What the caller may do about it, by the posts that he holds.
Json may_json(const Call& call, const Scheme& scheme) {
  const bool runs = over_all(call, scheme, Right::SchemeOpen);
  Json out;
  out.set("freeze", scheme.households == nullptr && runs);
  out.set("sign", scheme.households && !scheme.term && runs);
  out.set("publish", scheme.households && over_all(call, scheme, Right::RosterPublish));
  return out;
}

Json part_json(const Call& call, const CountedPart& counted) {
  const ledger::OrgTree& tree = call.tree();
  Json row;
  row.set("unit", unit_json(tree, counted.part.unit));
  row.set("kind", ledger::to_text(tree.kind(counted.part.unit)));
  row.set("leaf", tree.leaf(counted.part.unit)).set("overlaps", counted.part.overlaps);
  row.set("counts", household_counts_json(counted.counts));
  return row;
}

// --- changes

Result<ledger::OpenScheme> read_opening(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Json body = TZ_TRY(json_body(call.request));
  BodyReader fields(body);
  ledger::OpenScheme out;
  out.scheme = fields.text("scheme");
  out.name = fields.text("name");
  const std::vector<std::string> units = fields.texts("units");
  TZ_TRY(fields.finish());
  for (const std::string& code : units) out.units.push_back(TZ_TRY(unit_named(call, code)));
  return out;
}

Result<Day> day_named(const std::string& text, const char* field) {
  auto day = parse_day(text);
  if (!day.ok()) return refusal("bad_day", {{"text", text}, {"field", field}});
  return *day;
}

Result<ledger::OpenSigning> read_signing(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Json body = TZ_TRY(json_body(call.request));
  BodyReader fields(body);
  ledger::OpenSigning out;
  out.scheme = call.params[0];
  const std::string first = fields.text("first");
  const std::string last = fields.text("last");
  const bool conditional = body.find("percent") != nullptr;
  const auto percent = static_cast<std::int64_t>(fields.optional_number("percent", kPercentMax));
  TZ_TRY(fields.finish());
  out.first = TZ_TRY(day_named(first, "first"));
  out.last = TZ_TRY(day_named(last, "last"));
  if (conditional) out.percent = percent;
  return out;
}

rollup::RosterQuestion roster_question(const engine::Published& now, std::uint16_t scheme,
                                       Day today) {
  rollup::RosterQuestion out;
  out.scheme = static_cast<std::uint16_t>(scheme + 1);
  out.units = now.state->schemes[scheme]->units;
  out.day = today;
  return out;
}

Result<ledger::PublishRoster> read_roster(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Json body = TZ_TRY(json_body(call.request));
  BodyReader fields(body);
  ledger::PublishRoster out;
  out.scheme = call.params[0];
  const std::string audience = fields.text("audience");
  const auto unit = fields.optional_text("unit");
  const auto first = fields.optional_text("first");
  const std::string last = fields.text("last");
  TZ_TRY(fields.finish());
  const auto known = ledger::roster_audience_named(audience);
  if (!known) return refusal("field_bad", {{"field", "audience"}});
  out.audience = *known;
  if (unit) out.unit = TZ_TRY(unit_named(call, *unit));
  out.first = first ? TZ_TRY(day_named(*first, "first")) : call.today;
  out.last = TZ_TRY(day_named(last, "last"));
  const auto index = call.state().scheme_of(out.scheme);
  if (!index) return refusal("scheme_unknown", {{"scheme", out.scheme}});
  rollup::RosterQuestion question = roster_question(call.published, *index, call.today);
  if (out.unit)
    question.units = {*out.unit};
  else
    question.depth = rollup::RosterQuestion::Depth::Township;
  out.position = call.published.size;
  out.rows = ledger::public_rows(rollup::stages_by_unit(call.view(), question));
  auto beside = ledger::rows_beside(call.tree(), *call.state().schemes[*index], out.unit, out.rows);
  // Where there are none, the ledger says why.
  if (!beside.empty()) out.rows = std::move(beside);
  return out;
}

Result<Response> submitted(const Call& call, ledger::Command command, unsigned status) {
  engine::Request request;
  request.command = std::move(command);
  request.actor.account = call.account();
  request.idempotency = idempotency_of(call);
  const auto done = TZ_TRY(call.site.context.engine.submit_and_wait(std::move(request)));
  return json_response(receipt_json(done, call.zone()), status);
}

Result<Response> open_scheme(const Call& call) {
  ledger::OpenScheme command = TZ_TRY(read_opening(call));
  call.note->about = command.scheme;
  return submitted(call, std::move(command), 201);
}

Result<Response> open_signing(const Call& call) {
  call.note->about = call.params[0];
  return submitted(call, TZ_TRY(read_signing(call)), 200);
}

Result<Response> publish_roster(const Call& call) {
  call.note->about = call.params[0];
  return submitted(call, TZ_TRY(read_roster(call)), 201);
}

// Closes the register, then counts what is in it. What is counted is published after the closing,
// so that nothing can have come in since; done again where the second half was not.
Result<Response> freeze(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Json body = TZ_TRY(json_body(call.request));
  TZ_TRY(BodyReader(body).finish());
  call.note->about = call.params[0];
  engine::Engine& engine = call.site.context.engine;
  const std::string& code = call.params[0];
  const auto index = call.state().scheme_of(code);
  if (!index) return refusal("scheme_unknown", {{"scheme", code}});
  const Scheme& scheme = *call.state().schemes[*index];
  if (!scheme.closed) {
    // A register that was closed with nobody in it would stay so: nobody could come in any more.
    const auto question = roster_question(call.published, *index, call.today);
    if (over_all(call, scheme, Right::SchemeOpen) &&
        rollup::households_by_unit(call.view(), question).empty())
      return refusal("roster_empty", {{"scheme", code}});
    const auto closed =
        engine.submit_and_wait({ledger::CloseRegister{code}, {call.account(), {}}, {}, {}});
    if (!closed.ok() && closed.error().code != "register_closed") return closed.error();
  }
  const engine::Published now = engine.published();
  return submitted(call,
                   ledger::FreezeRoster{code, now.size,
                                        rollup::households_by_unit(
                                            *now.view, roster_question(now, *index, call.today))},
                   200);
}

// Shown once, to whoever gives it to the household.
Result<Response> issue_code(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const auto no = ledger::parse_item_no(call.params[0]);
  if (!no)
    return refusal("item_unknown", {{"item", std::string(beginning_of(call.params[0], 20))}});
  call.note->about = ledger::to_text(*no);
  Random& random = call.site.context.random;
  const std::string code = access::new_query_code(random);
  ledger::IssueQueryCode command;
  command.item = *no;
  random.fill(command.code_salt);
  command.code_hash = access::hash_of_code(code, command.code_salt);
  engine::Request request;
  request.command = command;
  request.actor.account = call.account();
  const auto done = TZ_TRY(call.site.context.engine.submit_and_wait(std::move(request)));
  Json out = receipt_json(done, call.zone());
  out.set("code", code);
  return json_response(out, 201);
}

}  // namespace

Result<Response> get_schemes(const Call& call) {
  JsonArray rows;
  for (const Scheme* scheme : TZ_TRY(schemes_shown(call)))
    rows.push_back(scheme_json(call.tree(), *scheme, call.today));
  Json out;
  out.set("schemes", std::move(rows));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_schemes_csv(const Call& call) {
  const std::vector<const Scheme*> shown = TZ_TRY(schemes_shown(call));
  return csv_response(schemes_csv({call.words(), call.tree(), call.today}, shown), "schemes.csv");
}

Result<Response> get_scheme(const Call& call) {
  const Question question = TZ_TRY(read_question(call));
  const std::vector<CountedPart> parts = parts_counted(call, question);
  std::vector<rollup::Part> units;
  units.reserve(parts.size());
  for (const CountedPart& each : parts) units.push_back(each.part);
  std::size_t at = TZ_TRY(first_of_page(call.tree(), units, question.page.cursor));
  JsonArray rows;
  for (; at < parts.size() && rows.size() < question.page.limit; ++at)
    rows.push_back(part_json(call, parts[at]));
  JsonArray rosters;
  for (const std::size_t number : rosters_shown(call, *question.scheme))
    rosters.push_back(roster_json(call, *question.scheme, number));
  Json out;
  out.set("scheme", scheme_json(call.tree(), *question.scheme, call.today));
  out.set("unit", unit_json(call.tree(), question.unit));
  out.set("path", question.unit ? path_json(call.tree(), *question.unit) : Json(JsonArray{}));
  out.set("counts", household_counts_json(whole_of(call, question)));
  out.set("rows", std::move(rows));
  out.set("next", at < parts.size() ? Json(call.tree().code(parts[at - 1].part.unit)) : Json());
  out.set("rosters", std::move(rosters)).set("may", may_json(call, *question.scheme));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_scheme_table(const Call& call) {
  const Question question = TZ_TRY(read_question(call));
  return csv_response(
      stages_csv({call.words(), call.tree(), call.today}, parts_counted(call, question)),
      "stages.csv");
}

Result<Response> get_scheme_rosters_csv(const Call& call) {
  const Question question = TZ_TRY(read_question(call));
  CsvTable table(call.words(), roster_columns());
  for (const std::size_t number : rosters_shown(call, *question.scheme))
    add_roster(call, *question.scheme, number, table);
  return csv_response(table.text(), "rosters.csv");
}

void post_scheme(const CallRef& call, const Reply& reply) { reading<open_scheme>(call, reply); }
void post_scheme_freeze(const CallRef& call, const Reply& reply) { reading<freeze>(call, reply); }
void post_scheme_signing(const CallRef& call, const Reply& reply) {
  reading<open_signing>(call, reply);
}
void post_roster(const CallRef& call, const Reply& reply) { reading<publish_roster>(call, reply); }
void post_household_code(const CallRef& call, const Reply& reply) {
  reading<issue_code>(call, reply);
}

}  // namespace tz::http
