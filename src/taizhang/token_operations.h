// What commands do in the name of a person, whose token they bring: the program itself takes no
// step of an item and runs no scheme.
#pragma once

#include <optional>

#include "base/json.h"
#include "base/result.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

// None where the operation is no such. `body` is the text of the JSON that the route takes,
// `bearer` the token; each answers as its route does (api/openapi.yaml).
//   ballot_record   body, bearer          POST /api/v1/ballots
//   scheme_freeze   scheme, body, bearer  POST /api/v1/schemes/{scheme}/freeze
//   scheme_open     body, bearer          POST /api/v1/schemes
//   scheme_signing  scheme, body, bearer  POST /api/v1/schemes/{scheme}/signing
// Refuses as the route, and `scheme_unknown`.
std::optional<Result<Json>> operate_by_token(OpenLedger& ledger, const Json& operation);

}  // namespace tz::program
