// Ballots as JSON and as tables.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/message.h"
#include "base/result.h"
#include "ledger/ballot.h"
#include "ledger/org_tree.h"

namespace tz::http {

struct Candidate {
  std::string item;
  std::optional<std::string> title;  // none: destroyed
};
// None where it may not be told which item that is. Fails as reading it does.
using KnownCandidate = std::function<Result<std::optional<Candidate>>(ledger::ItemNo no)>;

// {ballot, unit, body, day, places, candidates, record}: votes in full; which item they were for,
// where that may be told.
Result<Json> ballot_json(const ledger::OrgTree& tree, const ledger::Ballot& ballot,
                         const KnownCandidate& known);

struct BallotWords {
  const Messages& words;
  const ledger::OrgTree& tree;
  KnownCandidate known;
};
// A row for each candidate of one ballot, and of many.
Result<std::string> votes_csv(const BallotWords& told, const ledger::Ballot& ballot);
Result<std::string> ballots_csv(const BallotWords& told,
                                const std::vector<const ledger::Ballot*>& ballots);

}  // namespace tz::http
