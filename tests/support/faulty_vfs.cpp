// The faulty disk: files, what of them is durable, and SQLite's calls on them.
#include "support/faulty_vfs.h"

#include <algorithm>
#include <cstring>
#include <set>
#include <utility>

namespace tz::test {

namespace {

constexpr std::size_t kSectorBytes = 512;
// Keeps the disk's chances apart from those of a test with the same seed: its noise must not
// repeat the test's bytes.
constexpr std::uint64_t kNoOtherStream = 0x6d1b85c3e9f2470a;

// A write, or the cutting of the file to `offset` bytes.
struct Change {
  enum class Kind { Write, Cut } kind = Kind::Write;
  std::size_t offset = 0;
  Bytes bytes;
  bool is_under_way = false;  // power went while it was written
};

void write_at(Bytes& file, std::size_t offset, BytesView bytes) {
  if (file.size() < offset + bytes.size()) file.resize(offset + bytes.size());
  std::copy(bytes.begin(), bytes.end(), file.begin() + static_cast<std::ptrdiff_t>(offset));
}

void carry_out(Bytes& file, const Change& change) {
  if (change.kind == Change::Kind::Cut)
    file.resize(change.offset);
  else
    write_at(file, change.offset, change.bytes);
}

}  // namespace

struct DiskFile {
  Bytes bytes;                  // what reads see
  Bytes durable;                // what is certain to survive
  std::vector<Change> pending;  // from durable on, in order
  std::set<OpenFile*> readers;  // hold at least a shared lock
  OpenFile* reserved = nullptr;
  OpenFile* exclusive = nullptr;
  std::vector<std::unique_ptr<std::uint8_t[]>> shared_memory;
  std::set<OpenFile*> sharers;
};

struct OpenFile {
  FaultyDisk* disk = nullptr;
  std::shared_ptr<DiskFile> file;
  std::string name;
  bool is_before_restart = false;
  bool syncs_name = false;  // its first sync makes its name durable
  int lock = SQLITE_LOCK_NONE;
  unsigned shared_locks = 0;
  unsigned exclusive_locks = 0;
};

// What SQLite calls. Every call but closing and unlocking first asks whether it is to fail.
struct VfsCalls {
  using Operation = FaultyDisk::Operation;

  struct File {
    sqlite3_file base;
    OpenFile* open;
  };
  static OpenFile& opened(sqlite3_file* file) { return *reinterpret_cast<File*>(file)->open; }
  static FaultyDisk& disk_of(sqlite3_vfs* vfs) { return *static_cast<FaultyDisk*>(vfs->pAppData); }
  static const sqlite3_io_methods kMethods;

  static bool fails(OpenFile& open, Operation operation) {
    return open.is_before_restart || open.disk->fails(operation);
  }

  // --- files by name

  static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* target, int flags, int* out) {
    FaultyDisk& disk = disk_of(vfs);
    const std::lock_guard lock(disk.mutex_);
    target->pMethods = nullptr;
    if (disk.fails(Operation::Open)) return SQLITE_CANTOPEN;
    const std::string name = path == nullptr ? "" : path;  // no name: a file of its own
    auto open = std::make_shared<OpenFile>();
    open->disk = &disk;
    open->name = name;
    // As SQLite's own: whether the file was there already makes no difference.
    open->syncs_name = path != nullptr && (flags & SQLITE_OPEN_CREATE) != 0;
    const auto found = disk.names_.find(name);
    if (path != nullptr && found != disk.names_.end()) {
      open->file = found->second;
    } else {
      if (path != nullptr && (flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
      open->file = std::make_shared<DiskFile>();
      if (path != nullptr) disk.names_[name] = open->file;
    }
    reinterpret_cast<File*>(target)->open = open.get();
    target->pMethods = &kMethods;
    disk.open_files_[target] = std::move(open);
    if (out != nullptr) *out = flags;
    return SQLITE_OK;
  }

  static int remove(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    FaultyDisk& disk = disk_of(vfs);
    const std::lock_guard lock(disk.mutex_);
    if (disk.fails(Operation::Delete)) return SQLITE_IOERR_DELETE;
    if (disk.names_.erase(path) == 0) return SQLITE_IOERR_DELETE_NOENT;
    if (sync_folder != 0) disk.durable_names_ = disk.names_;
    return SQLITE_OK;
  }

  static int access(sqlite3_vfs* vfs, const char* path, int, int* answer) {
    FaultyDisk& disk = disk_of(vfs);
    const std::lock_guard lock(disk.mutex_);
    if (disk.is_without_power_) return SQLITE_IOERR_ACCESS;
    const auto found = disk.names_.find(path);
    *answer = found != disk.names_.end() && !found->second->bytes.empty() ? 1 : 0;
    return SQLITE_OK;
  }

  static int full_path(sqlite3_vfs*, const char* path, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", path);
    return SQLITE_OK;
  }

  // --- one file

  static int close(sqlite3_file* file) {
    OpenFile& open = opened(file);
    FaultyDisk& disk = *open.disk;
    const std::lock_guard lock(disk.mutex_);
    open.file->readers.erase(&open);
    open.file->sharers.erase(&open);
    if (open.file->reserved == &open) open.file->reserved = nullptr;
    if (open.file->exclusive == &open) open.file->exclusive = nullptr;
    disk.open_files_.erase(file);
    return SQLITE_OK;
  }

  static int read(sqlite3_file* file, void* out, int count, sqlite3_int64 offset) {
    OpenFile& open = opened(file);
    const std::lock_guard lock(open.disk->mutex_);
    if (fails(open, Operation::Read)) return SQLITE_IOERR_READ;
    const Bytes& bytes = open.file->bytes;
    const std::size_t start = std::min<std::size_t>(static_cast<std::size_t>(offset), bytes.size());
    const std::size_t there = std::min<std::size_t>(count, bytes.size() - start);
    std::memset(out, 0, static_cast<std::size_t>(count));
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(start), there,
                static_cast<std::uint8_t*>(out));
    return there == static_cast<std::size_t>(count) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
  }

  static int write(sqlite3_file* file, const void* data, int count, sqlite3_int64 offset) {
    OpenFile& open = opened(file);
    FaultyDisk& disk = *open.disk;
    const std::lock_guard lock(disk.mutex_);
    if (open.is_before_restart || disk.is_without_power_) return SQLITE_IOERR_WRITE;
    const bool is_failing = disk.fails(Operation::Write);
    const bool is_full = is_failing && disk.plan_->kind == FaultKind::DiskFull;
    Change change;
    change.offset = static_cast<std::size_t>(offset);
    const auto* bytes = static_cast<const std::uint8_t*>(data);
    std::size_t done = static_cast<std::size_t>(count);
    if (is_failing && !disk.is_without_power_) done = disk.random_.next_u64() % (done + 1);
    if (is_full && done == static_cast<std::size_t>(count)) --done;
    change.bytes.assign(bytes, bytes + done);
    change.is_under_way = disk.is_without_power_;
    carry_out(open.file->bytes, change);
    open.file->pending.push_back(std::move(change));
    if (is_full) return SQLITE_FULL;
    return is_failing ? SQLITE_IOERR_WRITE : SQLITE_OK;
  }

  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    OpenFile& open = opened(file);
    const std::lock_guard lock(open.disk->mutex_);
    if (fails(open, Operation::Truncate)) return SQLITE_IOERR_TRUNCATE;
    Change change;
    change.kind = Change::Kind::Cut;
    change.offset = static_cast<std::size_t>(size);
    carry_out(open.file->bytes, change);
    open.file->pending.push_back(std::move(change));
    return SQLITE_OK;
  }

  static int sync(sqlite3_file* file, int) {
    OpenFile& open = opened(file);
    FaultyDisk& disk = *open.disk;
    const std::lock_guard lock(disk.mutex_);
    if (open.is_before_restart || disk.is_without_power_) return SQLITE_IOERR_FSYNC;
    if (disk.fails(Operation::Sync)) {
      // Systems drop what they could not write: chance decides what reached the disk, and no later
      // sync mends it.
      if (!disk.is_without_power_) {
        const Bytes seen = open.file->bytes;
        disk.survive(*open.file, disk.sectors_kept_percent());
        open.file->bytes = seen;
      }
      return SQLITE_IOERR_FSYNC;
    }
    for (const Change& change : open.file->pending) carry_out(open.file->durable, change);
    open.file->pending.clear();
    if (std::exchange(open.syncs_name, false)) disk.durable_names_ = disk.names_;
    return SQLITE_OK;
  }

  static int size(sqlite3_file* file, sqlite3_int64* answer) {
    OpenFile& open = opened(file);
    const std::lock_guard lock(open.disk->mutex_);
    if (open.is_before_restart || open.disk->is_without_power_) return SQLITE_IOERR_FSTAT;
    *answer = static_cast<sqlite3_int64>(open.file->bytes.size());
    return SQLITE_OK;
  }

  static int lock(sqlite3_file* file, int level) {
    OpenFile& open = opened(file);
    const std::lock_guard lock(open.disk->mutex_);
    if (open.is_before_restart || open.disk->is_without_power_) return SQLITE_IOERR_LOCK;
    DiskFile& held = *open.file;
    const auto is_others = [&open](const OpenFile* holder) {
      return holder != nullptr && holder != &open;
    };
    if (open.lock >= level) return SQLITE_OK;
    if (is_others(held.exclusive)) return SQLITE_BUSY;
    if (level == SQLITE_LOCK_SHARED) held.readers.insert(&open);
    if (level >= SQLITE_LOCK_RESERVED) {
      if (is_others(held.reserved)) return SQLITE_BUSY;
      if (level == SQLITE_LOCK_EXCLUSIVE && held.readers.size() > 1) return SQLITE_BUSY;
      held.reserved = &open;
      if (level == SQLITE_LOCK_EXCLUSIVE) held.exclusive = &open;
    }
    open.lock = level;
    return SQLITE_OK;
  }

  static int unlock(sqlite3_file* file, int level) {
    OpenFile& open = opened(file);
    const std::lock_guard lock(open.disk->mutex_);
    DiskFile& held = *open.file;
    if (held.exclusive == &open) held.exclusive = nullptr;
    if (held.reserved == &open) held.reserved = nullptr;
    if (level == SQLITE_LOCK_NONE) held.readers.erase(&open);
    open.lock = level;
    return SQLITE_OK;
  }

  static int check_reserved(sqlite3_file* file, int* answer) {
    OpenFile& open = opened(file);
    const std::lock_guard lock(open.disk->mutex_);
    *answer = open.file->reserved != nullptr ? 1 : 0;
    return SQLITE_OK;
  }

  static int control(sqlite3_file* file, int what, void* argument) {
    if (what != SQLITE_FCNTL_POWERSAFE_OVERWRITE) return SQLITE_NOTFOUND;
    *static_cast<int*>(argument) = opened(file).disk->overwrite_ == Overwrite::Powersafe ? 1 : 0;
    return SQLITE_OK;
  }

  static int sector_size(sqlite3_file*) { return static_cast<int>(kSectorBytes); }

  static int characteristics(sqlite3_file* file) {
    return opened(file).disk->overwrite_ == Overwrite::Powersafe ? SQLITE_IOCAP_POWERSAFE_OVERWRITE
                                                                 : 0;
  }

  // --- shared memory, in the process and gone at a restart

  template <class Pointer>
  static int share_map(sqlite3_file* file, int region, int size, int extend, Pointer* out) {
    OpenFile& open = opened(file);
    const std::lock_guard lock(open.disk->mutex_);
    *out = nullptr;
    if (open.is_before_restart || open.disk->is_without_power_) return SQLITE_IOERR_SHMMAP;
    auto& regions = open.file->shared_memory;
    open.file->sharers.insert(&open);
    const auto index = static_cast<std::size_t>(region);
    if (index >= regions.size() && extend == 0) return SQLITE_OK;
    if (index >= regions.size() && fails(open, Operation::ShareMemory)) return SQLITE_IOERR_SHMSIZE;
    while (index >= regions.size())
      regions.push_back(std::make_unique<std::uint8_t[]>(static_cast<std::size_t>(size)));
    *out = regions[index].get();
    return SQLITE_OK;
  }

  static int share_lock(sqlite3_file* file, int offset, int count, int flags) {
    OpenFile& open = opened(file);
    const std::lock_guard lock(open.disk->mutex_);
    const unsigned mask = ((1U << count) - 1) << offset;
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
      open.shared_locks &= ~mask;
      open.exclusive_locks &= ~mask;
      return SQLITE_OK;
    }
    if (open.is_before_restart || open.disk->is_without_power_) return SQLITE_IOERR_SHMLOCK;
    const bool is_exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    for (const OpenFile* other : open.file->sharers) {
      if (other == &open) continue;
      const unsigned held = other->exclusive_locks | (is_exclusive ? other->shared_locks : 0U);
      if ((held & mask) != 0) return SQLITE_BUSY;
    }
    (is_exclusive ? open.exclusive_locks : open.shared_locks) |= mask;
    return SQLITE_OK;
  }

  static void share_barrier(sqlite3_file* file) {
    const std::lock_guard lock(opened(file).disk->mutex_);
  }

  static int share_unmap(sqlite3_file* file, int) {
    OpenFile& open = opened(file);
    const std::lock_guard lock(open.disk->mutex_);
    open.shared_locks = 0;
    open.exclusive_locks = 0;
    open.file->sharers.erase(&open);
    if (open.file->sharers.empty()) open.file->shared_memory.clear();
    return SQLITE_OK;
  }

  // --- what is no file

  static int randomness(sqlite3_vfs* vfs, int count, char* out) {
    FaultyDisk& disk = disk_of(vfs);
    const std::lock_guard lock(disk.mutex_);
    disk.random_.fill({reinterpret_cast<std::uint8_t*>(out), static_cast<std::size_t>(count)});
    return count;
  }
  // Nothing is ever waited for: all calls come from one thread.
  static int wait(sqlite3_vfs*, int microseconds) { return microseconds; }
  static int now(sqlite3_vfs*, double* day) {
    *day = 2458735.0;  // 2019-09-08
    return SQLITE_OK;
  }
  static int last_error(sqlite3_vfs*, int, char*) { return 0; }
};

const sqlite3_io_methods VfsCalls::kMethods = {
    2,
    close,
    read,
    write,
    truncate,
    sync,
    size,
    lock,
    unlock,
    check_reserved,
    control,
    sector_size,
    characteristics,
    share_map,
    share_lock,
    share_barrier,
    share_unmap,
    nullptr,
    nullptr,
};

FaultyDisk::FaultyDisk(std::string name, std::uint64_t seed, Overwrite overwrite)
    : name_(std::move(name)), overwrite_(overwrite), random_(seed ^ kNoOtherStream) {
  vfs_.iVersion = 1;
  vfs_.szOsFile = sizeof(VfsCalls::File);
  vfs_.mxPathname = 512;
  vfs_.zName = name_.c_str();
  vfs_.pAppData = this;
  vfs_.xOpen = VfsCalls::open;
  vfs_.xDelete = VfsCalls::remove;
  vfs_.xAccess = VfsCalls::access;
  vfs_.xFullPathname = VfsCalls::full_path;
  vfs_.xRandomness = VfsCalls::randomness;
  vfs_.xSleep = VfsCalls::wait;
  vfs_.xCurrentTime = VfsCalls::now;
  vfs_.xGetLastError = VfsCalls::last_error;
  sqlite3_vfs_register(&vfs_, 0);
}

FaultyDisk::~FaultyDisk() { sqlite3_vfs_unregister(&vfs_); }

void FaultyDisk::arm(FaultPlan plan) {
  disarm();
  plan_ = plan;
}

void FaultyDisk::disarm() {
  plan_.reset();
  std::fill(std::begin(counts_), std::end(counts_), 0);
  fault_met_ = false;
}

std::uint64_t FaultyDisk::operation_count(FaultKind kind) const {
  return counts_[static_cast<std::size_t>(kind)];
}

bool FaultyDisk::fails(Operation operation) {
  if (is_without_power_) return true;
  const bool is_change = operation != Operation::Read && operation != Operation::ShareMemory;
  const bool takes_room = operation == Operation::Write || operation == Operation::ShareMemory;
  const bool can_meet[] = {is_change, true, takes_room};  // by FaultKind
  for (std::size_t kind = 0; kind < std::size(can_meet); ++kind)
    if (can_meet[kind]) ++counts_[kind];
  if (!plan_) return false;
  const auto kind = static_cast<std::size_t>(plan_->kind);
  const std::uint64_t number = counts_[kind] - 1;
  if (!can_meet[kind] || number < plan_->at || number >= plan_->at + plan_->count) return false;
  fault_met_ = true;
  is_without_power_ = plan_->kind == FaultKind::PowerLoss;
  return true;
}

void FaultyDisk::lose_power() {
  const std::lock_guard lock(mutex_);
  is_without_power_ = true;
}

std::size_t FaultyDisk::sectors_kept_percent() {
  constexpr std::size_t kPercents[] = {0, 10, 50, 90, 99, 100};
  return kPercents[random_.next_u64() % std::size(kPercents)];
}

// Makes of the durable bytes and the pending changes what the disk is found to hold.
void FaultyDisk::survive(DiskFile& file, std::size_t keep_percent) {
  const auto is_kept = [&] { return random_.next_u64() % 100 < keep_percent; };
  for (const Change& change : file.pending) {
    if (change.kind == Change::Kind::Cut) {
      if (is_kept()) carry_out(file.durable, change);
      continue;
    }
    const BytesView bytes = change.bytes;
    std::size_t done = 0;
    const std::size_t tear =
        change.is_under_way && !bytes.empty() ? random_.next_u64() % bytes.size() : bytes.size();
    while (done < bytes.size()) {
      const std::size_t at = change.offset + done;
      const std::size_t count = std::min(kSectorBytes - at % kSectorBytes, bytes.size() - done);
      if (tear >= done && tear < done + count) {
        write_at(file.durable, at, bytes.subspan(done, tear - done));
        if (overwrite_ == Overwrite::Unsafe) {
          Bytes noise(kSectorBytes);
          random_.fill(noise);
          write_at(file.durable, at - at % kSectorBytes, noise);
        }
      } else if (is_kept()) {
        write_at(file.durable, at, bytes.subspan(done, count));
      }
      done += count;
    }
  }
  file.pending.clear();
  file.bytes = file.durable;
}

void FaultyDisk::restart() {
  const std::lock_guard lock(mutex_);
  for (auto& [file, open] : open_files_) open->is_before_restart = true;
  std::map<std::string, std::shared_ptr<DiskFile>> survivors;
  std::set<std::string> all_names;
  for (const auto& [name, file] : names_) all_names.insert(name);
  for (const auto& [name, file] : durable_names_) all_names.insert(name);
  for (const std::string& name : all_names) {
    // A name made or removed since the folder was synced is there or not, by chance.
    const auto& source = random_.next_u64() % 2 == 0 ? names_ : durable_names_;
    const auto found = source.find(name);
    if (found == source.end()) continue;
    auto survivor = std::make_shared<DiskFile>();
    survivor->durable = found->second->durable;
    survivor->pending = found->second->pending;
    survive(*survivor, sectors_kept_percent());
    survivors[name] = std::move(survivor);
  }
  names_ = survivors;
  durable_names_ = survivors;
  is_without_power_ = false;
}

bool FaultyDisk::holds(BytesView wanted) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [name, file] : names_)
    if (as_text(file->bytes).find(as_text(wanted)) != std::string_view::npos) return true;
  return false;
}

}  // namespace tz::test
