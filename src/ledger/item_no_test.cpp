// Item numbers: their text, what is accepted, and which slips of the pen are caught.
#include "ledger/item_no.h"

#include <gtest/gtest.h>

#include <set>

#include "base/random.h"

namespace tz::ledger {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::string without_hyphens(std::string text) {
  std::erase(text, '-');
  return text;
}

TEST(ItemNo, KnownNumbersKeepTheirText) {
  EXPECT_EQ(to_text(ItemNo{0}), "0000-0000-0");
  EXPECT_EQ(to_text(ItemNo{1}), "0000-0001-2");   // a
  EXPECT_EQ(to_text(ItemNo{16}), "0000-000G-5");  // a^5 = a^2 + 1
  EXPECT_EQ(to_text(ItemNo{kItemNoCount - 1}).substr(0, 10), "ZZZZ-ZZZZ-");
}

// The definition in item_no.h, digit by digit: multiplication of polynomials, then the rest.
unsigned product(unsigned x, unsigned y) {
  unsigned sum = 0;
  for (unsigned bit = 0; bit < 5; ++bit)
    if ((y >> bit) & 1) sum ^= x << bit;
  for (unsigned bit = 9; bit >= 5; --bit)
    if ((sum >> bit) & 1) sum ^= 0x25u << (bit - 5);
  return sum;
}

TEST(ItemNo, TheWeightedSumOverAllNineDigitsIsZero) {
  SeededRandom random(1);
  for (int i = 0; i < 1000; ++i) {
    const std::string text = without_hyphens(to_text(ItemNo{random.next_u64() % kItemNoCount}));
    unsigned sum = 0;
    unsigned factor = 1;
    for (std::size_t place = 0; place < 9; ++place) {
      sum ^= product(static_cast<unsigned>(kAlphabet.find(text[8 - place])), factor);
      factor = product(factor, 2);
    }
    EXPECT_EQ(sum, 0u) << text;
  }
}

TEST(ItemNo, EveryNumberComesBackFromItsText) {
  SeededRandom random(2);
  for (int i = 0; i < 10'000; ++i) {
    const ItemNo no{random.next_u64() % kItemNoCount};
    EXPECT_EQ(parse_item_no(to_text(no)), no);
  }
  EXPECT_EQ(parse_item_no(to_text(ItemNo{kItemNoCount - 1})), ItemNo{kItemNoCount - 1});
}

TEST(ItemNo, LowerCaseMissingHyphensAndLookAlikesAreAccepted) {
  const ItemNo no{1};
  EXPECT_EQ(parse_item_no("0000-0001-2"), no);
  EXPECT_EQ(parse_item_no("000000012"), no);
  EXPECT_EQ(parse_item_no("00000001-2"), no);
  EXPECT_EQ(parse_item_no("oOo0-000i-2"), no);
  EXPECT_EQ(parse_item_no("0000-000L-2"), no);
  EXPECT_EQ(parse_item_no("0000-000g-5"), ItemNo{16});
}

TEST(ItemNo, OtherShapesAreRefused) {
  for (const std::string_view text :
       {"", "-", "0000-0001", "0000-0001-", "0000-0001-22", "0000--0001-2", "000-00001-2",
        "-0000-0001-2", "0000-0001-2-", " 0000-0001-2", "0000-0001-2 ", "0000 0001 2",
        "0000-000U-2", "0000-0001-3", "0000-000\0-2", "００００-0001-2"})
    EXPECT_EQ(parse_item_no(text), std::nullopt) << text;
}

// The sum is linear: a slip is missed exactly if the difference it makes is itself a number whose
// sum is zero. So it is enough to try every difference at every place, here on random numbers.
TEST(ItemNo, EverySingleWrongDigitIsCaught) {
  SeededRandom random(3);
  for (int round = 0; round < 50; ++round) {
    const std::string text = without_hyphens(to_text(ItemNo{random.next_u64() % kItemNoCount}));
    for (std::size_t place = 0; place < 9; ++place) {
      for (const char digit : kAlphabet) {
        std::string wrong = text;
        if (wrong[place] == digit) continue;
        wrong[place] = digit;
        EXPECT_EQ(parse_item_no(wrong), std::nullopt) << text << " read as " << wrong;
      }
    }
  }
}

// Every pair of places and every pair of different digits at them, the check digit's place too.
TEST(ItemNo, EveryTwoSwappedDigitsAreCaught) {
  std::size_t tried = 0;
  for (std::size_t left = 0; left < 8; ++left) {
    for (std::size_t right = left + 1; right < 9; ++right) {
      std::set<std::pair<char, char>> pairs;
      SeededRandom random(left * 9 + right);
      while (pairs.size() < 32 * 31) {
        const std::string text = without_hyphens(to_text(ItemNo{random.next_u64() % kItemNoCount}));
        if (text[left] == text[right] || !pairs.insert({text[left], text[right]}).second) continue;
        std::string wrong = text;
        std::swap(wrong[left], wrong[right]);
        EXPECT_EQ(parse_item_no(wrong), std::nullopt) << text << " read as " << wrong;
        ++tried;
      }
    }
  }
  EXPECT_EQ(tried, 36u * 32 * 31);
}

}  // namespace
}  // namespace tz::ledger
