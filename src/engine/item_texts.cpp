// Going back from an item's newest record to its opening, past what shows nothing.
#include "engine/item_texts.h"

#include "engine/recorder.h"
#include "engine/replay.h"

namespace tz::engine {
namespace {

Error broken(Seq seq, const char* code) {
  return failure("journal_damaged", {{"seq", std::to_string(seq.value)}, {"code", code}});
}

// Newer ones come first: what is found stays.
class Gathering {
 public:
  Gathering(const journal::LedgerId& ledger, journal::Reader& reader,
            const access::Keyring& keyring)
      : ledger_(ledger), reader_(reader), keyring_(keyring) {}

  Outcome take(const OpenedRecord& opened) {
    if (const auto* corrected = std::get_if<ledger::Corrected>(&opened.event.event)) {
      if (corrected->field == "title" && !title_) return open(opened, "value", title_);
      if (corrected->field == "description" && !description_)
        return open(opened, "value", description_);
      if (corrected->field == "source" && !source_) source_ = corrected->value;
    }
    if (std::holds_alternative<ledger::AbstractReviewed>(opened.event.event)) {
      if (!title_) TZ_TRY(open(opened, "title", title_));
      if (!description_) TZ_TRY(open(opened, "description", description_));
    }
    if (const auto* first = std::get_if<ledger::ItemOpened>(&opened.event.event)) {
      if (!source_) source_ = first->source;
      if (!title_) TZ_TRY(open(opened, "title", title_));
      if (!description_) TZ_TRY(open(opened, "description", description_));
    }
    return Done{};
  }

  [[nodiscard]] ItemTexts found() const {
    return {title_.value_or(std::nullopt), description_.value_or(std::nullopt),
            source_.value_or("")};
  }

 private:
  using Text = std::optional<std::string>;

  Outcome open(const OpenedRecord& opened, std::string_view label, std::optional<Text>& into) {
    const auto texts = TZ_TRY(open_texts(opened.record, ledger_, reader_, keyring_));
    for (std::size_t i = 0; i < texts.size(); ++i)
      if (opened.event.labels[i] == label) into = texts[i];
    return Done{};
  }

  const journal::LedgerId& ledger_;
  journal::Reader& reader_;
  const access::Keyring& keyring_;
  std::optional<Text> title_;  // within: none where it was destroyed
  std::optional<Text> description_;
  std::optional<std::string> source_;
};

}  // namespace

Outcome read_item_texts(const Engine& engine, const access::Keyring& keyring,
                        std::span<const ledger::ItemRow> rows, const TakeTexts& take) {
  const auto ledger_id = ledger_id_of(engine.published().state->genesis);
  TZ_ASSERT(ledger_id.has_value());
  return engine.read([&](journal::Reader& reader) -> Outcome {
    for (const ledger::ItemRow& row : rows) {
      Gathering gathering(*ledger_id, reader, keyring);
      std::optional<Seq> at = row.last;
      while (at) {
        const auto stored = TZ_TRY(reader.read(*at, 1, 1));
        if (stored.empty()) return broken(*at, "record_missing");
        const OpenedRecord opened = TZ_TRY(open_record(stored[0], *ledger_id));
        if (opened.record.item != row.no.value) return broken(*at, "record_misplaced");
        TZ_TRY(gathering.take(opened));
        at = opened.record.prev;
      }
      TZ_TRY(take(row, gathering.found()));
    }
    return Done{};
  });
}

}  // namespace tz::engine
