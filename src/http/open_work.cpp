// Scanning for work.
#include "http/open_work.h"

#include <algorithm>

#include "http/sight.h"
#include "http/work_list_codec.h"
#include "ledger/waiting.h"
#include "rollup/hiding_view.h"

namespace tz::http {
namespace {

constexpr std::size_t kLookedAtMax = 10'000;  // items read for one list
constexpr std::string_view kSpace = "work_list";

// Rows in which something may be work of the post. What is open at a unit that has ended counts at
// its successor, and is looked for there.
std::vector<rollup::Filter> filters_of(const engine::Published& published, ledger::Post post,
                                       Day day) {
  const ledger::State& state = *published.state;
  post.unit = state.tree->counted_at(post.unit, std::nullopt);
  rollup::Filter open;
  open.open = true;
  // No accusation is work of a post (ledger/handover.cpp): nor is it counted among what there is.
  open.without = rollup::rows_of(*published.view, *state.accusations);
  std::vector<rollup::Filter> out;
  if (post.role == ledger::Role::Recorder) {
    out.push_back(open);
    out.back().recorder = post.account;
  }
  if (post.role == ledger::Role::Responsible) {
    out.push_back(open);
    out.back().lead = post.unit;
  }
  for (const auto from : {ledger::WaitsFrom::Ever, ledger::WaitsFrom::Deadline}) {
    out.push_back(open);
    out.back().states.emplace();
    for (const auto& [flow, at] : ledger::states_that_wait(state, post.role, from))
      out.back().states->push_back({flow, at});
    if (from == ledger::WaitsFrom::Deadline) out.back().overdue = true;
    out.back().sight = found_by(state, {post}, day);
  }
  return out;
}

access::Change kept(const Hash& hash, std::optional<Bytes> value) {
  return {std::string(kSpace), Bytes(hash.begin(), hash.end()), std::move(value)};
}

Error unknown(ledger::HandoverId handover) {
  return refusal("handover_unknown", {{"handover", std::to_string(handover.value)}});
}

}  // namespace

Result<FoundWork> open_work(const engine::Engine& engine, PostId id, Instant now) {
  const engine::Published published = engine.published();
  const ledger::State& state = *published.state;
  const ledger::Post* post = state.post(id);
  if (post == nullptr) return refusal("post_none", {{"post", std::to_string(id.value)}});
  const Day day = day_of(now, state.zone);
  FoundWork out;
  std::vector<rollup::RowIndex> rows;
  for (const rollup::Filter& filter : filters_of(published, *post, day)) {
    const auto some = published.view->select(
        filter, {rollup::Order::By::Opened, rollup::Order::Direction::Ascending},
        {{}, 0, kLookedAtMax + 1});
    out.more = out.more || some.rows.size() > kLookedAtMax;
    rows.insert(rows.end(), some.rows.begin(), some.rows.end());
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  if (rows.size() > kLookedAtMax) rows.resize(kLookedAtMax);
  for (const rollup::RowIndex row : rows) {
    const ledger::Item item = TZ_TRY(engine.item(published.view->row(row).no));
    auto parts = ledger::work_parts(state, *post, item, day);
    if (parts.empty()) continue;
    if (out.list.items.size() == ledger::kHandoverCountMax) {
      out.more = true;
      break;
    }
    out.list.items.push_back({item.no, item.last, std::move(parts)});
  }
  std::sort(out.list.items.begin(), out.list.items.end(),
            [](const auto& a, const auto& b) { return a.item < b.item; });
  return out;
}

Result<ledger::WorkList> proposed_work(const engine::Engine& engine, ledger::HandoverId id) {
  const auto state = engine.published().state;
  const ledger::Handover* handover = state->handover(id);
  if (handover == nullptr || !handover->open) return unknown(id);
  std::optional<Bytes> stored;
  const Outcome read = engine.read([&](journal::Reader& reader) -> Outcome {
    stored = TZ_TRY(reader.kept(kSpace, handover->list));
    return Done{};
  });
  if (!read.ok()) return read.error();
  auto list = stored ? decode_work(*stored) : std::nullopt;
  if (!list || ledger::hash_of(*list) != handover->list) return unknown(id);
  return *std::move(list);
}

Result<engine::Request> proposal(const engine::Engine& engine, const HandoverWish& wish,
                                 Random& random, Instant now) {
  ledger::ProposeHandover command{wish.from, wish.to, {}, wish.disabled};
  command.list = TZ_TRY(open_work(engine, wish.from, now)).list;
  random.fill(command.list.salt);
  engine::Request out;
  out.changes.push_back(kept(ledger::hash_of(command.list), encode_work(command.list)));
  for (const ledger::Handover& other : engine.published().state->handovers)
    if (other.open && other.from == wish.from) out.changes.push_back(kept(other.list, {}));
  out.command = std::move(command);
  return out;
}

Result<engine::Request> confirmation(const engine::Engine& engine, ledger::HandoverId handover) {
  ledger::ConfirmHandover command{handover, TZ_TRY(proposed_work(engine, handover))};
  engine::Request out;
  out.changes.push_back(kept(ledger::hash_of(command.list), {}));
  out.command = std::move(command);
  return out;
}

Result<engine::Request> ending(const engine::Engine& engine, ledger::HandoverId id) {
  const auto state = engine.published().state;
  const ledger::Handover* handover = state->handover(id);
  if (handover == nullptr || !handover->open) return unknown(id);
  engine::Request out;
  out.changes.push_back(kept(handover->list, {}));
  out.command = ledger::EndHandover{id};
  return out;
}

}  // namespace tz::http
