// A row of the audit log as the API tells it.
#pragma once

#include <string>

#include "access/audit_files.h"
#include "base/json.h"
#include "http/call.h"

namespace tz::http {

// `name` is what the account that did it is called: null where it is not told or not known.
Json audit_row_json(const Call& call, const access::StoredAuditRow& stored, Json name);

}  // namespace tz::http
