// Entering into the accounts; entries in chunks and loans in shards, each copied when it changes.
#include "ledger/fund.h"

#include <algorithm>
#include <array>

#include "base/hmac.h"
#include "base/result.h"
#include "ledger/enum_names.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, kEntrySortCount> kSorts = {
    "capital", "income", "returned",    "committed", "released",
    "paid",    "repaid", "written_off", "extended"};

// Letters, digits and signs as wide as a Chinese character are U+FF01 to U+FF5E, in the order of
// ASCII, and such a space is U+3000: what somebody's keyboard made of the same key.
std::string narrow(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[i + at]); };
    const bool three = i + 2 < text.size();
    unsigned code = 0;
    if (three && byte(0) == 0xEF && (byte(1) == 0xBC || byte(1) == 0xBD) && byte(2) >= 0x80)
      code = (byte(1) - 0xBCU) * 0x40U + (byte(2) - 0x80U) + 0x20U;
    if (three && byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) code = ' ';
    const bool wide = code >= ' ' && code <= '~';
    out += wide ? static_cast<char>(code) : text[i];
    if (wide) i += 2;
  }
  return out;
}

// What is written with other spaces, in small letters or in wide ones, is the same.
std::string plainly(std::string_view text) {
  std::string out;
  for (const char c : narrow(text)) {
    if (c == ' ' || c == '\t' || c == '-') continue;
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

}  // namespace

std::string_view to_text(EntrySort sort) { return name_in(kSorts, sort); }
std::optional<EntrySort> entry_sort_named(std::string_view name) {
  return named_in<EntrySort>(kSorts, name);
}

bool of_fund(EntrySort sort) {
  return sort == EntrySort::Capital || sort == EntrySort::Income || sort == EntrySort::Returned;
}

void enter(FundAccounts& accounts, EntrySort sort, std::int64_t fen) {
  switch (sort) {
    case EntrySort::Capital:
      accounts.cash += fen;
      accounts.capital += fen;
      return;
    case EntrySort::Income:
      accounts.cash += fen;
      accounts.income += fen;
      return;
    case EntrySort::Returned:
      accounts.capital -= fen;
      accounts.cash -= fen;
      return;
    case EntrySort::Committed:
      accounts.committed += fen;
      return;
    case EntrySort::Released:
      accounts.committed -= fen;
      return;
    case EntrySort::Paid:
      accounts.committed -= fen;
      accounts.advances += fen;
      accounts.cash -= fen;
      return;
    case EntrySort::Repaid:
      accounts.cash += fen;
      accounts.advances -= fen;
      return;
    case EntrySort::WrittenOff:
      accounts.write_offs += fen;
      accounts.advances -= fen;
      return;
    case EntrySort::Extended:
      return;
  }
}

LoanMarks loan_marks(BytesView key, std::string_view household, std::string_view episode) {
  const std::string of = plainly(household);
  LoanMarks out;
  out.household = hmac_sha256(key, as_bytes("household\n" + of));
  out.episode = hmac_sha256(key, as_bytes("episode\n" + of + "\n" + plainly(episode)));
  return out;
}

std::string yuan_text(std::int64_t fen) {
  const std::string cents = std::to_string(fen % 100);
  return std::to_string(fen / 100) + (cents.size() == 1 ? ".0" : ".") + cents;
}

void Fund::add(FundEntry entry) {
  enter(accounts, entry.sort, entry.fen);
  TZ_ASSERT(accounts.sound());
  show(entry);
  entries_.add(entry);
}

void Fund::show(const FundEntry& entry) {
  CashMove move;
  move.day = entry.day;
  if (entry.sort == EntrySort::Capital) move.capital = entry.fen;
  if (entry.sort == EntrySort::Returned) move.capital = -entry.fen;
  // What came back of a loan that was over is of its household, and not told apart.
  if (entry.sort == EntrySort::Income) (entry.loan ? move.repaid : move.income) = entry.fen;
  if (entry.sort == EntrySort::Paid) move.paid = entry.fen;
  if (entry.sort == EntrySort::Repaid) move.repaid = entry.fen;
  if (move.capital == 0 && move.income == 0 && move.paid == 0 && move.repaid == 0) return;
  if (entry.loan) {
    const Loan* of = loan(*entry.loan);
    TZ_ASSERT(of != nullptr);
    move.household = of->marks.household;
  }
  shown.add(move);
}

void Fund::put(const Loan& loan) {
  const Loan* before = loans_.find(loan.item);
  if (before == nullptr && !loan.ended)
    open_.change(loan.marks.household, [&](auto& items) { items.push_back(loan.item); });
  if (before != nullptr && loan.ended && !before->ended)
    open_.change(loan.marks.household, [&](auto& items) { std::erase(items, loan.item); });
  loans_.put(loan.item, loan);
}

const Loan* Fund::loan(ItemNo item) const { return loans_.find(item); }

std::vector<const Loan*> Fund::open_loans(const Hash& household) const {
  std::vector<const Loan*> out;
  const std::vector<ItemNo>* items = open_.find(household);
  if (items == nullptr) return out;
  for (const ItemNo item : *items) out.push_back(loan(item));
  return out;
}

std::vector<const Loan*> Fund::loans() const {
  std::vector<const Loan*> out;
  for (const auto* entry : loans_.entries()) out.push_back(&entry->second);
  return out;
}

bool Fund::is_checker(PostId post) const {
  return std::find(checkers.begin(), checkers.end(), post) != checkers.end();
}

}  // namespace tz::ledger
