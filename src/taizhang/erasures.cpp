// Following the journal, and doing again what a backup does not know.
#include "taizhang/erasures.h"

#include "base/file.h"
#include "engine/replay.h"
#include "http/doomed_evidence.h"

namespace tz::program {
namespace {

constexpr std::size_t kRecordsAtOnce = 4096;
constexpr std::size_t kListBytesMax = std::size_t{256} << 20;
constexpr const char* kAgain = "恢复备份后再次清除 / erased again after a backup was restored";

journal::LedgerId id_of(const OpenLedger& ledger) {
  const auto id = engine::ledger_id_of(ledger.engine->published().state->genesis);
  TZ_ASSERT(id.has_value());
  return *id;
}

Result<engine::ErasureList> stored_list(const OpenLedger& ledger, const std::string& ledger_id) {
  const auto file = TZ_TRY(read_file(erasures_path(ledger.folder), kListBytesMax));
  engine::ErasureList none;
  none.ledger = ledger_id;
  if (!file) return none;
  const auto key = TZ_TRY(read_verifier_key(ledger.folder));
  auto list = engine::parse_erasures(as_text(file->bytes), key);
  // It follows from the journal: one that is damaged, or of another ledger, is made anew.
  return list.ok() && list->ledger == ledger_id ? *list : none;
}

// Erases one text or file; false where it is gone already.
Result<bool> redact(OpenLedger& ledger, Seq record, std::optional<std::uint8_t> part) {
  std::optional<ledger::ItemNo> no;
  const Outcome found = ledger.engine->read([&](journal::Reader& reader) -> Outcome {
    const auto stored = TZ_TRY(reader.read(record, 1, 1));
    if (stored.empty()) return Done{};
    const auto opened = TZ_TRY(engine::open_record(stored[0], id_of(ledger)));
    if (opened.record.item) no = ledger::ItemNo{*opened.record.item};
    return Done{};
  });
  if (!found.ok()) return found.error();
  if (!no) return false;  // of after the backup: it is not in this ledger
  const Seq newest = TZ_TRY(ledger.engine->item(*no)).last;
  const auto done = ledger.engine->submit_and_wait(
      {ledger::RedactText{*no, newest, record, part, kAgain}, {}, {}, {}});
  if (done.ok()) return true;
  const std::string& code = done.error().code;
  if (code == "text_destroyed" || code == "evidence_destroyed") return false;
  return done.error();
}

}  // namespace

std::string erasures_path(const std::string& folder) { return folder + "/erasures.txt"; }

Result<engine::ErasureList> follow_erasures(OpenLedger& ledger, Write write) {
  const std::lock_guard lock(ledger.erasures_mutex);
  const journal::LedgerId id = id_of(ledger);
  const bool read_before = ledger.erasures.has_value();
  engine::ErasureList list =
      read_before ? *ledger.erasures : TZ_TRY(stored_list(ledger, to_hex(id)));
  const engine::ErasureList before = list;
  const Outcome followed = ledger.engine->read([&](journal::Reader& reader) -> Outcome {
    while (TZ_TRY(engine::follow_redactions(list, reader, id, kRecordsAtOnce))) {
    }
    return Done{};
  });
  if (!followed.ok()) return followed.error();
  for (const access::Account& account : ledger.accounts.all())
    if (account.erased) list.accounts.insert(account.id);
  const bool same = list.texts == before.texts && list.files == before.files &&
                    list.accounts == before.accounts && before.through > 0;
  if (!same || write == Write::Always) {
    const std::string text = engine::to_text(list, TZ_TRY(read_signing_key(ledger.folder)));
    TZ_TRY(write_file({erasures_path(ledger.folder)}, as_bytes(text)));
  }
  ledger.erasures = list;  // only what is written down counts as known
  return list;
}

Result<std::size_t> replay_erasures(OpenLedger& ledger, const engine::ErasureList& list) {
  const std::uint64_t size = ledger.engine->published().size;
  if (list.ledger != to_hex(id_of(ledger))) return refusal("erasures_foreign");
  if (list.through < size)
    return refusal("erasures_old",
                   {{"through", std::to_string(list.through)}, {"records", std::to_string(size)}});
  std::size_t count = 0;
  for (const auto& [record, part] : list.texts)
    if (record.value < size && TZ_TRY(redact(ledger, record, part))) ++count;
  for (const Seq record : list.files)
    if (record.value < size && TZ_TRY(redact(ledger, record, std::nullopt))) ++count;
  TZ_TRY(http::destroy_doomed(*ledger.engine, *ledger.evidence));
  for (const AccountId account : list.accounts) {
    const auto known = ledger.accounts.find(account);
    if (!known || known->erased) continue;
    auto changes = TZ_TRY(ledger.accounts.erase(account));
    TZ_TRY(ledger.engine->submit_and_wait({{}, {}, {}, std::move(changes), {}, {}, true}));
    ++count;
  }
  return count;
}

}  // namespace tz::program
