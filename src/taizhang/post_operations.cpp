// Each operation: find the posts, submit as the program itself, say what came of it.
#include "taizhang/post_operations.h"

#include <array>

#include "http/open_work.h"
#include "taizhang/named_operation.h"
#include "taizhang/operation_fields.h"

namespace tz::program {
namespace {

Result<Day> day_field(const Json& operation, const char* name) {
  const std::string text = TZ_TRY(text_field(operation, name));
  const auto day = parse_day(text);
  if (!day.ok()) return refusal("bad_day", {{"text", text}});
  return *day;
}

Result<ledger::HandoverId> handover_field(const Json& operation) {
  return ledger::HandoverId{TZ_TRY(number_field(operation, "handover"))};
}

Json named(ledger::HandoverId handover) {
  Json out;
  out.set("handover", static_cast<std::int64_t>(handover.value));
  return out;
}

Result<Json> acting(OpenLedger& open, const Json& operation) {
  const auto state = open.engine->published().state;
  ledger::GrantActing command;
  command.place = TZ_TRY(post_field(operation, "for", *state));
  command.by = TZ_TRY(post_field(operation, "by", *state));
  command.to = TZ_TRY(day_field(operation, "to"));
  if (operation.find("from") != nullptr) command.from = TZ_TRY(day_field(operation, "from"));
  const auto done = TZ_TRY(open.engine->submit_and_wait({command, {}, {}, {}}));
  TZ_ASSERT(done.post.has_value());
  Json out;
  out.set("post", static_cast<std::int64_t>(done.post->value));
  return out;
}

Result<Json> propose(OpenLedger& open, const Json& operation) {
  const auto state = open.engine->published().state;
  const PostId from = TZ_TRY(post_field(operation, "from", *state));
  const PostId to = TZ_TRY(post_field(operation, "to", *state));
  bool disabled = false;
  for (const access::Account& account : open.accounts.all())
    if (account.id == state->post(from)->account) disabled = account.disabled;
  SystemRandom random;
  engine::Request request =
      TZ_TRY(http::proposal(*open.engine, {from, to, disabled}, random, open.clock->now()));
  const ledger::WorkList list = std::get<ledger::ProposeHandover>(*request.command).list;
  const auto done = TZ_TRY(open.engine->submit_and_wait(std::move(request)));
  TZ_ASSERT(done.handover.has_value());
  Json out = named(*done.handover);
  JsonArray items;
  for (const ledger::OpenWork& work : list.items) {
    Json each;
    each.set("item", ledger::to_text(work.item)).set("version", work.version.value);
    JsonArray parts;
    for (const ledger::WorkPart part : work.parts) parts.emplace_back(ledger::to_text(part));
    each.set("parts", std::move(parts));
    items.push_back(std::move(each));
  }
  out.set("items", std::move(items));
  return out;
}

Result<Json> list(OpenLedger& open, const Json&) {
  const auto state = open.engine->published().state;
  JsonArray handovers;
  for (std::size_t i = 0; i < state->handovers.size(); ++i) {
    const ledger::Handover& handover = state->handovers[i];
    if (!handover.open) continue;
    const ledger::Post& from = *state->post(handover.from);
    Json each = named(ledger::HandoverId{i + 1});
    each.set("from", static_cast<std::int64_t>(handover.from.value));
    each.set("to", static_cast<std::int64_t>(handover.to.value));
    each.set("unit", state->tree->code(from.unit)).set("unit_name", state->tree->name(from.unit));
    each.set("role", ledger::to_text(from.role));
    handovers.push_back(std::move(each));
  }
  Json out;
  out.set("handovers", std::move(handovers));
  return out;
}

Result<Json> confirm(OpenLedger& open, const Json& operation) {
  const ledger::HandoverId id = TZ_TRY(handover_field(operation));
  engine::Request request = TZ_TRY(http::confirmation(*open.engine, id));
  const ledger::WorkList proposed = std::get<ledger::ConfirmHandover>(*request.command).list;
  const PostId from = open.engine->published().state->handover(id)->from;
  const auto now = TZ_TRY(http::open_work(*open.engine, from, open.clock->now()));
  if (!ledger::changes(proposed, now.list).empty()) return refusal("handover_changed");
  TZ_TRY(open.engine->submit_and_wait(std::move(request)));
  Json out = named(id);
  out.set("items", static_cast<std::int64_t>(proposed.items.size()));
  return out;
}

Result<Json> end(OpenLedger& open, const Json& operation) {
  const ledger::HandoverId id = TZ_TRY(handover_field(operation));
  engine::Request request = TZ_TRY(http::ending(*open.engine, id));
  TZ_TRY(open.engine->submit_and_wait(std::move(request)));
  return named(id);
}

constexpr std::array<NamedOperation, 5> kOperations = {{{"post_acting", acting},
                                                        {"post_handover_confirm", confirm},
                                                        {"post_handover_end", end},
                                                        {"post_handover_list", list},
                                                        {"post_handover_propose", propose}}};

}  // namespace

std::optional<Result<Json>> operate_on_posts(OpenLedger& ledger, const Json& operation) {
  return operate_by_name(kOperations, ledger, operation);
}

}  // namespace tz::program
