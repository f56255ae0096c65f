// What benches have in common: ending where something fails, and taking the time.
#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "base/result.h"

namespace tz::bench {

using Steady = std::chrono::steady_clock;

[[noreturn]] inline void fail(const std::string& what) {
  std::fprintf(stderr, "the measurement failed: %s\n", what.c_str());
  std::exit(1);
}
template <class T>
T must(Result<T> result) {
  if (!result.ok()) fail(result.error().code);
  return std::move(result).value();
}
inline double ms_since(Steady::time_point begin) {
  return std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
}

}  // namespace tz::bench
