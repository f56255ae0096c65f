// The words of flow files, and finding a flow's parts by their ids.
#include "ledger/flow.h"

#include <algorithm>
#include <array>

#include "ledger/enum_names.h"

namespace tz::ledger {
namespace {

// Each table has its enumerators' names in their order.
constexpr std::array<std::string_view, 42> kActs = {
    "move",        "assign",   "plan",    "report",      "review",        "check",     "return",
    "publicise",   "close",    "reopen",  "judge",       "merge",         "extend",    "revise",
    "question",    "abstract", "approve", "ask_opening", "agree_opening", "hand_out",  "prolong",
    "contribute",  "call_in",  "assess",  "split",       "add_source",    "link",      "look_back",
    "ask_closing", "recuse",   "commit",  "pay",         "repay",         "write_off", "ballot",
    "actuals",     "change",   "sign",    "revoke",      "list_affected", "draw",      "ask_drawn"};
constexpr std::array<std::string_view, 34> kGuards = {
    "measures_planned",     "criterion_set",     "measures_done",
    "evidence_attached",    "independent",       "checkers_min",
    "quantities_measured",  "notice_days_min",   "notice_working_days_min",
    "notice_over",          "fixed_needs_check", "criterion_met",
    "not_fixer_judges",     "abstract_reviewed", "reporter_judges",
    "five_assured",         "clock_runs",        "clock_over",
    "clock_open",           "other_than",        "parts_given",
    "parts_done",           "shares_closed",     "class_planned",
    "class_in_stages",      "class_fixed",       "lead_listed",
    "above_closing",        "deadline_runs",     "asked_in_time",
    "entered_for_reporter", "deadline_over",     "somebody_brought",
    "nobody_unsatisfied"};
constexpr std::array<std::string_view, 10> kRelations = {
    "scope",      "fixer",      "named",   "recorder", "own",
    "supporting", "lead_scope", "subtree", "mandate",  "any"};
constexpr std::array<std::string_view, 2> kAudiences = {"public", "scope"};

template <class Part>
std::optional<std::uint16_t> index_of(const std::vector<Part>& parts, std::string_view id) {
  for (std::size_t index = 0; index < parts.size(); ++index)
    if (parts[index].id == id) return static_cast<std::uint16_t>(index);
  return std::nullopt;
}

bool among(const std::vector<std::uint16_t>& indexes, std::uint16_t index) {
  return std::find(indexes.begin(), indexes.end(), index) != indexes.end();
}

using Inputs = std::vector<std::string_view>;

// What an act takes of its own, and what every act takes.
Inputs with_common_inputs(Inputs own) {
  own.insert(own.end(), {"evidence", "reason", "text"});
  return own;
}

}  // namespace

std::string_view to_text(Act act) { return name_in(kActs, act); }
std::optional<Act> act_named(std::string_view name) { return named_in<Act>(kActs, name); }

std::string_view to_text(GuardKind guard) { return name_in(kGuards, guard); }
std::optional<GuardKind> guard_named(std::string_view name) {
  return named_in<GuardKind>(kGuards, name);
}

std::string_view to_text(Relation relation) { return name_in(kRelations, relation); }
std::optional<Relation> relation_named(std::string_view name) {
  return named_in<Relation>(kRelations, name);
}

std::string_view to_text(TotalsAudience audience) { return name_in(kAudiences, audience); }
std::optional<TotalsAudience> totals_audience_named(std::string_view name) {
  return named_in<TotalsAudience>(kAudiences, name);
}

const std::vector<std::string_view>& inputs_of(Act act) {
  static const std::array<Inputs, kActs.size()> inputs = {
      with_common_inputs({}),
      with_common_inputs({"lead", "responsible", "supporting", "supervising", "accepting", "due",
                          "lead_official", "responsible_person", "undone_reason", "parts"}),
      with_common_inputs({"measures", "criterion", "quantities", "lead_official",
                          "responsible_person", "funds", "emergency_plan", "planned_fen"}),
      with_common_inputs({"measure", "done", "progress_pct"}),
      with_common_inputs({}),
      with_common_inputs({"checkers", "measured"}),
      with_common_inputs({}),
      with_common_inputs({"notice_last"}),
      with_common_inputs({"outcome", "ground"}),
      with_common_inputs({}),
      with_common_inputs({"solved", "satisfied", "why", "way"}),
      with_common_inputs({"into"}),
      with_common_inputs({"due", "undone_reason"}),
      with_common_inputs({"criterion", "quantities"}),
      {"text"},
      {"title", "text"},
      {},
      {"reason"},
      {},
      {},
      {"extension", "reason"},
      with_common_inputs({}),
      {"parts", "reason"},
      {"part", "good", "reason"},
      {"shares", "reason"},
      {"source", "upstream_no", "source_doc", "batch", "reason"},
      with_common_inputs({"outcome", "into"}),
      with_common_inputs({"found", "checkers"}),
      with_common_inputs({"measured"}),
      {"reason"},
      with_common_inputs({"amount", "due"}),
      with_common_inputs({}),
      with_common_inputs({"amount"}),
      with_common_inputs({}),
      {},
      with_common_inputs({"actuals", "milestones", "in_place_fen", "paid_fen", "source_doc"}),
      with_common_inputs({"quantities", "milestones", "planned_fen", "due", "undone_reason"}),
      with_common_inputs({}),
      with_common_inputs({}),
      {"affected", "asked", "digest", "text"},
      {"text"},
      {"drawn", "solved", "satisfied", "why", "way", "text"},
  };
  const auto index = static_cast<std::size_t>(act);
  TZ_ASSERT(index < inputs.size());
  return inputs[index];
}

const std::vector<std::string_view>& opening_inputs() {
  static const Inputs inputs = {
      "title",     "description", "source",   "upstream_no",  "source_doc",
      "batch",     "feedback",    "category", "nature",       "severity",
      "fix_class", "due",         "target",   "key_measures", "implementing",
      "accepting", "special",     "model",    "remark",       "fund",
      "amount",    "household",   "episode",  "scheme",       "split_from"};
  return inputs;
}

const Guard* Transition::guard(GuardKind wanted) const {
  for (const Guard& one : guards)
    if (one.kind == wanted) return &one;
  return nullptr;
}

const Guard* Transition::notice_guard() const {
  const Guard* working = guard(GuardKind::NoticeWorkingDaysMin);
  return working != nullptr ? working : guard(GuardKind::NoticeDaysMin);
}

bool Transition::leaves(std::uint16_t state) const {
  return std::find(from.begin(), from.end(), state) != from.end();
}

bool Transition::ends_with(std::uint16_t outcome) const {
  return outcomes.empty() || among(outcomes, outcome);
}

bool FlowClock::started_by(std::uint16_t transition) const { return among(starts, transition); }
bool FlowClock::stopped_by(std::uint16_t transition) const { return among(stops, transition); }
bool FlowClock::still_in(std::uint16_t state) const { return among(stands_still, state); }
bool FlowClock::holds_for(std::uint16_t source) const {
  return sources.empty() || among(sources, source);
}

std::optional<std::uint16_t> Flow::transition_index(std::string_view id) const {
  return index_of(transitions, id);
}

bool Flow::lends() const {
  return std::find(opening_required.begin(), opening_required.end(), "fund") !=
         opening_required.end();
}

bool of_loan(Act act) {
  return act == Act::Commit || act == Act::Pay || act == Act::Repay || act == Act::WriteOff;
}

bool Flow::resettles() const {
  return std::any_of(states.begin(), states.end(),
                     [](const FlowState& state) { return state.stage != HouseholdStage::None; });
}

bool names_step(GuardKind guard) {
  return guard == GuardKind::OtherThan || guard == GuardKind::AskedInTime;
}

bool Flow::asks_who_took(std::uint16_t transition) const {
  for (const Transition& one : transitions)
    for (const Guard& guard : one.guards)
      if (names_step(guard.kind) && guard.number == transition) return true;
  return false;
}

bool Flow::counts_results() const {
  return std::any_of(transitions.begin(), transitions.end(),
                     [](const Transition& one) { return one.act == Act::Actuals; });
}

bool Flow::fixes() const {
  return std::any_of(outcomes.begin(), outcomes.end(),
                     [](const FlowOutcome& one) { return one.fixed; });
}

bool Flow::asks_at_deadline() const {
  return std::any_of(transitions.begin(), transitions.end(), [](const Transition& one) {
    return one.guard(GuardKind::DeadlineOver) != nullptr;
  });
}

bool Flow::asks_for_time(std::uint16_t transition) const {
  return std::any_of(transitions.begin(), transitions.end(), [&](const Transition& one) {
    const Guard* asked = one.guard(GuardKind::AskedInTime);
    return asked != nullptr && asked->number == transition;
  });
}

const std::vector<FlowStep>& Flow::part_steps() const {
  return deadlines.empty() ? steps : clocks[deadlines.front()].steps;
}

bool Flow::gives_deadline(std::uint16_t clock) const {
  return std::find(deadlines.begin(), deadlines.end(), clock) != deadlines.end();
}

std::optional<std::uint16_t> Flow::clock(std::string_view id) const { return index_of(clocks, id); }

const Transition* Flow::transition(std::string_view id) const {
  const auto index = index_of(transitions, id);
  return index ? &transitions[*index] : nullptr;
}

std::optional<std::uint16_t> Flow::outcome(std::string_view id) const {
  return index_of(outcomes, id);
}

std::optional<std::uint16_t> Flow::state(std::string_view id) const { return index_of(states, id); }

std::optional<std::uint16_t> Flow::source(std::string_view id) const {
  const auto found = std::find(sources.begin(), sources.end(), id);
  if (found == sources.end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - sources.begin());
}

bool Flow::finds(std::string_view id) const {
  const auto index = source(id);
  return index && among(findings.sources, *index);
}

}  // namespace tz::ledger
