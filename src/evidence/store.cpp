// Evidence on disk: DIR/evidence/ab/abcdef…, each file once.
#include "evidence/store.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/file.h"
#include "evidence/media_type.h"
#include "evidence/picture.h"

namespace tz::evidence {
namespace {

constexpr unsigned kFileMode = 0600;
constexpr unsigned kFolderMode = 0700;
constexpr const char* kOriginal = ".original";
constexpr std::size_t kOriginalBytesMax = 256;

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
  StoredFile stored{{}, media_type_of(bytes), 0, {}};
  if (!allowed_media_type(stored.media_type))
    return refusal("evidence_type_not_allowed", {{"media_type", stored.media_type}});
  Bytes cleaned;
  if (is_picture(stored.media_type)) {
    cleaned = TZ_TRY(cleaned_picture(bytes, stored.media_type));
    if (!same_bytes(cleaned, bytes)) stored.original = tz::sha256(bytes);
    bytes = cleaned;
  }
  stored.sha256 = tz::sha256(bytes);
  stored.bytes = bytes.size();

  const Place place = place_of(folder_, stored.sha256);
  TZ_TRY(make_folder(place.folder, kFolderMode));
  const auto existing = get(stored.sha256);
  // Not there, or damaged on disk: the right bytes take their place.
  if (!existing.ok() || !existing->has_value()) {
    TZ_TRY(write_file({place.path, kFileMode, Existing::Replace}, bytes));
  } else {
    // Kept anew: its time begins again. What cannot be told so is told by its first day.
    std::error_code untouched;
    std::filesystem::last_write_time(place.path, std::filesystem::file_time_type::clock::now(),
                                     untouched);
  }
  if (stored.original)
    TZ_TRY(write_file({place.path + kOriginal, kFileMode, Existing::Replace},
                      as_bytes(to_hex(*stored.original))));
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
  StoredFile out{sha256, media_type_of(*bytes), bytes->size(), {}};
  const auto original =
      TZ_TRY(read_file(place_of(folder_, sha256).path + kOriginal, kOriginalBytesMax));
  if (original) {
    const auto hash = from_hex(as_text(original->bytes));
    if (!hash.ok() || hash->size() != Hash{}.size())
      return failure("evidence_damaged", {{"sha256", to_hex(sha256)}});
    std::copy(hash->begin(), hash->end(), out.original.emplace().begin());
  }
  return std::optional<StoredFile>{std::move(out)};
}

Outcome Store::destroy(const Hash& sha256) {
  const Place place = place_of(folder_, sha256);
  std::error_code code;
  bool was_there = false;
  for (const std::string& path : {place.path, place.path + kOriginal}) {
    was_there = std::filesystem::remove(path, code) || was_there;
    if (code) return failure("storage_failed", {{"path", path}, {"why", code.message()}});
  }
  if (was_there) TZ_TRY(sync_folder(place.folder));
  return Done{};
}

}  // namespace tz::evidence
