// The log for everybody: signed checkpoints, and tiles of hashes and headers (C2SP tlog-tiles).
#include "engine/replay.h"
#include "http/handlers.h"
#include "merkle/tiles.h"

namespace tz::http {

Result<Response> get_checkpoint(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.body = TZ_TRY(call.site.context.engine.checkpoint());
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  return response;
}

Result<Response> get_tile(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const merkle::TileRef ref = TZ_TRY(merkle::parse_tile_path(call.params[0]));
  Bytes bytes;
  const Outcome done = call.site.context.engine.read([&](journal::Reader& reader) -> Outcome {
    const std::uint64_t size = TZ_TRY(reader.size());
    if (!ref.entries) {
      bytes = TZ_TRY(merkle::tile_bytes(ref, size, engine::hash_source(reader)));
      return Done{};
    }
    const Error missing =
        refusal("tile_missing", {{"tile", merkle::tile_path(ref)}, {"size", std::to_string(size)}});
    if (ref.index > size / 256 || ref.index * 256 + ref.width > size) return missing;
    const auto headers = TZ_TRY(reader.read_headers(Seq{ref.index * 256}, ref.width));
    if (headers.size() != ref.width) return missing;
    bytes = merkle::bundle_bytes(headers);
    return Done{};
  });
  if (!done.ok()) return done.error();
  Response response;
  response.content_type = "application/octet-stream";
  response.body = as_text(bytes);
  // A tile never changes, a partial one neither: its width stands in its path.
  response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  return response;
}

}  // namespace tz::http
