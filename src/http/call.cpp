// The usual form of an answer and of a body.
#include "http/call.h"

namespace tz::http {

std::optional<engine::IdempotencyKey> idempotency_of(const Call& call) {
  const Request& sent = call.request;
  const std::string* key = sent.header("idempotency-key");
  if (key == nullptr) return std::nullopt;
  return engine::IdempotencyKey{
      call.account(), *key,
      sha256({as_bytes(sent.method), as_bytes("\n"), as_bytes(sent.target), as_bytes("\n"),
              as_bytes(sent.body)})};
}

Response json_response(const Json& body, unsigned status) {
  Response response;
  response.status = status;
  response.body = body.dump();
  return response;
}

Result<Json> json_body(const Request& request) {
  if (request.body.empty()) return Json(JsonObject{});
  return parse_json(request.body);
}

}  // namespace tz::http
