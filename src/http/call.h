// One request on its way through the door: everything a handler may look at, and its answer.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/message.h"
#include "base/result.h"
#include "http/caller.h"
#include "http/context.h"
#include "http/message.h"
#include "http/metrics.h"
#include "http/one_each.h"
#include "http/target.h"
#include "http/workers.h"

namespace tz::engine {
class SealedTrees;
}

namespace tz::http {

class AddressLimit;
class PastViews;
class SearchFeed;
class StreamHub;
class Uploads;

// What handlers share.
struct Site {
  Context& context;
  Metrics& metrics;
  Workers& readers;    // whatever reads the disk
  Workers& passwords;  // Argon2 alone
  Workers& searches;   // so that strangers who search a lot hold up nobody who reads
  StreamHub& streams;
  std::atomic<std::size_t>& big_bytes;  // of large answers in memory (http/big_answer.h)
  Workers& tables;                      // whole tables, in and out
  OneEach& importing;
  OneEach& exporting;
  SearchFeed& search;
  AddressLimit& reports;   // what strangers send in
  AddressLimit& codes;     // query codes that were wrong
  Workers& outgoing;       // whatever asks another machine
  AddressLimit& sign_ins;  // begun at the identity provider
  Uploads& uploads;
  Workers& past_readers;  // questions about the past, of those who have signed in
  PastViews& pasts;
  engine::SealedTrees& sealed_trees;
};

// What a handler tells the audit log beyond what the request itself says. Written before the answer
// is given, by whoever gives it.
struct AuditNote {
  std::optional<AccountId> account;  // whose, where the request names nobody yet
  bool tried = false;  // it cost more than a request to be refused: listed whatever the number
  std::string about;
};

// Of a question about the past: how it was asked, and what is published now.
struct AsOfAsked {
  std::string text;
  engine::Published now;
};

struct Call {
  Site site;
  Request request;
  Target target;
  std::vector<std::string> params;  // what the pattern's {names} stand for, in order
  std::optional<Caller> caller;
  Language language = Language::Chinese;
  std::string request_id;
  engine::Published published;
  Instant now;       // not before the newest record
  Day today;         // of `now`, in the ledger's zone
  std::string from;  // the address it comes from
  std::shared_ptr<AuditNote> note;
  std::shared_ptr<const AsOfAsked> as_of{};  // null: `published` is what is published now

  // What access is decided by, whatever moment is asked about.
  [[nodiscard]] const engine::Published& present() const { return as_of ? as_of->now : published; }
  // The moment and the day at which what is shown was true.
  [[nodiscard]] Instant shown_at() const { return as_of ? view().instant() : now; }
  [[nodiscard]] Day shown_on() const { return as_of ? day_of(view().instant(), zone()) : today; }
  [[nodiscard]] const ledger::State& state() const { return *published.state; }
  [[nodiscard]] const ledger::OrgTree& tree() const { return *published.state->tree; }
  [[nodiscard]] const rollup::View& view() const { return *published.view; }
  [[nodiscard]] const Zone& zone() const { return published.state->zone; }
  [[nodiscard]] const Messages& words() const { return site.context.messages(language); }
  [[nodiscard]] std::string instant_text(Instant at) const { return to_text(at, zone()); }
  // 0 where nobody has signed in.
  [[nodiscard]] AccountId account() const { return caller ? caller->account : AccountId{}; }
};
using CallRef = std::shared_ptr<const Call>;

// How a handler answers: once, on any thread. `more` goes into the problem of an error.
struct Answer {
  Result<Response> result;
  Json more;
};
using Reply = std::function<void(Answer)>;
using Handler = void (*)(const CallRef& call, const Reply& reply);

// The key by which a repetition of this request is known; none where it brings none.
std::optional<engine::IdempotencyKey> idempotency_of(const Call& call);

// A handler that answers from memory, at once and on the connection's thread.
template <Result<Response> (*Answering)(const Call&)>
void at_once(const CallRef& call, const Reply& reply) {
  reply({Answering(*call), {}});
}

// A handler that reads the disk and so has a thread of its own for the while.
template <Result<Response> (*Answering)(const Call&)>
void reading(const CallRef& call, const Reply& reply) {
  const bool taken = call->site.readers.run([call, reply] { reply({Answering(*call), {}}); });
  if (!taken) reply({refusal("server_busy"), {}});
}

// An answer of JSON that nobody keeps a copy of.
Response json_response(const Json& body, unsigned status = 200);
// The body as JSON; an empty one is an empty object. Refuses `bad_json`.
Result<Json> json_body(const Request& request);

}  // namespace tz::http
