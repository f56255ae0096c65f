// A handling says how often somebody had to come and why, and never who he is.
#include "ledger/decide_handling.h"

#include <algorithm>

#include "ledger/burden.h"
#include "ledger/decide_units.h"
#include "ledger/given_text.h"
#include "ledger/permission.h"

namespace tz::ledger {
namespace {

using Refused = std::optional<Error>;

// Whether the catalogue says that this unit gives it.
bool gives(const State& state, const CatalogueEntry& service, UnitId unit, Day today) {
  const OrgTree& tree = *state.tree;
  const auto is_it = [&](const std::string& code) {
    const auto named = tree.find(code);
    return named && tree.counted_at(*named, std::nullopt) == unit;
  };
  if (std::any_of(service.units.begin(), service.units.end(), is_it)) return true;
  const auto level = level_of(tree, unit, today);
  return level &&
         std::find(service.levels.begin(), service.levels.end(), *level) != service.levels.end();
}

Refused visit_fault(const Catalogue& catalogue, const CatalogueEntry& service,
                    const GivenVisit& given) {
  const FurtherVisit& visit = given.visit;
  const bool missing = visit.reason == VisitReason::MaterialMissing;
  if (missing && !visit.material) return refusal("field_required", {{"field", "material"}});
  if (missing && !visit.why) return refusal("field_required", {{"field", "why"}});
  if (!missing && visit.material) return refusal("field_bad", {{"field", "material"}});
  if (!missing && visit.why) return refusal("field_bad", {{"field", "why"}});
  if (missing && !catalogue.asks(service, *visit.material))
    return refusal("material_not_asked", {{"service", service.id}, {"material", *visit.material}});
  const bool other = visit.reason == VisitReason::Other;
  if (other && given.text.empty()) return refusal("field_required", {{"field", "text"}});
  if (!other && !given.text.empty()) return refusal("field_bad", {{"field", "text"}});
  return text_fault({"text", kTitleCharsMax, Shape::Line}, given.text);
}

Refused visits_fault(const Catalogue& catalogue, const CatalogueEntry& service,
                     const RecordHandling& command) {
  if (command.visits < 0 || command.visits > kHandlingVisitsMax)
    return refusal("field_bad", {{"field", "visits"}});
  const std::int64_t further = std::max<std::int64_t>(command.visits - 1, 0);
  if (static_cast<std::int64_t>(command.further.size()) != further)
    return refusal("visit_reasons_missing", {{"visits", std::to_string(command.visits)},
                                             {"reasons", std::to_string(further)}});
  for (const GivenVisit& one : command.further)
    if (auto error = visit_fault(catalogue, service, one)) return error;
  return std::nullopt;
}

}  // namespace

Result<Decision> decide_catalogue(const Circumstances& at, const AdoptCatalogue& command) {
  const Right right = Right::ServiceAdopt;
  const PostId post = TZ_TRY(permitted(at, {right, nullptr, to_text(right)}, UnitId{0}));
  TZ_ASSERT(at.readers.catalogue != nullptr);
  const Catalogue catalogue = TZ_TRY(at.readers.catalogue(command.text));
  const Catalogue* before = at.state.catalogue.newest.get();
  if (before != nullptr && before->version >= catalogue.version)
    return refusal("catalogue_version_old", {{"version", std::to_string(before->version)}});
  for (const CatalogueEntry& service : catalogue.services)
    for (const std::string& code : service.units)
      if (!at.state.tree->find(code)) return refusal("unit_unknown", {{"unit", code}});
  return Decision{post, {{CatalogueAdopted{catalogue.version, command.text}, {}, {}}}};
}

Result<Decision> decide_handling(const Circumstances& at, const RecordHandling& command) {
  const State& state = at.state;
  TZ_ASSERT(command.unit.value < state.tree->size());
  const Right right = Right::HandlingRecord;
  const PostId post = TZ_TRY(permitted(at, {right, nullptr, to_text(right)}, command.unit));
  const Day today = day_of(at.now, state.zone);
  if (auto error = ended_unit(state, command.unit, today)) return *error;
  const Catalogue* catalogue = state.catalogue.newest.get();
  const CatalogueEntry* service =
      catalogue == nullptr ? nullptr : catalogue->service(command.service);
  if (service == nullptr) return refusal("service_unknown", {{"service", command.service}});
  if (!gives(state, *service, command.unit, today))
    return refusal("service_elsewhere", {{"service", command.service},
                                         {"unit", std::string(state.tree->code(command.unit))}});
  if (today < command.day) return refusal("occurred_in_future", {{"day", to_text(command.day)}});
  if (auto error = visits_fault(*catalogue, *service, command)) return *error;
  HandlingRecorded event{command.service, catalogue->version, command.unit,
                         command.day,     command.visits,     {}};
  std::vector<LabelledText> texts;
  for (const GivenVisit& one : command.further) {
    event.further.push_back(one.visit);
    if (!one.text.empty()) texts.push_back({"reason", one.text});
  }
  return Decision{post, {{std::move(event), {}, std::move(texts)}}};
}

}  // namespace tz::ledger
