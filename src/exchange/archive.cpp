// libzip over bytes in memory, with what it does not bound itself.
#include "exchange/archive.h"

#include <zip.h>

#include <algorithm>
#include <array>

namespace tz::exchange {
namespace {

constexpr std::string_view kZipMagic = "PK\x03\x04";
constexpr std::string_view kEmptyZipMagic = "PK\x05\x06";
constexpr std::string_view kDirectoryEntry = "PK\x01\x02";
// An OLE compound file: an .xls of old, or the wrapping of a file with a password.
constexpr std::string_view kOleMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
constexpr std::size_t kPieceBytes = std::size_t{64} << 10;

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseEntry {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};

bool holds_encrypted_package(std::string_view bytes) {
  std::string name;  // in UTF-16, as the compound file's directory has it
  for (const char c : std::string_view("EncryptedPackage")) name += {c, '\0'};
  return bytes.find(name) != std::string_view::npos;
}

// libzip makes something of every entry of the directory, so these are counted first.
std::size_t directory_entries(std::string_view bytes) {
  std::size_t count = 0;
  for (std::size_t at = bytes.find(kDirectoryEntry); at != std::string_view::npos;
       at = bytes.find(kDirectoryEntry, at + kDirectoryEntry.size()))
    ++count;
  return count;
}

}  // namespace

Error too_large(const char* what, std::size_t max) {
  return refusal("table_too_large", {{"what", what}, {"max", std::to_string(max)}});
}

Error damaged(std::string_view part, std::string_view why) {
  return refusal("xlsx_damaged", {{"part", std::string(part)}, {"why", std::string(why)}});
}

struct Archive::Inside {
  std::unique_ptr<zip_t, CloseArchive> zip;
  XlsxLimits limits;
  std::size_t inflated_bytes = 0;
};

Result<Archive> Archive::open(BytesView bytes, const XlsxLimits& limits) {
  const std::string_view text = as_text(bytes);
  if (text.starts_with(kOleMagic))
    return refusal(holds_encrypted_package(text) ? "xlsx_encrypted" : "xlsx_old_format");
  if (!text.starts_with(kZipMagic) && !text.starts_with(kEmptyZipMagic))
    return refusal("xlsx_not_zip");
  if (directory_entries(text) > limits.entries_max) return too_large("entries", limits.entries_max);
  zip_error_t why;
  zip_error_init(&why);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &why);
  zip_t* zip = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &why);
  if (zip == nullptr && source != nullptr) zip_source_free(source);
  zip_error_fini(&why);
  if (zip == nullptr) return damaged("zip", "directory");
  auto inside = std::make_shared<Inside>();
  inside->zip.reset(zip);
  inside->limits = limits;
  Archive archive(std::move(inside));
  if (archive.has("xl/workbook.bin") || archive.has("content.xml"))
    return refusal("xlsx_old_format");
  return archive;
}

bool Archive::has(const std::string& part) const {
  return zip_name_locate(inside_->zip.get(), part.c_str(), ZIP_FL_NOCASE) >= 0;
}

Outcome Archive::read(const std::string& part, const Take& take) {
  zip_t* zip = inside_->zip.get();
  const XlsxLimits& limits = inside_->limits;
  const zip_int64_t index = zip_name_locate(zip, part.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return damaged(part, "missing");
  zip_stat_t facts;
  zip_stat_init(&facts);
  const auto at = static_cast<zip_uint64_t>(index);
  constexpr zip_uint64_t kWanted =
      ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD | ZIP_STAT_COMP_SIZE;
  if (zip_stat_index(zip, at, 0, &facts) != 0 || (facts.valid & kWanted) != kWanted)
    return damaged(part, "entry");
  if (facts.encryption_method != ZIP_EM_NONE) return refusal("xlsx_encrypted");
  if (facts.comp_method != ZIP_CM_STORE && facts.comp_method != ZIP_CM_DEFLATE)
    return damaged(part, "compression");
  const std::unique_ptr<zip_file_t, CloseEntry> entry(zip_fopen_index(zip, at, 0));
  if (!entry) return damaged(part, "entry");
  std::string piece(kPieceBytes, '\0');
  std::size_t inflated = 0;
  while (true) {
    const zip_int64_t count = zip_fread(entry.get(), piece.data(), piece.size());
    if (count < 0) return damaged(part, "data");
    if (count == 0) return Done{};
    inflated += static_cast<std::size_t>(count);
    inside_->inflated_bytes += static_cast<std::size_t>(count);
    if (inside_->inflated_bytes > limits.inflated_bytes_max)
      return too_large("inflated_bytes", limits.inflated_bytes_max);
    if (inflated > limits.ratio_from_bytes && inflated / limits.ratio_max > facts.comp_size)
      return too_large("ratio", limits.ratio_max);
    TZ_TRY(take(std::string_view(piece.data(), static_cast<std::size_t>(count))));
  }
}

}  // namespace tz::exchange
