// The policy: who may do and see what, as read from policy/policy.yaml. What no row allows is
// refused.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "ledger/flow.h"

namespace tz::ledger {

// Everything that may be done or seen, each a row of the file. Sorted by their words.
enum class Right : std::uint8_t {
  AccountMend,  // what its owner cannot mend himself
  AccountOpen,
  AccountOwn,
  ActingGrant,
  ActivityRecord,  // what units at or below one's own have held
  AuditRead,
  BallotRead,
  BallotRecord,    // of a body of units at or below one's own
  BudgetAdopt,     // how much units may be asked for
  CalendarFollow,  // by its secret address
  ClockAct,        // what falls due by itself
  CoverageAnswer,  // to a requirement, of one's own unit
  CoverageExempt,
  CoverageJudge,  // of the answers of units below one's own
  CoverageSeal,
  DisputeAnswer,   // by a party's own code
  DisputeConfirm,  // from a party's paper
  DisputeRead,
  DisputeRecord,
  DutiesAdopt,  // what a community may be made to lead
  EvidenceKeep,
  FiguresPublish,  // of kinds about persons, what everybody may see
  FlowAdopt,
  FundFigures,  // what everybody may see of a fund
  FundKeep,     // money of the fund itself, and who may check
  FundOpen,
  FundRead,  // its book, loan by loan as far as items may be read
  HandlingRead,
  HandlingRecord,  // of a service that was given
  HandoverMend,    // for a holder who cannot
  HandoverOwn,
  HealthRead,
  HouseholdCode,    // a code for a household that moves
  HouseholdFollow,  // by that code
  ImportAdopt,
  ItemCorrect,
  ItemCorrectClosed,  // what is closed or has left the list
  ItemList,           // to find it in lists, searches and exports
  ItemMove,           // the unit an item is moved from, and the one it is moved to
  ItemOpen,
  ItemRead,
  ItemRedact,
  JournalRead,
  KindRead,
  LedgerRead,
  LogRead,
  PageRead,
  PostEnd,
  PostGrant,
  PostRead,
  ProgrammeAdopt,
  ProgrammeRead,  // its words, and which units have met what it asks
  ReceivingKeySet,
  ReporterRead,   // who sent it under his name
  RequestFollow,  // by its query code
  RequestOpen,
  RosterPublish,  // for a while, what may be public of households
  RosterRead,     // what is published
  SchemeOpen,     // by which households move, over all its units
  SchemeRead,
  SearchRead,
  ServiceAdopt,  // the catalogue of services
  ServiceRead,
  SessionOpen,
  StepAbstract,  // the steps of flows, by their acts (ledger/flow.h)
  StepActuals,
  StepAddSource,
  StepAgreeOpening,
  StepApprove,
  StepAskClosing,
  StepAskMany,  // whom a closing concerns, and who of them is asked
  StepAskOpening,
  StepAssess,
  StepAssign,
  StepBallot,
  StepCallIn,
  StepChange,
  StepCheck,
  StepClose,
  StepCommit,
  StepContribute,
  StepExtend,
  StepHandOut,
  StepJudge,
  StepLink,
  StepLookBack,
  StepMerge,
  StepMove,
  StepPay,
  StepPlan,
  StepProlong,
  StepPublicise,
  StepQuestion,
  StepRecuse,
  StepReopen,
  StepRepay,
  StepReport,
  StepReturn,
  StepReview,
  StepRevise,
  StepRevoke,
  StepSign,
  StepSplit,
  StepTake,  // any of them
  StepWriteOff,
  StreamRead,
  TimeRulesAdopt,  // holidays and limits
  TotalsRead,
  TotalsScoped,  // of kinds whose flow does not show them to everybody
  UnitChange,    // names, codes, places and ends of units
  UnitRead,
  UnitRegister,
  UnitSucceed,  // another unit takes over what was one's
  VisitRecord,  // of one's work group at a unit
  WorkRead,
  WorkGroupMandate,  // to send one, over each unit that it is sent to
  WorkGroupRead,
};
constexpr std::size_t kRightCount = static_cast<std::size_t>(Right::WorkGroupRead) + 1;
std::string_view to_text(Right right);  // "item.read"
std::optional<Right> right_named(std::string_view name);
// The row of the steps with that act.
Right right_of(Act act);

// What a right is about, and so what a post's relation is looked at against.
enum class About : std::uint8_t { Nothing, Unit, Item };
std::string_view to_text(About about);
std::optional<About> about_named(std::string_view name);

// Why somebody who else might is kept from it: his part in the fix (DESIGN.md 3.3), or what is
// complained of.
enum class Duty : std::uint8_t {
  TookPart,      // this person planned, reported or asked for close-out
  UnitTookPart,  // somebody of his unit did
  Fixer,         // his unit leads or is responsible, or once was
  Supporter,     // his unit supports, or once did
  Below,         // his unit lies below one that fixes or supports, by place or line
  Accused,       // any post of his is in a unit that a report complains of, or below it
};
constexpr std::size_t kDutyCount = 6;
std::string_view to_text(Duty duty);
std::optional<Duty> duty_named(std::string_view name);

// A set of enumerators.
template <class Enum>
class SetOf {
 public:
  constexpr SetOf() = default;
  constexpr SetOf(std::initializer_list<Enum> values) {
    for (const Enum value : values) add(value);
  }
  constexpr void add(Enum value) { bits_ |= bit(value); }
  [[nodiscard]] constexpr bool has(Enum value) const { return (bits_ & bit(value)) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  [[nodiscard]] constexpr bool within(SetOf other) const { return (bits_ & ~other.bits_) == 0; }
  [[nodiscard]] constexpr SetOf without(Enum value) const {
    SetOf out;
    out.bits_ = bits_ & ~bit(value);
    return out;
  }
  [[nodiscard]] constexpr SetOf both(SetOf other) const {
    SetOf out;
    out.bits_ = bits_ & other.bits_;
    return out;
  }
  friend constexpr bool operator==(const SetOf&, const SetOf&) = default;

 private:
  static constexpr std::uint32_t bit(Enum value) {
    return std::uint32_t{1} << static_cast<unsigned>(value);
  }
  std::uint32_t bits_ = 0;
};
using Relations = SetOf<Relation>;
using Duties = SetOf<Duty>;
// Those of the fix.
constexpr Duties kAllDuties = {Duty::TookPart, Duty::UnitTookPart, Duty::Fixer, Duty::Supporter,
                               Duty::Below};

// Whom a row admits before anything is looked at.
enum class Admits : std::uint8_t {
  Nobody,
  Anybody,
  Account,  // whoever has signed in
  Posts,    // whoever holds a post that the row names
};

struct PolicyRow {
  Title says;  // who, in words; English in api/openapi.yaml too
  About about = About::Nothing;
  Admits admits = Admits::Nobody;
  std::array<Relations, kRoleCount> who{};  // by role, over which relations; any one suffices
  bool program = false;        // the program itself, for whoever holds the ledger's folder
  bool by_flow = false;        // of these, whoever the kind's flow file names
  Duties never;                // who is kept from it all the same
  std::optional<Right> shows;  // what an answer shows of items is what this right covers

  [[nodiscard]] Relations over(Role role) const { return who[static_cast<std::size_t>(role)]; }
};

struct Policy {
  std::array<PolicyRow, kRightCount> rows{};
  SetOf<Role> exclusive;  // no account holds two of these

  [[nodiscard]] const PolicyRow& of(Right right) const {
    return rows[static_cast<std::size_t>(right)];
  }
  [[nodiscard]] PolicyRow& of(Right right) { return rows[static_cast<std::size_t>(right)]; }
};

// The relations that mean something for what a right is about.
Relations relations_about(About about);
// "recorder/recorder, supervisor/scope": whom a row names; "-" where it is nobody.
std::string who_text(const PolicyRow& row);

// Where a policy contradicts itself.
struct PolicyFault {
  std::string code;  // policy_relation_misplaced, policy_duty_misplaced, policy_list_beyond_read, …
  Right right;
  friend bool operator==(const PolicyFault&, const PolicyFault&) = default;
};
std::vector<PolicyFault> check(const Policy& policy);

}  // namespace tz::ledger
