// Counters of what the door did, as Prometheus text.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>

namespace tz::http {

// Any thread.
class Metrics {
 public:
  // Both are the table of routes', never what the caller sent: they last as long as the program,
  // and the number of lines is bounded.
  void answered(std::string_view method, std::string_view pattern, unsigned status);
  void refused(std::string_view code);

  std::atomic<std::uint64_t> connections{0};          // open now
  std::atomic<std::uint64_t> connections_refused{0};  // for there were too many
  std::atomic<std::uint64_t> commands_waiting{0};     // given to the engine and not answered
  std::atomic<std::uint64_t> publications{0};         // durable batches published
  std::atomic<std::uint64_t> streams{0};
  std::atomic<std::uint64_t> search_bytes{0};       // of what can be searched
  std::atomic<std::uint64_t> search_records{0};     // whose texts were taken in
  std::atomic<std::uint64_t> search_unreadable{0};  // items whose texts do not open

  [[nodiscard]] std::string text(std::uint64_t journal_records) const;

 private:
  mutable std::mutex mutex_;  // guards the two below
  std::map<std::tuple<std::string_view, std::string_view, unsigned>, std::uint64_t> answers_;
  std::map<std::string, std::uint64_t, std::less<>> refusals_;
};

}  // namespace tz::http
