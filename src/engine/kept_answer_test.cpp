// Stored receipts come back as they were, and damaged ones are told.
#include <gtest/gtest.h>

#include "engine/writer.h"

namespace tz::engine {
namespace {

KeptAnswer full_answer() {
  KeptAnswer answer;
  answer.request = sha256(as_bytes("POST /items"));
  answer.receipt.command = CommandId{0xFFFF'FFFF'FFFF'FFF1};
  answer.receipt.first = 7;
  answer.receipt.end = 9;
  answer.receipt.recorded = Instant{-5};
  answer.receipt.item = ledger::ItemNo{12345};
  answer.receipt.version = Seq{8};
  return answer;
}

TEST(KeptAnswerCodec, GivesBackWhatWasKept) {
  KeptAnswer answer = full_answer();
  for (int i = 0; i < 3; ++i) {
    const auto back = decode_kept_answer(encode(answer));
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->request, answer.request);
    EXPECT_EQ(back->receipt.command, answer.receipt.command);
    EXPECT_EQ(back->receipt.first, answer.receipt.first);
    EXPECT_EQ(back->receipt.end, answer.receipt.end);
    EXPECT_EQ(back->receipt.recorded, answer.receipt.recorded);
    EXPECT_EQ(back->receipt.item, answer.receipt.item);
    EXPECT_EQ(back->receipt.version, answer.receipt.version);
    EXPECT_FALSE(back->receipt.repeated);
    if (i == 0) answer.receipt.version.reset();
    if (i == 1) answer.receipt.item.reset();
  }
}

TEST(KeptAnswerCodec, RefusesWhatIsCutOrLongerOrOfAnotherVersion) {
  const Bytes whole = encode(full_answer());
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(decode_kept_answer(BytesView(whole).first(size)).ok()) << size;
  Bytes longer = whole;
  longer.push_back(0);
  EXPECT_FALSE(decode_kept_answer(longer).ok());
  Bytes newer = whole;
  newer[0] = 2;
  EXPECT_FALSE(decode_kept_answer(newer).ok());
}

TEST(KeptAnswerCodec, AKeyBelongsToItsAccount) {
  const IdempotencyKey one{AccountId{1}, "key", {}};
  const IdempotencyKey other{AccountId{2}, "key", {}};
  EXPECT_NE(idempotency_row_key(one), idempotency_row_key(other));
  EXPECT_EQ(idempotency_row_key(one), idempotency_row_key({AccountId{1}, "key", Hash{9}}));
}

}  // namespace
}  // namespace tz::engine
