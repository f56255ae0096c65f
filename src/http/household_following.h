// What a household reads of itself with its query code; of others only rosters that were made to be
// shown. Nothing here says who it is.
#pragma once

#include <string>
#include <vector>

#include "http/code_following.h"

namespace tz::http {

// The household of that number if the code is its own. Refuses `household_code_wrong`, whether
// there is no such number or the code is another's, after the same work. Reads the disk.
Result<FollowedItem> followed_household(const Call& call, std::string_view no,
                                        std::string_view code);

// What happened, oldest first: each step with the words that are for the household, visits without.
struct HouseholdStep {
  Instant at;
  ledger::Title title;
  std::string unit;
  std::string text;
};
std::vector<HouseholdStep> steps_of(const Call& call, const FollowedItem& followed);

// none | signed | in_effect | lapsed
std::string_view agreement_of(const Call& call, const ledger::Item& item);

// The numbers of the rosters for those affected that hold today and are of where it lives, the
// newest first, each unit once.
std::vector<std::size_t> rosters_for(const Call& call, const ledger::Item& item);

}  // namespace tz::http
