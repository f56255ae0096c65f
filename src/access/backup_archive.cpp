// Sealing, streaming and unpacking; every length is checked before it is believed.
#include "access/backup_archive.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "access/secret_text.h"
#include "access/sodium_ready.h"
#include "base/file.h"
#include "base/sha256.h"

namespace tz::access {
namespace {

constexpr std::string_view kMagic = "taizhang-backup 1\n";
constexpr std::string_view kRecipientPrefix = "tzb_";
constexpr std::size_t kSealedBytes = crypto_box_SEALBYTES + 32;
constexpr std::size_t kTagBytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t kNameBytesMax = 512;
static_assert(kSealedBytes == 80);
static_assert(crypto_secretstream_xchacha20poly1305_HEADERBYTES == 24);

using Stream = crypto_secretstream_xchacha20poly1305_state;
struct Closer {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closer>;

Error malformed(const char* why) { return refusal("backup_malformed", {{"why", why}}); }
Error failed(const std::string& path) {
  const bool full = errno == ENOSPC || errno == EDQUOT;
  return failure(full ? "storage_full" : "storage_failed",
                 {{"path", path}, {"why", std::strerror(errno)}});
}

// Below the folder it is unpacked into, and nowhere else.
bool valid_name(std::string_view name) {
  if (name.empty() || name.size() > kNameBytesMax || name.front() == '/') return false;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    const std::string_view piece = name.substr(at, end - at);
    if (piece.empty() || piece == "." || piece == "..") return false;
    at = end + 1;
  }
  return std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

}  // namespace

std::string to_text(const BackupRecipient& recipient) {
  return std::string(kRecipientPrefix) + to_base64url(recipient);
}

Result<BackupRecipient> parse_backup_recipient(std::string_view text) {
  need_sodium();
  const Error bad = refusal("backup_recipient_bad", {{"text", std::string(text.substr(0, 60))}});
  if (!text.starts_with(kRecipientPrefix)) return bad;
  text.remove_prefix(kRecipientPrefix.size());
  BackupRecipient out{};
  std::size_t size = 0;
  if (sodium_base642bin(out.data(), out.size(), text.data(), text.size(), nullptr, &size, nullptr,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      size != out.size() || to_base64url(out) != text)
    return bad;
  return out;
}

BackupRecipient recipient_of(const SecretKey& secret) {
  need_sodium();
  BackupRecipient out{};
  TZ_ASSERT(crypto_scalarmult_base(out.data(), secret.data()) == 0);
  return out;
}

BackupKey new_backup_key(Random& random) {
  BackupKey key;
  random.fill(key.secret);
  key.recipient = recipient_of(key.secret);
  return key;
}

Result<BackupHeader> parse_backup_header(BytesView bytes) {
  ByteReader in(bytes);
  if (as_text(in.raw(kMagic.size())) != kMagic) return malformed("format");
  BackupHeader out;
  const std::uint8_t kind = in.u8();
  if (kind != 1 && kind != 2) return malformed("format");
  out.kind = static_cast<BackupKind>(kind);
  const std::uint8_t count = in.u8();
  if (count < 1 || count > kBackupRecipientsMax) return malformed("format");
  for (std::uint8_t i = 0; i < count; ++i) {
    BackupHeader::Sealed one;
    const BytesView recipient = in.raw(one.recipient.size());
    std::copy(recipient.begin(), recipient.end(), one.recipient.begin());
    const BytesView key = in.raw(one.key.size());
    std::copy(key.begin(), key.end(), one.key.begin());
    out.recipients.push_back(one);
  }
  const BytesView stream = in.raw(out.stream.size());
  std::copy(stream.begin(), stream.end(), out.stream.begin());
  if (!in.ok()) return malformed("cut");
  out.bytes = bytes.size() - in.rest().size();
  return out;
}

struct BackupWriter::Inside {
  std::string path;
  std::string unfinished;
  File file;
  Stream stream{};
  Hash header{};
  Bytes held;  // plain bytes of the next chunk
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;

  Outcome write(BytesView data) {
    if (std::fwrite(data.data(), 1, data.size(), file.get()) != data.size())
      return failed(unfinished);
    return Done{};
  }
  Outcome push(unsigned char tag) {
    Bytes chunk;
    ByteWriter(chunk).u32(static_cast<std::uint32_t>(held.size() + kTagBytes));
    chunk.resize(4 + held.size() + kTagBytes);
    TZ_ASSERT(crypto_secretstream_xchacha20poly1305_push(&stream, chunk.data() + 4, nullptr,
                                                         held.data(), held.size(), header.data(),
                                                         header.size(), tag) == 0);
    sodium_memzero(held.data(), held.size());
    held.clear();
    return write(chunk);
  }
  Outcome take(BytesView data) {
    while (!data.empty()) {
      const std::size_t some = std::min(data.size(), kBackupChunkBytes - held.size());
      held.insert(held.end(), data.begin(), data.begin() + static_cast<std::ptrdiff_t>(some));
      data = data.subspan(some);
      if (held.size() == kBackupChunkBytes) TZ_TRY(push(0));
    }
    return Done{};
  }
};

BackupWriter::BackupWriter(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

BackupWriter::~BackupWriter() {
  if (!inside_) return;
  sodium_memzero(&inside_->stream, sizeof inside_->stream);
  if (inside_->file) ::unlink(inside_->unfinished.c_str());
}

Result<std::unique_ptr<BackupWriter>> BackupWriter::create(const Place& place,
                                                           const std::vector<BackupRecipient>& to,
                                                           Random& random) {
  need_sodium();
  if (to.empty()) return refusal("backup_recipient_missing");
  if (to.size() > kBackupRecipientsMax)
    return refusal("list_too_long",
                   {{"field", "recipient"}, {"count_max", std::to_string(kBackupRecipientsMax)}});
  std::error_code code;
  if (std::filesystem::exists(place.path, code))
    return refusal("file_exists", {{"path", place.path}});
  auto inside = std::make_unique<Inside>();
  inside->path = place.path;
  inside->unfinished = place.path + ".unfinished";
  const int fd = ::open(inside->unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return failed(inside->unfinished);
  inside->file.reset(::fdopen(fd, "wb"));
  SecretKey key{};
  random.fill(key);
  Bytes header;
  ByteWriter out(header);
  out.raw(as_bytes(kMagic));
  out.u8(static_cast<std::uint8_t>(place.kind));
  out.u8(static_cast<std::uint8_t>(to.size()));
  for (const BackupRecipient& recipient : to) {
    std::array<std::uint8_t, kSealedBytes> sealed{};
    if (crypto_box_seal(sealed.data(), key.data(), key.size(), recipient.data()) != 0)
      return refusal("backup_recipient_bad", {{"text", to_text(recipient)}});
    out.raw(recipient);
    out.raw(sealed);
  }
  std::array<std::uint8_t, 24> stream{};
  TZ_ASSERT(crypto_secretstream_xchacha20poly1305_init_push(&inside->stream, stream.data(),
                                                            key.data()) == 0);
  sodium_memzero(key.data(), key.size());
  out.raw(stream);
  inside->header = sha256(header);
  TZ_TRY(inside->write(header));
  return std::unique_ptr<BackupWriter>(new BackupWriter(std::move(inside)));
}

Outcome BackupWriter::add(const std::string& name, const std::string& path) {
  TZ_ASSERT(valid_name(name));
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0 && errno == ENOENT) return refusal("file_missing", {{"path", path}});
  if (fd < 0) return failed(path);
  const File file(::fdopen(fd, "rb"));
  struct stat about {};
  if (::fstat(fd, &about) != 0) return failed(path);
  if (!S_ISREG(about.st_mode)) return refusal("not_a_file", {{"path", path}});
  auto left = static_cast<std::uint64_t>(about.st_size);
  Bytes head;
  ByteWriter out(head);
  out.u8(1);
  out.u16(static_cast<std::uint16_t>(name.size()));
  out.raw(as_bytes(name));
  out.u16(static_cast<std::uint16_t>(about.st_mode & 0777U));
  out.u64(left);
  TZ_TRY(inside_->take(head));
  Bytes buffer(kBackupChunkBytes);
  while (left > 0) {
    const std::size_t wanted = std::min<std::uint64_t>(left, buffer.size());
    if (std::fread(buffer.data(), 1, wanted, file.get()) != wanted)
      return failure("storage_failed", {{"path", path}, {"why", "it became shorter meanwhile"}});
    TZ_TRY(inside_->take(BytesView(buffer).first(wanted)));
    left -= wanted;
    inside_->bytes += wanted;
  }
  sodium_memzero(buffer.data(), buffer.size());
  ++inside_->entries;
  return Done{};
}

Outcome BackupWriter::finish() {
  Bytes end;
  ByteWriter out(end);
  out.u8(0);
  out.u64(inside_->entries);
  TZ_TRY(inside_->take(end));
  TZ_TRY(inside_->push(crypto_secretstream_xchacha20poly1305_TAG_FINAL));
  std::FILE* file = inside_->file.get();
  if (std::fflush(file) != 0 || ::fsync(::fileno(file)) != 0) return failed(inside_->unfinished);
  if (::rename(inside_->unfinished.c_str(), inside_->path.c_str()) != 0)
    return failed(inside_->path);
  inside_->file.reset();
  const std::filesystem::path folder = std::filesystem::path(inside_->path).parent_path();
  return sync_folder(folder.empty() ? "." : folder.string());
}

std::uint64_t BackupWriter::entries() const { return inside_->entries; }
std::uint64_t BackupWriter::bytes() const { return inside_->bytes; }

namespace {

// The plain bytes of an archive, chunk by chunk, each only once it holds.
class PlainReader {
 public:
  static Result<PlainReader> open(const BackupSource& source, const SecretKey& secret) {
    PlainReader reader;
    reader.path_ = source.path;
    reader.file_.reset(std::fopen(source.path.c_str(), "rbe"));
    if (!reader.file_) {
      if (errno == ENOENT) return refusal("file_missing", {{"path", source.path}});
      return failed(source.path);
    }
    TZ_TRY(reader.begin(source.kind, secret));
    return reader;
  }

  Result<Bytes> take(std::size_t count) {
    Bytes out;
    out.reserve(std::min(count, kBackupChunkBytes));
    while (out.size() < count) {
      const BytesView some = TZ_TRY(take_some(count - out.size()));
      out.insert(out.end(), some.begin(), some.end());
    }
    return out;
  }
  // At least one byte, valid until the next call.
  Result<BytesView> take_some(std::size_t count_max) {
    while (at_ == held_.size()) TZ_TRY(next());
    const std::size_t some = std::min(count_max, held_.size() - at_);
    const BytesView out = BytesView(held_).subspan(at_, some);
    at_ += some;
    return out;
  }
  // Whether all of it has been taken, and it ended as it should.
  Outcome at_end() {
    std::uint8_t more = 0;
    if (!final_ || at_ != held_.size()) return malformed("cut");
    if (std::fread(&more, 1, 1, file_.get()) != 0) return malformed("too_long");
    return Done{};
  }

 private:
  Outcome begin(BackupKind kind, const SecretKey& secret) {
    Bytes head(kBackupHeaderBytesMax);
    head.resize(std::fread(head.data(), 1, head.size(), file_.get()));
    const BackupHeader header = TZ_TRY(parse_backup_header(head));
    if (header.kind != kind) return malformed("kind");
    header_ = sha256(BytesView(head).first(header.bytes));
    if (std::fseek(file_.get(), static_cast<long>(header.bytes), SEEK_SET) != 0)
      return failed(path_);
    const BackupRecipient own = recipient_of(secret);
    for (const BackupHeader::Sealed& one : header.recipients) {
      if (one.recipient != own) continue;
      SecretKey key{};
      if (crypto_box_seal_open(key.data(), one.key.data(), one.key.size(), own.data(),
                               secret.data()) != 0)
        return malformed("key");
      const int begun = crypto_secretstream_xchacha20poly1305_init_pull(
          &stream_, header.stream.data(), key.data());
      sodium_memzero(key.data(), key.size());
      if (begun != 0) return malformed("format");
      return Done{};
    }
    return refusal("backup_key_wrong", {{"path", path_}});
  }
  Outcome next() {
    if (final_) return malformed("cut");
    Bytes length(4);
    if (std::fread(length.data(), 1, 4, file_.get()) != 4) return malformed("cut");
    const std::uint32_t size = ByteReader(length).u32();
    if (size < kTagBytes || size > kBackupChunkBytes + kTagBytes) return malformed("chunk");
    Bytes chunk(size);
    if (std::fread(chunk.data(), 1, size, file_.get()) != size) return malformed("cut");
    held_.assign(size - kTagBytes, 0);
    at_ = 0;
    unsigned char tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&stream_, held_.data(), nullptr, &tag,
                                                   chunk.data(), chunk.size(), header_.data(),
                                                   header_.size()) != 0)
      return malformed("changed");
    final_ = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return Done{};
  }

  std::string path_;
  File file_;
  Stream stream_{};
  Hash header_{};
  Bytes held_;
  std::size_t at_ = 0;
  bool final_ = false;
};

Outcome unpack_one(PlainReader& reader, const std::string& folder) {
  const Bytes length = TZ_TRY(reader.take(2));
  const std::uint16_t name_bytes = ByteReader(length).u16();
  if (name_bytes > kNameBytesMax) return malformed("name");
  const Bytes name_raw = TZ_TRY(reader.take(name_bytes));
  const std::string name(as_text(name_raw));
  if (!valid_name(name)) return malformed("name");
  const Bytes about = TZ_TRY(reader.take(10));
  ByteReader in(about);
  const mode_t mode = in.u16() & 0700U;  // nobody else's, whatever it was
  std::uint64_t left = in.u64();
  const std::string path = folder + "/" + name;
  const std::string place = std::filesystem::path(path).parent_path().string();
  std::error_code code;
  std::filesystem::create_directories(place, code);
  for (std::string each = place; each.size() > folder.size() && !code;
       each = std::filesystem::path(each).parent_path().string())
    std::filesystem::permissions(each, std::filesystem::perms::owner_all, code);
  if (code) return failure("storage_failed", {{"path", place}, {"why", code.message()}});
  const int fd =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode | 0600U);
  if (fd < 0 && errno == EEXIST) return malformed("name_twice");
  if (fd < 0) return failed(path);
  const File file(::fdopen(fd, "wb"));
  while (left > 0) {
    const BytesView some =
        TZ_TRY(reader.take_some(std::min<std::uint64_t>(left, kBackupChunkBytes)));
    if (std::fwrite(some.data(), 1, some.size(), file.get()) != some.size()) return failed(path);
    left -= some.size();
  }
  if (std::fflush(file.get()) != 0 || ::fsync(fd) != 0) return failed(path);
  return Done{};
}

}  // namespace

Result<std::uint64_t> unpack_backup(const BackupSource& source, const SecretKey& secret,
                                    const std::string& folder) {
  need_sodium();
  PlainReader reader = TZ_TRY(PlainReader::open(source, secret));
  for (std::uint64_t count = 0;; ++count) {
    const Bytes more = TZ_TRY(reader.take(1));
    if (more[0] > 1) return malformed("entry");
    if (more[0] == 1) {
      TZ_TRY(unpack_one(reader, folder));
      continue;
    }
    const Bytes told = TZ_TRY(reader.take(8));
    if (ByteReader(told).u64() != count) return malformed("cut");
    TZ_TRY(reader.at_end());
    return count;
  }
}

}  // namespace tz::access
