// A revolving fund (周转金): its double-entry book in fen and the loans out of it, folded from what
// was booked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/sha256.h"
#include "base/time.h"
#include "ledger/fund_public.h"
#include "ledger/item_no.h"
#include "ledger/kept_list.h"
#include "ledger/kept_map.h"

namespace tz::ledger {

// What one entry of the book says. The order is of no meaning to what is stored.
enum class EntrySort : std::uint8_t {
  Capital,     // money that was put into the fund
  Income,      // interest, donations, what came back of a loan of which nothing was out any more
  Returned,    // capital that was given back
  Committed,   // promised to an approved loan, and to no other from then on
  Released,    // promised, and not paid after all
  Paid,        // lent
  Repaid,      // principal that came back
  WrittenOff,  // principal that never will
  Extended,    // to be repaid later: no money moves
};
constexpr std::size_t kEntrySortCount = 9;
std::string_view to_text(EntrySort sort);  // "written_off"
std::optional<EntrySort> entry_sort_named(std::string_view name);
// Capital, Income and Returned: of the fund. All others are of one loan.
bool of_fund(EntrySort sort);

// Every entry with two sides takes from one account what it gives another. What is committed is a
// note beside the book.
struct FundAccounts {
  std::int64_t capital = 0;
  std::int64_t income = 0;
  std::int64_t cash = 0;      // the balance
  std::int64_t advances = 0;  // principal that is out
  std::int64_t write_offs = 0;
  std::int64_t committed = 0;

  [[nodiscard]] std::int64_t available() const { return cash - committed; }
  // Debits are credits, and no more is promised than is there.
  [[nodiscard]] bool sound() const {
    return cash + advances + write_offs == capital + income && committed >= 0 &&
           cash >= committed && advances >= 0 && capital >= 0;
  }
  friend bool operator==(const FundAccounts&, const FundAccounts&) = default;
};
void enter(FundAccounts& accounts, EntrySort sort, std::int64_t fen);

struct FundEntry {
  EntrySort sort = EntrySort::Capital;
  Day day;
  UnitId unit;  // the fund's, or the place of the loan when it was asked for
  std::int64_t fen = 0;
  std::optional<ItemNo> loan;  // of_fund(): none, but of what came back
  Seq record;
};

// What a fund goes by. Set when it is opened.
struct FundRules {
  std::int64_t cap_fen = 0;         // all that a household may have out or promised at once
  std::int64_t small_fen = 0;       // up to so much is paid first and checked after; 0: never
  std::int64_t term_days = 0;       // the longest until a loan is to be repaid
  std::int64_t extension_days = 0;  // and how much later at most, all extensions together
  std::int64_t extensions_max = 0;
  std::string basis;  // the document that it was set up by; public by nature
  friend bool operator==(const FundRules&, const FundRules&) = default;
};

// Who did something with a loan: who acts for somebody is both.
struct Hands {
  AccountId account;
  AccountId holder;
  [[nodiscard]] bool meet(const Hands& other) const {
    return account == other.account || account == other.holder || holder == other.account ||
           holder == other.holder;
  }
};

// Of whom and for what, as hashes under one key for all funds (docs/fund.md): two loans, of
// whatever funds, can be told to be of one household, and nothing else.
struct LoanMarks {
  Hash household{};
  Hash episode{};
};
// Needs the key of the marks, which is in no plain record.
LoanMarks loan_marks(BytesView key, std::string_view household, std::string_view episode);

struct Loan {
  ItemNo item;
  UnitId unit;
  LoanMarks marks;
  Day asked_on;
  std::int64_t asked = 0;
  std::int64_t committed = 0;
  std::int64_t paid = 0;
  std::int64_t repaid = 0;
  std::int64_t written_off = 0;
  std::optional<Day> due;        // by when it is to be repaid
  std::optional<Day> first_due;  // before it was extended
  std::int64_t extensions = 0;
  std::optional<Day> paid_on;
  std::optional<Hands> approver;
  std::optional<Hands> payer;
  bool ended = false;  // refused, withdrawn or settled

  [[nodiscard]] std::int64_t outstanding() const { return paid - repaid - written_off; }
  [[nodiscard]] bool overdue(Day today) const { return outstanding() > 0 && due && *due < today; }
};

// Value type: a copy shares all that neither has added to or changed since.
class Fund {
 public:
  std::string code;
  UnitId unit;
  std::string title_zh;
  std::string title_en;
  FundRules rules;
  Seq record;  // of its opening; of the first fund: the key of marks is sealed there
  std::vector<PostId> checkers;  // bound to secrecy
  FundAccounts accounts;
  PublicBook shown;

  void add(FundEntry entry);  // in order of day; what is of a loan after it was put
  [[nodiscard]] std::size_t entry_count() const { return entries_.size(); }
  [[nodiscard]] const FundEntry& entry(std::size_t index) const { return entries_.at(index); }

  void put(const Loan& loan);  // a new one, or as it is now
  [[nodiscard]] const Loan* loan(ItemNo item) const;
  // Of that household that have not ended.
  [[nodiscard]] std::vector<const Loan*> open_loans(const Hash& household) const;
  // All, in no order that says anything.
  [[nodiscard]] std::vector<const Loan*> loans() const;
  [[nodiscard]] bool is_checker(PostId post) const;

 private:
  void show(const FundEntry& entry);

  KeptList<FundEntry> entries_;
  KeptMap<ItemNo, Loan> loans_;
  KeptMap<Hash, std::vector<ItemNo>> open_;  // by household, in the order in which they were asked
};

std::string yuan_text(std::int64_t fen);  // "30000.00"

// Money at once: an entry of more is a slip of the pen.
constexpr std::int64_t kFenMax = 1'000'000'000'000;

}  // namespace tz::ledger
