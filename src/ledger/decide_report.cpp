// Receiving a report where those it complains of cannot see it, and opening an identity by two.
#include "ledger/decide_report.h"

#include <algorithm>
#include <string>

#include "ledger/clock.h"
#include "ledger/decide_units.h"
#include "ledger/given_text.h"
#include "ledger/receiver.h"
#include "ledger/verdict.h"

namespace tz::ledger {
namespace {

using Refused = std::optional<Error>;  // none: nothing stands in the way

std::string units_text(const std::vector<UnitId>& units) {
  std::string out;
  for (const UnitId unit : units) out += (out.empty() ? "" : ",") + std::to_string(unit.value);
  return out;
}

Refused text_needed(const TextPlace& place, const std::string& text) {
  if (text.empty()) return refusal("field_required", {{"field", place.field}});
  return text_fault(place, text);
}

// The identity goes with the manner: to everybody who works on it, under the seal, or nowhere.
Refused identity_fault(const Circumstances& at, const ReceiveReport& command, UnitId receiver) {
  const bool named = command.manner == Manner::Named;
  if (named && !command.accused.empty()) return refusal("report_named_accusation");
  if (named)
    if (auto error = text_needed({"reporter", kIdentityCharsMax, Shape::Line}, command.reporter))
      return error;
  if (!named && !command.reporter.empty()) return refusal("field_unknown", {{"field", "reporter"}});
  if (command.manner == Manner::ReceiverOnly && !command.envelope)
    return refusal("field_required", {{"field", "name"}});
  if (!command.envelope) return std::nullopt;
  const auto holder =
      key_holder(at.state, command.accused, receiver, day_of(at.now, at.state.zone));
  if (!holder) return refusal("receiving_key_none");
  if (command.envelope->unit != holder->unit || command.envelope->key != holder->key)
    return refusal("receiving_key_changed");
  return std::nullopt;
}

Refused too_many_accused(const std::vector<UnitId>& units) {
  if (units.size() <= kAccusedMax) return std::nullopt;
  return refusal("list_too_long",
                 {{"field", "accused"}, {"count_max", std::to_string(kAccusedMax)}});
}

Refused may_send(const Circumstances& at, const ReceiveReport& command, const Flow& flow) {
  if (at.state.policy->of(Right::RequestOpen).admits != Admits::Anybody || !flow.reports)
    return refusal("reports_not_taken", {{"kind", command.kind}});
  if (auto error = too_many_accused(command.accused)) return error;
  if (command.category && std::find(flow.categories.begin(), flow.categories.end(),
                                    *command.category) == flow.categories.end())
    return refusal("category_unknown", {{"category", *command.category}});
  return text_needed({"text", kReportCharsMax, Shape::Text}, command.text);
}

// The item of a reporter who holds that code; whether there is no such item or the code is wrong
// is told the same.
Result<const Item*> followed(const Circumstances& at, ItemNo no, const Hash& code_hash) {
  const Item* item = at.item(no);
  const bool his = item != nullptr && item->report &&
                   at.state.policy->of(Right::RequestFollow).admits == Admits::Anybody &&
                   same_bytes(item->report->code_hash, code_hash);
  if (!his) return refusal("report_unknown");
  return item;
}

// What stands in the way of opening an identity.
Refused opening_refused(const Circumstances& at, Act act, const Item& item, PostId post) {
  const std::vector<Opening>& openings = item.report->openings;
  if (item.report->envelopes.empty()) return refusal("envelope_none");
  const bool waits = !openings.empty() && !openings.back().agreer;
  if (act == Act::AskOpening) return waits ? Refused(refusal("opening_waits")) : std::nullopt;
  if (openings.empty()) return refusal("opening_none");
  const bool asked = same_person(at.state, openings.back().asker, post);
  if (act == Act::AgreeOpening) {
    if (!waits) return refusal("opening_none");
    if (asked) return refusal("opening_own");
    return std::nullopt;
  }
  if (waits) return refusal("opening_not_agreed");
  if (!asked && !same_person(at.state, *openings.back().agreer, post))
    return refusal("opening_of_others");
  return std::nullopt;
}

// In which post an official writes it down for somebody else. What complains of units goes through
// nobody's hands: whoever was told of it would know who said it.
Result<PostId> writes_for(const Circumstances& at, const ReceiveReport& command, const Flow& flow) {
  if (!command.source) return PostId{0};
  if (!command.accused.empty()) return refusal("accusation_not_on_behalf");
  const PostId post =
      TZ_TRY(permitted(at, {Right::ItemOpen, &flow.opened_by, "open"}, command.place));
  if (std::find(flow.sources.begin() + 1, flow.sources.end(), *command.source) ==
      flow.sources.end())
    return refusal("source_unknown", {{"source", *command.source}});
  return post;
}

}  // namespace

Result<Decision> decide_report(const Circumstances& at, const ReceiveReport& command) {
  const auto flow_index = at.state.flow_of(command.kind);
  if (!flow_index) return refusal("kind_unknown", {{"kind", command.kind}});
  const Flow& flow = *at.state.flows[*flow_index];
  TZ_ASSERT(command.place.value < at.state.tree->size());
  TZ_ASSERT(at.item(command.no) == nullptr);
  const PostId post = TZ_TRY(writes_for(at, command, flow));
  if (auto error = may_send(at, command, flow)) return *error;
  const bool accusation = !command.accused.empty();
  const Day today = day_of(at.now, at.state.zone);
  if (!accusation)
    if (auto error = ended_unit(at.state, command.place, today)) return *error;
  const UnitId receiver = TZ_TRY(receiver_for(at.state, command.place, command.accused, today));
  if (auto error = identity_fault(at, command, receiver)) return *error;

  ItemOpened opened;
  opened.no = command.no;
  opened.kind = flow.kind;
  opened.flow_version = flow.version;
  opened.place = receiver;
  opened.source = command.source.value_or(flow.sources.front());
  opened.category = command.category;
  opened.fix_class = "by_date";
  // Headers are public and count a record's texts: what every report has in common, however empty,
  // is all that they tell.
  static_assert(kAccusedPart == 1, "the second of the texts below");
  Decision decision{post, {{std::move(opened), command.no, {}}}};
  decision.events.push_back(
      {ReportReceived{command.manner, accusation, command.code_salt, command.code_hash},
       command.no,
       {{"report", command.text},
        {"accused", units_text(command.accused)},
        {"reporter", command.reporter}}});
  const GivenEnvelope envelope = command.envelope.value_or(GivenEnvelope{receiver, {}, {}, {}});
  decision.events.push_back({IdentitySealed{envelope.unit, envelope.key, envelope.commitment},
                             command.no,
                             {{"envelope", envelope.box}}});
  TZ_TRY(
      start_clocks(at, flow, std::get<ItemOpened>(decision.events.front().event), decision.events));
  // An accusation tells nobody of itself.
  if (!accusation)
    note_recurrence(at, {command.no, receiver, command.category, true}, command.closed_before,
                    decision.events);
  return decision;
}

Result<UnitId> receiver_of_petition(const Circumstances& at, const OpenItem& command,
                                    const Flow& flow) {
  if (flow.reports || flow.totals == TotalsAudience::Public)
    return refusal("accusation_not_taken", {{"kind", command.kind}});
  if (auto error = too_many_accused(command.accused)) return *error;
  const Day today = day_of(at.now, at.state.zone);
  const UnitId receiver = TZ_TRY(receiver_of(at.state, command.accused, today));
  if (accused(at.state, Accusation{receiver, command.accused}, at.actor.account, today))
    return refusal("recorder_accused");
  return receiver;
}

EventDraft accusation_of(const OpenItem& command) {
  return {ReportReceived{Manner::Anonymous, true, {}, {}},
          command.no,
          {{"report", ""}, {"accused", units_text(command.accused)}, {"reporter", ""}}};
}

Result<Decision> decide_answer(const Circumstances& at, const AnswerQuestion& command) {
  const Item& item = *TZ_TRY(followed(at, command.item, command.code_hash));
  const std::vector<bool>& answered = item.report->answered;
  if (command.question < 1 || command.question > answered.size())
    return refusal("question_unknown", {{"question", std::to_string(command.question)}});
  if (answered[command.question - 1U])
    return refusal("question_answered", {{"question", std::to_string(command.question)}});
  if (auto error = text_needed({"text", kReportCharsMax, Shape::Text}, command.text)) return *error;
  return Decision{PostId{0},
                  {{QuestionAnswered{command.question}, item.no, {{"answer", command.text}}}}};
}

std::optional<Judging> judging(const State& state, const Item& item, const Item* other,
                               Instant now) {
  const auto& transitions = flow_of(item, state).transitions;
  const auto judges =
      std::find_if(transitions.begin(), transitions.end(), [&](const Transition& one) {
        return one.act == Act::Judge && one.leaves(item.state) &&
               one.guard(GuardKind::EnteredForReporter) == nullptr;
      });
  if (judges == transitions.end()) return std::nullopt;
  const std::uint16_t closure = closing_that_stands(item);
  if (closure > 0) return Judging{&*judges, closure};
  if (waits_for_other(item, state)) {
    if (other == nullptr || is_open(phase_of(*other, state))) return std::nullopt;
    return Judging{&*judges, 0};
  }
  const Guard* over = judges->guard(GuardKind::ClockOver);
  const ItemClock* clock =
      over == nullptr ? nullptr : clock_of(item, static_cast<std::uint16_t>(over->number));
  if (clock == nullptr || !ended(*clock, now)) return std::nullopt;
  return Judging{&*judges, 0};
}

Result<Decision> decide_verdict(const Circumstances& at, const JudgeReport& command) {
  const Item& item = *TZ_TRY(followed(at, command.item, command.code_hash));
  const Flow& flow = flow_of(item, at.state);
  const Item* other = item.merged_into ? at.item(*item.merged_into) : nullptr;
  const auto chance = judging(at.state, item, other, at.now);
  if (!chance || command.closure != chance->closure) return refusal("not_closed");
  const Transition* transition = chance->transition;
  if (own_word_given(item)) return refusal("verdict_given");
  if (command.solved == Verdict::NoAnswer) return refusal("field_required", {{"field", "solved"}});
  const TextPlace words{"text", kReportCharsMax, Shape::Text};
  if (!command.text.empty())
    if (auto error = text_fault(words, command.text)) return *error;
  const JudgementGiven said{command.solved, command.satisfied, command.closure, VerdictWay::Code,
                            command.why};
  Decision decision{PostId{0}, {{said, item.no, {}}}};
  // What he writes may tell who he is: as what he sent, it stays with who received it.
  if (!command.text.empty()) decision.events.front().texts.push_back({"text", command.text});
  std::uint16_t to = transition->target(item.state);
  if (goes_back(said, *transition, item, at.state)) {
    // Before any closing there is none to take back.
    if (command.closure > 0)
      decision.events.push_back({ItemReopened{command.closure}, item.no, {}});
    to = *transition->to_if_unsatisfied;
  }
  TZ_TRY(turn_clocks(at, item, *transition, to, {}, decision.events));
  decision.events.push_back(
      {TransitionTaken{transition->id, flow.states[item.state].id, flow.states[to].id},
       item.no,
       {}});
  return decision;
}

Result<Decision> decide_reading(const Circumstances& at, const ReadReporter& command) {
  const Item& item = *TZ_TRY(item_in_sight(at, command.item));
  const PostId post = TZ_TRY(permitted(at, {Right::ReporterRead, nullptr, "reporter"}, item));
  if (!item.report || item.report->manner != Manner::Named) return refusal("reporter_unnamed");
  return Decision{post, {{ReporterRead{}, item.no, {}}}};
}

bool concerns_reporter(Act act) { return act >= Act::Question && act <= Act::HandOut; }

std::optional<Error> reporter_refused(const Circumstances& at, Act act, const Item& item,
                                      PostId post) {
  if (!item.report) return refusal("no_reporter");
  const std::optional<Draft>& draft = item.report->draft;
  switch (act) {
    case Act::Question:
    case Act::Abstract:
      return std::nullopt;
    case Act::Approve:
      if (!draft) return refusal("abstract_none");
      if (draft->approved) return refusal("abstract_approved");
      if (same_person(at.state, draft->writer, post)) return refusal("abstract_own");
      return std::nullopt;
    default:
      return opening_refused(at, act, item, post);
  }
}

Result<EventDraft> report_fact(const Circumstances& at, Act act, const Item& item,
                               const ActionInput& input, PostId post) {
  if (auto error = reporter_refused(at, act, item, post)) return *error;
  const auto openings = static_cast<std::uint16_t>(item.report->openings.size());
  const std::string text = input.text.value_or("");
  const std::string title = input.title.value_or("");
  const bool writes = act == Act::Question || act == Act::Abstract || act == Act::Approve;
  if (writes && text.empty()) return refusal("field_required", {{"field", "text"}});
  if (writes && act != Act::Question && title.empty())
    return refusal("field_required", {{"field", "title"}});
  switch (act) {
    case Act::Question: {
      const auto number = static_cast<std::uint16_t>(item.report->answered.size() + 1);
      return EventDraft{QuestionAsked{number}, item.no, {{"question", text}}};
    }
    case Act::Abstract:
      return EventDraft{AbstractWritten{}, item.no, {{"draft_title", title}, {"draft", text}}};
    case Act::Approve:
      return EventDraft{AbstractReviewed{}, item.no, {{"title", title}, {"description", text}}};
    case Act::AskOpening:
      if (!input.reason || input.reason->empty())
        return refusal("field_required", {{"field", "reason"}});
      return EventDraft{OpeningAsked{static_cast<std::uint16_t>(openings + 1)},
                        item.no,
                        {{"reason", *input.reason}}};
    case Act::AgreeOpening:
      return EventDraft{OpeningAgreed{openings}, item.no, {}};
    default:
      TZ_ASSERT(act == Act::HandOut);
      return EventDraft{EnvelopeHandedOut{openings}, item.no, {}};
  }
}

bool has_own_texts(Act act) {
  return act == Act::Question || act == Act::Abstract || act == Act::Approve ||
         act == Act::AskOpening;
}

std::optional<Error> too_long_for_reporter(const Transition& transition, const Item& item,
                                           const ActionInput& input) {
  if (!item.report && item.merged_from.empty()) return std::nullopt;
  const bool question = transition.act == Act::Question;
  const std::size_t chars_max = question ? kQuestionCharsMax : kReportCharsMax;
  const bool read = question || transition.act == Act::Close || transition.act == Act::Link;
  if (read && input.text)
    if (auto error = text_fault({"text", chars_max}, *input.text)) return error;
  if (input.reason) return text_fault({"reason", kReportCharsMax}, *input.reason);
  return std::nullopt;
}

std::optional<Error> names_accused(const Circumstances& at, const Item& item,
                                   const ActionInput& input) {
  if (!item.report || !item.report->accusation) return std::nullopt;
  std::vector<UnitId> named = input.responsible;
  named.insert(named.end(), input.supporting.begin(), input.supporting.end());
  for (const auto& unit : {input.lead, input.supervising, input.accepting})
    if (unit) named.push_back(*unit);
  for (const PlannedMeasure& measure : input.measures)
    if (measure.owner) named.push_back(*measure.owner);
  for (const GivenPart& part : input.parts) named.push_back(part.unit);
  for (const GivenShare& share : input.shares) named.push_back(share.lead);
  const Accusation* known = at.state.accusations->find(item.no);
  const Accusation accusation = known == nullptr ? Accusation{item.place, {}} : *known;
  const Day today = day_of(at.now, at.state.zone);
  for (const UnitId unit : named)
    if (accused(at.state, accusation, unit, today))
      return refusal("names_accused", {{"unit", std::string(at.state.tree->code(unit))}});
  return std::nullopt;
}

}  // namespace tz::ledger
