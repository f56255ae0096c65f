// Deciding about services: which there are, and that one was given.
#pragma once

#include "ledger/decide.h"

namespace tz::ledger {

// Refuses as the reader of such files, `catalogue_version_old` (fact: version), and `unit_unknown`
// (fact: unit) of a unit that is to give a service.
Result<Decision> decide_catalogue(const Circumstances& at, const AdoptCatalogue& command);

// Refuses `unit_ended`, `service_unknown` (fact: service), `service_elsewhere` (facts: service,
// unit), `occurred_in_future` (fact: day), `visit_reasons_missing` (facts: visits, reasons),
// `material_not_asked` (facts: service, material), `field_required` and `field_bad`, and as
// text_fault.
Result<Decision> decide_handling(const Circumstances& at, const RecordHandling& command);

}  // namespace tz::ledger
