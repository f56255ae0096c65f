// An anonymous file in memory, which libxlsxwriter is given the name of, and its reading back.
#include "exchange/new_workbook.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "exchange/archive.h"

namespace tz::exchange {
namespace {

constexpr std::size_t kSheetsMax = 16;
constexpr std::size_t kCellCharactersMax = 32'000;           // the format's own limit is 32,767
constexpr std::size_t kWorkingBytes = std::size_t{1} << 30;  // what the largest export may take
char memory_folder[] = "/dev/shm";                           // where Linux has it

// Titles are sealed texts: they are kept off the disk where that can be.
char* working_folder() {
  struct statvfs room {};
  if (::statvfs(memory_folder, &room) != 0 || ::access(memory_folder, W_OK) != 0) return nullptr;
  return room.f_bavail * room.f_frsize >= kWorkingBytes ? memory_folder : nullptr;
}

Error storage_failed(const char* path) {
  return failure("storage_failed", {{"path", path}, {"why", std::strerror(errno)}});
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool looks_escaped(std::string_view text) {
  return text.size() >= 7 && text.starts_with("_x") && text[6] == '_' && is_hex(text[2]) &&
         is_hex(text[3]) && is_hex(text[4]) && is_hex(text[5]);
}

// libxlsxwriter does not say when its working file could not be written: the end would be missing.
Outcome check_whole(std::string_view bytes, std::size_t sheets) {
  XlsxLimits limits;
  limits.inflated_bytes_max = std::size_t{8} << 30;
  limits.ratio_max = limits.inflated_bytes_max;
  Archive archive = TZ_TRY(Archive::open(as_bytes(bytes), limits));
  for (std::size_t i = 1; i <= sheets; ++i) {
    constexpr std::string_view kEnd = "</worksheet>";
    std::string last;
    TZ_TRY(archive.read("xl/worksheets/sheet" + std::to_string(i) + ".xml",
                        [&](std::string_view piece) -> Outcome {
                          last += piece.substr(piece.size() - std::min(piece.size(), kEnd.size()));
                          last.erase(0, last.size() - std::min(last.size(), kEnd.size()));
                          return Done{};
                        }));
    if (last != kEnd) return failure("storage_full", {{"path", "tmp"}});
  }
  return Done{};
}

}  // namespace

std::string sheet_text(std::string_view utf8) {
  constexpr std::string_view kReplacement = "\xef\xbf\xbd";
  std::string out;
  out.reserve(utf8.size());
  std::size_t characters = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if ((byte & 0xc0) != 0x80 && ++characters == kCellCharactersMax) return out + "…";
    if (utf8[i] == '_' && looks_escaped(utf8.substr(i))) {
      out += "_x005F_";
    } else if (byte < 0x20 && utf8[i] != '\t' && utf8[i] != '\n') {
      if (utf8[i] != '\r') out += kReplacement;
    } else if (utf8.substr(i).starts_with("\xef\xbf\xbe") ||
               utf8.substr(i).starts_with("\xef\xbf\xbf")) {
      out += kReplacement;
      i += 2;
    } else {
      out += utf8[i];
    }
  }
  return out;
}

double number_of_day(Day day) { return static_cast<double>(day.number) + 25'569; }

class NewWorkbook::MemoryFile {
 public:
  MemoryFile() : fd_(::memfd_create("table.xlsx", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  [[nodiscard]] bool ok() const { return fd_ >= 0; }
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

  [[nodiscard]] Result<std::string> read() const {
    struct stat facts {};
    if (::fstat(fd_, &facts) != 0) return storage_failed("memory");
    std::string out(static_cast<std::size_t>(facts.st_size), '\0');
    for (std::size_t at = 0; at < out.size();) {
      const ssize_t count = ::pread(fd_, out.data() + at, out.size() - at, static_cast<off_t>(at));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return storage_failed("memory");
      at += static_cast<std::size_t>(count);
    }
    return out;
  }

 private:
  int fd_;
};

NewWorkbook::NewWorkbook(std::shared_ptr<MemoryFile> file, lxw_workbook* book)
    : file_(std::move(file)), book_(book) {}

Result<NewWorkbook> NewWorkbook::create(Instant made) {
  auto file = std::make_shared<MemoryFile>();
  if (!file->ok()) return storage_failed("memory");
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = working_folder();
  lxw_workbook* book = workbook_new_opt(file->path().c_str(), &options);
  if (book == nullptr) return storage_failed("memory");
  NewWorkbook out(std::move(file), book);
  lxw_doc_properties properties{};
  properties.created = made.us / 1'000'000;
  workbook_set_properties(book, &properties);
  return out;
}

lxw_worksheet* NewWorkbook::add_sheet(const std::string& name) {
  lxw_worksheet* sheet = workbook_add_worksheet(book_.get(), name.c_str());
  TZ_ASSERT(sheet != nullptr);
  return sheet;
}

lxw_format* NewWorkbook::add_format() { return workbook_add_format(book_.get()); }

Result<std::string> NewWorkbook::finish() {
  const std::size_t sheets = book_->num_worksheets;
  TZ_ASSERT(sheets > 0 && sheets <= kSheetsMax);
  const lxw_error fault = workbook_close(book_.release());  // frees it, whatever comes of it
  if (fault != LXW_NO_ERROR)
    return failure("storage_failed", {{"path", "memory"}, {"why", lxw_strerror(fault)}});
  std::string bytes = TZ_TRY(file_->read());
  const Outcome whole = check_whole(bytes, sheets);
  if (!whole.ok() && whole.error().error_class == ErrorClass::Failure) return whole.error();
  if (!whole.ok()) return failure("storage_failed", {{"path", "memory"}, {"why", "not whole"}});
  return bytes;
}

}  // namespace tz::exchange
