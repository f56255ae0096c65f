// One's posts, who acts in them, and handing over their work.
#include <charconv>

#include "http/body_reader.h"
#include "http/handlers.h"
#include "http/item_query.h"
#include "http/open_work.h"
#include "http/render.h"
#include "ledger/permission.h"

namespace tz::http {
namespace {

using ledger::HandoverId;
using ledger::Post;

enum class Side { Giver, Taker };

std::optional<std::uint64_t> number_in(const std::string& text) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [at, fault] = std::from_chars(text.data(), end, value);
  if (fault != std::errc{} || at != end) return std::nullopt;
  return value;
}

Json dated_post_json(const ledger::State& state, const Post& post) {
  Json out;
  out.set("post", post.id.value);
  set_post(state, post, out);
  const UnitId heir = state.tree->counted_at(post.unit, std::nullopt);
  if (heir != post.unit) out.set("successor", unit_json(*state.tree, heir));
  out.set("from", to_text(post.from)).set("to", day_json(post.to));
  return out;
}

std::optional<Side> side_of(const Call& call, const ledger::Handover& handover) {
  const ledger::State& state = call.state();
  if (state.post(handover.to)->account == call.account()) return Side::Taker;
  if (state.post(handover.from)->account == call.account()) return Side::Giver;
  return std::nullopt;
}

Json handover_json(const Call& call, HandoverId id, Side side) {
  const ledger::State& state = call.state();
  const ledger::Handover& handover = *state.handover(id);
  Json out;
  out.set("handover", id.value).set("side", side == Side::Taker ? "taker" : "giver");
  out.set("from", handover.from.value).set("to", handover.to.value);
  const Post& post = *state.post(handover.from);
  out.set("unit", unit_json(*state.tree, post.unit)).set("role", ledger::to_text(post.role));
  return out;
}

// The handover of the path, if it is open and the caller's. Whoever it does not concern learns
// nothing of it.
Result<HandoverId> own_handover(const Call& call) {
  const auto number = number_in(call.params[0]);
  const HandoverId id{number.value_or(0)};
  const ledger::Handover* handover = call.state().handover(id);
  if (!number || handover == nullptr || !handover->open || !side_of(call, *handover))
    return refusal("handover_unknown", {{"handover", call.params[0].substr(0, 20)}});
  return id;
}

// With titles where the caller may read the item by now.
Result<Json> work_json(const Call& call, const ledger::WorkList& list) {
  JsonArray out;
  for (const ledger::OpenWork& one : list.items) {
    const auto row = call.view().find(one.item);
    Json each;
    each.set("item", ledger::to_text(one.item)).set("version", one.version.value);
    JsonArray parts;
    for (const ledger::WorkPart part : one.parts) parts.emplace_back(ledger::to_text(part));
    each.set("parts", std::move(parts));
    const ledger::Item item = TZ_TRY(call.site.context.engine.item(one.item));
    Json title;
    if (row && ledger::may_read(call.state(), call.account(), item, call.today)) {
      const Json shown = TZ_TRY(item_row_json(call, call.view().row(*row)));
      title = *shown.find("title");
    }
    each.set("title", std::move(title));
    out.push_back(std::move(each));
  }
  return Json(std::move(out));
}

Json changes_json(const std::vector<ledger::WorkChange>& changes) {
  JsonArray out;
  for (const ledger::WorkChange& change : changes) {
    Json each;
    each.set("item", ledger::to_text(change.item)).set("what", to_text(change.what));
    out.push_back(std::move(each));
  }
  return Json(std::move(out));
}

Response no_content() {
  Response response;
  response.status = 204;
  response.content_type.clear();
  return response;
}

// Submits as the caller; what follows is made of the receipt.
using Told = std::function<Response(const engine::Receipt&)>;
void submit(const CallRef& call, const Reply& reply, Result<engine::Request> request, Told told) {
  if (!request.ok()) return reply({request.error(), {}});
  request->actor.account = call->account();
  call->site.context.engine.submit(*std::move(request), [call, reply, told = std::move(told)](
                                                            const Result<engine::Receipt>& done) {
    if (!done.ok()) return reply({done.error(), {}});
    reply({told(*done), {}});
  });
}

void on_reader(const CallRef& call, const Reply& reply, std::function<void()> work) {
  if (!call->site.readers.run(std::move(work))) reply({refusal("server_busy"), {}});
}

struct TwoPosts {
  PostId from;
  PostId to;
};
Result<TwoPosts> read_two_posts(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Json body = TZ_TRY(json_body(call.request));
  BodyReader fields(body);
  const TwoPosts out{PostId{fields.number("from", kJsonIntegerMax)},
                     PostId{fields.number("to", kJsonIntegerMax)}};
  TZ_TRY(fields.finish());
  return out;
}

bool disabled(const Call& call, PostId post) {
  const Post* giver = call.state().post(post);
  if (giver == nullptr) return false;
  const auto account = call.site.context.accounts.find(giver->account);
  return !account || account->disabled;
}

void propose(const CallRef& call, const Reply& reply, const TwoPosts& posts) {
  on_reader(call, reply, [call, reply, posts] {
    Context& context = call->site.context;
    submit(call, reply,
           proposal(context.engine, {posts.from, posts.to, disabled(*call, posts.from)},
                    context.random, call->now),
           [](const engine::Receipt& done) {
             TZ_ASSERT(done.handover.has_value());
             Json body;
             body.set("handover", done.handover->value);
             return json_response(body, 201);
           });
  });
}

Result<ledger::GrantActing> read_acting(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Json body = TZ_TRY(json_body(call.request));
  BodyReader fields(body);
  ledger::GrantActing out;
  out.place = PostId{fields.number("for", kJsonIntegerMax)};
  out.by = PostId{fields.number("by", kJsonIntegerMax)};
  const std::string to = fields.text("to");
  const auto from = fields.optional_text("from");
  TZ_TRY(fields.finish());
  const auto day = [](const std::string& text, const char* field) -> Result<Day> {
    const auto read = parse_day(text);
    if (!read.ok()) return refusal("bad_day", {{"text", text}, {"field", field}});
    return *read;
  };
  out.to = TZ_TRY(day(to, "to"));
  if (from) out.from = TZ_TRY(day(*from, "from"));
  return out;
}

}  // namespace

Result<Response> get_own_posts(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const ledger::State& state = call.state();
  JsonArray posts;
  JsonArray acted_in;
  for (const Post& post : state.posts) {
    if (post.to && *post.to < call.today) continue;
    if (post.account == call.account()) posts.push_back(dated_post_json(state, post));
    if (post.acting && post.acting->holder == call.account())
      acted_in.push_back(dated_post_json(state, post));
  }
  JsonArray handovers;
  for (std::size_t i = 0; i < state.handovers.size(); ++i)
    if (const auto side = side_of(call, state.handovers[i]); side && state.handovers[i].open)
      handovers.push_back(handover_json(call, HandoverId{i + 1}, *side));
  Json out;
  out.set("posts", std::move(posts)).set("acted_in", std::move(acted_in));
  out.set("handovers", std::move(handovers));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_own_post_work(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const auto number = number_in(call.params[0]);
  const Post* post = number ? call.state().post(PostId{*number}) : nullptr;
  if (post == nullptr || post->acting || post->account != call.account())
    return refusal("post_none", {{"post", call.params[0].substr(0, 20)}});
  const FoundWork found = TZ_TRY(open_work(call.site.context.engine, post->id, call.now));
  Json out;
  out.set("items", TZ_TRY(work_json(call, found.list))).set("more", found.more);
  set_stamp(out, call);
  return json_response(out);
}

void post_own_handover(const CallRef& call, const Reply& reply) {
  const auto posts = read_two_posts(*call);
  if (!posts.ok()) return reply({posts.error(), {}});
  const Post* from = call->state().post(posts->from);
  if (from == nullptr || from->account != call->account())
    return reply({refusal("post_none", {{"post", std::to_string(posts->from.value)}}), {}});
  propose(call, reply, *posts);
}

void post_handover(const CallRef& call, const Reply& reply) {
  const auto posts = read_two_posts(*call);
  if (!posts.ok()) return reply({posts.error(), {}});
  const Post* from = call->state().post(posts->from);
  const Outcome held = ledger::holds_some_post(call->state(), call->account(),
                                               ledger::Right::HandoverMend, call->today);
  if (!held.ok()) return reply({held.error(), {}});
  // A post elsewhere is answered like one that is not there.
  if (from == nullptr || !ledger::may_over(call->state(), call->account(),
                                           ledger::Right::HandoverMend, from->unit, call->today))
    return reply({refusal("post_none", {{"post", std::to_string(posts->from.value)}}), {}});
  propose(call, reply, *posts);
}

Result<Response> get_own_handover(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const HandoverId id = TZ_TRY(own_handover(call));
  const engine::Engine& engine = call.site.context.engine;
  const ledger::WorkList list = TZ_TRY(proposed_work(engine, id));
  const ledger::Handover& handover = *call.state().handover(id);
  const FoundWork now = TZ_TRY(open_work(engine, handover.from, call.now));
  Json out = handover_json(call, id, *side_of(call, handover));
  out.set("items", TZ_TRY(work_json(call, list))).set("more", now.more);
  out.set("changes", changes_json(ledger::changes(list, now.list)));
  set_stamp(out, call);
  return json_response(out);
}

void confirm_handover(const CallRef& call, const Reply& reply) {
  const auto id = own_handover(*call);
  if (!id.ok()) return reply({id.error(), {}});
  const Outcome query = QueryReader(call->target).finish();
  if (!query.ok()) return reply({query.error(), {}});
  on_reader(call, reply, [call, reply, id = *id] {
    const engine::Engine& engine = call->site.context.engine;
    auto request = confirmation(engine, id);
    if (!request.ok()) return reply({request.error(), {}});
    const auto& proposed = std::get<ledger::ConfirmHandover>(*request->command).list;
    const auto now = open_work(engine, call->state().handover(id)->from, call->now);
    if (!now.ok()) return reply({now.error(), {}});
    const auto changed = ledger::changes(proposed, now->list);
    if (!changed.empty()) {
      Json more;
      more.set("work_changes", changes_json(changed));
      return reply({refusal("handover_changed"), more});
    }
    const std::uint64_t count = proposed.items.size();
    submit(call, reply, std::move(request), [id, count](const engine::Receipt&) {
      Json body;
      body.set("handover", id.value).set("items", count);
      return json_response(body);
    });
  });
}

void delete_own_handover(const CallRef& call, const Reply& reply) {
  const auto id = own_handover(*call);
  if (!id.ok()) return reply({id.error(), {}});
  submit(call, reply, ending(call->site.context.engine, *id),
         [](const engine::Receipt&) { return no_content(); });
}

void post_acting(const CallRef& call, const Reply& reply) {
  const auto wish = read_acting(*call);
  if (!wish.ok()) return reply({wish.error(), {}});
  const Outcome held = ledger::holds_some_post(call->state(), call->account(),
                                               ledger::Right::ActingGrant, call->today);
  if (!held.ok()) return reply({held.error(), {}});
  engine::Request request;
  request.command = *wish;
  submit(call, reply, std::move(request), [](const engine::Receipt& done) {
    TZ_ASSERT(done.post.has_value());
    Json body;
    body.set("post", done.post->value);
    return json_response(body, 201);
  });
}

void delete_acting(const CallRef& call, const Reply& reply) {
  const auto number = number_in(call->params[0]);
  const Post* post = number ? call->state().post(PostId{*number}) : nullptr;
  const Outcome held =
      ledger::holds_some_post(call->state(), call->account(), ledger::Right::PostEnd, call->today);
  if (!held.ok()) return reply({held.error(), {}});
  if (post == nullptr || !post->acting ||
      !ledger::may_over(call->state(), call->account(), ledger::Right::PostEnd, post->unit,
                        call->today))
    return reply({refusal("post_none", {{"post", call->params[0].substr(0, 20)}}), {}});
  engine::Request request;
  request.command = ledger::EndPost{post->id};
  submit(call, reply, std::move(request), [](const engine::Receipt&) { return no_content(); });
}

}  // namespace tz::http
