// A value or the error that stands in its place; the only way rooms report what can go wrong.
#pragma once

#include <utility>
#include <variant>

#include "base/error.h"

namespace tz {

struct Done {};  // The value of a Result that has nothing to say but that it worked.

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool ok() const { return held_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Need ok(): asking an error for its value is a bug.
  [[nodiscard]] T& value() & {
    TZ_ASSERT(ok());
    return *std::get_if<0>(&held_);
  }
  [[nodiscard]] const T& value() const& {
    TZ_ASSERT(ok());
    return *std::get_if<0>(&held_);
  }
  [[nodiscard]] T value() && {
    TZ_ASSERT(ok());
    return std::move(*std::get_if<0>(&held_));
  }
  // value(), for TZ_TRY, whose value may stand unused as a statement.
  T take() && {
    TZ_ASSERT(ok());
    return std::move(*std::get_if<0>(&held_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // Needs !ok().
  [[nodiscard]] const Error& error() const {
    TZ_ASSERT(!ok());
    return *std::get_if<1>(&held_);
  }

 private:
  std::variant<T, Error> held_;
};

using Outcome = Result<Done>;

}  // namespace tz

// Gives the value of a Result expression, or leaves the function with its error.
// A statement expression (GCC, Clang): TZ_TRY(open(path)).
#define TZ_TRY(expr)                                              \
  (__extension__({                                                \
    auto tz_result_ = (expr);                                     \
    if (!tz_result_.ok()) return ::tz::Error(tz_result_.error()); \
    std::move(tz_result_).take();                                 \
  }))
