// The queue in front of the workers is bounded, and what was taken is done.
#include "http/workers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace tz::http {
namespace {

TEST(Workers, DoWhatTheyTookAndRefuseWhatDoesNotFit) {
  std::atomic<int> done = 0;
  std::promise<void> begun;
  std::promise<void> go_on;
  std::shared_future<void> may_go_on = go_on.get_future().share();
  Workers workers(1, 2);
  ASSERT_TRUE(workers.run([&] {
    begun.set_value();
    may_go_on.wait();
    ++done;
  }));
  begun.get_future().wait();  // the one thread is busy: now the queue fills
  EXPECT_TRUE(workers.run([&] { ++done; }));
  EXPECT_TRUE(workers.run([&] { ++done; }));
  EXPECT_FALSE(workers.run([&] { ++done; }));
  go_on.set_value();
  workers.stop();
  EXPECT_EQ(done, 3);
  EXPECT_FALSE(workers.run([&] { ++done; }));
}

}  // namespace
}  // namespace tz::http
