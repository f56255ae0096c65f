// A few threads with a short queue in front, for work that would hold up the connections.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tz::http {

class Workers {
 public:
  Workers(std::size_t thread_count, std::size_t queue_max);
  // Stops as stop() does.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // Takes the task, or gives false where the queue is full or it has stopped. Any thread.
  [[nodiscard]] bool run(std::function<void()> task);
  // Does what is queued, then ends the threads.
  void stop();

 private:
  void work();

  const std::size_t queue_max_;
  std::mutex mutex_;  // guards the two below
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::condition_variable ready_;
  std::vector<std::thread> threads_;
};

}  // namespace tz::http
