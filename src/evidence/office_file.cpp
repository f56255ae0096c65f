// Reads the archive's table and its [Content_Types].xml, which names the main part and its type.
#include "evidence/office_file.h"

#include <zip.h>

#include <algorithm>
#include <memory>
#include <string>

namespace tz::evidence {
namespace {

constexpr std::string_view kEndSignature = "PK\x05\x06";  // end of central directory
constexpr std::string_view kEnd64LocatorSignature = "PK\x06\x07";
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kEnd64LocatorBytes = 20;
constexpr std::size_t kEnd64Bytes = 56;
constexpr std::size_t kCommentBytesMax = 65'535;

std::uint64_t little_endian(BytesView bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) value = value << 8 | bytes[i - 1];
  return value;
}

// How many entries the 64-bit end record claims that the locator at `at` points to.
std::uint64_t entries_of_locator(BytesView bytes, std::size_t at) {
  if (bytes.size() - at < kEnd64LocatorBytes) return 0;
  const std::uint64_t record = little_endian(bytes.subspan(at + 8, 8));
  if (record > bytes.size() || bytes.size() - record < kEnd64Bytes) return 0;
  return little_endian(bytes.subspan(static_cast<std::size_t>(record) + 32, 8));
}

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseEntry {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;

Archive open_archive(BytesView bytes) {
  zip_error_t ignored;
  zip_error_init(&ignored);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &ignored);
  if (source == nullptr) return nullptr;
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &ignored);
  if (archive == nullptr) zip_source_free(source);
  zip_error_fini(&ignored);
  return Archive(archive);
}

// None if it is missing, too large, encrypted or damaged.
std::optional<std::string> content_types_of(zip_t* archive) {
  const std::unique_ptr<zip_file_t, CloseEntry> entry(zip_fopen(archive, "[Content_Types].xml", 0));
  if (!entry) return std::nullopt;
  std::string text(kContentTypesBytesMax + 1, '\0');
  std::size_t have = 0;
  while (have < text.size()) {
    const zip_int64_t count = zip_fread(entry.get(), text.data() + have, text.size() - have);
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    have += static_cast<std::size_t>(count);
  }
  if (have > kContentTypesBytesMax) return std::nullopt;
  text.resize(have);
  return text;
}

// The value of an attribute within one XML element; none if it is not there.
std::optional<std::string_view> attribute(std::string_view element, std::string_view name) {
  for (std::size_t at = element.find(name); at != std::string_view::npos;
       at = element.find(name, at + 1)) {
    std::size_t next = element.find_first_not_of(" \t\r\n", at + name.size());
    if (next == std::string_view::npos || element[next] != '=') continue;
    next = element.find_first_not_of(" \t\r\n", next + 1);
    if (next == std::string_view::npos) return std::nullopt;
    const char quote = element[next];
    if (quote != '"' && quote != '\'') continue;
    const std::size_t end = element.find(quote, next + 1);
    if (end == std::string_view::npos) return std::nullopt;
    return element.substr(next + 1, end - next - 1);
  }
  return std::nullopt;
}

// The name of the part that is declared to be of that type, without the leading slash.
std::optional<std::string> part_of_type(std::string_view content_types, std::string_view type) {
  constexpr std::string_view kOverride = "Override";
  for (std::size_t at = content_types.find(kOverride); at != std::string_view::npos;
       at = content_types.find(kOverride, at + 1)) {
    const std::size_t end = content_types.find('>', at);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view element =
        content_types.substr(at + kOverride.size(), end - at - kOverride.size());
    const auto part = attribute(element, "PartName");
    if (attribute(element, "ContentType") == type && part && part->starts_with("/"))
      return std::string(part->substr(1));
  }
  return std::nullopt;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::string in_lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

// Names and types of parts are compared without regard to case (ISO/IEC 29500-2, 9.1.1 and 10.1.2),
// so programs run what is called VBAPROJECT.bin too. Whoever means no harm spells types out: what
// hides them behind references or entities counts as macros.
bool has_macros(zip_t* archive, std::string_view content_types) {
  const std::string types = in_lower_case(content_types);
  for (const char* sign :
       {"macroenabled", "macrosheet", "vbaproject", "vbadata", "&#", "<!doctype"})
    if (types.find(sign) != std::string::npos) return true;
  const zip_int64_t entries = zip_get_num_entries(archive, 0);
  for (zip_int64_t i = 0; i < entries; ++i) {
    const char* raw = zip_get_name(archive, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW);
    if (raw == nullptr) return true;
    const std::string name = in_lower_case(raw);
    for (const char* sign : {"vbaproject", "vbadata", "macrosheet"})
      if (name.find(sign) != std::string::npos) return true;
  }
  return false;
}

bool holds_part(zip_t* archive, std::string_view content_types, std::string_view type) {
  const auto part = part_of_type(content_types, std::string(type) + ".main+xml");
  return part && zip_name_locate(archive, part->c_str(), ZIP_FL_NOCASE) >= 0;
}

}  // namespace

std::uint64_t entries_claimed(BytesView bytes) {
  const std::size_t tail = kEndBytes + kEnd64LocatorBytes + kCommentBytesMax + 1;
  const std::size_t first = bytes.size() > tail ? bytes.size() - tail : 0;
  const std::string_view text = as_text(bytes);
  std::uint64_t most = 0;
  for (std::size_t at = text.find("PK", first); at != std::string_view::npos;
       at = text.find("PK", at + 1)) {
    const std::string_view here = text.substr(at);
    if (here.starts_with(kEndSignature) && here.size() >= kEndBytes) {
      const std::uint64_t claimed = little_endian(bytes.subspan(at + 10, 2));
      // 65,535 means: see the 64-bit record, which is looked at beside it.
      if (claimed != 0xffff) most = std::max(most, claimed);
    }
    if (here.starts_with(kEnd64LocatorSignature))
      most = std::max(most, entries_of_locator(bytes, at));
  }
  return most;
}

std::optional<std::string_view> office_type_of(BytesView bytes) {
  if (!as_text(bytes).starts_with("PK\x03\x04")) return std::nullopt;
  if (entries_claimed(bytes) > kArchiveEntriesMax) return std::nullopt;
  const Archive archive = open_archive(bytes);
  if (!archive) return std::nullopt;
  const zip_int64_t entries = zip_get_num_entries(archive.get(), 0);
  if (entries < 0 || static_cast<std::size_t>(entries) > kArchiveEntriesMax) return std::nullopt;
  const auto content_types = content_types_of(archive.get());
  if (!content_types) return std::nullopt;
  if (has_macros(archive.get(), *content_types)) return std::nullopt;
  const bool document = holds_part(archive.get(), *content_types, kDocx);
  const bool workbook = holds_part(archive.get(), *content_types, kXlsx);
  if (document == workbook) return std::nullopt;
  return document ? kDocx : kXlsx;
}

}  // namespace tz::evidence
