// What anybody may send in and follow without an account, and what an official writes down for
// somebody. But for him nothing here looks at who is signed in, and nothing is written down of
// where a request comes from.
#include <algorithm>
#include <charconv>

#include "base/csv.h"
#include "http/address_limit.h"
#include "http/closed_before.h"
#include "http/error_response.h"
#include "http/form_body.h"
#include "http/handlers.h"
#include "http/plain_page.h"
#include "http/render.h"
#include "http/report_following.h"
#include "http/report_page.h"
#include "http/report_sending.h"
#include "http/search_feed.h"

namespace tz::http {
namespace {

constexpr std::size_t kChoicesMax = 6;

// --- pages

PageManner manner_of(const Call& call, const std::string& lang, std::optional<Error> error = {}) {
  Language language = call.language;
  if (lang == "en") language = Language::English;
  if (lang == "zh-CN") language = Language::Chinese;
  return {call.site.context.messages(language), language, call.state().genesis.simulated,
          std::move(error)};
}

Response page_response(const PageManner& manner, std::string body) {
  Response response = plain_page(manner.language);
  response.headers.emplace_back("Content-Security-Policy", std::string(kFormPagePolicy));
  response.body = std::move(body);
  if (manner.error) {
    response.status = status_of(*manner.error);
    response.code = manner.error->code;
  }
  return response;
}

Result<std::string> lang_asked(const Call& call) {
  QueryReader query(call.target);
  const auto lang = query.text("lang");
  TZ_TRY(query.finish());
  if (lang && *lang != "zh-CN" && *lang != "en") return query_bad("lang", *lang);
  return lang.value_or("");
}

std::string path_text(const ledger::OrgTree& tree, UnitId unit) {
  std::string out;
  for (const UnitId each : tree.path(unit))
    if (!tree.placeholder(each)) out += (out.empty() ? "" : " ") + std::string(tree.name(each));
  return out;
}

// --- sending

// What a unit's name or code may mean: one that it is, or those to choose from.
struct Meant {
  std::optional<UnitId> unit;
  std::vector<UnitChoice> choices;
  bool behind = false;  // names are still being taken in after a start
};
Meant units_meant(const Call& call, const Form& form) {
  const ledger::OrgTree& tree = call.tree();
  Meant out;
  const std::string about = value_of(form, "about");
  if (const auto chosen = tree.find(value_of(form, "unit"))) out.unit = chosen;
  if (const auto exact = tree.find(about)) {
    out.unit = exact;
    return out;
  }
  out.behind = !call.site.search.has_units(tree.size());
  search::UnitQuestion question;
  question.text = about;
  question.count_max = kChoicesMax;
  if (about.empty()) return out;
  const auto found = call.site.search.units()->find(question);
  bool listed = false;
  for (const UnitId unit : found.units) {
    if (unit.value >= tree.size()) continue;
    listed = listed || out.unit == unit;
    out.choices.push_back({std::string(tree.code(unit)), path_text(tree, unit)});
  }
  if (!listed) out.unit.reset();  // chosen for another name than the one that stands there now
  if (found.count == 1 && out.choices.size() == 1) out.unit = tree.find(out.choices.front().code);
  return out;
}

Outcome may_send(const Call& call) {
  if (!call.site.reports.take(call.from, call.now)) return refusal("reports_too_many");
  return Done{};
}

struct Sent {
  ledger::ItemNo no;
  std::string code;
  UnitId receiver;
  ReportReceipt receipt;
};
// No idempotency key: what is kept under one is a hash of the request, and who he is can be
// guessed.
Result<Sent> send(const Call& call, SentReport sent) {
  const Context& context = call.site.context;
  ReportOnItsWay ready =
      TZ_TRY(prepare_report(call.state(), call.today, std::move(sent), context.random));
  ledger::ReceiveReport& report = ready.command;
  report.closed_before =
      closed_before(call.state(), call.view(), {ready.receiver, report.category, true}, call.today);
  engine::Request request;
  if (report.source) request.actor.account = call.account();
  request.command = std::move(ready.command);
  const auto receipt = TZ_TRY(context.engine.submit_and_wait(std::move(request)));
  TZ_ASSERT(receipt.item.has_value());
  Sent out{*receipt.item, std::move(ready.code), ready.receiver, {}};
  for (const engine::HistoryEntry& entry :
       TZ_TRY(engine::history(context.engine, context.keyring, out.no)))
    if (std::holds_alternative<ledger::ReportReceived>(entry.event.event))
      out.receipt = {entry.record.seq, entry.leaf};
  return out;
}

bool identity_possible(const Call& call) { return !call.state().receiving_keys.empty(); }

Response form_again(const Call& call, const Form& form, const Error& error,
                    std::vector<UnitChoice> choices) {
  const auto kind = reported_kind(call.state(), "");
  const PageManner manner = manner_of(call, value_of(form, "lang"), error);
  if (!kind.ok()) return page_response(manner, follow_form(manner, ""));
  const ledger::Flow& flow = *call.state().flows[*call.state().flow_of(*kind)];
  return page_response(
      manner, report_form(manner, {flow, form, std::move(choices), identity_possible(call)}));
}

Result<Response> send_form(const Call& call) {
  const Form form = TZ_TRY(read_form(call.request.body));
  const auto kind = reported_kind(call.state(), "");
  if (!kind.ok()) return form_again(call, form, kind.error(), {});
  Meant meant = units_meant(call, form);
  if (!meant.unit) {
    const char* unclear = meant.choices.empty() ? "report_unit_none" : "report_unit_unclear";
    if (meant.behind) unclear = "report_units_behind";
    return form_again(call, form, refusal(unclear), std::move(meant.choices));
  }
  SentReport sent;
  sent.kind = *kind;
  sent.place = *meant.unit;
  if (value_of(form, "complains") == "yes") sent.accused.push_back(*meant.unit);
  sent.category = value_of(form, "category");
  sent.text = value_of(form, "text");
  sent.manner = value_of(form, "manner");
  sent.name = value_of(form, "name");
  sent.contact = value_of(form, "contact");
  sent.words = value_of(form, "words");
  const Outcome allowed = may_send(call);
  if (!allowed.ok()) return form_again(call, form, allowed.error(), std::move(meant.choices));
  auto done = send(call, std::move(sent));
  if (!done.ok()) {
    call.site.reports.give_back(call.from, call.now);
    if (done.error().error_class == ErrorClass::Failure) return done.error();
    return form_again(call, form, done.error(), std::move(meant.choices));
  }
  const PageManner manner = manner_of(call, value_of(form, "lang"));
  Response response = page_response(
      manner, report_sent(manner, {ledger::to_text(done->no), done->code, done->receipt}));
  response.status = 201;
  return response;
}

// One text of a body; empty where it is not there.
Result<std::string> body_text(const Json& body, const char* name) {
  const Json* value = body.find(name);
  if (value == nullptr) return std::string();
  if (value->as_text() == nullptr) return refusal("field_type", {{"field", name}});
  return *value->as_text();
}

Result<UnitId> body_unit(const Call& call, const Json& value, const char* field) {
  if (value.as_text() == nullptr) return refusal("field_type", {{"field", field}});
  const auto unit = call.tree().find(*value.as_text());
  if (!unit)
    return refusal("unit_unknown",
                   {{"unit", std::string(beginning_of(*value.as_text(), 40))}, {"field", field}});
  return *unit;
}

enum class Sender { Himself, Official };

// How it came is asked of an official, and of nobody who sends it himself.
Outcome check_names(const Json& body, Sender sender) {
  constexpr std::string_view kNames[] = {"accused", "category", "contact", "kind", "manner",
                                         "name",    "text",     "unit",    "words"};
  if (body.as_object() == nullptr) return refusal("field_type", {{"field", ""}});
  for (const JsonMember& member : *body.as_object()) {
    if (member.first == "source" && sender == Sender::Official) continue;
    if (std::find(std::begin(kNames), std::end(kNames), member.first) == std::end(kNames))
      return refusal("field_unknown", {{"field", std::string(beginning_of(member.first, 40))}});
  }
  return Done{};
}

Result<SentReport> read_report(const Call& call, Sender sender) {
  const Json body = TZ_TRY(json_body(call.request));
  TZ_TRY(check_names(body, sender));
  SentReport out;
  const std::string kind = TZ_TRY(body_text(body, "kind"));
  out.kind = TZ_TRY(reported_kind(call.state(), kind));
  if (const Json* accused = body.find("accused")) {
    if (accused->as_array() == nullptr) return refusal("field_type", {{"field", "accused"}});
    if (accused->as_array()->size() > ledger::kAccusedMax)
      return refusal("list_too_long",
                     {{"field", "accused"}, {"count_max", std::to_string(ledger::kAccusedMax)}});
    for (const Json& one : *accused->as_array())
      out.accused.push_back(TZ_TRY(body_unit(call, one, "accused")));
  }
  const Json* unit = body.find("unit");
  if (unit == nullptr && out.accused.empty()) return refusal("field_required", {{"field", "unit"}});
  out.place = unit != nullptr ? TZ_TRY(body_unit(call, *unit, "unit")) : out.accused.front();
  out.category = TZ_TRY(body_text(body, "category"));
  out.text = TZ_TRY(body_text(body, "text"));
  out.manner = TZ_TRY(body_text(body, "manner"));
  out.name = TZ_TRY(body_text(body, "name"));
  out.contact = TZ_TRY(body_text(body, "contact"));
  out.words = TZ_TRY(body_text(body, "words"));
  out.source = TZ_TRY(body_text(body, "source"));
  if (out.source.empty() && sender == Sender::Official)
    return refusal("field_required", {{"field", "source"}});
  return out;
}

Response sent_json(const Call& call, const Sent& sent) {
  Json out;
  out.set("item", ledger::to_text(sent.no)).set("code", sent.code);
  out.set("receiver", unit_json(call.tree(), sent.receiver));
  out.set("record", sent.receipt.record.value).set("leaf", to_hex(sent.receipt.leaf));
  return json_response(out, 201);
}

Result<Response> send_json(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  SentReport report = TZ_TRY(read_report(call, Sender::Himself));
  TZ_TRY(may_send(call));
  const auto sent = send(call, std::move(report));
  if (!sent.ok()) {
    call.site.reports.give_back(call.from, call.now);
    return sent.error();
  }
  return sent_json(call, *sent);
}

// An office that writes down what it is told is limited as an account, not by its address.
Result<Response> write_down(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  SentReport report = TZ_TRY(read_report(call, Sender::Official));
  const Sent sent = TZ_TRY(send(call, std::move(report)));
  call.note->about = ledger::to_text(sent.no);
  return sent_json(call, sent);
}

// --- following

std::uint16_t number_of(const std::string& text) {
  std::uint16_t out = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
  return fault == std::errc{} && end == text.data() + text.size() ? out : std::uint16_t{0};
}

ledger::Verdict verdict_of(const std::string& text) {
  if (text == "yes") return ledger::Verdict::Yes;
  return text == "no" ? ledger::Verdict::No : ledger::Verdict::NoAnswer;
}

// What he asks to have done; none: only to look.
Result<std::optional<ledger::Command>> change_asked(const Form& form, const ledger::Item& item) {
  const std::string what = value_of(form, "do");
  const Hash code_hash = item.report->code_hash;
  if (what.empty() || what == "look") return std::optional<ledger::Command>{};
  if (what == "answer")
    return std::optional<ledger::Command>(ledger::AnswerQuestion{
        item.no, code_hash, number_of(value_of(form, "question")), value_of(form, "answer")});
  if (what == "judge")
    return std::optional<ledger::Command>(ledger::JudgeReport{
        item.no, code_hash, number_of(value_of(form, "closure")),
        verdict_of(value_of(form, "solved")), verdict_of(value_of(form, "satisfied")),
        ledger::verdict_why_named(value_of(form, "why")), value_of(form, "why_text")});
  return refusal("field_bad", {{"field", "do"}});
}

// Of the ledger as it is now: what he has just sent is part of it.
FollowPage page_of(const Call& call, const Followed& followed, const Form& form) {
  const ledger::Item& item = followed.item;
  const ledger::Flow& flow = ledger::flow_of(item, call.state());
  FollowPage out;
  out.no = ledger::to_text(item.no);
  out.code = value_of(form, "code");
  out.state = flow.states[item.state].title;
  out.receiver = call.tree().name(item.place);
  out.steps = steps_of(call, followed);
  out.questions = questions_of(call, followed);
  out.seals = seal_events_of(call, followed);
  out.sealed = !item.report->envelopes.empty();
  out.merged = ledger::waits_for_other(item, call.state());
  out.judge = to_judge(call, followed);
  out.judgement = item.judgement;
  const ledger::Post* writer = item.judgement_by ? call.state().post(*item.judgement_by) : nullptr;
  if (writer != nullptr) out.judged_by = call.tree().name(writer->unit);
  out.receipt = receipt_of(followed);
  out.from = number_of(value_of(form, "from"));
  return out;
}

Result<Response> follow_item(const Call& call) {
  const Form form = TZ_TRY(read_form(call.request.body));
  const std::string lang = value_of(form, "lang");
  const std::string no = std::string(beginning_of(value_of(form, "item"), 40));
  const auto refused = [&](const Error& error) {
    const PageManner manner = manner_of(call, lang, error);
    return page_response(manner, follow_form(manner, no));
  };
  if (!call.site.codes.take(call.from, call.now)) return refused(refusal("codes_too_many"));
  auto found = followed(call, no, value_of(form, "code"));
  if (!found.ok()) {
    if (found.error().error_class == ErrorClass::Failure) return found.error();
    return refused(found.error());
  }
  call.site.codes.give_back(call.from, call.now);
  std::optional<Error> wrong;
  auto change = change_asked(form, found->item);
  if (!change.ok()) wrong = change.error();
  Call now = call;
  if (change.ok() && *change) {
    const Context& context = call.site.context;
    const auto done = context.engine.submit_and_wait({std::move(**change), {}, {}, {}});
    if (!done.ok() && done.error().error_class == ErrorClass::Failure) return done.error();
    if (!done.ok()) wrong = done.error();
    now.published = context.engine.published();
    found = followed(now, no, value_of(form, "code"));
    if (!found.ok()) return found.error();
  }
  const PageManner manner = manner_of(call, lang, wrong);
  return page_response(manner, follow(manner, page_of(now, *found, form)));
}

}  // namespace

Result<Response> get_report(const Call& call) {
  const std::string lang = TZ_TRY(lang_asked(call));
  const std::string kind = TZ_TRY(reported_kind(call.state(), ""));
  const ledger::Flow& flow = *call.state().flows[*call.state().flow_of(kind)];
  const PageManner manner = manner_of(call, lang);
  return page_response(manner, report_form(manner, {flow, {}, {}, identity_possible(call)}));
}

Result<Response> get_follow(const Call& call) {
  const std::string lang = TZ_TRY(lang_asked(call));
  const PageManner manner = manner_of(call, lang);
  return page_response(manner, follow_form(manner, ""));
}

Result<Response> get_report_style(const Call& call) {
  return style_response(call, "web/first/report.css");
}

void post_follow(const CallRef& call, const Reply& reply) { reading<follow_item>(call, reply); }
void post_on_behalf(const CallRef& call, const Reply& reply) { reading<write_down>(call, reply); }
void post_report(const CallRef& call, const Reply& reply) { reading<send_form>(call, reply); }
void post_request(const CallRef& call, const Reply& reply) { reading<send_json>(call, reply); }

}  // namespace tz::http
