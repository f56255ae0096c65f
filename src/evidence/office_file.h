// Telling Word and Excel documents from other ZIP files by what is inside.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace tz::evidence {

constexpr std::string_view kDocx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr std::string_view kXlsx =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

constexpr std::size_t kArchiveEntriesMax = 10'000;
constexpr std::size_t kContentTypesBytesMax = std::size_t{1} << 20;

// The most entries that any end record of the archive claims, whichever of them a reader would
// believe: reading the table takes memory for each entry, so this is asked before it is opened.
std::uint64_t entries_claimed(BytesView bytes);

// kDocx or kXlsx when the bytes are such a document (ISO/IEC 29500-2) without macros, else none. It
// has macros if its name of a part or of a type says so; a document embedded in it is not looked
// into. Nothing but [Content_Types].xml is inflated, and of it at most kContentTypesBytesMax; an
// archive that claims more than kArchiveEntriesMax entries is not opened. Any thread.
std::optional<std::string_view> office_type_of(BytesView bytes);

}  // namespace tz::evidence
