// A post's open work as it is kept beside the records while a handover waits to be confirmed.
//
//   list = salt [32], count u32, item*          item = number u64, version u64, count u8, part u8*
#pragma once

#include <optional>

#include "base/bytes.h"
#include "ledger/handover.h"

namespace tz::http {

Bytes encode_work(const ledger::WorkList& list);
// None where the bytes are no whole list, or one longer than a handover may be.
std::optional<ledger::WorkList> decode_work(BytesView bytes);

}  // namespace tz::http
