// The members of a flat body of JSON, each of one type.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace tz::http {

// Reads the members of a flat body, each of one type, and refuses all others.
class BodyReader {
 public:
  explicit BodyReader(const Json& body) : body_(body) {
    if (body.as_object() == nullptr) error_ = refusal("field_type", {{"field", ""}});
  }
  std::string text(const char* name) {
    const Json* value = required(name);
    if (value != nullptr && value->as_text() == nullptr) fail("field_type", name);
    return value != nullptr && value->as_text() != nullptr ? *value->as_text() : std::string();
  }
  std::optional<std::string> optional_text(const char* name) {
    asked_ += std::string(name) + "\n";
    const Json* value = body_.find(name);
    if (value == nullptr) return std::nullopt;
    if (value->as_text() != nullptr) return *value->as_text();
    fail("field_type", name);
    return std::nullopt;
  }
  std::uint64_t number(const char* name, std::int64_t max) {
    const Json* value = required(name);
    if (value == nullptr) return 0;
    const std::int64_t* number = value->as_int();
    if (number == nullptr || *number < 0 || *number > max) {
      fail("field_type", name);
      return 0;
    }
    return static_cast<std::uint64_t>(*number);
  }
  // Of an optional list; none where there is none.
  std::vector<std::string> texts(const char* name) {
    std::vector<std::string> out;
    for (const Json& each : list(name)) {
      if (each.as_text() == nullptr) fail("field_type", name);
      out.push_back(each.as_text() == nullptr ? "" : *each.as_text());
    }
    return out;
  }
  std::vector<std::uint64_t> numbers(const char* name, std::int64_t max) {
    std::vector<std::uint64_t> out;
    for (const Json& each : list(name)) {
      const std::int64_t* number = each.as_int();
      const bool good = number != nullptr && *number >= 0 && *number <= max;
      if (!good) fail("field_type", name);
      out.push_back(good ? static_cast<std::uint64_t>(*number) : 0);
    }
    return out;
  }
  std::uint64_t optional_number(const char* name, std::int64_t max) {
    asked_ += std::string(name) + "\n";
    return body_.find(name) == nullptr ? 0 : number(name, max);
  }
  // Elements of an optional list; none where there is none.
  JsonArray list(const char* name) {
    asked_ += std::string(name) + "\n";
    const Json* value = body_.find(name);
    if (value == nullptr) return {};
    if (value->as_array() != nullptr) return *value->as_array();
    fail("field_type", name);
    return {};
  }
  // Whether an optional yes/no says yes.
  bool yes(const char* name) {
    asked_ += std::string(name) + "\n";
    const Json* value = body_.find(name);
    if (value != nullptr && value->as_bool() == nullptr) fail("field_type", name);
    return value != nullptr && value->as_bool() != nullptr && *value->as_bool();
  }
  Outcome finish() {
    if (!error_)
      for (const JsonMember& member : *body_.as_object())
        if (asked_.find("\n" + member.first + "\n") == std::string::npos)
          fail("field_unknown", member.first);
    if (error_) return *error_;
    return Done{};
  }

 private:
  const Json* required(const char* name) {
    asked_ += std::string(name) + "\n";
    const Json* value = body_.find(name);
    if (value == nullptr) fail("field_required", name);
    return value;
  }
  void fail(const char* code, const std::string& name) {
    if (!error_) error_ = refusal(code, {{"field", name}});
  }

  const Json& body_;
  std::string asked_ = "\n";
  std::optional<Error> error_;
};

}  // namespace tz::http
