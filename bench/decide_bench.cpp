// Measures decide and apply: the life of problems from listing to close-out, each command decided
// on an item at hand and its events applied to the item and folded into its row, on one core. No
// outside program does this, so the bar is absolute: 300,000 commands a second.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/sha256.h"
#include "ledger/decide.h"
#include "ledger/row_fold.h"
#include "measuring.h"
#include "programme/flow_file.h"
#include "programme/policy_file.h"
#include "real_tree.h"

namespace {

using namespace tz;
using bench::fail;
using bench::must;

constexpr std::size_t kItems = 20'000;
constexpr int kRounds = 9;
constexpr double kBar = 300'000;
constexpr std::uint32_t kCounties = 100;
constexpr std::uint32_t kTownships = 20;  // of each county
constexpr Day kToday{18'148};             // 2019-09-09

std::string text_of(const std::string& path) {
  return bench::file_text(std::string(TZ_SOURCE) + "/" + path);
}

UnitId county(std::uint32_t number) { return UnitId{1 + number * (kTownships + 1)}; }

// A province with its counties and their townships; two who verify for the whole, and in each
// county one who lists, one who supervises and one who fixes.
ledger::State made_state() {
  ledger::State state;
  std::vector<ledger::UnitRow> rows;
  const auto add = [&](UnitId parent, ledger::UnitKind kind) {
    rows.push_back({"u" + std::to_string(rows.size()), "unit", parent, kind, false, Day{0}, {}});
  };
  add(UnitId{0}, ledger::UnitKind::Province);
  for (std::uint32_t i = 0; i < kCounties; ++i) {
    add(UnitId{0}, ledger::UnitKind::County);
    for (std::uint32_t k = 0; k < kTownships; ++k) add(county(i), ledger::UnitKind::Township);
  }
  ledger::OrgTree tree;
  tree.add_units(rows);
  state.tree = std::make_shared<const ledger::OrgTree>(std::move(tree));
  state.policy = std::make_shared<const ledger::Policy>(
      must(programme::read_policy(text_of("policy/policy.yaml"))));
  state.time_rules = std::make_shared<const ledger::TimeRules>(
      must(must(ledger::TimeRules{}.with_calendar(text_of("calendar/holidays.csv"), Day{20'500}))
               .with_limits(text_of("calendar/limits.csv"))));
  state.kinds = {"problem"};
  state.flows = {std::make_shared<const ledger::Flow>(
      must(programme::read_flow(text_of("flows/problem.yaml"))))};
  const auto post = [&](UnitId unit, ledger::Role role) {
    const std::uint64_t number = state.posts.size() + 1;
    state.accounts.add(AccountId{number});
    ledger::add_post(state, {PostId{number}, AccountId{number}, unit, role, Day{0}, {}});
  };
  post(UnitId{0}, ledger::Role::Verifier);
  post(UnitId{0}, ledger::Role::Verifier);
  for (std::uint32_t i = 0; i < kCounties; ++i)
    for (const ledger::Role role :
         {ledger::Role::Recorder, ledger::Role::Supervisor, ledger::Role::Responsible})
      post(role == ledger::Role::Responsible ? UnitId{county(i).value + 1} : county(i), role);
  return state;
}

// What one item is asked, in order: by whom, on which day, and how often it was sent back.
struct Step {
  const char* id;
  enum class Who { Recorder, Supervisor, Fixer, Verifier } who;
  std::int32_t day;  // after the listing
};
constexpr Step kLife[] = {
    {"assign", Step::Who::Supervisor, 1},     {"plan", Step::Who::Fixer, 2},
    {"report", Step::Who::Fixer, 5},          {"report", Step::Who::Fixer, 9},
    {"extend", Step::Who::Supervisor, 9},     {"request_closure", Step::Who::Fixer, 10},
    {"review", Step::Who::Verifier, 11},      {"return", Step::Who::Verifier, 12},
    {"report", Step::Who::Fixer, 13},         {"request_closure", Step::Who::Fixer, 14},
    {"review", Step::Who::Verifier, 15},      {"check", Step::Who::Verifier, 16},
    {"publicise", Step::Who::Supervisor, 17}, {"close", Step::Who::Supervisor, 40},
    {"judge", Step::Who::Recorder, 41}};

ledger::ActionInput input_of(const Step& step, std::uint32_t at) {
  const std::string id = step.id;
  ledger::ActionInput in;
  in.text = "words of a usual length about what was done and found";
  in.reason = "why";
  if (id == "assign") in.lead = UnitId{county(at).value + 1};
  if (id == "assign") in.due = Day{kToday.number + 60};
  if (id == "extend") in.due = Day{kToday.number + 90};
  if (id == "plan") {
    in.measures = {{"clear the way", {}, Day{kToday.number + 30}}};
    in.criterion = "thirty-six spaces";
    in.quantities = {{"parking_spaces", "space", 36, ledger::Qualifier::Exact, {}, 0, {}}};
  }
  if (id == "report") {
    in.measure = 1;
    in.done = step.day > 5;
    in.evidence = {{sha256(as_bytes(id)), "application/pdf", 1000, {}, {}, {}, "sheet.pdf", {}}};
  }
  if (id == "request_closure" || id == "check")
    in.measured = {{"parking_spaces", "space", 36, ledger::Qualifier::Exact, {}, {}, {}}};
  if (id == "check") in.checkers = {PostId{2}};
  if (id == "publicise") in.notice_last = Day{kToday.number + 30};
  if (id == "close") in.outcome = "fixed";
  if (id == "judge") {
    in.solved = ledger::Verdict::Yes;
    in.way = ledger::VerdictWay::Phone;
  }
  return in;
}

AccountId account_of(Step::Who who, std::uint32_t at) {
  const std::uint64_t first = 3 + std::uint64_t{3} * at;
  switch (who) {
    case Step::Who::Recorder:
      return AccountId{first};
    case Step::Who::Supervisor:
      return AccountId{first + 1};
    case Step::Who::Fixer:
      return AccountId{first + 2};
    case Step::Who::Verifier:
      return AccountId{1};
  }
  return {};
}

struct Kept {
  ledger::Item item;
  ledger::ItemRow row;
};

class Round {
 public:
  explicit Round(const ledger::State& state) : state_(state) { items_.reserve(kItems); }

  void list() {
    std::vector<ledger::OpenItem> commands(kItems);
    for (std::size_t i = 0; i < kItems; ++i) {
      commands[i].no.value = i;
      commands[i].kind = "problem";
      commands[i].place = UnitId{county(at(i)).value + 2};
      commands[i].source = "resident";
      commands[i].fix_class = "by_date";
      commands[i].title = "nowhere to park";
    }
    timed([&](std::size_t i) {
      const ledger::Decision decision = decided(Step::Who::Recorder, 0, i, commands[i]);
      Kept kept;
      kept.item = ledger::open(state_, std::get<ledger::ItemOpened>(decision.events[0].event),
                               mark(decision));
      kept.row = ledger::open_row(state_, std::get<ledger::ItemOpened>(decision.events[0].event),
                                  mark(decision));
      ++seq_;
      auto& there = items_.try_emplace(i, std::move(kept)).first->second;
      apply(there, decision, 1);
    });
  }

  void take(const Step& step) {
    std::vector<ledger::TakeAction> commands(kItems);
    for (std::size_t i = 0; i < kItems; ++i)
      commands[i] = {ledger::ItemNo{i}, items_.at(i).item.last, step.id, input_of(step, at(i))};
    timed([&](std::size_t i) {
      apply(items_.find(i)->second, decided(step.who, step.day, i, commands[i]), 0);
    });
  }

  void check() const {
    for (const auto& [no, kept] : items_)
      if (!kept.row.fixed || !(kept.row == ledger::row_of(kept.item, state_)))
        fail("an item is not closed as fixed, or its row is another's");
  }
  [[nodiscard]] double commands_a_second() const {
    return static_cast<double>(count_) / (static_cast<double>(ticks_) / CLOCKS_PER_SEC);
  }

 private:
  [[nodiscard]] static std::uint32_t at(std::size_t i) {
    return static_cast<std::uint32_t>(i % kCounties);
  }
  template <class Work>
  void timed(const Work& work) {
    const std::clock_t begin = std::clock();
    for (std::size_t i = 0; i < kItems; ++i) work(i);
    ticks_ += std::clock() - begin;
    count_ += kItems;
  }
  [[nodiscard]] ledger::Mark mark(const ledger::Decision& decision) const {
    return {Seq{seq_}, now_, decision.post, 0, decision.origin};
  }
  template <class Command>
  ledger::Decision decided(Step::Who who, std::int32_t day, std::size_t i, const Command& command) {
    now_ = start_of(Day{kToday.number + day}, state_.zone);
    const ledger::Circumstances about{state_,
                                      [&](ledger::ItemNo no) -> const ledger::Item* {
                                        const auto found = items_.find(no.value);
                                        return found == items_.end() ? nullptr
                                                                     : &found->second.item;
                                      },
                                      {account_of(who, at(i)), {}},
                                      now_};
    return must(ledger::decide(about, command));
  }
  void apply(Kept& kept, const ledger::Decision& decision, std::size_t from) {
    for (std::size_t k = from; k < decision.events.size(); ++k, ++seq_) {
      (void)ledger::fold(kept.row, state_, decision.events[k].event, mark(decision));
      ledger::apply(kept.item, state_, decision.events[k].event, mark(decision));
    }
  }

  const ledger::State& state_;
  std::unordered_map<std::uint64_t, Kept> items_;
  std::uint64_t seq_ = 1;
  Instant now_;
  std::clock_t ticks_ = 0;
  std::size_t count_ = 0;
};

}  // namespace

int main() {
  const ledger::State state = made_state();
  std::vector<double> rounds;
  for (int i = 0; i < kRounds; ++i) {
    Round round(state);
    round.list();
    for (const Step& step : kLife) round.take(step);
    round.check();
    rounds.push_back(round.commands_a_second());
  }
  std::sort(rounds.begin(), rounds.end());
  const double median = rounds[kRounds / 2];
  std::printf(
      "decide and apply: %.0f commands a second (median of %d rounds of %zu; %.0f to %.0f)\n",
      median, kRounds, kItems * (std::size(kLife) + 1), rounds.front(), rounds.back());
  return median >= kBar ? 0 : 1;
}
