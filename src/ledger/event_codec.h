// Events as plain payloads (I-JSON) and back; docs/events.md lists each with its versions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/event.h"

namespace tz::ledger {

struct EncodedEvent {
  std::string type;  // "item_opened"
  std::uint8_t type_version = 1;
  std::string payload;
};

// Whether it says where it comes from: events about an item, what units answer, what was held, and
// work groups that are sent and their visits.
bool says_origin(const Event& event);

// `labels` name the sealed parts, in order; they stand in the payload as "texts". An origin that is
// not real stands in it as "origin", of events that say where they come from.
EncodedEvent encode(const Event& event, const std::vector<std::string>& labels,
                    Origin origin = Origin::Real);

struct DecodedEvent {
  Event event;
  std::vector<std::string> labels;
  Origin origin = Origin::Real;
};

// Fails with `event_unknown` or `event_malformed` (facts: type, field).
Result<DecodedEvent> decode(std::string_view type, std::uint8_t type_version,
                            std::string_view payload);

}  // namespace tz::ledger
