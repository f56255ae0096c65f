// One record from one event.
#include "engine/recorder.h"

#include "ledger/event_codec.h"
#include "merkle/tree.h"

namespace tz::engine {

Bytes sealing_context(const journal::LedgerId& ledger, Seq record, std::uint8_t part) {
  Bytes out;
  out.reserve(ledger.size() + 9);
  ByteWriter writer(out);
  writer.raw(ledger);
  writer.u64(record.value);
  writer.u8(part);
  return out;
}

std::string month_of(Instant at, const Zone& zone) {
  return to_text(day_of(at, zone)).substr(0, 7);
}

std::size_t bytes_of(const Ingredients& ingredients) {
  std::size_t sum = journal::encoded_bytes(ingredients.record, ingredients.texts.size());
  for (const Ingredients::Text& one : ingredients.texts)
    sum += access::sealed_bytes(one.text.size());
  return sum;
}

Result<Ingredients> gather(const Recording& recording, ledger::EventDraft& draft,
                           std::optional<Seq> prev, Drawing& drawing) {
  std::vector<std::string> labels;
  labels.reserve(draft.texts.size());
  for (const ledger::LabelledText& text : draft.texts) labels.push_back(text.label);
  ledger::EncodedEvent encoded =
      ledger::encode(draft.event, labels,
                     ledger::says_origin(draft.event) ? recording.origin : ledger::Origin::Real);
  Ingredients out;
  journal::Record& record = out.record;
  record.seq = recording.next;
  record.recorded = recording.now;
  record.type = std::move(encoded.type);
  record.type_version = encoded.type_version;
  record.payload = std::move(encoded.payload);
  if (draft.item) record.item = draft.item->value;
  record.prev = prev;
  record.actor = recording.actor;
  record.command = recording.command;
  Random& random = drawing.random;
  random.fill(record.context_salt);
  random.fill(record.payload_salt);
  out.texts.reserve(draft.texts.size());
  for (ledger::LabelledText& text : draft.texts) {
    Ingredients::Text& one = out.texts.emplace_back();
    one.text = std::move(text.text);
    random.fill(one.draw.key);
    random.fill(one.draw.text_salt);
    random.fill(one.draw.nonce);
    if (!drawing.wrapping)
      drawing.wrapping = TZ_TRY(drawing.keyring.wrapping_key(drawing.month, random));
    out.wrapping = drawing.wrapping.get();
    random.fill(one.draw.wrapping_nonce);
  }
  return out;
}

Made make(Ingredients& ingredients, const journal::LedgerId& ledger) {
  Made made;
  journal::Record& record = ingredients.record;
  record.parts.reserve(ingredients.texts.size());
  made.keys.reserve(ingredients.texts.size());
  for (Ingredients::Text& one : ingredients.texts) {
    const auto part = static_cast<std::uint8_t>(record.parts.size());
    const std::uint64_t subject = subject_of(record.seq, part);
    record.parts.push_back(
        {subject, journal::commit("tz/text/1", one.draw.text_salt, as_bytes(one.text)),
         access::seal(one.text, one.draw, sealing_context(ledger, record.seq, part))});
    made.keys.push_back(
        {subject, ingredients.wrapping->month(),
         ingredients.wrapping->wrap(one.draw.key, subject, one.draw.wrapping_nonce)});
    one.draw.key.fill(0);
  }
  made.stored = journal::encode(record, ledger);
  made.leaf = merkle::leaf_hash(made.stored.header);
  return made;
}

std::optional<std::uint64_t> erased_subject(const ledger::Event& event) {
  const auto* redacted = std::get_if<ledger::Redacted>(&event);
  if (redacted == nullptr || !redacted->part) return std::nullopt;
  return subject_of(redacted->record, *redacted->part);
}

namespace {

// A text's key; none for one that was destroyed. Between reading its row and opening it, it may
// have been wrapped anew and its old wrapping key destroyed: the row is then read once more.
Result<std::optional<access::SecretKey>> key_of(std::uint64_t subject, journal::Reader& reader,
                                                const access::Keyring& keyring) {
  std::string tried;
  for (;;) {
    const auto row = TZ_TRY(reader.subject_key(subject));
    if (!row) return std::optional<access::SecretKey>{};
    auto key = keyring.unwrap(row->wrapped, row->wrapping_key, subject);
    if (key.ok()) return std::optional<access::SecretKey>{*key};
    if (row->wrapping_key == tried || key.error().code != "wrapping_key_missing")
      return key.error();
    tried = row->wrapping_key;
  }
}

}  // namespace

Result<std::vector<std::optional<access::Unsealed>>> open_parts(const journal::Record& record,
                                                                const journal::LedgerId& ledger,
                                                                journal::Reader& reader,
                                                                const access::Keyring& keyring) {
  std::vector<std::optional<access::Unsealed>> out;
  for (std::size_t i = 0; i < record.parts.size(); ++i) {
    const auto part = static_cast<std::uint8_t>(i);
    const auto key = TZ_TRY(key_of(record.parts[i].subject, reader, keyring));
    if (!key) {
      out.emplace_back();
      continue;
    }
    access::Unsealed text = TZ_TRY(access::unseal(record.parts[i].ciphertext, *key,
                                                  sealing_context(ledger, record.seq, part)));
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
