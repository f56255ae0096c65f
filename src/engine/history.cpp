// Following an item's chain back to its opening.
#include "engine/history.h"

#include <algorithm>
#include <array>

#include "engine/recorder.h"

namespace tz::engine {
namespace {

Result<std::vector<HistoryEntry>> read_chain(ledger::ItemNo no, Seq last,
                                             const journal::LedgerId& ledger,
                                             journal::Reader& reader,
                                             const access::Keyring& keyring) {
  std::vector<HistoryEntry> out;
  std::optional<Seq> at = last;
  while (at) {
    const auto stored = TZ_TRY(reader.read(*at, 1, 1));
    if (stored.empty())
      return failure("journal_damaged",
                     {{"seq", std::to_string(at->value)}, {"code", "record_missing"}});
    OpenedRecord opened = TZ_TRY(open_record(stored[0], ledger));
    if (opened.record.item != no.value)
      return failure("journal_damaged",
                     {{"seq", std::to_string(at->value)}, {"code", "record_misplaced"}});
    auto texts = TZ_TRY(open_texts(opened.record, ledger, reader, keyring));
    at = opened.record.prev;
    out.push_back({std::move(opened.record), std::move(opened.event), std::move(texts),
                   merkle::leaf_hash(stored[0].header)});
  }
  std::reverse(out.begin(), out.end());
  return out;
}

struct Slot {
  std::string_view label;
  std::optional<std::string> CurrentTexts::*text;
};
constexpr std::array<Slot, 9> kSlots = {{
    {"title", &CurrentTexts::title},
    {"description", &CurrentTexts::description},
    {"upstream_no", &CurrentTexts::upstream_no},
    {"source_doc", &CurrentTexts::source_doc},
    {"target", &CurrentTexts::target},
    {"key_measures", &CurrentTexts::key_measures},
    {"remark", &CurrentTexts::remark},
    {"lead_official", &CurrentTexts::lead_official},
    {"responsible_person", &CurrentTexts::responsible_person},
}};

void set(CurrentTexts& texts, std::string_view label, const std::optional<std::string>& text) {
  for (const Slot& slot : kSlots)
    if (slot.label == label) texts.*slot.text = text;
}

}  // namespace

Result<std::vector<HistoryEntry>> history(const Engine& engine, const access::Keyring& keyring,
                                          ledger::ItemNo no) {
  const Published now = engine.published();
  const auto index = now.view->find(no);
  if (!index) return refusal("item_unknown", {{"item", ledger::to_text(no)}});
  const auto ledger_id = ledger_id_of(now.state->genesis);
  TZ_ASSERT(ledger_id.has_value());
  std::vector<HistoryEntry> out;
  const Outcome done = engine.read([&](journal::Reader& reader) -> Outcome {
    out = TZ_TRY(read_chain(no, now.view->row(*index).last, *ledger_id, reader, keyring));
    return Done{};
  });
  if (!done.ok()) return done.error();
  return out;
}

Result<std::map<std::string, std::optional<std::string>>> texts_of(const Engine& engine,
                                                                   const access::Keyring& keyring,
                                                                   Seq record) {
  const auto ledger_id = ledger_id_of(engine.published().state->genesis);
  TZ_ASSERT(ledger_id.has_value());
  std::map<std::string, std::optional<std::string>> out;
  const Outcome done = engine.read([&](journal::Reader& reader) -> Outcome {
    const auto stored = TZ_TRY(reader.read(record, 1, 1));
    if (stored.empty())
      return failure("journal_damaged",
                     {{"seq", std::to_string(record.value)}, {"code", "record_missing"}});
    const OpenedRecord opened = TZ_TRY(open_record(stored[0], *ledger_id));
    auto texts = TZ_TRY(open_texts(opened.record, *ledger_id, reader, keyring));
    for (std::size_t i = 0; i < texts.size(); ++i)
      out[opened.event.labels[i]] = std::move(texts[i]);
    return Done{};
  });
  if (!done.ok()) return done.error();
  return out;
}

Result<std::vector<OpenedRecord>> records_from(const Engine& engine, Seq from,
                                               std::size_t count_max) {
  const auto ledger_id = ledger_id_of(engine.published().state->genesis);
  TZ_ASSERT(ledger_id.has_value());
  std::vector<OpenedRecord> out;
  const Outcome done = engine.read([&](journal::Reader& reader) -> Outcome {
    const auto stored = TZ_TRY(reader.read(from, count_max, std::size_t{4} << 20));
    for (const journal::StoredRecord& one : stored)
      out.push_back(TZ_TRY(open_record(one, *ledger_id)));
    return Done{};
  });
  if (!done.ok()) return done.error();
  return out;
}

CurrentTexts current_texts(const std::vector<HistoryEntry>& entries) {
  CurrentTexts out;
  for (const HistoryEntry& entry : entries) {
    const auto* corrected = std::get_if<ledger::Corrected>(&entry.event.event);
    // Opening and moving an item bring texts of their own; these labels are in no other event.
    const bool brings = std::holds_alternative<ledger::ItemOpened>(entry.event.event) ||
                        std::holds_alternative<ledger::TransitionTaken>(entry.event.event) ||
                        std::holds_alternative<ledger::AbstractReviewed>(entry.event.event);
    if (std::holds_alternative<ledger::Assigned>(entry.event.event)) {
      out.lead_official.reset();
      out.responsible_person.reset();
    }
    for (std::size_t i = 0; i < entry.texts.size(); ++i) {
      const std::string& label = entry.event.labels[i];
      if (brings) set(out, label, entry.texts[i]);
      if (corrected != nullptr && label == "value") set(out, corrected->field, entry.texts[i]);
    }
  }
  return out;
}

}  // namespace tz::engine
