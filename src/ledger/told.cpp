// One table from events to whom they concern; everybody in it is asked of the policy.
#include "ledger/told.h"

#include <algorithm>
#include <array>

#include "ledger/enum_names.h"
#include "ledger/permission.h"
#include "ledger/waiting.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, 21> kNames = {
    "reopened",         "returned",       "assigned",   "objection",      "extension_asked",
    "to_check",         "to_close",       "received",   "answered",       "to_approve",
    "to_agree",         "deadline_moved", "part_given", "listed",         "interviewed",
    "circulated",       "supervised",     "reminded",   "handover_asked", "handover_confirmed",
    "handover_declined"};

enum class Whom : std::uint8_t {
  Fixers,       // who answers for the fix in the units that lead or are responsible
  Waiting,      // those nearest to the item for whom a step waits
  Receivers,    // who deals with reports in the unit that received it
  Parts,        // who answers in the units that were given a part
  Owners,       // who has to keep the limit: those who fix, or for whom a step waits
  Overseers,    // and, beside them, who supervises those
  Supervisors,  // those alone who supervise
};

struct Seen {
  const State& state;
  const Item& item;
};

// The state a move led to; none of another event, and of a step that stays where it was.
const FlowState* entered(const Event& event, const Seen& at) {
  const auto* taken = std::get_if<TransitionTaken>(&event);
  if (taken == nullptr || taken->from == taken->to) return nullptr;
  const Flow& flow = flow_of(at.item, at.state);
  const auto index = flow.state(taken->to);
  return index ? &flow.states[*index] : nullptr;
}

// Whether a review or a check is taken from the state the item is in.
bool checked_next(const Seen& at) {
  const auto& transitions = flow_of(at.item, at.state).transitions;
  return std::any_of(transitions.begin(), transitions.end(), [&](const Transition& each) {
    return (each.act == Act::Review || each.act == Act::Check) && each.leaves(at.item.state);
  });
}

template <class Fact>
bool is(const Event& event, const Seen&) {
  return std::holds_alternative<Fact>(event);
}
// A check that failed; a decision that leads back to work what waited for it, or lay still; and a
// reporter who is not content although the limit is over.
bool sends_back(const Event& event, const Seen& at) {
  if (const auto* given = std::get_if<VerificationGiven>(&event)) return !given->passed;
  if (const auto* judged = std::get_if<JudgementGiven>(&event))
    return judged->closure == 0 && !judged->drawn && !at.item.merged_into &&
           is_open(phase_of(at.item, at.state)) &&
           (judged->solved == Verdict::No || judged->satisfied == Verdict::No);
  const auto* taken = std::get_if<TransitionTaken>(&event);
  if (taken == nullptr || taken->from == taken->to) return false;
  const Flow& flow = flow_of(at.item, at.state);
  const Transition* step = flow.transition(taken->transition);
  const auto from = flow.state(taken->from);
  const auto to = flow.state(taken->to);
  if (step == nullptr || step->act != Act::Move || !from || !to) return false;
  const Phase before = flow.states[*from].phase;
  const Phase after = flow.states[*to].phase;
  const bool waited =
      before == Phase::Checking || before == Phase::Disputed || before == Phase::Suspended;
  return waited && (after == Phase::Assigned || after == Phase::Planned || after == Phase::Working);
}
bool disputes(const Event& event, const Seen& at) {
  const FlowState* state = entered(event, at);
  return state != nullptr && state->phase == Phase::Disputed;
}
// Whose request was merged is not satisfied: it waits in the office that received it.
bool comes_back(const Event& event, const Seen& at) {
  const auto* taken = std::get_if<TransitionTaken>(&event);
  if (taken == nullptr || taken->from == taken->to) return false;
  const Flow& flow = flow_of(at.item, at.state);
  const auto from = flow.state(taken->from);
  return from && flow.states[*from].phase == Phase::Dropped && is_open(phase_of(at.item, at.state));
}

// A step that an extension asks after.
bool asks_for_time(const Event& event, const Seen& at) {
  const auto* taken = std::get_if<TransitionTaken>(&event);
  if (taken == nullptr) return false;
  const Flow& flow = flow_of(at.item, at.state);
  const auto step = flow.transition_index(taken->transition);
  return step && flow.asks_for_time(*step);
}
bool asks_for_check(const Event& event, const Seen& at) {
  const FlowState* state = entered(event, at);
  return state != nullptr && state->phase == Phase::Checking && checked_next(at);
}
bool was_checked(const Event& event, const Seen& at) {
  const FlowState* state = entered(event, at);
  return state != nullptr && state->phase == Phase::Checking && !checked_next(at);
}
bool gives_time(const Event& event, const Seen&) {
  const auto* moved = std::get_if<ClockMoved>(&event);
  return std::holds_alternative<DeadlineExtended>(event) ||
         (moved != nullptr && moved->why == ClockMove::Extended);
}

bool gives_part(const Event& event, const Seen& at) {
  const auto* given = std::get_if<PartAssigned>(&event);
  return given != nullptr &&
         std::any_of(at.item.parts.begin(), at.item.parts.end(), [&](const UnitPart& part) {
           return part.part == given->part && !part.done && !part.ended;
         });
}
const UnitPart* part_numbered(const Item& item, std::uint16_t number) {
  for (const UnitPart& part : item.parts)
    if (part.part == number) return &part;
  return nullptr;
}
// A step about a limit that still runs.
template <ClockStep Step>
bool acts(const Event& event, const Seen& at) {
  const auto* acted = std::get_if<ClockActed>(&event);
  if (acted == nullptr || acted->step != Step) return false;
  if (acted->part) {
    const UnitPart* part = part_numbered(at.item, *acted->part);
    return part != nullptr && !part->done && !part->ended && is_open(phase_of(at.item, at.state));
  }
  if (!acted->clock) return is_open(phase_of(at.item, at.state));
  const auto& clocks = flow_of(at.item, at.state).clocks;
  return std::any_of(at.item.clocks.begin(), at.item.clocks.end(), [&](const ItemClock& clock) {
    return clock.runs() && clocks[clock.clock].id == *acted->clock;
  });
}

// Which event tells whom what. In the order of Tells; an event with another meaning is a row more.
struct Row {
  Tells what;
  bool (*of)(const Event& event, const Seen& at);
  Whom whom;
};
constexpr Row kRows[] = {
    {Tells::Reopened, is<ItemReopened>, Whom::Fixers},
    {Tells::Reopened, comes_back, Whom::Waiting},
    {Tells::Returned, sends_back, Whom::Fixers},
    {Tells::Assigned, is<Assigned>, Whom::Fixers},
    {Tells::Objection, disputes, Whom::Waiting},
    {Tells::ExtensionAsked, asks_for_time, Whom::Supervisors},
    {Tells::ToCheck, asks_for_check, Whom::Waiting},
    {Tells::ToClose, was_checked, Whom::Waiting},
    {Tells::Received, is<ReportReceived>, Whom::Waiting},
    {Tells::Answered, is<QuestionAnswered>, Whom::Receivers},
    {Tells::ToApprove, is<AbstractWritten>, Whom::Waiting},
    {Tells::ToAgree, is<OpeningAsked>, Whom::Waiting},
    {Tells::DeadlineMoved, gives_time, Whom::Fixers},
    {Tells::PartGiven, gives_part, Whom::Parts},
    {Tells::Listed, acts<ClockStep::List>, Whom::Overseers},
    {Tells::Interviewed, acts<ClockStep::Interview>, Whom::Overseers},
    {Tells::Circulated, acts<ClockStep::Circulate>, Whom::Overseers},
    {Tells::Supervised, acts<ClockStep::Supervise>, Whom::Overseers},
    {Tells::Reminded, acts<ClockStep::Remind>, Whom::Owners},
};

// Of each limit that has something to say, whom it concerns.
bool of_clock(const Row& row) { return row.whom == Whom::Overseers || row.whom == Whom::Owners; }

// What one command tells: its first row, whose parts were given with it, and of what the clock did
// each step, the gravest first.
struct Matched {
  const Row* row;
  const Event* event;
};
std::vector<Matched> matched(const Happened& happened, const Seen& at) {
  std::vector<Matched> out;
  for (const Row& row : kRows) {
    const bool more = row.whom == Whom::Parts || (!out.empty() && of_clock(*out.front().row));
    if (!out.empty() && !more) continue;
    for (const Event* event : happened.events) {
      if (!row.of(*event, at)) continue;
      out.push_back({&row, event});
      if (row.whom != Whom::Parts && !of_clock(row)) break;
    }
  }
  return out;
}

// Whether another step has led the item elsewhere since.
bool moved_on(const Happened& happened, const Seen& at) {
  const Flow& flow = flow_of(at.item, at.state);
  for (const Event* event : happened.events)
    if (const auto* taken = std::get_if<TransitionTaken>(event))
      if (flow.state(taken->to) != at.item.state) return true;
  return false;
}

class Telling {
 public:
  Telling(const State& state, const PostsByUnit& posts, const Item& item, Instant now)
      : state_(state), posts_(posts), item_(item), now_(now), day_(day_of(now, state.zone)) {}

  std::vector<Post> fixers() {
    std::vector<UnitId> units = item_.responsible;
    if (item_.lead) units.insert(units.begin(), *item_.lead);
    return in(units, Role::Responsible);
  }

  // `given` is PartAssigned.
  std::vector<Post> part_of(const Event& given) {
    return in({std::get<PartAssigned>(given).unit}, Role::Responsible);
  }

  // `acted` is ClockActed.
  std::vector<Post> owners(const Event& acted) {
    const auto& about = std::get<ClockActed>(acted);
    if (about.part)
      if (const UnitPart* part = part_numbered(item_, *about.part))
        return in({part->unit}, Role::Responsible);
    // Nobody leads a loan: who can get it back keeps its deadline.
    return about.clock || !item_.lead ? waiting_nearest() : fixers();
  }

  // Of the unit that supervises; if there is none, of the first above the lead that has some.
  std::vector<Post> overseers() {
    if (item_.supervising) return in({*item_.supervising}, Role::Supervisor);
    std::vector<Post> out;
    UnitId unit = counted_at(item_, item_.lead.value_or(item_.place), state_);
    while (out.empty() && state_.tree->parent(unit) != unit) {
      unit = state_.tree->parent(unit);
      for (const Post& post : in({unit}, Role::Supervisor))
        if (may_read(state_, post.account, item_, day_)) out.push_back(post);
    }
    return out;
  }

  // A unit that has no recorder has its supervisors deal with reports.
  std::vector<Post> receivers() {
    std::vector<Post> out;
    for (const Role role : {Role::Recorder, Role::Supervisor}) {
      out = in(receiving_units(), role);
      if (!out.empty()) break;
    }
    return out;
  }

  // Of the units concerned; if nobody there has anything to do, of the place and then of each unit
  // above it, until somebody has. What could be done higher up too burdens nobody there.
  std::vector<Post> waiting_nearest() {
    std::vector<UnitId> units = receiving_units();
    for (const auto& unit : {item_.lead, item_.accepting, item_.supervising})
      if (unit) units.push_back(*unit);
    units.insert(units.end(), item_.responsible.begin(), item_.responsible.end());
    std::vector<Post> out = waiting_in(units);
    const UnitId place = counted_at(item_, item_.place, state_);
    for (UnitId unit = place; out.empty(); unit = state_.tree->parent(unit)) {
      out = waiting_in({unit});
      if (state_.tree->parent(unit) == unit) break;
    }
    if (out.empty()) out = waiting_in(state_.tree->above_on_any_edge(place, day_));
    return out;
  }

 private:
  std::vector<Post> in(const std::vector<UnitId>& units, Role role) const {
    std::vector<Post> out;
    // Whose a unit's matters are now is told of them.
    for (const UnitId unit : units)
      for (const Post& post : posts_.of(state_.now_of(unit, day_)))
        if (post.role == role) out.push_back(post);
    return out;
  }

  std::vector<UnitId> receiving_units() const {
    std::vector<UnitId> out;
    if (!item_.report) return out;
    if (receives(item_, item_.place)) out.push_back(item_.place);
    for (const Envelope& envelope : item_.report->envelopes) out.push_back(envelope.unit);
    return out;
  }

  std::vector<Post> waiting_in(const std::vector<UnitId>& units) {
    std::vector<Post> out;
    for (const UnitId unit : units)
      for (const Post& post : posts_.of(state_.now_of(unit, day_)))
        if (waits_for(post)) out.push_back(post);
    return out;
  }

  bool waits_for(const Post& post) {
    if (!may_read(state_, post.account, item_, day_)) return false;
    const std::vector<Offer> offers = waiting(state_, post.account, item_, now_);
    return std::any_of(offers.begin(), offers.end(),
                       [&](const Offer& offer) { return offer.post == post.id; });
  }

  const State& state_;
  const PostsByUnit& posts_;
  const Item& item_;
  Instant now_;
  Day day_;
};

std::vector<Post> posts_told(Telling& telling, const Matched& match) {
  switch (match.row->whom) {
    case Whom::Fixers:
      return telling.fixers();
    case Whom::Waiting:
      return telling.waiting_nearest();
    case Whom::Receivers:
      return telling.receivers();
    case Whom::Parts:
      return telling.part_of(*match.event);
    case Whom::Owners:
      return telling.owners(*match.event);
    case Whom::Supervisors:
      return telling.overseers();
    case Whom::Overseers: {
      std::vector<Post> out = telling.owners(*match.event);
      // Of a part, whoever leads too.
      if (std::get<ClockActed>(*match.event).part) {
        const std::vector<Post> leads = telling.fixers();
        out.insert(out.end(), leads.begin(), leads.end());
      }
      const std::vector<Post> above = telling.overseers();
      out.insert(out.end(), above.begin(), above.end());
      return out;
    }
  }
  return {};
}

}  // namespace

std::string_view to_text(Tells what) { return name_in(kNames, what); }

PostsByUnit::PostsByUnit(const State& state, Day day) : state_(state) {
  std::uint32_t index = 0;
  for (const Post& post : state.posts) {
    if (post.held_on(day)) held_.emplace_back(post.unit, index);
    ++index;
  }
  std::sort(held_.begin(), held_.end());
}

std::vector<Post> PostsByUnit::of(UnitId unit) const {
  std::vector<Post> out;
  auto at = std::lower_bound(held_.begin(), held_.end(), std::pair{unit, std::uint32_t{0}});
  for (; at != held_.end() && at->first == unit; ++at) out.push_back(state_.posts[at->second]);
  return out;
}

std::optional<Day> next_last_day(const Item& item, const State& state) {
  if (!is_open(phase_of(item, state))) return std::nullopt;
  std::optional<Day> out = item.due;
  for (const ItemClock& clock : item.clocks)
    if (clock.runs() && (!out || clock.due_day < *out)) out = clock.due_day;
  return out;
}

std::optional<Day> last_day_for(const Item& item, const State& state, AccountId account,
                                Day today) {
  std::optional<Day> part_due;
  for (const Post& post : state.posts_of(account, today)) {
    if (post.role != Role::Responsible) continue;
    if (stands_in(post, {Relation::Fixer}, item, state, today)) return next_last_day(item, state);
    for (const UnitPart& part : item.parts)
      if (!part.done && !part.ended && state.now_of(part.unit, today) == post.unit)
        part_due = part_due ? std::min(*part_due, part.due) : part.due;
  }
  const bool open = is_open(phase_of(item, state));
  return open && part_due ? part_due : next_last_day(item, state);
}

bool may_tell(const Event& event) {
  if (std::holds_alternative<TransitionTaken>(event)) return true;
  if (const auto* given = std::get_if<VerificationGiven>(&event)) return !given->passed;
  if (const auto* moved = std::get_if<ClockMoved>(&event)) return moved->why == ClockMove::Extended;
  if (const auto* judged = std::get_if<JudgementGiven>(&event))
    return judged->closure == 0 && !judged->drawn;
  return std::holds_alternative<AbstractWritten>(event) ||
         std::holds_alternative<Assigned>(event) || std::holds_alternative<ClockActed>(event) ||
         std::holds_alternative<DeadlineExtended>(event) ||
         std::holds_alternative<ItemReopened>(event) ||
         std::holds_alternative<OpeningAsked>(event) ||
         std::holds_alternative<PartAssigned>(event) ||
         std::holds_alternative<QuestionAnswered>(event) ||
         std::holds_alternative<ReportReceived>(event);
}

std::vector<Told> told_of(const State& state, const PostsByUnit& posts, const Item& item,
                          const Happened& happened, Instant now) {
  const Seen at{state, item};
  if (item.import && !state.adopted_imports.contains(*item.import)) return {};
  const std::vector<Matched> matches = matched(happened, at);
  if (matches.empty() || moved_on(happened, at)) return {};
  const Day day = day_of(now, state.zone);
  Telling telling(state, posts, item, now);
  std::vector<Told> out;
  for (const Matched& match : matches)
    for (const Post& post : posts_told(telling, match)) {
      if (post.account == happened.actor || !may_read(state, post.account, item, day)) continue;
      const bool known = std::any_of(
          out.begin(), out.end(), [&](const Told& each) { return each.account == post.account; });
      if (known) continue;
      const std::optional<Day> last_day = last_day_for(item, state, post.account, day);
      // What is grave, or has to be done by tomorrow, does not wait for a digest.
      const bool urgent =
          item.severity == Severity::Major || (last_day && last_day->number <= day.number + 1);
      out.push_back({match.row->what, post.account, post.unit, last_day, urgent});
    }
  return out;
}

std::vector<Told> told_of_handover(const State& state, const Event& event,
                                   std::optional<AccountId> actor) {
  std::vector<Told> out;
  const auto tell = [&](Tells what, PostId to) {
    const Post* post = state.post(to);
    if (post != nullptr && post->account != actor)
      out.push_back({what, post->account, post->unit, {}, false});
  };
  // What was ended since is asked of nobody.
  if (const auto* proposed = std::get_if<HandoverProposed>(&event))
    if (const Handover* handover = state.handover(proposed->handover); handover->open)
      tell(Tells::HandoverAsked, proposed->to);
  if (const auto* ended = std::get_if<HandoverEnded>(&event))
    if (const Handover* handover = state.handover(ended->handover))
      tell(ended->confirmed ? Tells::HandoverConfirmed : Tells::HandoverDeclined, handover->from);
  return out;
}

}  // namespace tz::ledger
