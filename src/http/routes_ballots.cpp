// Ballots: recording one for all its candidates, and reading what came of it.
#include <algorithm>
#include <charconv>

#include "base/csv.h"
#include "engine/history.h"
#include "http/body_reader.h"
#include "http/handlers.h"
#include "http/render.h"
#include "http/results_json.h"
#include "http/sight.h"
#include "ledger/permission.h"

namespace tz::http {
namespace {

using ledger::Ballot;
using ledger::BallotId;

constexpr std::size_t kPageUsual = 20;
constexpr std::size_t kPageMax = 200;

// Null: there is none.
const Ballot* ballot_of(const Call& call, const std::string& text) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [at, fault] = std::from_chars(text.data(), end, value);
  return fault == std::errc{} && at == end ? call.state().ballot(BallotId{value}) : nullptr;
}

Result<const Ballot*> ballot_named(const Call& call) {
  const std::string& text = call.params[0];
  const Ballot* ballot = ballot_of(call, text);
  if (ballot == nullptr)
    return refusal("ballot_unknown", {{"ballot", std::string(beginning_of(text, 20))}});
  return ballot;
}

bool is_chosen(const Ballot& ballot, ledger::ItemNo no) {
  const auto& chosen = ballot.held.chosen;
  return std::find(chosen.begin(), chosen.end(), no) != chosen.end();
}

struct Known {
  std::string item;
  std::optional<std::string> title;  // none: destroyed
};

// Which item the votes were for, where the caller may read it.
Result<std::optional<Known>> known_candidate(const Call& call, Sight& sight, ledger::ItemNo no) {
  const Context& context = call.site.context;
  if (!TZ_TRY(sight.may_read(context.engine, no))) return std::optional<Known>{};
  const auto history = TZ_TRY(engine::history(context.engine, context.keyring, no));
  return std::optional(Known{ledger::to_text(no), engine::current_texts(history).title});
}

// Votes in full.
Result<Json> ballot_json(const Call& call, Sight& sight, const Ballot& ballot) {
  JsonArray candidates;
  for (const ledger::CandidateVotes& one : ballot.held.candidates) {
    const auto known = TZ_TRY(known_candidate(call, sight, one.item));
    Json each;
    each.set("item", known ? Json(known->item) : Json());
    each.set("title", known && known->title ? Json(*known->title) : Json());
    each.set("for", one.in_favour).set("against", one.against).set("abstained", one.abstained);
    each.set("chosen", is_chosen(ballot, one.item));
    candidates.push_back(std::move(each));
  }
  Json out;
  out.set("ballot", ballot.held.ballot.value);
  out.set("unit", unit_json(call.tree(), ballot.held.unit));
  out.set("body", ledger::to_text(ballot.held.body)).set("day", to_text(ballot.held.day));
  out.set("places", ballot.held.places).set("candidates", std::move(candidates));
  out.set("record", ballot.record.value);
  return out;
}

Result<ledger::RecordBallot> read_ballot(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Json body = TZ_TRY(json_body(call.request));
  BodyReader fields(body);
  ledger::RecordBallot out;
  const std::string unit = fields.text("unit");
  const std::string voters = fields.text("body");
  const std::string day = fields.text("day");
  out.places = static_cast<std::int64_t>(fields.number("places", 1'000));
  out.text = fields.optional_text("text").value_or("");
  const JsonArray candidates = fields.list("candidates");
  TZ_TRY(fields.finish());
  for (const Json& each : candidates) {
    BodyReader one(each);
    ledger::CandidateVotes votes;
    const std::string item = one.text("item");
    votes.in_favour = static_cast<std::int64_t>(one.number("for", ledger::kVotesMax));
    votes.against = static_cast<std::int64_t>(one.number("against", ledger::kVotesMax));
    votes.abstained = static_cast<std::int64_t>(one.number("abstained", ledger::kVotesMax));
    TZ_TRY(one.finish());
    const auto no = ledger::parse_item_no(item);
    if (!no) return refusal("item_no_bad", {{"text", std::string(beginning_of(item, 40))}});
    votes.item = *no;
    out.candidates.push_back(votes);
  }
  out.unit = TZ_TRY(unit_named(call, unit));
  const auto named = ledger::ballot_body_named(voters);
  if (!named) return refusal("field_bad", {{"field", "body"}});
  out.body = *named;
  const auto on = parse_day(day);
  if (!on.ok())
    return refusal("bad_day", {{"text", std::string(beginning_of(day, 40))}, {"field", "day"}});
  out.day = *on;
  return out;
}

// The ballot that one of these records told of.
Json told_by(const ledger::State& state, const engine::Receipt& receipt) {
  for (std::size_t i = state.ballots.size(); i > 0; --i) {
    const std::uint64_t record = state.ballots[i - 1]->record.value;
    if (receipt.first <= record && record < receipt.end) return Json(i);
  }
  return {};
}

}  // namespace

Result<Response> get_ballots(const Call& call) {
  QueryReader query(call.target);
  const auto code = query.text("unit");
  const std::size_t limit = TZ_TRY(query.limit(kPageUsual, kPageMax));
  const auto cursor = query.text("cursor");
  TZ_TRY(query.finish());
  const UnitId unit = code ? TZ_TRY(unit_named(call, *code)) : UnitId{0};
  const Ballot* last = cursor ? ballot_of(call, *cursor) : nullptr;
  if (cursor && last == nullptr) return refusal("cursor_bad");
  Sight sight(call.present(), call.account(), call.today);
  JsonArray rows;
  Json next;
  std::size_t i = last == nullptr ? call.state().ballots.size() : last->held.ballot.value - 1;
  for (; i > 0; --i) {
    const Ballot& ballot = *call.state().ballots[i - 1];
    if (!call.tree().within(ballot.held.unit, unit)) continue;
    if (rows.size() == limit) {
      next = rows.back().find("ballot")->dump();
      break;
    }
    rows.push_back(TZ_TRY(ballot_json(call, sight, ballot)));
  }
  Json out;
  out.set("ballots", std::move(rows)).set("next", std::move(next));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_ballot(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Ballot& ballot = *TZ_TRY(ballot_named(call));
  Sight sight(call.present(), call.account(), call.today);
  Json out = TZ_TRY(ballot_json(call, sight, ballot));
  const auto texts =
      TZ_TRY(engine::texts_of(call.site.context.engine, call.site.context.keyring, ballot.record));
  const auto text = texts.find("text");
  out.set("text", text == texts.end() || !text->second ? Json() : Json(*text->second));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_ballot_csv(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Ballot& ballot = *TZ_TRY(ballot_named(call));
  Sight sight(call.present(), call.account(), call.today);
  std::vector<std::string> names;
  for (const char* name : {"item", "title", "for", "against", "abstained", "chosen"})
    names.push_back(call.words().text("results.column_" + std::string(name)));
  std::string rows = csv_row(names);
  for (const ledger::CandidateVotes& one : ballot.held.candidates) {
    const Known known = TZ_TRY(known_candidate(call, sight, one.item)).value_or(Known{});
    rows += csv_row({known.item, known.title.value_or(""), std::to_string(one.in_favour),
                     std::to_string(one.against), std::to_string(one.abstained),
                     is_chosen(ballot, one.item) ? "1" : "0"});
  }
  return csv_response(std::move(rows),
                      "ballot-" + std::to_string(ballot.held.ballot.value) + ".csv");
}

void post_ballot(const CallRef& call, const Reply& reply) {
  auto command = read_ballot(*call);
  if (!command.ok()) return reply({command.error(), {}});
  engine::Request request;
  request.command = *std::move(command);
  request.actor.account = call->account();
  request.idempotency = idempotency_of(*call);
  engine::Engine& engine = call->site.context.engine;
  engine.submit(std::move(request), [call, reply, &engine](Result<engine::Receipt> done) {
    if (!done.ok()) return reply({done.error(), {}});
    Json body = receipt_json(*done, call->zone());
    body.set("ballot", told_by(*engine.published().state, *done));
    reply({json_response(body, 201), {}});
  });
}

}  // namespace tz::http
