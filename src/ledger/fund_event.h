// What can happen to a revolving fund and to the loans out of it; the events of ledger/event.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/sha256.h"
#include "base/time.h"
#include "ledger/fund.h"

namespace tz::ledger {

// A revolving fund at a unit, by the rules that it keeps. The text "fund_key" of the first is the
// key of all marks (LoanMarks in ledger/fund.h).
struct FundOpened {
  std::string fund;  // a code
  UnitId unit;
  std::string title_zh;  // public by nature, as a unit's
  std::string title_en;
  FundRules rules;
};
// Who may check applications from now on, and nobody else: posts bound to secrecy.
struct FundCheckersBound {
  std::string fund;
  std::vector<PostId> checkers;
};
// Money came into the fund or was given back, by the document that the text "source_doc" names.
struct FundMoneyBooked {
  std::string fund;
  EntrySort sort = EntrySort::Capital;  // one of_fund()
  std::int64_t fen = 0;
  std::optional<ItemNo> loan = std::nullopt;  // of income: of which loan it came back
};

// --- loans of a fund. Each is an item; what is booked of it changes the fund too
// (ledger/fund_fold.h).

struct LoanAsked {
  std::string fund;
  UnitId unit;  // whose loan it counts as in the fund's statements
  std::int64_t fen = 0;
  Hash household{};  // marks, comparable over all funds
  Hash episode{};
};
struct LoanBooked {
  std::string fund;
  EntrySort sort = EntrySort::Committed;  // not of_fund()
  std::int64_t fen = 0;
  std::optional<Day> due;  // by when it is to be repaid: Committed and Extended
};
// Refused, withdrawn or settled: nothing is out or promised any more.
struct LoanEnded {
  std::string fund;
};

}  // namespace tz::ledger
