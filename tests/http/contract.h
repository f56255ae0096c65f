// Holds answers against the schemas of api/openapi.yaml.
#pragma once

#include <string>

#include "http/client.h"

namespace tz::http_test {

// What is wrong with a JSON answer by the contract, e.g. "items/0/due: text is not object"; empty
// when nothing is. `route` is a path of the file, e.g. "/api/v1/items/{no}".
std::string breach(const std::string& method, const std::string& route, const Reply& reply);

}  // namespace tz::http_test
