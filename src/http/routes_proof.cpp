// The proof of one record, as a browser or any other program recomputes it.
#include <charconv>

#include "base/csv.h"
#include "engine/record_proof.h"
#include "http/handlers.h"
#include "http/item_reading.h"
#include "http/render.h"
#include "http/report_sight.h"

namespace tz::http {
namespace {

std::optional<Seq> seq_in(const std::string& text) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [at, fault] = std::from_chars(text.data(), end, value);
  const bool plain = fault == std::errc{} && at == end && std::to_string(value) == text;
  return plain ? std::optional(Seq{value}) : std::nullopt;
}

Json parts_json(const engine::RecordProof& proof, const std::vector<bool>& withheld) {
  JsonArray out;
  for (std::size_t i = 0; i < proof.parts.size(); ++i) {
    const engine::RecordProof::Part& part = proof.parts[i];
    Json each;
    each.set("label", part.label);
    each.set("ciphertext_sha256", to_hex(part.ciphertext_hash));
    each.set("commitment", to_hex(proof.record.parts[i].text_commitment));
    const bool shown = part.text && !withheld[i];
    each.set("text_salt", shown ? Json(to_hex(part.text->text_salt)) : Json());
    each.set("text", shown ? Json(part.text->text) : Json());
    out.push_back(std::move(each));
  }
  return out;
}

}  // namespace

Result<Response> get_proof(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const ledger::Item item = TZ_TRY(readable_item(call, call.params[0]));
  const auto seq = seq_in(call.params[1]);
  if (!seq)
    return refusal("record_unknown", {{"seq", std::string(beginning_of(call.params[1], 20))}});
  const Context& context = call.site.context;
  const engine::RecordProof proof =
      TZ_TRY(engine::record_proof(context.engine, context.keyring, item.no, *seq));
  const bool receiver = receives(call, item);
  engine::HistoryEntry entry{proof.record, {}, {}, {}};
  entry.event =
      TZ_TRY(ledger::decode(proof.record.type, proof.record.type_version, proof.record.payload));
  std::vector<bool> withheld_parts;
  const bool answer = keeps_answer_back(call, item, entry.event.event, entry.record.seq);
  for (const engine::RecordProof::Part& part : proof.parts)
    withheld_parts.push_back(answer || withheld(item, entry, part.label, receiver));
  JsonArray path;
  for (const Hash& hash : proof.path) path.emplace_back(to_hex(hash));
  Json out;
  out.set("seq", proof.record.seq.value).set("size", proof.size);
  out.set("checkpoint", proof.checkpoint);
  out.set("leaf", to_hex(proof.leaf)).set("header", to_hex(proof.header));
  out.set("path", std::move(path));
  out.set("context_salt", to_hex(proof.record.context_salt));
  out.set("context", to_hex(proof.context));
  const bool plain = !TZ_TRY(payload_withheld(call, item, entry.event.event, proof.record.seq));
  out.set("payload_salt", plain ? Json(to_hex(proof.record.payload_salt)) : Json());
  out.set("payload", plain ? Json(proof.record.payload) : Json());
  out.set("parts", parts_json(proof, withheld_parts));
  set_stamp(out, call);
  return json_response(out);
}

}  // namespace tz::http
