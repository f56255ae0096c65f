// A lock between processes that ends with its holder, however that ends.
#pragma once

#include <string>

#include "base/result.h"

namespace tz::journal {

// Holds an exclusive lock (flock) on a file made for it, which stays when the lock is gone.
class FileLock {
 public:
  FileLock() = default;  // holds nothing
  // Refuses `ledger_in_use` (fact: path) when another holds it; fails with `storage_failed`.
  static Result<FileLock> take(const std::string& path);
  ~FileLock();
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  static constexpr int kNone = -1;  // as the system calls have it
  int descriptor_ = kNone;
};

}  // namespace tz::journal
