// JSON values read strictly as I-JSON (RFC 7493) and written in one way only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace tz {

class Json;
using JsonArray = std::vector<Json>;
using JsonMember = std::pair<std::string, Json>;
using JsonObject = std::vector<JsonMember>;  // in order of writing; keys are unique

constexpr std::int64_t kJsonIntegerMax = (std::int64_t{1} << 53) - 1;

// What parse() accepts beyond nothing: limits against hostile input.
struct JsonLimits {
  std::size_t bytes_max = 1 << 20;
  std::size_t depth_max = 16;
};

// Null, yes/no, integer, text, list or object. There are no fractions: a quantity is an integer
// with a unit. Integers lie within plus and minus 2^53 - 1.
class Json {
 public:
  Json() = default;
  Json(std::nullptr_t) {}
  Json(bool v) : held_(v) {}
  Json(std::int64_t v) : held_(v) {}
  Json(int v) : held_(std::int64_t{v}) {}
  Json(std::uint32_t v) : held_(std::int64_t{v}) {}
  Json(std::uint64_t v) : held_(static_cast<std::int64_t>(v)) {}
  Json(std::string v) : held_(std::move(v)) {}
  Json(std::string_view v) : held_(std::string(v)) {}
  Json(const char* v) : held_(std::string(v)) {}
  Json(JsonArray v) : held_(std::move(v)) {}
  Json(JsonObject v) : held_(std::move(v)) {}

  [[nodiscard]] bool is_null() const { return held_.index() == 0; }
  // The value if it is of that type, else null pointer.
  [[nodiscard]] const bool* as_bool() const { return std::get_if<bool>(&held_); }
  [[nodiscard]] const std::int64_t* as_int() const { return std::get_if<std::int64_t>(&held_); }
  [[nodiscard]] const std::string* as_text() const { return std::get_if<std::string>(&held_); }
  [[nodiscard]] const JsonArray* as_array() const { return std::get_if<JsonArray>(&held_); }
  [[nodiscard]] const JsonObject* as_object() const { return std::get_if<JsonObject>(&held_); }
  // The member of that name, or null pointer if there is none or this is no object.
  [[nodiscard]] const Json* find(std::string_view name) const;

  // Appends a member; needs an object (or null, which becomes one) without that name.
  Json& set(std::string name, Json value);
  // Appends an element; needs an array (or null, which becomes one).
  Json& push(Json value);

  // Compact text; members in their order; only what RFC 8259 demands is escaped.
  [[nodiscard]] std::string dump() const;
  void dump_to(std::string& out) const;

  friend bool operator==(const Json&, const Json&) = default;

 private:
  std::variant<std::nullptr_t, bool, std::int64_t, std::string, JsonArray, JsonObject> held_;
};

// Reads one value that fills the whole text. Refuses `bad_json` with the fact "why" (one of
// syntax, duplicate_key, fraction, integer_range, depth, size, utf8) and "at", the byte offset.
Result<Json> parse_json(std::string_view text, JsonLimits limits = {});

}  // namespace tz
