// The names of every closed list, and which phases are open.
#include "ledger/phase.h"

#include <array>
#include <span>

#include "base/error.h"

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

// Names stand in the order of their enumerators.
template <class Enum>
std::string_view name_of(std::span<const std::string_view> names, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  TZ_ASSERT(index < names.size());
  return names[index];
}

template <class Enum>
std::optional<Enum> value_named(std::span<const std::string_view> names, std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace

std::string_view to_text(Phase phase) { return name_of(kPhaseNames, phase); }

std::optional<Phase> phase_named(std::string_view name) {
  return value_named<Phase>(kPhaseNames, name);
}

bool is_open(Phase phase) {
  // A suspended item stays on the list: if suspending stopped it from being late, that would be
  // the cheapest way to hide lateness. A longer time is given by extending the deadline.
  return phase != Phase::Closed && phase != Phase::Dropped;
}

std::string_view to_text(Role role) { return name_of(kRoleNames, role); }

std::optional<Role> role_named(std::string_view name) {
  return value_named<Role>(kRoleNames, name);
}

std::string_view to_text(Qualifier qualifier) { return name_of(kQualifierNames, qualifier); }

std::optional<Qualifier> qualifier_named(std::string_view name) {
  return value_named<Qualifier>(kQualifierNames, name);
}

std::string_view to_text(Nature nature) { return name_of(kNatureNames, nature); }

std::optional<Nature> nature_named(std::string_view name) {
  return value_named<Nature>(kNatureNames, name);
}

std::string_view to_text(Severity severity) { return name_of(kSeverityNames, severity); }

std::optional<Severity> severity_named(std::string_view name) {
  return value_named<Severity>(kSeverityNames, name);
}

std::string_view to_text(ClockStep step) { return name_of(kClockStepNames, step); }

std::optional<ClockStep> clock_step_named(std::string_view name) {
  return value_named<ClockStep>(kClockStepNames, name);
}

std::string_view to_text(HouseholdStage stage) { return name_of(kHouseholdStageNames, stage); }

std::optional<HouseholdStage> household_stage_named(std::string_view name) {
  const auto stage = value_named<HouseholdStage>(kHouseholdStageNames, name);
  return stage == HouseholdStage::None ? std::nullopt : stage;
}

std::string_view to_text(UndoneReason reason) { return name_of(kUndoneReasonNames, reason); }

std::optional<UndoneReason> undone_reason_named(std::string_view name) {
  return value_named<UndoneReason>(kUndoneReasonNames, name);
}

}  // namespace tz::ledger
