// Reading in pieces, so that a month of rows need not fit into memory.
#include "access/audit_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace tz::access {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{256} << 10;
constexpr std::string_view kEnding = ".log";
constexpr std::size_t kMonthChars = 7;   // "2026-11"
constexpr std::size_t kFirstChars = 12;  // "000000001234"

Error failed(const std::string& path, int reason) {
  return failure("storage_failed",
                 {{"path", path}, {"why", std::generic_category().message(reason)}});
}

// An open file, closed with its owner.
class Opened {
 public:
  explicit Opened(const std::string& path)
      : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) {}
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  ~Opened() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] bool ok() const { return number_ >= 0; }
  // As many bytes of the place as there are, at most all of `out`.
  Result<std::size_t> read(const std::string& path, std::uint64_t at, std::span<char> out) const {
    std::size_t have = 0;
    while (have < out.size()) {
      const ssize_t got =
          ::pread(number_, out.data() + have, out.size() - have, static_cast<off_t>(at + have));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return failed(path, errno);
      if (got == 0) break;
      have += static_cast<std::size_t>(got);
    }
    return have;
  }

 private:
  int number_;
};

std::optional<std::uint64_t> first_of(const std::string& name) {
  const std::size_t at = kMonthChars + 1;
  if (name.size() != at + kFirstChars + kEnding.size() || !name.ends_with(kEnding))
    return std::nullopt;
  std::uint64_t first = 0;
  for (std::size_t i = 0; i < at + kFirstChars; ++i) {
    const char c = name[i];
    const bool dash = i == 4 || i == kMonthChars;
    if (dash ? c != '-' : c < '0' || c > '9') return std::nullopt;
    if (i >= at) first = first * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return first;
}

Error too_long(const AuditSegment& segment, std::size_t line) {
  return failure("audit_damaged", {{"file", segment.name}, {"line", std::to_string(line)}});
}

}  // namespace

std::string audit_segment_name(Instant first_at, std::uint64_t first) {
  const std::string number = std::to_string(first);
  TZ_ASSERT(number.size() <= kFirstChars);
  return to_text(day_of(first_at, {"UTC", 0})).substr(0, kMonthChars) + "-" +
         std::string(kFirstChars - number.size(), '0') + number + std::string(kEnding);
}

Result<std::vector<AuditSegment>> audit_segments(const std::string& folder) {
  std::error_code fault;
  std::vector<AuditSegment> out;
  for (std::filesystem::directory_iterator at(folder, fault), end; !fault && at != end;
       at.increment(fault)) {
    AuditSegment segment;
    segment.path = at->path().string();
    segment.name = at->path().filename().string();
    const auto first = first_of(segment.name);
    if (!first) continue;
    segment.first = *first;
    segment.bytes = at->file_size(fault);
    out.push_back(std::move(segment));
  }
  if (fault) return failure("storage_failed", {{"path", folder}, {"why", fault.message()}});
  std::sort(out.begin(), out.end(), [](const AuditSegment& a, const AuditSegment& b) {
    return std::pair(a.first, a.name) < std::pair(b.first, b.name);
  });
  return out;
}

Result<std::uint64_t> read_audit_lines(
    const AuditSegment& segment,
    const std::function<bool(std::size_t number, std::string_view line)>& line) {
  const Opened file(segment.path);
  if (!file.ok()) return failed(segment.path, errno);
  std::string held;
  std::string piece(kPieceBytes, '\0');
  std::uint64_t at = 0;     // of the first byte not read
  std::uint64_t whole = 0;  // bytes of lines given
  std::size_t number = 0;
  for (;;) {
    const std::size_t got = TZ_TRY(file.read(segment.path, at, piece));
    at += got;
    held.append(piece, 0, got);
    std::size_t from = 0;
    for (std::size_t end = held.find('\n'); end != std::string::npos; end = held.find('\n', from)) {
      if (!line(++number, std::string_view(held).substr(from, end - from))) return whole;
      whole += end + 1 - from;
      from = end + 1;
    }
    held.erase(0, from);
    if (held.size() > kAuditRowBytesMax) return too_long(segment, number + 1);
    if (got == 0) return whole;
  }
}

Outcome read_audit_lines_backwards(const AuditSegment& segment,
                                   const std::function<bool(std::string_view line)>& line) {
  const Opened file(segment.path);
  if (!file.ok()) return failed(segment.path, errno);
  std::string held;  // what stands before the lines given, from `at` on
  std::uint64_t at = segment.bytes;
  bool ended = false;  // a line end was seen: what stands behind the last one is no line
  std::string piece(kPieceBytes, '\0');
  while (at > 0) {
    const std::size_t wanted = std::min<std::uint64_t>(at, kPieceBytes);
    const std::size_t got = TZ_TRY(file.read(segment.path, at - wanted, {piece.data(), wanted}));
    if (got != wanted) return failed(segment.path, EIO);
    at -= wanted;
    held.insert(0, piece, 0, wanted);
    std::size_t end = held.rfind('\n');
    while (end != std::string::npos) {
      if (ended && !line(std::string_view(held).substr(end + 1))) return Done{};
      ended = true;
      held.resize(end);
      end = held.rfind('\n');
    }
    if (held.size() > kAuditRowBytesMax && ended) return too_long(segment, 0);
  }
  if (ended) line(held);
  return Done{};
}

}  // namespace tz::access
