// A flow: the states and transitions of one kind of item, as data that was checked when adopted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "calendar/deadline.h"
#include "ledger/phase.h"

namespace tz::ledger {

// The same text in both languages of the product.
struct Title {
  std::string zh;
  std::string en;
};

// What a transition does besides moving the item: which event it records and which inputs it
// takes (ledger/action.h). The fixed vocabulary of flow files.
enum class Act : std::uint8_t {
  Move,       // nothing else; takes a reason
  Assign,     // lead, responsible, supporting, supervising, accepting, due
  Plan,       // measures, in place of those not done; criterion and quantities if none stands
  Report,     // progress on a measure, with evidence
  Review,     // a verification on paper
  Check,      // a verification on site, by two, with measured quantities
  Return,     // back to work with a reason
  Publicise,  // a public notice until a day
  Close,      // a typed outcome
  Reopen,     // under the same number, with a reason
  Judge,      // the reporter's verdict
  Merge,      // into another item
  Extend,     // a later deadline, with a reason
  Revise,     // another criterion, with a reason; the one before stays visible
  // Of what a reporter sent (docs/events.md); only these concern him.
  Question,      // asks him something
  Abstract,      // a title and a text without what gives him away: a draft
  Approve,       // another person's yes to the draft; it is what others than the receiver see
  AskOpening,    // to have his sealed identity opened, with a reason
  AgreeOpening,  // a second person's yes to that
  HandOut,       // the sealed envelopes, to the two who asked for it and agreed
  Prolong,       // a clock ends later, with a reason
  // Several units, several sources, several looks at one matter.
  Contribute,  // a supporting unit's part is done
  CallIn,      // the unit that leads calls others in, each with its part and date (吹哨报到)
  Assess,      // of a part that was called for: how the other side did
  Split,       // each unit's share of it becomes an item of its own
  AddSource,   // another source names the same matter
  Link,        // closed by what was done about the same matter elsewhere
  LookBack,    // a later check of a closing, by two; a rebound reopens it
  AskClosing,  // the fix is done, as those who did it say, with what they measured
  Recuse,      // whoever would judge the item says that he is too close to it
  // Of a loan of a revolving fund (docs/fund.md).
  Commit,    // so much of the fund is promised to it, to be repaid by a day
  Pay,       // what was promised is paid
  Repay,     // so much of the principal came back
  WriteOff,  // what is still out never will
  // Of what is chosen, carried out and counted (docs/projects.md).
  Ballot,   // one vote on many candidates; taken by a ballot alone (ledger/ballot.h)
  Actuals,  // what its indicators stand at, milestones reached, money; each with its source
  Change,   // of targets, milestones, money or the deadline, by somebody with no part in the fix
  // Of households that move (ledger/household.h).
  Sign,    // the agreement, within the term
  Revoke,  // it is taken back before it holds
  // Where a closing concerns many (ledger/lot.h).
  ListAffected,  // how many it concerns, and how many of them are to be asked
  Draw,          // whom: by what nobody could know when they were listed
  AskDrawn,      // what one of those says, or that he was tried and gave no answer
};
std::string_view to_text(Act act);
std::optional<Act> act_named(std::string_view name);
// The inputs a transition with that act can ask for, and those of opening an item.
const std::vector<std::string_view>& inputs_of(Act act);
const std::vector<std::string_view>& opening_inputs();

// Conditions on a transition. `number` is the parameter where one is needed.
enum class GuardKind : std::uint8_t {
  MeasuresPlanned,       // at least `number` measures, of a plan: in this plan
  CriterionSet,          // the success criterion stands, before any work
  MeasuresDone,          // every measure that no newer plan ended is reported done
  EvidenceAttached,      // at least `number` pieces of evidence since the work began (again)
  Independent,           // the actor, and every checker named, is independent of the fix
  CheckersMin,           // at least `number` different persons check
  QuantitiesMeasured,    // every quantity of the criterion is measured
  NoticeDaysMin,         // the notice runs at least `number` natural days
  NoticeWorkingDaysMin,  // or working days
  NoticeOver,            // its last day has passed
  FixedNeedsCheck,       // outcome "fixed" only after a passed review and a passed check this round
  CriterionMet,          // outcome "fixed" only if measured quantities reach the criterion
  NotFixerJudges,        // who enters the verdict had no part in the fix
  AbstractReviewed,  // of what a reporter sent, an abstract stands that a second person approved
  ReporterJudges,    // where a reporter holds a query code, the verdict is his own
  FiveAssured,       // of a major one, a plan names who answers, measures, dates, money, emergency
  ClockRuns,         // the clock of index `number` has not ended; also where it never started
  ClockOver,         // it has ended; also where it never started
  ClockOpen,         // it has started, and nothing has stopped it
  OtherThan,      // nobody who took the transition of index `number` in this round takes this one
  PartsGiven,     // every supporting unit has its own part with its own date
  PartsDone,      // every part is reported done
  SharesClosed,   // every share that a unit was given is closed
  ClassPlanned,   // in phases: two milestones at least, on different days
  ClassInStages,  // only of one that is fixed in phases or for the long term
  ClassFixed,     // outcome "fixed" never of one that is fixed in phases or for the long term
  LeadListed,     // a community leads only what the list of its division lets it lead
  AboveClosing,   // by a unit above the one that gave the last closing
  DeadlineRuns,   // the deadline is not over
  AskedInTime,    // or the transition of index `number` was taken before it was
  EnteredForReporter,  // written down for a reporter who holds a query code, whose own word wins
  DeadlineOver,        // the deadline is over
  SomebodyBrought,     // it came from a source of which somebody brought it, who can be asked
  NobodyUnsatisfied,   // the newest verdict is not that somebody was not satisfied
};
std::string_view to_text(GuardKind guard);
std::optional<GuardKind> guard_named(std::string_view name);

// Whether its number is the index of a transition.
bool names_step(GuardKind guard);

struct Guard {
  GuardKind kind = GuardKind::Independent;
  std::int64_t number = 0;
  friend bool operator==(const Guard&, const Guard&) = default;
};

// How the actor's post must stand to the item, or to the unit that something is about. Flow files
// know the first five; the policy file (ledger/policy.h) all.
enum class Relation : std::uint8_t {
  Scope,       // the item's place lies in the subtree of the post's unit, by place or line
  Fixer,       // the post's unit leads or is responsible
  Named,       // the post's unit is the item's accepting or supervising unit
  Recorder,    // the same person listed it
  Own,         // the post's unit received it: it lies there, or an identity is sealed to it
  Supporting,  // the post's unit supports the fix
  LeadScope,   // the unit that leads lies in the subtree of the post's unit, by place or line
  Subtree,     // the place, or the unit, lies in the subtree of the post's unit by place alone
  Mandate,     // within the mandate of a work group of which the post is (ledger/mandate.h)
  Any,         // wherever the post is
};
std::string_view to_text(Relation relation);
std::optional<Relation> relation_named(std::string_view name);

struct Who {
  Role role = Role::Supervisor;
  Relation relation = Relation::Scope;
  friend bool operator==(const Who&, const Who&) = default;
};

struct FlowState {
  std::string id;
  Title title;
  Phase phase = Phase::Listed;
  HouseholdStage stage = HouseholdStage::None;  // of a flow of households: of each open state
};

struct Transition {
  std::string id;  // the {command} of the API
  Title title;
  std::vector<std::uint16_t> from;  // indices into states
  std::uint16_t to = 0;
  bool stays = false;  // the item keeps the state it is in; `to` is then of no meaning
  // Judge and LookBack: reopened when not solved, or when the closing does not hold. Ballot: where
  // those go who were not chosen.
  std::optional<std::uint16_t> to_if_unsatisfied;
  Act act = Act::Move;
  std::vector<Who> who;                // any one suffices
  std::vector<Guard> guards;           // all must hold
  std::vector<std::string> required;   // input fields that must be given (ledger/action.h names)
  std::optional<std::uint16_t> clock;  // Prolong only: which
  // Close and Link only: with which outcomes (indices); none: with all.
  std::vector<std::uint16_t> outcomes;
  // Why it asks for what it asks; needed where evidence is (DESIGN.md section 6).
  std::optional<Title> note;

  // The state an item in `state` is in afterwards; of a Judge, when the reporter is content.
  [[nodiscard]] std::uint16_t target(std::uint16_t state) const { return stays ? state : to; }
  [[nodiscard]] const Guard* guard(GuardKind wanted) const;   // null pointer if it has none
  [[nodiscard]] const Guard* notice_guard() const;            // the one that says how long it runs
  [[nodiscard]] bool leaves(std::uint16_t state) const;       // whether `state` stands in `from`
  [[nodiscard]] bool ends_with(std::uint16_t outcome) const;  // Close and Link
};

// What the clock itself does when a limit nears its end or is over.
struct FlowStep {
  ClockStep step = ClockStep::Remind;
  enum class When : std::uint8_t { Before, AtEnd, After };
  When when = When::AtEnd;
  calendar::Length by;  // how long before or after
};

// A time limit within which something is to be done (docs/flows.md).
struct FlowClock {
  std::string id;
  Title title;
  std::string rule;                        // a name in the limits; empty where the length is given
  std::optional<calendar::Length> length;  // where no rule is named
  bool from_opening = false;               // it starts when the item is listed
  // It starts when the item is listed, from the day on which its source gave its findings back.
  bool from_feedback = false;
  std::vector<std::uint16_t> sources;       // only of items from these; none: of all
  std::vector<std::uint16_t> starts;        // or by these transitions, anew each time
  std::vector<std::uint16_t> stops;         // these stop it, and so does whatever ends the item
  std::vector<std::uint16_t> stands_still;  // states in which it does not run
  std::vector<Who> owner;                   // who has to see to it
  std::vector<FlowStep> steps;              // in their order; may be none

  [[nodiscard]] bool started_by(std::uint16_t transition) const;
  [[nodiscard]] bool stopped_by(std::uint16_t transition) const;
  [[nodiscard]] bool still_in(std::uint16_t state) const;
  [[nodiscard]] bool holds_for(std::uint16_t source) const;
};

// What inspections find: which sources those are, and what comes with each of their findings.
struct FlowFindings {
  std::vector<std::uint16_t> sources;  // indices into the flow's
  std::vector<std::string> required;   // fields of OpenItem, beside those of every item
};

// From when on an item is behind (domain rules 5). Of a kind, and of the version it lives under.
struct LightRules {
  std::int32_t near_working_days = 3;  // before a limit, or
  std::int32_t near_fraction = 5;      // its last part of so many
  std::int32_t behind_points = 10;     // percentage points less done than planned by now
  std::int32_t far_behind_points = 30;
  std::int32_t returned = 2;  // how often, to be grave
  friend bool operator==(const LightRules&, const LightRules&) = default;
};

struct FlowOutcome {
  std::string id;
  Title title;
  bool fixed = false;
  bool excluded = false;  // out of the reckoning: rates are told with it and without
  bool stage = false;     // a stage or a part is done: a number of its own, never counted as done
  bool unmet = false;     // what was demanded cannot be met, as an independent reviewer finds
};

// Who may see a kind's totals (DESIGN.md 3.5).
enum class TotalsAudience : std::uint8_t { Public, Scope };
std::string_view to_text(TotalsAudience audience);
std::optional<TotalsAudience> totals_audience_named(std::string_view name);

struct Flow {
  std::string kind;  // "problem"
  std::int64_t version = 1;
  Title title;
  TotalsAudience totals = TotalsAudience::Public;
  bool reports = false;           // whether anybody may send one in, without an account
  std::vector<FlowState> states;  // the first is the initial one
  std::vector<Transition> transitions;
  std::vector<FlowOutcome> outcomes;
  std::vector<FlowClock> clocks;  // may be none
  std::vector<FlowStep> steps;    // of an item's own deadline, as those of a clock
  // The clocks that give an item its deadline, each from its start on. By hand it can only be made
  // earlier. None: it is given by hand.
  std::vector<std::uint16_t> deadlines;
  LightRules lights;
  // Within which clock the reporter is to be contacted first: the response rate.
  std::optional<std::uint16_t> response;
  std::vector<Who> opened_by;
  std::vector<std::string> opening_required;  // fields of OpenItem that must be given
  std::vector<std::string> sources;           // allowed source codes
  std::vector<Title> source_titles;           // of each, in the same order
  FlowFindings findings;                      // may be empty
  std::vector<std::uint16_t> brought;         // sources of which somebody brought it; may be none
  std::vector<std::string> categories;        // allowed category codes; may be none
  std::vector<Title> category_titles;         // of each, in the same order

  [[nodiscard]] const Transition* transition(std::string_view id) const;
  [[nodiscard]] std::optional<std::uint16_t> transition_index(std::string_view id) const;
  [[nodiscard]] std::optional<std::uint16_t> clock(std::string_view id) const;
  [[nodiscard]] std::optional<std::uint16_t> outcome(std::string_view id) const;
  [[nodiscard]] std::optional<std::uint16_t> state(std::string_view id) const;
  [[nodiscard]] std::optional<std::uint16_t> source(std::string_view id) const;
  // Whether its items are households that move, each within a resettlement scheme.
  [[nodiscard]] bool resettles() const;
  // Whether what comes from there is a finding of an inspection.
  [[nodiscard]] bool finds(std::string_view source) const;
  // Whether some outcome says "fixed", so that there is something to verify.
  [[nodiscard]] bool fixes() const;
  // Whether somebody is asked once the deadline is over, closed or not.
  [[nodiscard]] bool asks_at_deadline() const;
  // Whether an extension waits for that transition: it asks for more time.
  [[nodiscard]] bool asks_for_time(std::uint16_t transition) const;
  // What happens by itself as the date of a supporting unit's part nears and passes: the same as
  // with a deadline, whatever gives it.
  [[nodiscard]] const std::vector<FlowStep>& part_steps() const;
  // Whether that clock gives an item its deadline.
  [[nodiscard]] bool gives_deadline(std::uint16_t clock) const;
  // Whether how far an item is follows from what was counted, and is never typed.
  [[nodiscard]] bool counts_results() const;
  // Whether some guard wants others than who took this one.
  [[nodiscard]] bool asks_who_took(std::uint16_t transition) const;
  // Whether each item of the kind asks for a loan of a fund.
  [[nodiscard]] bool lends() const;
};
// Whether only an item of a kind that lends can take it.
bool of_loan(Act act);

// States, transitions, outcomes, clocks, sources, categories.
constexpr std::size_t kFlowPartsMax = 200;

// Where a flow contradicts itself: `at` is the id of the state, transition, outcome, source or
// category it concerns, or the kind when it concerns the whole.
struct FlowFault {
  std::string code;  // flow_state_unreachable, flow_state_dead_end, flow_fixed_unverified, ...
  std::string at;
  friend bool operator==(const FlowFault&, const FlowFault&) = default;
};
// Every contradiction, none twice; empty when the flow is sound. Takes any flow, damaged ones too.
std::vector<FlowFault> check(const Flow& flow);

}  // namespace tz::ledger
