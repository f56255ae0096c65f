// Any bytes as the file of a key half: what is accepted is written and read again the same.
#include <cstddef>
#include <cstdint>

#include "access/key_halves.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto half = tz::access::read_key_half(tz::as_text({data, size}));
  if (!half.ok()) return 0;
  const auto again = tz::access::read_key_half(tz::access::to_text(*half));
  TZ_ASSERT(again.ok());
  TZ_ASSERT(again->share == half->share);
  TZ_ASSERT(again->key == half->key);
  TZ_ASSERT(!tz::access::join(*half, *again).ok());
  return 0;
}
