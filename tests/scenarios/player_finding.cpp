// The lines of a scenario about findings: tables of them, and what rolls up to special items.
#include "base/csv.h"
#include "engine/import_number.h"
#include "engine/staged_import.h"
#include "engine/upstream_numbers.h"
#include "ledger/item_file.h"
#include "ledger/special_items.h"
#include "rollup/source_refs.h"
#include "rollup/special_scan.h"
#include "scenarios/player.h"

namespace tz::test {

using namespace ledger;

// import PERSON CODE HEADER ROW…: a table of items; what is wrong with it first is what it is
// refused for.
Fault Player::import_table(const Words& words) {
  const auto person = words.size() >= 4 ? persons_.find(words[1]) : persons_.end();
  const engine::Published now = ledger_.engine().published();
  const auto into = words.size() >= 4 ? now.state->tree->find(words[2]) : std::nullopt;
  if (person == persons_.end() || !into) return ScenarioFault{"import PERSON CODE HEADER ROW…"};
  owes_success_ = true;
  size_before_ = size();
  refused_.reset();
  request_.reset();
  std::string csv;
  for (std::size_t i = 3; i < words.size(); ++i) csv += words[i] + "\n";
  engine::KnownNumbers numbers(ledger_.engine(), ledger_.keyring(), [&](std::string_view source) {
    rollup::Filter filter;
    filter.sources = rollup::source_refs(*now.state, "problem", source);
    std::vector<ItemRow> rows;
    for (const rollup::RowIndex row : now.view->list(filter, {}, engine::kNumbersReadMax))
      rows.push_back(now.view->row(row));
    return rows;
  });
  const Actor actor{person->second, {}};
  ItemFileRequest request{"problem", *into, 1 + size(), ledger_.clock().now(), actor, {}, {}};
  request.known = [&](const UpstreamNumber& number) { return numbers.find(number); };
  auto file = read_item_file(*parse_csv(csv), *now.state, request);
  if (file.ok() && !file->faults.empty()) refused_ = file->faults.front().error;
  if (!file.ok()) refused_ = file.error();
  if (refused_) return std::nullopt;
  engine::StagedImport staged;
  staged.items = std::move(file->items);
  staged.import = request.import;
  staged.actor = actor;
  const auto taken = engine::take_import(ledger_.engine(), std::move(staged));
  if (!taken.ok()) refused_ = taken.error();
  return std::nullopt;
}

// expect listed COUNT: how many items are in the lists.
Fault Player::expect_listed(const std::string& count) {
  const std::string is = std::to_string(ledger_.engine().published().view->count({}));
  if (is == count) return std::nullopt;
  return ScenarioFault{is + " are listed"};
}

// expect rolls_up REQUIREMENT CODE FIGURE COUNT: total, open, overdue, closed, fixed, shares, or
// source:ID; of the special item with its parts, at the unit and below.
Fault Player::expect_rolls_up(const Words& words) {
  const engine::Published now = ledger_.engine().published();
  const auto special = now.state->special_of("education_2019", words[2]);
  const auto unit = now.state->tree->find(words[3]);
  if (!special || !unit) return ScenarioFault{"a special item and a unit are needed"};
  const auto tree = special_tree(*now.state, now.state->specials[*special].programme);
  const auto counts = rollup::with_parts(tree, now.view->specials({*unit, rollup::kAllKinds, {}}));
  rollup::SpecialCounts all;
  for (const rollup::SpecialCounts& one : counts)
    if (one.special == *special) all = one;
  const auto total = [](const rollup::PhaseCounts& of) {
    std::uint32_t sum = 0;
    for (const std::uint32_t count : of.count) sum += count;
    return sum;
  };
  const std::string& figure = words[4];
  std::uint32_t is = 0;
  if (figure == "total") is = total(all.findings);
  if (figure == "shares") is = total(all.shares);
  if (figure == "fixed") is = all.findings.closed_fixed;
  for (std::size_t i = 0; i < kPhaseCount; ++i) {
    const auto phase = static_cast<Phase>(i);
    if (figure == "open" && is_open(phase)) is += all.findings.count[i];
    if (figure == "overdue") is += all.findings.overdue[i];
    if (figure == "closed" && phase == Phase::Closed) is = all.findings.count[i];
  }
  for (const rollup::SourceCounts& each : all.sources)
    if (each.source.source != 0 &&
        figure == "source:" + now.state->flows[each.source.flow]->sources[each.source.source - 1U])
      is += total(each.counts);
  if (std::to_string(is) == words[5]) return std::nullopt;
  return ScenarioFault{"it is " + std::to_string(is)};
}

}  // namespace tz::test
