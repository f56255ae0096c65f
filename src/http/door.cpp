// From a request to its route, who asks and whether he may, and from the answer to a response.
#include "http/door.h"

#include <exception>

#include "base/household.h"
#include "http/accept.h"
#include "http/admission.h"
#include "http/error_response.h"
#include "http/forwarded.h"
#include "http/routes.h"
#include "http/sight.h"
#include "http/web_page.h"
#include "ledger/permission.h"

namespace tz::http {
namespace {

constexpr std::string_view kUnrouted = "-";

constexpr std::string_view kFormType = "application/x-www-form-urlencoded";
constexpr std::string_view kJsonType = "application/json";

// `wanted` in small letters.
bool is_type(std::string_view content_type, std::string_view wanted) {
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  if (type.size() < wanted.size()) return false;
  for (std::size_t i = 0; i < type.size(); ++i) {
    const char c = type[i] >= 'A' && type[i] <= 'Z' ? static_cast<char>(type[i] + 32) : type[i];
    if (i < wanted.size() ? c != wanted[i] : c != ' ') return false;
  }
  return true;
}

bool changes(std::string_view method) { return method != "GET" && method != "HEAD"; }

Language language_of(const Request& request) {
  const std::string* preference = request.header("accept-language");
  return language_from(preference == nullptr ? std::string_view() : *preference);
}

// Whether somebody at a browser asked for an address that is not one of a program.
bool wants_page(const Request& request) {
  const std::string* accept = request.header("accept");
  if (accept == nullptr || !asks_for_page(*accept) || changes(request.method)) return false;
  const std::string_view target = request.target;
  if (!target.starts_with('/')) return false;
  const std::string_view first = target.substr(1, target.find_first_of("/?", 1) - 1);
  return first != "api" && first != "assets" && first != "log";
}

// Whoever watches the counters must not learn when somebody sends something in, or follows it, or
// when somebody asks who that was.
bool of_reporters(std::string_view pattern) {
  return pattern.starts_with("/report") || pattern == "/follow" || pattern == "/dispute" ||
         pattern == "/api/v1/requests" || pattern == "/api/v1/items/on-behalf" ||
         pattern == "/api/v1/items/{no}/reporter";
}

// Nor by which rule an act was refused: some are about reports alone. What the door itself refuses
// is counted by its code.
std::string_view counted_as(const Error& error, unsigned status) {
  const bool by_a_rule =
      status == 400 || status == 403 || status == 404 || status == 409 || status == 422;
  return by_a_rule && error.code != "route_unknown" ? "rule" : std::string_view(error.code);
}

}  // namespace

struct Door::Asked {
  std::string id;
  std::string_view method = kUnrouted;  // of the table, not as sent
  std::string_view pattern = kUnrouted;
  Handler handler = nullptr;
  std::string allowed;
  Language language = Language::Chinese;
  bool tls = false;
  std::string from;
  AuditTrail::Entry entry;
  std::shared_ptr<void> place;  // among the requests of his account, or of his address
};

Door::Door(Context& context, const DoorLimits& limits)
    : context_(context),
      limits_(limits),
      trail_(context.audit, context.clock),
      readers_(limits.readers, limits.readers_queue),
      passwords_(limits.passwords, limits.passwords_queue),
      tables_(limits.tables, limits.tables_queue),
      searches_(limits.searches, limits.searches_queue),
      past_readers_(limits.pasts, limits.pasts_queue),
      streams_(std::make_unique<StreamHub>(
          context, metrics_, StreamHub::Limits{limits.streams, limits.streams_of_account})),
      search_(std::make_unique<SearchFeed>(context, metrics_)),
      reports_(limits.reports_an_hour, context.random),
      codes_(limits.wrong_codes_an_hour, context.random),
      outgoing_(limits.outgoing, limits.outgoing_queue),
      sign_ins_(limits.sign_ins_an_hour, context.random),
      requests_(limits.requests_of_account),
      strangers_(limits.requests_of_address),
      uploads_(limits.uploads),
      id_prefix_(static_cast<std::uint32_t>(context.random.next_u64())) {}

std::shared_ptr<Door> Door::open(Context& context, const DoorLimits& limits) {
  std::shared_ptr<Door> door(new Door(context, limits));
  const std::weak_ptr<Door> weak = door;
  context.engine.on_published([weak](const engine::Published&) {
    if (const auto alive = weak.lock()) {
      ++alive->metrics_.publications;
      alive->streams_->wake();
      alive->search_->wake();
    }
  });
  return door;
}

Door::~Door() { stop(); }

void Door::stop() {
  streams_->stop();
  outgoing_.stop();
  passwords_.stop();
  tables_.stop();
  readers_.stop();
  searches_.stop();
  past_readers_.stop();
  search_->stop();
}

std::string Door::next_request_id() {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.u32(id_prefix_);
  writer.u32(next_id_++);
  return to_hex(bytes);
}

Match Door::find(const Request& request, const Target& target) const {
  return find_route(request.method, target.segments,
                    [this](const Route& route) { return stands(route, context_); });
}

std::size_t Door::body_bytes_max(const Request& head) {
  const auto target = parse_target(head.target);
  if (!target.ok()) return 0;
  const Match match = find(head, *target);
  if (match.route == nullptr || match.route->takes == Takes::Nothing) return 0;
  if (match.route->takes == Takes::Form) return limits_.form_bytes;
  const auto caller = caller_of(head, context_.accounts, context_.clock.now());
  if (!caller.ok() || !*caller) return limits_.stranger_body_bytes;
  return match.route->takes == Takes::File ? limits_.evidence_bytes : limits_.body_bytes;
}

void Door::describe(Asked& asked, const std::optional<Caller>& caller) {
  const AuditedRoute* audited = audited_route(asked.pattern, asked.method);
  AuditTrail::Entry& entry = asked.entry;
  entry.row.from = asked.from;
  entry.row.request = asked.id;
  entry.row.by = !caller ? "nobody" : caller->session ? "session" : "token";
  entry.row.account.reset();
  if (caller) entry.row.account = caller->account;
  if (!entry.note) entry.note = std::make_shared<AuditNote>();
  if (audited == nullptr) return;
  entry.row.act = audited->act;
  entry.recorded = audited->recorded;
}

// One of those that his account has, or a stranger's address.
Outcome Door::take_place(Asked& asked, const std::optional<Caller>& caller) {
  asked.place = caller ? requests_.take(caller->account) : strangers_.take(household(asked.from));
  if (asked.place) return Done{};
  const std::size_t count_max = caller ? limits_.requests_of_account : limits_.requests_of_address;
  return refusal(caller ? "requests_too_many" : "address_requests_too_many",
                 {{"count_max", std::to_string(count_max)}});
}

// Everything that stands between a request and its handler.
Result<CallRef> Door::admit(Request& request, Asked& asked) {
  Target target = TZ_TRY(parse_target(request.target));
  Match match = find(request, target);
  if (match.route == nullptr) {
    asked.allowed = match.allowed;
    if (match.allowed.empty()) return refusal("route_unknown");
    return refusal("method_not_allowed", {{"allowed", match.allowed}});
  }
  const Route& route = *match.route;
  asked.method = route.method;
  asked.pattern = route.pattern;
  asked.handler = route.handler;
  describe(asked, {});
  auto caller = TZ_TRY(caller_of(request, context_.accounts, context_.clock.now()));
  describe(asked, caller);
  engine::Published published = context_.engine.published();
  const Instant now = std::max(context_.clock.now(), published.view->instant());
  const Day today = day_of(now, published.state->zone);
  const bool anybody = published.state->policy->of(route.right).admits == ledger::Admits::Anybody;
  if (!anybody) {
    if (!caller) return refusal("sign_in_needed");
    if (changes(request.method)) TZ_TRY(check_csrf(request, *caller));
    TZ_TRY(check_admission(*caller, route, match.params));
  } else {
    if (caller && counts_as_nobody(*caller)) caller.reset();
    describe(asked, caller);
    // What anybody may read is nobody's business.
    if (!caller && asked.entry.recorded == Recorded::Soon) asked.entry.recorded = Recorded::No;
  }
  TZ_TRY(take_place(asked, caller));
  const std::optional<AccountId> account = caller ? std::optional(caller->account) : std::nullopt;
  TZ_TRY(ledger::admitted(*published.state, account, route.right, today));
  if (account) published.view = view_for(published, *account, today);
  if (!request.body.empty() && route.takes == Takes::Nothing)
    return refusal("body_too_large", {{"bytes_max", "0"}});
  const std::string* encoding = request.header("content-encoding");
  if (!request.body.empty() && encoding != nullptr && *encoding != "identity")
    return refusal("content_encoding_bad", {{"given", *encoding}});
  if (route.takes == Takes::Form) TZ_TRY(check_form_origin(request));
  if (!request.body.empty() && route.takes == Takes::Form) {
    const std::string* type = request.header("content-type");
    if (type == nullptr || !is_type(*type, kFormType))
      return refusal("content_type_bad", {{"wanted", std::string(kFormType)}});
  }
  if (!request.body.empty() && route.takes == Takes::Json) {
    const std::string* type = request.header("content-type");
    if (type == nullptr || !is_type(*type, kJsonType))
      return refusal("content_type_bad", {{"wanted", std::string(kJsonType)}});
  }
  const Site site{context_,  metrics_,      readers_, passwords_,   searches_,
                  *streams_, big_bytes_,    tables_,  importing_,   exporting_,
                  *search_,  reports_,      codes_,   outgoing_,    sign_ins_,
                  uploads_,  past_readers_, pasts_,   sealed_trees_};
  auto call = std::make_shared<Call>(
      Call{site, std::move(request), std::move(target), std::move(match.params), std::move(caller),
           asked.language, asked.id, published, now, today, asked.from, asked.entry.note});
  asked.entry.row.about = subject_of(*call);
  return CallRef(std::move(call));
}

// An address that is none gets the web's page, which says so, where somebody at a browser asked.
Answer Door::refused(const Error& error, const Request& request) {
  const bool nowhere = error.code == "route_unknown" || error.code == "bad_target";
  if (!nowhere || !wants_page(request)) return {error, {}};
  auto page = web_page(context_);
  if (!page.ok()) return {error, {}};
  page->status = status_of(error);
  page->code = error.code;
  metrics_.refused(counted_as(error, status_of(error)));
  return {std::move(page), {}};
}

void Door::handle(Request request, const Responder& respond) {
  Asked asked;
  asked.id = next_request_id();
  asked.language = language_of(request);
  asked.tls = request.tls = over_tls(request, context_.proxies);
  asked.from = address_of(request, context_.proxies);
  auto call = admit(request, asked);
  if (call.ok()) {
    const Outcome room = trail_.begin(asked.entry);
    if (!room.ok()) return respond(finish({room.error(), {}}, asked));
  }
  // Handlers hand the reply on and on: what it holds is shared, so that copying it costs little.
  struct Held {
    std::shared_ptr<Door> door;
    Asked asked;
    Responder respond;
  };
  const Handler handler = asked.handler;
  const auto held =
      std::make_shared<const Held>(Held{shared_from_this(), std::move(asked), respond});
  const Reply reply = [held](Answer answer) {
    held->door->trail_.conclude(held->asked.entry, std::move(answer), [held](Answer told) {
      held->respond(held->door->finish(std::move(told), held->asked));
    });
  };
  if (!call.ok()) return reply(refused(call.error(), request));
  handler(*call, reply);
}

Response Door::finish(Answer answer, const Asked& asked) {
  Response response;
  if (answer.result.ok()) {
    response = std::move(answer.result).value();
  } else {
    const Error& error = answer.result.error();
    response = problem(error, context_.messages(asked.language), asked.id, answer.more);
    if (!of_reporters(asked.pattern)) metrics_.refused(counted_as(error, response.status));
    if (response.status == 405) response.headers.emplace_back("Allow", asked.allowed);
    if (response.status >= 500 && error.error_class == ErrorClass::Failure && context_.report)
      context_.report({asked.id, std::string(asked.method), std::string(asked.pattern), error});
  }
  response.secured = true;
  response.tls = asked.tls;
  response.headers.emplace_back("X-Request-Id", asked.id);
  if (!of_reporters(asked.pattern)) metrics_.answered(asked.method, asked.pattern, response.status);
  return response;
}

Response Door::refuse(const Error& error, const Request& head) {
  Asked asked;
  asked.id = next_request_id();
  asked.language = language_of(head);
  asked.tls = over_tls(head, context_.proxies);
  return finish({error, {}}, asked);
}

}  // namespace tz::http
