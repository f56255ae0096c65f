// The audit log: who read and did what, when, from where, and what came of it; rows are only added.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "access/audit_row.h"
#include "base/result.h"
#include "base/time.h"

namespace tz::access {

struct AuditRules {  // data: the ledger's config.yaml may say otherwise
  std::int64_t keep_days = 3 * 366;
  std::uint64_t bytes_max = std::uint64_t{64} << 30;  // of all its files: then it is full
};

struct AuditPlace {
  std::string folder;
  AuditRules rules;
};

// The one writer of DIR/audit. A row is with the operating system when append() returns, and on
// the disk a second later at most, or when when_durable() says so. Any thread.
class AuditLog {
 public:
  // Makes the folder if there is none. `known` is what was remembered elsewhere of the log: rows
  // up to there must still be as they were. Ends a torn line, which was answered to nobody, and
  // drops files of which every row is older than the rules keep. Refuses `audit_missing` (fact:
  // rows) and `audit_cut` (facts: rows, found) where rows are gone, `audit_changed` (fact: rows)
  // where they are others, `audit_damaged` (facts: file, line); fails with `storage_full` or
  // `storage_failed`.
  static Result<std::unique_ptr<AuditLog>> open(AuditPlace place, Clock& clock,
                                                const std::optional<AuditHead>& known);
  // Makes what was written durable.
  ~AuditLog();
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  // Room on the disk for one row more, so that what must be logged is refused before it is done
  // and not after. Fails with `audit_full`, or `audit_failed` once writing failed. Each hold() is
  // given back by one append() or release().
  Outcome hold();
  void release();

  // Its place. Needs a hold(). Fails with `audit_failed`, and then for good: the file is not
  // written to again before it is looked at anew.
  Result<std::uint64_t> append(const AuditRow& row);
  // Calls `done` once the row is on the disk, on whatever thread: be brief.
  void when_durable(std::uint64_t seq, std::function<void(Outcome)> done);
  // All three, waiting.
  Outcome record(const AuditRow& row);

  // What is on the disk.
  [[nodiscard]] AuditHead durable() const;
  [[nodiscard]] const std::string& folder() const { return place_.folder; }

 private:
  struct File;
  struct Waiting {
    std::uint64_t seq = 0;
    std::function<void(Outcome)> done;
  };
  AuditLog(AuditPlace place, Clock& clock);
  Outcome take_over(const std::optional<AuditHead>& known);
  Outcome check_known(const AuditHead& known) const;
  Outcome begin_segment(Instant at);                     // needs the lock
  Outcome make_room(std::uint64_t bytes);                // needs the lock
  Outcome drop_old();                                    // needs the lock
  Result<std::uint64_t> write_row(const AuditRow& row);  // needs the lock
  void sync_loop();

  const AuditPlace place_;
  Clock& clock_;
  mutable std::mutex mutex_;  // guards all below
  std::shared_ptr<File> file_;
  std::uint64_t size_ = 0;      // bytes of the file, and
  std::uint64_t reserved_ = 0;  // for how many there is room on the disk
  std::uint64_t others_ = 0;    // bytes of the files before it
  std::uint64_t held_ = 0;
  std::string month_;
  bool month_began_ = false;
  AuditHead written_;
  AuditHead durable_;
  Instant last_at_;
  std::optional<Error> broken_;
  std::vector<Waiting> waiting_;
  bool stopping_ = false;
  std::condition_variable changed_;
  std::thread syncing_;
};

}  // namespace tz::access
