// Any bytes as a request's target: what is accepted is clean, and says the same when written anew.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/csv.h"
#include "http/target.h"
#include "percent.h"

namespace {

using tz::fuzz::encoded;

void check_clean(const std::string& text) {
  TZ_ASSERT(tz::valid_utf8(text));
  for (const char c : text) TZ_ASSERT(static_cast<unsigned char>(c) >= 0x20);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto target = tz::http::parse_target(tz::as_text({data, size}));
  if (!target.ok()) return 0;
  std::string again;
  for (const std::string& segment : target->segments) {
    check_clean(segment);
    TZ_ASSERT(!segment.empty());
    TZ_ASSERT(segment != "..");
    TZ_ASSERT(segment.find('/') == std::string::npos);
    again += "/" + encoded(segment);
  }
  if (again.empty()) again = "/";
  char mark = '?';
  for (const auto& [name, value] : target->query) {
    check_clean(name);
    check_clean(value);
    again += mark + encoded(name) + "=" + encoded(value);
    mark = '&';
  }
  const auto read_again = tz::http::parse_target(again);
  if (again.size() > tz::http::kTargetBytesMax) return 0;
  TZ_ASSERT(read_again.ok());
  TZ_ASSERT(read_again->segments == target->segments);
  TZ_ASSERT(read_again->query == target->query);
  return 0;
}
