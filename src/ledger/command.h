// What can be asked of the ledger; decide() turns it into events or says which rule it breaks.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/json.h"
#include "ledger/event.h"
#include "ledger/flow.h"
#include "ledger/fund.h"
#include "ledger/org_tree.h"

namespace tz::ledger {

// Who asks: an account, in one of its posts where it has named one.
struct Actor {
  AccountId account;  // 0: the program itself, for what needs no person (init, adopting a flow)
  std::optional<PostId> post;
};

// A special rectification item, by its programme and its requirement there.
struct SpecialName {
  std::string programme;
  std::string requirement;
  friend bool operator==(const SpecialName&, const SpecialName&) = default;
};
// "education_2019/c3_conduct", as it is written; none for anything else.
std::optional<SpecialName> special_named(std::string_view text);

// What an item of a kind that lends asks of which fund. Household and episode are words that are
// never recorded: whoever takes the command makes the marks of them (loan_marks in ledger/fund.h).
struct AskedLoan {
  std::string fund;
  std::int64_t fen = 0;
  std::string household;
  std::string episode;
  std::optional<LoanMarks> marks = std::nullopt;
};

struct OpenItem {
  ItemNo no;  // drawn at random by the caller
  std::string kind;
  UnitId place;
  std::string source;
  std::optional<std::string> upstream_no;  // the source's own number of it; sealed
  std::optional<std::string> source_doc;   // the document it came with; sealed
  std::optional<std::string> category;
  std::optional<Nature> nature;
  std::optional<Severity> severity;
  std::string fix_class;
  std::optional<Day> due;
  std::optional<Day> occurred;
  std::string title;
  std::string description;  // may be empty
  std::optional<std::string> remark;
  std::optional<std::uint64_t> import;
  // Of what an inspection found (ledger/event.h, ItemOpened).
  std::optional<std::string> batch;
  std::optional<Day> feedback;
  std::vector<UnitId> implementing;  // the first leads
  std::optional<UnitId> accepting;
  std::optional<std::string> target;        // sealed
  std::optional<std::string> key_measures;  // sealed
  std::optional<SpecialName> special;
  std::optional<ItemNo> model;  // it is to be done here as it was done there
  // Of a household that moves: its scheme, and the household that it was part of when the register
  // was closed.
  std::optional<std::string> scheme;
  std::optional<ItemNo> split_from;
  // Closed items of that place and category, as far as whoever asks has found them: each that
  // really is one is told of it.
  std::vector<ItemNo> closed_before;
  // The units that it complains of, of a kind that may; then it lies with who receives such things.
  std::vector<UnitId> accused;
  // The item that its source knows by that number already, as far as whoever asks may know of it.
  std::optional<ItemNo> known_as = std::nullopt;
  std::optional<AskedLoan> loan = std::nullopt;
};

// An identity as it reaches the ledger: this machine cannot open it.
struct GivenEnvelope {
  UnitId unit;  // to whose key it is sealed
  Hash key{};
  Hash commitment{};
  std::string box;  // base64; access/envelope.h
};

// What anybody may send in without an account, and follow by its query code.
struct ReceiveReport {
  ItemNo no;  // drawn at random by the caller
  std::string kind;
  UnitId place;                 // what it is about; where it complains of units, of no meaning
  std::vector<UnitId> accused;  // the units it complains of
  std::optional<std::string> category;
  Manner manner = Manner::Anonymous;
  std::string reporter;  // who he is, where he is named; sealed
  std::optional<GivenEnvelope> envelope;
  std::string text;
  Hash code_salt{};
  Hash code_hash{};
  std::vector<ItemNo> closed_before;  // as in OpenItem
  // How it came, where an official writes it down for whoever called or was visited; none: it was
  // sent in without an account.
  std::optional<std::string> source;
};
// The reporter's answer to a question; he holds the query code of that hash.
struct AnswerQuestion {
  ItemNo item;
  Hash code_hash{};
  std::uint16_t question = 1;
  std::string text;
};
// His verdict on a closing.
struct JudgeReport {
  ItemNo item;
  Hash code_hash{};
  std::uint16_t closure = 1;
  Verdict solved = Verdict::NoAnswer;
  Verdict satisfied = Verdict::NoAnswer;
  std::optional<VerdictWhy> why = std::nullopt;
  std::string text = {};  // in his own words; sealed, may be empty
};

struct PlannedMeasure {
  std::string text;
  std::optional<UnitId> owner;  // none: the lead
  Day due;
};
// Of an assignment or a call: what a supporting unit is to do.
struct GivenPart {
  UnitId unit;
  std::string text;  // sealed
  Day due;
};
// A unit's share of a matter, to become an item of its own.
struct GivenShare {
  ItemNo no;  // drawn at random by whoever takes the command
  UnitId lead;
  std::string title;  // sealed
  Day due;
  std::optional<UnitId> place = std::nullopt;  // within the whole's; none: the whole's
};
struct GivenEvidence {
  Hash sha256{};
  std::string media_type;  // filled in by whoever holds the file
  std::int64_t bytes = 0;
  std::optional<Hash> original;  // and this
  std::optional<UnitId> place;
  std::optional<Day> taken;
  std::string name;   // what it shows; sealed
  std::string taker;  // who took it; sealed, may be empty
};

// What a transition is given; which of these it takes and needs says its act and the flow file.
struct ActionInput {
  std::optional<UnitId> lead;
  std::vector<UnitId> responsible;
  std::vector<UnitId> supporting;
  std::optional<UnitId> supervising;
  std::optional<UnitId> accepting;
  std::optional<Day> due;
  std::optional<std::string> lead_official;  // the persons behind the units; sealed
  std::optional<std::string> responsible_person;
  std::optional<UndoneReason> undone_reason;
  std::optional<std::string> funds;           // of a plan: where the money comes from; sealed
  std::optional<std::string> emergency_plan;  // what is done if it goes wrong meanwhile; sealed
  std::vector<PlannedMeasure> measures;
  std::optional<std::string> criterion;
  std::vector<Quantity> quantities;  // of the criterion
  std::optional<std::uint16_t> measure;
  std::optional<bool> done;
  std::optional<std::uint8_t> progress_pct;
  std::vector<GivenEvidence> evidence;
  std::optional<std::string> title;
  std::optional<std::string> text;
  std::optional<std::string> reason;
  std::vector<PostId> checkers;
  std::vector<Quantity> measured;
  std::optional<Day> notice_last;
  std::optional<std::string> outcome;
  std::optional<Verdict> solved;
  std::optional<Verdict> satisfied;
  std::optional<ItemNo> into;
  std::optional<calendar::Length> extension;  // of a clock
  std::vector<GivenPart> parts;
  std::optional<std::uint16_t> part;
  std::optional<bool> good;
  std::vector<GivenShare> shares;
  std::optional<std::string> source;
  std::optional<std::string> upstream_no;  // sealed
  std::optional<std::string> source_doc;   // sealed
  std::optional<std::string> batch;
  std::optional<LookBackResult> found;
  std::optional<ItemNo> known_as = std::nullopt;      // as in OpenItem, of a further source
  std::optional<std::int64_t> amount = std::nullopt;  // of a loan, in fen
  std::vector<Quantity> actuals;
  std::vector<MilestoneDay> milestones;  // reached on that day; of a change, planned for it
  std::optional<std::int64_t> planned_fen;
  std::optional<std::int64_t> in_place_fen;
  std::optional<std::int64_t> paid_fen;
  std::optional<VerdictWay> way;
  std::optional<VerdictWhy> why;
  std::optional<UnmetGround> ground;
  std::optional<std::uint32_t> affected;  // how many a closing concerns
  std::optional<std::uint16_t> asked;     // how many of them are to be asked
  std::optional<Hash> digest;             // of the list of them
  std::optional<std::uint32_t> drawn;     // which of those was asked
  std::optional<Hash> root;  // of a drawing: filled in by whoever holds the tree (ledger/lot.h)
};

struct TakeAction {
  ItemNo item;
  std::optional<Seq> seen;  // the version the caller saw; none: refused
  std::string transition;
  ActionInput input;
};

struct CorrectItem {
  ItemNo item;
  std::optional<Seq> seen;
  std::string field;  // as in Corrected (ledger/event.h)
  std::string value;
  std::string reason;
  // As in OpenItem, of what the source will know it by.
  std::optional<ItemNo> known_as = std::nullopt;
};

struct RedactText {
  ItemNo item;
  std::optional<Seq> seen;
  Seq record;                        // one of this item's
  std::optional<std::uint8_t> part;  // none: the evidence file that the record names
  std::string reason;
};

// Everything that people wrote about the item, and its files, are destroyed in one act; what its
// codes, days and units say stays, and so does every proof.
struct EraseItem {
  ItemNo item;
  std::optional<Seq> seen;
  std::string reason;
};

// What time limits are reckoned by; one of them at least.
struct AdoptTimeRules {
  std::optional<std::string> calendar;  // a file as calendar/holidays.csv
  std::optional<std::string> limits;    // a file as calendar/limits.csv
};

// Whatever the clock has to do about an item by now: reminders, escalation, and reckoning anew what
// was provisional.
struct TurnClock {
  ItemNo item;
};

// To be told who sent it under his name; the reporter sees who was told, and when.
struct ReadReporter {
  ItemNo item;
};

struct AdoptBudget {
  std::string text;  // a file as docs/work-groups.md tells
};
struct AdoptCatalogue {
  std::string text;  // a file as docs/services.md tells
};
struct AdoptDuties {
  std::string text;  // a file as docs/flows.md tells
};
struct SucceedUnit {
  UnitId unit;
  UnitId successor;
  std::optional<Day> from;  // none: today
};

struct AdoptProgramme {
  std::string text;  // a file as docs/programmes.md tells
};
// What units answer to a requirement, or a unit above them says of it.
struct AnswerRequirement {
  std::string programme;
  std::string requirement;
  CoverageStatus status = CoverageStatus::Met;
  std::vector<UnitId> units;
  std::string text;  // what was done, or why; sealed
  std::optional<std::int64_t> present;
  std::optional<std::int64_t> expected;
  std::vector<ItemNo> items;
  std::optional<Hash> sha256;
};
// What was held, once for all the units that took part.
struct RecordActivity {
  std::string programme;
  std::optional<std::string> requirement;
  ActivitySort sort = ActivitySort::Meeting;
  Day day;
  std::vector<UnitId> units;
  std::optional<std::int64_t> people;
  Qualifier qualifier = Qualifier::Exact;
  std::vector<ItemNo> items;
  std::string text;  // what it was about; sealed
};
// A root that was made of the coverage as it was when it had changed so often.
struct SealCoverage {
  std::string programme;
  std::string requirement;
  SealReason reason = SealReason::Daily;
  std::uint64_t changes = 0;
  std::uint64_t position = 0;
  Hash digest{};
};

// Of each visit beyond the first of a handling; the words belong to the reason Other, sealed.
struct GivenVisit {
  FurtherVisit visit;
  std::string text;
};
// A service was given to somebody who has no name here.
struct RecordHandling {
  std::string service;
  UnitId unit;
  Day day;
  std::int64_t visits = 1;
  std::vector<GivenVisit> further;
};

struct GivenEnd {
  DisputeOutcome outcome = DisputeOutcome::Failed;
  std::optional<ReferredTo> referred_to;
  std::vector<PostId> mediators;  // beside the actor
};
// A dispute was brought, and perhaps ended on the same day.
struct RecordDispute {
  DisputeNo no;  // drawn at random by the caller
  UnitId unit;
  DisputeSort sort = DisputeSort::Other;
  Day day;
  Hash code_salt{};
  std::vector<Hash> parties;  // of the code that each is given
  std::optional<DisputeNo> returns;
  std::optional<GivenEnd> end;
};
struct EndDispute {
  DisputeNo dispute;
  Day day;
  GivenEnd end;
};
// Of the party that holds the code of that hash.
struct AnswerDispute {
  DisputeNo dispute;
  Hash code_hash{};
  bool agrees = false;
};
// From a party's paper, entered by somebody who did not mediate.
struct EnterAnswer {
  DisputeNo dispute;
  std::uint16_t party = 1;
  bool agrees = false;
};

// Sends a work group. What it may look into, and for how long, never grows afterwards.
struct MandateWorkGroup {
  std::string name;
  std::vector<PostId> members;
  std::vector<UnitId> units;  // or areas
  std::vector<std::string> kinds;
  std::vector<RequirementName> requirements;
  std::int64_t visits_max = 0;  // to one unit in one month
  std::optional<Day> from;      // none: today
  Day to;
  std::string overlap_reason;  // why others may look into the same at the same time; sealed
};
struct ChangeMembers {
  WorkGroupId group;
  std::vector<PostId> members;  // from now on, and nobody else
};
struct EndWorkGroup {
  WorkGroupId group;
  std::string reason;  // sealed
};
struct RecordVisit {
  WorkGroupId group;
  UnitId unit;
  Day day;
  VisitSort sort = VisitSort::OnSite;
  std::int64_t asked = 0;       // papers
  std::vector<ItemNo> opened;   // listed by the group, there
  std::vector<ItemNo> checked;  // verified by it
  std::string text;             // sealed
};

struct OpenFund {
  std::string fund;  // a code
  UnitId unit;
  std::string title_zh;
  std::string title_en;
  FundRules rules;
  std::string key;  // drawn at random by whoever takes the command; sealed
};
struct BindCheckers {
  std::string fund;
  std::vector<PostId> checkers;  // from now on, and nobody else
};
struct BookMoney {
  std::string fund;
  EntrySort sort = EntrySort::Capital;  // one of_fund()
  std::int64_t fen = 0;
  std::string source_doc;  // sealed
  std::optional<ItemNo> loan = std::nullopt;
};

// What a body of the unit decided by one ballot, on all its candidates.
struct RecordBallot {
  UnitId unit;
  BallotBody body = BallotBody::Congress;
  Day day;
  std::int64_t places = 1;
  std::vector<CandidateVotes> candidates;
  std::string text;  // where it stands written; sealed, may be empty
};

// A scheme by which households of these units move.
struct OpenScheme {
  std::string scheme;  // a code
  std::string name;
  std::vector<UnitId> units;  // or areas
};
// From now on no household is registered but such as split from one that is.
struct CloseRegister {
  std::string scheme;
};
// How many there are, of a view made after that.
struct FreezeRoster {
  std::string scheme;
  std::uint64_t position = 0;
  std::vector<HouseholdCount> households;  // by unit, going up; none of nought
};
struct OpenSigning {
  std::string scheme;
  Day first;
  Day last;
  std::optional<std::int64_t> percent;
};
// What may be shown for a while, as public_rows() made it of a view.
struct PublishRoster {
  std::string scheme;
  RosterAudience audience = RosterAudience::Affected;
  std::optional<UnitId> unit;
  Day first;
  Day last;
  std::uint64_t position = 0;
  std::vector<RosterRow> rows;
};
// A code for a household, in place of any that it had.
struct IssueQueryCode {
  ItemNo item;
  Hash code_salt{};
  Hash code_hash{};
};

struct RegisterUnits {
  std::string source;
  std::vector<UnitRow> rows;
  std::vector<LineEdge> edges;
};
// From a day on, which may be past: the rows are new units, the changes are of units that are there
// or among these, in any order.
struct ChangeUnits {
  std::string source;
  Day from;
  std::vector<UnitRow> rows;
  std::vector<UnitChange> changes;
  std::vector<UnitId> busy = {};  // of those that end alone, where something is open: the engine's
};
struct AdoptFlow {
  std::string text;
};
struct OpenAccount {
  AccountId account;  // the next one
  std::vector<std::pair<UnitId, Role>> posts;
};
struct GrantPost {
  AccountId account;
  UnitId unit;
  Role role = Role::Recorder;
};
struct EndPost {
  PostId post;
};
// Lets whoever holds the post `by` act in the post `place`.
struct GrantActing {
  PostId place;
  PostId by;
  std::optional<Day> from;  // none: today
  Day to;
};

// An item that is work of a post, as it was when the list was made.
struct OpenWork {
  ItemNo item;
  Seq version;
  std::vector<WorkPart> parts;
  friend bool operator==(const OpenWork&, const OpenWork&) = default;
};
// A list of work, and the chance that keeps its hash from telling the numbers in it.
struct WorkList {
  Hash salt{};
  std::vector<OpenWork> items;  // at most kHandoverCountMax
};
struct ProposeHandover {
  PostId from;
  PostId to;
  WorkList list;
  bool disabled = false;  // whether the giver's account is: the ledger does not record it
};
struct ConfirmHandover {
  HandoverId handover;
  WorkList list;  // the one that was proposed, and as it still is
};
struct EndHandover {  // unconfirmed, by either side
  HandoverId handover;
};
struct SetReceivingKey {
  UnitId unit;
  Hash key{};
};
// What may be public of a month that is over: rollup/public_figures.h makes it.
struct PublishFigures {
  std::string kind;
  Day month;  // its first day
  std::vector<PublicFigure> figures;
};
struct AdoptImport {
  std::uint64_t import = 0;
  std::int64_t count = 0;
  std::vector<std::string> schemes = {};  // of which it registers households
};

using Command = std::variant<
    AdoptBudget, AdoptCatalogue, AdoptDuties, AdoptFlow, AdoptImport, AdoptProgramme,
    AdoptTimeRules, AnswerDispute, AnswerQuestion, AnswerRequirement, BindCheckers, BookMoney,
    ChangeMembers, ChangeUnits, CloseRegister, ConfirmHandover, CorrectItem, EndDispute,
    EndHandover, EndPost, EndWorkGroup, EnterAnswer, EraseItem, FreezeRoster, GrantActing,
    GrantPost, IssueQueryCode, JudgeReport, MandateWorkGroup, OpenAccount, OpenFund, OpenItem,
    OpenScheme, OpenSigning, ProposeHandover, PublishFigures, PublishRoster, ReadReporter,
    ReceiveReport, RecordActivity, RecordBallot, RecordDispute, RecordHandling, RecordVisit,
    RedactText, RegisterUnits, SealCoverage, SetReceivingKey, SucceedUnit, TakeAction, TurnClock>;

// The items a command names, which must be at hand before it can be decided.
std::vector<ItemNo> items_named(const Command& command);
// The one item that a command on an item is about.
std::optional<ItemNo> item_of(const Command& command);

// Limits on what people send.
constexpr std::size_t kTitleCharsMax = 200;
constexpr std::size_t kTextCharsMax = 4000;
constexpr std::size_t kReportCharsMax = 1500;  // of a reporter's words, so that a page holds them
constexpr std::size_t kQuestionCharsMax = 500;
constexpr std::size_t kIdentityCharsMax = 200;
constexpr std::size_t kAccusedMax = 5;           // units complained of at once
constexpr std::size_t kCodeCharsMax = 40;        // of a code in a plain payload
constexpr std::size_t kSpecialCharsMax = 65;     // of two ids with a stroke between them
constexpr std::size_t kNumberCharsMax = 64;      // the source's own number of an item
constexpr std::size_t kPersonsCharsMax = 100;    // one person or a few, by name
constexpr std::size_t kClosedBeforeMax = 20;     // closed items that one may be about again
constexpr std::size_t kListCountMax = 50;        // measures, quantities, evidence, units at once
constexpr std::size_t kHandoverCountMax = 1000;  // items in one act; the rest are handed over after
constexpr std::int32_t kActingDaysMax = 366;
constexpr std::size_t kCopiesMax = 5000;       // of one model
constexpr std::size_t kGroupMembersMax = 100;  // of a work group
constexpr std::size_t kMandateUnitsMax = 200;  // units and areas, or requirements, of its mandate
constexpr std::int32_t kMandateDaysMax = 366;
constexpr std::size_t kFundCheckersMax = 500;
constexpr std::size_t kFundCodeCharsMax = 30;
constexpr std::size_t kLoanWordsMax = 60;      // of what a household or an episode goes by
constexpr std::size_t kUnitsPerRecord = 1000;  // a registration is cut into records of so many

// Reads what the API and files send for a new item or a transition. Units are given by code, items
// by number, days as text. Refuse `field_unknown`, `field_type`, `unit_unknown`, `bad_day`, ...
// always with the fact "field".
Result<OpenItem> read_open_item(const Json& body, const OrgTree& tree);
Result<ActionInput> read_action_input(const Json& body, const OrgTree& tree);

}  // namespace tz::ledger
