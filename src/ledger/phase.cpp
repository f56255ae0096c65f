// The names of every closed list, and which phases are open.
#include "ledger/phase.h"

#include <array>

#include "ledger/enum_names.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, kPhaseCount> kPhaseNames = {
    "listed", "assigned", "disputed",  "planned", "working", "checking",
    "notice", "closed",   "suspended", "dropped", "standing"};

constexpr std::array<std::string_view, kRoleCount> kRoleNames = {
    "recorder",     "responsible",    "verifier",   "supervisor",
    "system_admin", "security_admin", "audit_admin"};

constexpr std::array<std::string_view, 3> kQualifierNames = {"exact", "over", "about"};
constexpr std::array<std::string_view, 2> kNatureNames = {"individual", "common"};
constexpr std::array<std::string_view, 3> kSeverityNames = {"general", "key", "major"};
constexpr std::array<std::string_view, kClockStepCount> kClockStepNames = {
    "remind", "supervise", "circulate", "interview", "list"};
constexpr std::array<std::string_view, kHouseholdStageCount> kHouseholdStageNames = {
    "none",    "registered", "told",    "surveyed",   "confirmed", "valued",  "signed",
    "decided", "paid",       "vacated", "demolished", "housed",    "archived"};
constexpr std::array<std::string_view, 14> kUndoneReasonNames = {"plan_infeasible",
                                                                 "deadline_too_tight",
                                                                 "funds_missing",
                                                                 "approval_pending",
                                                                 "cross_jurisdiction",
                                                                 "third_party",
                                                                 "litigation",
                                                                 "force_majeure",
                                                                 "season",
                                                                 "policy_gap",
                                                                 "historical",
                                                                 "owner_slow",
                                                                 "disputed",
                                                                 "other"};

}  // namespace

std::string_view to_text(Phase phase) { return name_in(kPhaseNames, phase); }

std::optional<Phase> phase_named(std::string_view name) {
  return named_in<Phase>(kPhaseNames, name);
}

bool is_open(Phase phase) {
  // A suspended item stays on the list: if suspending stopped it from being late, that would be
  // the cheapest way to hide lateness. A longer time is given by extending the deadline.
  return phase != Phase::Closed && phase != Phase::Dropped;
}

std::string_view to_text(Role role) { return name_in(kRoleNames, role); }

std::optional<Role> role_named(std::string_view name) { return named_in<Role>(kRoleNames, name); }

std::string_view to_text(Qualifier qualifier) { return name_in(kQualifierNames, qualifier); }

std::optional<Qualifier> qualifier_named(std::string_view name) {
  return named_in<Qualifier>(kQualifierNames, name);
}

std::string_view to_text(Nature nature) { return name_in(kNatureNames, nature); }

std::optional<Nature> nature_named(std::string_view name) {
  return named_in<Nature>(kNatureNames, name);
}

std::string_view to_text(Severity severity) { return name_in(kSeverityNames, severity); }

std::optional<Severity> severity_named(std::string_view name) {
  return named_in<Severity>(kSeverityNames, name);
}

std::string_view to_text(ClockStep step) { return name_in(kClockStepNames, step); }

std::optional<ClockStep> clock_step_named(std::string_view name) {
  return named_in<ClockStep>(kClockStepNames, name);
}

std::string_view to_text(HouseholdStage stage) { return name_in(kHouseholdStageNames, stage); }

std::optional<HouseholdStage> household_stage_named(std::string_view name) {
  const auto stage = named_in<HouseholdStage>(kHouseholdStageNames, name);
  return stage == HouseholdStage::None ? std::nullopt : stage;
}

std::string_view to_text(UndoneReason reason) { return name_in(kUndoneReasonNames, reason); }

std::optional<UndoneReason> undone_reason_named(std::string_view name) {
  return named_in<UndoneReason>(kUndoneReasonNames, name);
}

}  // namespace tz::ledger
