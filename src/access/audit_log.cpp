// Appending to the newest file; one thread syncs it for all who wait.
#include "access/audit_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "access/audit_files.h"
#include "base/file.h"

namespace tz::access {
namespace {

constexpr std::uint64_t kReserveBytes = 256 << 10;
constexpr auto kSyncAfter = std::chrono::seconds(1);
constexpr std::size_t kMonthChars = 7;

Error storage_error(const std::string& path, int reason) {
  const char* code = reason == ENOSPC || reason == EDQUOT ? "storage_full" : "storage_failed";
  return failure(code, {{"path", path}, {"why", std::generic_category().message(reason)}});
}

Error damaged(const AuditSegment& segment, std::size_t line) {
  return failure("audit_damaged", {{"file", segment.name}, {"line", std::to_string(line)}});
}

// What the newest file says: it is read whole, and its chain with it.
struct Ending {
  AuditHead head;
  Instant last_at;
  std::uint64_t whole_bytes = 0;
  bool begun = false;  // its header is there
};

Result<Ending> read_ending(const AuditSegment& segment) {
  Ending out;
  std::size_t wrong = 0;
  std::string last;
  const auto line_is_right = [&](std::size_t number, std::string_view line) {
    if (number == 1) {
      const auto header = read_audit_header(line);
      out.begun = header && header->rows == segment.first;
      if (header) out.head = *header;
      if (!out.begun) wrong = number;
      return out.begun;
    }
    const auto row = read_audit_line(line);
    if (!row || row->seq != out.head.rows || audit_hash_of(line, out.head.hash) != row->hash) {
      wrong = number;
      return false;
    }
    out.head = {row->seq + 1, row->hash};
    out.last_at = row->at;
    return true;
  };
  out.whole_bytes = TZ_TRY(read_audit_lines(segment, line_is_right));
  if (wrong != 0) return damaged(segment, wrong);
  return out;
}

}  // namespace

struct AuditLog::File {
  int number = -1;
  std::string path;
  ~File() {
    if (number >= 0) ::close(number);
  }
  [[nodiscard]] Outcome sync() const {
    return ::fdatasync(number) == 0 ? Outcome(Done{}) : Outcome(storage_error(path, errno));
  }
};

AuditLog::AuditLog(AuditPlace place, Clock& clock) : place_(std::move(place)), clock_(clock) {}

Result<std::unique_ptr<AuditLog>> AuditLog::open(AuditPlace place, Clock& clock,
                                                 const std::optional<AuditHead>& known) {
  std::unique_ptr<AuditLog> log(new AuditLog(std::move(place), clock));
  TZ_TRY(make_folder(log->place_.folder, 0700));
  TZ_TRY(log->take_over(known));
  TZ_TRY(log->drop_old());
  log->syncing_ = std::thread([raw = log.get()] { raw->sync_loop(); });
  return log;
}

AuditLog::~AuditLog() {
  if (!syncing_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  syncing_.join();
}

Outcome AuditLog::take_over(const std::optional<AuditHead>& known) {
  auto segments = TZ_TRY(audit_segments(place_.folder));
  Ending ending;
  while (!segments.empty()) {
    ending = TZ_TRY(read_ending(segments.back()));
    if (ending.begun) break;
    // A crash came between making the file and its first line.
    if (::unlink(segments.back().path.c_str()) != 0)
      return storage_error(segments.back().path, errno);
    segments.pop_back();
  }
  if (segments.empty()) {
    if (known && known->rows > 0)
      return refusal("audit_missing", {{"rows", std::to_string(known->rows)}});
    return Done{};
  }
  const AuditSegment& newest = segments.back();
  written_ = durable_ = ending.head;
  last_at_ = ending.last_at;
  if (known) TZ_TRY(check_known(*known));
  file_ = std::make_shared<File>();
  file_->path = newest.path;
  file_->number = ::open(newest.path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
  if (file_->number < 0) return storage_error(newest.path, errno);
  if (ending.whole_bytes != newest.bytes &&
      ::ftruncate(file_->number, static_cast<off_t>(ending.whole_bytes)) != 0)
    return storage_error(newest.path, errno);
  size_ = reserved_ = ending.whole_bytes;
  month_ = newest.name.substr(0, kMonthChars);
  for (const AuditSegment& segment : segments) others_ += segment.bytes;
  others_ -= newest.bytes;
  return file_->sync();
}

Outcome AuditLog::check_known(const AuditHead& known) const {
  if (known.rows > written_.rows)
    return refusal("audit_cut", {{"rows", std::to_string(known.rows)},
                                 {"found", std::to_string(written_.rows)}});
  const auto segments = TZ_TRY(audit_segments(place_.folder));
  const AuditSegment* holding = nullptr;
  for (const AuditSegment& segment : segments)
    if (segment.first < known.rows) holding = &segment;
  if (holding == nullptr) return Done{};  // its rows were dropped by the rules since
  bool same = false;
  TZ_TRY(read_audit_lines(*holding, [&](std::size_t number, std::string_view line) {
    if (number < known.rows - holding->first + 1) return true;
    const auto row = read_audit_line(line);
    same = row && row->seq + 1 == known.rows && row->hash == known.hash;
    return false;
  }));
  if (!same) return refusal("audit_changed", {{"rows", std::to_string(known.rows)}});
  return Done{};
}

Outcome AuditLog::begin_segment(Instant at) {
  auto next = std::make_shared<File>();
  const std::string name = audit_segment_name(at, written_.rows);
  next->path = place_.folder + "/" + name;
  next->number = ::open(next->path.c_str(),
                        O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (next->number < 0) return storage_error(next->path, errno);
  const std::string header = audit_header(written_);
  const auto room = static_cast<off_t>(header.size() + (held_ + 1) * kAuditRowBytesMax);
  int reason = 0;
  if (::fallocate(next->number, FALLOC_FL_KEEP_SIZE, 0, room) != 0 && errno != EOPNOTSUPP)
    reason = errno;
  if (reason == 0 &&
      ::write(next->number, header.data(), header.size()) != static_cast<ssize_t>(header.size()))
    reason = ENOSPC;
  if (reason != 0) {
    ::unlink(next->path.c_str());
    return storage_error(next->path, reason);
  }
  TZ_TRY(sync_folder(place_.folder));
  if (file_) TZ_TRY(file_->sync());
  if (file_) durable_ = written_;
  file_ = std::move(next);
  others_ += size_;
  size_ = header.size();
  reserved_ = static_cast<std::uint64_t>(room);
  month_ = name.substr(0, kMonthChars);
  month_began_ = true;
  return Done{};
}

Outcome AuditLog::make_room(std::uint64_t bytes) {
  const Error full = failure("audit_full", {{"folder", place_.folder}});
  if (others_ + size_ + bytes > place_.rules.bytes_max) return full;
  if (!file_) {
    const Outcome begun = begin_segment(clock_.now());
    if (!begun.ok()) return begun.error().code == "storage_full" ? Outcome(full) : begun;
  }
  if (size_ + bytes <= reserved_) return Done{};
  for (const std::uint64_t more : {bytes + kReserveBytes, bytes}) {
    const int reason =
        ::fallocate(file_->number, FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(size_ + more)) == 0
            ? 0
            : errno;
    // A file system that cannot set room aside: a full disk is then met by append().
    if (reason == 0 || reason == EOPNOTSUPP) {
      reserved_ = size_ + more;
      return Done{};
    }
    if (reason != ENOSPC && reason != EDQUOT && reason != EFBIG)
      return storage_error(file_->path, reason);
  }
  return full;
}

Outcome AuditLog::hold() {
  const std::lock_guard lock(mutex_);
  if (broken_) return *broken_;
  TZ_TRY(make_room((held_ + 1) * kAuditRowBytesMax));
  ++held_;
  return Done{};
}

void AuditLog::release() {
  const std::lock_guard lock(mutex_);
  TZ_ASSERT(held_ > 0);
  --held_;
}

Result<std::uint64_t> AuditLog::write_row(const AuditRow& row) {
  StoredAuditRow stored;
  stored.at = Instant{std::max(clock_.now(), last_at_).us / 1000 * 1000};
  // Where there is no room for a new month's file, the rows go on in the old one.
  if (audit_segment_name(stored.at, 0).substr(0, kMonthChars) > month_)
    (void)begin_segment(stored.at).ok();
  stored.seq = written_.rows;
  stored.row = row;
  const std::string line = audit_line(stored, written_.hash);
  const ssize_t count = ::write(file_->number, line.data(), line.size());
  if (count != static_cast<ssize_t>(line.size())) {
    const int reason = count < 0 ? errno : ENOSPC;
    broken_ = failure("audit_failed",
                      {{"path", file_->path}, {"why", std::generic_category().message(reason)}});
    return *broken_;
  }
  size_ += line.size();
  written_ = {stored.seq + 1, stored.hash};
  last_at_ = stored.at;
  return stored.seq;
}

Result<std::uint64_t> AuditLog::append(const AuditRow& row) {
  const std::lock_guard lock(mutex_);
  TZ_ASSERT(held_ > 0);
  --held_;
  if (broken_) return *broken_;
  const bool first_unsynced = written_.rows == durable_.rows;
  auto seq = write_row(row);
  if (first_unsynced) changed_.notify_all();
  return seq;
}

void AuditLog::when_durable(std::uint64_t seq, std::function<void(Outcome)> done) {
  std::unique_lock lock(mutex_);
  if (durable_.rows <= seq && !broken_) {
    waiting_.push_back({seq, std::move(done)});
    changed_.notify_all();
    return;
  }
  const Outcome outcome = durable_.rows > seq ? Outcome(Done{}) : Outcome(*broken_);
  lock.unlock();
  done(outcome);
}

Outcome AuditLog::record(const AuditRow& row) {
  TZ_TRY(hold());
  const std::uint64_t seq = TZ_TRY(append(row));
  std::mutex mutex;
  std::condition_variable answered;
  std::optional<Outcome> outcome;
  when_durable(seq, [&](const Outcome& done) {
    const std::lock_guard lock(mutex);
    outcome = done;
    answered.notify_all();
  });
  std::unique_lock lock(mutex);
  answered.wait(lock, [&] { return outcome.has_value(); });
  return *outcome;
}

AuditHead AuditLog::durable() const {
  const std::lock_guard lock(mutex_);
  return durable_;
}

void AuditLog::sync_loop() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] {
      return stopping_ || (!broken_ && written_.rows > durable_.rows) || !waiting_.empty();
    });
    // Rows that nobody waits for are synced together.
    changed_.wait_for(lock, kSyncAfter, [&] { return stopping_ || !waiting_.empty(); });
    // Tried again with the next month's file, or the next start.
    if (std::exchange(month_began_, false) && !broken_) (void)drop_old().ok();
    const AuditHead target = written_;
    if (!broken_ && target.rows > durable_.rows) {
      const std::shared_ptr<File> file = file_;
      lock.unlock();
      const Outcome synced = file->sync();
      lock.lock();
      if (!synced.ok())
        broken_ = failure("audit_failed", synced.error().facts);
      else if (target.rows > durable_.rows)
        durable_ = target;
    }
    std::vector<Waiting> answered;
    std::erase_if(waiting_, [&](Waiting& each) {
      const bool now = broken_ || each.seq < durable_.rows;
      if (now) answered.push_back(std::move(each));
      return now;
    });
    const std::uint64_t rows = durable_.rows;
    const std::optional<Error> broken = broken_;
    lock.unlock();
    for (const Waiting& each : answered)
      each.done(each.seq < rows ? Outcome(Done{}) : Outcome(*broken));
    lock.lock();
    if (stopping_ && waiting_.empty() && (broken_ || written_.rows == durable_.rows)) return;
  }
}

Outcome AuditLog::drop_old() {
  const auto segments = TZ_TRY(audit_segments(place_.folder));
  const Instant oldest{clock_.now().us - place_.rules.keep_days * kDayUs};
  std::size_t dropped = 0;
  AuditHead before;
  // A file goes when the next one's first row is older already: so are all of its own.
  for (std::size_t i = 1; i < segments.size(); ++i) {
    std::optional<AuditHead> header;
    std::optional<StoredAuditRow> first;
    TZ_TRY(read_audit_lines(segments[i], [&](std::size_t number, std::string_view line) {
      if (number == 1) header = read_audit_header(line);
      if (number == 2) first = read_audit_line(line);
      return number == 1;
    }));
    if (!header || !first || first->at >= oldest) break;
    dropped = i;
    before = *header;
  }
  if (dropped == 0) return Done{};
  // First it is said that they are gone, then they go: what is missing is always accounted for.
  TZ_TRY(make_room((held_ + 1) * kAuditRowBytesMax));
  TZ_TRY(write_row({{}, "program", "program", "audit_dropped", to_text(before), "ok", {}}));
  TZ_TRY(file_->sync());
  durable_ = written_;
  for (std::size_t i = 0; i < dropped; ++i) {
    if (::unlink(segments[i].path.c_str()) != 0) return storage_error(segments[i].path, errno);
    others_ -= std::min(others_, segments[i].bytes);
  }
  return sync_folder(place_.folder);
}

}  // namespace tz::access
