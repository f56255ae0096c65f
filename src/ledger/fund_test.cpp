// The book of a fund against a plain list of entries that is summed each time, and its statements.
#include "ledger/fund.h"

#include <gtest/gtest.h>

#include <random>

#include "ledger/fund_statement.h"

namespace tz::ledger {
namespace {

constexpr Day kFirst{18'000};  // 2019-04-14

Hash mark(std::uint8_t number) {
  Hash out{};
  out[0] = number;
  out[31] = number;
  return out;
}

Loan loan(std::uint64_t item, std::uint8_t household) {
  Loan out;
  out.item = ItemNo{item};
  out.unit = UnitId{1};
  out.marks = {mark(household), mark(static_cast<std::uint8_t>(household + 100))};
  return out;
}

FundEntry entry(EntrySort sort, std::int32_t day, std::int64_t fen, std::uint64_t item = 0) {
  FundEntry out;
  out.sort = sort;
  out.day = Day{kFirst.number + day};
  out.unit = UnitId{item == 0 ? 0U : 1U};
  out.fen = fen;
  if (item != 0) out.loan = ItemNo{item};
  return out;
}

// Lends at once what is asked for.
void lend(Fund& fund, std::uint64_t item, std::uint8_t household, std::int32_t day,
          std::int64_t fen) {
  Loan one = loan(item, household);
  one.paid = fen;
  one.due = Day{kFirst.number + day + 100};
  fund.put(one);
  fund.add(entry(EntrySort::Committed, day, fen, item));
  fund.add(entry(EntrySort::Paid, day, fen, item));
}

TEST(FundBook, ClosesToTheFen) {
  Fund fund;
  fund.add(entry(EntrySort::Capital, 0, 1'700'000'000));
  fund.add(entry(EntrySort::Income, 3, 12'345));
  lend(fund, 7, 1, 20, 3'000'000);
  Loan one = *fund.loan(ItemNo{7});
  one.repaid = 1'000'001;
  fund.put(one);
  fund.add(entry(EntrySort::Repaid, 40, 1'000'001, 7));
  const auto months = months_of(fund, kFirst, Day{kFirst.number + 60});
  ASSERT_EQ(months.size(), 3U);
  EXPECT_EQ(months[0].opening, 0);
  EXPECT_EQ(months[0].closing, 1'700'012'345);
  EXPECT_EQ(months[1].opening, months[0].closing);
  EXPECT_EQ(months[1].closing, 1'700'012'345 - 3'000'000 + 1'000'001);
  EXPECT_EQ(months[2].closing, fund.accounts.cash);
  EXPECT_EQ(fund.accounts.advances, 1'999'999);
}

TEST(FundBook, AWriteOffTakesNoMoneyTwice) {
  Fund fund;
  fund.add(entry(EntrySort::Capital, 0, 1000));
  lend(fund, 7, 1, 1, 400);
  fund.add(entry(EntrySort::WrittenOff, 200, 400, 7));
  EXPECT_EQ(fund.accounts.cash, 600);
  EXPECT_EQ(fund.accounts.advances, 0);
  EXPECT_EQ(fund.accounts.write_offs, 400);
  EXPECT_TRUE(fund.accounts.sound());
}

TEST(FundBook, MarksAreOfOneHouseholdHoweverItIsWritten) {
  const Bytes key(32, 7);
  const Bytes other(32, 8);
  const LoanMarks one = loan_marks(key, "户 6543-01", "ZY-2019-1");
  EXPECT_EQ(one.household, loan_marks(key, "户654301", "another").household);
  EXPECT_EQ(one.episode, loan_marks(key, "户654301", "zy 2019 1").episode);
  EXPECT_EQ(one.household, loan_marks(key, "户　６５４３０１", "another").household);
  EXPECT_EQ(one.episode, loan_marks(key, "户654301", "ｚｙ－２０１９－１").episode);
  EXPECT_NE(one.household, loan_marks(key, "户６５４３０２", "another").household);
  EXPECT_NE(one.episode, loan_marks(key, "户654302", "ZY-2019-1").episode);
  EXPECT_NE(one.household, loan_marks(other, "户 6543-01", "ZY-2019-1").household);
}

TEST(FundBook, OverduePrincipalStandsInTheBandOfItsDays) {
  Fund fund;
  fund.add(entry(EntrySort::Capital, 0, 10'000));
  for (std::uint64_t i = 0; i < 4; ++i)
    lend(fund, 10 + i, static_cast<std::uint8_t>(i), static_cast<std::int32_t>(i * 40), 100);
  // Due on the days 100, 140, 180 and 220.
  const auto bands = ageing_of(fund, Day{kFirst.number + 211});
  EXPECT_EQ(bands[0].fen, 0);
  EXPECT_EQ(bands[1].fen, 200);  // 31 and 71 days
  EXPECT_EQ(bands[1].loans, 2);
  EXPECT_EQ(bands[2].fen, 100);  // 111
  EXPECT_EQ(bands[3].fen, 0);
  EXPECT_EQ(bands[4].fen, 0);
  EXPECT_EQ(*bands[0].days_max, 30);
}

TEST(FundBook, RatesTellWhatTheyAreAPartOf) {
  Fund fund;
  fund.add(entry(EntrySort::Capital, 0, 100'000));
  lend(fund, 7, 1, 0, 60'000);
  const Day last{kFirst.number + 9};
  FundRates rates = rates_of(fund, kFirst, last, Day{kFirst.number + 101});
  EXPECT_EQ(rates.turnover, (FundRate{60'000, 100'000}));
  EXPECT_EQ(rates.overdue, (FundRate{60'000, 60'000}));
  EXPECT_EQ(rates.recovery, (FundRate{0, 60'000}));
  rates = rates_of(fund, kFirst, last, last);
  EXPECT_EQ(rates.overdue, (FundRate{0, 60'000}));
  EXPECT_EQ(rates.recovery, (FundRate{0, 0}));
}

TEST(FundInPublic, TellsNothingOfFewerThanFiveHouseholds) {
  Fund fund;
  fund.add(entry(EntrySort::Capital, 0, 100'000));
  const Day later{kFirst.number + 200};
  ASSERT_EQ(fund.shown.until(later).size(), 1U);
  EXPECT_EQ(fund.shown.until(later)[0].closing, 100'000);
  for (std::uint8_t i = 1; i <= 4; ++i) lend(fund, i, i, 20, 1000);  // May
  EXPECT_EQ(fund.shown.until(later).size(), 1U);
  // A second loan of the same household is no fifth household.
  lend(fund, 5, 4, 50, 1000);
  EXPECT_EQ(fund.shown.until(later).size(), 1U);
  lend(fund, 6, 5, 51, 1000);  // June
  const auto spans = fund.shown.until(later);
  ASSERT_EQ(spans.size(), 2U);
  EXPECT_EQ(to_text(spans[1].first), "2019-05-01");
  EXPECT_EQ(to_text(spans[1].last), "2019-06-30");
  EXPECT_EQ(spans[1].opening, spans[0].closing);
  EXPECT_EQ(spans[1].lent, 6000);
  EXPECT_EQ(spans[1].paid, 6000);
  EXPECT_EQ(spans[1].closing, 94'000);
  // Nor of a month that is not over.
  EXPECT_EQ(fund.shown.until(Day{kFirst.number + 60}).size(), 1U);
}

TEST(FundInPublic, KeepsWhatCameBackOfOneWithTheRest) {
  Fund fund;
  fund.add(entry(EntrySort::Capital, 0, 100'000));
  for (std::uint8_t i = 1; i <= 5; ++i) lend(fund, i, i, 20, 1000);
  fund.add(entry(EntrySort::Repaid, 21, 300, 2));
  const auto spans = fund.shown.until(Day{kFirst.number + 200});
  ASSERT_EQ(spans.size(), 2U);
  EXPECT_EQ(spans[1].lent, 4700);
  EXPECT_FALSE(spans[1].paid);
  EXPECT_FALSE(spans[1].repaid);
}

TEST(FundInPublic, TellsNoIncomeThatCameBackOfOneLoan) {
  Fund fund;
  fund.add(entry(EntrySort::Capital, 0, 100'000));
  lend(fund, 9, 9, 0, 500);
  for (std::uint8_t i = 1; i <= 5; ++i) lend(fund, i, i, 1, 1000);  // April
  fund.add(entry(EntrySort::WrittenOff, 20, 500, 9));
  fund.add(entry(EntrySort::Income, 21, 300, 9));  // May
  const Day later{kFirst.number + 200};
  ASSERT_EQ(fund.shown.until(later).size(), 1U);
  EXPECT_EQ(fund.shown.until(later)[0].closing, 94'500);
  fund.add(entry(EntrySort::Income, 22, 7));
  for (std::uint8_t i = 1; i <= 4; ++i) fund.add(entry(EntrySort::Repaid, 51, 100, i));  // June
  const auto spans = fund.shown.until(later);
  ASSERT_EQ(spans.size(), 2U);
  EXPECT_EQ(spans[1].income, 7);
  EXPECT_EQ(spans[1].lent, -700);
  EXPECT_EQ(spans[1].repaid, 700);
  EXPECT_EQ(spans[1].closing, 95'207);
}

// The obvious book: every entry is kept, and every question sums them all.
struct SlowBook {
  std::vector<FundEntry> entries;

  [[nodiscard]] std::int64_t sum(std::initializer_list<EntrySort> plus,
                                 std::initializer_list<EntrySort> minus, Day before) const {
    std::int64_t out = 0;
    for (const FundEntry& one : entries) {
      if (!(one.day < before)) continue;
      for (const EntrySort sort : plus) out += one.sort == sort ? one.fen : 0;
      for (const EntrySort sort : minus) out -= one.sort == sort ? one.fen : 0;
    }
    return out;
  }
  [[nodiscard]] std::int64_t cash(Day before) const {
    return sum({EntrySort::Capital, EntrySort::Income, EntrySort::Repaid},
               {EntrySort::Returned, EntrySort::Paid}, before);
  }
  [[nodiscard]] std::int64_t committed() const {
    return sum({EntrySort::Committed}, {EntrySort::Released, EntrySort::Paid}, Day{1'000'000});
  }
};

TEST(FundBook, IsAsIfEverythingWereSummedEachTime) {
  std::mt19937_64 random(20'190'908);
  const auto below = [&](std::uint64_t count) {
    return static_cast<std::int64_t>(random() % count);
  };
  Fund fund;
  SlowBook slow;
  std::int32_t day = 0;
  const auto add = [&](EntrySort sort, std::int64_t fen, std::uint64_t item) {
    fund.add(entry(sort, day, fen, item));
    slow.entries.push_back(entry(sort, day, fen, item));
  };
  for (std::uint64_t step = 1; step <= 3000; ++step) {
    if (below(4) == 0) day += static_cast<std::int32_t>(below(3));
    const std::int64_t fen = 1 + below(5000);
    const std::uint64_t item = 1 + static_cast<std::uint64_t>(below(200));
    const Loan* known = fund.loan(ItemNo{item});
    Loan one = known ? *known : loan(item, static_cast<std::uint8_t>(item % 100));
    const std::int64_t sort = below(12);
    if (sort < 2) {
      add(sort == 0 ? EntrySort::Capital : EntrySort::Income, fen, 0);
    } else if (sort < 5 && fund.accounts.available() >= fen) {
      one.committed += fen;
      fund.put(one);
      add(EntrySort::Committed, fen, item);
    } else if (sort < 8 && one.committed > 0) {
      const std::int64_t promised = one.committed;
      one.committed = 0;
      one.paid += sort == 7 ? 0 : promised;
      fund.put(one);
      add(sort == 7 ? EntrySort::Released : EntrySort::Paid, promised, item);
    } else if (one.outstanding() > 0) {
      const std::int64_t back = 1 + below(static_cast<std::uint64_t>(one.outstanding()));
      (sort == 11 ? one.written_off : one.repaid) += back;
      fund.put(one);
      add(sort == 11 ? EntrySort::WrittenOff : EntrySort::Repaid, back, item);
    }
    const Day tomorrow{kFirst.number + day + 1};
    ASSERT_EQ(fund.accounts.cash, slow.cash(tomorrow)) << step;
    ASSERT_EQ(fund.accounts.committed, slow.committed()) << step;
    ASSERT_GE(fund.accounts.available(), 0) << step;
  }
  ASSERT_GT(fund.entry_count(), 1000U);
  std::int64_t out = 0;
  for (const Loan* one : fund.loans()) out += one->outstanding();
  EXPECT_EQ(out, fund.accounts.advances);
  std::int64_t of_units = 0;
  for (const FundUnit& unit : units_of(fund, kFirst, Day{kFirst.number + day}))
    of_units += unit.outstanding;
  EXPECT_EQ(of_units, out);
  for (const FundMonth& month : months_of(fund, kFirst, Day{kFirst.number + day})) {
    EXPECT_EQ(month.opening, slow.cash(month.month));
    EXPECT_EQ(month.closing, slow.cash(next_month(month.month)));
  }
  for (const PublicSpan& span : fund.shown.until(Day{kFirst.number + day})) {
    EXPECT_EQ(span.opening, slow.cash(span.first));
    EXPECT_EQ(span.closing, slow.cash(Day{span.last.number + 1}));
  }
}

}  // namespace
}  // namespace tz::ledger
