// What an inspection found: what its list has to say of each finding, and who may accept it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/decide.h"

namespace tz::ledger {

// What the flow asks of a finding from that source and the command does not give, in the order of
// the flow; empty where the source is no inspection.
std::vector<std::string> missing_of_finding(const Flow& flow, const OpenItem& command);

// Why it may not be listed: `field_required`, `code_bad` (batch), `feedback_in_future`,
// `verifier_is_fixer` and `verifier_below_fixer` (facts: field, unit), and as special_fault.
std::optional<Error> finding_fault(const Circumstances& at, const Flow& flow,
                                   const OpenItem& command);

// Why the source may not know one more item by that number: `upstream_no_known` (facts: item,
// field, and the number where the command says it) where it knows one by it, which whoever asks has
// found.
std::optional<Error> number_fault(const std::optional<std::string>& number,
                                  const std::optional<ItemNo>& known_as);

// Why a correction may not make of an item what could not be listed: `source_is_inspection` where
// it would become a finding, `field_required` where a finding would lack what its list has to say.
std::optional<Error> finding_kept(const Flow& flow, const Item& item, const CorrectItem& command);

// What a correction of feedback, implementing or to_accept comes to, as it is recorded; an empty
// value takes it away. Refuses as finding_fault, and `bad_day` and `unit_unknown`.
Result<Corrected> corrected_finding(const Circumstances& at, const Item& item,
                                    const CorrectItem& command);

}  // namespace tz::ledger
