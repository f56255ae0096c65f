// Any bytes as what an identity service answers: its description, its keys, its token. Nothing that
// it did not sign is believed.
#include <cstddef>
#include <cstdint>

#include "access/discovery.h"
#include "access/id_token.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = tz::as_text({data, size});
  const auto addresses = tz::access::read_discovery(text, "https://id.example");
  if (addresses.ok()) TZ_ASSERT(addresses->token.starts_with("https://"));
  (void)tz::access::read_token_answer(text).ok();

  // input = keys, LF, token
  const std::size_t line = text.find('\n');
  const auto keys = tz::access::read_provider_keys(text.substr(0, line));
  if (!keys.ok()) return 0;
  TZ_ASSERT(keys->size() <= tz::access::kProviderKeysMax);
  if (line == std::string_view::npos) return 0;
  const tz::access::TokenExpected expected{"joe", "ledger", "n", tz::Instant{}};
  const auto subject = tz::access::read_id_token(text.substr(line + 1), *keys, expected);
  if (subject.ok()) TZ_ASSERT(!subject->empty());
  return 0;
}
