// Which files an account has uploaded and not named in an act yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>

#include "base/id.h"
#include "base/result.h"
#include "base/sha256.h"
#include "base/time.h"

namespace tz::http {

// An act may name a file that its account has uploaded, and no other: a hash alone would tell
// whether somebody else has handed in the same file. Kept in memory, so that nothing on the disk
// says who uploaded what; after a start a file is uploaded once more. Any thread.
class Uploads {
 public:
  struct Limits {
    std::uint64_t bytes = std::uint64_t{1} << 30;  // of one account's files that are not named yet
    std::size_t files = 1000;
    std::int64_t days = 30;  // then a file that nobody has named is forgotten; else a day after
  };
  explicit Uploads(const Limits& limits) : limits_(limits) {}

  // Before a file is kept; settle() says what came of it. Refuses `uploads_too_many` (facts:
  // bytes_max, count_max).
  Outcome begin(AccountId account, std::uint64_t bytes, Instant now);
  // `file`: none where it was not kept.
  void settle(AccountId account, std::uint64_t bytes, const std::optional<Hash>& file, Instant now);

  [[nodiscard]] bool has(AccountId account, const Hash& file, Instant now) const;
  // An act names it now: it counts no more, and may be named again for a day.
  void named(AccountId account, const Hash& file, Instant now);

 private:
  struct File {
    std::uint64_t bytes = 0;  // none once it is named
    Instant until;
    bool named = false;
  };
  struct Mine {
    std::map<Hash, File> files;
    std::uint64_t bytes = 0;  // of these, and of those that are on their way
    std::size_t waiting = 0;  // files that are not named, and those on their way
  };
  // Needs the lock.
  static void forget_old(Mine& mine, Instant now);

  const Limits limits_;
  mutable std::mutex mutex_;  // guards mine_
  std::map<AccountId, Mine> mine_;
};

}  // namespace tz::http
