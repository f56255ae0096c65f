// Over every flow of the project people take random steps: no item is stuck, no rule broken, every
// number is what a recount finds, and the journal read again gives the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "programme/flow_file.h"
#include "walk/walker.h"

namespace tz::test {
namespace {

constexpr int kSteps = 1200;
constexpr int kLooksBack = 60;

bool long_tier() { return std::getenv("TZ_LONG") != nullptr; }
std::uint64_t seed_count() { return long_tier() ? 1800 : 24; }

// What a few seeds take too, whatever they draw: each is rare enough to be lost unseen.
constexpr const char* kAlwaysTaken[] = {
    "hazard.call_in",    "hazard.look_back_3",    "hazard.plan",         "petition.review",
    "problem.call_in",   "problem.look_back_3",   "problem.look_back_6", "problem.recheck",
    "problem.split",     "request.agree_opening", "request.ask_opening", "request.call_in",
    "request.call_back", "request.take_envelope"};

std::string text_of(const std::string& path) {
  const auto content = read_file(path, std::size_t{1} << 20);
  EXPECT_TRUE(content.ok() && *content) << path;
  return {(*content)->bytes.begin(), (*content)->bytes.end()};
}

std::vector<std::string> all_flows() {
  std::vector<std::string> out;
  for (const auto& file : std::filesystem::directory_iterator(TZ_SOURCE "/flows")) {
    if (file.path().extension() != ".yaml") continue;
    out.push_back(text_of(file.path().string()));
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string told(const Walker& walker, const std::string& what) {
  std::string out = what;
  for (const std::string& each : walker.trail()) out += "\n    " + each;
  return out;
}

#define EXPECT_SOUND(walker, expression)                                 \
  do {                                                                   \
    const Violation wrong = (expression);                                \
    ASSERT_FALSE(wrong.has_value()) << told(walker, wrong.value_or("")); \
  } while (false)

void walk(Walker& walker, const std::vector<std::string>& flows) {
  EXPECT_SOUND(walker, walker.settle(flows));
  for (int i = 0; i < kSteps; ++i) {
    EXPECT_SOUND(walker, walker.step());
    if (i % 100 == 99) EXPECT_SOUND(walker, walker.recount());
  }
  for (const ledger::ItemNo no : walker.open_items()) EXPECT_SOUND(walker, walker.bring_to_end(no));
  for (int i = 0; i < kLooksBack; ++i) EXPECT_SOUND(walker, walker.come_back());
  for (const ledger::ItemNo no : walker.open_items()) EXPECT_SOUND(walker, walker.bring_to_end(no));
  EXPECT_SOUND(walker, walker.recount());
  EXPECT_SOUND(walker, walker.end());
}

TEST(Walk, NoItemIsStuckAndNoRuleBroken) {
  const std::vector<std::string> flows = all_flows();
  ASSERT_GE(flows.size(), 7U);
  const char* first = std::getenv("TZ_SEED");
  const std::uint64_t from = first == nullptr ? 1 : std::strtoull(first, nullptr, 10);
  const std::uint64_t count = first == nullptr ? seed_count() : 1;
  std::map<std::string, std::size_t> steps;
  std::map<std::string, std::size_t> states;
  std::map<std::string, std::size_t> refused;
  std::map<std::string, std::size_t> records;
  std::size_t taken = 0;
  for (std::uint64_t seed = from; seed < from + count; ++seed) {
    SCOPED_TRACE("TZ_SEED=" + std::to_string(seed));
    Walker walker(seed);
    walk(walker, flows);
    if (HasFatalFailure()) return;
    for (const auto& [name, times] : walker.steps()) steps[name] += times;
    for (const auto& [name, times] : walker.rules().states()) states[name] += times;
    for (const auto& [name, times] : walker.refused()) refused[name] += times;
    for (const auto& [name, times] : walker.rules().history().counts()) records[name] += times;
    taken += walker.taken_count();
  }
  std::printf("%zu steps taken over %llu seeds\n", taken, static_cast<unsigned long long>(count));
  for (const auto& [code, times] : refused) std::printf("  !%s %zu\n", code.c_str(), times);
  if (first != nullptr) return;
  // What is said of clocks and parts was put to the test.
  for (const char* name : {"clock_acted", "clock_moved", "part_assigned", "part_done"})
    EXPECT_GT(records[name], 0U) << name;
  // Every state of every flow was come to, and every step taken.
  for (const std::string& text : flows) {
    const auto flow = programme::read_flow(text);
    ASSERT_TRUE(flow.ok());
    for (const ledger::FlowState& state : flow->states)
      EXPECT_GT(states[flow->kind + "." + state.id], 0U) << flow->kind << "." << state.id;
    for (const ledger::Transition& step : flow->transitions) {
      const std::string name = flow->kind + "." + step.id;
      const auto always = std::find(std::begin(kAlwaysTaken), std::end(kAlwaysTaken), name);
      std::printf("  %s %zu\n", name.c_str(), steps[name]);
      if (long_tier() || always != std::end(kAlwaysTaken)) {
        EXPECT_GT(steps[name], 0U) << "no seed ever took " << name;
      }
    }
  }
}

}  // namespace
}  // namespace tz::test
