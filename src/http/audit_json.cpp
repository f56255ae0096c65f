// One object a row; what a row does not say is null.
#include "http/audit_json.h"

#include <utility>

namespace tz::http {

Json audit_row_json(const Call& call, const access::StoredAuditRow& stored, Json name) {
  const access::AuditRow& row = stored.row;
  Json who;
  if (row.account) who.set("id", row.account->value).set("name", std::move(name));
  Json out;
  out.set("seq", stored.seq).set("at", call.instant_text(stored.at));
  out.set("account", std::move(who)).set("by", row.by).set("from", row.from);
  out.set("act", row.act).set("about", row.about.empty() ? Json() : Json(row.about));
  out.set("result", row.result).set("request", row.request.empty() ? Json() : Json(row.request));
  return out;
}

}  // namespace tz::http
