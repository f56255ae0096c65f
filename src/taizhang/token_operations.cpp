// Each is a request at the ledger's own door, where the token says whose it is and what it is good
// for.
#include "taizhang/token_operations.h"

#include <array>

#include "taizhang/asking_at_door.h"
#include "taizhang/named_operation.h"
#include "taizhang/operation_fields.h"

namespace tz::program {
namespace {

Result<Json> post(OpenLedger& open, const Json& operation, std::string target) {
  http::Request request;
  request.method = "POST";
  request.target = std::move(target);
  request.body = TZ_TRY(text_field(operation, "body"));
  request.headers.emplace_back("authorization",
                               "Bearer " + TZ_TRY(text_field(operation, "bearer")));
  request.headers.emplace_back("content-type", "application/json");
  return ask_at_door(open, std::move(request));
}

// Of a scheme that there is, whose code needs no care in an address.
Result<Json> post_to_scheme(OpenLedger& open, const Json& operation, const char* what) {
  const std::string scheme = TZ_TRY(text_field(operation, "scheme"));
  if (!open.engine->published().state->scheme_of(scheme))
    return refusal("scheme_unknown", {{"scheme", scheme}});
  return post(open, operation, "/api/v1/schemes/" + scheme + what);
}

Result<Json> record_ballot(OpenLedger& open, const Json& operation) {
  return post(open, operation, "/api/v1/ballots");
}
Result<Json> freeze_scheme(OpenLedger& open, const Json& operation) {
  return post_to_scheme(open, operation, "/freeze");
}
Result<Json> open_scheme(OpenLedger& open, const Json& operation) {
  return post(open, operation, "/api/v1/schemes");
}
Result<Json> open_signing(OpenLedger& open, const Json& operation) {
  return post_to_scheme(open, operation, "/signing");
}

constexpr std::array<NamedOperation, 4> kOperations = {{{"ballot_record", record_ballot},
                                                        {"scheme_freeze", freeze_scheme},
                                                        {"scheme_open", open_scheme},
                                                        {"scheme_signing", open_signing}}};

}  // namespace

std::optional<Result<Json>> operate_by_token(OpenLedger& ledger, const Json& operation) {
  return operate_by_name(kOperations, ledger, operation);
}

}  // namespace tz::program
