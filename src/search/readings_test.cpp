// Readings of characters: the usual one, those of place names, and where there is an ü.
#include "search/readings.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tz::search {
namespace {

bool reads(const Readings& readings, char32_t character, const char* syllable) {
  const auto all = readings.of(character);
  return std::find(all.begin(), all.end(), syllable) != all.end();
}

TEST(Readings, OfCharactersAreSyllablesInPlainLetters) {
  const auto readings = Readings::open();
  ASSERT_TRUE(readings.ok());
  using Syllables = std::vector<std::string>;
  EXPECT_EQ(readings->of(U'致'), Syllables{"zhi"});
  EXPECT_EQ(readings->of(U'南'), Syllables{"nan"});
  EXPECT_EQ(readings->of(U'〇'), Syllables{"ling"});
  EXPECT_EQ(readings->of(U'绿'), (Syllables{"lv", "lu"}));
  EXPECT_EQ(readings->of(U'女'), (Syllables{"nv", "nu"}));
  for (const char32_t none : {U'a', U'1', U' ', U'￼', U'あ', U'😀'})
    EXPECT_TRUE(readings->of(none).empty());
}

TEST(Readings, OfPlaceNamesStandBesideTheUsualOnes) {
  const auto readings = Readings::open();
  ASSERT_TRUE(readings.ok());
  struct Case {
    char32_t character;
    std::vector<const char*> syllables;
  };
  const Case cases[] = {
      {U'重', {"chong", "zhong"}},
      {U'长', {"chang", "zhang"}},
      {U'乐', {"le", "yue", "lao"}},
      {U'厦', {"xia", "sha"}},
      {U'单', {"shan", "dan"}},
      {U'朝', {"chao", "zhao"}},
      {U'都', {"du", "dou"}},
      {U'番', {"pan", "fan"}},
      {U'蔚', {"yu", "wei"}},
      {U'六', {"lu", "liu"}},
      {U'亳', {"bo"}},
      {U'歙', {"she", "xi"}},
      {U'荥', {"xing", "ying"}},
      {U'铅', {"yan", "qian"}},
      {U'珲', {"hun", "hui"}},
  };
  for (const Case& each : cases)
    for (const char* syllable : each.syllables)
      EXPECT_TRUE(reads(*readings, each.character, syllable)) << syllable;
}

TEST(PlaceReadings, AreInOrderAndSyllables) {
  const std::u32string all = characters_with_place_readings();
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_LT(all[i - 1], all[i]);
  for (const char32_t character : all) {
    const std::string_view readings = place_readings(character);
    EXPECT_FALSE(readings.empty());
    EXPECT_EQ(readings.find_first_not_of("abcdefghijklmnopqrstuvwxyz "), std::string::npos);
  }
  EXPECT_TRUE(place_readings(U'a').empty());
  EXPECT_TRUE(place_readings(U'\U0010FFFF').empty());
}

}  // namespace
}  // namespace tz::search
