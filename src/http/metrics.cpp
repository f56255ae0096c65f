// Counting and writing the counters down.
#include "http/metrics.h"

namespace tz::http {

void Metrics::answered(std::string_view method, std::string_view pattern, unsigned status) {
  const std::lock_guard lock(mutex_);
  ++answers_[{method, pattern, status}];
}

void Metrics::refused(std::string_view code) {
  const std::lock_guard lock(mutex_);
  const auto found = refusals_.find(code);
  if (found != refusals_.end())
    ++found->second;
  else
    refusals_.emplace(code, 1);
}

std::string Metrics::text(std::uint64_t journal_records) const {
  std::string out;
  const auto one = [&](const char* name, const char* type, std::uint64_t value) {
    out += std::string("# TYPE ") + name + " " + type + "\n" + name + " " + std::to_string(value) +
           "\n";
  };
  one("tz_journal_records", "gauge", journal_records);
  one("tz_publications_total", "counter", publications);
  one("tz_commands_waiting", "gauge", commands_waiting);
  one("tz_connections", "gauge", connections);
  one("tz_connections_refused_total", "counter", connections_refused);
  one("tz_streams", "gauge", streams);
  one("tz_search_bytes", "gauge", search_bytes);
  one("tz_search_records", "gauge", search_records);
  one("tz_search_unreadable_items", "gauge", search_unreadable);
  const std::lock_guard lock(mutex_);
  out += "# TYPE tz_requests_total counter\n";
  for (const auto& [key, count] : answers_)
    out += "tz_requests_total{method=\"" + std::string(std::get<0>(key)) + "\",route=\"" +
           std::string(std::get<1>(key)) + "\",status=\"" + std::to_string(std::get<2>(key)) +
           "\"} " + std::to_string(count) + "\n";
  out += "# TYPE tz_refusals_total counter\n";
  for (const auto& [code, count] : refusals_)
    out += "tz_refusals_total{code=\"" + code + "\"} " + std::to_string(count) + "\n";
  return out;
}

}  // namespace tz::http
