// What commands ask about acting and about handing work over.
#pragma once

#include <optional>

#include "base/json.h"
#include "base/result.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

// None where the operation is no such. Posts and handovers are named by their numbers.
//   post_acting            for, by, to, from? (days) -> post
//   post_handover_propose  from, to -> handover, items: [{item, version, parts}], more
//   post_handover_list     -> handovers: [{handover, from, to, unit, unit_name, role}], open ones
//   post_handover_confirm  handover -> handover, items: how many went over
//   post_handover_end      handover -> handover
// The program may confirm in the taker's place, and the records say that it did. Refuses
// `post_none`, `handover_unknown`, `bad_day` and what the ledger refuses.
std::optional<Result<Json>> operate_on_posts(OpenLedger& ledger, const Json& operation);

}  // namespace tz::program
