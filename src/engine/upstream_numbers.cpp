// Going back from an item's newest record to its opening: what is newer comes first and stays.
#include "engine/upstream_numbers.h"

#include "engine/recorder.h"
#include "engine/replay.h"

namespace tz::engine {
namespace {

using Text = std::optional<std::string>;

struct Reading {
  const journal::LedgerId& ledger;
  journal::Reader& reader;
  const access::Keyring& keyring;

  [[nodiscard]] Result<Text> text(const OpenedRecord& opened, std::string_view label) const {
    const auto texts = TZ_TRY(open_texts(opened.record, ledger, reader, keyring));
    for (std::size_t i = 0; i < texts.size(); ++i)
      if (opened.event.labels[i] == label) return texts[i];
    return Text{};
  }
};

// What an item's records say of its numbers.
struct Gathered {
  Text source;
  Text batch;
  std::optional<Text> number;  // within: none where it was destroyed
  std::vector<ledger::UpstreamNumber> others;
  bool merged = false;

  Outcome take(const OpenedRecord& opened, const Reading& reading) {
    const ledger::Event& event = opened.event.event;
    if (const auto* corrected = std::get_if<ledger::Corrected>(&event)) {
      if (corrected->field == "source" && !source) source = corrected->value;
      if (corrected->field == "batch" && !batch) batch = corrected->value;
      if (corrected->field == "upstream_no" && !number)
        number = TZ_TRY(reading.text(opened, "value"));
    }
    if (const auto* added = std::get_if<ledger::SourceAdded>(&event)) {
      if (const Text text = TZ_TRY(reading.text(opened, "upstream_no")))
        others.push_back({added->source, added->batch.value_or(""), *text});
    }
    if (const auto* linked = std::get_if<ledger::ItemsLinked>(&event))
      merged = merged || linked->link == ledger::LinkKind::MergedInto;
    if (const auto* first = std::get_if<ledger::ItemOpened>(&event)) {
      if (!source) source = first->source;
      if (!batch) batch = first->batch;
      if (!number) number = TZ_TRY(reading.text(opened, "upstream_no"));
    }
    return Done{};
  }
};

Error broken(Seq seq, const char* code) {
  return failure("journal_damaged", {{"seq", std::to_string(seq.value)}, {"code", code}});
}

Result<std::vector<Hash>> gather(const ledger::ItemRow& row, const Reading& reading) {
  Gathered found;
  std::optional<Seq> at = row.last;
  while (at) {
    const auto stored = TZ_TRY(reading.reader.read(*at, 1, 1));
    if (stored.empty()) return broken(*at, "record_missing");
    const OpenedRecord opened = TZ_TRY(open_record(stored[0], reading.ledger));
    if (opened.record.item != row.no.value) return broken(*at, "record_misplaced");
    TZ_TRY(found.take(opened, reading));
    at = opened.record.prev;
  }
  std::vector<Hash> out;
  if (row.phase == ledger::Phase::Dropped && !found.merged) return out;
  if (found.number && *found.number)
    out.push_back(mark_of({found.source.value_or(""), found.batch.value_or(""), **found.number}));
  for (const ledger::UpstreamNumber& each : found.others) out.push_back(mark_of(each));
  return out;
}

}  // namespace

Result<UpstreamNumbers> upstream_numbers(const Engine& engine, const access::Keyring& keyring,
                                         std::span<const ledger::ItemRow> rows) {
  const auto ledger_id = ledger_id_of(engine.published().state->genesis);
  TZ_ASSERT(ledger_id.has_value());
  UpstreamNumbers out;
  const Outcome done = engine.read([&](journal::Reader& reader) -> Outcome {
    const Reading reading{*ledger_id, reader, keyring};
    for (const ledger::ItemRow& row : rows) {
      auto marks = engine.numbers().of(row);
      if (!marks) {
        marks = TZ_TRY(gather(row, reading));
        engine.numbers().keep(row, *marks);
      }
      for (const Hash& mark : *marks) out.try_emplace(mark, row.no);
    }
    return Done{};
  });
  if (!done.ok()) return done.error();
  return out;
}

std::optional<ledger::ItemNo> KnownNumbers::find(const ledger::UpstreamNumber& number) {
  auto known = by_source_.find(number.source);
  if (known == by_source_.end()) {
    auto read = upstream_numbers(engine_, keyring_, rows_(number.source));
    if (!read.ok()) outcome_ = read.error();
    known =
        by_source_.emplace(number.source, read.ok() ? *std::move(read) : UpstreamNumbers{}).first;
  }
  const auto found = known->second.find(mark_of(number));
  if (found == known->second.end()) return std::nullopt;
  return found->second;
}

}  // namespace tz::engine
