// Moving an item: one transition of its flow, with what the transition's act records.
#include <algorithm>

#include "base/csv.h"
#include "ledger/acting.h"
#include "ledger/checkable.h"
#include "ledger/clock.h"
#include "ledger/decide_item.h"
#include "ledger/decide_loan.h"
#include "ledger/decide_report.h"
#include "ledger/decide_units.h"
#include "ledger/given_text.h"
#include "ledger/household.h"
#include "ledger/item_thresholds.h"

namespace tz::ledger {
namespace {

bool is_given(const ActionInput& in, std::string_view field) {
  if (field == "lead") return in.lead.has_value();
  if (field == "responsible") return !in.responsible.empty();
  if (field == "supporting") return !in.supporting.empty();
  if (field == "supervising") return in.supervising.has_value();
  if (field == "accepting") return in.accepting.has_value();
  if (field == "due") return in.due.has_value();
  if (field == "lead_official") return in.lead_official && !in.lead_official->empty();
  if (field == "responsible_person")
    return in.responsible_person && !in.responsible_person->empty();
  if (field == "funds") return in.funds && !in.funds->empty();
  if (field == "emergency_plan") return in.emergency_plan && !in.emergency_plan->empty();
  if (field == "undone_reason") return in.undone_reason.has_value();
  if (field == "measures") return !in.measures.empty();
  if (field == "criterion") return in.criterion.has_value();
  if (field == "quantities") return !in.quantities.empty();
  if (field == "measure") return in.measure.has_value();
  if (field == "done") return in.done.has_value();
  if (field == "progress_pct") return in.progress_pct.has_value();
  if (field == "evidence") return !in.evidence.empty();
  if (field == "title") return in.title && !in.title->empty();
  if (field == "text") return in.text && !in.text->empty();
  if (field == "reason") return in.reason && !in.reason->empty();
  if (field == "checkers") return !in.checkers.empty();
  if (field == "measured") return !in.measured.empty();
  if (field == "notice_last") return in.notice_last.has_value();
  if (field == "outcome") return in.outcome.has_value();
  if (field == "solved") return in.solved.has_value();
  if (field == "satisfied") return in.satisfied.has_value();
  if (field == "into") return in.into.has_value();
  if (field == "extension") return in.extension.has_value();
  if (field == "parts") return !in.parts.empty();
  if (field == "part") return in.part.has_value();
  if (field == "good") return in.good.has_value();
  if (field == "shares") return !in.shares.empty();
  if (field == "source") return in.source && !in.source->empty();
  if (field == "upstream_no") return in.upstream_no && !in.upstream_no->empty();
  if (field == "source_doc") return in.source_doc && !in.source_doc->empty();
  if (field == "batch") return in.batch && !in.batch->empty();
  if (field == "found") return in.found.has_value();
  if (field == "amount") return in.amount.has_value();
  if (field == "actuals") return !in.actuals.empty();
  if (field == "milestones") return !in.milestones.empty();
  if (field == "planned_fen") return in.planned_fen.has_value();
  if (field == "in_place_fen") return in.in_place_fen.has_value();
  if (field == "paid_fen") return in.paid_fen.has_value();
  if (field == "way") return in.way.has_value();
  if (field == "why") return in.why.has_value();
  if (field == "ground") return in.ground.has_value();
  if (field == "affected") return in.affected.has_value();
  if (field == "asked") return in.asked.has_value();
  if (field == "digest") return in.digest.has_value();
  if (field == "drawn") return in.drawn.has_value();
  return false;
}

}  // namespace

Refused required(std::string_view field, const ActionInput& input) {
  if (is_given(input, field)) return std::nullopt;
  return refusal("field_required", {{"field", std::string(field)}});
}

Refused not_past(const Acting& a, Day due) {
  if (due < a.today) return refusal("due_in_past", {{"day", to_text(due)}});
  return std::nullopt;
}

void add_evidence(Acting& a) {
  for (const GivenEvidence& file : a.input.evidence) {
    std::vector<LabelledText> texts;
    if (!file.name.empty()) texts.push_back({"name", file.name});
    if (!file.taker.empty()) texts.push_back({"taker", file.taker});
    a.add(EvidenceAdded{file.sha256, file.media_type, file.bytes, file.place, file.taken,
                        file.original},
          std::move(texts));
  }
}

namespace {

Refused quantities_coded(const char* field, const std::vector<Quantity>& quantities) {
  for (const Quantity& quantity : quantities)
    if (!valid_code(quantity.id) || !valid_code(quantity.unit))
      return refusal("code_bad", {{"field", field}});
  return std::nullopt;
}

// A deadline that has passed is replaced only with the reason why it was missed; what is reopened
// has met its own once, so that giving it out anew needs none.
Refused deadline_explained(Acting& a) {
  const bool missed = a.item.due && *a.item.due < a.today;
  const bool anew = a.transition.act == Act::Assign && (!a.item.lead || a.item.reopened > 0);
  if (missed && !anew)
    if (auto error = required("undone_reason", a.input)) return error;
  if (a.input.undone_reason == UndoneReason::Other) return required("reason", a.input);
  return std::nullopt;
}

// The accepting unit is to check the fix, so it is held to what a verifier is held to: it is none
// of the units that fix or support, now or before, nor below one of them on either edge.
Refused accepting_independent(const Acting& a) {
  if (!a.input.accepting) return std::nullopt;
  const UnitId accepting = *a.input.accepting;
  const OrgTree& tree = *a.at.state.tree;
  const Facts who = {{"unit", std::string(tree.code(accepting))}};
  std::vector<UnitId> fixing{*a.input.lead};
  fixing.insert(fixing.end(), a.input.responsible.begin(), a.input.responsible.end());
  for (const UnitId unit : a.item.fixer_units) fixing.push_back(a.at.state.now_of(unit, a.today));
  std::vector<UnitId> supporting = with_parts(a.input);
  for (const UnitId unit : a.item.supporting_units)
    supporting.push_back(a.at.state.now_of(unit, a.today));
  const auto among = [&](const std::vector<UnitId>& units) {
    return std::find(units.begin(), units.end(), accepting) != units.end();
  };
  const auto below = [&](UnitId unit) { return tree.below_on_any_edge(accepting, unit, a.today); };
  // What the unit itself does is said before what stands above it.
  if (among(fixing)) return refusal("verifier_is_fixer", who);
  if (among(supporting)) return refusal("verifier_supports_fixer", who);
  if (std::any_of(fixing.begin(), fixing.end(), below) ||
      std::any_of(supporting.begin(), supporting.end(), below))
    return refusal("verifier_below_fixer", who);
  return std::nullopt;
}

Refused somebody_checks(const Acting& a) {
  std::vector<UnitId> taking_part{*a.input.lead};
  taking_part.insert(taking_part.end(), a.input.responsible.begin(), a.input.responsible.end());
  for (const UnitId unit : with_parts(a.input)) taking_part.push_back(unit);
  return nobody_to_check(a, taking_part);
}

// The deadline that was given; of what is fixed at once, that of its kind's limit if none was.
Result<std::optional<Day>> due_of(const Acting& a) {
  if (a.input.due || a.item.fix_class != "immediate") return a.input.due;
  const auto limit =
      TZ_TRY(last_day(a.at, a.item, flow_of(a.item, a.at.state).kind + ".immediate"));
  if (!limit) return std::optional<Day>{};
  return std::optional<Day>{limit->day};
}

// Whether a limit of the flow gives the deadline, now or when it starts.
bool given_by_limit(const Acting& a) {
  const Flow& flow = flow_of(a.item, a.at.state);
  const TimeRules& rules = *a.at.state.time_rules;
  if (flow.deadlines.empty() || !rules.has_calendar()) return false;
  const FlowClock& clock = flow.clocks[flow.deadlines.front()];
  return clock.length.has_value() ||
         rules.rule(clock.rule, scope_at(a.at.state, a.item, a.today)).has_value();
}

Refused assign(Acting& a) {
  if (auto error = required("lead", a.input)) return error;
  const auto due = due_of(a);
  if (!due.ok()) return due.error();
  if (!*due && !given_by_limit(a)) return required("due", a.input);
  if (*due)
    if (auto error = not_past(a, **due)) return error;
  if (auto error = deadline_explained(a)) return error;
  if (auto error = somebody_checks(a)) return error;
  if (auto error = accepting_independent(a)) return error;
  a.add(Assigned{*a.input.lead, a.input.responsible, with_parts(a.input), a.input.supervising,
                 a.input.accepting, *due, a.input.undone_reason});
  return assign_parts(a, *due);
}

void set_criterion(Acting& a) {
  std::vector<LabelledText> texts;
  if (a.input.criterion) texts.push_back({"criterion", *a.input.criterion});
  a.add(CriterionSet{a.input.quantities}, std::move(texts));
}

// The measures of a plan are all that is to be done: whatever an earlier one left undone ends with
// it, perhaps another unit's. Done measures stay, and so does the criterion.
Refused plan(Acting& a) {
  TZ_ASSERT(a.item.lead.has_value());
  const bool criterion = a.input.criterion || !a.input.quantities.empty();
  if (criterion && a.item.criterion) return refusal("criterion_stands");
  const bool counted = flow_of(a.item, a.at.state).counts_results();
  if (counted && !a.item.criterion && a.input.quantities.empty())
    return refusal("indicators_missing");
  if (auto error = follows_model(a)) return error;
  if (auto error = plan_funds(a)) return error;
  // Of what is counted, milestones that stand are moved by a change alone.
  if (!a.input.measures.empty() && !counted)
    for (const Measure& measure : a.item.measures)
      if (!measure.done && !measure.ended) a.add(MeasureEnded{measure.measure});
  std::size_t number = a.item.measures.size();
  for (const PlannedMeasure& measure : a.input.measures) {
    const UnitId owner = measure.owner.value_or(*a.item.lead);
    if (auto error = not_past(a, measure.due)) return error;
    if (auto error = nobody_to_check(a, {owner})) return error;
    a.add(MeasurePlanned{static_cast<std::uint16_t>(++number), owner, measure.due},
          {{"measure", measure.text}});
  }
  if (criterion) set_criterion(a);
  return std::nullopt;
}

Refused revise(Acting& a) {
  if (!a.input.criterion && a.input.quantities.empty()) return refusal("criterion_missing");
  if (auto error = required("reason", a.input)) return error;
  set_criterion(a);
  return std::nullopt;
}

Refused report(Acting& a) {
  if (a.input.measure) {
    const auto same = [&](const Measure& m) { return m.measure == *a.input.measure; };
    const auto measure = std::find_if(a.item.measures.begin(), a.item.measures.end(), same);
    if (measure == a.item.measures.end())
      return refusal("measure_unknown", {{"measure", std::to_string(*a.input.measure)}});
    if (measure->ended)
      return refusal("measure_ended", {{"measure", std::to_string(*a.input.measure)}});
  }
  if (a.input.progress_pct && *a.input.progress_pct > 100)
    return refusal("field_bad", {{"field", "progress_pct"}});
  add_evidence(a);
  a.add(ProgressReported{a.input.measure, a.input.done.value_or(false), a.input.progress_pct});
  return std::nullopt;
}

Refused verify(Acting& a, Stage stage) {
  if (auto error = checks_loan(a)) return error;
  add_evidence(a);
  a.add(VerificationGiven{stage, stage != Stage::Return, a.input.checkers, a.input.measured, {}});
  return std::nullopt;
}

Refused publicise(Acting& a) {
  if (auto error = required("notice_last", a.input)) return error;
  a.add(NoticePosted{a.today, *a.input.notice_last});
  return std::nullopt;
}

// The last day that all extensions together may reach: so long after the first deadline as the
// limit of the kind's extensions says, where one is in force there on that day.
Result<std::optional<Day>> extended_at_most(const Acting& a) {
  const TimeRules& rules = *a.at.state.time_rules;
  if (!rules.has_calendar() || !a.item.original_due) return std::optional<Day>{};
  const calendar::Scope scope = scope_at(a.at.state, a.item, a.today);
  const auto rule = rules.rule(flow_of(a.item, a.at.state).kind + ".extend", scope);
  if (!rule) return std::optional<Day>{};
  calendar::Question question;
  question.from = start_of(*a.item.original_due, a.at.state.zone);
  question.length = rule->length;
  question.rolls = rule->rolls;
  question.zone = a.at.state.zone;
  return std::optional<Day>{
      TZ_TRY(calendar::deadline(question, rules.days_of(scope.division))).due_day};
}

Refused extend(Acting& a) {
  if (auto error = required("due", a.input)) return error;
  const auto at_most = extended_at_most(a);
  if (!at_most.ok()) return at_most.error();
  if (*at_most && **at_most < *a.input.due)
    return refusal("due_over_cap", {{"day", to_text(**at_most)}});
  if (a.item.due && *a.input.due <= *a.item.due)
    return refusal("due_not_later", {{"day", to_text(*a.item.due)}});
  if (auto error = not_past(a, *a.input.due)) return error;
  if (auto error = deadline_explained(a)) return error;
  a.add(DeadlineExtended{*a.input.due, a.input.undone_reason});
  return extend_loan(a);
}

// Another target, other days, other money: what stood before stays visible.
Refused change(Acting& a) {
  if (auto error = required("reason", a.input)) return error;
  // Whoever sees all targets sends them all: those that stay the same are none that change.
  const bool targets = !a.input.quantities.empty() && a.item.criterion != a.input.quantities;
  if (!targets && a.input.milestones.empty() && !a.input.planned_fen && !a.input.due)
    return refusal("change_nothing");
  if (auto error = follows_model(a)) return error;
  if (auto error = plan_funds(a)) return error;
  if (auto error = move_milestones(a)) return error;
  if (a.input.due)
    if (auto error = extend(a)) return error;
  if (targets) set_criterion(a);
  return std::nullopt;
}

Refused ask_closing(Acting& a) {
  add_evidence(a);
  if (!a.input.measured.empty()) a.add(CloseOutAsked{a.input.measured});
  return std::nullopt;
}

// Whoever stands aside is needed for no step that nobody else could take.
Refused leaves_nobody(const Acting& a, const Post& post) {
  const State& state = a.at.state;
  const auto recused = [&](AccountId account) {
    return account == post.account ||
           std::find(a.item.recused.begin(), a.item.recused.end(), account) != a.item.recused.end();
  };
  for (const Transition& step : flow_of(a.item, state).transitions) {
    if (step.act == Act::Recuse) continue;
    const Wish wish = step_wish(step);
    const auto takes = [&](const Post& one) {
      return stands_in(one, usable(state, wish, one.role), a.item, state, a.today);
    };
    if (!takes(post)) continue;
    const bool somebody = std::any_of(state.posts.begin(), state.posts.end(), [&](const Post& one) {
      return one.held_on(a.today) && !recused(one.account) && takes(one);
    });
    if (!somebody) return refusal("recusal_leaves_nobody", {{"transition", step.id}});
  }
  return std::nullopt;
}

// Once is enough: it holds for good.
Refused recuse(Acting& a) {
  if (auto error = required("reason", a.input)) return error;
  const Post* post = a.at.state.post(a.post);
  TZ_ASSERT(post != nullptr);
  for (const AccountId account : a.item.recused)
    if (account == post->account) return refusal("recused_already");
  if (auto error = leaves_nobody(a, *post)) return error;
  a.add(Recused{});
  return std::nullopt;
}

Refused move(Acting& a) {
  add_evidence(a);
  return std::nullopt;
}

// Acts that only some kinds have: of loans, of what is counted, of households, of many who are
// asked and of reports.
Refused act_of_some(Acting& a) {
  const Act act = a.transition.act;
  if (of_loan(act)) return act_on_loan(a);
  if (act == Act::AskClosing) return ask_closing(a);
  if (act == Act::Recuse) return recuse(a);
  if (act == Act::Ballot) return refusal("ballot_needed");
  if (act == Act::Actuals) return report_actuals(a);
  if (act == Act::Change) return change(a);
  if (act == Act::Sign) return sign(a);
  if (act == Act::Revoke) return revoke(a);
  if (act == Act::ListAffected || act == Act::Draw || act == Act::AskDrawn) return ask_many(a);
  auto fact = report_fact(a.at, act, a.item, a.input, a.post);
  if (!fact.ok()) return fact.error();
  a.before.push_back(*std::move(fact));
  return std::nullopt;
}

Refused act(Acting& a) {
  switch (a.transition.act) {
    case Act::Move:
      return move(a);
    case Act::Assign:
      return assign(a);
    case Act::Plan:
      return plan(a);
    case Act::Report:
      return report(a);
    case Act::Review:
      return verify(a, Stage::Preliminary);
    case Act::Check:
      return verify(a, Stage::OnSite);
    case Act::Return:
      return verify(a, Stage::Return);
    case Act::Publicise:
      return publicise(a);
    case Act::Close:
      return close(a);
    case Act::Reopen:
      return reopen(a);
    case Act::Judge:
      return judge(a);
    case Act::Merge:
      return merge(a);
    case Act::Extend:
      return extend(a);
    case Act::Revise:
      return revise(a);
    case Act::Prolong:
      return required("reason", a.input);
    case Act::Contribute:
      return contribute(a);
    case Act::CallIn:
      return call_in(a);
    case Act::Assess:
      return assess(a);
    case Act::Split:
      return split(a);
    case Act::AddSource:
      return add_source(a);
    case Act::Link:
      return link(a);
    case Act::LookBack:
      return look_back(a);
    case Act::AskClosing:
    case Act::Recuse:
    case Act::Commit:
    case Act::Pay:
    case Act::Repay:
    case Act::WriteOff:
    case Act::Ballot:
    case Act::Actuals:
    case Act::Change:
    case Act::Sign:
    case Act::Revoke:
    case Act::ListAffected:
    case Act::Draw:
    case Act::AskDrawn:
    case Act::Question:
    case Act::Abstract:
    case Act::Approve:
    case Act::AskOpening:
    case Act::AgreeOpening:
    case Act::HandOut:
      return act_of_some(a);
  }
  return std::nullopt;
}

// The texts that came with the command itself; they are sealed with its TransitionTaken.
std::vector<LabelledText> command_texts(const Transition& transition, const ActionInput& input) {
  std::vector<LabelledText> texts;
  if (has_own_texts(transition.act)) return texts;
  const auto keep = [&](const char* label, const std::optional<std::string>& text) {
    const auto& taken = inputs_of(transition.act);
    if (text && !text->empty() && std::find(taken.begin(), taken.end(), label) != taken.end())
      texts.push_back({label, *text});
  };
  keep("reason", input.reason);
  keep("text", input.text);
  keep("lead_official", input.lead_official);
  keep("responsible_person", input.responsible_person);
  keep("funds", input.funds);
  keep("emergency_plan", input.emergency_plan);
  return texts;
}

Refused moved_from(const Transition& transition, const Item& item, const Flow& flow) {
  if (std::find(transition.from.begin(), transition.from.end(), item.state) !=
      transition.from.end())
    return std::nullopt;
  std::string from;
  for (const std::uint16_t state : transition.from)
    from += (from.empty() ? "" : ", ") + flow.states[state].id;
  return refusal("transition_not_from_here", {{"item", to_text(item.no)},
                                              {"transition", transition.id},
                                              {"state", flow.states[item.state].id},
                                              {"from", from},
                                              {"roles", roles_text(transition.who)}});
}

// What is given to a unit is given to one that is there.
Refused given_to_ended(const State& state, const ActionInput& input, Day today) {
  std::vector<UnitId> units = with_parts(input);
  units.insert(units.end(), input.responsible.begin(), input.responsible.end());
  for (const auto& unit : {input.lead, input.supervising, input.accepting})
    if (unit) units.push_back(*unit);
  for (const PlannedMeasure& measure : input.measures)
    if (measure.owner) units.push_back(*measure.owner);
  for (const GivenShare& share : input.shares) {
    units.push_back(share.lead);
    if (share.place) units.push_back(*share.place);
  }
  for (const UnitId unit : units)
    if (auto error = ended_unit(state, unit, today)) return error;
  return std::nullopt;
}

}  // namespace

Result<Decision> decide_action(const Circumstances& at, const TakeAction& command) {
  const Item* item = at.item(command.item);
  const Facts named = {{"item", to_text(command.item)}};
  const Day today = day_of(at.now, at.state.zone);
  if (item == nullptr || is_staged(*item, at.state) ||
      !may_read(at.state, at.actor.account, *item, today))
    return refusal("item_unknown", named);
  const Flow& flow = flow_of(*item, at.state);
  const Transition* transition = flow.transition(command.transition);
  if (transition == nullptr)
    return refusal("transition_unknown", {{"transition", command.transition}});
  if (!command.seen) return refusal("version_required", named);
  if (*command.seen != item->last)
    return refusal("version_stale", {{"item", to_text(command.item)},
                                     {"seen", std::to_string(command.seen->value)},
                                     {"current", std::to_string(item->last.value)}});
  if (auto error = moved_from(*transition, *item, flow)) return *error;
  const PostId post = TZ_TRY(permitted(at, step_wish(*transition), *item));
  for (const std::string& field : transition->required)
    if (auto error = required(field, command.input)) return *error;
  if (auto error = texts_fault(command.input)) return *error;
  if (auto error = too_long_for_reporter(*transition, *item, command.input)) return *error;
  if (auto error = given_to_ended(at.state, command.input, today)) return *error;
  if (auto error = quantities_coded("quantities", command.input.quantities)) return *error;
  if (auto error = quantities_coded("measured", command.input.measured)) return *error;
  if (auto error = quantities_coded("actuals", command.input.actuals)) return *error;
  if (auto error = guarded(at, *transition, *item, command.input, post)) return *error;
  if (auto error = names_accused(at, *item, command.input)) return *error;

  Acting acting{
      at, *transition, *item, command.input, today, post, {}, {}, transition->target(item->state)};
  if (auto error = act(acting)) return *error;
  if (auto error = end_loan(acting)) return *error;
  TZ_TRY(turn_clocks(at, *item, *transition, acting.to, command.input, acting.before));
  Decision decision{post, std::move(acting.before)};
  decision.events.push_back(
      {TransitionTaken{transition->id, flow.states[item->state].id, flow.states[acting.to].id},
       item->no, command_texts(*transition, command.input)});
  for (EventDraft& draft : acting.after) decision.events.push_back(std::move(draft));
  return decision;
}

}  // namespace tz::ledger
