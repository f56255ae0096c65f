// The guards of flow files: one function each, in words a flow file can use with a number.
#include "ledger/guard.h"

#include <algorithm>
#include <set>

#include "ledger/clock.h"
#include "ledger/decide_item.h"
#include "ledger/decide_report.h"
#include "ledger/household.h"
#include "ledger/item_thresholds.h"
#include "ledger/verdict.h"

namespace tz::ledger {
namespace {

// Everything a guard may look at.
struct Question {
  const Circumstances& at;
  const Transition& transition;
  const Item& item;
  const ActionInput& input;
  PostId post;
  std::int64_t number;
  Day today;
};
using Answer = std::optional<Error>;

Facts needed(std::int64_t number) { return {{"needed", std::to_string(number)}}; }

Answer measures_planned(const Question& q) {
  // A plan stands on its own: what it does not name again is ended by it or was done before.
  const auto standing = static_cast<std::size_t>(std::count_if(
      q.item.measures.begin(), q.item.measures.end(), [](const Measure& m) { return !m.ended; }));
  const std::size_t planned = q.transition.act == Act::Plan ? q.input.measures.size() : standing;
  if (planned < static_cast<std::size_t>(q.number))
    return refusal("measures_missing", needed(q.number));
  return std::nullopt;
}

Answer criterion_set(const Question& q) {
  const bool given = q.input.criterion || !q.input.quantities.empty();
  if (!given && !q.item.criterion) return refusal("criterion_missing");
  return std::nullopt;
}

Answer measures_done(const Question& q) {
  for (const Measure& measure : q.item.measures)
    if (!measure.done && !measure.ended)
      return refusal("measures_not_done", {{"measure", std::to_string(measure.measure)}});
  return std::nullopt;
}

Answer evidence_attached(const Question& q) {
  const auto standing = static_cast<std::size_t>(
      std::count_if(q.item.evidence.begin(), q.item.evidence.end(),
                    [](const EvidenceNote& note) { return note.this_round && !note.destroyed; }));
  if (standing + q.input.evidence.size() < static_cast<std::size_t>(q.number))
    return refusal("evidence_missing", needed(q.number));
  return std::nullopt;
}

Answer independent(const Question& q) {
  const Post* post = q.at.state.post(q.post);
  if (post == nullptr) return refusal("not_permitted", {{"transition", q.transition.id}});
  if (Answer error = dependence(q.at.state, *post, q.item, q.today)) return error;
  for (PostId checker : q.input.checkers) {
    const Post* other = q.at.state.post(checker);
    const bool active = other != nullptr && other->held_on(q.today);
    const bool concerned =
        active && stands_in(*other, usable(q.at.state, step_wish(q.transition), other->role),
                            q.item, q.at.state, q.today);
    if (!concerned || accused(q.at.state, q.item, other->account, q.today))
      return refusal("post_unknown", {{"post", std::to_string(checker.value)}});
    if (Answer error = dependence(q.at.state, *other, q.item, q.today)) return error;
  }
  return std::nullopt;
}

Answer checkers_min(const Question& q) {
  // Who acts and for whom he acts are two persons with one duty: they count as one.
  std::set<AccountId> persons;
  std::set<AccountId> holders;
  const auto count = [&](PostId id) {
    const Post* post = q.at.state.post(id);
    if (post == nullptr) return;
    persons.insert(post->account);
    holders.insert(post->holder());
  };
  count(q.post);
  for (PostId checker : q.input.checkers) count(checker);
  const std::int64_t wanted = checkers_needed(q.at.state, opened_as(q.at.state, q.item), q.number);
  if (std::min(persons.size(), holders.size()) < static_cast<std::size_t>(wanted))
    return refusal("checkers_too_few", needed(wanted));
  return std::nullopt;
}

Answer quantities_measured(const Question& q) {
  if (!q.item.criterion) return std::nullopt;
  for (const Quantity& wanted : *q.item.criterion) {
    const Quantity* measured = find_quantity(q.input.measured, wanted.id);
    if (measured == nullptr || measured->unit != wanted.unit)
      return refusal("quantities_not_measured", {{"quantity", wanted.id}, {"unit", wanted.unit}});
  }
  for (const Quantity& measured : q.input.measured)
    if (find_quantity(*q.item.criterion, measured.id) == nullptr)
      return refusal("quantity_not_in_criterion", {{"quantity", measured.id}});
  return std::nullopt;
}

Answer notice_long_enough(const Question& q, GuardKind kind) {
  const auto end = notice_end(q.at, q.item, {kind, q.number});
  if (!end.ok()) return end.error();
  if (q.input.notice_last && end->day <= *q.input.notice_last) return std::nullopt;
  const std::string day = to_text(end->day);
  if (end->basis) return refusal("notice_ends_early", {{"day", day}, {"basis", *end->basis}});
  const bool working = kind == GuardKind::NoticeWorkingDaysMin;
  return refusal(working ? "notice_too_short" : "notice_days_too_few",
                 {{"needed", std::to_string(q.number)}, {"day", day}});
}

Answer notice_over(const Question& q) {
  if (!q.item.notice_last || q.today <= *q.item.notice_last)
    return refusal("notice_running",
                   {{"last", q.item.notice_last ? to_text(*q.item.notice_last) : "-"}});
  return std::nullopt;
}

bool closes_as_fixed(const Question& q) {
  const Flow& flow = flow_of(q.item, q.at.state);
  if (!q.input.outcome && q.transition.outcomes.size() == 1)
    return flow.outcomes[q.transition.outcomes.front()].fixed;
  const auto outcome = q.input.outcome ? flow.outcome(*q.input.outcome) : std::nullopt;
  return outcome && flow.outcomes[*outcome].fixed;
}

Answer fixed_needs_check(const Question& q) {
  if (closes_as_fixed(q) && (!q.item.review_passed || !q.item.check_passed))
    return refusal("fixed_unverified");
  return std::nullopt;
}

Answer criterion_met(const Question& q) {
  if (!closes_as_fixed(q) || !q.item.criterion) return std::nullopt;
  for (const Quantity& wanted : *q.item.criterion) {
    const Quantity* measured = find_quantity(q.item.measured, wanted.id);
    const bool most = wanted.bound == Bound::AtMost;
    if (measured == nullptr || !reaches(*measured, wanted))
      return refusal(most ? "criterion_exceeded" : "criterion_not_met",
                     {{"quantity", wanted.id},
                      {"needed", std::to_string(wanted.value)},
                      {"measured", measured == nullptr ? "-" : std::to_string(measured->value)}});
  }
  return std::nullopt;
}

Answer not_fixer_judges(const Question& q) {
  const Post* post = q.at.state.post(q.post);
  if (post == nullptr || dependence(q.at.state, *post, q.item, q.today))
    return refusal("judge_is_fixer");
  return std::nullopt;
}

// What somebody listed himself has no reporter to protect.
Answer abstract_reviewed(const Question& q) {
  if (!q.item.report) return std::nullopt;
  if (!q.item.report->draft || !q.item.report->draft->approved)
    return refusal("abstract_not_reviewed");
  return std::nullopt;
}

Answer reporter_judges(const Question& q) {
  if (q.item.report) return refusal("verdict_is_reporters");
  return std::nullopt;
}

Answer entered_for_reporter(const Question& q) {
  if (!q.item.report) return refusal("no_reporter");
  return std::nullopt;
}

// Work on a major hazard does not begin before the five are there (五落实): who answers for it,
// measures, money, dates, and an emergency plan. Each measure has its date.
Answer five_assured(const Question& q) {
  if (q.item.severity != Severity::Major) return std::nullopt;
  const auto empty = [](const std::optional<std::string>& text) { return !text || text->empty(); };
  const char* missing = nullptr;
  if (empty(q.input.responsible_person)) missing = "responsible_person";
  if (q.input.measures.empty()) missing = "measures";
  if (empty(q.input.funds)) missing = "funds";
  if (empty(q.input.emergency_plan)) missing = "emergency_plan";
  if (missing == nullptr) return std::nullopt;
  return refusal("assurance_missing", {{"field", missing}});
}

// Who took the step that others must take now.
std::vector<AccountId> takers(const Question& q) {
  std::vector<AccountId> out;
  for (const StepTaken& one : q.item.taken)
    if (one.transition == q.number) out.push_back(one.account);
  const Transition& step =
      flow_of(q.item, q.at.state).transitions[static_cast<std::size_t>(q.number)];
  if (step.act == Act::Check)
    out.insert(out.end(), q.item.checked_by.begin(), q.item.checked_by.end());
  return out;
}

Answer other_than(const Question& q) {
  const std::vector<AccountId> before = takers(q);
  const auto took = [&](AccountId account) {
    return std::find(before.begin(), before.end(), account) != before.end();
  };
  std::vector<PostId> now = q.input.checkers;
  now.push_back(q.post);
  for (const PostId id : now) {
    const Post* post = q.at.state.post(id);
    if (post != nullptr && (took(post->account) || took(post->holder())))
      return refusal("same_person", {{"post", std::to_string(id.value)}});
  }
  return std::nullopt;
}

Answer parts_given(const Question& q) {
  for (const UnitId unit : q.input.supporting)
    if (std::none_of(q.input.parts.begin(), q.input.parts.end(),
                     [&](const GivenPart& part) { return part.unit == unit; }))
      return refusal("part_missing", {{"unit", std::string(q.at.state.tree->code(unit))}});
  return std::nullopt;
}

Answer parts_done(const Question& q) {
  for (const UnitPart& part : q.item.parts)
    if (!part.done && !part.ended)
      return refusal("parts_not_done", {{"unit", std::string(q.at.state.tree->code(part.unit))}});
  return std::nullopt;
}

Answer shares_closed(const Question& q) {
  for (const ItemNo no : q.item.shares) {
    const Item* share = q.at.item(no);
    TZ_ASSERT(share != nullptr);
    if (is_open(phase_of(*share, q.at.state)))
      return refusal("share_open", {{"item", to_text(no)}});
  }
  return std::nullopt;
}

Answer class_planned(const Question& q) {
  constexpr std::size_t kMilestones = 2;
  if (q.item.fix_class != "phased") return std::nullopt;
  std::set<Day> days;
  for (const PlannedMeasure& measure : q.input.measures) days.insert(measure.due);
  if (days.size() < kMilestones) return refusal("milestones_missing");
  return std::nullopt;
}

Answer class_in_stages(const Question& q) {
  if (!in_stages(q.item)) return refusal("class_not_in_stages");
  return std::nullopt;
}

Answer class_fixed(const Question& q) {
  if (closes_as_fixed(q) && in_stages(q.item)) return refusal("class_never_fixed");
  return std::nullopt;
}

Answer lead_listed(const Question& q) {
  return q.input.lead ? lead_unlisted(q.at, q.item, *q.input.lead) : std::nullopt;
}

// A decision is reviewed by who stands above its maker, never by himself.
Answer above_closing(const Question& q) {
  const Post* post = q.at.state.post(q.post);
  if (post == nullptr) return refusal("not_permitted", {{"transition", q.transition.id}});
  if (q.item.closures.empty()) return std::nullopt;
  // What was excluded is reviewed as if whoever dealt with it had answered so.
  const Flow& flow = flow_of(q.item, q.at.state);
  const auto outcome = flow.outcome(q.item.closures.back().outcome);
  const bool excluded = outcome && flow.outcomes[*outcome].excluded;
  const std::optional<UnitId> maker = excluded ? q.item.lead : q.item.closures.back().by;
  if (!maker) return std::nullopt;
  const UnitId by = q.at.state.now_of(*maker, q.today);
  if (by != post->unit && q.at.state.tree->below_on_any_edge(by, post->unit, q.today))
    return std::nullopt;
  return refusal("not_above_closing", {{"unit", std::string(q.at.state.tree->code(by))}});
}

bool deadline_over(const Question& q) { return q.item.due && *q.item.due < q.today; }

Answer deadline(const Question& q, GuardKind kind) {
  const bool over = deadline_over(q);
  if (over == (kind == GuardKind::DeadlineOver)) return std::nullopt;
  return refusal(over ? "deadline_over" : "deadline_not_over",
                 {{"day", q.item.due ? to_text(*q.item.due) : "-"}});
}

Answer somebody_brought(const Question& q) {
  if (!brought(q.item, q.at.state)) return refusal("nobody_brought");
  return std::nullopt;
}

Answer nobody_unsatisfied(const Question& q) {
  if (contested(q.item)) return refusal("verdict_unsatisfied");
  return std::nullopt;
}

Answer asked_back(const Question& q, GuardKind kind) {
  return kind == GuardKind::SomebodyBrought ? somebody_brought(q) : nobody_unsatisfied(q);
}

Answer asked_in_time(const Question& q) {
  if (!deadline_over(q)) return std::nullopt;
  for (const StepTaken& one : q.item.taken)
    if (one.transition == q.number && one.day <= *q.item.due) return std::nullopt;
  return refusal("not_asked_in_time", {{"day", to_text(*q.item.due)}});
}

// A clock that never started, because no limit was in force, holds nobody up.
std::string clock_id(const Question& q) {
  return flow_of(q.item, q.at.state).clocks[static_cast<std::size_t>(q.number)].id;
}
Answer clock_runs(const Question& q) {
  const ItemClock* clock = clock_of(q.item, static_cast<std::uint16_t>(q.number));
  if (clock == nullptr) return std::nullopt;
  // What it gave time for was done: its window does not open again.
  if (clock->stopped) return refusal("clock_none", {{"clock", clock_id(q)}});
  if (!ended(*clock, q.at.now)) return std::nullopt;
  return refusal("clock_ended", {{"clock", clock_id(q)}, {"due", to_text(clock->due_day)}});
}

Answer clock_over(const Question& q) {
  const ItemClock* clock = clock_of(q.item, static_cast<std::uint16_t>(q.number));
  if (clock == nullptr || ended(*clock, q.at.now)) return std::nullopt;
  return refusal("clock_still_runs", {{"clock", clock_id(q)}, {"due", to_text(clock->due_day)}});
}

Answer clock_open(const Question& q) {
  const ItemClock* clock = clock_of(q.item, static_cast<std::uint16_t>(q.number));
  if (clock != nullptr && !clock->stopped) return std::nullopt;
  return refusal("clock_none", {{"clock", clock_id(q)}});
}

Answer answer(const Question& q, GuardKind kind) {
  switch (kind) {
    case GuardKind::MeasuresPlanned:
      return measures_planned(q);
    case GuardKind::CriterionSet:
      return criterion_set(q);
    case GuardKind::MeasuresDone:
      return measures_done(q);
    case GuardKind::EvidenceAttached:
      return evidence_attached(q);
    case GuardKind::Independent:
      return independent(q);
    case GuardKind::CheckersMin:
      return checkers_min(q);
    case GuardKind::QuantitiesMeasured:
      return quantities_measured(q);
    case GuardKind::NoticeDaysMin:
    case GuardKind::NoticeWorkingDaysMin:
      return notice_long_enough(q, kind);
    case GuardKind::NoticeOver:
      return notice_over(q);
    case GuardKind::FixedNeedsCheck:
      return fixed_needs_check(q);
    case GuardKind::CriterionMet:
      return criterion_met(q);
    case GuardKind::NotFixerJudges:
      return not_fixer_judges(q);
    case GuardKind::AbstractReviewed:
      return abstract_reviewed(q);
    case GuardKind::ReporterJudges:
      return reporter_judges(q);
    case GuardKind::FiveAssured:
      return five_assured(q);
    case GuardKind::ClockRuns:
      return clock_runs(q);
    case GuardKind::ClockOver:
      return clock_over(q);
    case GuardKind::ClockOpen:
      return clock_open(q);
    case GuardKind::OtherThan:
      return other_than(q);
    case GuardKind::PartsGiven:
      return parts_given(q);
    case GuardKind::PartsDone:
      return parts_done(q);
    case GuardKind::SharesClosed:
      return shares_closed(q);
    case GuardKind::ClassPlanned:
      return class_planned(q);
    case GuardKind::ClassInStages:
      return class_in_stages(q);
    case GuardKind::ClassFixed:
      return class_fixed(q);
    case GuardKind::LeadListed:
      return lead_listed(q);
    case GuardKind::AboveClosing:
      return above_closing(q);
    case GuardKind::DeadlineRuns:
    case GuardKind::DeadlineOver:
      return deadline(q, kind);
    case GuardKind::AskedInTime:
      return asked_in_time(q);
    case GuardKind::EnteredForReporter:
      return entered_for_reporter(q);
    case GuardKind::SomebodyBrought:
    case GuardKind::NobodyUnsatisfied:
      return asked_back(q, kind);
  }
  return std::nullopt;
}

bool decided_by_item(GuardKind kind) {
  return kind == GuardKind::MeasuresDone || kind == GuardKind::Independent ||
         kind == GuardKind::NoticeOver || kind == GuardKind::NotFixerJudges ||
         kind == GuardKind::AbstractReviewed || kind == GuardKind::ReporterJudges ||
         kind == GuardKind::ClockRuns || kind == GuardKind::ClockOver ||
         kind == GuardKind::ClockOpen || kind == GuardKind::OtherThan ||
         kind == GuardKind::PartsDone || kind == GuardKind::ClassInStages ||
         kind == GuardKind::AboveClosing || kind == GuardKind::DeadlineRuns ||
         kind == GuardKind::AskedInTime || kind == GuardKind::EnteredForReporter ||
         kind == GuardKind::DeadlineOver || kind == GuardKind::SomebodyBrought ||
         kind == GuardKind::NobodyUnsatisfied;
}

// By the policy, whatever the flow file says.
Answer kept_from(const Circumstances& at, const Transition& transition, const Item& item,
                 PostId post) {
  const Post* acting = at.state.post(post);
  if (acting == nullptr) return std::nullopt;
  // Whose verdict it is comes first: nobody else could enter it either.
  if (item.report && transition.guard(GuardKind::ReporterJudges) != nullptr)
    return refusal("verdict_is_reporters");
  const bool judges = acting->role == Role::Supervisor || acting->role == Role::Verifier;
  if (judges && transition.act != Act::Recuse)
    for (const AccountId account : item.recused)
      if (account == acting->account || account == acting->holder()) return refusal("recused");
  return recused(at.state, *acting, item, day_of(at.now, at.state.zone), transition.act);
}

}  // namespace

std::optional<Error> lead_unlisted(const Circumstances& at, const Item& item, UnitId lead) {
  const OrgTree& tree = *at.state.tree;
  const UnitKind kind = tree.kind(lead);
  if (kind != UnitKind::Village && kind != UnitKind::Neighbourhood && kind != UnitKind::Group)
    return std::nullopt;
  const DutyList::Question question{flow_of(item, at.state).kind, item.category.value_or(""),
                                    region_of(tree, lead), day_of(at.now, at.state.zone)};
  if (at.state.duties->lets_lead(question)) return std::nullopt;
  return refusal("community_not_listed", {{"unit", std::string(tree.code(lead))},
                                          {"category", item.category.value_or("-")}});
}

Result<NoticeEnd> notice_end(const Circumstances& at, const Item& item, const Guard& guard) {
  const auto limit = TZ_TRY(last_day(at, item, flow_of(item, at.state).kind + ".notice"));
  if (limit) return NoticeEnd{limit->day, limit->basis};
  const TimeRules& rules = *at.state.time_rules;
  const auto amount = static_cast<std::int32_t>(guard.number);
  if (guard.kind == GuardKind::NoticeDaysMin || !rules.has_calendar())
    return NoticeEnd{Day{day_of(at.now, at.state.zone).number + amount}, {}};
  calendar::Question question;
  question.from = at.now;
  question.length = {calendar::LengthUnit::WorkingDays, amount};
  question.zone = at.state.zone;
  const auto& days = rules.days_of(region_of(*at.state.tree, item.place));
  return NoticeEnd{TZ_TRY(calendar::deadline(question, days)).due_day, {}};
}

std::optional<Error> guarded(const Circumstances& at, const Transition& transition,
                             const Item& item, const ActionInput& input, PostId post) {
  const Day today = day_of(at.now, at.state.zone);
  if (Answer error = kept_from(at, transition, item, post)) return error;
  if (Answer error = household_refused(at, transition, item)) return error;
  if (Answer error = verdict_refused(transition, item)) return error;
  for (const Guard& guard : transition.guards)
    if (Answer error = answer({at, transition, item, input, post, guard.number, today}, guard.kind))
      return error;
  return std::nullopt;
}

std::optional<Error> guarded_by_item(const Circumstances& at, const Transition& transition,
                                     const Item& item, PostId post) {
  const Day today = day_of(at.now, at.state.zone);
  if (Answer error = kept_from(at, transition, item, post)) return error;
  // One for all candidates, and not from the page of one of them.
  if (transition.act == Act::Ballot) return refusal("ballot_needed");
  if (Answer error = household_refused_alone(at, transition, item)) return error;
  if (Answer error = verdict_refused(transition, item)) return error;
  if (Answer error = unmet_refused(transition, item, at.state)) return error;
  if (concerns_reporter(transition.act))
    if (Answer error = reporter_refused(at, transition.act, item, post)) return error;
  const ActionInput nothing;
  for (const Guard& guard : transition.guards) {
    if (!decided_by_item(guard.kind)) continue;
    if (Answer error =
            answer({at, transition, item, nothing, post, guard.number, today}, guard.kind))
      return error;
  }
  return std::nullopt;
}

}  // namespace tz::ledger
