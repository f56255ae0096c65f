// Ballots: recording one for all its candidates, and reading what came of it.
#include <algorithm>
#include <charconv>
#include <memory>

#include "base/csv.h"
#include "engine/history.h"
#include "http/ballot_json.h"
#include "http/body_reader.h"
#include "http/csv_table.h"
#include "http/handlers.h"
#include "http/render.h"
#include "http/sight.h"
#include "ledger/permission.h"

namespace tz::http {
namespace {

using ledger::Ballot;
using ledger::BallotId;

constexpr std::size_t kPageUsual = 20;
constexpr std::size_t kPageMax = 200;
constexpr std::size_t kTableMax = 1000;  // ballots

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

// What the caller may know of.
KnownCandidate known_to(const Call& call) {
  const auto sight = std::make_shared<Sight>(call.present(), call.account(), call.today);
  const Context& context = call.site.context;
  return [sight, &context](ledger::ItemNo no) -> Result<std::optional<Candidate>> {
    if (!TZ_TRY(sight->may_read(context.engine, no))) return std::optional<Candidate>{};
    const auto history = TZ_TRY(engine::history(context.engine, context.keyring, no));
    return std::optional(Candidate{ledger::to_text(no), engine::current_texts(history).title});
  };
}

struct BallotsPage {
  std::vector<const Ballot*> ballots;  // the newest first
  std::optional<BallotId> next;        // the cursor of the page after
};
Result<BallotsPage> read_page(const Call& call, std::size_t usual, std::size_t most) {
  QueryReader query(call.target);
  const auto code = query.text("unit");
  const std::size_t limit = TZ_TRY(query.limit(usual, most));
  const auto cursor = query.text("cursor");
  TZ_TRY(query.finish());
  const UnitId unit = code ? TZ_TRY(unit_named(call, *code)) : UnitId{0};
  const Ballot* last = cursor ? ballot_of(call, *cursor) : nullptr;
  if (cursor && last == nullptr) return refusal("cursor_bad");
  BallotsPage out;
  std::size_t i = last == nullptr ? call.state().ballots.size() : last->held.ballot.value - 1;
  for (; i > 0; --i) {
    const Ballot& ballot = *call.state().ballots[i - 1];
    if (!call.tree().within(ballot.held.unit, unit)) continue;
    if (out.ballots.size() == limit) {
      out.next = out.ballots.back()->held.ballot;
      break;
    }
    out.ballots.push_back(&ballot);
  }
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

// What was said of a ballot may speak of any of its candidates.
bool knows_all(const Json& ballot) {
  const JsonArray& candidates = *ballot.find("candidates")->as_array();
  return std::none_of(candidates.begin(), candidates.end(),
                      [](const Json& one) { return one.find("item")->is_null(); });
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
  const BallotsPage page = TZ_TRY(read_page(call, kPageUsual, kPageMax));
  const KnownCandidate known = known_to(call);
  JsonArray rows;
  for (const Ballot* ballot : page.ballots)
    rows.push_back(TZ_TRY(ballot_json(call.tree(), *ballot, known)));
  Json out;
  out.set("ballots", std::move(rows));
  out.set("next", page.next ? Json(std::to_string(page.next->value)) : Json());
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_ballots_csv(const Call& call) {
  const BallotsPage page = TZ_TRY(read_page(call, kTableMax, kTableMax));
  const BallotWords told{call.words(), call.tree(), known_to(call)};
  return csv_response(TZ_TRY(ballots_csv(told, page.ballots)), "ballots.csv");
}

Result<Response> get_ballot(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Ballot& ballot = *TZ_TRY(ballot_named(call));
  Json out = TZ_TRY(ballot_json(call.tree(), ballot, known_to(call)));
  const auto texts =
      TZ_TRY(engine::texts_of(call.site.context.engine, call.site.context.keyring, ballot.record));
  const auto text = texts.find("text");
  const bool told = text != texts.end() && text->second && knows_all(out);
  out.set("text", told ? Json(*text->second) : Json());
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_ballot_csv(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Ballot& ballot = *TZ_TRY(ballot_named(call));
  const BallotWords told{call.words(), call.tree(), known_to(call)};
  return csv_response(TZ_TRY(votes_csv(told, ballot)),
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
