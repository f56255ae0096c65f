// Any bytes as a catalogue of services: read as a sound catalogue or refused with a place, the same
// both ways; what is sound asks for nothing that the administration holds.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "ledger/catalogue.h"
#include "programme/catalogue_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = tz::as_text({data, size});
  const auto faults = tz::programme::catalogue_faults(text);
  const auto catalogue = tz::programme::read_catalogue(text);
  TZ_ASSERT(catalogue.ok() == faults.empty());
  for (const tz::Error& fault : faults) TZ_ASSERT(!fault.code.empty());
  if (!catalogue.ok()) return 0;
  TZ_ASSERT(tz::ledger::check(*catalogue).empty());
  for (const auto& service : catalogue->services)
    for (const std::uint16_t index : service.asks)
      TZ_ASSERT(catalogue->materials[index].held_by != tz::ledger::Holder::Administration);
  return 0;
}
