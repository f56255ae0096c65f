// Any bytes as JSON: refused with a place within them, or read as a value that is written in UTF-8
// and read back the same.
#include <charconv>
#include <cstddef>
#include <cstdint>

#include "base/csv.h"
#include "base/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = tz::as_text({data, size});
  const auto value = tz::parse_json(text);
  if (!value.ok()) {
    TZ_ASSERT(value.error().code == "bad_json");
    const std::string& at = value.error().facts.at(1).second;
    std::size_t offset = 0;
    TZ_ASSERT(std::from_chars(at.data(), at.data() + at.size(), offset).ec == std::errc());
    TZ_ASSERT(offset <= size);
    return 0;
  }
  TZ_ASSERT(tz::valid_utf8(text));
  const std::string written = value->dump();
  TZ_ASSERT(tz::valid_utf8(written));
  const auto again = tz::parse_json(written, {.bytes_max = written.size(), .depth_max = 16});
  TZ_ASSERT(again.ok());
  TZ_ASSERT(*again == *value);
  TZ_ASSERT(again->dump() == written);
  return 0;
}
