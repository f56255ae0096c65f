// Any bytes as a file of notices: read or refused with line and column; of what was read every
// version gives a whole calendar.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "calendar/deadline.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto all = tz::calendar::Calendar::parse(tz::as_text({data, size}));
  if (!all.ok()) {
    TZ_ASSERT(!all.error().code.empty());
    TZ_ASSERT(!all.error().facts.empty());
    return 0;
  }
  const auto days = all->working_days(all->newest(), tz::calendar::Region{"45"});
  TZ_ASSERT(days.ok());
  for (const tz::calendar::Notice& notice : all->notices()) {
    TZ_ASSERT(!notice.id.empty());
    for (const tz::calendar::NamedDays& named : notice.days) TZ_ASSERT(named.from <= named.to);
  }
  tz::calendar::Question asked;
  asked.from = tz::start_of(tz::calendar::kFirstDay, asked.zone);
  const auto out = tz::calendar::deadline(asked, *days);
  TZ_ASSERT(out.ok());
  TZ_ASSERT(out->due > asked.from);
  return 0;
}
