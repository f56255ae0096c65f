// The phases that states of every flow fall into, and the other closed lists of the ledger.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tz::ledger {

// At most 12. The order is stored in snapshots and shown on every page: append only.
enum class Phase : std::uint8_t {
  Listed,     // 已列账: on the list, nobody answers for it yet
  Assigned,   // 已交办: a lead unit and a deadline are set
  Disputed,   // 有异议: the unit named disputes it
  Planned,    // 已定措施
  Working,    // 整改中
  Checking,   // 核查中: close-out asked for
  Notice,     // 公示中
  Closed,     // 已销号
  Suspended,  // 暂缓
  Dropped,    // 已退出: rejected, merged or withdrawn; in no completion rate
  Standing,  // 阶段性完成并长期坚持: a stage is done and the rest goes on; never counts as done
};
constexpr std::size_t kPhaseCount = 11;

std::string_view to_text(Phase phase);  // "listed"
std::optional<Phase> phase_named(std::string_view name);
// Whether an item in this phase still has to be dealt with, and so can be overdue.
bool is_open(Phase phase);

// What a post entitles to. The order is stored: append only.
enum class Role : std::uint8_t {
  Recorder,
  Responsible,
  Verifier,
  Supervisor,
  SystemAdmin,
  SecurityAdmin,
  AuditAdmin,
};
constexpr std::size_t kRoleCount = 7;
std::string_view to_text(Role role);  // "system_admin"
std::optional<Role> role_named(std::string_view name);

// How sure a number is: exact, "over" (余, 多: at least), "about" (约).
enum class Qualifier : std::uint8_t { Exact, Over, About };
std::string_view to_text(Qualifier qualifier);
std::optional<Qualifier> qualifier_named(std::string_view name);

// Whether a problem is of this place alone (个性) or of many (共性).
enum class Nature : std::uint8_t { Individual, Common };
std::string_view to_text(Nature nature);
std::optional<Nature> nature_named(std::string_view name);

// How grave it is: 一般, 重点, 重大.
enum class Severity : std::uint8_t { General, Key, Major };
std::string_view to_text(Severity severity);
std::optional<Severity> severity_named(std::string_view name);

// What the clock itself does about a time limit.
enum class ClockStep : std::uint8_t {
  Remind,     // 提醒
  Supervise,  // 督办
  Circulate,  // 通报
  Interview,  // 约谈
  List,       // 挂牌督办
};
constexpr std::size_t kClockStepCount = 5;
std::string_view to_text(ClockStep step);  // "remind"
std::optional<ClockStep> clock_step_named(std::string_view name);
// Steps that are done are kept as a set: one bit each.
constexpr std::uint8_t bit_of(ClockStep step) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(step));
}

// How far a household's resettlement is. The order is stored and shown on every page: append only.
enum class HouseholdStage : std::uint8_t {
  None,        // of an item that is no household, or that has left the register
  Registered,  // 已登记造册
  Told,        // 已告知
  Surveyed,    // 已调查登记
  Confirmed,   // 已确认公示
  Valued,      // 已评估
  Signed,      // 已签约
  Decided,     // 已作补偿决定: no agreement was reached within the term
  Paid,        // 补偿已到账: paid, or lawfully deposited
  Vacated,     // 已腾退
  Demolished,  // 已拆除
  Housed,      // 已安置
  Archived,    // 已销户归档
};
constexpr std::size_t kHouseholdStageCount = 13;
std::string_view to_text(HouseholdStage stage);  // "vacated"
// None for "none" too: nothing is said to be at no stage.
std::optional<HouseholdStage> household_stage_named(std::string_view name);

// Why a deadline was missed.
enum class UndoneReason : std::uint8_t {
  PlanInfeasible,
  DeadlineTooTight,
  FundsMissing,
  ApprovalPending,
  CrossJurisdiction,
  ThirdParty,
  Litigation,
  ForceMajeure,
  Season,
  PolicyGap,
  Historical,
  OwnerSlow,
  Disputed,
  Other,  // said in words
};
std::string_view to_text(UndoneReason reason);  // "plan_infeasible"
std::optional<UndoneReason> undone_reason_named(std::string_view name);

}  // namespace tz::ledger
