// The names under which events are stored: they never change.
#pragma once

#include <array>
#include <string_view>
#include <variant>

#include "ledger/event.h"

namespace tz::ledger {

// In the order of the variant.
constexpr std::array<std::string_view, std::variant_size_v<Event>> kEventNames = {
    "abstract_reviewed",
    "abstract_written",
    "account_opened",
    "acting_granted",
    "activity_recorded",
    "assigned",
    "budget_adopted",
    "calendar_adopted",
    "clock_acted",
    "clock_moved",
    "clock_paused",
    "clock_started",
    "clock_stopped",
    "close_out_asked",
    "corrected",
    "coverage_sealed",
    "criterion_set",
    "deadline_extended",
    "duties_adopted",
    "envelope_handed_out",
    "evidence_added",
    "figures_published",
    "flow_adopted",
    "genesis",
    "handed_over",
    "handover_ended",
    "handover_proposed",
    "identity_sealed",
    "import_adopted",
    "item_closed",
    "item_opened",
    "item_reopened",
    "items_linked",
    "judgement_given",
    "limits_adopted",
    "measure_ended",
    "measure_planned",
    "notice_posted",
    "opening_agreed",
    "opening_asked",
    "part_assessed",
    "part_assigned",
    "part_done",
    "post_ended",
    "post_granted",
    "programme_adopted",
    "progress_reported",
    "question_answered",
    "question_asked",
    "receiving_key_set",
    "recurrence_noted",
    "recused",
    "redacted",
    "report_received",
    "reporter_read",
    "requirement_answered",
    "source_added",
    "transition_taken",
    "unit_lines_added",
    "unit_succeeded",
    "units_changed",
    "units_registered",
    "verification_given",
    "visit_recorded",
    "work_group_ended",
    "work_group_mandated",
    "work_group_members_changed",
};

}  // namespace tz::ledger
