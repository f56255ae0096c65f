// Any bytes as a picture: refused, or cleaned so that nothing more is to be cleaned.
#include <cstddef>
#include <cstdint>

#include "evidence/picture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const tz::BytesView bytes{data, size};
  for (const char* type : {"image/jpeg", "image/png"}) {
    const auto once = tz::evidence::cleaned_picture(bytes, type);
    if (!once.ok()) continue;
    const auto twice = tz::evidence::cleaned_picture(*once, type);
    TZ_ASSERT(twice.ok() && *twice == *once);
  }
  if (const auto way = tz::evidence::orientation_of(bytes)) TZ_ASSERT(*way >= 1 && *way <= 8);
  return 0;
}
