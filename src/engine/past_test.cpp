// At every position of random journals the past is what replaying the journal up to there gives.
#include "engine/past.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "journal/memory_journal.h"
#include "ledger/event_codec.h"
#include "ledger/unit_changes.h"

namespace tz::engine {
namespace {

using ledger::Event;
using ledger::ItemNo;
using ledger::Phase;

// "KIND VERSION": states of every phase that an item can be in.
Result<ledger::Flow> read_flow(std::string_view text) {
  ledger::Flow flow;
  const std::size_t space = text.find(' ');
  flow.kind = text.substr(0, space);
  flow.version = text[space + 1] - '0';
  flow.states = {{"registered", {}, Phase::Listed},
                 {"assigned", {}, Phase::Assigned},
                 {"rejected", {}, Phase::Dropped},
                 {"closed", {}, Phase::Closed}};
  if (flow.version % 2 == 0) std::swap(flow.states[1], flow.states[2]);
  flow.outcomes = {{"fixed", {}, true}, {"invalid", {}, false}};
  flow.categories = {"parking", "lamps"};
  flow.sources = {"resident", "hotline", "audit"};
  flow.clocks.resize(2);
  flow.clocks[0].id = "handle";
  flow.clocks[1].id = "contact";
  flow.response = 1;
  return flow;
}

// Events without rhyme, but of which each can follow those before, in commands of some records.
class RandomJournal {
 public:
  explicit RandomJournal(std::uint64_t seed) : random_(seed) {
    id_.fill(7);
    journal_ = journal::open_memory_journal(journal::make_memory_store());
    command({{ledger::Genesis{to_hex(id_), "past.test", "Asia/Shanghai", false}, {}}});
    register_units(1 + below(6));
    adopt_flow();
    for (std::uint64_t account = 1; account <= 3; ++account)
      command(
          {{ledger::AccountOpened{AccountId{account}}, {}},
           {ledger::PostGranted{
                PostId{account}, AccountId{account}, UnitId{0}, ledger::Role::Recorder, Day{0}, {}},
            {}}});
  }

  void step() {
    const std::uint32_t what = below(100);
    if (what < 2)
      register_units(1 + below(4));
    else if (what < 4)
      add_line();
    else if (what < 6)
      change_units();
    else if (what < 7 && flows_.size() < 8)
      adopt_flow();
    else if (what < 30 || items_.empty())
      open_item();
    else if (what < 33)
      adopt_import();
    else
      change_item();
    if (below(4) == 0) now_.us += below(40) * std::int64_t{3'600'000'000};
  }

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Instant now() const { return now_; }
  std::unique_ptr<journal::Reader> reader() { return *journal_->open_reader(); }
  [[nodiscard]] const std::vector<std::uint64_t>& command_ends() const { return ends_; }
  // The fold of the first records alone.
  std::unique_ptr<World> world(std::uint64_t end) {
    auto world = std::make_unique<World>();
    world->ledger_id = id_;
    EXPECT_TRUE(catch_up(*world, *reader(), end, {&read_flow, nullptr}).ok());
    return world;
  }
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(random_.next_u64() % bound);
  }

 private:
  struct Draft {
    Event event;
    std::optional<ItemNo> item;
  };
  struct Known {
    ItemNo no;
    std::size_t flow = 0;
    std::string state = "registered";
    std::optional<std::uint64_t> import;
    std::uint16_t closures = 0;
    std::set<std::string> clocks;  // that have started
    Seq last;
  };

  void command(const std::vector<Draft>& drafts) {
    journal::Batch batch;
    batch.expected_size = size_;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      const ledger::EncodedEvent encoded = ledger::encode(drafts[i].event, {});
      journal::Record record;
      record.seq = Seq{size_ + i};
      record.recorded = now_;
      record.type = encoded.type;
      record.type_version = encoded.type_version;
      record.payload = encoded.payload;
      record.command = CommandId{commands_ + 1};
      record.index = static_cast<std::uint16_t>(i);
      record.actor = PostId{drafts[i].item && below(4) > 0 ? 1 + below(3) : 0};
      if (drafts[i].item) {
        record.item = drafts[i].item->value;
        if (Known* known = find(*drafts[i].item)) {
          if (known->last != Seq{}) record.prev = known->last;
          known->last = record.seq;
        }
      }
      batch.records.push_back(journal::encode(record, id_));
    }
    ASSERT_TRUE(journal_->append(batch).ok());
    ++commands_;
    size_ += drafts.size();
    ends_.push_back(size_);
  }

  Known* find(ItemNo no) {
    for (Known& known : items_)
      if (known.no == no) return &known;
    return nullptr;
  }
  UnitId any_unit() { return UnitId{below(units_)}; }
  Day any_day() { return Day{day_of(now_, {}).number - 3 + static_cast<std::int32_t>(below(9))}; }

  void register_units(std::uint32_t count) {
    std::vector<ledger::UnitRow> rows;
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t number = units_ + i;
      ledger::UnitRow row;
      row.code = "u" + std::to_string(number);
      if (tree_.find(row.code)) row.code = "v" + std::to_string(number);
      row.name = "n";
      if (number > 0) row.parent = UnitId{below(number)};
      row.kind = number == 0     ? ledger::UnitKind::Nation
                 : below(5) == 0 ? ledger::UnitKind::Area
                                 : ledger::UnitKind::Township;
      rows.push_back(row);
    }
    std::vector<Draft> drafts{{ledger::UnitsRegistered{"test", UnitId{units_}, rows}, {}}};
    tree_.append_units(rows, Seq{size_});
    tree_.settle();
    units_ += count;
    if (below(2) == 0) drafts.push_back({ledger::UnitLinesAdded{{any_edge()}}, {}});
    command(drafts);
  }
  ledger::LineEdge any_edge() {
    ledger::LineEdge edge{any_unit(), any_unit(), ledger::LineKind::Area, any_day(), {}};
    if (below(3) == 0) edge.line = ledger::LineKind::Business;
    return edge;
  }
  void add_line() { command({{ledger::UnitLinesAdded{{any_edge(), any_edge()}}, {}}}); }
  // Codes go on: what was said of a code is about the unit that had it then.
  void change_units() {
    std::vector<ledger::UnitChange> changes;
    const auto add = [&](UnitId unit, ledger::ChangeKind kind, std::string text, UnitId other) {
      changes.push_back({unit, kind, std::move(text), other});
      if (fault_in(
              tree_, [](UnitId) { return false; }, changes, day_of(now_, {})))
        changes.pop_back();
    };
    for (std::uint32_t i = 1 + below(4); i > 0; --i) {
      const UnitId unit = any_unit();
      switch (below(4)) {
        case 0:
          add(unit, ledger::ChangeKind::Moved, {}, any_unit());
          break;
        case 1:
          add(unit, ledger::ChangeKind::Ended, {}, {});
          add(unit, ledger::ChangeKind::Succeeded, {}, any_unit());
          break;
        case 2:
          add(unit, ledger::ChangeKind::Recoded, "u" + std::to_string(below(2 * units_)), {});
          break;
        default:
          add(unit, ledger::ChangeKind::Renamed, "m", {});
      }
    }
    if (changes.empty()) return;
    tree_.change_units(changes, day_of(now_, {}), Seq{size_});
    tree_.settle();
    command({{ledger::UnitsChanged{"test", day_of(now_, {}), changes}, {}}});
  }
  // A code that some unit has.
  std::string any_code() { return std::string(tree_.code(any_unit())); }
  void adopt_flow() {
    const std::string kind = below(2) == 0 ? "matter" : "other";
    const auto version = 1 + std::count_if(flows_.begin(), flows_.end(),
                                           [&](const auto& flow) { return flow.first == kind; });
    flows_.emplace_back(kind, version);
    command({{ledger::FlowAdopted{kind, version, kind + " " + std::to_string(version)}, {}}});
  }
  void open_item() {
    Known known;
    known.no = ItemNo{1000 + items_.size()};
    known.flow = below(static_cast<std::uint32_t>(flows_.size()));
    if (below(3) == 0) known.import = imports_ + below(3);
    ledger::ItemOpened event;
    event.no = known.no;
    event.kind = flows_[known.flow].first;
    event.flow_version = flows_[known.flow].second;
    event.place = any_unit();
    event.source = "resident";
    event.fix_class = "by_date";
    event.import = known.import;
    if (below(2) == 0) event.due = any_day();
    if (known.import) ++staged_[*known.import];
    items_.push_back(known);
    std::vector<Draft> drafts{{event, known.no}};
    if (!known.import && below(3) == 0)
      drafts.push_back({ledger::ProgressReported{{}, false, {}}, known.no});
    command(drafts);
  }
  void adopt_import() {
    const std::uint64_t import = imports_ + below(3);
    if (!staged_.contains(import) || adopted_.contains(import)) return;
    adopted_.insert(import);
    imports_ = std::max(imports_, import + 1);
    command({{ledger::ImportAdopted{import, staged_[import]}, {}}});
  }
  void change_item() {
    Known& known = items_[below(static_cast<std::uint32_t>(items_.size()))];
    if (known.import && !adopted_.contains(*known.import)) return;
    std::vector<Draft> drafts;
    const auto add = [&](Event event) { drafts.push_back({std::move(event), known.no}); };
    const auto move = [&](const std::string& to) {
      add(ledger::TransitionTaken{"t", known.state, to});
      known.state = to;
    };
    switch (below(14)) {
      case 0:
      case 1:
        add(ledger::Assigned{any_unit(), {any_unit()}, {}, {}, {}, any_day(), {}});
        if (known.state != "closed") move("assigned");
        break;
      case 2:
        add(ledger::DeadlineExtended{any_day(), {}});
        break;
      case 3:
      case 4:
        if (known.state == "closed") {
          add(ledger::ItemReopened{known.closures});
          move("registered");
        } else {
          const bool fixed = below(3) > 0;
          add(ledger::ItemClosed{fixed ? "fixed" : "invalid", fixed, ++known.closures,
                                 any_quantities()});
          move("closed");
        }
        break;
      case 5:
        add(ledger::Corrected{"place", any_code()});
        break;
      case 6:
        add(ledger::Corrected{"source", "hotline"});
        if (known.state != "closed") move(below(2) == 0 ? "rejected" : "registered");
        break;
      case 7:
        add(ledger::HandedOver{
            ledger::HandoverId{1},
            PostId{1},
            PostId{1 + below(3)},
            {below(2) == 0 ? ledger::WorkPart::Recorder : ledger::WorkPart::Step}});
        break;
      case 8:
        add(ledger::VerificationGiven{
            below(2) == 0 ? ledger::Stage::Return : ledger::Stage::Preliminary, false, {}, {}, {}});
        break;
      case 9:
        add(any_note());
        break;
      case 10:
        add(any_judgement());
        break;
      case 11:
        add(ledger::Corrected{"category", below(2) == 0 ? "parking" : "lamps"});
        break;
      case 12:
        add(any_clock_event(known));
        break;
      default: {
        const Known& other = items_[below(static_cast<std::uint32_t>(items_.size()))];
        add(ledger::ItemsLinked{ledger::LinkKind::MergedInto, other.no});
        if (other.no != known.no && !other.import)
          drafts.push_back({ledger::ItemsLinked{ledger::LinkKind::MergedFrom, known.no}, other.no});
        if (known.state != "closed") move("rejected");
      }
    }
    command(drafts);
  }
  Event any_note() {
    if (below(2) == 0) return ledger::RecurrenceNoted{};
    return ledger::SourceAdded{below(2) == 0 ? "audit" : "hotline"};
  }
  ledger::JudgementGiven any_judgement() {
    ledger::JudgementGiven out;
    out.solved = below(2) == 0 ? ledger::Verdict::Yes : ledger::Verdict::No;
    out.satisfied = below(2) == 0 ? ledger::Verdict::Yes : ledger::Verdict::NoAnswer;
    if (below(2) == 0) out.way = static_cast<ledger::VerdictWay>(below(3));
    if (below(4) == 0) out.drawn = 1;
    return out;
  }
  Event any_clock_event(Known& known) {
    const std::string clock = below(4) == 0 ? "handle" : "contact";
    const Instant due{now_.us + below(9) * std::int64_t{86'400'000'000}};
    switch (known.clocks.insert(clock).second ? 0 : below(3)) {
      case 0: {
        ledger::ClockStarted out;
        out.clock = clock;
        out.length = "2d";
        out.due = due;
        return out;
      }
      case 1: {
        ledger::ClockMoved out;
        out.clock = clock;
        out.due = due;
        return out;
      }
      default:
        return ledger::ClockStopped{clock, now_, {}};
    }
  }
  std::vector<ledger::Quantity> any_quantities() {
    std::vector<ledger::Quantity> out;
    for (std::uint32_t i = below(3); i > 0; --i)
      out.push_back({below(2) == 0 ? "spaces" : "lamps",
                     "piece",
                     below(50),
                     below(2) == 0 ? ledger::Qualifier::Exact : ledger::Qualifier::Over,
                     {},
                     {},
                     {}});
    return out;
  }

  SeededRandom random_;
  journal::LedgerId id_{};
  std::unique_ptr<journal::Journal> journal_;
  Instant now_{1'568'000'000'000'000};
  std::uint64_t size_ = 0;
  std::uint64_t commands_ = 0;
  std::vector<std::uint64_t> ends_;
  std::uint32_t units_ = 0;
  ledger::OrgTree tree_;
  std::vector<std::pair<std::string, std::int64_t>> flows_;
  std::vector<Known> items_;
  std::uint64_t imports_ = 1;
  std::map<std::uint64_t, std::int64_t> staged_;
  std::set<std::uint64_t> adopted_;
};

Published published_of(World& world, Instant now) {
  world.rollup.advance(now, world.state.zone);
  const std::uint64_t size = world.frontier.size();
  return {std::make_shared<const ledger::State>(world.state), world.rollup.publish(size), size};
}

std::string tree_difference(const ledger::OrgTree& got, const ledger::OrgTree& expected) {
  if (got.size() != expected.size()) return "units";
  for (std::uint32_t i = 0; i < got.size(); ++i) {
    const UnitId unit{i};
    if (got.code(unit) != expected.code(unit) || got.position(unit) != expected.position(unit) ||
        got.parent(unit) != expected.parent(unit) || got.kind(unit) != expected.kind(unit) ||
        got.name(unit) != expected.name(unit) || got.to(unit) != expected.to(unit) ||
        got.find(got.code(unit)) != expected.find(got.code(unit)))
      return "unit " + std::to_string(i);
    if (got.extent(unit, Day{18'150}) != expected.extent(unit, Day{18'150})) return "extent";
  }
  return got.lines().size() == expected.lines().size() ? "" : "lines";
}

bool same_states(const std::vector<rollup::StateCount>& a,
                 const std::vector<rollup::StateCount>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
    return one.flow == other.flow && one.state == other.state && one.count == other.count &&
           one.overdue == other.overdue;
  });
}

std::string total_difference(const rollup::View& got, const rollup::View& expected, UnitId unit) {
  if (!(got.totals(unit) == expected.totals(unit))) return "totals";
  if (!(got.own_totals(unit) == expected.own_totals(unit))) return "own totals";
  for (const std::uint32_t kinds : {1U, 2U, rollup::kAllKinds})
    if (got.quantities(unit, kinds) != expected.quantities(unit, kinds)) return "quantities";
  const rollup::WeekQuestion weeks{unit, rollup::kAllKinds, Day{18'140}, 6, {}};
  if (got.weeks(weeks) != expected.weeks(weeks)) return "weeks";
  rollup::Filter filter;
  filter.unit = unit;
  if (!same_states(got.by_state(filter), expected.by_state(filter))) return "states";
  for (const auto by : {rollup::Order::By::Opened, rollup::Order::By::Due, rollup::Order::By::Unit,
                        rollup::Order::By::Lead, rollup::Order::By::Changed}) {
    const rollup::Order order{by, rollup::Order::Direction::Ascending};
    const auto one = got.select(filter, order, {{}, 0, 1000});
    const auto other = expected.select(filter, order, {{}, 0, 1000});
    if (one.rows != other.rows || !(one.counts == other.counts)) return "list";
  }
  return "";
}

// Totals before anything else: they are told without looking at rows.
std::string standing_difference(const rollup::View& got, const rollup::View& expected) {
  for (std::uint32_t i = 0; i < expected.tree().size(); ++i)
    if (!(got.totals(UnitId{i}) == expected.totals(UnitId{i})))
      return "totals of " + std::to_string(i);
  return "";
}

std::string difference(const Published& got, const Published& expected) {
  if (got.size != expected.size || got.view->position() != expected.size) return "position";
  if (got.view->instant() != expected.view->instant()) return "instant";
  if (got.state->kinds != expected.state->kinds) return "kinds";
  if (got.state->flows.size() != expected.state->flows.size()) return "flows";
  std::string tree = tree_difference(got.view->tree(), expected.view->tree());
  if (!tree.empty()) return tree;
  if (got.state->tree.get() != &got.view->tree()) return "two trees";
  const std::string standing = standing_difference(*got.view, *expected.view);
  if (!standing.empty()) return standing + ", first";
  if (got.view->row_count() != expected.view->row_count()) return "row count";
  for (std::uint32_t at = 0; at < got.view->row_count(); ++at) {
    const ledger::ItemRow row = expected.view->row(rollup::RowIndex{at});
    if (!(got.view->row(rollup::RowIndex{at}) == row)) return "row " + std::to_string(at);
    if (got.view->find(row.no) != rollup::RowIndex{at}) return "find";
  }
  for (std::uint32_t i = 0; i < got.view->tree().size(); ++i) {
    const std::string totals = total_difference(*got.view, *expected.view, UnitId{i});
    if (!totals.empty()) return totals + " of " + std::to_string(i);
  }
  return "";
}

void run_journal(std::uint64_t seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  RandomJournal journal(seed);
  const std::uint32_t half = 40 + journal.below(60);
  for (std::uint32_t i = 0; i < half; ++i) journal.step();
  const auto middle = journal.world(journal.size());
  const Published then_newest = published_of(*middle, journal.now());
  std::map<std::uint64_t, Past> begun;  // at half, to go on from there
  std::map<std::uint64_t, Published> shown;
  const auto reader = journal.reader();
  for (const std::uint64_t end : journal.command_ends()) {
    const auto point = past_point({{}, end}, then_newest, journal.now(), *reader);
    ASSERT_TRUE(point.ok());
    Past past(*point);
    ASSERT_TRUE(past.read(then_newest, *reader).ok());
    shown.emplace(end, past.as_it_was(then_newest));
    begun.emplace(end, std::move(past));
  }
  for (std::uint32_t i = 0; i < half; ++i) journal.step();
  const auto world = journal.world(journal.size());
  const Published now = published_of(*world, journal.now());
  for (const std::uint64_t end : journal.command_ends()) {
    SCOPED_TRACE("position " + std::to_string(end));
    const auto point = past_point({{}, end}, now, journal.now(), *reader);
    ASSERT_TRUE(point.ok());
    ASSERT_EQ(point->position, end);
    const auto then = journal.world(end);
    const Published expected = published_of(*then, point->instant);
    Past past(*point);
    ASSERT_EQ(past.unread(now), now.size - end);
    ASSERT_TRUE(past.read(now, *reader).ok());
    ASSERT_EQ(difference(past.as_it_was(now), expected), "");
    const auto earlier = begun.find(end);
    if (earlier == begun.end()) continue;
    ASSERT_TRUE(earlier->second.read(now, *reader).ok());
    ASSERT_EQ(difference(earlier->second.as_it_was(now), expected), "") << "gone on with";
    ASSERT_EQ(difference(shown.at(end), expected), "") << "shown before it went on";
  }
}

TEST(Past, IsWhatReplayingUpToThereGives) {
  for (std::uint64_t seed = 1; seed <= 25 && !testing::Test::HasFatalFailure(); ++seed)
    run_journal(seed);
}

// Every moment between two records, and each day's end.
TEST(Past, AMomentIsEverythingRecordedByThen) {
  RandomJournal journal(77);
  for (int i = 0; i < 60; ++i) journal.step();
  const auto world = journal.world(journal.size());
  const Published now = published_of(*world, journal.now());
  const auto reader = journal.reader();
  for (std::uint64_t seq = 0; seq < now.size; ++seq) {
    const auto stored = reader->read(Seq{seq}, 1, 1);
    const Instant recorded = open_record(stored->front(), world->ledger_id)->record.recorded;
    std::uint64_t by_then = seq;
    while (
        by_then < now.size &&
        open_record(reader->read(Seq{by_then}, 1, 1)->front(), world->ledger_id)->record.recorded <=
            recorded)
      ++by_then;
    const auto point = past_point({recorded, {}}, now, journal.now(), *reader);
    ASSERT_TRUE(point.ok());
    EXPECT_EQ(*point, (PastPoint{by_then, recorded}));
    const Instant later{recorded.us + 1};
    if (later > journal.now()) continue;
    EXPECT_EQ(past_point({later, {}}, now, journal.now(), *reader)->position, by_then);
  }
}

TEST(Past, ACommandIsNeverParted) {
  RandomJournal journal(78);
  for (int i = 0; i < 40; ++i) journal.step();
  const auto world = journal.world(journal.size());
  const Published now = published_of(*world, journal.now());
  const auto reader = journal.reader();
  const auto& ends = journal.command_ends();
  for (std::uint64_t position = 1; position <= now.size; ++position) {
    const auto point = past_point({{}, position}, now, journal.now(), *reader);
    const auto end = std::upper_bound(ends.begin(), ends.end(), position) - 1;
    ASSERT_TRUE(point.ok());
    EXPECT_EQ(point->position, *end);
  }
}

TEST(Past, WhatIsNoPartOfTheLedgersTimeIsRefused) {
  RandomJournal journal(79);
  const auto world = journal.world(journal.size());
  const Published now = published_of(*world, journal.now());
  const auto reader = journal.reader();
  const auto code = [&](const AsOf& asked) {
    const auto point = past_point(asked, now, journal.now(), *reader);
    return point.ok() ? "" : point.error().code;
  };
  EXPECT_EQ(code({{}, now.size}), "");
  EXPECT_EQ(code({{}, now.size + 1}), "as_of_future");
  EXPECT_EQ(code({{}, 0}), "as_of_before_ledger");
  EXPECT_EQ(code({journal.now(), {}}), "");
  EXPECT_EQ(code({Instant{journal.now().us + 1}, {}}), "as_of_future");
  EXPECT_EQ(code({Instant{1'568'000'000'000'000 - 1}, {}}), "as_of_before_ledger");
}

TEST(Past, IsAskedForByMomentDayOrPosition) {
  const Zone zone;
  EXPECT_EQ(parse_as_of("@17", zone)->position, 17U);
  EXPECT_EQ(parse_as_of("2019-09-08T09:30:00+08:00", zone)->moment,
            *parse_instant("2019-09-08T01:30:00Z"));
  EXPECT_EQ(parse_as_of("2019-09-08", zone)->moment,
            *parse_instant("2019-09-08T23:59:59.999999+08:00"));
  for (const char* bad : {"", "@", "@-1", "@1x", "yesterday", "2019-02-30", "2019-09-08T09:30:00",
                          "@99999999999999999999", "17"})
    EXPECT_EQ(parse_as_of(bad, zone).error().code, "as_of_bad") << bad;
}

}  // namespace
}  // namespace tz::engine
