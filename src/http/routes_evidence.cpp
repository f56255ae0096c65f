// Evidence files: taken in by their bytes, given out only with an item that carries them.
#include <algorithm>

#include "base/csv.h"
#include "http/big_answer.h"
#include "http/handlers.h"
#include "http/item_reading.h"
#include "http/report_sight.h"
#include "http/uploads.h"

namespace tz::http {
namespace {

std::string_view extension_of(std::string_view media_type) {
  if (media_type == "application/pdf") return ".pdf";
  if (media_type == "image/jpeg") return ".jpg";
  if (media_type == "image/png") return ".png";
  if (media_type.ends_with("wordprocessingml.document")) return ".docx";
  if (media_type.ends_with("spreadsheetml.sheet")) return ".xlsx";
  return ".bin";
}

Result<Response> keep(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  Uploads& uploads = call.site.uploads;
  const std::size_t bytes = call.request.body.size();
  TZ_TRY(uploads.begin(call.account(), bytes, call.now));
  const auto file = call.site.context.evidence.put(as_bytes(call.request.body));
  uploads.settle(call.account(), bytes, file.ok() ? std::optional(file->sha256) : std::nullopt,
                 call.now);
  if (!file.ok()) return file.error();
  Json out;
  out.set("sha256", to_hex(file->sha256)).set("media_type", file->media_type);
  out.set("bytes", file->bytes);
  out.set("original", file->original ? Json(to_hex(*file->original)) : Json());
  return json_response(out, 201);
}

}  // namespace

void post_evidence(const CallRef& call, const Reply& reply) { reading<keep>(call, reply); }

Result<Response> get_evidence(const Call& call) {
  QueryReader query(call.target);
  const auto no = query.text("item");
  TZ_TRY(query.finish());
  if (!no) return refusal("field_required", {{"field", "item"}});
  const auto named = from_hex(call.params[0]);
  const Error unknown =
      refusal("evidence_unknown", {{"sha256", std::string(beginning_of(call.params[0], 64))}});
  if (!named.ok() || named->size() != Hash{}.size()) return unknown;
  Hash sha256{};
  std::copy(named->begin(), named->end(), sha256.begin());
  const ledger::Item item = TZ_TRY(readable_item(call, *no));
  const bool receiver = receives(call, item);
  bool named_here = false;
  bool carried = false;
  for (const ledger::EvidenceNote& note : item.evidence) {
    if (note.sha256 != sha256 || (note.kept_back && !receiver)) continue;
    named_here = true;
    carried = carried || !note.destroyed;
  }
  if (!named_here) return unknown;
  if (!carried) return refusal("evidence_destroyed");
  if (call.site.big_bytes.load() > kBigBytesMax) return refusal("server_busy");
  const auto bytes = TZ_TRY(call.site.context.evidence.get(sha256));
  if (!bytes) return failure("evidence_damaged", {{"sha256", call.params[0]}});
  const std::string media_type = evidence::media_type_of(*bytes);
  Response response;
  response.body = as_text(*bytes);
  count_body(call.site.big_bytes, response);
  response.content_type = media_type;
  const std::string name = to_hex(sha256).substr(0, 12) + std::string(extension_of(media_type));
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  response.headers.emplace_back("Content-Security-Policy", "sandbox; default-src 'none'");
  response.headers.emplace_back("Cache-Control", "private, no-store");
  return response;
}

}  // namespace tz::http
