// Disputes: that one was brought, how it ended, what its parties say, and the numbers of a unit.
#include <algorithm>

#include "access/query_code.h"
#include "base/csv.h"
#include "http/body_reader.h"
#include "http/csv_table.h"
#include "http/handlers.h"
#include "http/rates_json.h"
#include "http/render.h"
#include "http/resident_parts.h"
#include "ledger/decide_dispute.h"

namespace tz::http {
namespace {

using ledger::Dispute;
using ledger::DisputeCounts;
using ledger::DisputeNo;
using ledger::DisputeOutcome;

constexpr std::size_t kDisputesShown = 50;
constexpr std::int64_t kPostMax = std::int64_t{1} << 52;

// --- what is told

std::string_view answer_word(ledger::PartyAnswer answer) {
  if (answer == ledger::PartyAnswer::None) return "none";
  return answer == ledger::PartyAnswer::Yes ? "yes" : "no";
}

Json dispute_json(const Call& call, const Dispute& dispute) {
  Json out;
  out.set("dispute", ledger::to_text(dispute.no));
  out.set("unit", unit_json(call.tree(), dispute.unit)).set("sort", to_text(dispute.sort));
  out.set("day", to_text(dispute.day));
  out.set("outcome", dispute.outcome ? Json(to_text(*dispute.outcome)) : Json());
  out.set("referred_to", dispute.referred_to ? Json(to_text(*dispute.referred_to)) : Json());
  out.set("ended", dispute.outcome ? Json(to_text(dispute.ended)) : Json());
  JsonArray answers;
  for (std::size_t i = 0; i < dispute.answers.size(); ++i) {
    const bool none = dispute.answers[i] == ledger::PartyAnswer::None;
    Json answer;
    answer.set("party", static_cast<std::uint64_t>(i + 1));
    answer.set("answer", answer_word(dispute.answers[i]));
    answer.set("way", none ? Json() : Json(to_text(dispute.ways[i])));
    answers.push_back(std::move(answer));
  }
  JsonArray mediators;
  for (const PostId post : dispute.mediators) mediators.push_back(acting_json(call.state(), post));
  out.set("answers", std::move(answers)).set("mediators", std::move(mediators));
  out.set("returns", dispute.returns ? Json(ledger::to_text(*dispute.returns)) : Json());
  out.set("returned", std::uint64_t{dispute.returned});
  return out;
}

void set_numbers(Json& out, const DisputeCounts& counts) {
  Json sorts;
  for (std::size_t i = 0; i < ledger::kDisputeSortCount; ++i)
    sorts.set(std::string(to_text(static_cast<ledger::DisputeSort>(i))), counts.sorts[i]);
  const std::uint64_t ended = counts.ended();
  const std::uint64_t agreed = counts.outcome(DisputeOutcome::Agreed);
  out.set("brought", counts.brought()).set("ended", ended).set("sorts", std::move(sorts));
  for (std::size_t i = 0; i < ledger::kDisputeOutcomeCount; ++i)
    out.set(std::string(to_text(static_cast<DisputeOutcome>(i))),
            fraction_json({counts.outcomes[i], ended}));
  out.set("on_the_spot", fraction_json({counts.on_the_spot, ended}));
  out.set("came_back", fraction_json({counts.came_back, ended}));
  out.set("confirmed", fraction_json({counts.confirmed, agreed}));
  out.set("denied", fraction_json({counts.denied, agreed}));
  out.set("unanswered", fraction_json({counts.unanswered, agreed}));
  out.set("parties_yes", counts.parties_yes).set("parties_no", counts.parties_no);
  out.set("parties_silent", counts.parties_silent).set("returns", counts.returns);
  out.set("few", ended < rollup::kComparedMin);
}

const std::vector<std::string>& number_columns() {
  static const std::vector<std::string> kColumns = {
      "brought",     "ended",       "agreed",         "withdrawn", "referred",
      "failed",      "on_the_spot", "confirmed",      "denied",    "unanswered",
      "parties_yes", "parties_no",  "parties_silent", "came_back"};
  return kColumns;
}

std::vector<std::string> cells_of(const DisputeCounts& counts) {
  std::vector<std::string> out;
  for (const std::uint64_t number :
       {counts.brought(), counts.ended(), counts.outcomes[0], counts.outcomes[1],
        counts.outcomes[2], counts.outcomes[3], counts.on_the_spot, counts.confirmed, counts.denied,
        counts.unanswered, counts.parties_yes, counts.parties_no, counts.parties_silent,
        counts.came_back})
    out.push_back(std::to_string(number));
  return out;
}

// The newest of those that were found below the unit.
std::vector<const Dispute*> newest_of(const Call& call, const std::vector<ledger::Placed>& found,
                                      const ResidentQuestion& asked) {
  std::vector<std::uint32_t> indices;
  ledger::for_each_in(found, asked.below, [&](std::uint32_t index) { indices.push_back(index); });
  std::sort(indices.rbegin(), indices.rend());
  if (indices.size() > kDisputesShown) indices.resize(kDisputesShown);
  std::vector<const Dispute*> out;
  out.reserve(indices.size());
  for (const std::uint32_t index : indices) out.push_back(&call.state().disputes.at(index));
  return out;
}

// How many of its parties say so.
std::string answers_cell(const Dispute& dispute, ledger::PartyAnswer answer) {
  return std::to_string(std::count(dispute.answers.begin(), dispute.answers.end(), answer));
}

// "12; 14": the numbers of their posts.
std::string mediators_cell(const Dispute& dispute) {
  std::string out;
  for (const PostId post : dispute.mediators)
    out += (out.empty() ? "" : "; ") + std::to_string(post.value);
  return out;
}

std::string newest_csv(const Call& call, const std::vector<const Dispute*>& disputes) {
  using ledger::PartyAnswer;
  CsvTable table(call.words(), {"dispute", "unit", "name", "sort", "day", "outcome", "referred_to",
                                "ended_on", "parties_yes", "parties_no", "parties_silent",
                                "mediators", "returns", "returned"});
  const auto word = [&](const char* group, std::string_view name) {
    return call.words().text(group + std::string(name));
  };
  for (const Dispute* one : disputes)
    table.add({ledger::to_text(one->no), address_of(call.tree(), one->unit),
               std::string(call.tree().name(one->unit)), word("dispute.sort.", to_text(one->sort)),
               to_text(one->day),
               one->outcome ? word("dispute.outcome.", to_text(*one->outcome)) : "",
               one->referred_to ? word("dispute.referred_to.", to_text(*one->referred_to)) : "",
               one->outcome ? to_text(one->ended) : "", answers_cell(*one, PartyAnswer::Yes),
               answers_cell(*one, PartyAnswer::No), answers_cell(*one, PartyAnswer::None),
               mediators_cell(*one), one->returns ? ledger::to_text(*one->returns) : "",
               std::to_string(one->returned)});
  return table.text();
}

// One that the caller may know of; of all others there is none.
Result<const Dispute*> readable(const Call& call) {
  const auto no = ledger::parse_item_no(call.params[0]);
  const Dispute* dispute = no ? call.state().disputes.find(*no) : nullptr;
  if (dispute == nullptr || !ledger::may_read(call.state(), call.account(), *dispute, call.today))
    return refusal("dispute_unknown", {{"dispute", std::string(beginning_of(call.params[0], 20))}});
  return dispute;
}

// --- what is recorded

struct EndWords {
  std::optional<std::string> outcome;
  std::optional<std::string> referred_to;
  std::vector<std::uint64_t> mediators;
};
EndWords end_words(BodyReader& body) {
  return {body.optional_text("outcome"), body.optional_text("referred_to"),
          body.numbers("mediators", kPostMax)};
}
Result<std::optional<ledger::GivenEnd>> end_of(const EndWords& words) {
  if (!words.outcome) {
    if (words.referred_to) return refusal("field_required", {{"field", "outcome"}});
    return std::optional<ledger::GivenEnd>{};
  }
  const auto outcome = ledger::dispute_outcome_named(*words.outcome);
  if (!outcome) return refusal("field_bad", {{"field", "outcome"}});
  ledger::GivenEnd out{*outcome, {}, {}};
  if (words.referred_to) {
    out.referred_to = ledger::referred_to_named(*words.referred_to);
    if (!out.referred_to) return refusal("field_bad", {{"field", "referred_to"}});
  }
  for (const std::uint64_t post : words.mediators) out.mediators.push_back(PostId{post});
  return std::optional(std::move(out));
}

struct Brought {
  ledger::RecordDispute command;
  std::vector<std::string> codes;  // one a party, told once
};

Result<Brought> read_dispute(const Call& call) {
  const Json given = TZ_TRY(json_body(call.request));
  BodyReader body(given);
  const std::string unit = body.text("unit");
  const std::string sort = body.text("sort");
  const std::string day = body.text("day");
  const std::uint64_t parties = body.number("parties", ledger::kPartiesMax);
  const auto returns = body.optional_text("returns");
  const EndWords words = end_words(body);
  TZ_TRY(body.finish());
  Brought out;
  out.command.unit = TZ_TRY(unit_named(call, unit));
  const auto named = ledger::dispute_sort_named(sort);
  if (!named) return refusal("field_bad", {{"field", "sort"}});
  out.command.sort = *named;
  out.command.day = TZ_TRY(parse_day(day));
  if (returns) {
    out.command.returns = ledger::parse_item_no(*returns);
    if (!out.command.returns)
      return refusal("dispute_unknown", {{"dispute", std::string(beginning_of(*returns, 20))}});
  }
  out.command.end = TZ_TRY(end_of(words));
  Random& random = call.site.context.random;
  do {
    out.command.no = DisputeNo{random.next_u64() % ledger::kItemNoCount};
  } while (call.state().disputes.find(out.command.no) != nullptr);
  random.fill(out.command.code_salt);
  for (std::uint64_t i = 0; i < parties; ++i) {
    out.codes.push_back(access::new_query_code(random));
    out.command.parties.push_back(access::hash_of_code(out.codes.back(), out.command.code_salt));
  }
  return out;
}

Result<ledger::EndDispute> read_end(const Call& call) {
  const Dispute& dispute = *TZ_TRY(readable(call));
  const Json given = TZ_TRY(json_body(call.request));
  BodyReader body(given);
  const std::string day = body.text("day");
  const EndWords words = end_words(body);
  TZ_TRY(body.finish());
  const auto end = TZ_TRY(end_of(words));
  if (!end) return refusal("field_required", {{"field", "outcome"}});
  return ledger::EndDispute{dispute.no, TZ_TRY(parse_day(day)), *end};
}

Result<ledger::EnterAnswer> read_paper(const Call& call) {
  const Dispute& dispute = *TZ_TRY(readable(call));
  const Json given = TZ_TRY(json_body(call.request));
  BodyReader body(given);
  const std::uint64_t party = body.number("party", ledger::kPartiesMax);
  const std::string answer = body.text("answer");
  TZ_TRY(body.finish());
  if (answer != "yes" && answer != "no") return refusal("field_bad", {{"field", "answer"}});
  return ledger::EnterAnswer{dispute.no, static_cast<std::uint16_t>(party), answer == "yes"};
}

template <class Command>
void submit(const CallRef& call, const Reply& reply, Result<Command> command) {
  if (!command.ok()) return reply({command.error(), {}});
  engine::Request request;
  request.command = *std::move(command);
  request.actor.account = call->account();
  request.idempotency = idempotency_of(*call);
  call->site.context.engine.submit(std::move(request), [call, reply](Result<engine::Receipt> done) {
    if (!done.ok()) return reply({done.error(), {}});
    reply({json_response(receipt_json(*done, call->zone())), {}});
  });
}

}  // namespace

Result<Response> get_dispute(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  Json out = dispute_json(call, *TZ_TRY(readable(call)));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_unit_disputes(const Call& call) {
  QueryReader query(call.target);
  const ResidentQuestion asked =
      TZ_TRY(read_resident_question(call, query, ledger::Right::DisputeRead));
  const ledger::Disputes& all = call.state().disputes;
  const auto found = placed(all, asked.placed(call.tree()));
  JsonArray children;
  for (const rollup::Part& part : asked.parts) {
    Json row;
    row.set("unit", unit_json(call.tree(), part.unit)).set("overlaps", part.overlaps);
    set_numbers(row, ledger::counts_of(all, found, call.tree().extent(part.unit, call.today)));
    children.push_back(std::move(row));
  }
  Json whole;
  set_numbers(whole, ledger::counts_of(all, found, asked.below));
  Json own;
  set_numbers(own, ledger::counts_of(all, found, asked.own));
  Json out;
  out.set("all", std::move(whole)).set("own", std::move(own));
  JsonArray newest;
  for (const Dispute* one : newest_of(call, found, asked))
    newest.push_back(dispute_json(call, *one));
  out.set("children", std::move(children)).set("newest", std::move(newest));
  set_question(out, call, asked);
  return json_response(out);
}

Result<Response> get_unit_disputes_csv(const Call& call) {
  QueryReader query(call.target);
  const ResidentQuestion asked =
      TZ_TRY(read_resident_question(call, query, ledger::Right::DisputeRead, kTablePartsMax));
  const ledger::Disputes& all = call.state().disputes;
  const auto found = placed(all, asked.placed(call.tree()));
  std::vector<std::string> columns = {"unit", "name"};
  columns.insert(columns.end(), number_columns().begin(), number_columns().end());
  CsvTable table(call.words(), columns);
  const auto name_of = [&](UnitId unit) { return std::string(call.tree().name(unit)); };
  const auto add = [&](UnitId unit, const std::string& name,
                       const std::vector<ledger::Interval>& where) {
    std::vector<std::string> cells = {address_of(call.tree(), unit), name};
    const std::vector<std::string> numbers = cells_of(ledger::counts_of(all, found, where));
    cells.insert(cells.end(), numbers.begin(), numbers.end());
    table.add(cells);
  };
  add(asked.unit, name_of(asked.unit), asked.below);
  for (const rollup::Part& part : asked.parts)
    add(part.unit, name_of(part.unit), call.tree().extent(part.unit, call.today));
  if (!asked.parts.empty())
    add(asked.unit, call.words().text("table.own", {{"unit", name_of(asked.unit)}}), asked.own);
  return csv_response(table.text(), "disputes.csv");
}

Result<Response> get_newest_disputes_csv(const Call& call) {
  QueryReader query(call.target);
  const ResidentQuestion asked =
      TZ_TRY(read_resident_question(call, query, ledger::Right::DisputeRead));
  const auto found = placed(call.state().disputes, asked.placed(call.tree()));
  return csv_response(newest_csv(call, newest_of(call, found, asked)), "disputes-newest.csv");
}

// No idempotency key: the codes are drawn anew for every request, and told once.
void post_dispute(const CallRef& call, const Reply& reply) {
  auto brought = read_dispute(*call);
  if (!brought.ok()) return reply({brought.error(), {}});
  engine::Request request;
  request.command = brought->command;
  request.actor.account = call->account();
  const DisputeNo no = brought->command.no;
  call->note->about = ledger::to_text(no);
  call->site.context.engine.submit(
      std::move(request), [call, reply, no, codes = brought->codes](Result<engine::Receipt> done) {
        if (!done.ok()) return reply({done.error(), {}});
        Json out = receipt_json(*done, call->zone());
        JsonArray told;
        for (const std::string& code : codes) told.emplace_back(code);
        out.set("dispute", ledger::to_text(no)).set("codes", std::move(told));
        reply({json_response(out, 201), {}});
      });
}

void post_dispute_end(const CallRef& call, const Reply& reply) {
  submit(call, reply, read_end(*call));
}
void post_dispute_paper(const CallRef& call, const Reply& reply) {
  submit(call, reply, read_paper(*call));
}

}  // namespace tz::http
