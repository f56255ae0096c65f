// Temporary file, fsync, rename, fsync of the folder; every step's outcome is looked at.
#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace tz {
namespace {

// Closes when it goes out of scope, unless close() was called to hear the outcome.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] bool ok() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }
  bool close() {
    const int closing = number_;
    number_ = -1;
    return ::close(closing) == 0;
  }

 private:
  int number_;
};

Error storage_error(const std::string& path, int reason) {
  const char* code = reason == ENOSPC || reason == EDQUOT ? "storage_full" : "storage_failed";
  return failure(code, {{"path", path}, {"why", std::generic_category().message(reason)}});
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

bool write_all(int number, BytesView bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(number, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

// Puts the finished temporary file in its place. Gives 0 or the reason.
int move_into_place(const std::string& from, const NewFile& file) {
  if (file.existing == Existing::Replace)
    return std::rename(from.c_str(), file.path.c_str()) == 0 ? 0 : errno;
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, file.path.c_str(), RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  // A file system without that flag: a hard link does not replace either.
  if (::link(from.c_str(), file.path.c_str()) != 0) return errno;
  ::unlink(from.c_str());
  return 0;
}

}  // namespace

Outcome write_file(const NewFile& file, BytesView bytes) {
  std::string temporary = file.path + ".XXXXXX";
  Descriptor out(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!out.ok()) return storage_error(file.path, errno);
  int reason = 0;
  if (::fchmod(out.number(), file.mode) != 0 || !write_all(out.number(), bytes) ||
      ::fsync(out.number()) != 0)
    reason = errno;
  if (!out.close() && reason == 0) reason = errno;
  if (reason == 0) reason = move_into_place(temporary, file);
  if (reason != 0) {
    ::unlink(temporary.c_str());
    if (reason == EEXIST) return refusal("file_exists", {{"path", file.path}});
    return storage_error(file.path, reason);
  }
  return sync_folder(folder_of(file.path));
}

Result<std::optional<FileContent>> read_file(const std::string& path, std::size_t bytes_max) {
  // Not blocking: opening a named pipe would otherwise wait for a writer.
  Descriptor in(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!in.ok() && errno == ENOENT) return std::optional<FileContent>{};
  if (!in.ok()) return storage_error(path, errno);
  struct stat about {};
  if (::fstat(in.number(), &about) != 0) return storage_error(path, errno);
  if (!S_ISREG(about.st_mode)) return refusal("not_a_file", {{"path", path}});
  if (about.st_size < 0 || static_cast<std::size_t>(about.st_size) > bytes_max)
    return refusal("file_too_large", {{"path", path}, {"bytes_max", std::to_string(bytes_max)}});
  FileContent content{Bytes(static_cast<std::size_t>(about.st_size)), about.st_mode & 07777U};
  std::size_t have = 0;
  while (have < content.bytes.size()) {
    const ssize_t count =
        ::read(in.number(), content.bytes.data() + have, content.bytes.size() - have);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return storage_error(path, errno);
    if (count == 0) return storage_error(path, EIO);  // it shrank while it was read
    have += static_cast<std::size_t>(count);
  }
  return std::optional<FileContent>{std::move(content)};
}

Outcome destroy_file(const std::string& path, BytesView bytes) {
  Descriptor out(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!out.ok() && errno == ENOENT) return Done{};
  if (!out.ok()) return storage_error(path, errno);
  if (!write_all(out.number(), bytes) || ::fsync(out.number()) != 0)
    return storage_error(path, errno);
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return storage_error(path, errno);
  return sync_folder(folder_of(path));
}

Outcome make_folder(const std::string& path, unsigned mode) {
  if (::mkdir(path.c_str(), mode) == 0) return sync_folder(folder_of(path));
  if (errno != EEXIST) return storage_error(path, errno);
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return storage_error(path, errno);
  if (!S_ISDIR(about.st_mode)) return storage_error(path, ENOTDIR);
  return Done{};
}

Outcome sync_folder(const std::string& path) {
  Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.ok()) return storage_error(path, errno);
  if (::fsync(folder.number()) != 0) return storage_error(path, errno);
  return Done{};
}

}  // namespace tz
