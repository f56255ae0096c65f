// Whether a flow keeps its promises: every item can end, and none ends as fixed unverified.
#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "ledger/flow.h"
#include "ledger/guard_rules.h"
#include "ledger/household_flow.h"
#include "ledger/thresholds.h"

namespace tz::ledger {
namespace {

// Commands of every item that are not transitions, so no transition may bear their names.
constexpr std::array<std::string_view, 4> kReserved = {"code", "correct", "redact", "reporter"};

using States = std::vector<bool>;
using Passes = std::function<bool(const Transition&)>;

class Checking {
 public:
  explicit Checking(const Flow& flow) : flow_(flow) {}

  std::vector<FlowFault> run() {
    whole();
    if (!faults_.empty()) return std::move(faults_);
    names();
    for (const Transition& transition : flow_.transitions) states(transition);
    for (const Transition& transition : flow_.transitions) one(transition);
    for (const FlowClock& clock : flow_.clocks) one(clock);
    reports();
    loans();
    outcomes();
    if (flow_.response && *flow_.response >= flow_.clocks.size())
      add("flow_clock_unknown", flow_.kind);
    deadline();
    phases();
    for (FlowFault& fault : household_faults(flow_))
      add(std::move(fault.code), std::move(fault.at));
    if (!broken_) paths();
    return std::move(faults_);
  }

 private:
  void add(std::string code, std::string at) {
    FlowFault fault{std::move(code), std::move(at)};
    if (std::find(faults_.begin(), faults_.end(), fault) == faults_.end())
      faults_.push_back(std::move(fault));
  }

  // What a limit gives is not asked of anybody, and has the steps of that limit.
  void deadline() {
    steps_once(flow_.steps, flow_.kind);
    if (flow_.deadlines.empty()) return;
    for (const std::uint16_t clock : flow_.deadlines)
      if (clock >= flow_.clocks.size()) return add("flow_clock_unknown", flow_.kind);
    if (!flow_.steps.empty()) add("flow_fact_twice", flow_.kind);
    for (const Transition& t : flow_.transitions)
      if (t.act == Act::Assign && asks(t, "due")) add("flow_fact_twice", t.id);
  }
  [[nodiscard]] static bool asks(const Transition& t, std::string_view fact) {
    return std::find(t.required.begin(), t.required.end(), fact) != t.required.end();
  }

  // Whether it is solved is for whoever sent it to say, and it is about a person.
  void reports() {
    if (!flow_.reports) return;
    if (flow_.totals == TotalsAudience::Public) add("flow_report_unprotected", flow_.kind);
    for (const FlowOutcome& outcome : flow_.outcomes)
      if (outcome.fixed) add("flow_report_unprotected", outcome.id);
  }

  // A loan is about a household: it is on no notice board, and neither merged, shared nor begun
  // again. Its money is promised, paid and got back.
  void loans() {
    for (const Transition& t : flow_.transitions)
      if (of_loan(t.act) && !flow_.lends()) add("flow_loan_without_fund", t.id);
    if (!flow_.lends()) return;
    if (flow_.totals == TotalsAudience::Public || flow_.reports)
      add("flow_loan_unprotected", flow_.kind);
    for (const char* field : {"amount", "household", "episode"})
      if (std::find(flow_.opening_required.begin(), flow_.opening_required.end(), field) ==
          flow_.opening_required.end())
        add("flow_loan_incomplete", flow_.kind);
    for (const Act act : {Act::Review, Act::Commit, Act::Pay, Act::Repay})
      if (!has(act)) add("flow_loan_incomplete", flow_.kind);
    for (const Transition& t : flow_.transitions) {
      if (t.act == Act::Publicise) add("flow_loan_unprotected", t.id);
      if (t.act == Act::Merge || t.act == Act::Link || t.act == Act::Split ||
          t.act == Act::Reopen || t.act == Act::LookBack || t.act == Act::Judge)
        add("flow_loan_begins_again", t.id);
    }
  }

  // What is out of the reckoning, or only a stage, is not fixed as well.
  void outcomes() {
    for (const FlowOutcome& outcome : flow_.outcomes)
      if (outcome.fixed + outcome.excluded + outcome.stage + outcome.unmet > 1)
        add("flow_outcome_contradicts", outcome.id);
  }

  void whole() {
    if (flow_.states.empty() || flow_.transitions.empty() || flow_.sources.empty())
      return add("flow_empty", flow_.kind);
    if (std::max({flow_.states.size(), flow_.transitions.size(), flow_.outcomes.size(),
                  flow_.sources.size(), flow_.categories.size(), flow_.clocks.size()}) >
        kFlowPartsMax)
      add("flow_too_large", flow_.kind);
  }

  template <class Parts, class IdOf>
  void twice(const Parts& parts, const char* code, IdOf id_of) {
    std::set<std::string> seen;
    for (const auto& part : parts)
      if (!seen.insert(id_of(part)).second) add(code, id_of(part));
  }

  void names() {
    const auto id = [](const auto& part) { return part.id; };
    twice(flow_.states, "flow_state_duplicate", id);
    twice(flow_.transitions, "flow_transition_duplicate", id);
    twice(flow_.outcomes, "flow_outcome_duplicate", id);
    twice(flow_.clocks, "flow_clock_duplicate", id);
    twice(flow_.sources, "flow_source_duplicate", [](const std::string& one) { return one; });
    twice(flow_.categories, "flow_category_duplicate", [](const std::string& one) { return one; });
    if (flow_.opened_by.empty()) add("flow_transition_unowned", "opened_by");
    sources(flow_.findings.sources, flow_.kind);
    sources(flow_.brought, flow_.kind);
  }

  [[nodiscard]] bool known(std::uint16_t state) const { return state < flow_.states.size(); }
  [[nodiscard]] Phase phase(std::uint16_t state) const { return flow_.states[state].phase; }

  // All of them before the guards, which follow every transition from state to state.
  void states(const Transition& t) {
    bool sound =
        !t.from.empty() && known(t.to) && (!t.to_if_unsatisfied || known(*t.to_if_unsatisfied));
    for (std::uint16_t state : t.from) sound = sound && known(state);
    if (!sound) {
      broken_ = true;
      add("flow_state_unknown", t.id);
    }
  }

  void one(const Transition& t) {
    if (std::find(kReserved.begin(), kReserved.end(), t.id) != kReserved.end())
      add("flow_transition_reserved", t.id);
    if (t.who.empty()) add("flow_transition_unowned", t.id);
    guards(t);
    needs(t);
    protects(t);
  }

  // What is done about a limit is known by its word.
  void steps_once(const std::vector<FlowStep>& steps, const std::string& at) {
    std::set<ClockStep> words;
    for (const FlowStep& step : steps)
      if (!words.insert(step.step).second) add("flow_step_twice", at);
  }

  // A limit without anybody whose it is holds nobody to anything.
  void one(const FlowClock& clock) {
    if (clock.owner.empty()) add("flow_clock_unowned", clock.id);
    if (names_no_clock(clock.id)) add("flow_clock_name", clock.id);
    steps_once(clock.steps, clock.id);
    if (!clock.from_opening && !clock.from_feedback && clock.starts.empty())
      add("flow_clock_never_starts", clock.id);
    if (clock.length.has_value() == !clock.rule.empty()) add("flow_clock_unlimited", clock.id);
    bool sound = true;
    for (const auto* turns : {&clock.starts, &clock.stops})
      for (const std::uint16_t index : *turns) sound = sound && index < flow_.transitions.size();
    for (const std::uint16_t state : clock.stands_still) sound = sound && known(state);
    sources(clock.sources, clock.id);
    if (sound) return;
    broken_ = true;
    add("flow_clock_unknown", clock.id);
  }

  void sources(const std::vector<std::uint16_t>& named, const std::string& by) {
    for (const std::uint16_t source : named)
      if (source >= flow_.sources.size()) add("flow_source_unknown", by);
  }

  [[nodiscard]] bool has(Act act) const {
    return std::any_of(flow_.transitions.begin(), flow_.transitions.end(),
                       [&](const Transition& one) { return one.act == act; });
  }

  // The act without which a guard can never hold; none: it always can.
  static std::optional<Act> act_before(GuardKind guard) {
    switch (guard) {
      case GuardKind::MeasuresPlanned:
      case GuardKind::CriterionSet:
        return Act::Plan;
      case GuardKind::NoticeOver:
        return Act::Publicise;
      case GuardKind::AbstractReviewed:
        return Act::Approve;
      case GuardKind::SharesClosed:
        return Act::Split;
      case GuardKind::AboveClosing:
        return Act::Close;
      default:
        return std::nullopt;
    }
  }

  void guards(const Transition& t) {
    std::set<GuardKind> seen;
    std::set<std::int64_t> clocks;
    std::set<std::int64_t> others;
    for (const Guard& guard : t.guards) {
      const bool of_step = names_step(guard.kind);
      const bool first = of_clock(guard.kind) ? clocks.insert(guard.number).second
                         : of_step            ? others.insert(guard.number).second
                                              : seen.insert(guard.kind).second;
      if (!first) add("flow_guard_duplicate", t.id);
      if (of_clock(guard.kind) && static_cast<std::size_t>(guard.number) >= flow_.clocks.size())
        add("flow_clock_unknown", t.id);
      if (of_step && static_cast<std::size_t>(guard.number) >= flow_.transitions.size())
        add("flow_guard_never", t.id);
      const auto before = act_before(guard.kind);
      if (before && t.act != *before && !comes_first(*before, t)) add("flow_guard_never", t.id);
      if (guard.kind == GuardKind::SomebodyBrought && flow_.brought.empty())
        add("flow_guard_never", t.id);
      const auto rule = std::find_if(kGuardRules.begin(), kGuardRules.end(),
                                     [&](const GuardRule& r) { return r.kind == guard.kind; });
      TZ_ASSERT(rule != kGuardRules.end());
      if (guard.number < rule->number_min || guard.number > rule->number_max)
        add("flow_guard_number", t.id);
      if (rule->act && rule->act != t.act && rule->or_act != t.act)
        add("flow_guard_misplaced", t.id);
    }
  }

  // Whether some step of that act can be taken, and `t` after it, before `t` was ever taken.
  [[nodiscard]] bool comes_first(Act act, const Transition& t) const {
    if (broken_) return has(act);
    const auto others = [&](const Transition& one) { return &one != &t; };
    const States before = spread(initial(), others);
    States after(flow_.states.size(), false);
    for (const Transition& one : flow_.transitions)
      for (const std::uint16_t from : one.from)
        if (one.act == act && before[from]) after[one.target(from)] = true;
    return starts_within(t, spread(std::move(after), others));
  }

  static bool of_clock(GuardKind guard) {
    return guard == GuardKind::ClockRuns || guard == GuardKind::ClockOver ||
           guard == GuardKind::ClockOpen;
  }
  // Whether `t` may end an item with an outcome of which `is` holds.
  template <class Is>
  [[nodiscard]] bool may_end(const Transition& t, const Is& is) const {
    if (t.act != Act::Close && t.act != Act::Link) return false;
    for (std::size_t i = 0; i < flow_.outcomes.size(); ++i)
      if (is(flow_.outcomes[i]) && t.ends_with(static_cast<std::uint16_t>(i))) return true;
    return false;
  }
  [[nodiscard]] bool fixes(const Transition& t) const {
    return may_end(t, [](const FlowOutcome& each) { return each.fixed; });
  }
  [[nodiscard]] bool excludes(const Transition& t) const {
    return may_end(t, [](const FlowOutcome& each) { return each.excluded || each.unmet; });
  }

  void needs(const Transition& t) {
    if (excludes(t) && t.guard(GuardKind::Independent) == nullptr)
      add("flow_excluded_unreviewed", t.id);
    for (const ActRule& rule : kActRules)
      if (rule.act == t.act && t.guard(rule.guard) == nullptr) add("flow_act_needs", t.id);
    if (t.act == Act::Publicise && t.notice_guard() == nullptr) add("flow_act_needs", t.id);
    if (t.guard(GuardKind::NoticeDaysMin) != nullptr &&
        t.guard(GuardKind::NoticeWorkingDaysMin) != nullptr)
      add("flow_fact_twice", t.id);
    const bool parts_ways = t.act == Act::Judge || t.act == Act::LookBack || t.act == Act::Ballot ||
                            t.act == Act::AskDrawn;
    if (parts_ways != t.to_if_unsatisfied.has_value()) add("flow_act_needs", t.id);
    const bool closes = t.act == Act::Close || t.act == Act::Link;
    if (closes && flow_.outcomes.empty()) add("flow_act_needs", t.id);
    if (!closes && !t.outcomes.empty()) add("flow_act_needs", t.id);
    for (const std::uint16_t outcome : t.outcomes)
      if (outcome >= flow_.outcomes.size()) add("flow_outcome_unknown", t.id);
    // What was shared out ends only when every share has.
    if (t.act == Act::Close && has(Act::Split) && t.guard(GuardKind::SharesClosed) == nullptr)
      add("flow_act_needs", t.id);
    if ((t.act == Act::Prolong) != t.clock.has_value()) add("flow_act_needs", t.id);
    const bool only_stays = t.act == Act::Recuse || t.act == Act::Change ||
                            t.act == Act::ListAffected || t.act == Act::Draw;
    if (only_stays && !t.stays) add("flow_act_needs", t.id);
    counts(t);
    if (t.clock && *t.clock >= flow_.clocks.size()) add("flow_clock_unknown", t.id);
    const bool asks_for_evidence =
        t.guard(GuardKind::EvidenceAttached) != nullptr ||
        std::find(t.required.begin(), t.required.end(), "evidence") != t.required.end();
    if (asks_for_evidence && !t.note) add("flow_evidence_unexplained", t.id);
  }

  // What is counted is never typed as well, and nobody changes by another way what he is measured
  // by.
  void counts(const Transition& t) {
    const bool counted = has(Act::Actuals);
    if (t.act == Act::Change && !counted) add("flow_act_needs", t.id);
    const bool beside = t.act == Act::Report || t.act == Act::Revise || t.act == Act::Extend;
    if (counted && beside) add("flow_results_typed", t.id);
    if (t.act == Act::Actuals && !has(Act::Change)) add("flow_act_needs", t.id);
    if (t.act == Act::Actuals && !comes_first(Act::Plan, t)) add("flow_guard_never", t.id);
  }

  [[nodiscard]] bool judged_in(std::uint16_t state) const {
    const auto& all = flow_.transitions;
    return std::any_of(all.begin(), all.end(),
                       [&](const Transition& t) { return t.act == Act::Judge && t.leaves(state); });
  }

  // What a reporter sent goes nowhere but as an abstract, and nobody speaks for him; whose is dealt
  // with in another's judges what came of it.
  void protects(const Transition& t) {
    if (!flow_.reports) return;
    const bool open = (t.act == Act::Assign && t.guard(GuardKind::AbstractReviewed) == nullptr) ||
                      (t.act == Act::Judge && t.guard(GuardKind::ReporterJudges) == nullptr &&
                       t.guard(GuardKind::EnteredForReporter) == nullptr) ||
                      (t.act == Act::Merge && !judged_in(t.to));
    if (open) add("flow_report_unprotected", t.id);
  }

  void phases() {
    if (phase(0) != Phase::Listed) add("flow_initial_phase", flow_.states.front().id);
    if (broken_) return;
    for (const Transition& t : flow_.transitions) {
      bool right = true;
      for (std::uint16_t from : t.from) right = right && phases_right(t, from);
      if (!right) add("flow_phase_wrong", t.id);
    }
  }

  // Whether the act of `t` may lead an item from `from` to where it does. What is closed can only
  // be judged or reopened, and what was dropped stays so; but whose request was merged judges what
  // came of it, and goes on alone if he is not satisfied.
  [[nodiscard]] bool phases_right(const Transition& t, std::uint16_t from) const {
    const Phase before = phase(from);
    const Phase after = phase(t.target(from));
    // Whoever stands aside moves nothing; a closing may still be reviewed or looked at again.
    if (t.act == Act::Recuse) return before != Phase::Dropped;
    if (before == Phase::Dropped)
      return t.act == Act::Judge && merged(from) && t.target(from) == from &&
             (!t.to_if_unsatisfied || goes_on(phase(*t.to_if_unsatisfied)));
    const bool of_closed = t.act == Act::Reopen || t.act == Act::LookBack;
    if (of_closed && before != Phase::Closed) return false;
    // Those whom it concerns are listed where it stands, or once its limit is over; whoever was
    // listed can be drawn whatever becomes of it.
    if (t.act == Act::ListAffected) return before == Phase::Closed || waits_for_limit(t);
    if (t.act == Act::Draw) return true;
    // What is closed is put away, looked at again, judged or reopened.
    if (before == Phase::Closed && !of_closed && t.act != Act::Judge && t.act != Act::AskDrawn)
      return t.act == Act::Move && after == Phase::Closed;
    switch (t.act) {
      case Act::Close:
      case Act::Link:
        return after == Phase::Closed;
      case Act::Judge:
      case Act::AskDrawn:
      case Act::LookBack:
        // A limit that is over is reason enough to ask, closed or not.
        return (after == Phase::Closed) == (before == Phase::Closed) && after != Phase::Dropped &&
               (!t.to_if_unsatisfied || goes_on(phase(*t.to_if_unsatisfied)));
      case Act::Reopen:
        return goes_on(after);
      case Act::Ballot:
        return goes_on(after) && !goes_on_if_not(t);
      case Act::Merge:
        return after == Phase::Dropped;
      case Act::Publicise:
        return after == Phase::Notice;
      case Act::Move:
        return after != Phase::Closed;
      default:
        return goes_on(after);
    }
  }
  [[nodiscard]] static bool waits_for_limit(const Transition& t) {
    return t.guard(GuardKind::DeadlineOver) != nullptr || t.guard(GuardKind::ClockOver) != nullptr;
  }
  // Who was not chosen leaves the list.
  [[nodiscard]] bool goes_on_if_not(const Transition& t) const {
    return !t.to_if_unsatisfied || phase(*t.to_if_unsatisfied) != Phase::Dropped;
  }
  [[nodiscard]] bool merged(std::uint16_t state) const {
    const auto& all = flow_.transitions;
    return std::any_of(all.begin(), all.end(),
                       [&](const Transition& t) { return t.act == Act::Merge && t.to == state; });
  }
  [[nodiscard]] static bool goes_on(Phase phase) {
    return phase != Phase::Closed && phase != Phase::Dropped;
  }

  // The states that can be reached from `reached` by transitions that pass.
  [[nodiscard]] States spread(States reached, const Passes& passes) const {
    for (bool grew = true; grew;) {
      grew = false;
      const auto reach = [&](std::uint16_t state) {
        if (reached[state]) return;
        reached[state] = true;
        grew = true;
      };
      for (const Transition& t : flow_.transitions) {
        if (!passes(t)) continue;
        for (std::uint16_t from : t.from) {
          if (!reached[from]) continue;
          reach(t.target(from));
          if (t.to_if_unsatisfied) reach(*t.to_if_unsatisfied);
        }
      }
    }
    return reached;
  }
  [[nodiscard]] States initial() const {
    States states(flow_.states.size(), false);
    states[0] = true;
    return states;
  }
  [[nodiscard]] static bool starts_within(const Transition& t, const States& states) {
    return std::any_of(t.from.begin(), t.from.end(),
                       [&](std::uint16_t state) { return states[state]; });
  }

  void paths() {
    const States reached = spread(initial(), [](const Transition&) { return true; });
    const States ends = ending();
    for (std::size_t state = 0; state < flow_.states.size(); ++state) {
      if (!reached[state]) add("flow_state_unreachable", flow_.states[state].id);
      if (!ends[state]) add("flow_state_dead_end", flow_.states[state].id);
    }
    fixed_is_verified();
    criterion_in_time();
    plan_has_owner();
    clocks_in_time();
    facts_once();
  }

  // A guard on a clock needs a step before it that starts the clock.
  void clocks_in_time() {
    for (std::size_t index = 0; index < flow_.clocks.size(); ++index) {
      const FlowClock& clock = flow_.clocks[index];
      States after(flow_.states.size(), false);
      if (clock.from_opening || clock.from_feedback) after = initial();
      for (const std::uint16_t by : clock.starts)
        for (const std::uint16_t from : flow_.transitions[by].from)
          after[flow_.transitions[by].target(from)] = true;
      after = spread(std::move(after), [](const Transition&) { return true; });
      for (const Transition& t : flow_.transitions)
        for (const Guard& guard : t.guards)
          if (of_clock(guard.kind) && guard.number == static_cast<std::int64_t>(index) &&
              !starts_within(t, after))
            add("flow_guard_never", t.id);
    }
  }

  // Who answers for it is asked once: with the assignment or with the plan.
  void facts_once() {
    for (const char* fact : {"lead_official", "responsible_person"}) {
      const bool assigned =
          std::any_of(flow_.transitions.begin(), flow_.transitions.end(),
                      [&](const Transition& t) { return t.act == Act::Assign && asks(t, fact); });
      for (const Transition& t : flow_.transitions)
        if (assigned && t.act == Act::Plan && asks(t, fact)) add("flow_fact_twice", t.id);
    }
  }

  // The states from which an item can get off the list.
  [[nodiscard]] States ending() const {
    States ends(flow_.states.size(), false);
    for (std::size_t state = 0; state < ends.size(); ++state)
      ends[state] = !goes_on(flow_.states[state].phase);
    for (bool grew = true; grew;) {
      grew = false;
      for (const Transition& t : flow_.transitions)
        for (std::uint16_t from : t.from) {
          if (ends[from] || !ends[t.target(from)]) continue;
          ends[from] = true;
          grew = true;
        }
    }
    return ends;
  }

  // States in which whatever was verified before no longer counts, because work begins or goes on.
  [[nodiscard]] States unverified() const {
    States states = initial();
    for (const Transition& t : flow_.transitions) {
      const bool work = t.act == Act::Assign || t.act == Act::Plan || t.act == Act::Report ||
                        t.act == Act::Reopen || t.act == Act::Return || t.act == Act::Revise ||
                        t.act == Act::Actuals || t.act == Act::Change;
      for (std::uint16_t from : t.from)
        if (work) states[t.target(from)] = true;
      if (t.to_if_unsatisfied) states[*t.to_if_unsatisfied] = true;
    }
    return states;
  }

  // No way from unverified work to a closing that may say "fixed" leaves out the independent review
  // or the independent check, and the closing asks for both itself.
  void fixed_is_verified() {
    if (!flow_.fixes()) return;
    for (const Act step : {Act::Review, Act::Check}) {
      const States around = spread(unverified(), [&](const Transition& t) {
        return t.act != step || t.guard(GuardKind::Independent) == nullptr;
      });
      for (const Transition& t : flow_.transitions)
        if (fixes(t) && starts_within(t, around)) add("flow_fixed_unverified", t.id);
    }
    for (const Transition& t : flow_.transitions)
      if (fixes(t) && t.guard(GuardKind::FixedNeedsCheck) == nullptr)
        add("flow_fixed_unverified", t.id);
  }

  // What counts as success stands before anybody checks it.
  void criterion_in_time() {
    const States around = spread(initial(), [](const Transition& t) {
      return t.act != Act::Plan || t.guard(GuardKind::CriterionSet) == nullptr;
    });
    for (const Transition& t : flow_.transitions)
      if (t.act == Act::Check && starts_within(t, around)) add("flow_criterion_late", t.id);
  }

  // A measure without an owner belongs to the lead unit, so there must be one when planning.
  void plan_has_owner() {
    const States around =
        spread(initial(), [](const Transition& t) { return t.act != Act::Assign; });
    for (const Transition& t : flow_.transitions)
      if (t.act == Act::Plan && starts_within(t, around)) add("flow_plan_unassigned", t.id);
  }

  const Flow& flow_;
  std::vector<FlowFault> faults_;
  bool broken_ = false;  // some transition names no state, so there are no paths to speak of
};

}  // namespace

std::vector<FlowFault> check(const Flow& flow) { return Checking(flow).run(); }

}  // namespace tz::ledger
