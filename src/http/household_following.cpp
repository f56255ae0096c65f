// Reading a household for itself.
#include "http/household_following.h"

#include <algorithm>
#include <set>

#include "access/query_code.h"

namespace tz::http {
namespace {

using engine::HistoryEntry;

std::string text_of(const HistoryEntry& entry, std::string_view label) {
  for (std::size_t i = 0; i < entry.texts.size(); ++i)
    if (entry.event.labels[i] == label) return entry.texts[i].value_or("");
  return {};
}

std::string unit_of(const Call& call, PostId post) {
  const ledger::Post* held = call.state().post(post);
  return held == nullptr ? std::string() : std::string(call.tree().name(held->unit));
}

const ledger::Scheme& scheme_of(const Call& call, const ledger::Item& item) {
  return *call.state().schemes[item.household->scheme];
}

}  // namespace

Result<FollowedHousehold> followed_household(const Call& call, std::string_view no_text,
                                             std::string_view code) {
  const Error unknown = refusal("household_code_wrong");
  const auto no = ledger::parse_item_no(no_text);
  const auto digits = access::read_query_code(code);
  const rollup::View& view = call.view();
  if (!no || !digits || view.row_count() == 0) return unknown;
  // Where there is none, another is read in its place, so that the time tells nothing.
  const auto found = view.find(*no);
  const auto decoy = static_cast<std::uint32_t>(no->value % view.row_count());
  const ledger::ItemRow row = view.row(found.value_or(rollup::RowIndex{decoy}));
  const Context& context = call.site.context;
  ledger::Item item = TZ_TRY(context.engine.item(row.no));
  const bool has_code = item.household && item.household->has_code;
  const Hash salt = has_code ? item.household->code_salt : Hash{};
  const Hash wanted = has_code ? item.household->code_hash : Hash{};
  const bool same = access::same_code(access::hash_of_code(*digits, salt), wanted);
  if (!found || row.import || !has_code || !same) return unknown;
  auto history = TZ_TRY(engine::history(context.engine, context.keyring, item.no));
  std::erase_if(history, [&](const HistoryEntry& entry) { return item.last < entry.record.seq; });
  return FollowedHousehold{std::move(item), std::move(history)};
}

std::vector<HouseholdStep> steps_of(const Call& call, const FollowedHousehold& followed) {
  const ledger::Flow& flow = ledger::flow_of(followed.item, call.state());
  std::vector<HouseholdStep> out;
  for (const HistoryEntry& entry : followed.history) {
    const auto* taken = std::get_if<ledger::TransitionTaken>(&entry.event.event);
    const ledger::Transition* step =
        taken == nullptr ? nullptr : flow.transition(taken->transition);
    if (step == nullptr) continue;
    out.push_back({call.instant_text(entry.record.recorded), step->title,
                   unit_of(call, entry.record.actor),
                   step->stays ? std::string() : text_of(entry, "text")});
  }
  return out;
}

std::string_view agreement_of(const Call& call, const ledger::Item& item) {
  const ledger::Scheme& scheme = scheme_of(call, item);
  if (!item.household->has_signed) return "none";
  if (scheme.holds()) return "in_effect";
  return scheme.lapsed(call.today) ? "lapsed" : "signed";
}

std::vector<std::size_t> rosters_for(const Call& call, const ledger::Item& item) {
  const ledger::Scheme& scheme = scheme_of(call, item);
  std::vector<std::size_t> out;
  std::set<UnitId> seen;
  for (std::size_t i = scheme.rosters.size(); i > 0; --i) {
    const ledger::PublishedRoster& roster = *scheme.rosters.at(i - 1);
    if (!roster.unit || !call.tree().within(item.place, *roster.unit)) continue;
    if (call.today < roster.first || roster.last < call.today) continue;
    if (seen.insert(*roster.unit).second) out.push_back(i);
  }
  return out;
}

}  // namespace tz::http
