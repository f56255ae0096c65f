// What went wrong, as a stable code with the facts a sentence needs; wording lives in locales/.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace tz {

// Refusal: a rule or a bad input; the caller can mend it. Failure: the machine let us down.
enum class ErrorClass { Refusal, Failure };

// Named facts for the sentence, e.g. {"unit", "220204"}; order is of no meaning.
using Facts = std::vector<std::pair<std::string, std::string>>;

struct Error {
  ErrorClass error_class = ErrorClass::Refusal;
  std::string code;  // lower snake case, stable; a key of locales/*.json under "error."
  Facts facts;
};

inline Error refusal(std::string code, Facts facts = {}) {
  return Error{ErrorClass::Refusal, std::move(code), std::move(facts)};
}

inline Error failure(std::string code, Facts facts = {}) {
  return Error{ErrorClass::Failure, std::move(code), std::move(facts)};
}

// Stops the process when `condition` is false: a bug, in release builds too.
[[noreturn]] inline void assert_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "taizhang: bug: %s at %s:%d\n", condition, file, line);
  std::abort();
}

}  // namespace tz

#define TZ_ASSERT(condition)                                               \
  do {                                                                     \
    if (!(condition)) ::tz::assert_failed(#condition, __FILE__, __LINE__); \
  } while (false)
