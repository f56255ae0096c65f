// What appears in many answers, as JSON: units, posts, titles, counts, receipts.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "engine/engine.h"
#include "http/call.h"
#include "ledger/flow.h"
#include "ledger/item.h"
#include "ledger/state.h"
#include "rollup/view.h"

namespace tz::http {

// {code, name}, and `at` where the code leads to another unit by now: CODE@AT leads to it.
Json unit_json(const ledger::OrgTree& tree, UnitId unit);
Json unit_json(const ledger::OrgTree& tree, std::optional<UnitId> unit);
// The text that leads to it: its code, or where that is another's by now CODE@AT.
std::string address_of(const ledger::OrgTree& tree, UnitId unit);
Json units_json(const ledger::OrgTree& tree, const std::vector<UnitId>& units);
Json path_json(const ledger::OrgTree& tree, UnitId unit);  // from the root to the unit
// {unit, role} of the post that acted; null where the program itself did. Outside the case an
// official is shown as unit and post; where somebody acted for the holder, `acting` is {unit, role}
// of a post of his own.
Json acting_json(const ledger::State& state, PostId post);
// Sets unit, role and perhaps acting of a post.
void set_post(const ledger::State& state, const ledger::Post& post, Json& out);
Json title_json(const ledger::Title& title);  // {"zh-CN", "en"}
Json limit_json(const calendar::Rule& rule);
Json day_json(std::optional<Day> day);
// {special, programme, requirement, title} of an index into State::specials.
Json special_json(const ledger::State& state, std::optional<std::uint32_t> special);
Json quantity_json(const ledger::Quantity& quantity);
Json quantities_json(const std::vector<ledger::Quantity>& quantities);

// Null where the denominator is zero.
Json rate_json(std::uint64_t numerator, std::uint64_t denominator);
Json counts_json(const rollup::PhaseCounts& counts);
// Sets "position" and "instant": what every number was true at; and "as_of" as it was asked for.
void set_stamp(Json& body, const Call& call);

// The kinds whose totals for the unit the caller may see, as indexes into State::kinds.
std::vector<std::uint8_t> kinds_shown(const Call& call, UnitId unit);
// {kind, title, ...counts} of each of these kinds.
Json kinds_json(const Call& call, const rollup::Totals& totals,
                const std::vector<std::uint8_t>& kinds);
// Sums over items of whatever kind: shown only where all kinds are.
Json quantity_sums_json(const Call& call, UnitId unit);

Json receipt_json(const engine::Receipt& receipt, const Zone& zone);

// The unit of a path: of a code alone, whose it is or was last at the moment asked about, or else
// now; of CODE@POSITION, whose it was after so many records. Refuses `unit_unknown`.
Result<UnitId> unit_named(const Call& call, const std::string& code);

}  // namespace tz::http
