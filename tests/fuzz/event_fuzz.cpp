// Payloads of events: the first line names the type, the rest is the payload.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ledger/event_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = text.find('\n');
  if (line == std::string_view::npos) return 0;
  const auto decoded = tz::ledger::decode(text.substr(0, line), 1, text.substr(line + 1));
  // What is accepted is written in one way only, and that way is accepted again.
  if (decoded.ok()) {
    const auto encoded = tz::ledger::encode(decoded->event, decoded->labels, decoded->origin);
    const auto again = tz::ledger::decode(encoded.type, 1, encoded.payload);
    TZ_ASSERT(again.ok());
    TZ_ASSERT(tz::ledger::encode(again->event, again->labels, again->origin).payload ==
              encoded.payload);
  }
  return 0;
}
