// The journal in memory, for simulation and tests; faults can be set to happen.
#pragma once

#include <functional>
#include <memory>

#include "journal/journal.h"

namespace tz::journal {

// What the `n`-th storage operation (from 0) meets.
enum class Fault { None, Full, FailedBefore, FailedAfter };
using FaultPlan = std::function<Fault(std::size_t operation)>;

// The bytes outlive the journal: open again on the same store to see what is "on disk".
class MemoryStore;
std::shared_ptr<MemoryStore> make_memory_store();
std::size_t operation_count(const MemoryStore& store);
std::unique_ptr<Journal> open_memory_journal(std::shared_ptr<MemoryStore> store,
                                             FaultPlan plan = {});

}  // namespace tz::journal
