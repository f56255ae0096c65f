// Changes to items: a command is made, submitted, and its receipt is given back.
#include <algorithm>
#include <charconv>

#include "base/csv.h"
#include "engine/draw_root.h"
#include "http/asked_loan.h"
#include "http/body_reader.h"
#include "http/closed_before.h"
#include "http/doomed_evidence.h"
#include "http/error_response.h"
#include "http/finding_numbers.h"
#include "http/handlers.h"
#include "http/item_reading.h"
#include "http/render.h"
#include "http/report_sight.h"
#include "http/uploads.h"

namespace tz::http {
namespace {

constexpr std::size_t kChangesShown = 50;

// "\"123\"" and nothing else: a weak tag or a list names no version one has seen.
Result<std::optional<Seq>> version_seen(const Request& request) {
  const std::string* header = request.header("if-match");
  if (header == nullptr) return std::optional<Seq>{};
  const Error bad = refusal("if_match_bad");
  if (header->size() < 3 || header->front() != '"' || header->back() != '"') return bad;
  std::uint64_t value = 0;
  const char* end = header->data() + header->size() - 1;
  const auto [at, fault] = std::from_chars(header->data() + 1, end, value);
  if (fault != std::errc{} || at != end) return bad;
  return std::optional<Seq>{Seq{value}};
}

// The command's sender, and the key by which a repetition is known.
Result<engine::Request> begin_request(const Call& call) {
  QueryReader query(call.target);
  const auto post = TZ_TRY(query.number("post", kJsonIntegerMax));
  TZ_TRY(query.finish());
  engine::Request out;
  out.actor.account = call.account();
  if (post) out.actor.post = PostId{*post};
  out.idempotency = idempotency_of(call);
  return out;
}

// What has happened to the item since the version that was seen. Whoever is told that his version
// is stale may read the item.
Json changes_since(const Call& call, const Error& stale) {
  Json out;
  std::uint64_t seen = 0;
  std::optional<ledger::ItemNo> no;
  for (const auto& [name, value] : stale.facts) {
    if (name == "seen") std::from_chars(value.data(), value.data() + value.size(), seen);
    if (name == "item") no = ledger::parse_item_no(value);
  }
  if (!no) return out;
  const Context& context = call.site.context;
  const auto history = engine::history(context.engine, context.keyring, *no);
  if (!history.ok()) return out;
  const auto published = context.engine.published();
  JsonArray changes;
  for (const engine::HistoryEntry& entry : *history) {
    if (entry.record.seq.value <= seen) continue;
    if (changes.size() == kChangesShown) break;
    Json each;
    each.set("seq", entry.record.seq.value).set("type", entry.record.type);
    each.set("at", call.instant_text(entry.record.recorded));
    const Json by = acting_json(*published.state, entry.record.actor);
    each.set("unit", by.find("unit") == nullptr ? Json() : *by.find("unit"));
    each.set("role", by.find("role") == nullptr ? Json() : *by.find("role"));
    if (by.find("acting") != nullptr) each.set("acting", *by.find("acting"));
    changes.push_back(std::move(each));
  }
  out.set("changes", std::move(changes));
  return out;
}

Response receipt_response(const Call& call, const engine::Receipt& receipt, unsigned status) {
  Response response = json_response(receipt_json(receipt, call.zone()), status);
  if (receipt.version) response.headers.emplace_back("ETag", etag_of(*receipt.version));
  if (status == 201 && receipt.item)
    response.headers.emplace_back("Location", "/api/v1/items/" + ledger::to_text(*receipt.item));
  return response;
}

void refuse_stale(const CallRef& call, const Reply& reply, const Error& stale) {
  const bool taken = call->site.readers.run([call, reply, stale] {
    reply({stale, changes_since(*call, stale)});
  });
  if (!taken) reply({stale, {}});
}

void answer_done(const CallRef& call, const Reply& reply, unsigned status,
                 const Result<engine::Receipt>& done) {
  if (done.ok() && done->item && call->params.empty())
    call->note->about = ledger::to_text(*done->item);
  if (done.ok()) return reply({receipt_response(*call, *done, status), {}});
  const Error& error = done.error();
  if (error.code == "version_stale") return refuse_stale(call, reply, error);
  // The rest of these were named by the body and not by the path.
  if (error.code == "unit_unknown") return reply({named_in_body(error, "value"), {}});
  if (error.code == "kind_unknown") return reply({named_in_body(error, "kind"), {}});
  reply({error, {}});
}

// The answer is written on the connection's thread: the engine's serves all of them.
void submit(const CallRef& call, const Reply& reply, engine::Request request, unsigned status) {
  Metrics& metrics = call->site.metrics;
  ++metrics.commands_waiting;
  call->site.context.engine.submit(std::move(request),
                                   [call, reply, status, &metrics](Result<engine::Receipt> done) {
                                     --metrics.commands_waiting;
                                     const std::shared_ptr<Runner>& runner = call->request.runner;
                                     if (runner == nullptr)
                                       return answer_done(call, reply, status, done);
                                     runner->give([call, reply, status, done = std::move(done)] {
                                       answer_done(call, reply, status, done);
                                     });
                                   });
}

Result<ledger::ItemNo> item_named(const Call& call) {
  const auto no = ledger::parse_item_no(call.params[0]);
  if (!no) return refusal("item_no_bad", {{"text", std::string(beginning_of(call.params[0], 40))}});
  return *no;
}

Result<engine::Request> opening(const Call& call) {
  engine::Request request = TZ_TRY(begin_request(call));
  const Json body = TZ_TRY(json_body(call.request));
  ledger::OpenItem item = TZ_TRY(ledger::read_open_item(body, call.tree()));
  if (item.accused.empty())
    item.closed_before =
        closed_before(call.state(), call.view(), {item.place, item.category, false}, call.today);
  request.command = std::move(item);
  return request;
}

Result<engine::Request> transition(const Call& call) {
  engine::Request request = TZ_TRY(begin_request(call));
  ledger::TakeAction action;
  action.item = TZ_TRY(item_named(call));
  action.seen = TZ_TRY(version_seen(call.request));
  action.transition = call.params[1];
  const Json body = TZ_TRY(json_body(call.request));
  action.input = TZ_TRY(ledger::read_action_input(body, call.tree()));
  request.command = std::move(action);
  return request;
}

Result<engine::Request> correction(const Call& call) {
  engine::Request request = TZ_TRY(begin_request(call));
  ledger::CorrectItem correct;
  correct.item = TZ_TRY(item_named(call));
  correct.seen = TZ_TRY(version_seen(call.request));
  const Json body = TZ_TRY(json_body(call.request));
  BodyReader fields(body);
  correct.field = fields.text("field");
  correct.value = fields.text("value");
  correct.reason = fields.text("reason");
  TZ_TRY(fields.finish());
  request.command = std::move(correct);
  return request;
}

Result<engine::Request> redaction(const Call& call) {
  engine::Request request = TZ_TRY(begin_request(call));
  ledger::RedactText redact;
  redact.item = TZ_TRY(item_named(call));
  redact.seen = TZ_TRY(version_seen(call.request));
  const Json body = TZ_TRY(json_body(call.request));
  BodyReader fields(body);
  if (fields.yes("all")) {
    ledger::EraseItem erase{redact.item, redact.seen, fields.text("reason")};
    TZ_TRY(fields.finish());
    request.command = std::move(erase);
    return request;
  }
  redact.record = Seq{fields.number("record", kJsonIntegerMax)};
  if (!fields.yes("file")) redact.part = static_cast<std::uint8_t>(fields.number("part", 15));
  redact.reason = fields.text("reason");
  TZ_TRY(fields.finish());
  request.command = std::move(redact);
  return request;
}

void submit_or_refuse(const CallRef& call, const Reply& reply, Result<engine::Request> request,
                      unsigned status) {
  if (!request.ok()) return reply({request.error(), {}});
  if (!may_give_number(*request->command)) return submit(call, reply, *std::move(request), status);
  // On the threads of tables: what is compared with may be as long as one.
  const auto held = std::make_shared<engine::Request>(*std::move(request));
  const bool taken = call->site.tables.run([call, reply, status, held] {
    const auto given = number_given(*call, *held->command);
    if (!given) return submit(call, reply, std::move(*held), status);
    answer_done(call, reply, status, submit_numbered(*call, *given, std::move(*held)));
  });
  if (!taken) reply({refusal("server_busy"), {}});
}

// Whether the item already carries the file, for the caller to see.
bool carries(const Call& call, const ledger::Item& item, const Hash& file) {
  const bool receiver = receives(call, item);
  return std::any_of(item.evidence.begin(), item.evidence.end(),
                     [&](const ledger::EvidenceNote& note) {
                       return note.sha256 == file && !note.destroyed &&
                              !keeps_file_back(item, note.record, receiver);
                     });
}

// What a file is stands in the store and is not taken from whoever names it. Only what he has
// uploaded, or sees with the item, is there for him: a hash tells nobody what others have.
Outcome describe_evidence(const Call& call, ledger::ItemNo no, ledger::ActionInput& input) {
  std::size_t index = 0;
  const auto item = readable_item(call, ledger::to_text(no));
  for (ledger::GivenEvidence& given : input.evidence) {
    const bool his = call.site.uploads.has(call.account(), given.sha256, call.now) ||
                     (item.ok() && carries(call, *item, given.sha256));
    const auto file = his ? TZ_TRY(call.site.context.evidence.find(given.sha256))
                          : std::optional<evidence::StoredFile>{};
    const std::string field = "evidence[" + std::to_string(index++) + "].sha256";
    if (!file)
      return refusal("evidence_unknown", {{"sha256", to_hex(given.sha256)}, {"field", field}});
    given.media_type = file->media_type;
    given.bytes = static_cast<std::int64_t>(file->bytes);
    given.original = file->original;
  }
  return Done{};
}

// The act of the step that is asked for; none where the caller can see no such item or step.
std::optional<ledger::Act> act_of(const Call& call, const ledger::TakeAction& action) {
  const auto row = call.view().find(action.item);
  if (!row) return std::nullopt;
  const ledger::Flow& flow = *call.state().flows[call.view().row(*row).flow];
  const ledger::Transition* transition = flow.transition(action.transition);
  return transition == nullptr ? std::nullopt : std::optional(transition->act);
}

// What is approved is the draft as it stands, and not what a client says it is.
void approve(const CallRef& call, const Reply& reply, engine::Request request) {
  const auto held = std::make_shared<engine::Request>(std::move(request));
  const bool taken = call->site.readers.run([call, reply, held] {
    auto& action = std::get<ledger::TakeAction>(*held->command);
    if (action.input.title || action.input.text)
      return reply({refusal("field_unknown", {{"field", "text"}}), {}});
    const auto item = readable_item(*call, ledger::to_text(action.item));
    if (!item.ok()) return reply({item.error(), {}});
    const Context& context = call->site.context;
    const auto history = engine::history(context.engine, context.keyring, item->no);
    if (!history.ok()) return reply({history.error(), {}});
    DraftTexts draft = draft_of(*item, *history);
    action.input.title = std::move(draft.title);
    action.input.text = std::move(draft.text);
    submit(call, reply, std::move(*held), 200);
  });
  if (!taken) reply({refusal("server_busy"), {}});
}

// By what is drawn, nobody gives: it follows from the records.
void draw(const CallRef& call, const Reply& reply, engine::Request request) {
  const auto held = std::make_shared<engine::Request>(std::move(request));
  const bool taken = call->site.readers.run([call, reply, held] {
    auto& action = std::get<ledger::TakeAction>(*held->command);
    const auto item = readable_item(*call, ledger::to_text(action.item));
    if (!item.ok()) return reply({item.error(), {}});
    const auto root = engine::draw_root(call->site.context.engine, *item);
    if (root.ok()) action.input.root = *root;
    submit(call, reply, std::move(*held), 200);
  });
  if (!taken) reply({refusal("server_busy"), {}});
}

// What is told goes out once it is on the disk that it does. `fill` adds it to the receipt.
using Fill = void (*)(const Call& call, const ledger::Item& item,
                      const std::vector<engine::HistoryEntry>& history, Json& receipt);
void submit_and_tell(const CallRef& call, const Reply& reply, engine::Request request,
                     ledger::ItemNo no, Fill fill) {
  request.idempotency.reset();  // each time it is asked for it is told once more
  const Reply answer = [call, reply, no, fill](Answer done) {
    if (!done.result.ok()) return reply(std::move(done));
    const auto told = std::make_shared<Answer>(std::move(done));
    const bool taken = call->site.readers.run([call, reply, no, fill, told] {
      const Context& context = call->site.context;
      const auto item = context.engine.item(no);
      const auto history = engine::history(context.engine, context.keyring, no);
      if (!item.ok() || !history.ok())
        return reply({item.ok() ? history.error() : item.error(), {}});
      const auto receipt = parse_json(told->result->body);
      Json out = receipt.ok() ? *receipt : Json();
      fill(*call, *item, *history, out);
      told->result->body = out.dump();
      reply(std::move(*told));
    });
    if (!taken) reply({refusal("server_busy"), {}});
  };
  submit(call, answer, std::move(request), 200);
}

void add_envelopes(const Call& call, const ledger::Item& item,
                   const std::vector<engine::HistoryEntry>& history, Json& receipt) {
  receipt.set("envelopes", envelopes_json(call, item, history));
}

void add_reporter(const Call&, const ledger::Item&,
                  const std::vector<engine::HistoryEntry>& history, Json& receipt) {
  const auto reporter = reporter_of(history);
  receipt.set("reporter", reporter ? Json(*reporter) : Json());
}

}  // namespace

void post_item(const CallRef& call, const Reply& reply) {
  Result<engine::Request> request = opening(*call);
  const auto* item = request.ok() ? std::get_if<ledger::OpenItem>(&*request->command) : nullptr;
  if (item == nullptr || !item->loan) return submit_or_refuse(call, reply, std::move(request), 201);
  const auto asked = std::make_shared<engine::Request>(*std::move(request));
  const bool taken = call->site.readers.run([call, reply, asked] {
    const Context& context = call->site.context;
    const Outcome marked =
        mark_loan(context.engine, context.keyring, std::get<ledger::OpenItem>(*asked->command));
    if (!marked.ok()) return reply({marked.error(), {}});
    submit(call, reply, std::move(*asked), 201);
  });
  if (!taken) reply({refusal("server_busy"), {}});
}

void post_item_correction(const CallRef& call, const Reply& reply) {
  submit_or_refuse(call, reply, correction(*call), 200);
}

void post_reporter_reading(const CallRef& call, const Reply& reply) {
  Result<engine::Request> request = begin_request(*call);
  const auto no = item_named(*call);
  if (!request.ok() || !no.ok()) return reply({request.ok() ? no.error() : request.error(), {}});
  request->command = ledger::ReadReporter{*no};
  submit_and_tell(call, reply, *std::move(request), *no, add_reporter);
}

// The file goes before the answer: whoever is told that it is destroyed finds it so. If that fails,
// the redaction holds all the same, nobody is given the file, and it is tried again.
void post_item_redaction(const CallRef& call, const Reply& reply) {
  Result<engine::Request> request = redaction(*call);
  if (!request.ok()) return reply({request.error(), {}});
  const auto* one = std::get_if<ledger::RedactText>(&*request->command);
  if (one != nullptr && one->part) return submit(call, reply, *std::move(request), 200);
  const Reply answer = [call, reply](Answer done) {
    const auto told = std::make_shared<Answer>(std::move(done));
    const bool taken = told->result.ok() && call->site.readers.run([call, reply, told] {
      const Context& context = call->site.context;
      const Outcome destroyed = destroy_doomed(context.engine, context.evidence);
      if (!destroyed.ok() && context.report)
        context.report({"-", "POST", "/api/v1/items/{no}/redact", destroyed.error()});
      reply(std::move(*told));
    });
    if (!taken) reply(std::move(*told));
  };
  submit(call, answer, *std::move(request), 200);
}

void post_item_transition(const CallRef& call, const Reply& reply) {
  Result<engine::Request> read = transition(*call);
  if (!read.ok()) return reply({read.error(), {}});
  const auto act = act_of(*call, std::get<ledger::TakeAction>(*read->command));
  if (act == ledger::Act::HandOut) {
    const ledger::ItemNo no = std::get<ledger::TakeAction>(*read->command).item;
    return submit_and_tell(call, reply, *std::move(read), no, add_envelopes);
  }
  if (act == ledger::Act::Approve) return approve(call, reply, *std::move(read));
  if (act == ledger::Act::Draw) return draw(call, reply, *std::move(read));
  const auto request = std::make_shared<engine::Request>(*std::move(read));
  ledger::ActionInput& input = std::get<ledger::TakeAction>(*request->command).input;
  if (input.evidence.empty()) return submit_or_refuse(call, reply, std::move(*request), 200);
  const bool taken = call->site.readers.run([call, reply, request, &input] {
    const auto& action = std::get<ledger::TakeAction>(*request->command);
    const Outcome described = describe_evidence(*call, action.item, input);
    if (!described.ok()) return reply({described.error(), {}});
    std::vector<Hash> files;
    for (const ledger::GivenEvidence& given : input.evidence) files.push_back(given.sha256);
    const Reply answer = [call, reply, files](Answer done) {
      if (done.result.ok())
        for (const Hash& file : files) call->site.uploads.named(call->account(), file, call->now);
      reply(std::move(done));
    };
    submit_or_refuse(call, answer, std::move(*request), 200);
  });
  if (!taken) reply({refusal("server_busy"), {}});
}

}  // namespace tz::http
