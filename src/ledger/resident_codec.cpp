// A further visit is read back as strictly as it was decided.
#include "ledger/resident_codec.h"

namespace tz::ledger {

void write_visit(std::string& out, const FurtherVisit& visit) {
  Json json;
  json.set("reason", to_text(visit.reason));
  if (visit.material) json.set("material", *visit.material);
  if (visit.why) json.set("why", to_text(*visit.why));
  json.dump_to(out);
}

bool read_visit(const Json& in, FurtherVisit& visit) {
  if (in.as_object() == nullptr) return false;
  std::optional<VisitReason> reason;
  for (const JsonMember& member : *in.as_object()) {
    const auto& [name, value] = member;
    if (value.as_text() == nullptr) return false;
    const std::string& text = *value.as_text();
    if (name == "reason") {
      reason = visit_reason_named(text);
    } else if (name == "material") {
      visit.material = text;
    } else if (name == "why") {
      visit.why = missing_why_named(text);
      if (!visit.why) return false;
    } else {
      return false;
    }
  }
  if (!reason) return false;
  visit.reason = *reason;
  const bool missing = *reason == VisitReason::MaterialMissing;
  return visit.material.has_value() == missing && visit.why.has_value() == missing;
}

}  // namespace tz::ledger
