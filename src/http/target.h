// The target of a request taken apart: path segments and query, percent-decoded once and strictly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace tz::http {

constexpr std::size_t kTargetBytesMax = 2048;
constexpr std::size_t kSegmentsMax = 24;
constexpr std::size_t kQueryFieldsMax = 24;

struct Target {
  std::vector<std::string> segments;  // of "/": none
  std::vector<std::pair<std::string, std::string>> query;
};

// target  = "/" [ segment *( "/" segment ) ] [ "?" [ field *( "&" field ) ] ]
// field   = name [ "=" value ]                 "+" in a field is a space
//
// What is decoded is UTF-8 without control characters. Refuses `target_too_long` and `bad_target`
// (fact: why, one of form, character, percent, encoding, segment, count, query_twice). A segment is
// neither empty nor "." nor "..", and holds no "/" or "\" however it is written: one thing has one
// path.
Result<Target> parse_target(std::string_view target);

// Reads the query of a request; whatever was not asked for is refused at the end.
class QueryReader {
 public:
  explicit QueryReader(const Target& target) : target_(target) {}

  std::optional<std::string> text(std::string_view name);
  // Refuse `query_bad` (facts: name, text).
  Result<std::optional<std::uint64_t>> number(std::string_view name, std::uint64_t max);
  Result<std::optional<bool>> yes_no(std::string_view name);
  // A page's size: 1 to `max`, or `usual` where none is named.
  Result<std::size_t> limit(std::size_t usual, std::size_t max);
  // Refuses `query_unknown` (fact: name).
  Outcome finish() const;

 private:
  const Target& target_;
  std::vector<std::string> asked_;
};

// Text that is no UTF-8 is not repeated.
Error query_bad(std::string_view name, std::string_view text);

}  // namespace tz::http
