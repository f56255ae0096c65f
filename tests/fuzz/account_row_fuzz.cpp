// Any bytes as a stored row of accounts: refused, or encoded again to the same bytes, but for rows
// of an older version, which become those of today.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "access/account_codec.h"

// input = length of the key (uint8), key, value

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t key_bytes = std::min<std::size_t>(data[0], size - 1);
  const tz::BytesView key{data + 1, key_bytes};
  const tz::BytesView value{data + 1 + key_bytes, size - 1 - key_bytes};
  const auto check = [&](const auto& decoded) {
    if (!decoded) return;
    const tz::access::Change row = tz::access::encode(*decoded);
    TZ_ASSERT(tz::same_bytes(row.key, key));
    if (value[0] != row.value->front()) return;
    TZ_ASSERT(tz::same_bytes(*row.value, value));
  };
  check(tz::access::decode_account(key, value));
  check(tz::access::decode_identity(key, value));
  check(tz::access::decode_second_factor(key, value));
  check(tz::access::decode_session(key, value));
  check(tz::access::decode_token(key, value));

  // The ledger opens from such rows, or refuses to.
  for (const std::string_view space : {tz::access::kAccountSpace, tz::access::kIdentitySpace,
                                       tz::access::kSecondFactorSpace, tz::access::kSessionSpace}) {
    tz::access::Accounts accounts;
    const tz::access::Change row{
        std::string(space), {key.begin(), key.end()}, tz::Bytes(value.begin(), value.end())};
    const auto outcome = accounts.load({row});
    TZ_ASSERT(outcome.ok() || outcome.error().code == "access_damaged");
  }
  return 0;
}
