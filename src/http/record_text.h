// The texts of an item's records, for readers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "engine/history.h"

namespace tz::http {

// The record's text under that label; none where it has none, or where it was destroyed.
std::optional<std::string> text_of(const engine::HistoryEntry& entry, std::string_view label);

// Null where there is none.
Json text_json(const std::optional<std::string>& text);

}  // namespace tz::http
