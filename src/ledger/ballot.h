// A ballot on what is done next: many candidates, fewer places (差额票决).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "ledger/item_no.h"

namespace tz::ledger {

using BallotId = Id<struct BallotTag, std::uint64_t>;

// Who votes. The order is stored: append only.
enum class BallotBody : std::uint8_t {
  Congress,         // the people's congress of that level
  Committee,        // its standing committee
  Representatives,  // of the residents, where there is no congress
};
std::string_view to_text(BallotBody body);  // "congress"
std::optional<BallotBody> ballot_body_named(std::string_view name);

// What one candidate got.
struct CandidateVotes {
  ItemNo item;
  std::int64_t in_favour = 0;
  std::int64_t against = 0;
  std::int64_t abstained = 0;
  friend bool operator==(const CandidateVotes&, const CandidateVotes&) = default;
};

struct BallotHeld {
  BallotId ballot;  // the next number
  UnitId unit;      // whose body voted
  BallotBody body = BallotBody::Congress;
  Day day;
  std::int64_t places = 1;
  std::vector<CandidateVotes> candidates;  // in the order of the list
  std::vector<ItemNo> chosen;              // by votes in favour, the most first
};
// The same, as the item keeps it.
struct VotesCounted {
  BallotId ballot;
  std::int64_t in_favour = 0;
  std::int64_t against = 0;
  std::int64_t abstained = 0;
  bool chosen = false;
};

// As the state keeps it, with the record that its words are sealed in.
struct Ballot {
  BallotHeld held;
  Seq record;
};

constexpr std::int64_t kVotesMax = 1'000'000'000;

// Those with most votes in favour, the most first. Refuses `ballot_too_few` where there are not
// more candidates than places, and `ballot_tied` where the last place falls to several alike.
Result<std::vector<ItemNo>> chosen_by(std::vector<CandidateVotes> candidates, std::int64_t places);

}  // namespace tz::ledger
