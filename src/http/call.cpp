// The usual form of an answer and of a body.
#include "http/call.h"

namespace tz::http {

Response json_response(const Json& body, unsigned status) {
  Response response;
  response.status = status;
  response.body = body.dump();
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Result<Json> json_body(const Request& request) {
  if (request.body.empty()) return Json(JsonObject{});
  return parse_json(request.body);
}

}  // namespace tz::http
