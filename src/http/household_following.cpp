// Reading a household for itself.
#include "http/household_following.h"

#include <algorithm>

#include "http/record_text.h"

namespace tz::http {
namespace {

using engine::HistoryEntry;

const ledger::Scheme& scheme_of(const Call& call, const ledger::Item& item) {
  return *call.state().schemes[item.household->scheme];
}

}  // namespace

Result<FollowedItem> followed_household(const Call& call, std::string_view no,
                                        std::string_view code) {
  const auto kept_in = [](const ledger::Item& item) -> std::optional<KeptCode> {
    if (!item.household || !item.household->has_code) return std::nullopt;
    return KeptCode{item.household->code_salt, item.household->code_hash};
  };
  return followed_item(call, no, code, kept_in, "household_code_wrong");
}

std::vector<HouseholdStep> steps_of(const Call& call, const FollowedItem& followed) {
  const ledger::Flow& flow = ledger::flow_of(followed.item, call.state());
  std::vector<HouseholdStep> out;
  for (const HistoryEntry& entry : followed.history) {
    const auto* taken = std::get_if<ledger::TransitionTaken>(&entry.event.event);
    const ledger::Transition* step =
        taken == nullptr ? nullptr : flow.transition(taken->transition);
    if (step == nullptr) continue;
    out.push_back({entry.record.recorded, step->title, unit_of(call, entry.record.actor),
                   step->stays ? std::string() : text_of(entry, "text").value_or("")});
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
  const auto shown = [&](std::uint32_t number) {
    const ledger::PublishedRoster& roster = *scheme.rosters.at(number - 1);
    return roster.first <= call.today && call.today <= roster.last;
  };
  std::vector<std::size_t> out;
  for (UnitId unit = item.place;; unit = call.tree().parent(unit)) {
    if (const ledger::RostersOfUnit* of = scheme.rosters_of(unit)) {
      const auto newest = std::find_if(of->numbers.rbegin(), of->numbers.rend(), shown);
      if (newest != of->numbers.rend()) out.push_back(*newest);
    }
    if (call.tree().parent(unit) == unit) break;
  }
  std::sort(out.rbegin(), out.rend());
  return out;
}

}  // namespace tz::http
