// What is told of a lot when another was drawn after it.
#include "ledger/resident_sight.h"

#include <gtest/gtest.h>

#include "ledger/lot.h"

namespace tz::ledger {
namespace {

constexpr Seq kList{40};
constexpr Seq kBefore{30};
constexpr Seq kAfter{50};
constexpr JudgementGiven kNo{Verdict::No, Verdict::No, 0, {}, {}, {}};
constexpr JudgementGiven kSilent{Verdict::NoAnswer, Verdict::NoAnswer, 0, {}, {}, {}};

Item with_lot(std::uint32_t asked, Verdict said) {
  Item item;
  item.lot.emplace();
  item.lot->record = kList;
  for (std::uint32_t number = 1; number <= asked; ++number)
    item.lot->drawn.push_back({number, said, said, {}, {}, kTriesEnough});
  return item;
}

bool tells(const Item& item, const JudgementGiven& said, std::optional<Seq> record) {
  return tells_drawn(State{}, item, said, record);
}

TEST(ResidentSight, AnEarlierLotIsNotTakenForTheNewest) {
  const Item item = with_lot(10, Verdict::No);
  EXPECT_FALSE(tells(item, kNo, kAfter));
  EXPECT_FALSE(tells(item, kNo, std::nullopt));
  EXPECT_TRUE(tells(item, kNo, kBefore)) << "the same words, of whoever they were";
}

TEST(ResidentSight, WhereNobodyAnswersWhatStandsIsOfALotBefore) {
  const Item item = with_lot(10, Verdict::NoAnswer);
  EXPECT_TRUE(tells(item, kNo, std::nullopt));
  EXPECT_FALSE(tells(item, kSilent, kAfter));
}

TEST(ResidentSight, OfFewNothingIsTold) {
  EXPECT_TRUE(tells(with_lot(4, Verdict::No), kNo, kAfter));
  EXPECT_FALSE(tells(with_lot(5, Verdict::No), kNo, kAfter));
}

}  // namespace
}  // namespace tz::ledger
