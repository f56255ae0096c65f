// Printing sentences, errors and progress.
#include <fmt/core.h>
#include <unistd.h>

#include "taizhang/commands.h"

namespace tz::program {

void Speech::say(std::string_view key, const Facts& facts) const {
  fmt::print("{}\n", Messages::of(language).text(key, facts));
}

int Speech::refuse(const Error& error) const {
  fmt::print(stderr, "taizhang: {} ({})\n", Messages::of(language).text(error), error.code);
  return 1;
}

void Speech::progress(std::uint64_t done, std::uint64_t of) const {
  if (of == 0 || ::isatty(STDERR_FILENO) == 0) return;
  constexpr std::uint64_t kWidth = 30;
  const std::uint64_t filled = done * kWidth / of;
  fmt::print(stderr, "\r[{}{}] {}/{}{}", std::string(filled, '#'),
             std::string(kWidth - filled, '.'), done, of, done == of ? "\n" : "");
}

}  // namespace tz::program
