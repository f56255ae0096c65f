// Opened items say what their record holds; any later change is read from the item's whole chain.
#include "engine/text_changes.h"

#include <algorithm>
#include <set>

#include "engine/recorder.h"

namespace tz::engine {
namespace {

constexpr std::size_t kReadBytes = std::size_t{4} << 20;

// What was collected from a run of records.
struct Run {
  TextChanges changes;
  std::set<ledger::ItemNo> changed_later;
};

// One item's damage is no reason to know nothing of the others; a storage's failure may pass.
Outcome say_unreadable(ledger::ItemNo item, const Error& error, TextChanges& changes) {
  if (error.code.starts_with("storage_")) return error;
  changes.changes.push_back({item, {}});
  ++changes.unreadable_count;
  return Done{};
}

void note_named(ledger::ItemNo item, const ledger::Event& event, TextChanges& changes) {
  if (const auto* part = std::get_if<ledger::PartAssigned>(&event))
    changes.named.push_back({item, part->unit});
  if (const auto* assigned = std::get_if<ledger::Assigned>(&event))
    if (assigned->supervising) changes.named.push_back({item, *assigned->supervising});
}

Outcome take(const journal::StoredRecord& stored, const journal::LedgerId& ledger_id,
             journal::Reader& reader, const access::Keyring& keyring, Run& run) {
  const auto record = TZ_TRY(journal::decode(stored.header, stored.body, ledger_id));
  run.changes.next = record.seq.value + 1;
  if (!record.item) return Done{};
  const ledger::ItemNo item{*record.item};
  if (record.type == "corrected" || record.type == "redacted" || record.type == "abstract_reviewed")
    run.changed_later.insert(item);
  const bool names = record.type == "assigned" || record.type == "part_assigned";
  if (!names && record.type != "item_opened") return Done{};
  OpenedRecord opened = TZ_TRY(open_record(stored, ledger_id));
  if (names) {
    note_named(item, opened.event.event, run.changes);
    return Done{};
  }
  auto texts = open_texts(opened.record, ledger_id, reader, keyring);
  if (!texts.ok()) return say_unreadable(item, texts.error(), run.changes);
  const std::vector<HistoryEntry> first = {
      {std::move(opened.record), std::move(opened.event), *std::move(texts), {}}};
  run.changes.changes.push_back({item, current_texts(first)});
  return Done{};
}

}  // namespace

Result<TextChanges> text_changes(const Engine& engine, const access::Keyring& keyring, Seq from,
                                 std::size_t count_max) {
  const Published now = engine.published();
  const auto ledger_id = ledger_id_of(now.state->genesis);
  TZ_ASSERT(ledger_id.has_value());
  Run run;
  run.changes.next = from.value;
  if (from.value >= now.size) return run.changes;
  const auto count =
      static_cast<std::size_t>(std::min<std::uint64_t>(count_max, now.size - from.value));
  const Outcome done = engine.read([&](journal::Reader& reader) -> Outcome {
    for (const journal::StoredRecord& stored : TZ_TRY(reader.read(from, count, kReadBytes)))
      TZ_TRY(take(stored, *ledger_id, reader, keyring, run));
    return Done{};
  });
  if (!done.ok()) return done.error();
  for (const ledger::ItemNo item : run.changed_later) {
    const auto entries = history(engine, keyring, item);
    if (entries.ok())
      run.changes.changes.push_back({item, current_texts(*entries)});
    else
      TZ_TRY(say_unreadable(item, entries.error(), run.changes));
  }
  return run.changes;
}

}  // namespace tz::engine
