// Tile paths in both directions, and tile bytes against the definition.
#include "merkle/tiles.h"

#include <gtest/gtest.h>

#include <limits>

#include "merkle/slow_tree_test.h"

namespace tz::merkle {
namespace {

constexpr std::uint64_t kIndexMax = std::numeric_limits<std::uint64_t>::max();

TEST(Tiles, PathsAreThoseOfTheSpecification) {
  EXPECT_EQ(tile_path({false, 0, 1234067, 256}), "0/x001/x234/067");
  EXPECT_EQ(tile_path({false, 0, 1234, 5}), "0/x001/234.p/5");
  EXPECT_EQ(tile_path({true, 0, 0, 256}), "entries/000");
  EXPECT_EQ(tile_path({true, 0, 273, 112}), "entries/273.p/112");
  EXPECT_EQ(tile_path({false, 63, 1000, 255}), "63/x001/000.p/255");
  EXPECT_EQ(tile_path({false, 0, kIndexMax, 255}), "0/x018/x446/x744/x073/x709/x551/615.p/255");
}

TEST(Tiles, EveryPathIsReadBackAsItWasWritten) {
  SeededRandom random(test_seed());
  for (int round = 0; round < 2000; ++round) {
    TileRef ref;
    ref.entries = random.next_u64() % 4 == 0;
    ref.level = ref.entries ? 0 : static_cast<std::uint8_t>(random.next_u64() % 64);
    ref.index = random.next_u64() >> random.next_u64() % 64;
    ref.width = 1 + static_cast<std::uint32_t>(random.next_u64() % 256);
    const Result<TileRef> read = parse_tile_path(tile_path(ref));
    ASSERT_TRUE(read.ok()) << tile_path(ref);
    ASSERT_EQ(*read, ref) << tile_path(ref);
  }
  EXPECT_EQ(parse_tile_path(tile_path({false, 63, kIndexMax, 255}))->index, kIndexMax);
}

TEST(Tiles, NoOtherSpellingOfATileIsAPath) {
  const std::string_view wrong[] = {
      "",
      "/",
      "0",
      "0/",
      "/000",
      "0/0",
      "0/00",
      "0/0000",
      "0/1000",
      "00/000",
      "01/000",
      "64/000",
      "-1/000",
      "+1/000",
      " 0/000",
      "0/000 ",
      "0/000/",
      "0//000",
      "0/x000/000",
      "0/x000/x001/234",
      "0/001/234",
      "0/x001/x234",
      "0/x001/",
      "0/x001",
      "0/X001/234",
      "0/x01/234",
      "0/+12",
      "0/-12",
      "0/0x1",
      "0/000.p",
      "0/000.p/",
      "0/000.p/0",
      "0/000.p/00",
      "0/000.p/05",
      "0/000.p/256",
      "0/000.p/-1",
      "0/000.p/1/",
      "0/000.p/1.p/1",
      "0/x001.p/1/234",
      "entries",
      "entries/",
      "Entries/000",
      "entries/0/000",
      "0/entries/000",
      "../0/000",
      "0/../000",
      "0/x018/x446/x744/x073/x709/x551/616",
      "0/x999/x999/x999/x999/x999/x999/999",
      "0/x001/x000/x000/x000/x000/x000/x000/x000/x000/x000/x000/x000/000",
  };
  for (const std::string_view path : wrong) {
    const Result<TileRef> ref = parse_tile_path(path);
    ASSERT_FALSE(ref.ok()) << path;
    EXPECT_EQ(ref.error().code, "bad_tile_path");
  }
  EXPECT_FALSE(parse_tile_path(std::string_view("0/000\0", 6)).ok());
}

// tlog-tiles' formula: MTH(D[(n * 256 + i) * 256^l : (n * 256 + i + 1) * 256^l]) for each i.
Bytes defined_bytes(SlowTree& tree, const TileRef& ref) {
  const std::uint64_t leaves = std::uint64_t{1} << (8 * ref.level);
  Bytes bytes;
  for (std::uint64_t i = 0; i < ref.width; ++i) {
    const std::uint64_t from = (ref.index * 256 + i) * leaves;
    const Hash hash = tree.root(from, from + leaves);
    bytes.insert(bytes.end(), hash.begin(), hash.end());
  }
  return bytes;
}

TEST(Tiles, ATreeOf70000HasTheTilesOfTheSpecificationsExample) {
  SeededRandom random(test_seed());
  SlowTree tree(random_hashes(random, 70000));
  const HashSource source = tree.source();
  std::size_t count = 0;
  for (std::uint8_t level = 0; level < 3; ++level) {
    const std::uint64_t filled = std::uint64_t{70000} >> (8 * level);
    for (std::uint64_t index = 0; index <= filled / 256; ++index) {
      const std::uint64_t left = filled - index * 256;
      const TileRef ref{false, level, index, static_cast<std::uint32_t>(left < 256 ? left : 256)};
      const Result<Bytes> bytes = tile_bytes(ref, 70000, source);
      ASSERT_TRUE(bytes.ok()) << tile_path(ref);
      ASSERT_EQ(*bytes, defined_bytes(tree, ref)) << tile_path(ref);
      ++count;
    }
  }
  EXPECT_EQ(count, 273U + 1U + 1U + 1U + 1U);
  for (const TileRef& last : {TileRef{false, 0, 273, 112}, TileRef{false, 1, 0, 256},
                              TileRef{false, 1, 1, 17}, TileRef{false, 2, 0, 1}}) {
    EXPECT_TRUE(tile_bytes(last, 70000, source).ok()) << tile_path(last);
    TileRef wider = last;
    ++wider.width;
    EXPECT_EQ(tile_bytes(wider, 70000, source).error().code, "tile_missing");
  }
}

TEST(Tiles, APartialTileIsServedWhileTheTreeHasItsHashes) {
  SeededRandom random(test_seed());
  SlowTree tree(random_hashes(random, 600));
  for (std::uint64_t size = 0; size <= 600; ++size) {
    for (int round = 0; round < 12; ++round) {
      const TileRef ref{
          false, static_cast<std::uint8_t>(random.next_u64() % 2), random.next_u64() % 4,
          1 + static_cast<std::uint32_t>(random.next_u64() % 256 >> random.next_u64() % 8)};
      const std::uint64_t end = (ref.index * 256 + ref.width) << (8 * ref.level);
      const Result<Bytes> bytes = tile_bytes(ref, size, tree.source());
      ASSERT_EQ(bytes.ok(), end <= size) << tile_path(ref) << " of " << size;
      if (bytes.ok()) {
        ASSERT_EQ(*bytes, defined_bytes(tree, ref)) << tile_path(ref);
      } else {
        ASSERT_EQ(bytes.error().code, "tile_missing");
      }
    }
  }
}

TEST(Tiles, ATileNoTreeCanHaveIsMissing) {
  SlowTree tree(std::vector<Hash>(300));
  const HashSource source = tree.source();
  for (const TileRef& ref :
       {TileRef{false, 8, 0, 1}, TileRef{false, 63, 0, 256}, TileRef{false, 0, kIndexMax, 256},
        TileRef{false, 0, kIndexMax / 256, 256}, TileRef{false, 7, 1, 1}, TileRef{true, 0, 0, 256},
        TileRef{false, 0, 0, 0}, TileRef{false, 0, 0, 257}})
    EXPECT_EQ(tile_bytes(ref, 300, source).error().code, "tile_missing") << tile_path(ref);
  EXPECT_EQ(tile_bytes({false, 7, 255, 256}, kIndexMax, source).error().code, "tile_missing");
}

TEST(Tiles, WhatTheSourceReportsIsHandedOn) {
  const HashSource broken{.leaves = [](std::uint64_t, std::uint64_t) -> Result<std::vector<Hash>> {
                            return std::vector<Hash>(2);
                          },
                          .full_subtree = [](std::uint8_t, std::uint64_t) -> Result<Hash> {
                            return failure("read_failed");
                          }};
  EXPECT_EQ(tile_bytes({false, 0, 0, 3}, 300, broken).error().code, "leaves_missing");
  EXPECT_EQ(tile_bytes({false, 1, 0, 1}, 300, broken).error().code, "read_failed");
}

TEST(Tiles, ABundleIsItsEntriesEachWithItsLength) {
  EXPECT_EQ(bundle_bytes({}), Bytes{});
  EXPECT_EQ(bundle_bytes({{7}, {}, {8, 9}}), (Bytes{0, 1, 7, 0, 0, 0, 2, 8, 9}));
  const Bytes long_entry(65535, 1);
  const Bytes bundle = bundle_bytes({long_entry, {2}});
  EXPECT_EQ(bundle.size(), 2U + 65535U + 2U + 1U);
  ByteReader reader(bundle);
  EXPECT_EQ(reader.u16(), 65535);
}

}  // namespace
}  // namespace tz::merkle
