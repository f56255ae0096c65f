// One's deadlines for a calendar program, which cannot sign in: by an address with a secret of its
// own.
#include "exchange/calendar_feed.h"
#include "http/admission.h"
#include "http/handlers.h"
#include "http/own_deadlines.h"

namespace tz::http {
namespace {

// Whose calendar it is: the one who asks, or the one who made the address. None: nobody's.
std::optional<AccountId> owner_of(const Call& call, const std::optional<std::string>& key) {
  if (!key) return call.caller ? std::optional(call.caller->account) : std::nullopt;
  const auto token = call.site.context.accounts.token(*key, call.now);
  if (!token || token->scope != kCalendarScope) return std::nullopt;
  return token->account;
}

}  // namespace

Result<Response> get_calendar(const Call& call) {
  QueryReader query(call.target);
  const auto key = query.text("key");
  TZ_TRY(query.finish());
  const auto account = owner_of(call, key);
  if (!account) return refusal("calendar_unknown");
  call.note->account = account;
  const std::string origin = call.state().genesis.origin;
  exchange::CalendarFeed feed;
  feed.name = call.words().text("calendar.name");
  feed.stamp = call.now;
  for (const OwnDeadline& each :
       TZ_TRY(own_deadlines(call.site.context.engine, call.site.search, *account, call.now))) {
    const std::string number = ledger::to_text(each.item);
    const std::string& address = call.site.context.address;
    feed.entries.push_back({number + "-" + each.clock + "@" + origin.substr(0, origin.find('/')),
                            each.day, number,
                            address.empty() ? std::string() : address + "/items/" + number});
  }
  Response response;
  response.content_type = "text/calendar; charset=utf-8";
  response.body = write_calendar(feed);
  return response;
}

}  // namespace tz::http
