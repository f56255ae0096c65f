// Whether the server lives, whether it can work, and what it has done.
#include "http/handlers.h"

namespace tz::http {

Result<Response> get_health(const Call&) {
  Json out;
  out.set("status", "ok");
  return json_response(out);
}

// Ready while the journal can be read.
Result<Response> get_ready(const Call& call) {
  std::uint64_t size = 0;
  const Outcome done = call.site.context.engine.read([&](journal::Reader& reader) -> Outcome {
    size = TZ_TRY(reader.size());
    return Done{};
  });
  if (!done.ok()) return done.error();
  Json out;
  out.set("status", "ready").set("records", size);
  return json_response(out);
}

Result<Response> get_metrics(const Call& call) {
  Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = call.site.metrics.text(call.published.size);
  return response;
}

}  // namespace tz::http
