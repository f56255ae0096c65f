// One question at the door.
#include "taizhang/stated.h"

#include "taizhang/asking_at_door.h"

namespace tz::program {

Result<Json> stated_figures(OpenLedger& open) {
  http::Request request;
  request.method = "GET";
  request.target = "/api/v1/demo/stated";
  return ask_at_door(open, std::move(request));
}

}  // namespace tz::program
