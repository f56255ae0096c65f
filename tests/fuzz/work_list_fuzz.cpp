// Any bytes as a kept list of work: refused, or encoded again to the same bytes.
#include <cstddef>
#include <cstdint>

#include "http/work_list_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const tz::BytesView bytes{data, size};
  const auto list = tz::http::decode_work(bytes);
  if (!list) return 0;
  TZ_ASSERT(list->items.size() <= tz::ledger::kHandoverCountMax);
  TZ_ASSERT(tz::same_bytes(tz::http::encode_work(*list), bytes));
  return 0;
}
