// Measures deadlines a second on one core: working days by prefix counts against the day-by-day
// loop, on the same questions; half of them by working days, some with a pause and an extension.
// Issue 5 asks for a million a second.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "base/random.h"
#include "calendar/deadline.h"
#include "calendar/slow_deadline_test.h"
#include "real_tree.h"

namespace {

using namespace tz;

// Of this process alone: what else the machine does is none of the calendar's cost.
double now_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

constexpr std::size_t kQuestions = 1 << 14;
constexpr int kRounds = 21;

std::vector<calendar::Question> made_questions(Random& random) {
  const auto below = [&](std::uint64_t n) {
    return static_cast<std::int32_t>(random.next_u64() % n);
  };
  std::vector<calendar::Question> out(kQuestions);
  for (std::size_t i = 0; i < kQuestions; ++i) {
    calendar::Question& question = out[i];
    const Day start{calendar::kFirstDay.number + below(7'000)};
    question.from = start_of(start, question.zone);
    question.length = i % 2 == 0
                          ? calendar::Length{calendar::LengthUnit::WorkingDays, 1 + below(45)}
                          : calendar::Length{calendar::LengthUnit::NaturalDays, 1 + below(60)};
    if (i % 8 == 3) {
      const Day from{start.number + 1 + below(10)};
      question.pauses = {
          {start_of(from, question.zone), end_of(Day{from.number + below(30)}, question.zone)}};
    }
    if (i % 8 == 5) question.extensions = {{calendar::LengthUnit::NaturalDays, 30}};
  }
  return out;
}

struct Spread {
  double low, middle, high;
};

Spread spread(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {values.front(), values[values.size() / 2], values.back()};
}

}  // namespace

int main() {
  const auto all =
      calendar::Calendar::parse(bench::file_text(std::string(TZ_SOURCE) + "/calendar/holidays.csv"))
          .value();
  const calendar::WorkingDays days = all.working_days(all.newest(), {}).value();
  SeededRandom random(11);
  const std::vector<calendar::Question> questions = made_questions(random);
  // What the loop looks up is made beforehand: only the walk is its cost, not reading notices.
  std::vector<char> worked;
  for (Day day = calendar::kFirstDay; day <= calendar::kLastDay; ++day.number)
    worked.push_back(days.works(day) ? 1 : 0);
  const auto works = [&](Day day) {
    return worked[static_cast<std::size_t>(day.number - calendar::kFirstDay.number)] != 0;
  };

  std::vector<double> ours, loop, ratios;
  for (int round = 0; round < kRounds; ++round) {
    std::int64_t sum = 0;
    double begin = now_seconds();
    for (const calendar::Question& question : questions)
      sum += calendar::deadline(question, days)->due.us;
    ours.push_back(kQuestions / (now_seconds() - begin));
    begin = now_seconds();
    for (const calendar::Question& question : questions)
      sum -= calendar::slow_due(question, works).us;
    loop.push_back(kQuestions / (now_seconds() - begin));
    ratios.push_back(ours.back() / loop.back());
    if (sum != 0) {
      std::printf("the two do not agree\n");
      return 1;
    }
  }
  const Spread us = spread(ours), twin = spread(loop), ratio = spread(ratios);
  std::printf("deadlines a second, one core: %.0f (%.0f to %.0f)\n", us.middle, us.low, us.high);
  std::printf("day-by-day loop: %.0f (%.0f to %.0f)\n", twin.middle, twin.low, twin.high);
  std::printf("ratio: %.2f (%.2f to %.2f), %d pairs of %zu\n", ratio.middle, ratio.low, ratio.high,
              kRounds, kQuestions);
  return us.middle >= 1e6 ? 0 : 1;
}
