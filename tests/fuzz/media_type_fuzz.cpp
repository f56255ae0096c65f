// Any bytes as evidence: a type is told, and one that is allowed only of a file that begins as
// such.
#include <cstddef>
#include <cstdint>

#include "evidence/media_type.h"
#include "evidence/office_file.h"
#include "evidence/store.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const tz::BytesView bytes{data, size};
  const std::string type = tz::evidence::media_type_of(bytes);
  TZ_ASSERT(!type.empty());
  TZ_ASSERT(tz::evidence::media_type_of(bytes) == type);
  const auto office = tz::evidence::office_type_of(bytes);
  TZ_ASSERT(office.has_value() == (type == tz::evidence::kDocx || type == tz::evidence::kXlsx));
  if (office) TZ_ASSERT(*office == type);
  if (!tz::evidence::allowed_media_type(type)) return 0;
  const std::string_view text = tz::as_text(bytes);
  TZ_ASSERT(text.starts_with("%PDF-") || text.starts_with("\x89PNG\r\n\x1a\n") ||
            text.starts_with("\xff\xd8\xff") || text.starts_with("PK\x03\x04"));
  return 0;
}
