// Finding the past that is asked for and putting it in the place of what is published.
#include "http/as_of.h"

#include "http/past_views.h"
#include "http/sight.h"

namespace tz::http {
namespace {

constexpr std::string_view kName = "as_of";

Result<Response> answer(const Call& call, Result<Response> (*answering)(const Call&)) {
  const std::string text = QueryReader(call.target).text(kName).value_or("");
  const engine::AsOf asked = TZ_TRY(engine::parse_as_of(text, call.zone()));
  const std::uint64_t records_max = call.caller ? kRecordsBackMax : kRecordsBackOfStrangersMax;
  PastViews::Found found =
      TZ_TRY(call.site.pasts.find(call.site.context.engine, asked, call.now, records_max));
  Call then = call;
  // What is kept from him is told by the state of now, and found by number in either view.
  engine::Published past{found.now.state, found.then.view, found.then.size};
  if (call.caller) {
    past.view = view_for(past, call.account(), call.today);
    found.now.view = view_for(found.now, call.account(), call.today);
  }
  past.state = found.then.state;
  then.published = std::move(past);
  then.as_of = std::make_shared<const AsOfAsked>(AsOfAsked{text, std::move(found.now)});
  return answering(then);
}

}  // namespace

bool asks_as_of(const Call& call) { return QueryReader(call.target).text(kName).has_value(); }

// Strangers wait for one another, and hold up nobody who has signed in.
void answer_as_of(const CallRef& call, const Reply& reply,
                  Result<Response> (*answering)(const Call&)) {
  Workers& workers = call->caller ? call->site.past_readers : call->site.searches;
  const bool taken = workers.run([call, reply, answering] {
    reply({answer(*call, answering), {}});
  });
  if (!taken) reply({refusal("server_busy"), {}});
}

}  // namespace tz::http
