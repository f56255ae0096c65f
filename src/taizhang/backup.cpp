// taizhang backup and backup-key: what goes into which archive, and in which order.
#include "taizhang/backup.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "access/backup_archive.h"
#include "base/file.h"
#include "journal/sqlite_copy.h"
#include "taizhang/asking.h"
#include "taizhang/commands.h"
#include "taizhang/erasures.h"
#include "taizhang/operation_fields.h"

namespace tz::program {
namespace {

namespace fs = std::filesystem;
using access::BackupKind;
using access::BackupWriter;

// A file of the folder that goes when this does.
class Passing {
 public:
  explicit Passing(std::string path) : path_(std::move(path)) { ::unlink(path_.c_str()); }
  ~Passing() { ::unlink(path_.c_str()); }
  Passing(const Passing&) = delete;
  Passing& operator=(const Passing&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// What opens no text and forges no checkpoint goes with the ledger.
bool with_the_ledger(const std::string& name) {
  return name == "accounts.key" || name == "log.vkey";
}

// One that is gone by now was meant to go: an evidence file that was erased, a temporary one.
Outcome add_if_there(BackupWriter& archive, const std::string& name, const std::string& path) {
  Outcome added = archive.add(name, path);
  if (!added.ok() && added.error().code == "file_missing") return Done{};
  return added;
}

// All files below DIR/name that `wanted` takes, by their names, in order.
Outcome add_folder(BackupWriter& archive, const std::string& folder, const std::string& name,
                   bool (*wanted)(const std::string&)) {
  std::error_code code;
  std::vector<std::string> found;
  for (fs::recursive_directory_iterator each(folder + "/" + name, code), end; each != end && !code;
       each.increment(code))
    if (each->is_regular_file() && wanted(each->path().filename().string()))
      found.push_back(each->path().string().substr(folder.size() + 1));
  if (code && code != std::errc::no_such_file_or_directory)
    return failure("storage_failed", {{"path", folder + "/" + name}, {"why", code.message()}});
  std::sort(found.begin(), found.end());
  for (const std::string& one : found) TZ_TRY(add_if_there(archive, one, folder + "/" + one));
  return Done{};
}

// The journal first: whatever it names is in the folders that are read after it.
Outcome write_ledger(OpenLedger& ledger, BackupWriter& archive) {
  const std::string& folder = ledger.folder;
  TZ_TRY(follow_erasures(ledger, Write::Always));
  const Passing copy(folder + "/backup-copy.db");
  TZ_TRY(journal::copy_sqlite_journal({folder + "/journal.db", {}, false}, copy.path()));
  TZ_TRY(archive.add("journal.db", copy.path()));
  TZ_TRY(add_if_there(archive, "config.yaml", folder + "/config.yaml"));
  TZ_TRY(add_if_there(archive, "erasures.txt", erasures_path(folder)));
  TZ_TRY(add_folder(archive, folder, "keys", &with_the_ledger));
  TZ_TRY(add_folder(archive, folder, "evidence", [](const std::string&) { return true; }));
  return add_folder(archive, folder, "audit", [](const std::string&) { return true; });
}

Outcome write_keys(const OpenLedger& ledger, BackupWriter& archive) {
  return add_folder(archive, ledger.folder, "keys",
                    [](const std::string& name) { return !with_the_ledger(name); });
}

Result<std::vector<access::BackupRecipient>> recipients_field(const Json& operation) {
  const Json* list = operation.find("recipients");
  if (list == nullptr || list->as_array() == nullptr)
    return refusal("field_required", {{"field", "recipients"}});
  std::vector<access::BackupRecipient> out;
  for (const Json& one : *list->as_array()) {
    if (one.as_text() == nullptr) return refusal("field_required", {{"field", "recipients"}});
    out.push_back(TZ_TRY(access::parse_backup_recipient(*one.as_text())));
  }
  return out;
}

}  // namespace

Result<Json> write_backup(OpenLedger& ledger, const Json& operation) {
  const std::string file = TZ_TRY(text_field(operation, "file"));
  const auto recipients = TZ_TRY(recipients_field(operation));
  const std::lock_guard lock(ledger.keys_mutex);
  SystemRandom random;
  const std::uint64_t records = ledger.engine->published().size;
  auto archive = TZ_TRY(BackupWriter::create({file, BackupKind::Ledger}, recipients, random));
  auto keys = TZ_TRY(BackupWriter::create({file + ".keys", BackupKind::Keys}, recipients, random));
  TZ_TRY(write_ledger(ledger, *archive));
  TZ_TRY(write_keys(ledger, *keys));
  TZ_TRY(keys->finish());
  const Outcome finished = archive->finish();
  if (!finished.ok()) {
    ::unlink((file + ".keys").c_str());
    return finished.error();
  }
  Json out;
  out.set("file", file).set("keys_file", file + ".keys");
  out.set("files", archive->entries()).set("bytes", archive->bytes()).set("records", records);
  return out;
}

int run_backup(const BackupOptions& options, const Speech& speech) {
  std::error_code code;
  JsonArray recipients;
  for (const std::string& one : options.recipients) recipients.push_back(one);
  Json operation;
  operation.set("do", "backup").set("file", fs::absolute(options.file, code).string());
  operation.set("recipients", std::move(recipients));
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    speech.say("cli.backup.done", {{"path", *answer.find("file")->as_text()},
                                   {"keys", *answer.find("keys_file")->as_text()},
                                   {"files", answer.find("files")->dump()},
                                   {"records", answer.find("records")->dump()}});
  });
}

int run_backup_key(const std::string& file, const Speech& speech) {
  SystemRandom random;
  const access::BackupKey key = access::new_backup_key(random);
  const std::string text = "taizhang-backup-key 1\n" + to_hex(key.secret) + "\n";
  const Outcome written = write_file({file, 0600, Existing::Keep}, as_bytes(text));
  if (!written.ok()) return speech.refuse(written.error());
  const std::string recipient = access::to_text(key.recipient);
  if (speech.json) {
    Json out;
    out.set("file", file).set("recipient", recipient);
    fmt::print("{}\n", out.dump());
    return 0;
  }
  speech.say("cli.backup.key", {{"path", file}, {"recipient", recipient}});
  return 0;
}

}  // namespace tz::program
