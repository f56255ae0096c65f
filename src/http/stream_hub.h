// Tells every open stream what was recorded, each only of items in its account's sight.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/id.h"
#include "engine/replay.h"
#include "http/caller.h"
#include "http/context.h"
#include "http/message.h"
#include "http/metrics.h"
#include "http/places.h"

namespace tz::http {

// event = "event: position" LF "id: " size LF "data: {size, instant}" LF LF
//       | "event: record"   LF "id: " (seq + 1) LF "data: {seq, item, type}" LF LF
// comment = ": still here" LF LF       every 15 seconds
//
// An id is how many records the reader has been told of: sent back in Last-Event-ID it goes on
// from there. A stream ends with the session or token it was opened by, and after ten minutes, so
// that who may see what is asked anew.
class StreamHub {
 public:
  struct Limits {
    std::size_t streams = 1000;
    std::size_t of_account = 12;
  };
  StreamHub(Context& context, Metrics& metrics, const Limits& limits);
  // Stops as stop() does.
  ~StreamHub();
  StreamHub(const StreamHub&) = delete;
  StreamHub& operator=(const StreamHub&) = delete;

  // Takes a place for one more stream. Refuses `streams_full`, `streams_of_account_full` (fact:
  // count_max). Any thread.
  struct Place {
    std::shared_ptr<void> of_all;
    std::shared_ptr<void> of_account;
  };
  Result<Place> reserve(AccountId account);
  // `next` is the first record to be told of; `place` came from reserve(). Any thread.
  struct Subscription {
    Caller caller;
    std::uint64_t next = 0;
    Place place;
  };
  void subscribe(Subscription subscription, std::shared_ptr<EventSink> sink);
  // Something was published. Any thread; brief.
  void wake();
  // Closes every stream and ends the thread.
  void stop();

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Stream {
    Subscription subscription;
    std::shared_ptr<EventSink> sink;
    SteadyTime ends;
    SteadyTime heartbeat;
    std::uint64_t told_size = 0;
    bool begun = false;
  };
  using Page = std::vector<engine::OpenedRecord>;
  enum class Progress { UpToDate, SlowReader, More, Ended };  // what there is to do next

  void run();
  Progress serve_all();
  Progress serve(Stream& stream, const engine::Published& published, SteadyTime now);
  Result<const Page*> page_from(std::uint64_t from);

  Context& context_;
  Metrics& metrics_;
  const Limits limits_;
  Places<AccountId> account_places_;
  std::mutex mutex_;  // guards the four below
  std::vector<std::unique_ptr<Stream>> arriving_;
  bool woken_ = false;
  bool stopping_ = false;
  std::condition_variable ready_;
  std::vector<std::unique_ptr<Stream>> streams_;  // the hub's thread
  std::map<std::uint64_t, Page> pages_;           // of one round; the hub's thread
  std::thread thread_;
};

}  // namespace tz::http
