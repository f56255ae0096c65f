// Any bytes as the head of a backup: refused, or a header that says how long it is.
#include <cstddef>
#include <cstdint>

#include "access/backup_archive.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto header = tz::access::parse_backup_header({data, size});
  if (!header.ok()) {
    TZ_ASSERT(header.error().code == "backup_malformed");
    return 0;
  }
  TZ_ASSERT(header->bytes <= size && header->bytes <= tz::access::kBackupHeaderBytesMax);
  TZ_ASSERT(!header->recipients.empty());
  TZ_ASSERT(header->recipients.size() <= tz::access::kBackupRecipientsMax);
  // It is all that is read: what follows changes nothing, and one byte less is too little.
  TZ_ASSERT(tz::access::parse_backup_header({data, header->bytes}).ok());
  TZ_ASSERT(!tz::access::parse_backup_header({data, header->bytes - 1}).ok());
  return 0;
}
