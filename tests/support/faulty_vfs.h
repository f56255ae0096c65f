// A disk in memory under SQLite that loses power, fails or is full at a chosen operation.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"

namespace tz::test {

// What happens at the chosen operation.
//   PowerLoss: of what is not synced, each 512-byte sector is kept or lost by chance, a write under
//     way is torn within a sector, and every later call fails until restart().
//   IoError: the operation fails; a write may have been done in part; what a failed sync should
//     have kept is never kept, though reads still show it.
//   DiskFull: the write fails and may have been done in part.
enum class FaultKind { PowerLoss, IoError, DiskFull };

struct FaultPlan {
  FaultKind kind = FaultKind::PowerLoss;
  std::uint64_t at = 0;     // counted from arm(), from 0, among the operations the kind can meet
  std::uint64_t count = 1;  // how many in a row
};

// Whether a torn write harms the bytes of its sector that it did not mean to write.
enum class Overwrite { Powersafe, Unsafe };

struct DiskFile;
struct OpenFile;

// Registered with SQLite under `name` while it lives. The first sync of
// a file opened to be made if missing, and a deletion that asks for it, make all names durable.
class FaultyDisk {
 public:
  FaultyDisk(std::string name, std::uint64_t seed, Overwrite overwrite);
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  void arm(FaultPlan plan);
  void disarm();
  // Operations since arm() or disarm() that a fault of this kind could have met.
  [[nodiscard]] std::uint64_t operation_count(FaultKind kind) const;
  [[nodiscard]] bool fault_met() const { return fault_met_; }
  [[nodiscard]] bool is_without_power() const { return is_without_power_; }
  void lose_power();
  // Power is back: files hold what survived, nothing is locked, shared memory is gone. Files still
  // open belong to the time before and go on failing.
  void restart();
  // Whether any file holds these bytes in one piece.
  [[nodiscard]] bool holds(BytesView wanted) const;

 private:
  friend struct VfsCalls;
  enum class Operation { Open, Read, Write, Truncate, Sync, Delete, ShareMemory };

  // Counts the operation; true when it is to fail, by loss of power or by its own code.
  bool fails(Operation operation);
  std::size_t sectors_kept_percent();
  void survive(DiskFile& file, std::size_t keep_percent);

  const std::string name_;
  const Overwrite overwrite_;
  sqlite3_vfs vfs_{};
  mutable std::mutex mutex_;  // over all below
  SeededRandom random_;
  std::optional<FaultPlan> plan_;
  std::uint64_t counts_[3] = {};  // by FaultKind
  bool fault_met_ = false;
  bool is_without_power_ = false;
  std::map<std::string, std::shared_ptr<DiskFile>> names_;
  std::map<std::string, std::shared_ptr<DiskFile>> durable_names_;
  std::map<sqlite3_file*, std::shared_ptr<OpenFile>> open_files_;
};

}  // namespace tz::test
