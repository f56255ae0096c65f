// Looking for rows of the audit log: for the audit administrator alone, and within his unit.
#include <algorithm>
#include <map>
#include <set>

#include "access/audit_reading.h"
#include "http/audit_json.h"
#include "http/handlers.h"
#include "ledger/permission.h"

namespace tz::http {
namespace {

constexpr std::size_t kPageUsual = 50;
constexpr std::size_t kPageMax = 200;

// The days on which each account held a post, in units of the caller's.
struct Term {
  Day from;
  std::optional<Day> to;
};
using Terms = std::map<AccountId, std::vector<Term>>;

// Whose rows the caller may see: everybody's, rows of nobody too, for a post at the root; else
// those of accounts while they hold or held a post within his units. Refuses `not_permitted`.
Result<std::optional<Terms>> terms_seen(const Call& call) {
  const ledger::State& state = call.state();
  const auto may = [&](UnitId unit) {
    return ledger::may_over(state, call.account(), ledger::Right::AuditRead, unit, call.today);
  };
  TZ_TRY(ledger::holds_some_post(state, call.account(), ledger::Right::AuditRead, call.today));
  if (may(UnitId{0})) return std::optional<Terms>{};
  Terms seen;
  for (const ledger::Post& post : state.posts)
    if (!post.acting && may(post.unit)) seen[post.account].push_back({post.from, post.to});
  return std::optional(std::move(seen));
}

bool within(const Terms& terms, const access::StoredAuditRow& stored, const Zone& zone) {
  const auto mine = stored.row.account ? terms.find(*stored.row.account) : terms.end();
  if (mine == terms.end()) return false;
  const Day day = day_of(stored.at, zone);
  return std::any_of(mine->second.begin(), mine->second.end(), [&](const Term& term) {
    return term.from <= day && (!term.to || day <= *term.to);
  });
}

// Whether the row tells of an item that complains of a unit of the caller's own. That somebody
// asked for it and was told that there is none is no such row: so it stands of any number.
bool gives_away(const access::AuditRow& row, const std::set<ledger::ItemNo>& kept_from) {
  if (row.result == "item_unknown") return false;
  std::string_view rest = row.about;
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    const auto no = ledger::parse_item_no(word);
    if (no && kept_from.contains(*no)) return true;
  }
  return false;
}

Result<std::optional<Instant>> instant_of(QueryReader& query, const char* name) {
  const auto text = query.text(name);
  if (!text) return std::optional<Instant>{};
  const auto at = parse_instant(*text);
  if (!at.ok()) return query_bad(name, *text);
  return std::optional(*at);
}

Result<access::AuditQuestion> read_question(const Call& call) {
  QueryReader query(call.target);
  access::AuditQuestion out;
  const auto name = query.text("account");
  out.by = query.text("by").value_or("");
  out.from = query.text("from").value_or("");
  out.act = query.text("act").value_or("");
  out.about = query.text("about").value_or("");
  out.result = query.text("result").value_or("");
  out.request = query.text("request").value_or("");
  out.since = TZ_TRY(instant_of(query, "since"));
  out.until = TZ_TRY(instant_of(query, "until"));
  out.before = TZ_TRY(query.number("before", kJsonIntegerMax));
  out.count_max = TZ_TRY(query.limit(kPageUsual, kPageMax));
  TZ_TRY(query.finish());
  if (name) {
    const auto account = call.site.context.accounts.find(*name);
    // Of no account there are no rows; a name may still be looked for.
    out.account = account ? account->id : AccountId{};
  }
  return out;
}

Json row_json(const Call& call, const access::StoredAuditRow& stored) {
  Json name;
  if (stored.row.account)
    if (const auto known = call.site.context.accounts.find(*stored.row.account)) name = known->name;
  return audit_row_json(call, stored, std::move(name));
}

}  // namespace

Result<Response> get_audit(const Call& call) {
  access::AuditQuestion question = TZ_TRY(read_question(call));
  const auto terms = TZ_TRY(terms_seen(call));
  std::set<ledger::ItemNo> kept_from;
  for (const ledger::ItemNo no : ledger::kept_from(call.state(), call.account(), call.today))
    kept_from.insert(no);
  question.shown = [&](const access::StoredAuditRow& stored) {
    return (!terms || within(*terms, stored, call.zone())) && !gives_away(stored.row, kept_from);
  };
  const access::AuditLog& log = call.site.context.audit;
  const auto page = TZ_TRY(access::search_audit(log.folder(), question));
  JsonArray rows;
  for (const access::StoredAuditRow& row : page.rows) rows.push_back(row_json(call, row));
  const access::AuditHead head = log.durable();
  Json shown;
  shown.set("rows", head.rows).set("hash", to_hex(head.hash));
  Json out;
  out.set("rows", std::move(rows)).set("next", page.next ? Json(*page.next) : Json());
  out.set("head", std::move(shown));
  return json_response(out);
}

}  // namespace tz::http
