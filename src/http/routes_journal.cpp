// The journal in commit order, and the stream of what is recorded.
#include <charconv>

#include "engine/history.h"
#include "http/handlers.h"
#include "http/render.h"
#include "http/report_sight.h"
#include "http/sight.h"
#include "http/stream_hub.h"
#include "ledger/mandate.h"
#include "ledger/resident_sight.h"

namespace tz::http {
namespace {

constexpr std::size_t kPageUsual = 100;
constexpr std::size_t kPageMax = 200;
constexpr std::size_t kScannedMax = 2000;
constexpr std::size_t kReadAtOnce = 250;

// Whether what the record says is for the caller, who may read its item.
Result<bool> may_see_payload(const Call& call, const engine::OpenedRecord& opened) {
  const journal::Record& record = opened.record;
  const ledger::Event& event = opened.event.event;
  const bool asks = std::holds_alternative<ledger::EvidenceAdded>(event) ||
                    std::holds_alternative<ledger::ItemsLinked>(event) ||
                    std::holds_alternative<ledger::JudgementGiven>(event);
  if (!record.item || !asks) return true;
  const auto item = TZ_TRY(call.site.context.engine.item(ledger::ItemNo{*record.item}));
  return !TZ_TRY(payload_withheld(call, item, event, record.seq));
}

// Of a work group that the caller may not know of nothing is told.
bool of_hidden_group(const Call& call, const ledger::Event& event) {
  const auto id = ledger::group_of(event);
  const ledger::WorkGroup* group = id ? call.state().work_group(*id) : nullptr;
  return group != nullptr && !ledger::may_read(call.state(), *group, call.account(), call.today);
}

Json plain_record_json(const Call& call, const journal::Record& record, bool with_payload) {
  Json out;
  out.set("seq", record.seq.value).set("at", call.instant_text(record.recorded));
  out.set("type", record.type);
  out.set("item", record.item ? Json(ledger::to_text(ledger::ItemNo{*record.item})) : Json());
  out.set("by", acting_json(call.state(), record.actor));
  const auto payload = parse_json(record.payload);
  out.set("payload", payload.ok() && with_payload ? *payload : Json());
  return out;
}

}  // namespace

Result<Response> get_journal(const Call& call) {
  QueryReader query(call.target);
  const auto after = TZ_TRY(query.number("after", kJsonIntegerMax - 1));
  const std::size_t limit = TZ_TRY(query.limit(kPageUsual, kPageMax));
  TZ_TRY(query.finish());
  Sight sight(call.published, call.account(), call.today);
  const engine::Engine& engine = call.site.context.engine;
  std::uint64_t next = after ? *after + 1 : 0;
  JsonArray records;
  std::size_t scanned = 0;
  while (next < call.published.size && records.size() < limit && scanned < kScannedMax) {
    const auto page = TZ_TRY(engine::records_from(engine, Seq{next}, kReadAtOnce));
    for (const engine::OpenedRecord& each : page) {
      if (each.record.seq.value >= call.published.size || records.size() == limit) break;
      next = each.record.seq.value + 1;
      ++scanned;
      if (of_hidden_group(call, each.event.event)) continue;
      if (!ledger::may_know(call.state(), each.event.event, call.account(), call.today)) continue;
      const auto item = each.record.item;
      if (item && !TZ_TRY(sight.may_read(engine, ledger::ItemNo{*item}))) continue;
      const bool with_payload = TZ_TRY(may_see_payload(call, each));
      records.push_back(plain_record_json(call, each.record, with_payload));
    }
    if (page.empty()) break;
  }
  Json out;
  out.set("records", std::move(records));
  // What to send as `after` next: the last record looked at, shown or not.
  out.set("after", next == 0 ? Json() : Json(next - 1));
  out.set("more", next < call.published.size);
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_stream(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  StreamHub::Subscription subscription{*call.caller, call.published.size, {}};
  if (const std::string* last = call.request.header("last-event-id")) {
    const char* end = last->data() + last->size();
    const auto [at, fault] = std::from_chars(last->data(), end, subscription.next);
    if (fault != std::errc{} || at != end || subscription.next > call.published.size)
      return query_bad("Last-Event-ID", *last);
  }
  subscription.place = TZ_TRY(call.site.streams.reserve(call.account()));
  Response response;
  response.content_type = "text/event-stream";
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("X-Accel-Buffering", "no");
  response.stream = [&hub = call.site.streams, subscription](std::shared_ptr<EventSink> sink) {
    hub.subscribe(subscription, std::move(sink));
  };
  return response;
}

}  // namespace tz::http
