// Measures what the policy costs a command in process: the door's question, who may, and whether a
// part in the fix keeps him from it; and the same with 10,000 accusations in the state, of which
// the door first asks what is kept from the caller. 100,000 posts, some with lines; no outside
// program does this, so the bar is absolute: 2 microseconds.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "ledger/decide_item.h"
#include "programme/flow_file.h"
#include "programme/policy_file.h"
#include "real_tree.h"

namespace {

using namespace tz;

// Of this process alone: what else the machine does is none of the policy's cost.
double now_ns() { return static_cast<double>(std::clock()) * (1e9 / CLOCKS_PER_SEC); }

constexpr std::uint32_t kUnits = 60'000;
constexpr std::uint64_t kAccounts = 50'000;
constexpr std::size_t kItems = 4'096;
constexpr std::size_t kAccusations = 10'000;
constexpr int kRounds = 99;
constexpr Day kToday{18'150};

std::string text_of(const std::string& path) {
  return bench::file_text(std::string(TZ_SOURCE) + "/" + path);
}

ledger::State made_state(Random& random) {
  ledger::State state;
  std::vector<ledger::UnitRow> rows;
  for (std::uint32_t i = 0; i < kUnits; ++i)
    rows.push_back({"u" + std::to_string(i),
                    "unit",
                    UnitId{i == 0 ? 0 : (i - 1) / 12},
                    ledger::UnitKind::Agency,
                    false,
                    Day{17'000},
                    {}});
  ledger::OrgTree tree;
  tree.add_units(rows);
  std::vector<ledger::LineEdge> lines;
  for (std::uint32_t i = 0; i < 200; ++i)
    lines.push_back({UnitId{static_cast<std::uint32_t>(100 + random.next_u64() % (kUnits - 100))},
                     UnitId{static_cast<std::uint32_t>(random.next_u64() % 100)},
                     ledger::LineKind::Vertical,
                     Day{17'000},
                     {}});
  tree.add_lines(lines);
  state.tree = std::make_shared<const ledger::OrgTree>(std::move(tree));
  state.kinds = {"problem"};
  state.flows = {
      std::make_shared<const ledger::Flow>(*programme::read_flow(text_of("flows/problem.yaml")))};
  state.policy = std::make_shared<const ledger::Policy>(
      *programme::read_policy(text_of("policy/policy.yaml")));
  for (std::uint64_t i = 1; i <= kAccounts; ++i) state.accounts.add(AccountId{i});
  for (std::uint64_t i = 1; i <= 2 * kAccounts; ++i)
    ledger::add_post(state, {PostId{i},
                             AccountId{1 + i % kAccounts},
                             UnitId{static_cast<std::uint32_t>(random.next_u64() % 2'000)},
                             static_cast<ledger::Role>(random.next_u64() % 4),
                             Day{17'000},
                             {}});
  return state;
}

ledger::Item made_item(Random& random) {
  const auto unit = [&] { return UnitId{static_cast<std::uint32_t>(random.next_u64() % kUnits)}; };
  ledger::Item item;
  item.place = unit();
  item.lead = unit();
  item.responsible = {unit()};
  item.supporting = {unit()};
  item.recorder_account = AccountId{1 + random.next_u64() % kAccounts};
  item.fixer_units = {*item.lead, item.responsible[0]};
  item.supporting_units = item.supporting;
  item.fixers = {{AccountId{1 + random.next_u64() % kAccounts}, item.responsible[0]}};
  return item;
}

// All that the policy is asked for one step of one item.
std::size_t ask(const ledger::State& state, AccountId account, const ledger::Item& item,
                const ledger::Transition& transition) {
  std::size_t yes =
      ledger::admitted(state, account, ledger::Right::StepTake, kToday).ok() ? 1U : 0U;
  if (!ledger::may_read(state, account, item, kToday)) return yes;
  const ledger::Circumstances at{
      state, [](ledger::ItemNo) { return nullptr; }, {account, {}}, start_of(kToday, state.zone)};
  const auto post = ledger::permitted(at, ledger::step_wish(transition), item);
  if (!post.ok()) return yes;
  return yes + (ledger::recused(state, *state.post(*post), item, kToday, transition.act) ? 2U : 4U);
}

// Reports that complain of units anywhere; of one in a hundred nobody knows of which.
std::shared_ptr<const ledger::Accusations> made_accusations(Random& random) {
  const auto unit = [&] { return UnitId{static_cast<std::uint32_t>(random.next_u64() % kUnits)}; };
  auto out = std::make_shared<ledger::Accusations>();
  while (out->size() < kAccusations) {
    ledger::Accusation accusation{unit(), {}};
    if (random.next_u64() % 100 != 0) accusation.units = {unit(), unit()};
    out->set(ledger::ItemNo{random.next_u64()}, accusation);
  }
  return out;
}

// What each round took a command, from the least to the most.
template <class Work>
std::vector<double> measured(const Work& work) {
  std::vector<double> out;
  for (int round = 0; round < kRounds; ++round) {
    const double begin = now_ns();
    work(round);
    out.push_back((now_ns() - begin) / kItems);
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

int main() {
  SeededRandom random(7);
  ledger::State state = made_state(random);
  std::vector<ledger::Item> items;
  for (std::size_t i = 0; i < kItems; ++i) items.push_back(made_item(random));
  const ledger::Flow& flow = *state.flows[0];
  std::size_t answers = 0;
  const auto account = [](std::size_t i, int round) {
    return AccountId{1 + (i * 2'654'435'761U + static_cast<std::size_t>(round)) % kAccounts};
  };
  const auto ask_all = [&](int round) {
    for (std::size_t i = 0; i < kItems; ++i)
      answers +=
          ask(state, account(i, round), items[i], flow.transitions[i % flow.transitions.size()]);
  };
  const auto rounds = measured(ask_all);
  std::printf(
      "policy, a command by any account: %.0f ns (median of %d rounds of %zu; %.0f to %.0f; "
      "answers %zu)\n",
      rounds[kRounds / 2], kRounds, kItems, rounds.front(), rounds.back(), answers);
  // The dear case: somebody who may, so that nothing ends early.
  ledger::State over = state;
  ledger::add_post(over, {PostId{2 * kAccounts + 1},
                          AccountId{1},
                          UnitId{0},
                          ledger::Role::Verifier,
                          Day{17'000},
                          {}});
  const ledger::Transition& check = *flow.transition("check");
  const auto allowed = measured([&](int) {
    for (const ledger::Item& item : items) answers += ask(over, AccountId{1}, item, check);
  });
  std::printf("policy, a check on site by a verifier over all units: %.0f ns (%.0f to %.0f)\n",
              allowed[kRounds / 2], allowed.front(), allowed.back());
  state.accusations = made_accusations(random);
  std::size_t kept = 0;
  const auto accusing = measured([&](int round) {
    for (std::size_t i = 0; i < kItems; ++i)
      kept += ledger::kept_from(state, account(i, round), kToday).size();
    ask_all(round);
  });
  std::printf(
      "policy, the same by any account with %zu accusations in the state: %.0f ns (%.0f to %.0f; "
      "%zu kept back)\n",
      kAccusations, accusing[kRounds / 2], accusing.front(), accusing.back(), kept);
  constexpr double kBar = 2'000;
  const bool quick =
      rounds[kRounds / 2] <= kBar && allowed[kRounds / 2] <= kBar && accusing[kRounds / 2] <= kBar;
  return answers > 0 && kept > 0 && quick ? 0 : 1;
}
