// Finding units, against a twin that tries everything by recursion.
#include "search/unit_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "base/random.h"

namespace tz::search {
namespace {

struct Unit {
  std::string code;
  std::string name;
  std::uint8_t level = 0;
  bool placeholder = false;
};

const Readings& readings() {
  static const auto opened = Readings::open();
  return *opened;
}

UnitIndex index_of(const std::vector<Unit>& units) {
  UnitIndex index;
  Folding folding;
  // In several portions, as units are registered.
  for (std::size_t at = 0; at < units.size(); at += 7) {
    std::vector<UnitEntry> entries;
    for (std::size_t i = at; i < std::min(at + 7, units.size()); ++i)
      entries.push_back({units[i].code, units[i].name, units[i].level, units[i].placeholder});
    index.add(entries, folding, readings());
  }
  std::vector<std::uint32_t> positions(units.size());
  std::iota(positions.begin(), positions.end(), 0);
  index.set_positions(positions);
  return index;
}

std::vector<std::string> names_found(const std::vector<Unit>& units, std::string_view text) {
  std::vector<std::string> out;
  UnitQuestion question;
  question.text = text;
  for (const UnitId unit : index_of(units).find(question).units)
    out.push_back(units[unit.value].name);
  return out;
}

using Names = std::vector<std::string>;

const std::vector<Unit> kTown = {
    {"0", "全国", 0},
    {"22", "吉林省", 1},
    {"2202", "吉林市", 2},
    {"220201", "市辖区", 2, true},
    {"220204", "船营区", 3},
    {"220204006", "致和街道办事处", 4},
    {"220204006001", "致和南社区居委会", 5},
    {"220204006001-X01", "致和南小区", 6},
    {"61", "陕西省", 1},
    {"6101", "西安市", 2},
    {"34", "安徽省", 1},
    {"3415", "六安市", 2},
    {"50", "重庆市", 1},
    {"x-1", "先锋村", 5},
    {"x-2", "绿园区", 3},
    {"x-3", "Ａ座1号 East's", 5},
};

TEST(Units, AreFoundByNameCodePinyinAndInitials) {
  for (const char* text : {"致和南", "zhihenan", "ZHIHENAN", "zhi he nan", "zhi'he'nan", "zhn",
                           "致hn", "zhi和nan", "ｚｈｎ", "z h n", "zhihen", "zhihena"}) {
    EXPECT_EQ(names_found(kTown, text), (Names{"致和南社区居委会", "致和南小区"})) << text;
  }
  EXPECT_EQ(names_found(kTown, "220204006001-x01"), Names{"致和南小区"});
  EXPECT_EQ(names_found(kTown, "220204").front(), "船营区");
  EXPECT_EQ(names_found(kTown, "2202").size(), 5U);
  EXPECT_EQ(names_found(kTown, "jilin"), (Names{"吉林省", "吉林市"}));
  EXPECT_EQ(names_found(kTown, "jlsh"), (Names{"吉林省", "吉林市"}));
  EXPECT_EQ(names_found(kTown, "luan"), Names{"六安市"});
  EXPECT_EQ(names_found(kTown, "liuan"), Names{"六安市"});
  EXPECT_EQ(names_found(kTown, "chongqing"), Names{"重庆市"});
  EXPECT_EQ(names_found(kTown, "zhongqing"), Names{"重庆市"});
  for (const char* text : {"lvyuan", "luyuan", "lüyuan"})
    EXPECT_EQ(names_found(kTown, text), Names{"绿园区"}) << text;
  EXPECT_EQ(names_found(kTown, "a座1号east"), Names{"Ａ座1号 East's"});
  EXPECT_EQ(names_found(kTown, "1 号"), Names{"Ａ座1号 East's"});
}

TEST(Units, ASeparatorEndsASyllable) {
  EXPECT_EQ(names_found(kTown, "xian"), (Names{"西安市", "先锋村"}));
  EXPECT_EQ(names_found(kTown, "xi'an"), Names{"西安市"});
  EXPECT_EQ(names_found(kTown, "xi an"), Names{"西安市"});
}

TEST(Units, APlaceholderIsFoundByItsWholeCodeAlone) {
  EXPECT_EQ(names_found(kTown, "220201"), Names{"市辖区"});
  EXPECT_TRUE(names_found(kTown, "市辖").empty());
  EXPECT_TRUE(names_found(kTown, "22020100").empty());
}

TEST(Units, NothingIsFoundByNothing) {
  for (const char* text : {"", " ", "''", "　", "\u00AD"})
    EXPECT_TRUE(names_found(kTown, text).empty());
  std::string longest(64, '1');
  EXPECT_TRUE(names_found(kTown, longest).empty());
  EXPECT_TRUE(names_found(kTown, longest + "1").empty());
  const std::vector<Unit> long_name = {{"0", std::string(70, 'b')}};
  EXPECT_EQ(names_found(long_name, std::string(64, 'b')).size(), 1U);
  EXPECT_EQ(names_found(long_name, std::string(65, 'b')).size(), 0U);
}

TEST(Units, StandInTheOrderThatIsPromised) {
  const std::vector<Unit> units = {
      {"0", "全国", 0},     {"1", "大和平镇", 2}, {"2", "和平镇东村", 3},
      {"3", "和平", 4},     {"4", "和平镇", 3},   {"5", "和平村委会", 3},
      {"6", "和平社区", 2}, {"7", "和平镇", 3},   {"8", "和平镇", 3},
  };
  const UnitIndex index = index_of(units);
  const std::vector<PositionInterval> scope = {{7, 8}};
  UnitQuestion question;
  question.text = "和平";
  question.scope = scope;
  question.occupied = [](UnitId unit) { return unit.value == 8; };
  std::vector<std::uint32_t> order;
  for (const UnitId unit : index.find(question).units) order.push_back(unit.value);
  EXPECT_EQ(order, (std::vector<std::uint32_t>{3, 7, 8, 6, 4, 5, 2, 1}));
  question.count_max = 3;
  const UnitsFound first = index.find(question);
  EXPECT_EQ(first.count, 8U);
  ASSERT_EQ(first.units.size(), 3U);
  EXPECT_EQ(first.units[2].value, 8U);
}

// What a name's characters, and a question's, are.
struct Letters {
  std::u32string characters;
  std::vector<bool> parted;  // a separator stands before it
};

Letters letters_of(std::u16string_view text) {
  Letters out;
  bool parted = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t character = next_character(text, at);
    if (character == U' ' || character == U'\'') {
      parted = true;
      continue;
    }
    out.characters += character;
    out.parted.push_back(parted);
    parted = false;
  }
  return out;
}

// Adds each end at which name[from, end) stands for what is left of the question from `at` on.
void ends_of(const Letters& name, std::size_t from, const Letters& question, std::size_t at,
             std::set<std::pair<std::size_t, bool>>& ends) {
  if (at == question.characters.size()) ends.insert({from, true});
  if (at == question.characters.size() || from == name.characters.size()) return;
  if (name.characters[from] == question.characters[at])
    ends_of(name, from + 1, question, at + 1, ends);
  static std::map<char32_t, std::vector<std::string>> known;
  const auto [entry, added] = known.try_emplace(name.characters[from]);
  if (added) entry->second = readings().of(name.characters[from]);
  for (const std::string& syllable : entry->second) {
    for (std::size_t count = 1; count <= syllable.size(); ++count) {
      bool same = at + count <= question.characters.size();
      for (std::size_t i = 0; i < count && same; ++i)
        same = question.characters[at + i] == static_cast<char32_t>(syllable[i]) &&
               (i == 0 || !question.parted[at + i]);
      if (!same) break;
      if (count == 1 || count == syllable.size())
        ends_of(name, from + 1, question, at + count, ends);
      else if (at + count == question.characters.size())
        ends.insert({from + 1, false});
    }
  }
}

std::optional<Fit> slow_fit(const Unit& unit, std::string_view text) {
  const Letters question = letters_of(to_utf16(text));
  std::string plain;
  for (const char c : text)
    if (c != ' ' && c != '\'') plain += c;
  if (unit.code == plain) return Fit::Whole;
  if (unit.placeholder) return std::nullopt;
  std::optional<Fit> best;
  const auto consider = [&](Fit fit) { best = best ? std::min(*best, fit) : fit; };
  if (unit.code.starts_with(plain)) consider(Fit::Beginning);
  const Letters name = letters_of(to_utf16(unit.name));
  for (std::size_t from = 0; from < name.characters.size(); ++from) {
    std::set<std::pair<std::size_t, bool>> ends;
    ends_of(name, from, question, 0, ends);
    for (const auto& [end, finished] : ends) {
      consider(from == 0 ? Fit::Beginning : Fit::Inside);
      if (from != 0 || !finished) continue;
      if (end == name.characters.size()) consider(Fit::Whole);
      const std::u32string rest = name.characters.substr(end);
      for (const std::u16string_view ending : usual_endings())
        if (letters_of(ending).characters == rest) consider(Fit::Stem);
    }
  }
  return best;
}

std::string any_text(SeededRandom& random, const std::vector<std::string>& pieces,
                     std::size_t count_max) {
  std::string out;
  for (std::size_t i = random.next_u64() % count_max + 1; i > 0; --i)
    out += pieces[random.next_u64() % pieces.size()];
  return out;
}

TEST(Units, AreFoundAsTheSlowTwinFindsThem) {
  const std::vector<std::string> name_pieces = {"长", "安", "女", "俄",   "西", "先", "a", "n",
                                                "x",  "1",  "村", "社区", "镇", "恩", "省"};
  const std::vector<std::string> text_pieces = {"长", "安", "村",  "chang", "an",  "xi", "x",
                                                "a",  "n",  "1",   "nv",    "c",   "e",  "'",
                                                " ",  "zh", "shi", "xian",  "cun", "g",  "s"};
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SeededRandom random(seed);
    std::vector<Unit> units;
    for (std::size_t i = 0; i < 60; ++i) {
      units.push_back({std::to_string(random.next_u64() % 500) + "-" + std::to_string(i),
                       any_text(random, name_pieces, 5),
                       static_cast<std::uint8_t>(random.next_u64() % 3),
                       random.next_u64() % 10 == 0});
    }
    const UnitIndex index = index_of(units);
    for (int round = 0; round < 40; ++round) {
      const std::string text = any_text(random, text_pieces, 4);
      const std::vector<PositionInterval> scope = {{5, 9}, {30, 45}};
      const auto in_scope = [](std::uint32_t i) {
        return (i >= 5 && i < 9) || (i >= 30 && i < 45);
      };
      using Rank = std::tuple<Fit, bool, bool, std::uint8_t, std::size_t, std::uint32_t>;
      std::vector<Rank> expected;
      for (std::uint32_t i = 0; i < units.size(); ++i)
        if (const auto fit = letters_of(to_utf16(text)).characters.empty()
                                 ? std::nullopt
                                 : slow_fit(units[i], text))
          expected.emplace_back(*fit, !in_scope(i), i % 3 != 0, units[i].level,
                                letters_of(to_utf16(units[i].name)).characters.size(), i);
      std::sort(expected.begin(), expected.end());
      UnitQuestion question;
      question.text = text;
      question.scope = scope;
      question.occupied = [](UnitId unit) { return unit.value % 3 == 0; };
      question.count_max = 1 + random.next_u64() % 20;
      const UnitsFound found = index.find(question);
      EXPECT_EQ(found.count, expected.size()) << "seed " << seed << " text " << text;
      expected.resize(std::min(expected.size(), question.count_max));
      std::vector<std::uint32_t> wanted;
      wanted.reserve(expected.size());
      for (const Rank& rank : expected) wanted.push_back(std::get<5>(rank));
      std::vector<std::uint32_t> got;
      for (const UnitId unit : found.units) got.push_back(unit.value);
      EXPECT_EQ(got, wanted) << "seed " << seed << " text " << text;
    }
  }
}

}  // namespace
}  // namespace tz::search
