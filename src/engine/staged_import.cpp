// Submitting rows with a bounded number under way, and the adoption after the last.
#include "engine/staged_import.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace tz::engine {
namespace {

// Counts what is under way and keeps the first error.
class Stager {
 public:
  Stager(Engine& engine, StagedImport& import) : engine_(engine), import_(import) {}

  Outcome stage() {
    const std::size_t count = import_.items.size();
    for (ledger::OpenItem& item : import_.items) {
      std::unique_lock lock(mutex_);
      moved_.wait(lock, [this] { return in_flight_ < import_.in_flight_max; });
      if (error_) break;
      ++in_flight_;
      const std::uint64_t done = done_;
      lock.unlock();
      engine_.submit({std::move(item), import_.actor, {}, {}},
                     [this](const Result<Receipt>& receipt) { answered(receipt); });
      if (import_.progress) import_.progress(done, count);
    }
    std::unique_lock lock(mutex_);
    moved_.wait(lock, [this] { return in_flight_ == 0; });
    if (error_) return *error_;
    if (import_.progress) import_.progress(count, count);
    return Done{};
  }

 private:
  void answered(const Result<Receipt>& receipt) {
    const std::lock_guard lock(mutex_);
    --in_flight_;
    ++done_;
    if (!receipt.ok() && !error_) error_ = receipt.error();
    moved_.notify_one();
  }

  Engine& engine_;
  StagedImport& import_;
  std::mutex mutex_;  // guards all below
  std::condition_variable moved_;
  std::size_t in_flight_ = 0;
  std::uint64_t done_ = 0;
  std::optional<Error> error_;
};

}  // namespace

Result<Receipt> take_import(Engine& engine, StagedImport import) {
  TZ_ASSERT(!import.items.empty());
  TZ_ASSERT(import.in_flight_max > 0);
  const auto count = static_cast<std::int64_t>(import.items.size());
  ledger::AdoptImport adoption{import.import, count};
  for (const ledger::OpenItem& item : import.items)
    if (item.scheme && std::find(adoption.schemes.begin(), adoption.schemes.end(), *item.scheme) ==
                           adoption.schemes.end())
      adoption.schemes.push_back(*item.scheme);
  TZ_TRY(Stager(engine, import).stage());
  return engine.submit_and_wait({std::move(adoption), {}, std::move(import.idempotency), {}});
}

}  // namespace tz::engine
