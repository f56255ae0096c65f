// Folding an item's events: a few assignments each, no decisions.
#include "ledger/item.h"

#include <algorithm>

#include "ledger/finding_fields.h"
#include "ledger/row_fold.h"
#include "ledger/verdict.h"

namespace tz::ledger {
namespace {

void add_unit(std::vector<UnitId>& units, UnitId unit) {
  if (std::find(units.begin(), units.end(), unit) == units.end()) units.push_back(unit);
}

// What asks for more time counts until the deadline is set anew, and not only in its round.
void end_round(Item& item, const Flow& flow) {
  item.review_passed = false;
  item.check_passed = false;
  item.claimed.clear();
  item.measured.clear();
  item.notice_last.reset();
  std::erase_if(item.taken,
                [&](const StepTaken& one) { return !flow.asks_for_time(one.transition); });
  item.checked_by.clear();
  for (EvidenceNote& note : item.evidence) note.this_round = false;
}

// One overload an event that concerns an item; all others fall into the last.
struct Applier {
  Item& item;
  const State& state;
  const Mark& mark;

  void note_fixer() const {
    const Post* post = state.post(mark.actor);
    if (post == nullptr) return;
    note_part({post->account, post->unit, post->acting.has_value()});
    if (post->acting) note_part({post->holder(), post->unit});
  }
  void note_checker(PostId id) const {
    const Post* post = state.post(id);
    if (post == nullptr) return;
    item.checked_by.push_back(post->account);
    if (post->acting) item.checked_by.push_back(post->holder());
  }
  void note_part(const Part& noted) const {
    const auto same = [&](const Part& part) {
      return part.account == noted.account && part.unit == noted.unit &&
             part.acting == noted.acting;
    };
    if (std::none_of(item.fixers.begin(), item.fixers.end(), same)) item.fixers.push_back(noted);
  }

  void operator()(const TransitionTaken& event) const {
    const auto to = flow_of(item, state).state(event.to);
    TZ_ASSERT(to.has_value());
    const Phase before = phase_of(item, state);
    const bool was_open = is_open(before);
    item.state = *to;
    if (item.household) note_stage(stage_of(item, state));
    // An application that went back to the list is to be checked anew before more than a small
    // amount is promised.
    if (phase_of(item, state) == Phase::Listed && flow_of(item, state).lends())
      item.review_passed = false;
    if (before == Phase::Dropped && is_open(phase_of(item, state))) ask_anew();
    // What fell due while it was ended is passed over.
    if (!was_open && is_open(phase_of(item, state))) {
      item.deadline_steps = 0;
      item.deadline_set = mark.recorded;
      for (UnitPart& part : item.parts) {
        part.steps = 0;
        part.set = mark.recorded;
      }
    }
    // Asking for close-out is part of the fix, whatever words the flow has for it.
    const auto index = flow_of(item, state).transition_index(event.transition);
    if (!index) return;
    const Act act = flow_of(item, state).transitions[*index].act;
    if (item.household && act == Act::Sign) item.household->has_signed = true;
    if (item.household && act == Act::Revoke) item.household->has_signed = false;
    const Post* post = state.post(mark.actor);
    if (post == nullptr) return;
    if (flow_of(item, state).asks_who_took(*index)) {
      const Day day = day_of(mark.recorded, state.zone);
      item.taken.push_back({*index, post->account, day});
      if (post->acting) item.taken.push_back({*index, post->holder(), day});
    }
    const bool asks = act == Act::Move && post->role == Role::Responsible;
    if (asks || act == Act::AskClosing) note_fixer();
  }
  // What was done once counts for good, wherever the flow leads from there.
  void note_stage(HouseholdStage stage) const {
    if (stage == HouseholdStage::Paid) item.household->compensated = true;
    if (stage == HouseholdStage::Vacated) item.household->vacated = true;
  }
  void set_deadline(const std::optional<Day>& due) const {
    const Flow& flow = flow_of(item, state);
    item.due = due;
    if (flow.asks_at_deadline()) ask_anew();
    item.deadline_steps = 0;
    item.deadline_set = mark.recorded;
    std::erase_if(item.taken,
                  [&](const StepTaken& one) { return flow.asks_for_time(one.transition); });
  }
  // What a limit gave ends with the round, or with what the item is dealt with in.
  void forget_limit() const {
    if (flow_of(item, state).deadlines.empty()) return;
    set_deadline(std::nullopt);
    item.original_due.reset();
  }
  void operator()(const Assigned& event) const {
    item.lead = event.lead;
    item.responsible = event.responsible;
    item.supporting = event.supporting;
    item.supervising = event.supervising;
    item.accepting = event.accepting;
    set_deadline(event.due);
    // The first that there is stays known as the original one.
    if (!item.original_due) item.original_due = event.due;
    for (UnitPart& part : item.parts)
      if (!part.done) part.ended = true;
    add_unit(item.fixer_units, event.lead);
    for (UnitId unit : event.responsible) add_unit(item.fixer_units, unit);
    for (UnitId unit : event.supporting) add_unit(item.supporting_units, unit);
  }
  void operator()(const PartAssigned& event) const {
    UnitPart part;
    part.part = event.part;
    part.unit = event.unit;
    part.due = event.due;
    part.called = event.called;
    part.set = mark.recorded;
    item.parts.push_back(part);
    add_unit(item.supporting, event.unit);
    add_unit(item.supporting_units, event.unit);
    // Who calls others in does so for the fix.
    if (event.called) note_fixer();
  }
  void operator()(const PartDone& event) const {
    note_fixer();
    for (UnitPart& part : item.parts)
      if (part.part == event.part) part.done = true;
  }
  void operator()(const PartAssessed& event) const {
    for (UnitPart& part : item.parts) {
      if (part.part != event.part) continue;
      (event.by == PartSide::Caller ? part.came_well : part.called_right) = event.good;
      // Who did not come by its date is waited for no longer.
      if (event.by == PartSide::Caller && !event.good && !part.done) part.ended = true;
    }
  }
  void operator()(const SourceAdded& event) const { item.more_sources.push_back(event.source); }
  void operator()(const RecurrenceNoted& event) const {
    if (event.closure >= 1 && event.closure <= item.closures.size())
      ++item.closures[event.closure - 1U].recurrences;
  }
  void operator()(const MeasurePlanned& event) const {
    item.measures.push_back({event.measure, event.owner, event.due, false, false});
    if (!item.planned) item.planned = day_of(mark.recorded, state.zone);
    add_unit(item.fixer_units, event.owner);
    note_fixer();
  }
  void operator()(const MilestoneMoved& event) const {
    if (Measure* measure = measure_of(event.milestone.measure)) measure->due = event.milestone.day;
  }
  void operator()(const FundsPlanned& event) const { item.funds.planned_fen = event.planned_fen; }
  void operator()(const ActualsReported& event) const {
    note_fixer();
    for (const Quantity& actual : event.actuals) take(actual);
    for (const MilestoneDay& one : event.reached) {
      Measure* measure = measure_of(one.measure);
      if (measure == nullptr) continue;
      measure->done = true;
      measure->reached = one.day;
    }
    if (event.in_place_fen) item.funds.in_place_fen = event.in_place_fen;
    if (event.paid_fen) item.funds.paid_fen = event.paid_fen;
  }
  void operator()(const VotesCounted& event) const { item.votes = event; }
  // What is told later of an earlier day is part of the history alone.
  void take(const Quantity& actual) const {
    for (Quantity& known : item.actuals) {
      if (known.id != actual.id) continue;
      if (known.as_of <= actual.as_of) known = actual;
      return;
    }
    item.actuals.push_back(actual);
  }
  [[nodiscard]] Measure* measure_of(std::uint16_t number) const {
    for (Measure& measure : item.measures)
      if (measure.measure == number) return &measure;
    return nullptr;
  }
  void operator()(const MeasureEnded& event) const {
    for (Measure& measure : item.measures)
      if (measure.measure == event.measure) measure.ended = true;
  }
  void operator()(const CriterionSet& event) const {
    // What was checked was checked against the one before.
    item.review_passed = false;
    item.check_passed = false;
    item.claimed.clear();
    item.measured.clear();
    item.criterion = event.quantities;
    if (!item.planned) item.planned = day_of(mark.recorded, state.zone);
  }
  void operator()(const CloseOutAsked& event) const { item.claimed = event.measured; }
  void operator()(const Recused&) const {
    const Post* post = state.post(mark.actor);
    if (post == nullptr) return;
    item.recused.push_back(post->account);
    if (post->acting) item.recused.push_back(post->holder());
  }
  void operator()(const ProgressReported& event) const {
    note_fixer();
    if (event.progress_pct)
      item.progress = Progress{*event.progress_pct, day_of(mark.recorded, state.zone)};
    if (!event.measure) return;
    for (Measure& measure : item.measures)
      if (measure.measure == *event.measure) measure.done = measure.done || event.done;
  }
  void operator()(const EvidenceAdded& event) const {
    const Post* post = state.post(mark.actor);
    const bool kept_back = item.report && (post == nullptr || receives(item, post->unit));
    item.evidence.push_back({event.sha256, mark.seq, true, false, kept_back});
  }
  void operator()(const VerificationGiven& event) const {
    const Day day = day_of(mark.recorded, state.zone);
    item.verifiers.push_back({mark.actor, day});
    for (const PostId checker : event.checkers) item.verifiers.push_back({checker, day});
    if (event.stage == Stage::Return) {
      ++item.returned;
      end_round(item, flow_of(item, state));
      return;
    }
    if (event.stage == Stage::Preliminary) item.review_passed = event.passed;
    if (event.stage == Stage::LookBack && event.found && !item.closures.empty())
      item.closures.back().look_backs.push_back(*event.found);
    if (event.stage != Stage::OnSite) return;
    item.check_passed = event.passed;
    item.measured = event.measured;
    note_checker(mark.actor);
    for (const PostId checker : event.checkers) note_checker(checker);
  }
  void operator()(const NoticePosted& event) const { item.notice_last = event.last; }
  void operator()(const ItemClosed& event) const {
    Closure closure;
    closure.outcome = event.outcome;
    closure.fixed = event.fixed;
    closure.day = day_of(mark.recorded, state.zone);
    closure.quantities = event.quantities;
    if (const Post* post = state.post(mark.actor)) closure.by = post->unit;
    closure.ground = event.ground;
    ask_anew();
    item.closures.push_back(std::move(closure));
  }
  void operator()(const ItemReopened& event) const {
    TZ_ASSERT(event.closure >= 1 && event.closure <= item.closures.size());
    item.closures[event.closure - 1U].stands = false;
    item.closures[event.closure - 1U].ended = day_of(mark.recorded, state.zone);
    ++item.reopened;
    ask_anew();
    forget_limit();
    end_round(item, flow_of(item, state));
  }
  void operator()(const JudgementGiven& event) const {
    note_judgement(item, event, mark.actor, day_of(mark.recorded, state.zone));
    // What waited to be checked or closed goes back to work, and is verified anew.
    const Phase phase = phase_of(item, state);
    const bool waits = phase == Phase::Checking || phase == Phase::Notice;
    const Flow& flow = flow_of(item, state);
    if (waits && !event.drawn && unsatisfied(event) && flow.fixes()) end_round(item, flow);
  }
  void operator()(const AffectedListed& event) const {
    item.lot.emplace();
    item.lot->list = event;
    item.lot->record = mark.seq;
    item.lot->day = day_of(mark.recorded, state.zone);
    item.lot->closings = item.closures.size();
  }
  void operator()(const LotDrawn& event) const { note_drawing(item, event); }
  void ask_anew() const {
    item.judged = false;
    item.tries = 0;
  }
  // Whether a reporter is asked back when that limit is over.
  [[nodiscard]] bool asks_back_at(const std::string& id) const {
    const Flow& flow = flow_of(item, state);
    const auto& all = flow.transitions;
    return std::any_of(all.begin(), all.end(), [&](const Transition& one) {
      const Guard* over = one.act == Act::Judge ? one.guard(GuardKind::ClockOver) : nullptr;
      return over != nullptr && flow.clocks[static_cast<std::size_t>(over->number)].id == id;
    });
  }
  void operator()(const ItemsLinked& event) const {
    switch (event.link) {
      case LinkKind::MergedInto:
        item.merged_into = event.other;
        ask_anew();
        forget_limit();
        return;
      case LinkKind::MergedFrom:
        return item.merged_from.push_back(event.other);
      case LinkKind::ShareOf:
        item.share_of = event.other;
        return;
      case LinkKind::HasShare:
        return item.shares.push_back(event.other);
      case LinkKind::SameMatter:
        item.same_as = event.other;
        return;
      case LinkKind::Recurs:
        item.recurs = event.other;
        return;
      case LinkKind::CopyOf:
        item.copy_of = event.other;
        return;
      case LinkKind::HasCopy:
        return item.copies.push_back(event.other);
      case LinkKind::SplitFrom:
        if (item.household) item.household->split_from = event.other;
        return;
      case LinkKind::HasSplit:
        if (item.household) item.household->splits.push_back(event.other);
        return;
    }
  }
  void operator()(const DeadlineExtended& event) const { set_deadline(event.due); }
  void operator()(const ClockActed& event) const {
    if (event.part) {
      for (UnitPart& part : item.parts)
        if (part.part == *event.part) part.steps |= bit_of(event.step);
    } else if (!event.clock) {
      item.deadline_steps |= bit_of(event.step);
    } else if (ItemClock* clock = clock_named(*event.clock)) {
      clock->steps |= bit_of(event.step);
    }
  }
  void operator()(const Corrected& event) const {
    if (!event.value) return;
    if (event.field == "place") {
      const auto place = state.tree->find_at(*event.value, mark.seq);
      TZ_ASSERT(place.has_value());
      item.place = *place;
    }
    if (event.field == "source") item.source = *event.value;
    if (event.field == "batch") item.batch = *event.value;
    if (event.field == "special") item.special = state.special_of(*event.value);
    if (is_of_finding(event.field)) correct_finding(item, state, event, mark.seq);
    if (event.field == "category") item.category = *event.value;
    if (event.field == "nature") item.nature = nature_named(*event.value);
    if (event.field == "severity") item.severity = severity_named(*event.value);
    if (event.field == "fix_class") item.fix_class = *event.value;
  }
  void operator()(const HandedOver& event) const {
    std::erase(item.handed_from, event.to);
    item.handed_from.push_back(event.from);
    if (std::find(event.parts.begin(), event.parts.end(), WorkPart::Recorder) == event.parts.end())
      return;
    const Post* to = state.post(event.to);
    TZ_ASSERT(to != nullptr);
    item.recorder = to->id;
    item.recorder_account = to->account;
  }
  void operator()(const Redacted& event) const {
    if (!event.part) {
      for (EvidenceNote& note : item.evidence)
        if (note.record == event.record) note.destroyed = true;
      return;
    }
    for (TextNote& note : item.texts)
      if (note.record == event.record) note.destroyed |= 1U << *event.part;
  }
  void operator()(const ReportReceived& event) const {
    Report report;
    report.manner = event.manner;
    report.accusation = event.accusation;
    report.code_salt = event.code_salt;
    report.code_hash = event.code_hash;
    report.record = mark.seq;
    item.report = std::move(report);
  }
  void operator()(const QueryCodeIssued& event) const {
    if (!item.household) return;
    item.household->has_code = true;
    item.household->code_salt = event.code_salt;
    item.household->code_hash = event.code_hash;
  }
  void operator()(const IdentitySealed& event) const {
    if (item.report && seals_somebody(event))
      item.report->envelopes.push_back({mark.seq, event.unit});
  }
  ItemClock* clock_named(const std::string& id) const {
    const auto index = flow_of(item, state).clock(id);
    if (!index) return nullptr;
    for (ItemClock& clock : item.clocks)
      if (clock.clock == *index) return &clock;
    return nullptr;
  }
  void operator()(const ClockStarted& event) const {
    const auto index = flow_of(item, state).clock(event.clock);
    const auto length = calendar::parse_length(event.length);
    TZ_ASSERT(index.has_value() && length.ok());
    ItemClock* clock = clock_named(event.clock);
    if (clock == nullptr) clock = &item.clocks.emplace_back();
    *clock = {};
    clock->clock = *index;
    clock->started = clock->set = event.at;
    clock->length = *length;
    clock->rule = event.rule.value_or("");
    clock->rolls = event.rolls;
    clock->due = event.due;
    clock->due_day = clock->first_due_day = event.due_day;
    clock->calendar = event.calendar;
    clock->provisional = event.provisional;
    if (is_deadline(flow_of(item, state), event.clock)) {
      set_deadline(deadline_from(item.due, event.due_day));
      item.original_due = deadline_from(item.original_due, *item.due);
    }
    if (asks_back_at(event.clock)) ask_anew();
  }
  void operator()(const ClockPaused& event) const {
    if (ItemClock* clock = clock_named(event.clock)) clock->still_since = event.at;
  }
  void operator()(const ClockMoved& event) const {
    ItemClock* clock = clock_named(event.clock);
    if (clock == nullptr) return;
    if (event.why == ClockMove::Resumed && clock->still_since) {
      if (*clock->still_since < event.at) clock->pauses.push_back({*clock->still_since, event.at});
      clock->still_since.reset();
    }
    if (event.by)
      if (const auto by = calendar::parse_length(*event.by); by.ok())
        clock->extensions.push_back(*by);
    clock->due = event.due;
    clock->due_day = event.due_day;
    clock->calendar = event.calendar;
    clock->provisional = event.provisional;
    clock->steps = 0;
    // What the right day has let fall due is done at once.
    if (event.why != ClockMove::Corrected) clock->set = event.at;
    if (is_deadline(flow_of(item, state), event.clock)) set_deadline(event.due_day);
  }
  void operator()(const ClockStopped& event) const {
    ItemClock* clock = clock_named(event.clock);
    if (clock == nullptr) return;
    clock->stopped = event.at;
    clock->overtaken = event.overtaken.has_value();
  }
  void operator()(const QuestionAsked&) const {
    if (item.report) item.report->answered.push_back(false);
  }
  void operator()(const QuestionAnswered& event) const {
    if (item.report && event.question >= 1 && event.question <= item.report->answered.size())
      item.report->answered[event.question - 1U] = true;
  }
  void operator()(const AbstractWritten&) const {
    if (item.report) item.report->draft = Draft{mark.seq, mark.actor, false};
  }
  void operator()(const AbstractReviewed&) const {
    if (item.report && item.report->draft) item.report->draft->approved = true;
  }
  void operator()(const OpeningAsked&) const {
    if (item.report) item.report->openings.push_back({mark.seq, mark.actor, {}});
  }
  void operator()(const OpeningAgreed& event) const {
    if (item.report && event.opening >= 1 && event.opening <= item.report->openings.size())
      item.report->openings[event.opening - 1U].agreer = mark.actor;
  }
  template <class Other>
  void operator()(const Other&) const {}  // not about items
};

}  // namespace

const Flow& flow_of(const Item& item, const State& state) {
  TZ_ASSERT(item.flow < state.flows.size());
  return *state.flows[item.flow];
}

Phase phase_of(const Item& item, const State& state) {
  return flow_of(item, state).states[item.state].phase;
}

HouseholdStage stage_of(const Item& item, const State& state) {
  return flow_of(item, state).states[item.state].stage;
}

std::optional<Day> closed_on(const Item& item) {
  if (item.closures.empty() || !item.closures.back().stands) return std::nullopt;
  return item.closures.back().day;
}

UnitId counted_at(const Item& item, UnitId unit, const State& state) {
  return state.tree->counted_at(unit, closed_on(item));
}

bool receives(const Item& item, UnitId unit) {
  if (item.place == unit) return true;
  return item.report && std::any_of(item.report->envelopes.begin(), item.report->envelopes.end(),
                                    [&](const Envelope& one) { return one.unit == unit; });
}

bool destroys_accused(const Item& item, const Redacted& event) {
  return item.report && item.report->accusation && event.record == item.report->record &&
         event.part == kAccusedPart;
}

Item open(const State& state, const ItemOpened& event, const Mark& mark) {
  const auto flow = state.flow_of(event.kind, event.flow_version);
  TZ_ASSERT(flow.has_value());
  Item item;
  item.no = event.no;
  item.flow = *flow;
  item.place = event.place;
  item.source = event.source;
  item.category = event.category;
  item.nature = event.nature;
  item.severity = event.severity;
  item.fix_class = event.fix_class;
  item.recorder = mark.actor;
  const Post* post = state.post(mark.actor);
  if (post != nullptr) item.recorder_account = post->holder();
  item.opened = mark.recorded;
  item.origin = mark.origin;
  item.import = event.import;
  item.work_group = event.work_group;
  item.batch = event.batch;
  item.feedback = event.feedback;
  item.implementing = event.implementing.value_or(std::vector<UnitId>{});
  item.to_accept = event.accepting;
  if (event.programme && event.requirement) {
    item.special = state.special_of(*event.programme, *event.requirement);
    TZ_ASSERT(item.special.has_value());
  }
  if (event.scheme) {
    const auto scheme = state.scheme_of(*event.scheme);
    TZ_ASSERT(scheme.has_value());
    item.household.emplace().scheme = *scheme;
  }
  item.due = event.due;
  item.first = mark.seq;
  item.last = mark.seq;
  if (mark.text_count > 0) item.texts.push_back({mark.seq, mark.text_count, 0});
  return item;
}

void apply(Item& item, const State& state, const Event& event, const Mark& mark) {
  std::visit(Applier{item, state, mark}, event);
  item.last = mark.seq;
  if (mark.text_count > 0) item.texts.push_back({mark.seq, mark.text_count, 0});
}

std::uint16_t closing_that_stands(const Item& item) {
  const bool stands = !item.closures.empty() && item.closures.back().stands;
  return static_cast<std::uint16_t>(stands ? item.closures.size() : 0);
}

bool in_stages(const Item& item) {
  return item.fix_class == "phased" || item.fix_class == "long_term";
}

bool waits_for_other(const Item& item, const State& state) {
  return item.merged_into && phase_of(item, state) == Phase::Dropped;
}

std::vector<ItemNo> linked(const Item& item) {
  std::vector<ItemNo> out = item.shares;
  for (const auto& other : {item.share_of, item.merged_into, item.copy_of})
    if (other) out.push_back(*other);
  if (item.household) {
    out.insert(out.end(), item.household->splits.begin(), item.household->splits.end());
    if (item.household->split_from) out.push_back(*item.household->split_from);
  }
  return out;
}

const ItemClock* clock_of(const Item& item, std::uint16_t clock) {
  for (const ItemClock& one : item.clocks)
    if (one.clock == clock) return &one;
  return nullptr;
}

}  // namespace tz::ledger
