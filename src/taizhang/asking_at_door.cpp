// A problem that is answered becomes the error again that it tells of.
#include "taizhang/asking_at_door.h"

#include <future>

#include "base/embedded.h"
#include "http/door.h"
#include "taizhang/operations.h"
#include "taizhang/tending.h"

namespace tz::program {
namespace {

constexpr unsigned kProblemsFrom = 400;
constexpr unsigned kFailuresFrom = 500;

Result<Json> asked(http::Door& door, http::Request request) {
  std::promise<http::Response> promise;
  std::future<http::Response> answer = promise.get_future();
  request.peer = "127.0.0.1";
  door.handle(std::move(request),
              [&](http::Response response) { promise.set_value(std::move(response)); });
  const http::Response response = answer.get();
  Json body = TZ_TRY(parse_json(response.content()));
  if (response.status < kProblemsFrom) return body;
  Error error = error_from(body);
  if (response.status >= kFailuresFrom) error.error_class = ErrorClass::Failure;
  return error;
}

}  // namespace

Result<Json> ask_at_door(OpenLedger& open, http::Request request) {
  if (const auto door = open.door.lock()) return asked(*door, std::move(request));
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
  auto answer = asked(*door, std::move(request));
  door->stop();
  return answer;
}

}  // namespace tz::program
