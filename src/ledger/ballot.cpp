// Who is chosen: the most votes, and never by chance.
#include "ledger/ballot.h"

#include <algorithm>
#include <array>
#include <string>

#include "ledger/enum_names.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, 3> kBodies = {"congress", "committee", "representatives"};

}  // namespace

std::string_view to_text(BallotBody body) { return name_in(kBodies, body); }
std::optional<BallotBody> ballot_body_named(std::string_view name) {
  return named_in<BallotBody>(kBodies, name);
}

Result<std::vector<ItemNo>> chosen_by(std::vector<CandidateVotes> candidates, std::int64_t places) {
  TZ_ASSERT(places >= 1);
  const auto count = static_cast<std::int64_t>(candidates.size());
  const std::string wanted = std::to_string(places);
  if (count <= places)
    return refusal("ballot_too_few", {{"candidates", std::to_string(count)}, {"places", wanted}});
  std::stable_sort(
      candidates.begin(), candidates.end(),
      [](const CandidateVotes& a, const CandidateVotes& b) { return a.in_favour > b.in_favour; });
  const auto next = static_cast<std::size_t>(places);
  const std::int64_t last = candidates[next - 1].in_favour;
  if (candidates[next].in_favour == last)
    return refusal("ballot_tied", {{"votes", std::to_string(last)}, {"places", wanted}});
  std::vector<ItemNo> chosen;
  for (std::size_t i = 0; i < next; ++i) chosen.push_back(candidates[i].item);
  return chosen;
}

}  // namespace tz::ledger
