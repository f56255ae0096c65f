// Words in texts that come, change and go, against a twin that looks through all of them.
#include "search/word_index.h"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <thread>

#include "base/random.h"

namespace tz::search {
namespace {

std::vector<std::uint32_t> found(const WordIndex& index, std::string_view text) {
  const auto words = read_words(text);
  EXPECT_TRUE(words.ok());
  return index.find(*words);
}

using Items = std::vector<std::uint32_t>;

WordLimits small_segments() {
  WordLimits limits;
  limits.segment_items = 4;
  limits.changed_max = 2;
  return limits;
}

TEST(Words, AreFoundWhateverTheirWidthAndCase) {
  for (const WordLimits& limits : {WordLimits{}, small_segments()}) {
    WordIndex index(limits);
    index.put(0, "停车难", "ABC小区 wifi 坏了");
    index.put(1, "ＡＢＣ路灯不亮", "");
    for (std::uint32_t i = 2; i < 9; ++i) index.put(i, "路面破损", "车辆难行");
    index.put(9, "停车位", "难找");
    EXPECT_EQ(found(index, "停车"), (Items{0, 9}));
    EXPECT_EQ(found(index, "abc"), (Items{0, 1}));
    EXPECT_EQ(found(index, "ａＢｃ　停"), Items{0});
    EXPECT_EQ(found(index, "WiFi"), Items{0});
    EXPECT_EQ(found(index, "停"), (Items{0, 9}));
    EXPECT_EQ(found(index, "停 难"), (Items{0, 9}));
    EXPECT_EQ(found(index, "停车难"), Items{0});
    EXPECT_EQ(found(index, "位难"), Items{}) << "a title and a description are two texts";
    EXPECT_EQ(found(index, "没有"), Items{});
    EXPECT_EQ(found(index, "  "), Items{});
    EXPECT_EQ(found(index, "破损 难行").size(), 7U);
  }
}

TEST(Words, OfATextThatWasReplacedOrRemovedAreNotFound) {
  WordIndex index(small_segments());
  for (std::uint32_t i = 0; i < 6; ++i) index.put(i, "张三家门口积水", "雨后不退");
  index.put(1, "门口积水", "雨后不退");
  index.remove(2);
  index.put(5, "新题", "新文");
  index.remove(77);
  EXPECT_EQ(found(index, "张三"), (Items{0, 3, 4}));
  EXPECT_EQ(found(index, "门口积水"), (Items{0, 1, 3, 4}));
  EXPECT_EQ(found(index, "新文"), Items{5});
  index.settle();
  EXPECT_EQ(found(index, "张三"), (Items{0, 3, 4}));
  EXPECT_EQ(found(index, "新文"), Items{5});
  index.clear();
  EXPECT_EQ(found(index, "门口"), Items{});
  EXPECT_EQ(index.bytes(), 0U);
}

TEST(Words, HaveLimitsThatAreSaid) {
  std::string many;
  for (int i = 0; i < 9; ++i) many += "a ";
  EXPECT_EQ(read_words(many).error().code, "words_too_many");
  std::string long_text;
  for (int i = 0; i < 64; ++i) long_text += "停";
  EXPECT_TRUE(read_words(long_text).ok());
  EXPECT_EQ(read_words(long_text + "车").error().code, "words_too_long");
}

TEST(Words, BeyondTheRoomThereIsAreNotTakenInAndItIsTold) {
  WordLimits limits;
  limits.bytes_max = 4000;
  WordIndex index(limits);
  std::uint32_t item = 0;
  for (; item < 1000 && index.whole(); ++item) index.put(item, "同样的题目", "同样的文字");
  EXPECT_FALSE(index.whole());
  EXPECT_LT(item, 1000U);
  EXPECT_LE(index.bytes(), 20'000U);
  EXPECT_EQ(found(index, "题目").size(), item - 1);
}

std::string any_text(SeededRandom& random, std::size_t count_max) {
  static const std::vector<std::string> pieces = {"停", "车", "难", "Ａ", "b", "B",
                                                  "c",  "１", "1",  "、", " ", "😀"};
  std::string out;
  for (std::size_t i = random.next_u64() % (count_max + 1); i > 0; --i)
    out += pieces[random.next_u64() % pieces.size()];
  return out;
}

TEST(Words, AreFoundAsTheSlowTwinFindsThem) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SeededRandom random(seed);
    WordLimits limits;
    limits.segment_items = 1 + static_cast<std::uint32_t>(random.next_u64() % 70);
    limits.segment_units = 20 + random.next_u64() % 2000;
    limits.changed_max = random.next_u64() % 10;
    WordIndex index(limits);
    std::map<std::uint32_t, std::u16string> twin;
    Folding folding;
    for (int step = 0; step < 600; ++step) {
      const std::uint64_t what = random.next_u64() % 10;
      const auto any_item = static_cast<std::uint32_t>(random.next_u64() % (twin.size() + 1));
      if (what < 6) {
        const auto item = what < 4 ? static_cast<std::uint32_t>(twin.size()) : any_item;
        const std::string title = any_text(random, 8);
        const std::string description = any_text(random, 20);
        index.put(item, title, description);
        twin[item] = folding.text(title) + u"\n" + folding.text(description);
      } else if (what < 7 && twin.contains(any_item)) {
        index.remove(any_item);
        twin[any_item].clear();
      } else if (what < 8) {
        index.settle();
      }
      const auto words = read_words(any_text(random, 6));
      ASSERT_TRUE(words.ok());
      Items expected;
      for (const auto& [item, text] : twin) {
        bool all = !words->pieces.empty();
        for (const std::u16string& piece : words->pieces)
          all = all && text.find(piece) != std::u16string::npos;
        if (all) expected.push_back(item);
      }
      ASSERT_EQ(index.find(*words), expected) << "seed " << seed << " step " << step;
    }
  }
}

TEST(Words, AreFoundWhileOthersAreTakenIn) {
  WordIndex index(small_segments());
  index.put(0, "停车难", "一直在");
  std::atomic<bool> ended{false};
  std::atomic<std::size_t> wrong{0};
  std::thread reader([&] {
    const auto words = read_words("停车");
    while (!ended)
      if (index.find(*words).empty()) ++wrong;
  });
  for (std::uint32_t i = 1; i < 400; ++i) {
    index.put(i, "停车位", "新的");
    if (i % 5 == 0) index.put(i - 1, "改了", "");
    if (i % 50 == 0) index.settle();
  }
  ended = true;
  reader.join();
  EXPECT_EQ(wrong, 0U);
}

}  // namespace
}  // namespace tz::search
