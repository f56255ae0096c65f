// Brings a simulated ledger's clock a few days further: the clock goes on from the newest record,
// so one is appended at a later instant. For tests that need a deadline or a notice to pass.
//
//   days_later DIR DAYS      the ledger is served by nobody meanwhile
#include <charconv>
#include <cstdio>
#include <string>

#include "taizhang/ledger_folder.h"

namespace {

using namespace tz;

Outcome move_clock(const std::string& folder, std::int64_t days) {
  Instant at;
  {
    const auto ledger = TZ_TRY(program::open_folder(folder));
    if (!ledger->engine->published().state->genesis.simulated) return refusal("not_simulated");
    at = ledger->engine->published().view->instant();
    ledger->engine->stop();
  }
  at.us += days * 86'400 * 1'000'000;
  const auto ledger = TZ_TRY(program::open_folder(folder, std::make_unique<program::SetClock>(at)));
  // Any fact will do; a post that ends nothing and gives an account what it has already.
  const ledger::State& state = *ledger->engine->published().state;
  if (state.posts.empty()) return refusal("no_posts");
  const ledger::Post post = state.posts.back();
  TZ_TRY(ledger->engine->submit_and_wait(
      {ledger::GrantPost{post.account, post.unit, post.role}, {}, {}, {}}));
  ledger->engine->stop();
  return Done{};
}

}  // namespace

int main(int argc, char** argv) {
  const std::string days = argc == 3 ? argv[2] : "";
  std::int64_t count = 0;
  const auto [end, fault] = std::from_chars(days.data(), days.data() + days.size(), count);
  if (days.empty() || fault != std::errc{} || end != days.data() + days.size()) {
    std::fputs("usage: days_later DIR DAYS\n", stderr);
    return 2;
  }
  const tz::Outcome moved = move_clock(argv[1], count);
  if (moved.ok()) return 0;
  std::fprintf(stderr, "days_later: %s\n", moved.error().code.c_str());
  return 1;
}
