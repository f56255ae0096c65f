// Any bytes as a file of rules: read or refused; every rule that was read is found by its name.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "calendar/rule.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto rules = tz::calendar::Rules::parse(tz::as_text({data, size}));
  if (!rules.ok()) {
    TZ_ASSERT(!rules.error().code.empty());
    return 0;
  }
  for (const tz::calendar::Rule& rule : rules->all()) {
    const tz::Day start = rule.from ? *rule.from : rule.to ? *rule.to : tz::Day{20'000};
    const auto found = rules->find(rule.code, {rule.division, rule.programme, start});
    TZ_ASSERT(found.ok());
    TZ_ASSERT(found->code == rule.code);
    TZ_ASSERT(tz::calendar::parse_length(tz::calendar::to_text(rule.length)).ok());
  }
  return 0;
}
