// Everything that is held about the caller, as a file: nobody has to ask an office for it.
#include <algorithm>

#include "access/audit_reading.h"
#include "engine/letters.h"
#include "http/audit_json.h"
#include "http/handlers.h"
#include "http/sight.h"

namespace tz::http {
namespace {

constexpr std::size_t kItemsMax = 100'000;
constexpr std::size_t kAuditRowsMax = 20'000;
constexpr std::size_t kRowsAtOnce = 1'000;
constexpr std::size_t kNoticesMax = 10'000;

struct AuditRows {
  std::vector<access::StoredAuditRow> rows;
  bool more = false;
};

// Rows that answer the question, the newest first.
Outcome gather(const access::AuditLog& log, access::AuditQuestion question, AuditRows& into) {
  question.count_max = kRowsAtOnce;
  for (;;) {
    const auto page = TZ_TRY(access::search_audit(log.folder(), question));
    for (const access::StoredAuditRow& row : page.rows) into.rows.push_back(row);
    if (!page.next) return Done{};
    question.before = page.next;
    if (into.rows.size() >= kAuditRowsMax) {
      into.more = true;
      return Done{};
    }
  }
}

// What he did, and what was done to his account.
Result<AuditRows> rows_about(const Call& call) {
  const access::AuditLog& log = call.site.context.audit;
  AuditRows out;
  access::AuditQuestion own;
  own.account = call.account();
  TZ_TRY(gather(log, std::move(own), out));
  access::AuditQuestion done;
  done.about = "account=" + std::to_string(call.account().value);
  TZ_TRY(gather(log, std::move(done), out));
  const auto newer = [](const auto& a, const auto& b) { return b.seq < a.seq; };
  std::sort(out.rows.begin(), out.rows.end(), newer);
  const auto same = [](const auto& a, const auto& b) { return a.seq == b.seq; };
  out.rows.erase(std::unique(out.rows.begin(), out.rows.end(), same), out.rows.end());
  out.more = out.more || out.rows.size() > kAuditRowsMax;
  if (out.rows.size() > kAuditRowsMax) out.rows.resize(kAuditRowsMax);
  return out;
}

// Who did it to him is a number: of others this file says nothing, nor where they were.
Json row_json(const Call& call, access::StoredAuditRow stored) {
  if (stored.row.account != call.account()) stored.row.from.clear();
  return audit_row_json(call, stored, Json());
}

Json account_json(const Call& call, const access::Account& account) {
  const auto factor = call.site.context.accounts.second_factor(account.id);
  const bool on = factor && factor->on;
  const auto bound = call.site.context.accounts.identity_of(account.id);
  Json identity;
  if (bound) {
    identity.set("issuer", bound->issuer).set("subject", bound->subject);
    identity.set("since", call.instant_text(bound->since));
  }
  Json out;
  out.set("id", account.id.value).set("name", account.name);
  out.set("identity", std::move(identity));
  out.set("second_factor", on ? Json(call.instant_text(factor->since)) : Json());
  out.set("recovery_codes", static_cast<std::uint64_t>(on ? factor->recovery.size() : 0));
  return out;
}

JsonArray posts_json(const Call& call) {
  JsonArray out;
  const ledger::OrgTree& tree = call.tree();
  for (const ledger::Post& post : call.state().posts) {
    if (post.account != call.account()) continue;
    Json one;
    one.set("post", post.id.value).set("unit", tree.code(post.unit));
    one.set("unit_name", tree.name(post.unit)).set("role", ledger::to_text(post.role));
    one.set("from", to_text(post.from)).set("to", post.to ? Json(to_text(*post.to)) : Json());
    out.push_back(std::move(one));
  }
  return out;
}

JsonArray sessions_json(const Call& call) {
  JsonArray out;
  for (const access::Session& session :
       call.site.context.accounts.sessions_of(call.account(), call.now)) {
    Json one;
    one.set("session", session_id(session)).set("opened", call.instant_text(session.opened));
    one.set("used", call.instant_text(session.used));
    one.set("from", session.address).set("browser", session.browser);
    out.push_back(std::move(one));
  }
  return out;
}

JsonArray tokens_json(const Call& call) {
  JsonArray out;
  for (const access::Token& token : call.site.context.accounts.tokens_of(call.account())) {
    Json one;
    one.set("id", token_id(token)).set("label", token.label).set("scope", token.scope);
    one.set("opened", call.instant_text(token.opened));
    one.set("expires", token.expires ? Json(call.instant_text(*token.expires)) : Json());
    out.push_back(std::move(one));
  }
  return out;
}

Json contact_json(const notify::Contact& contact) {
  Json out;
  out.set("mail", contact.mail).set("gateway", contact.gateway);
  out.set("language", contact.english ? "en" : "zh-CN");
  return out;
}

// How he is reached, and the numbers of what he was told of.
Outcome set_told(const Call& call, Json& out) {
  const Context& context = call.site.context;
  const auto contact = TZ_TRY(engine::contact_of(context.engine, context.accounts, call.account()));
  out.set("contact", contact ? contact_json(*contact) : Json());
  JsonArray notices;
  Sight sight(call.published, call.account(), call.today);
  for (const notify::Notice& notice :
       TZ_TRY(engine::notices_of(context.engine, call.account(), std::nullopt, kNoticesMax))) {
    // As in the inbox: of what he may not know any more he is not told again.
    const auto no = ledger::parse_item_no(notice.number);
    if (!no || !TZ_TRY(sight.may_read(context.engine, *no))) continue;
    Json one;
    one.set("item", notice.number).set("what", notice.what);
    one.set("made", call.instant_text(notice.made));
    notices.push_back(std::move(one));
  }
  out.set("notices", std::move(notices));
  return Done{};
}

}  // namespace

Result<Response> get_account_data(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const auto account = call.site.context.accounts.find(call.account());
  if (!account) return refusal("sign_in_needed");
  rollup::Filter listed;
  listed.recorder = account->id;
  const auto found = call.view().select(listed, {}, {{}, 0, kItemsMax});
  JsonArray items;
  for (const rollup::RowIndex index : found.rows)
    items.push_back(ledger::to_text(call.view().row(index).no));
  const bool more = call.view().count(listed) > found.rows.size();
  const AuditRows audit = TZ_TRY(rows_about(call));
  JsonArray rows;
  for (const access::StoredAuditRow& row : audit.rows) rows.push_back(row_json(call, row));
  Json out;
  out.set("ledger", call.state().genesis.origin).set("instant", call.instant_text(call.now));
  out.set("account", account_json(call, *account)).set("posts", posts_json(call));
  out.set("sessions", sessions_json(call)).set("tokens", tokens_json(call));
  TZ_TRY(set_told(call, out));
  out.set("items", std::move(items)).set("items_more", more);
  out.set("audit", std::move(rows)).set("audit_more", audit.more);
  Response response = json_response(out);
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"account-data.json\"");
  return response;
}

}  // namespace tz::http
