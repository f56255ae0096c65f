// By rows first, then by the item itself; every deletion goes through the one writer.
#include "engine/retention.h"

#include <algorithm>
#include <map>

#include "engine/history.h"
#include "engine/replay.h"
#include "engine/writer.h"
#include "journal/record.h"

namespace tz::engine {
namespace {

constexpr std::size_t kReadCount = 4096;
constexpr std::size_t kReadBytes = std::size_t{16} << 20;
constexpr std::size_t kRowsAtOnce = 500;
constexpr const char* kReason = "保存期限已满 / kept no longer than its time";

// The reason of the last redaction is a text too, and stays.
bool has_more_than_a_reason(const ledger::Item& item) {
  std::size_t texts = 0;
  for (const ledger::TextNote& note : item.texts)
    for (std::uint8_t part = 0; part < note.count; ++part)
      if ((note.destroyed >> part & 1U) == 0) ++texts;
  return texts > 1 || std::any_of(item.evidence.begin(), item.evidence.end(),
                                  [](const auto& file) { return !file.destroyed; });
}

}  // namespace

Result<std::vector<ledger::ItemNo>> items_over(const Engine& engine, Instant before) {
  const Published now = engine.published();
  std::vector<ledger::ItemNo> out;
  for (std::uint32_t i = 0; i < now.view->row_count(); ++i) {
    const ledger::ItemRow row = now.view->row(rollup::RowIndex{i});
    if (row.import || ledger::is_open(row.phase)) continue;
    const auto newest = TZ_TRY(records_from(engine, row.last, 1));
    if (newest.empty() || newest.front().record.recorded >= before) continue;
    if (has_more_than_a_reason(TZ_TRY(engine.item(row.no)))) out.push_back(row.no);
  }
  return out;
}

Result<bool> erase_over(Engine& engine, ledger::ItemNo no) {
  const ledger::Item item = TZ_TRY(engine.item(no));
  const auto done = engine.submit_and_wait({ledger::EraseItem{no, item.last, kReason}, {}, {}, {}});
  if (done.ok()) return true;
  if (done.error().code == "version_stale") return false;
  return done.error();
}

Result<std::size_t> forget_answers(Engine& engine, Instant before) {
  std::vector<Bytes> old;
  const Outcome done = engine.read([&](journal::Reader& reader) -> Outcome {
    for (journal::KeptRow& row : TZ_TRY(reader.kept_all(kIdempotencySpace))) {
      TZ_ASSERT(row.value.has_value());
      const KeptAnswer answer = TZ_TRY(decode_kept_answer(*row.value));
      if (answer.receipt.recorded < before) old.push_back(std::move(row.key));
    }
    return Done{};
  });
  if (!done.ok()) return done.error();
  for (std::size_t at = 0; at < old.size(); at += kRowsAtOnce) {
    Request request;
    request.cleanse = true;
    for (std::size_t i = at; i < std::min(old.size(), at + kRowsAtOnce); ++i)
      request.changes.push_back({std::string(kIdempotencySpace), std::move(old[i]), std::nullopt});
    TZ_TRY(engine.submit_and_wait(std::move(request)));
  }
  return old.size();
}

Result<std::set<Hash>> carried_files(const Engine& engine) {
  const Published now = engine.published();
  const auto ledger = ledger_id_of(now.state->genesis);
  TZ_ASSERT(ledger.has_value());
  std::map<Seq, Hash> carriers;
  const Outcome done = engine.read([&](journal::Reader& reader) -> Outcome {
    for (std::uint64_t at = 0; at < now.size;) {
      const auto some = TZ_TRY(reader.read(Seq{at}, kReadCount, kReadBytes));
      if (some.empty()) return failure("record_missing", {{"seq", std::to_string(at)}});
      at += some.size();
      for (const journal::StoredRecord& stored : some) {
        const journal::Record record = TZ_TRY(journal::decode(stored.header, stored.body, *ledger));
        if (record.type != "evidence_added" && record.type != "redacted") continue;
        const auto decoded =
            TZ_TRY(ledger::decode(record.type, record.type_version, record.payload));
        if (const auto* added = std::get_if<ledger::EvidenceAdded>(&decoded.event))
          carriers[record.seq] = added->sha256;
        const auto* redacted = std::get_if<ledger::Redacted>(&decoded.event);
        if (redacted != nullptr && !redacted->part) carriers.erase(redacted->record);
      }
    }
    return Done{};
  });
  if (!done.ok()) return done.error();
  std::set<Hash> out;
  for (const auto& [record, hash] : carriers) out.insert(hash);
  return out;
}

}  // namespace tz::engine
