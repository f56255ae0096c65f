// The faults a journal in memory can be told to meet.
#include "journal/memory_journal.h"

#include <gtest/gtest.h>

namespace tz::journal {
namespace {

Batch one_record(std::uint64_t expected_size) {
  Batch batch;
  batch.expected_size = expected_size;
  batch.records.push_back({{1}, {2}});
  return batch;
}

FaultPlan fault_at(std::size_t at, Fault fault) {
  return [at, fault](std::size_t operation) { return operation == at ? fault : Fault::None; };
}

std::uint64_t size_of(Journal& journal) { return journal.open_reader().value()->size().value(); }

TEST(MemoryJournal, OperationsAreCountedOverTheStoresLife) {
  const auto store = make_memory_store();
  {
    const auto journal = open_memory_journal(store);
    ASSERT_TRUE(journal->append(one_record(0)).ok());
    EXPECT_EQ(journal->append(one_record(0)).error().code, "journal_moved");
  }
  const auto journal = open_memory_journal(store);
  ASSERT_TRUE(journal->erase_subject_key(1).ok());
  EXPECT_EQ(operation_count(*store), 2U) << "a refusal is no operation";
  EXPECT_EQ(size_of(*journal), 1U);
}

TEST(MemoryJournal, FullWritesNothingAndGoesOn) {
  const auto journal = open_memory_journal(make_memory_store(), fault_at(1, Fault::Full));
  ASSERT_TRUE(journal->append(one_record(0)).ok());
  EXPECT_EQ(journal->append(one_record(1)).error().code, "storage_full");
  EXPECT_EQ(size_of(*journal), 1U);
  EXPECT_TRUE(journal->append(one_record(1)).ok());
}

TEST(MemoryJournal, FailureClosesItUntilOpenedAgain) {
  for (const Fault fault : {Fault::FailedBefore, Fault::FailedAfter}) {
    const auto store = make_memory_store();
    auto journal = open_memory_journal(store, fault_at(1, fault));
    ASSERT_TRUE(journal->append(one_record(0)).ok());
    EXPECT_EQ(journal->append(one_record(1)).error().code, "storage_failed");
    const std::uint64_t size = fault == Fault::FailedAfter ? 2 : 1;
    EXPECT_EQ(journal->append(one_record(size)).error().code, "storage_failed");
    EXPECT_EQ(journal->erase_subject_key(1).error().code, "storage_failed");
    EXPECT_EQ(size_of(*journal), size) << "reads go on";
    ASSERT_TRUE(journal->reopen().ok());
    EXPECT_EQ(size_of(*journal), size);
    EXPECT_TRUE(journal->append(one_record(size)).ok());
  }
}

}  // namespace
}  // namespace tz::journal
