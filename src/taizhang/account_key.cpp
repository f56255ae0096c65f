// A new key is written beside the old one before anything lies under it; a row that is stored with
// what was sealed anew says which of the two holds.
#include "taizhang/account_key.h"

#include <algorithm>

#include "access/account_codec.h"
#include "base/file.h"
#include "base/sha256.h"
#include "notify/rows.h"

namespace tz::program {
namespace {

constexpr std::size_t kFileMax = 1024;
constexpr std::string_view kSpace = "account_key";
constexpr std::string_view kTag = "taizhang account key 1";

std::string path_of(const std::string& folder) { return folder + "/keys/accounts.key"; }
std::string next_path_of(const std::string& folder) { return folder + "/keys/accounts-next.key"; }

Result<std::optional<access::SecretKey>> read_key(const std::string& path) {
  const auto file = TZ_TRY(read_file(path, kFileMax));
  if (!file) return std::optional<access::SecretKey>{};
  access::SecretKey key{};
  if (file->bytes.size() != key.size() || (file->mode & 077) != 0)
    return failure("keys_unreadable", {{"path", path}});
  std::copy(file->bytes.begin(), file->bytes.end(), key.begin());
  return std::optional<access::SecretKey>{key};
}

// By which the row names a key; nothing is told of the key by it.
Bytes name_of(const access::SecretKey& key) {
  const Hash hash = sha256({as_bytes(kTag), key});
  return {hash.begin(), hash.end()};
}

// Every contact that is kept, sealed under the other key.
Outcome seal_contacts(OpenLedger& ledger, const access::SecretKey& next,
                      std::vector<access::Change>& out) {
  std::vector<journal::KeptRow> rows;
  const Outcome read = ledger.engine->read([&](journal::Reader& reader) -> Outcome {
    rows = TZ_TRY(reader.kept_all(notify::kContactSpace));
    return Done{};
  });
  if (!read.ok()) return read.error();
  for (const journal::KeptRow& row : rows) {
    const auto account = access::decode_account_key(row.key);
    auto contact = row.value ? notify::decode_contact(*row.value) : std::nullopt;
    if (!account || !contact)
      return failure("access_damaged",
                     {{"space", std::string(notify::kContactSpace)}, {"key", to_hex(row.key)}});
    contact->sealed =
        TZ_TRY(ledger.accounts.contact_under(next, *account, contact->sealed, ledger.random));
    out.push_back({std::string(notify::kContactSpace), row.key, notify::encode(*contact)});
  }
  return Done{};
}

Outcome destroy(const std::string& path, Random& random) {
  access::SecretKey over{};
  random.fill(over);
  return destroy_file(path, over);
}

}  // namespace

Result<access::SecretKey> account_key(const std::string& folder, journal::Reader& reader,
                                      Random& random) {
  const auto named = TZ_TRY(reader.kept(kSpace, {}));
  if (const auto next = TZ_TRY(read_key(next_path_of(folder)))) {
    if (named && *named == name_of(*next)) {
      TZ_TRY(write_file({path_of(folder), 0600, Existing::Replace}, *next));
      TZ_TRY(destroy(next_path_of(folder), random));
      return *next;
    }
    TZ_TRY(destroy(next_path_of(folder), random));
  }
  if (const auto key = TZ_TRY(read_key(path_of(folder)))) return *key;
  access::SecretKey key{};
  random.fill(key);
  TZ_TRY(write_file({path_of(folder), 0600, Existing::Keep}, key));
  return key;
}

Result<std::uint64_t> renew_account_key(OpenLedger& ledger) {
  if (ledger.served) return refusal("keys_accounts_served");
  const std::lock_guard lock(ledger.keys_mutex);
  access::SecretKey next{};
  ledger.random.fill(next);
  engine::Request request;
  request.cleanse = true;
  request.changes = TZ_TRY(ledger.accounts.second_factors_under(next, ledger.random));
  TZ_TRY(seal_contacts(ledger, next, request.changes));
  const std::uint64_t count = request.changes.size();
  request.changes.push_back({std::string(kSpace), {}, name_of(next)});
  TZ_TRY(write_file({next_path_of(ledger.folder), 0600, Existing::Replace}, next));
  TZ_TRY(ledger.engine->submit_and_wait(std::move(request)));
  ledger.accounts.set_key(next);
  TZ_TRY(destroy(path_of(ledger.folder), ledger.random));
  TZ_TRY(write_file({path_of(ledger.folder), 0600, Existing::Replace}, next));
  TZ_TRY(destroy(next_path_of(ledger.folder), ledger.random));
  return count;
}

}  // namespace tz::program
