// The page of the web, which is the same at every address.
#pragma once

#include "base/result.h"
#include "http/context.h"
#include "http/message.h"

namespace tz::http {

// With a nonce of its own, and the policy that allows what bears it. Refuses `page_missing` where
// the web was not built. Any thread.
Result<Response> web_page(const Context& context);

}  // namespace tz::http
