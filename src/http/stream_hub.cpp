// One thread serves all streams: it reads what is new once and tells it to each.
#include "http/stream_hub.h"

#include <algorithm>

#include "base/json.h"
#include "engine/history.h"
#include "http/sight.h"

namespace tz::http {
namespace {

constexpr auto kHeartbeat = std::chrono::seconds(15);
constexpr auto kLifetime = std::chrono::minutes(10);
constexpr auto kLookForHeartbeats = std::chrono::milliseconds(1000);
constexpr auto kLookAgain = std::chrono::milliseconds(50);
constexpr std::size_t kWaitingBytesMax = 256 << 10;
constexpr std::size_t kPageCount = 256;
constexpr std::size_t kPagesMax = 16;

std::string event_text(const char* name, std::uint64_t id, const Json& data) {
  return std::string("event: ") + name + "\nid: " + std::to_string(id) + "\ndata: " + data.dump() +
         "\n\n";
}

}  // namespace

StreamHub::StreamHub(Context& context, Metrics& metrics, const Limits& limits)
    : context_(context),
      metrics_(metrics),
      limits_(limits),
      account_places_(limits.of_account),
      thread_([this] { run(); }) {}

StreamHub::~StreamHub() { stop(); }

Result<StreamHub::Place> StreamHub::reserve(AccountId account) {
  Place out;
  out.of_account = account_places_.take(account);
  if (!out.of_account)
    return refusal("streams_of_account_full", {{"count_max", std::to_string(limits_.of_account)}});
  if (metrics_.streams.fetch_add(1) >= limits_.streams) {
    --metrics_.streams;
    return refusal("streams_full");
  }
  out.of_all = {&metrics_, [](Metrics* metrics) { --metrics->streams; }};
  return out;
}

void StreamHub::subscribe(Subscription subscription, std::shared_ptr<EventSink> sink) {
  auto stream = std::make_unique<Stream>();
  stream->subscription = std::move(subscription);
  stream->sink = std::move(sink);
  const SteadyTime now = std::chrono::steady_clock::now();
  stream->ends = now + kLifetime;
  stream->heartbeat = now + kHeartbeat;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) {
      stream->sink->close();
      return;
    }
    arriving_.push_back(std::move(stream));
    woken_ = true;
  }
  ready_.notify_one();
}

void StreamHub::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  ready_.notify_one();
}

void StreamHub::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void StreamHub::run() {
  Progress left = Progress::UpToDate;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      // A heartbeat a second late is none too late.
      auto wait = kLookForHeartbeats;
      if (left == Progress::SlowReader) wait = kLookAgain;
      if (left == Progress::More) wait = std::chrono::milliseconds(0);
      ready_.wait_for(lock, wait, [this] { return woken_ || stopping_; });
      woken_ = false;
      for (auto& stream : arriving_) streams_.push_back(std::move(stream));
      arriving_.clear();
      if (stopping_) break;
    }
    left = serve_all();
  }
  for (const auto& stream : streams_) stream->sink->close();
  streams_.clear();
}

// The most urgent of what the streams need next.
StreamHub::Progress StreamHub::serve_all() {
  if (streams_.empty()) return Progress::UpToDate;
  const engine::Published published = context_.engine.published();
  const SteadyTime now = std::chrono::steady_clock::now();
  pages_.clear();
  Progress left = Progress::UpToDate;
  for (auto& stream : streams_) {
    const Progress progress = serve(*stream, published, now);
    if (progress == Progress::Ended) {
      stream->sink->close();
      stream.reset();
    } else {
      left = std::max(left, progress);
    }
  }
  std::erase(streams_, nullptr);
  return left;
}

// What several streams are to be told next is read once.
Result<const StreamHub::Page*> StreamHub::page_from(std::uint64_t from) {
  const auto found = pages_.find(from);
  if (found != pages_.end()) return &found->second;
  Page page = TZ_TRY(engine::records_from(context_.engine, Seq{from}, kPageCount));
  if (pages_.size() == kPagesMax) pages_.clear();
  return &(pages_[from] = std::move(page));
}

StreamHub::Progress StreamHub::serve(Stream& stream, const engine::Published& published,
                                     SteadyTime now) {
  Subscription& subscription = stream.subscription;
  if (!stream.sink->open() || now >= stream.ends) return Progress::Ended;
  if (!still_holds(subscription.caller, context_.accounts, context_.clock.now()))
    return Progress::Ended;
  if (now >= stream.heartbeat) {
    stream.sink->send(": still here\n\n");
    stream.heartbeat = now + kHeartbeat;
  }
  // Whoever reads slowly is told later; whoever does not read at all is cut by the connection.
  if (stream.sink->waiting_bytes() > kWaitingBytesMax) return Progress::SlowReader;
  if (subscription.next < published.size) {
    Sight sight(published, subscription.caller.account,
                day_of(published.view->instant(), published.state->zone));
    const auto page = page_from(subscription.next);
    if (!page.ok() || (*page)->empty()) return Progress::Ended;
    std::string events;
    for (const engine::OpenedRecord& record : **page) {
      const std::uint64_t seq = record.record.seq.value;
      if (seq >= published.size) break;
      subscription.next = seq + 1;
      if (!record.record.item) continue;
      const ledger::ItemNo no{*record.record.item};
      const auto readable = sight.may_read(context_.engine, no);
      if (!readable.ok() || !*readable) continue;
      Json data;
      data.set("seq", seq).set("item", ledger::to_text(no)).set("type", record.record.type);
      events += event_text("record", seq + 1, data);
    }
    if (!events.empty()) stream.sink->send(std::move(events));
    if (subscription.next < published.size) return Progress::More;
  }
  if (!stream.begun || stream.told_size != published.size) {
    stream.begun = true;
    stream.told_size = published.size;
    Json data;
    data.set("size", published.size);
    data.set("instant", to_text(published.view->instant(), published.state->zone));
    stream.sink->send(event_text("position", published.size, data));
  }
  return Progress::UpToDate;
}

}  // namespace tz::http
