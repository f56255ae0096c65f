// Pictures without what a device wrote beside their pixels: where, when and with what they were
// taken, and smaller copies of what was cut away.
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace tz::evidence {

// Whether pictures of that media type are cleaned: JPEG and PNG.
bool is_picture(std::string_view media_type);

// The same pixels, coded byte for byte as they were, with what shows them rightly: colours, size,
// transparency, animation, and of a JPEG the way up it is to be held (Exif 2.32, tag 0x0112). All
// else is left out: Exif with its position, XMP, IPTC, thumbnails, comments, makers' notes, times,
// and whatever follows the end (ISO/IEC 10918-1 annex B; PNG third edition, section 5). Cleaning
// twice is like cleaning once. A JPEG that was cut off after its pixels began gets its end.
// Refuses `picture_damaged` (fact: at, the byte offset). Any thread.
Result<Bytes> cleaned_picture(BytesView bytes, std::string_view media_type);

// How a JPEG is to be held, 1 to 8; none where it does not say.
std::optional<std::uint16_t> orientation_of(BytesView jpeg);

}  // namespace tz::evidence
