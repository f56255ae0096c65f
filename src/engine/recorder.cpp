// One record from one event.
#include "engine/recorder.h"

#include "ledger/event_codec.h"

namespace tz::engine {

Bytes sealing_context(const journal::LedgerId& ledger, Seq record, std::uint8_t part) {
  Bytes out;
  ByteWriter writer(out);
  writer.raw(ledger);
  writer.u64(record.value);
  writer.u8(part);
  return out;
}

std::string month_of(Instant at, const Zone& zone) {
  return to_text(day_of(at, zone)).substr(0, 7);
}

namespace {

Outcome seal_texts(const Recording& recording, const ledger::EventDraft& draft,
                   access::Keyring& keyring, Random& random, journal::Record& record,
                   journal::Batch& batch) {
  for (const ledger::LabelledText& text : draft.texts) {
    const auto part = static_cast<std::uint8_t>(record.parts.size());
    const std::uint64_t subject = subject_of(record.seq, part);
    access::SecretKey key;
    random.fill(key);
    access::Sealed sealed =
        access::seal(text.text, key, sealing_context(recording.ledger, record.seq, part), random);
    Bytes wrapped = TZ_TRY(keyring.wrap(key, recording.month, subject, random));
    key.fill(0);
    record.parts.push_back({subject,
                            journal::commit("tz/text/1", sealed.text_salt, as_bytes(text.text)),
                            std::move(sealed.ciphertext)});
    batch.subject_keys.push_back({subject, recording.month, std::move(wrapped)});
  }
  return Done{};
}

}  // namespace

Result<journal::Record> make_record(const Recording& recording, const ledger::EventDraft& draft,
                                    std::optional<Seq> prev, access::Keyring& keyring,
                                    Random& random, journal::Batch& batch) {
  std::vector<std::string> labels;
  for (const ledger::LabelledText& text : draft.texts) labels.push_back(text.label);
  ledger::EncodedEvent encoded =
      ledger::encode(draft.event, labels, draft.item ? recording.origin : ledger::Origin::Real);
  journal::Record record;
  record.seq = recording.next;
  record.recorded = recording.now;
  record.type = std::move(encoded.type);
  record.type_version = encoded.type_version;
  record.payload = std::move(encoded.payload);
  if (draft.item) record.item = draft.item->value;
  record.prev = prev;
  record.actor = recording.actor;
  record.command = recording.command;
  random.fill(record.context_salt);
  random.fill(record.payload_salt);
  TZ_TRY(seal_texts(recording, draft, keyring, random, record, batch));
  const auto* redacted = std::get_if<ledger::Redacted>(&draft.event);
  if (redacted != nullptr && redacted->part)
    batch.erased_subjects.push_back(subject_of(redacted->record, *redacted->part));
  return record;
}

Result<std::vector<std::optional<access::Unsealed>>> open_parts(const journal::Record& record,
                                                                const journal::LedgerId& ledger,
                                                                journal::Reader& reader,
                                                                const access::Keyring& keyring) {
  std::vector<std::optional<access::Unsealed>> out;
  for (std::size_t i = 0; i < record.parts.size(); ++i) {
    const auto part = static_cast<std::uint8_t>(i);
    const auto row = TZ_TRY(reader.subject_key(record.parts[i].subject));
    if (!row) {
      out.emplace_back();
      continue;
    }
    const access::SecretKey key =
        TZ_TRY(keyring.unwrap(row->wrapped, row->wrapping_key, record.parts[i].subject));
    access::Unsealed text = TZ_TRY(
        access::unseal(record.parts[i].ciphertext, key, sealing_context(ledger, record.seq, part)));
    if (journal::commit("tz/text/1", text.text_salt, as_bytes(text.text)) !=
        record.parts[i].text_commitment)
      return failure("record_disagrees",
                     {{"seq", std::to_string(record.seq.value)}, {"what", "text"}});
    out.emplace_back(std::move(text));
  }
  return out;
}

Result<std::vector<std::optional<std::string>>> open_texts(const journal::Record& record,
                                                           const journal::LedgerId& ledger,
                                                           journal::Reader& reader,
                                                           const access::Keyring& keyring) {
  std::vector<std::optional<std::string>> out;
  for (auto& part : TZ_TRY(open_parts(record, ledger, reader, keyring))) {
    out.emplace_back();
    if (part) out.back() = std::move(part->text);
  }
  return out;
}

}  // namespace tz::engine
