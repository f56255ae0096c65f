// What one is told within the ledger, what of one's own acts reached nobody, and how one is reached
// elsewhere.
#include <charconv>

#include "engine/letters.h"
#include "engine/notices.h"
#include "http/body_reader.h"
#include "http/handlers.h"
#include "http/render.h"
#include "http/sight.h"
#include "ledger/permission.h"
#include "ledger/told.h"

namespace tz::http {
namespace {

constexpr std::size_t kPageUsual = 20;
constexpr std::size_t kPageMax = 100;
constexpr std::size_t kCountedMax = 100;  // of the number in the frame
constexpr std::size_t kUndeliveredMax = 50;

// Of one's posts: nothing of any item.
Json posts_notice_json(const Call& call, const notify::Notice& notice) {
  Json out;
  out.set("notice", notice.record.value).set("item", Json()).set("what", notice.what);
  out.set("kind", Json()).set("kind_title", Json()).set("state_title", Json()).set("open", true);
  out.set("last_day", Json()).set("overdue", false).set("urgent", notice.urgent);
  out.set("made", call.instant_text(notice.made));
  return out;
}

// None where the caller may not know of the item, any more: he is then told nothing of it.
Result<std::optional<Json>> notice_json(const Call& call, const notify::Notice& notice) {
  if (notice.number.empty()) return std::optional<Json>(posts_notice_json(call, notice));
  const auto no = ledger::parse_item_no(notice.number);
  if (!no || !call.view().find(*no)) return std::optional<Json>{};
  const ledger::Item item = TZ_TRY(call.site.context.engine.item(*no));
  // Not older than the item that was read.
  const auto state = call.site.context.engine.published().state;
  if (!ledger::may_read(*state, call.account(), item, call.today)) return std::optional<Json>{};
  const ledger::Flow& flow = ledger::flow_of(item, *state);
  const auto last_day = ledger::last_day_for(item, *state, call.account(), call.today);
  Json out;
  out.set("notice", notice.record.value).set("item", notice.number).set("what", notice.what);
  out.set("kind", flow.kind).set("kind_title", title_json(flow.title));
  out.set("state_title", title_json(flow.states[item.state].title));
  out.set("open", ledger::is_open(ledger::phase_of(item, *state)));
  out.set("last_day", day_json(last_day));
  out.set("overdue", last_day && *last_day < call.today);
  out.set("urgent", notice.urgent).set("made", call.instant_text(notice.made));
  return std::optional<Json>(std::move(out));
}

struct Shown {
  JsonArray notices;
  std::optional<Seq> next;
  std::size_t count = 0;  // of all, as far as counted
};

// Those that may be seen, a page of them; the others are passed over as if they were none. What is
// only counted is not read whole: the number in the frame is asked for all the time.
Result<Shown> shown(const Call& call, std::optional<Seq> before, std::size_t limit) {
  Shown out;
  const engine::Engine& engine = call.site.context.engine;
  const auto rows = TZ_TRY(engine::notices_of(engine, call.account(), before, kCountedMax + 1));
  Sight sight(call.published, call.account(), call.today);
  for (const notify::Notice& row : rows) {
    if (out.count >= limit) {
      const auto no = ledger::parse_item_no(row.number);
      if (row.number.empty() || (no && TZ_TRY(sight.may_read(engine, *no)))) ++out.count;
      continue;
    }
    auto json = TZ_TRY(notice_json(call, row));
    if (!json) continue;
    out.notices.push_back(*std::move(json));
    if (++out.count == limit) out.next = row.record;
  }
  const bool all = rows.size() <= kCountedMax;
  if (all && out.count <= limit) out.next.reset();
  if (!all && out.count < limit) out.next = rows.back().record;
  return out;
}

Result<JsonArray> undelivered_json(const Call& call) {
  JsonArray out;
  Sight sight(call.published, call.account(), call.today);
  for (const notify::Undelivered& row :
       TZ_TRY(engine::undelivered_of(call.site.context.engine, call.account(), kUndeliveredMax))) {
    const bool of_posts = row.line.number.empty();
    const auto no = ledger::parse_item_no(row.line.number);
    if (!of_posts && (!no || !TZ_TRY(sight.may_read(call.site.context.engine, *no)))) continue;
    Json one;
    one.set("item", of_posts ? Json() : Json(row.line.number)).set("what", row.line.what);
    one.set("channel", notify::to_text(row.channel)).set("at", call.instant_text(row.at));
    out.push_back(std::move(one));
  }
  return out;
}

std::optional<Seq> record_in(const std::string& text) {
  Seq out;
  const char* end = text.data() + text.size();
  const auto [at, fault] = std::from_chars(text.data(), end, out.value);
  if (fault != std::errc{} || at != end) return std::nullopt;
  return out;
}

Json contact_json(const Call& call, const notify::Contact& contact) {
  const Context& context = call.site.context;
  Json out;
  out.set("mail", contact.mail).set("gateway", contact.gateway);
  out.set("language", contact.english ? "en" : "zh-CN");
  out.set("mail_sent", context.ways.mail).set("gateway_called", context.ways.webhook);
  return out;
}

Result<notify::Contact> read_contact(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const Json body = TZ_TRY(json_body(call.request));
  BodyReader reader(body);
  notify::Contact out;
  out.mail = reader.optional_text("mail").value_or("");
  out.gateway = reader.optional_text("gateway").value_or("");
  const std::string language = reader.optional_text("language").value_or("zh-CN");
  TZ_TRY(reader.finish());
  if (language != "zh-CN" && language != "en")
    return refusal("field_value", {{"field", "language"}});
  out.english = language == "en";
  return out;
}

}  // namespace

Result<Response> get_inbox(const Call& call) {
  QueryReader query(call.target);
  const auto before = TZ_TRY(query.number("before", kJsonIntegerMax));
  const std::size_t limit = TZ_TRY(query.limit(kPageUsual, kPageMax));
  TZ_TRY(query.finish());
  const Shown page =
      TZ_TRY(shown(call, before ? std::optional(Seq{*before}) : std::nullopt, limit));
  Json out;
  out.set("notices", page.notices);
  out.set("next", page.next ? Json(page.next->value) : Json());
  out.set("count_at_least", static_cast<std::uint64_t>(std::min(page.count, kCountedMax)));
  out.set("more", page.count > kCountedMax);
  out.set("undelivered", TZ_TRY(undelivered_json(call)));
  set_stamp(out, call);
  return json_response(out);
}

void post_notice_away(const CallRef& call, const Reply& reply) {
  const auto record = record_in(call->params[0]);
  if (!record)
    return reply({refusal("notice_unknown", {{"notice", call->params[0].substr(0, 20)}}), {}});
  // Put away twice is put away.
  engine::Request request;
  request.changes.push_back(engine::put_away(call->account(), *record));
  call->site.context.engine.submit(std::move(request),
                                   [reply](const Result<engine::Receipt>& stored) {
                                     if (!stored.ok()) return reply({stored.error(), {}});
                                     Response response;
                                     response.status = 204;
                                     response.content_type.clear();
                                     reply({std::move(response), {}});
                                   });
}

Result<Response> get_contact(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const Context& context = call.site.context;
  const auto known = TZ_TRY(engine::contact_of(context.engine, context.accounts, call.account()));
  notify::Contact none;
  none.english = call.language == Language::English;
  return json_response(contact_json(call, known.value_or(none)));
}

void post_contact(const CallRef& call, const Reply& reply) {
  auto contact = read_contact(*call);
  if (!contact.ok()) return reply({contact.error(), {}});
  Context& context = call->site.context;
  auto request = engine::contact_set(context.accounts, call->account(), *contact, context.random);
  if (!request.ok()) return reply({request.error(), {}});
  context.engine.submit(*std::move(request),
                        [call, reply, contact = *contact](const Result<engine::Receipt>& stored) {
                          if (!stored.ok()) return reply({stored.error(), {}});
                          reply({json_response(contact_json(*call, contact)), {}});
                        });
}

}  // namespace tz::http
