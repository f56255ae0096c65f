// What waits for the caller: found by rows, then asked of each item exactly.
#include <algorithm>

#include "http/handlers.h"
#include "http/item_query.h"
#include "http/render.h"
#include "http/sight.h"
#include "ledger/waiting.h"

namespace tz::http {
namespace {

constexpr std::size_t kPageUsual = 50;
constexpr std::size_t kWaitingMax = 200;
constexpr std::size_t kLookedAtMax = 600;  // items read for one answer
constexpr std::size_t kClosedLookedAtMin = 150;

using Posts = std::vector<ledger::Post>;

struct WorkQuestion {
  std::optional<ledger::Role> role;
  std::size_t limit = kPageUsual;
};

Result<WorkQuestion> read_question(const Call& call) {
  QueryReader query(call.target);
  WorkQuestion out;
  const auto role = query.text("role");
  if (role) {
    out.role = ledger::role_named(*role);
    if (!out.role) return query_bad("role", *role);
  }
  if (const auto queue = query.text("queue")) {
    if (*queue != "verification") return query_bad("queue", *queue);
    if (out.role && *out.role != ledger::Role::Verifier) return query_bad("role", *role);
    out.role = ledger::Role::Verifier;
  }
  out.limit = TZ_TRY(query.limit(kPageUsual, kWaitingMax));
  TZ_TRY(query.finish());
  return out;
}

// Rows in which something may wait for these posts, which are of one role: what only a judgement
// waits in is closed; of what is open and waits for its deadline alone, those past it.
enum class Sort : std::uint8_t { Open, PastDeadline, Closed };

rollup::Filter filter_of(const Call& call, const Posts& posts, Sort sort) {
  using ledger::WaitsFrom;
  rollup::Filter filter;
  filter.states.emplace();
  const bool late = sort == Sort::PastDeadline;
  if (late) filter.overdue = true;
  for (const auto& [flow, state] : ledger::states_that_wait(
           call.state(), posts.front().role, late ? WaitsFrom::Deadline : WaitsFrom::Ever)) {
    const ledger::Phase phase = call.state().flows[flow]->states[state].phase;
    if ((phase == ledger::Phase::Closed) == (sort == Sort::Closed))
      filter.states->push_back({flow, state});
  }
  filter.sight = found_by(call.state(), posts, call.today);
  return filter;
}

std::vector<Posts> posts_by_role(const Call& call, std::optional<ledger::Role> role) {
  std::vector<Posts> out;
  for (const ledger::Post& post : call.state().posts_of(call.account(), call.today)) {
    if (role && post.role != *role) continue;
    const auto same = std::find_if(out.begin(), out.end(), [&](const Posts& posts) {
      return posts.front().role == post.role;
    });
    if (same == out.end())
      out.push_back({post});
    else
      same->push_back(post);
  }
  return out;
}

struct Candidates {
  std::vector<rollup::RowIndex> rows;  // by deadline, none last, then by opening
  bool all = true;
};

// Open ones by deadline; of closed ones, where a deadline says nothing any more, the newest first.
Candidates candidates(const Call& call, std::optional<ledger::Role> role) {
  using By = rollup::Order::By;
  using Direction = rollup::Order::Direction;
  const rollup::Page page{{}, 0, kLookedAtMax + 1};
  Candidates out;
  for (const bool closed : {false, true}) {
    std::vector<rollup::RowIndex> found;
    const rollup::Order order = closed ? rollup::Order{By::Closed, Direction::Descending}
                                       : rollup::Order{By::Due, Direction::Ascending};
    const auto add = [&](const Posts& posts, Sort sort) {
      const auto some = call.view().select(filter_of(call, posts, sort), order, page);
      if (some.rows.size() == page.count_max) out.all = false;
      found.insert(found.end(), some.rows.begin(), some.rows.end());
    };
    for (const Posts& posts : posts_by_role(call, role)) {
      add(posts, closed ? Sort::Closed : Sort::Open);
      if (!closed) add(posts, Sort::PastDeadline);
    }
    const auto before = [&](rollup::RowIndex a, rollup::RowIndex b) {
      const ledger::ItemRow first = call.view().row(a);
      const ledger::ItemRow second = call.view().row(b);
      if (closed) return std::pair(second.closed, b) < std::pair(first.closed, a);
      if (first.due.has_value() != second.due.has_value()) return first.due.has_value();
      return std::pair(first.due, a) < std::pair(second.due, b);
    };
    std::sort(found.begin(), found.end(), before);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    // However much is open, some of what is closed is looked at.
    const std::size_t open_max = kLookedAtMax - std::min(found.size(), kClosedLookedAtMin);
    if (closed && out.rows.size() + found.size() > kLookedAtMax && out.rows.size() > open_max) {
      out.rows.resize(open_max);
      out.all = false;
    }
    out.rows.insert(out.rows.end(), found.begin(), found.end());
  }
  if (out.rows.size() > kLookedAtMax) {
    out.rows.resize(kLookedAtMax);
    out.all = false;
  }
  return out;
}

Json offers_json(const Call& call, const std::vector<ledger::Offer>& offers) {
  JsonArray out;
  for (const ledger::Offer& offer : offers) {
    const ledger::Post* post = call.state().post(*offer.post);
    Json each;
    each.set("transition", offer.transition->id);
    each.set("title", title_json(offer.transition->title));
    set_post(call.state(), *post, each);
    out.push_back(std::move(each));
  }
  return out;
}

}  // namespace

Result<Response> get_work(const Call& call) {
  const WorkQuestion question = TZ_TRY(read_question(call));
  const Candidates found = candidates(call, question.role);
  bool more = !found.all;
  std::size_t waiting = 0;
  JsonArray items;
  for (const rollup::RowIndex index : found.rows) {
    const ledger::ItemRow row = call.view().row(index);
    const ledger::Item item = TZ_TRY(call.site.context.engine.item(row.no));
    auto offers = ledger::waiting(call.state(), call.account(), item, call.now);
    std::erase_if(offers, [&](const ledger::Offer& offer) {
      return question.role && call.state().post(*offer.post)->role != *question.role;
    });
    if (offers.empty()) continue;
    if (waiting++ == kWaitingMax) break;
    if (items.size() == question.limit) continue;
    Json each = TZ_TRY(item_row_json(call, row));
    each.set("offers", offers_json(call, offers));
    items.push_back(std::move(each));
  }
  more = more || waiting > items.size();
  Json out;
  out.set("items", std::move(items)).set("more", more);
  out.set("total_at_least", static_cast<std::uint64_t>(std::min(waiting, kWaitingMax)));
  set_stamp(out, call);
  return json_response(out);
}

}  // namespace tz::http
