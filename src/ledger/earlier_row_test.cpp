// What fold() changes, EarlierRow takes back: over histories of every event there is.
#include "ledger/earlier_row.h"

#include <gtest/gtest.h>

#include <utility>

#include "base/random.h"
#include "ledger/row_fold.h"

namespace tz::ledger {
namespace {

State small_state() {
  State state;
  Flow flow;
  flow.kind = "matter";
  flow.states = {{"open", {}, Phase::Listed}, {"closed", {}, Phase::Closed}};
  flow.outcomes = {{"fixed", {}, true}, {"invalid", {}, false}};
  flow.categories = {"parking", "lamps"};
  flow.sources = {"resident", "hotline", "audit"};
  flow.clocks.resize(2);
  flow.clocks[0].id = "handle";
  flow.clocks[1].id = "contact";
  flow.response = 1;
  flow.deadlines = {0};
  state.kinds = {"matter"};
  state.flows = {std::make_shared<const Flow>(flow)};
  state.specials = {{0, 0, "education/c1"}, {0, 1, "education/c2"}};
  auto tree = std::make_shared<OrgTree>();
  const std::vector<UnitRow> rows = {{"a", "a", UnitId{0}, UnitKind::Nation, false, Day{0}, {}},
                                     {"b", "b", UnitId{0}, UnitKind::County, false, Day{0}, {}}};
  tree->add_units(rows);
  state.tree = tree;
  state.accounts = {AccountId{1}, AccountId{2}};
  add_post(state, {PostId{1}, AccountId{1}, UnitId{0}, Role::Recorder, Day{0}, {}});
  add_post(state, {PostId{2}, AccountId{2}, UnitId{0}, Role::Recorder, Day{0}, {}});
  return state;
}

template <std::size_t... Is>
std::vector<Event> one_of_each(std::index_sequence<Is...>) {
  return {Event(std::variant_alternative_t<Is, Event>{})...};
}

// One of every event that can follow an opening, and of some several.
std::vector<Event> all_events() {
  std::vector<Event> out = one_of_each(std::make_index_sequence<std::variant_size_v<Event>>{});
  std::erase_if(out, [](const Event& event) {
    return std::holds_alternative<ItemOpened>(event) ||
           std::holds_alternative<TransitionTaken>(event) ||
           std::holds_alternative<HandedOver>(event);
  });
  out.emplace_back(TransitionTaken{"close", "open", "closed"});
  out.emplace_back(TransitionTaken{"open", "closed", "open"});
  out.emplace_back(Assigned{UnitId{1}, {}, {}, {}, {}, Day{9}, {}});
  out.emplace_back(Assigned{UnitId{0}, {}, {}, {}, {}, Day{19}, {}});
  out.emplace_back(
      ItemClosed{"fixed", true, 1, {{"lamps", "piece", 3, Qualifier::Exact, {}, {}, {}}}});
  out.emplace_back(ItemClosed{"invalid", false, 1, {}});
  out.emplace_back(ItemReopened{1});
  out.emplace_back(Corrected{"place", "b"});
  out.emplace_back(Corrected{"category", "lamps"});
  out.emplace_back(Corrected{"source", "hotline"});
  out.emplace_back(Corrected{"special", "education/c2"});
  out.emplace_back(Corrected{"special", ""});
  out.emplace_back(SourceAdded{"audit"});
  out.emplace_back(SourceAdded{"hotline"});
  out.emplace_back(ItemsLinked{LinkKind::ShareOf, ItemNo{7}});
  out.emplace_back(VerificationGiven{Stage::Return, false, {}, {}, {}});
  out.emplace_back(JudgementGiven{Verdict::Yes, Verdict::No, 1});
  for (const char* clock : {"handle", "contact"}) {
    ClockStarted started;
    started.clock = clock;
    started.due = Instant{86'400'000'000};
    out.emplace_back(started);
    ClockMoved moved;
    moved.clock = clock;
    moved.due = Instant{2 * 86'400'000'000};
    out.emplace_back(moved);
    out.emplace_back(ClockStopped{clock, Instant{9}, {}});
    out.emplace_back(ClockStopped{clock, Instant{9}, Overtaken::Ended});
  }
  out.emplace_back(HandedOver{HandoverId{1}, PostId{1}, PostId{2}, {WorkPart::Recorder}});
  out.emplace_back(HandedOver{HandoverId{1}, PostId{1}, PostId{2}, {WorkPart::Step}});
  return out;
}

// As they happen: a closing of what is open, a reopening of what is closed, and so on.
bool can_follow(const ItemRow& row, const Event& event) {
  if (std::holds_alternative<ItemClosed>(event)) return !row.closed;
  if (std::holds_alternative<ItemReopened>(event)) return row.closed.has_value();
  if (const auto* linked = std::get_if<ItemsLinked>(&event))
    return linked->link != LinkKind::ShareOf || !row.share;
  if (const auto* taken = std::get_if<TransitionTaken>(&event))
    return (taken->from == "closed") == (row.phase == Phase::Closed);
  return true;
}

ItemOpened opening() {
  ItemOpened out;
  out.no = ItemNo{1};
  out.kind = "matter";
  out.place = UnitId{0};
  out.source = "resident";
  out.category = "parking";
  out.due = Day{3};
  return out;
}

struct Step {
  MarkedEvent marked;
  ItemRow row;  // after it
  std::vector<ItemQuantity> quantities;
};

std::vector<Step> random_history(const State& state, SeededRandom& random) {
  const std::vector<Event> events = all_events();
  std::vector<Step> out;
  const Mark first{Seq{1}, Instant{}, PostId{1}};
  out.push_back({{opening(), first}, open_row(state, opening(), first), {}});
  while (out.size() < 30) {
    const Event& event = events[random.next_u64() % events.size()];
    Step next = out.back();
    if (!can_follow(next.row, event)) continue;
    const auto number = static_cast<std::int64_t>(out.size());
    next.marked = {
        event, {Seq{1 + out.size()}, Instant{number * std::int64_t{2'000'000'000'000}}, PostId{1}}};
    if (auto counted = fold(next.row, state, event, next.marked.mark)) {
      EXPECT_TRUE(changes_quantities(event));
      next.quantities = *std::move(counted);
    }
    out.push_back(std::move(next));
  }
  return out;
}

bool same(const std::vector<ItemQuantity>& a, const std::vector<ItemQuantity>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
    return one.id == other.id && one.value == other.value;
  });
}

// At every point of many histories, what the rest of it took away is had back.
TEST(EarlierRow, IsTheRowOfThen) {
  const State state = small_state();
  std::size_t told = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SeededRandom random(seed);
    const std::vector<Step> steps = random_history(state, random);
    for (std::size_t point = 0; point + 1 < steps.size(); ++point) {
      ItemRow then = steps.back().row;
      std::optional<std::vector<ItemQuantity>> quantities;
      EarlierRow row(then, quantities);
      std::vector<MarkedEvent> before;
      for (std::size_t i = 0; i <= point; ++i) before.push_back(steps[i].marked);
      for (std::size_t i = point + 1; i < steps.size(); ++i)
        row.take_back(state, steps[i].marked.event, steps[i - 1].marked.mark.seq);
      if (row.missing())
        row.remake(state, before);
      else
        ++told;
      ASSERT_EQ(then, steps[point].row) << "seed " << seed << " point " << point;
      const auto& counted = quantities ? *quantities : steps.back().quantities;
      ASSERT_TRUE(same(counted, steps[point].quantities)) << "seed " << seed << " point " << point;
    }
  }
  EXPECT_GT(told, 300U) << "none without the events before";
}

// What happens most is told by the newest events alone.
TEST(EarlierRow, NeedsNoEventsBeforeForAFirstClosing) {
  const State state = small_state();
  ItemRow then;
  std::optional<std::vector<ItemQuantity>> quantities;
  EarlierRow row(then, quantities);
  for (const Event& event :
       {Event(ProgressReported{}), Event(VerificationGiven{Stage::Return, false, {}, {}, {}}),
        Event(ItemClosed{"fixed", true, 1, {}}), Event(TransitionTaken{"close", "open", "closed"})})
    row.take_back(state, event, Seq{4});
  EXPECT_FALSE(row.missing());
  row.take_back(state, DeadlineExtended{Day{30}, {}}, Seq{9});
  EXPECT_TRUE(row.missing());
}

}  // namespace
}  // namespace tz::ledger
