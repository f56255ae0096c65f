// Texts by their labels.
#include "http/record_text.h"

namespace tz::http {

std::optional<std::string> text_of(const engine::HistoryEntry& entry, std::string_view label) {
  for (std::size_t i = 0; i < entry.texts.size(); ++i)
    if (entry.event.labels[i] == label) return entry.texts[i];
  return std::nullopt;
}

Json text_json(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

}  // namespace tz::http
