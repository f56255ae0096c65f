// The fields of events, each named once, but for those about items in general: they are in
// src/ledger/event_codec.cpp, which says what an archive `a` is.
#pragma once

#include <type_traits>

#include "ledger/event.h"

namespace tz::ledger {

// `E` is the event, const or not.
template <class T, class E>
constexpr bool kIs = std::is_same_v<std::remove_const_t<E>, T>;

template <class A, class E>
void verdict_fields(A& a, E& e) {
  if constexpr (kIs<VerificationGiven, E>) {
    a("stage", e.stage), a("passed", e.passed), a("checkers", e.checkers);
    a("measured", e.measured), a("found", e.found);
  } else if constexpr (kIs<NoticePosted, E>) {
    a("first", e.first), a("last", e.last);
  } else if constexpr (kIs<ItemClosed, E>) {
    a("outcome", e.outcome), a("fixed", e.fixed), a("closure", e.closure);
    a("quantities", e.quantities), a("ground", e.ground);
  } else if constexpr (kIs<AffectedListed, E>) {
    a("closure", e.closure), a("affected", e.affected), a("asked", e.asked);
    a("digest", e.digest);
  } else if constexpr (kIs<LotDrawn, E>) {
    a("closure", e.closure), a("position", e.position), a("root", e.root);
  } else if constexpr (kIs<ItemReopened, E> || kIs<RecurrenceNoted, E>) {
    a("closure", e.closure);
  } else if constexpr (kIs<JudgementGiven, E>) {
    a("solved", e.solved), a("satisfied", e.satisfied), a("closure", e.closure);
    a("way", e.way), a("why", e.why), a("drawn", e.drawn);
  } else {
    static_assert(kIs<ItemsLinked, E>);
    a("link", e.link), a("other", e.other);
  }
}

// Of what a project brings: how it was chosen, and what was said and changed of it.
template <class A, class E>
void result_fields(A& a, E& e) {
  if constexpr (kIs<ActualsReported, E>) {
    a("actuals", e.actuals), a("reached", e.reached), a("in_place_fen", e.in_place_fen);
    a("paid_fen", e.paid_fen), a("files", e.files);
  } else if constexpr (kIs<FundsPlanned, E>) {
    a("planned_fen", e.planned_fen);
  } else if constexpr (kIs<MilestoneMoved, E>) {
    a("milestone", e.milestone);
  } else {
    static_assert(kIs<VotesCounted, E>);
    a("ballot", e.ballot), a("for", e.in_favour), a("against", e.against);
    a("abstained", e.abstained), a("chosen", e.chosen);
  }
}

template <class A, class E>
void report_fields(A& a, E& e) {
  if constexpr (kIs<ReportReceived, E>) {
    a("manner", e.manner), a("accusation", e.accusation);
    a("code_salt", e.code_salt), a("code_hash", e.code_hash);
  } else if constexpr (kIs<QueryCodeIssued, E>) {
    a("code_salt", e.code_salt), a("code_hash", e.code_hash);
  } else if constexpr (kIs<IdentitySealed, E>) {
    a("unit", e.unit), a("key", e.key), a("commitment", e.commitment);
  } else if constexpr (kIs<QuestionAsked, E> || kIs<QuestionAnswered, E>) {
    a("question", e.question);
  } else if constexpr (kIs<OpeningAsked, E> || kIs<OpeningAgreed, E> || kIs<EnvelopeHandedOut, E>) {
    a("opening", e.opening);
  } else {
    static_assert(kIs<AbstractWritten, E> || kIs<AbstractReviewed, E> || kIs<ReporterRead, E>);
  }
}

template <class A, class E>
void clock_fields(A& a, E& e) {
  a("clock", e.clock);
  if constexpr (kIs<ClockActed, E>) {
    a("part", e.part), a("step", e.step), a("due", e.due);
  } else {
    a("at", e.at);
  }
  if constexpr (kIs<ClockStarted, E>) a("length", e.length), a("rule", e.rule), a("rolls", e.rolls);
  if constexpr (kIs<ClockStopped, E>) a("overtaken", e.overtaken);
  if constexpr (kIs<ClockMoved, E>) a("why", e.why), a("by", e.by);
  if constexpr (kIs<ClockStarted, E> || kIs<ClockMoved, E>) {
    a("calendar", e.calendar), a("due", e.due), a("due_day", e.due_day);
    a("provisional", e.provisional);
  }
}

template <class E>
constexpr bool kOfClock = kIs<ClockActed, E> || kIs<ClockStarted, E> || kIs<ClockPaused, E> ||
                          kIs<ClockMoved, E> || kIs<ClockStopped, E>;
template <class E>
constexpr bool kOfReport =
    kIs<AbstractReviewed, E> || kIs<AbstractWritten, E> || kIs<EnvelopeHandedOut, E> ||
    kIs<IdentitySealed, E> || kIs<OpeningAgreed, E> || kIs<OpeningAsked, E> ||
    kIs<QueryCodeIssued, E> || kIs<QuestionAnswered, E> || kIs<QuestionAsked, E> ||
    kIs<ReportReceived, E> || kIs<ReporterRead, E>;
template <class E>
constexpr bool kOfVerdict =
    kIs<AffectedListed, E> || kIs<LotDrawn, E> || kIs<VerificationGiven, E> ||
    kIs<NoticePosted, E> || kIs<ItemClosed, E> || kIs<ItemReopened, E> || kIs<JudgementGiven, E> ||
    kIs<ItemsLinked, E> || kIs<RecurrenceNoted, E>;

template <class E>
constexpr bool kOfResults = kIs<ActualsReported, E> || kIs<FundsPlanned, E> ||
                            kIs<MilestoneMoved, E> || kIs<VotesCounted, E>;

template <class E>
constexpr bool kOfWorkGroups = kIs<WorkGroupMandated, E> || kIs<WorkGroupMembersChanged, E> ||
                               kIs<WorkGroupEnded, E> || kIs<VisitRecorded, E>;

// Of a fund itself; what is booked of a loan is of its item.
template <class E>
constexpr bool kOfFunds =
    kIs<FundOpened, E> || kIs<FundCheckersBound, E> || kIs<FundMoneyBooked, E>;
template <class E>
constexpr bool kOfLoans = kIs<LoanAsked, E> || kIs<LoanBooked, E> || kIs<LoanEnded, E>;

template <class A, class E>
void fund_fields(A& a, E& e) {
  a("fund", e.fund);
  if constexpr (kIs<FundOpened, E>) {
    a("unit", e.unit), a("title_zh", e.title_zh), a("title_en", e.title_en);
    a("cap_fen", e.rules.cap_fen), a("small_fen", e.rules.small_fen);
    a("term_days", e.rules.term_days), a("extension_days", e.rules.extension_days);
    a("extensions_max", e.rules.extensions_max), a("basis", e.rules.basis);
  } else if constexpr (kIs<FundCheckersBound, E>) {
    a("checkers", e.checkers);
  } else if constexpr (kIs<FundMoneyBooked, E>) {
    a("sort", e.sort), a("fen", e.fen), a("loan", e.loan);
  } else if constexpr (kIs<LoanAsked, E>) {
    a("unit", e.unit), a("fen", e.fen), a("household", e.household), a("episode", e.episode);
  } else if constexpr (kIs<LoanBooked, E>) {
    a("sort", e.sort), a("fen", e.fen), a("due", e.due);
  } else {
    static_assert(kIs<LoanEnded, E>);
  }
}

template <class E>
constexpr bool kOfResettlement =
    kIs<SchemeOpened, E> || kIs<RegisterClosed, E> || kIs<RosterFrozen, E> ||
    kIs<SigningOpened, E> || kIs<SignatureCounted, E> || kIs<SchemeTookEffect, E> ||
    kIs<RosterPublished, E>;

template <class A, class E>
void resettlement_fields(A& a, E& e) {
  a("scheme", e.scheme);
  if constexpr (kIs<SchemeOpened, E>) {
    a("name", e.name), a("units", e.units);
  } else if constexpr (kIs<RosterFrozen, E>) {
    a("position", e.position), a("households", e.households);
  } else if constexpr (kIs<SigningOpened, E>) {
    a("first", e.first), a("last", e.last), a("percent", e.percent);
  } else if constexpr (kIs<SignatureCounted, E>) {
    a("given", e.given);
  } else if constexpr (kIs<SchemeTookEffect, E>) {
    a("signed", e.signed_count), a("households", e.household_count);
  } else if constexpr (kIs<RosterPublished, E>) {
    a("audience", e.audience), a("unit", e.unit), a("first", e.first), a("last", e.last);
    a("position", e.position), a("rows", e.rows);
  } else {
    static_assert(kIs<RegisterClosed, E>);
  }
}

template <class A, class E>
void work_group_fields(A& a, E& e) {
  a("group", e.group);
  if constexpr (kIs<WorkGroupMandated, E>) {
    a("name", e.name), a("issuer", e.issuer), a("members", e.members), a("units", e.units);
    a("kinds", e.kinds), a("requirements", e.requirements), a("visits_max", e.visits_max);
    a("from", e.from), a("to", e.to), a("overlaps", e.overlaps);
  } else if constexpr (kIs<WorkGroupMembersChanged, E>) {
    a("members", e.members);
  } else if constexpr (kIs<WorkGroupEnded, E>) {
    a("last_day", e.last_day);
  } else {
    static_assert(kIs<VisitRecorded, E>);
    a("unit", e.unit), a("day", e.day), a("sort", e.sort), a("asked", e.asked);
    a("opened", e.opened), a("checked", e.checked);
  }
}

template <class E>
constexpr bool kOfSystem =
    kIs<AccountOpened, E> || kIs<ActingGranted, E> || kIs<BudgetAdopted, E> ||
    kIs<CalendarAdopted, E> || kIs<CatalogueAdopted, E> || kIs<DutiesAdopted, E> ||
    kIs<LimitsAdopted, E> || kIs<FiguresPublished, E> || kIs<FlowAdopted, E> || kIs<Genesis, E> ||
    kIs<HandoverEnded, E> || kIs<HandoverProposed, E> || kIs<ImportAdopted, E> ||
    kIs<PostEnded, E> || kIs<PostGranted, E> || kIs<ReceivingKeySet, E> ||
    kIs<ProgrammeAdopted, E> || kIs<RequirementAnswered, E> || kIs<CoverageSealed, E> ||
    kIs<ActivityRecorded, E> || kIs<BallotHeld, E> || kIs<UnitLinesAdded, E> ||
    kIs<UnitSucceeded, E> || kIs<UnitsChanged, E> || kIs<UnitsRegistered, E>;

template <class A, class E>
void system_fields(A& a, E& e) {
  if constexpr (kIs<AccountOpened, E>) {
    a("account", e.account);
  } else if constexpr (kIs<ActingGranted, E>) {
    a("post", e.post), a("for", e.place), a("by", e.by), a("from", e.from), a("to", e.to);
  } else if constexpr (kIs<CalendarAdopted, E>) {
    a("known", e.known), a("text", e.text);
  } else if constexpr (kIs<LimitsAdopted, E> || kIs<DutiesAdopted, E> || kIs<BudgetAdopted, E>) {
    a("text", e.text);
  } else if constexpr (kIs<FlowAdopted, E>) {
    a("kind", e.kind), a("version", e.version), a("text", e.text);
  } else if constexpr (kIs<CatalogueAdopted, E>) {
    a("version", e.version), a("text", e.text);
  } else if constexpr (kIs<ProgrammeAdopted, E>) {
    a("programme", e.programme), a("version", e.version), a("text", e.text);
  } else if constexpr (kIs<RequirementAnswered, E>) {
    a("programme", e.programme), a("requirement", e.requirement), a("status", e.status);
    a("units", e.units), a("present", e.present), a("expected", e.expected);
    a("items", e.items), a("sha256", e.sha256);
  } else if constexpr (kIs<ActivityRecorded, E>) {
    a("programme", e.programme), a("requirement", e.requirement), a("sort", e.sort);
    a("day", e.day), a("units", e.units), a("people", e.people);
    a("qualifier", e.qualifier), a("items", e.items);
  } else if constexpr (kIs<BallotHeld, E>) {
    a("ballot", e.ballot), a("unit", e.unit), a("body", e.body), a("day", e.day);
    a("places", e.places), a("candidates", e.candidates), a("chosen", e.chosen);
  } else if constexpr (kIs<CoverageSealed, E>) {
    a("programme", e.programme), a("requirement", e.requirement), a("reason", e.reason);
    a("position", e.position), a("units", e.units), a("digest", e.digest);
  } else if constexpr (kIs<FiguresPublished, E>) {
    a("kind", e.kind), a("month", e.month), a("figures", e.figures);
  } else if constexpr (kIs<Genesis, E>) {
    a("ledger_id", e.ledger_id), a("origin", e.origin), a("zone", e.zone);
    a("simulated", e.simulated);
  } else if constexpr (kIs<HandoverEnded, E>) {
    a("handover", e.handover), a("confirmed", e.confirmed);
  } else if constexpr (kIs<HandoverProposed, E>) {
    a("handover", e.handover), a("from", e.from), a("to", e.to), a("list", e.list);
  } else if constexpr (kIs<ImportAdopted, E>) {
    a("import", e.import), a("count", e.count);
  } else if constexpr (kIs<PostEnded, E>) {
    a("post", e.post), a("last_day", e.last_day);
  } else if constexpr (kIs<PostGranted, E>) {
    a("post", e.post), a("account", e.account), a("unit", e.unit), a("role", e.role);
    a("from", e.from), a("to", e.to);
  } else if constexpr (kIs<ReceivingKeySet, E>) {
    a("unit", e.unit), a("key", e.key);
  } else if constexpr (kIs<UnitLinesAdded, E>) {
    a("edges", e.edges);
  } else if constexpr (kIs<UnitSucceeded, E>) {
    a("unit", e.unit), a("successor", e.successor), a("from", e.from);
  } else if constexpr (kIs<UnitsChanged, E>) {
    a("source", e.source), a("from", e.from), a("changes", e.changes);
  } else {
    static_assert(kIs<UnitsRegistered, E>);
    a("source", e.source), a("first", e.first), a("rows", e.rows);
  }
}

template <class E>
constexpr bool kOfResidents = kIs<DisputeBrought, E> || kIs<DisputeEnded, E> ||
                              kIs<HandlingRecorded, E> || kIs<PartyAnswered, E>;

template <class A, class E>
void resident_fields(A& a, E& e) {
  if constexpr (kIs<HandlingRecorded, E>) {
    a("service", e.service), a("version", e.version), a("unit", e.unit), a("day", e.day);
    a("visits", e.visits), a("further", e.further);
  } else if constexpr (kIs<DisputeBrought, E>) {
    a("no", e.no), a("unit", e.unit), a("sort", e.sort), a("day", e.day);
    a("code_salt", e.code_salt), a("parties", e.parties), a("returns", e.returns);
  } else if constexpr (kIs<DisputeEnded, E>) {
    a("dispute", e.dispute), a("outcome", e.outcome), a("day", e.day);
    a("referred_to", e.referred_to), a("mediators", e.mediators);
  } else {
    static_assert(kIs<PartyAnswered, E>);
    a("dispute", e.dispute), a("party", e.party), a("agrees", e.agrees), a("way", e.way);
  }
}

}  // namespace tz::ledger
