// Reading a record and its way up to the root that the newest checkpoint signs.
#include "engine/record_proof.h"

#include "engine/recorder.h"
#include "engine/replay.h"
#include "merkle/tree.h"

namespace tz::engine {
namespace {

Result<RecordProof> read_proof(journal::Reader& reader, const journal::LedgerId& ledger,
                               const access::Keyring& keyring, ledger::ItemNo no, Seq seq) {
  const Facts named = {{"seq", std::to_string(seq.value)}};
  const std::uint64_t size = TZ_TRY(reader.size());
  if (seq.value >= size) return refusal("record_unknown", named);
  const auto stored = TZ_TRY(reader.read(seq, 1, 1));
  if (stored.empty())
    return failure("journal_damaged",
                   {{"seq", std::to_string(seq.value)}, {"code", "record_missing"}});
  OpenedRecord opened = TZ_TRY(open_record(stored[0], ledger));
  if (opened.record.item != no.value) return refusal("record_unknown", named);
  const auto checkpoint = TZ_TRY(reader.checkpoint(size));
  if (!checkpoint || checkpoint->size <= seq.value) return refusal("proof_not_yet", named);
  RecordProof out;
  auto texts = TZ_TRY(open_parts(opened.record, ledger, reader, keyring));
  for (std::size_t i = 0; i < texts.size(); ++i)
    out.parts.push_back(
        {opened.event.labels[i], sha256(opened.record.parts[i].ciphertext), std::move(texts[i])});
  out.context = journal::context_of(opened.record);
  out.record = std::move(opened.record);
  out.header = stored[0].header;
  out.leaf = merkle::leaf_hash(out.header);
  out.checkpoint = checkpoint->note;
  out.size = checkpoint->size;
  out.path = TZ_TRY(merkle::inclusion_proof(seq.value, out.size, hash_source(reader)));
  return out;
}

}  // namespace

Result<RecordProof> record_proof(const Engine& engine, const access::Keyring& keyring,
                                 ledger::ItemNo no, Seq seq) {
  const auto ledger_id = ledger_id_of(engine.published().state->genesis);
  TZ_ASSERT(ledger_id.has_value());
  std::optional<RecordProof> out;
  const Outcome done = engine.read([&](journal::Reader& reader) -> Outcome {
    out = TZ_TRY(read_proof(reader, *ledger_id, keyring, no, seq));
    return Done{};
  });
  if (!done.ok()) return done.error();
  TZ_ASSERT(out.has_value());
  return *std::move(out);
}

}  // namespace tz::engine
