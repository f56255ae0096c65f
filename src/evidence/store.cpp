// Evidence on disk: DIR/evidence/ab/abcdef…, each file once.
#include "evidence/store.h"

#include <filesystem>
#include <system_error>

#include "base/file.h"
#include "evidence/media_type.h"

namespace tz::evidence {
namespace {

constexpr unsigned kFileMode = 0600;
constexpr unsigned kFolderMode = 0700;

struct Place {
  std::string folder;
  std::string path;
};

Place place_of(const std::string& folder, const Hash& hash) {
  const std::string name = to_hex(hash);
  std::string inner = folder + "/" + name.substr(0, 2);
  std::string path = inner + "/" + name;
  return {std::move(inner), std::move(path)};
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(std::string folder) {
  if (!media_types_available()) return failure("media_types_unavailable");
  TZ_TRY(make_folder(folder, kFolderMode));
  return std::unique_ptr<Store>(new Store(std::move(folder)));
}

Result<StoredFile> Store::put(BytesView bytes) {
  if (bytes.empty()) return refusal("evidence_empty");
  if (bytes.size() > kFileBytesMax)
    return refusal("evidence_too_large", {{"bytes_max", std::to_string(kFileBytesMax)}});
  StoredFile stored{sha256(bytes), media_type_of(bytes), bytes.size()};
  if (!allowed_media_type(stored.media_type))
    return refusal("evidence_type_not_allowed", {{"media_type", stored.media_type}});

  const Place place = place_of(folder_, stored.sha256);
  TZ_TRY(make_folder(place.folder, kFolderMode));
  const auto existing = get(stored.sha256);
  // Not there, or damaged on disk: the right bytes take their place.
  if (!existing.ok() || !existing->has_value())
    TZ_TRY(write_file({place.path, kFileMode, Existing::Replace}, bytes));
  // Whoever made the file or its folder may have died before the names were durable.
  TZ_TRY(sync_folder(place.folder));
  TZ_TRY(sync_folder(folder_));
  return stored;
}

Result<std::optional<Bytes>> Store::get(const Hash& sha256) {
  auto file = TZ_TRY(read_file(place_of(folder_, sha256).path, kFileBytesMax));
  if (!file) return std::optional<Bytes>{};
  if (tz::sha256(BytesView(file->bytes)) != sha256)
    return failure("evidence_damaged", {{"sha256", to_hex(sha256)}});
  return std::optional<Bytes>{std::move(file->bytes)};
}

Result<std::optional<StoredFile>> Store::find(const Hash& sha256) {
  const auto bytes = TZ_TRY(get(sha256));
  if (!bytes) return std::optional<StoredFile>{};
  return std::optional<StoredFile>{StoredFile{sha256, media_type_of(*bytes), bytes->size()}};
}

Outcome Store::destroy(const Hash& sha256) {
  const Place place = place_of(folder_, sha256);
  std::error_code code;
  const bool was_there = std::filesystem::remove(place.path, code);
  if (code) return failure("storage_failed", {{"path", place.path}, {"why", code.message()}});
  if (was_there) TZ_TRY(sync_folder(place.folder));
  return Done{};
}

}  // namespace tz::evidence
