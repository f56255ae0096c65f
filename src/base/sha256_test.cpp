// SHA-256 against the examples of FIPS 180-4, whole, in parts and in pieces.
#include "base/sha256.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "base/random.h"

namespace tz {
namespace {

std::string hex_of(std::string_view text) { return to_hex(sha256(as_bytes(text))); }

TEST(Sha256, PublishedExamples) {
  EXPECT_EQ(hex_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(
      hex_of("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopq"
             "klmnopqrlmnopqrsmnopqrstnopqrstu"),
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(hex_of(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PartsAndPiecesAreOneText) {
  const std::uint64_t seed = 2;
  SeededRandom random(seed);
  for (int round = 0; round < 200; ++round) {
    Bytes bytes(random.next_u64() % 300);
    random.fill(bytes);
    const std::size_t cut = bytes.empty() ? 0 : random.next_u64() % bytes.size();
    const BytesView first = BytesView(bytes).first(cut);
    const BytesView second = BytesView(bytes).subspan(cut);
    const Hash whole = sha256(BytesView(bytes));
    EXPECT_EQ(sha256({first, second}), whole) << "seed " << seed << " round " << round;
    EXPECT_EQ(sha256({first, {}, second}), whole);
    Sha256Stream stream;
    stream.add(first);
    stream.add(second);
    EXPECT_EQ(stream.finish(), whole);
  }
}

TEST(Sha256, EveryThreadHashesForItself) {
  const Hash expected = sha256(as_bytes("abc"));
  std::vector<std::thread> threads;
  std::vector<int> right(4);
  for (std::size_t i = 0; i < right.size(); ++i)
    threads.emplace_back([&, i] {
      for (int round = 0; round < 1000; ++round)
        right[i] += sha256(as_bytes("abc")) == expected ? 1 : 0;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, std::vector<int>(4, 1000));
}

}  // namespace
}  // namespace tz
