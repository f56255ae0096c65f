// Locks a file by the system calls themselves.
#include "journal/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace tz::journal {
namespace {

Error system_error(std::string action, const std::string& path) {
  return failure("storage_failed",
                 {{"path", path}, {"why", std::strerror(errno)}, {"action", std::move(action)}});
}

}  // namespace

Result<FileLock> FileLock::take(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return system_error("open_lock", path);
  FileLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno == EWOULDBLOCK) return refusal("ledger_in_use", {{"path", path}});
  return system_error("lock", path);
}

FileLock::~FileLock() {
  if (descriptor_ != kNone) ::close(descriptor_);
}

FileLock::FileLock(FileLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, kNone)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

}  // namespace tz::journal
