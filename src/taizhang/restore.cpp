// taizhang restore: a backup unpacked beside its place, checked, brought up to date with what was
// erased since, and only then put where it belongs.
#include <fmt/core.h>

#include <filesystem>

#include "access/backup_archive.h"
#include "base/file.h"
#include "engine/verify.h"
#include "programme/file_readers.h"
#include "taizhang/commands.h"
#include "taizhang/erasures.h"

namespace tz::program {
namespace {

namespace fs = std::filesystem;
using access::BackupKind;

constexpr std::size_t kListBytesMax = std::size_t{256} << 20;
constexpr std::size_t kKeyFileBytesMax = 256;
constexpr std::string_view kKeyMagic = "taizhang-backup-key 1\n";

// The folder it is made in, which goes again unless it was put in its place.
class Unfinished {
 public:
  explicit Unfinished(std::string path) : path_(std::move(path)) {}
  ~Unfinished() {
    std::error_code code;
    if (!path_.empty()) fs::remove_all(path_, code);
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }
  Outcome put(const std::string& folder) {
    std::error_code code;
    fs::remove(folder, code);  // an empty one
    if (!code) fs::rename(path_, folder, code);
    if (code) return failure("storage_failed", {{"path", folder}, {"why", code.message()}});
    path_.clear();
    const fs::path above = fs::path(folder).parent_path();
    return sync_folder(above.empty() ? "." : above.string());
  }

 private:
  std::string path_;
};

Result<access::SecretKey> read_backup_key(const std::string& path) {
  const auto file = TZ_TRY(read_file(path, kKeyFileBytesMax));
  if (!file) return refusal("file_missing", {{"path", path}});
  const Error bad = refusal("backup_key_bad", {{"path", path}});
  const std::string_view text = as_text(file->bytes);
  if ((file->mode & 077) != 0 || !text.starts_with(kKeyMagic)) return bad;
  std::string_view hex = text.substr(kKeyMagic.size());
  if (!hex.ends_with('\n')) return bad;
  const auto bytes = from_hex(hex.substr(0, hex.size() - 1));
  access::SecretKey key{};
  if (!bytes.ok() || bytes->size() != key.size()) return bad;
  std::copy(bytes->begin(), bytes->end(), key.begin());
  return key;
}

Outcome check(const std::string& folder) {
  engine::VerifyRequest request;
  request.key = TZ_TRY(read_verifier_key(folder));
  request.snapshot_folder = folder + "/snapshot";
  request.readers = programme::file_readers();
  const auto reader = TZ_TRY(open_reader(folder));
  const auto report = TZ_TRY(engine::verify(*reader, request));
  if (report.findings.empty()) return Done{};
  return refusal("backup_unsound", {{"code", report.findings.front().code}});
}

struct Restored {
  std::uint64_t files = 0;
  std::uint64_t records = 0;
  std::size_t erased = 0;
};

Result<std::size_t> erase_again(const RestoreOptions& options, OpenLedger& ledger) {
  if (options.without_erasures) return std::size_t{0};
  const auto file = TZ_TRY(read_file(options.erasures, kListBytesMax));
  if (!file) return refusal("file_missing", {{"path", options.erasures}});
  const auto key = TZ_TRY(read_verifier_key(ledger.folder));
  const auto list = TZ_TRY(engine::parse_erasures(as_text(file->bytes), key));
  return replay_erasures(ledger, list);
}

Result<Restored> restore(const RestoreOptions& options) {
  std::error_code code;
  if (options.erasures.empty() && !options.without_erasures) return refusal("erasures_needed");
  const access::SecretKey key = TZ_TRY(read_backup_key(options.key));
  if (fs::exists(options.folder, code) && !fs::is_empty(options.folder, code))
    return refusal("folder_not_empty", {{"path", options.folder}});
  const std::string place = fs::path(options.folder).lexically_normal().string() + ".restoring";
  if (fs::exists(place, code)) return refusal("folder_not_empty", {{"path", place}});
  TZ_TRY(make_folder(place, 0700));
  Unfinished unfinished(place);
  const std::string keys = options.keys.empty() ? options.file + ".keys" : options.keys;
  Restored out;
  out.files = TZ_TRY(access::unpack_backup({options.file, BackupKind::Ledger}, key, place));
  out.files += TZ_TRY(access::unpack_backup({keys, BackupKind::Keys}, key, place));
  TZ_TRY(check(place));
  {
    const auto ledger = TZ_TRY(open_folder(place));
    out.records = ledger->engine->published().size;
    out.erased = TZ_TRY(erase_again(options, *ledger));
    TZ_TRY(record_act(*ledger, {{}, "console", "console", "ledger_restored", "", "ok", {}}));
    TZ_TRY(follow_erasures(*ledger, Write::Always));
    ledger->engine->stop();
  }
  TZ_TRY(check(place));
  TZ_TRY(unfinished.put(options.folder));
  return out;
}

}  // namespace

int run_restore(const RestoreOptions& options, const Speech& speech) {
  const Result<Restored> restored = restore(options);
  if (!restored.ok()) return speech.refuse(restored.error());
  if (speech.json) {
    Json out;
    out.set("ledger", options.folder).set("files", restored->files);
    out.set("records", restored->records).set("erased", restored->erased);
    fmt::print("{}\n", out.dump());
    return 0;
  }
  speech.say("cli.restore.done", {{"path", options.folder},
                                  {"records", std::to_string(restored->records)},
                                  {"erased", std::to_string(restored->erased)}});
  if (options.without_erasures) speech.say("cli.restore.without");
  return 0;
}

}  // namespace tz::program
