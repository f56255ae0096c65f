// Any bytes as a query code: what is accepted is its own canonical form.
#include <cstddef>
#include <cstdint>

#include "access/query_code.h"
#include "base/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto digits = tz::access::read_query_code(tz::as_text({data, size}));
  if (!digits) return 0;
  TZ_ASSERT(digits->size() == 21);
  TZ_ASSERT(tz::access::read_query_code(*digits) == digits);
  const tz::Hash hash = tz::access::hash_of_code(*digits, {});
  TZ_ASSERT(tz::access::same_code(hash, tz::access::hash_of_code(*digits, {})));
  return 0;
}
