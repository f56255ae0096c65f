// The media types that evidence may have, and whether they can be told at all.
#pragma once

#include <string_view>

namespace tz::evidence {

// Whether evidence may be of this type: PDF, JPEG, PNG, DOCX, XLSX.
bool allowed_media_type(std::string_view media_type);

// Whether libmagic has its database on this machine. Any thread.
bool media_types_available();

}  // namespace tz::evidence
