// Folding an item's events: a few assignments each, no decisions.
#include "ledger/item.h"

#include <algorithm>

namespace tz::ledger {
namespace {

void add_unit(std::vector<UnitId>& units, UnitId unit) {
  if (std::find(units.begin(), units.end(), unit) == units.end()) units.push_back(unit);
}

void end_round(Item& item) {
  item.review_passed = false;
  item.check_passed = false;
  item.measured.clear();
  item.notice_last.reset();
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
    item.state = *to;
    // Asking for close-out is part of the fix, whatever words the flow has for it.
    const Transition* transition = flow_of(item, state).transition(event.transition);
    if (transition == nullptr || transition->act != Act::Move) return;
    const Post* post = state.post(mark.actor);
    if (post != nullptr && post->role == Role::Responsible) note_fixer();
  }
  void operator()(const Assigned& event) const {
    item.lead = event.lead;
    item.responsible = event.responsible;
    item.supporting = event.supporting;
    item.supervising = event.supervising;
    item.accepting = event.accepting;
    item.due = event.due;
    if (!item.original_due) item.original_due = event.due;
    add_unit(item.fixer_units, event.lead);
    for (UnitId unit : event.responsible) add_unit(item.fixer_units, unit);
    for (UnitId unit : event.supporting) add_unit(item.supporting_units, unit);
  }
  void operator()(const MeasurePlanned& event) const {
    item.measures.push_back({event.measure, event.owner, event.due, false, false});
    add_unit(item.fixer_units, event.owner);
    note_fixer();
  }
  void operator()(const MeasureEnded& event) const {
    for (Measure& measure : item.measures)
      if (measure.measure == event.measure) measure.ended = true;
  }
  void operator()(const CriterionSet& event) const {
    // What was checked was checked against the one before.
    item.review_passed = false;
    item.check_passed = false;
    item.measured.clear();
    item.criterion = event.quantities;
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
    if (event.stage == Stage::Return) {
      ++item.returned;
      end_round(item);
      return;
    }
    if (event.stage == Stage::Preliminary) item.review_passed = event.passed;
    if (event.stage == Stage::OnSite) {
      item.check_passed = event.passed;
      item.measured = event.measured;
    }
  }
  void operator()(const NoticePosted& event) const { item.notice_last = event.last; }
  void operator()(const ItemClosed& event) const {
    item.closures.push_back(
        {event.outcome, event.fixed, day_of(mark.recorded, state.zone), true, event.quantities});
  }
  void operator()(const ItemReopened& event) const {
    TZ_ASSERT(event.closure >= 1 && event.closure <= item.closures.size());
    item.closures[event.closure - 1U].stands = false;
    ++item.reopened;
    end_round(item);
  }
  void operator()(const JudgementGiven& event) const { item.judgement = event; }
  void operator()(const ItemsLinked& event) const {
    if (event.link == LinkKind::MergedInto) item.merged_into = event.other;
    if (event.link == LinkKind::MergedFrom) item.merged_from.push_back(event.other);
  }
  void operator()(const DeadlineExtended& event) const { item.due = event.due; }
  void operator()(const Corrected& event) const {
    if (!event.value) return;
    if (event.field == "place") {
      const auto place = state.tree->find(*event.value);
      TZ_ASSERT(place.has_value());
      item.place = *place;
    }
    if (event.field == "source") item.source = *event.value;
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
    clock->started = event.at;
    clock->length = *length;
    clock->rule = event.rule.value_or("");
    clock->rolls = event.rolls;
    clock->due = event.due;
    clock->due_day = clock->first_due_day = event.due_day;
    clock->calendar = event.calendar;
    clock->provisional = event.provisional;
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
  }
  void operator()(const ClockStopped& event) const {
    if (ItemClock* clock = clock_named(event.clock)) clock->stopped = event.at;
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

ItemRow row_of(const Item& item, const State& state) {
  ItemRow row;
  row.no = item.no;
  row.place = item.place;
  row.lead = item.lead;
  const auto kind = state.kind_index(flow_of(item, state).kind);
  TZ_ASSERT(kind.has_value());
  row.kind = *kind;
  row.phase = phase_of(item, state);
  row.flow = item.flow;
  row.state = item.state;
  row.opened = day_of(item.opened, state.zone);
  row.due = item.due;
  if (!item.closures.empty() && item.closures.back().stands) {
    row.closed = item.closures.back().day;
    row.fixed = item.closures.back().fixed;
  }
  row.reopened = item.reopened;
  if (item.import && !state.adopted_imports.contains(*item.import)) row.import = item.import;
  row.recorder = item.recorder_account;
  row.first = item.first;
  row.last = item.last;
  return row;
}

std::vector<ItemQuantity> quantities_of(const Item& item) {
  std::vector<ItemQuantity> out;
  if (item.closures.empty() || !item.closures.back().stands || !item.closures.back().fixed)
    return out;
  for (const Quantity& quantity : item.closures.back().quantities)
    out.push_back({quantity.id, quantity.unit, quantity.value, quantity.qualifier});
  return out;
}

const ItemClock* clock_of(const Item& item, std::uint16_t clock) {
  for (const ItemClock& one : item.clocks)
    if (one.clock == clock) return &one;
  return nullptr;
}

}  // namespace tz::ledger
