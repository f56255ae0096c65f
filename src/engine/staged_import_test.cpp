// An import counts whole or not at all, whoever brings it and however often it is sent.
#include "engine/staged_import.h"

#include <gtest/gtest.h>

#include "engine/history.h"
#include "engine/small_engine_test.h"

namespace tz::engine {
namespace {

StagedImport rows_of(std::uint64_t import, std::size_t count) {
  StagedImport out;
  out.import = import;
  out.actor.account = kRecorder;
  out.in_flight_max = 7;
  for (std::size_t i = 0; i < count; ++i) {
    ledger::OpenItem item = SmallEngine::opening("第" + std::to_string(i));
    item.import = import;
    out.items.push_back(std::move(item));
  }
  return out;
}

std::uint32_t counted(const SmallEngine& small) {
  return small.engine->published().view->count({});
}

TEST(StagedImport, CountsWhenAllIsThere) {
  SmallEngine small;
  std::uint64_t last = 0;
  StagedImport import = rows_of(11, 100);
  import.progress = [&](std::uint64_t done, std::uint64_t of) { EXPECT_EQ(of, 100U);
  EXPECT_GE(done, last);
  last = done;
};
const auto receipt = take_import(*small.engine, std::move(import));
ASSERT_TRUE(receipt.ok()) << text_of(receipt.error());
EXPECT_EQ(last, 100U);
EXPECT_EQ(counted(small), 100U);
const auto view = small.engine->published().view;
for (const rollup::RowIndex index : view->list({}, {}, 200))
  EXPECT_EQ(view->row(index).recorder, kRecorder);
EXPECT_TRUE(small.verify().findings.empty());
}  // namespace

TEST(StagedImport, OneRefusedRowKeepsAllOut) {
  SmallEngine small;
  StagedImport import = rows_of(12, 50);
  import.items[30].title.clear();
  const auto receipt = take_import(*small.engine, std::move(import));
  EXPECT_EQ(receipt.error().code, "field_required");
  EXPECT_EQ(counted(small), 0U);
  EXPECT_GT(small.engine->published().view->row_count(), 0U);
}

TEST(StagedImport, WhoMayNotListMayNotImport) {
  SmallEngine small;
  StagedImport import = rows_of(13, 3);
  import.actor.account = kSupervisor;
  EXPECT_EQ(take_import(*small.engine, std::move(import)).error().code, "not_permitted");
  EXPECT_EQ(counted(small), 0U);
}

TEST(StagedImport, SentAgainItCountsOnce) {
  SmallEngine small;
  for (const std::uint64_t number : {21U, 22U}) {
    StagedImport import = rows_of(number, 5);
    import.idempotency = SmallEngine::key_of("k", "the file");
    const auto receipt = take_import(*small.engine, std::move(import));
    ASSERT_TRUE(receipt.ok());
    EXPECT_EQ(receipt->repeated, number == 22U);
    const auto records = records_from(*small.engine, Seq{receipt->first}, 1);
    EXPECT_EQ(std::get<ledger::ImportAdopted>(records->front().event.event).import, 21U);
    EXPECT_EQ(counted(small), 5U);
  }
}

}  // namespace tz::engine
}  // namespace tz::engine
