// Any bytes as an envelope's file: what is accepted is written and read again the same, and a box
// that was not sealed to a key opens with none.
#include <cstddef>
#include <cstdint>

#include "access/envelope.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto envelopes = tz::access::read_envelopes(tz::as_text({data, size}));
  if (!envelopes.ok()) return 0;
  TZ_ASSERT(!envelopes->empty());
  tz::access::PrivateKey key{};
  key.fill(0x42);
  for (const tz::access::EnvelopeFile& one : *envelopes) {
    const auto again = tz::access::read_envelopes(tz::access::to_json(one).dump());
    TZ_ASSERT(again.ok());
    TZ_ASSERT(again->front().box == one.box);
    TZ_ASSERT(again->front().commitment == one.commitment);
    TZ_ASSERT(!tz::access::open_with(key, one.box, one.commitment).ok());
  }
  return 0;
}
