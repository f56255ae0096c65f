// The index of alarms says who may ask, the published rows say who does, the ledger decides.
#include "engine/turning.h"

#include <future>
#include <memory>
#include <utility>

#include "ledger/command.h"

namespace tz::engine {
namespace {

constexpr std::uint32_t kLookedAtOnce = 20'000;
// A row that asked is looked at again then, whatever comes of it.
constexpr std::int64_t kAgainUs = 60'000'000;

Limited limited(const rollup::View& view, rollup::RowIndex index) {
  return {view.row(index), view.limits(index)};
}

// Sets the alarms of rows that were not looked at yet. Whether there are more.
bool look(const Engine& engine) {
  // Asked for first, so that what is published then shows what was to be looked at again.
  const auto rows = engine.alarms().unseen(engine.published().view->row_count(), kLookedAtOnce);
  if (!rows) return false;
  const Published seen = engine.published();
  for (std::uint32_t row = rows->first; row < rows->second; ++row) {
    std::vector<ledger::LiveLimit> limits = seen.view->limits(rollup::RowIndex{row});
    if (limits.empty()) continue;
    const rollup::RowIndex index{row};
    const auto at =
        asks_at(engine.alarms(), *seen.state, index, {seen.view->row(index), std::move(limits)});
    if (at) engine.alarms().set(row, *at);
  }
  return true;
}

using Answer = std::future<Result<Receipt>>;

Answer ask(Engine& engine, ledger::ItemNo no) {
  auto promised = std::make_shared<std::promise<Result<Receipt>>>();
  Answer answer = promised->get_future();
  engine.submit({ledger::TurnClock{no}, {}, {}, {}},
                [promised](Result<Receipt> result) { promised->set_value(std::move(result)); });
  return answer;
}

}  // namespace

std::optional<Instant> asks_at(const rollup::Alarms& alarms, const ledger::State& state,
                               rollup::RowIndex index, const Limited& limited) {
  if (limited.row.import || limited.limits.empty()) return std::nullopt;
  const Instant days = alarms.days_known();
  const auto changed = state.time_rules->changed_from();
  for (const ledger::LiveLimit& limit : limited.limits) {
    const bool reckoned = limit.of_clock() && !limit.still;
    const bool touched = limit.provisional || (changed && *changed <= limit.due_day);
    if (reckoned && touched && limit.set <= days && !alarms.unmoved(index.value)) return Instant{};
  }
  const auto next = ledger::next_turn(state, limited.row, limited.limits);
  if (!next) return std::nullopt;
  return next->step.at;
}

Result<Turned> turn_due(Engine& engine, Instant now, std::size_t count_max) {
  rollup::Alarms& alarms = engine.alarms();
  Turned out;
  out.more = look(engine);
  const std::vector<std::uint32_t> rows = alarms.take(now, count_max);
  out.more = out.more || !rows.empty();
  const Published seen = engine.published();
  std::vector<std::pair<rollup::RowIndex, Answer>> asked;
  for (const std::uint32_t row : rows) {
    const rollup::RowIndex index{row};
    const Limited about = limited(*seen.view, index);
    const auto at = asks_at(alarms, *seen.state, index, about);
    if (!at) continue;
    if (now < *at) {
      alarms.set(row, *at);
      continue;
    }
    // Before it is answered, so that nothing it sets is taken for the older.
    alarms.set(row, Instant{now.us + kAgainUs});
    asked.emplace_back(index, ask(engine, about.row.no));
  }
  std::optional<Error> failed;
  for (auto& [index, answer] : asked) {
    const Result<Receipt> receipt = answer.get();
    if (receipt.ok())
      ++out.taken;
    else if (receipt.error().code == "nothing_due")
      alarms.note_unmoved(index.value);
    else if (!failed)
      failed = receipt.error();
  }
  if (failed) return *failed;
  return out;
}

}  // namespace tz::engine
