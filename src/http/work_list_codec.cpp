// Numbers in order, each looked at before it is believed.
#include "http/work_list_codec.h"

#include <algorithm>

namespace tz::http {
namespace {

constexpr std::uint8_t kLastPart = static_cast<std::uint8_t>(ledger::WorkPart::Step);

}  // namespace

Bytes encode_work(const ledger::WorkList& list) {
  Bytes out;
  ByteWriter writer(out);
  writer.raw(list.salt);
  writer.u32(static_cast<std::uint32_t>(list.items.size()));
  for (const ledger::OpenWork& one : list.items) {
    writer.u64(one.item.value);
    writer.u64(one.version.value);
    writer.u8(static_cast<std::uint8_t>(one.parts.size()));
    for (const ledger::WorkPart part : one.parts) writer.u8(static_cast<std::uint8_t>(part));
  }
  return out;
}

std::optional<ledger::WorkList> decode_work(BytesView bytes) {
  ByteReader reader(bytes);
  ledger::WorkList out;
  const BytesView salt = reader.raw(out.salt.size());
  if (!reader.ok()) return std::nullopt;
  std::copy(salt.begin(), salt.end(), out.salt.begin());
  const std::uint32_t count = reader.u32();
  if (!reader.ok() || count > ledger::kHandoverCountMax) return std::nullopt;
  for (std::uint32_t i = 0; i < count; ++i) {
    ledger::OpenWork one;
    one.item.value = reader.u64();
    one.version.value = reader.u64();
    const std::uint8_t parts = reader.u8();
    if (!reader.ok() || parts > kLastPart + 1) return std::nullopt;
    for (std::uint8_t p = 0; p < parts; ++p) {
      const std::uint8_t part = reader.u8();
      if (!reader.ok() || part > kLastPart) return std::nullopt;
      one.parts.push_back(static_cast<ledger::WorkPart>(part));
    }
    out.items.push_back(std::move(one));
  }
  if (!reader.ok() || !reader.rest().empty()) return std::nullopt;
  return out;
}

}  // namespace tz::http
