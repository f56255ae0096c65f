// The server's door where one is open, else a door of its own without a socket.
#include "taizhang/stated.h"

#include <future>

#include "base/embedded.h"
#include "http/door.h"
#include "taizhang/tending.h"

namespace tz::program {
namespace {

Result<Json> asked(http::Door& door) {
  std::promise<http::Response> promise;
  std::future<http::Response> answer = promise.get_future();
  http::Request request;
  request.method = "GET";
  request.target = "/api/v1/demo/stated";
  request.peer = "127.0.0.1";
  door.handle(std::move(request),
              [&](http::Response response) { promise.set_value(std::move(response)); });
  const http::Response response = answer.get();
  if (response.status == 404) return refusal("route_unknown");
  return parse_json(response.content());
}

}  // namespace

Result<Json> stated_figures(OpenLedger& open) {
  if (const auto door = open.door.lock()) return asked(*door);
  http::LockedRandom random(open.random);
  http::Context context{*open.engine,
                        open.accounts,
                        *open.keyring,
                        *open.audit,
                        *open.evidence,
                        *open.clock,
                        random,
                        TZ_TRY(read_verifier_key(open.folder)),
                        &Messages::of,
                        &embedded_file,
                        {},
                        TZ_VERSION,
                        {},
                        {},
                        keeping_of(open.settings),
                        nullptr,
                        nullptr,
                        {},
                        {}};
  const auto door = http::Door::open(context);
  auto answer = asked(*door);
  door->stop();
  return answer;
}

}  // namespace tz::program
