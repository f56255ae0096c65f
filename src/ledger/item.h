// One item as decisions see it: the fold of its own events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "ledger/event.h"
#include "ledger/item_row.h"
#include "ledger/lot.h"
#include "ledger/state.h"

namespace tz::ledger {

struct Measure {
  std::uint16_t measure = 1;
  UnitId owner;
  Day due;
  bool done = false;
  bool ended = false;                         // by a newer plan, before it was done
  std::optional<Day> reached = std::nullopt;  // of a milestone: on which day, as stated
};

// A supporting unit's part of the work.
struct UnitPart {
  std::uint16_t part = 1;
  UnitId unit;
  Day due;
  bool called = false;  // by the unit that leads
  bool done = false;
  bool ended = false;                // a newer assignment stands in its place
  std::uint8_t steps = 0;            // that the clock has done about its date: bits
  Instant set;                       // since when the date stands
  std::optional<bool> came_well;     // of a part that was called for: how its caller found it
  std::optional<bool> called_right;  // and whether who came found the call right
};

struct Closure {
  std::string outcome;
  bool fixed = false;
  Day day;
  bool stands = true;        // until the item is reopened
  std::optional<Day> ended;  // the day of that
  std::vector<Quantity> quantities;
  std::uint16_t recurrences = 0;  // that came in about the same since
  std::vector<LookBackResult> look_backs;
  std::optional<UnitId> by;  // the unit in which it was given; none: the program's or a reporter's
  std::optional<UnmetGround> ground;  // where what was demanded cannot be met
};

// Who took a step that a guard asks after, and on which day.
struct StepTaken {
  std::uint16_t transition = 0;  // index into the flow's transitions
  AccountId account;
  Day day;
};

// In which post somebody verified it, and on which day.
struct Verifier {
  PostId post;
  Day day;
};

// What was stated last of how far the work is; it completes nothing.
struct Progress {
  std::uint8_t percent = 0;
  Day day;
};

// In fen: what it is to take, what is there by now, and what of that was paid.
struct Funds {
  std::optional<std::int64_t> planned_fen;
  std::optional<std::int64_t> in_place_fen;
  std::optional<std::int64_t> paid_fen;
};

struct EvidenceNote {
  Hash sha256{};
  Seq record;
  bool this_round = true;  // added since the last return or reopening
  bool destroyed = false;
  bool kept_back = false;  // given by a reporter or the unit that received him: for that unit alone
};

// A record of the item that carries sealed texts, and which of them were destroyed since.
struct TextNote {
  Seq record;
  std::uint8_t count = 0;
  std::uint32_t destroyed = 0;  // bit n: part n
};

// Who did what in the fix: verifiers must be none of these (DESIGN.md 3.3).
struct Part {
  AccountId account;
  UnitId unit;
  bool acting = false;  // for whoever holds the post there; his part is beside it
};

// What is known of a reporter without knowing who he is.
struct Envelope {
  Seq record;
  UnitId unit;  // to whose key it is sealed
};
struct Opening {
  Seq asked;  // the record
  PostId asker;
  std::optional<PostId> agreer;
};
struct Draft {
  Seq record;
  PostId writer;
  bool approved = false;
};
struct Report {
  Manner manner = Manner::Anonymous;
  bool accusation = false;
  Hash code_salt{};
  Hash code_hash{};
  Seq record;
  std::vector<Envelope> envelopes;
  std::vector<Opening> openings;
  std::vector<bool> answered;  // by question
  std::optional<Draft> draft;  // the newest
};

// What is known of a household that moves without knowing who it is.
struct Household {
  std::uint16_t scheme = 0;  // index into State::schemes
  bool has_signed = false;   // and not taken it back
  bool compensated = false;  // paid, or the money lawfully deposited
  bool vacated = false;
  std::optional<ItemNo> split_from;  // of which it was part when the register was closed
  std::vector<ItemNo> splits;        // the other way round
  bool has_code = false;             // by which it reads what is recorded of it
  Hash code_salt{};
  Hash code_hash{};
};

// One run of a clock of the flow; the newest of each is kept.
struct ItemClock {
  std::uint16_t clock = 0;  // index into Flow::clocks
  Instant started;
  calendar::Length length;
  std::string rule;  // empty: the flow gives the length itself
  bool rolls = true;
  std::vector<calendar::Pause> pauses;  // those that are over
  std::optional<Instant> still_since;
  std::vector<calendar::Length> extensions;
  Instant due;
  Day due_day;
  Day first_due_day;  // before anything moved it
  std::string calendar;
  bool provisional = false;
  std::optional<Instant> stopped;
  bool overtaken = false;  // stopped without what it was to make sure of
  std::uint8_t steps = 0;  // done about the end as it stands: bits
  Instant set;             // when it was reckoned as it stands

  [[nodiscard]] bool runs() const { return !stopped && !still_since; }
};

struct Item {
  ItemNo no;
  std::uint16_t flow = 0;   // index into State::flows; the version it was opened under, for good
  std::uint16_t state = 0;  // index into that flow's states
  UnitId place;
  std::string source;
  std::optional<std::string> category;
  std::optional<Nature> nature;
  std::optional<Severity> severity;
  std::string fix_class;
  PostId recorder;
  AccountId recorder_account;       // who holds it, where somebody acted for him
  std::vector<PostId> handed_from;  // posts whose work it no longer is
  Instant opened;
  Origin origin = Origin::Real;  // of its opening; later records have their own
  std::optional<std::uint64_t> import;
  std::optional<WorkGroupId> work_group;  // by whose mandate alone it was listed

  // What its source's list says of it, where an inspection found it.
  std::optional<std::string> batch;
  std::optional<Day> feedback;
  std::vector<UnitId> implementing;
  std::optional<UnitId> to_accept;
  std::optional<std::uint32_t> special;  // index into State::specials

  std::optional<UnitId> lead;
  std::vector<UnitId> responsible;
  std::vector<UnitId> supporting;
  std::optional<UnitId> supervising;
  std::optional<UnitId> accepting;
  std::optional<Day> due;
  std::optional<Day> original_due;  // the first one set by an assignment; never changed after

  std::vector<std::string> more_sources;  // that name the same matter
  std::vector<UnitPart> parts;

  std::vector<Measure> measures;
  std::optional<std::vector<Quantity>> criterion;
  std::optional<Progress> progress;
  std::optional<Day> planned;     // when its first plan was made
  std::vector<Quantity> actuals;  // the newest of each indicator, by its own day
  Funds funds;
  std::optional<VotesCounted> votes;  // of the newest ballot
  std::vector<EvidenceNote> evidence;
  std::vector<AccountId> recused;   // who said that he is too close to it
  std::vector<Part> fixers;         // whoever planned, reported or asked for close-out
  std::vector<UnitId> fixer_units;  // every unit that ever led, was responsible or supported
  std::vector<UnitId> supporting_units;

  // The verification round that is under way.
  bool review_passed = false;
  bool check_passed = false;
  std::vector<Quantity> claimed;  // as those who fixed it measured
  std::vector<Quantity> measured;
  std::optional<Day> notice_last;
  // Where some guard asks: of this round, or since the deadline was last set.
  std::vector<StepTaken> taken;
  std::vector<AccountId> checked_by;  // everybody who checked on site in this round
  std::vector<Verifier> verifiers;    // everybody who ever verified it

  std::vector<Closure> closures;
  bool judged = false;     // what can be judged now has been
  std::uint8_t tries = 0;  // how often whoever could was asked and gave no answer
  std::uint16_t returned = 0;
  std::uint16_t reopened = 0;
  std::optional<ItemNo> merged_into;
  std::vector<ItemNo> merged_from;
  std::optional<ItemNo> copy_of;  // its model
  std::vector<ItemNo> copies;
  std::optional<ItemNo> share_of;
  std::vector<ItemNo> shares;
  std::optional<ItemNo> same_as;  // whose matter it is, without new facts
  std::optional<ItemNo> recurs;   // the closed one that it is about again
  std::optional<JudgementGiven> judgement;
  std::optional<PostId> judgement_by;  // who wrote it down; none: the reporter himself
  std::optional<Day> judgement_day;
  std::optional<Lot> lot;  // the newest
  std::vector<TextNote> texts;
  std::optional<Report> report;        // where a reporter sent it
  std::optional<Household> household;  // of a kind that resettles
  std::vector<ItemClock> clocks;       // that have started
  // Which steps the clock has done about the deadline as it stands: bits.
  std::uint8_t deadline_steps = 0;
  Instant deadline_set;  // when it was set as it stands

  Seq first;
  Seq last;  // the version a change must have seen
};

// Where an event of an item came from.
struct Mark {
  Seq seq;
  Instant recorded;
  PostId actor;
  std::uint8_t text_count = 0;  // sealed parts of its record
  Origin origin = Origin::Real;
};

// Makes the item of an ItemOpened. Needs the flow to be in the state.
Item open(const State& state, const ItemOpened& event, const Mark& mark);
// Changes the item by a later event about it. Never refuses.
void apply(Item& item, const State& state, const Event& event, const Mark& mark);

// Whether what was closed on one day and reopened on another came back within the year that counts
// as a rebound.
bool is_rebound(Day closed, Day reopened);
// The place of an outcome in its flow, as rows keep it: from one on.
std::uint8_t outcome_of(const Flow& flow, std::string_view outcome);
std::uint8_t category_of(const Flow& flow, const std::optional<std::string>& category);
std::uint8_t source_of(const Flow& flow, std::string_view source);

// Whether it is of an import that was not adopted.
bool is_staged(const Item& item, const State& state);
// The row that totals and lists keep of the item, and the quantities that count now.
ItemRow row_of(const Item& item, const State& state);
std::vector<ItemQuantity> quantities_of(const Item& item);

// Whether a unit received the item: it lies there, or an identity is sealed to it.
bool receives(const Item& item, UnitId unit);
// The day of the closing that stands, and where what stands at `unit` about the item counts: there,
// or at whoever had taken over before it was closed (OrgTree::counted_at).
std::optional<Day> closed_on(const Item& item);
UnitId counted_at(const Item& item, UnitId unit, const State& state);

// The newest run of a clock; a null pointer if it has never started.
const ItemClock* clock_of(const Item& item, std::uint16_t clock);
// Whether what is destroyed is the text that says whom the item complains of.
bool destroys_accused(const Item& item, const Redacted& event);

// The number of the closing that stands; 0 while none does.
std::uint16_t closing_that_stands(const Item& item);

// How far a household is; None for any other item.
HouseholdStage stage_of(const Item& item, const State& state);

// Whether it is fixed in phases or for the long term, so that it is never fixed as a whole.
bool in_stages(const Item& item);

// Whether it is dealt with in another item, whose end its own reporter judges.
bool waits_for_other(const Item& item, const State& state);

// Items that decisions about this one may rest on, or change with it: they must be at hand too.
std::vector<ItemNo> linked(const Item& item);

const Flow& flow_of(const Item& item, const State& state);
Phase phase_of(const Item& item, const State& state);

}  // namespace tz::ledger
