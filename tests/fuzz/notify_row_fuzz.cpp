// Any bytes as a stored row of the outbox: refused, or encoded again to the same bytes.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "notify/rows.h"

// input = length of the key (uint8), key, value

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tz;
  if (size == 0) return 0;
  const std::size_t key_bytes = std::min<std::size_t>(data[0], size - 1);
  const BytesView key{data + 1, key_bytes};
  const BytesView value{data + 1 + key_bytes, size - 1 - key_bytes};
  const auto check = [&](const auto& row) {
    if (!row) return;
    TZ_ASSERT(same_bytes(notify::key_of(*row), key));
    TZ_ASSERT(same_bytes(notify::encode(*row), value));
  };
  if (const auto notice = notify::decode_notice(key, value)) {
    TZ_ASSERT(same_bytes(notify::notice_key(notice->account, notice->record), key));
    TZ_ASSERT(same_bytes(notify::encode(*notice), value));
  }
  check(notify::decode_to_send(key, value));
  check(notify::decode_letter(key, value));
  check(notify::decode_undelivered(key, value));
  check(notify::decode_burden(key, value));
  if (const auto contact = notify::decode_contact(value))
    TZ_ASSERT(same_bytes(notify::encode(*contact), value));
  if (const auto day = notify::decode_day(value))
    TZ_ASSERT(same_bytes(notify::encode_day(*day), value));
  if (const auto next = notify::decode_cursor(value))
    TZ_ASSERT(same_bytes(notify::encode_cursor(*next), value));
  if (const auto contact = notify::read_contact(as_text(value)))
    TZ_ASSERT(notify::contact_text(*contact) == as_text(value));
  return 0;
}
