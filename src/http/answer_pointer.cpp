// One step after another over the values found so far.
#include "http/answer_pointer.h"

#include <set>
#include <string>

namespace tz::http {
namespace {

using Values = std::vector<Json>;

std::string written(const Json& value) {
  return value.as_text() != nullptr ? *value.as_text() : value.dump();
}

Values elements(const Values& from) {
  Values out;
  for (const Json& value : from)
    if (const JsonArray* list = value.as_array()) out.insert(out.end(), list->begin(), list->end());
  return out;
}

Values members(const Values& from, std::string_view name) {
  Values out;
  for (const Json& value : from)
    if (const Json* member = value.find(name)) out.push_back(*member);
  return out;
}

Values those_with(const Values& from, std::string_view name, std::string_view text) {
  Values out;
  const auto offer = [&](const Json& value) {
    const Json* member = value.find(name);
    if (member != nullptr && written(*member) == text) out.push_back(value);
  };
  for (const Json& value : from) {
    if (const JsonArray* list = value.as_array())
      for (const Json& element : *list) offer(element);
    else
      offer(value);
  }
  return out;
}

Values different(const Values& from) {
  std::set<std::string> seen;
  for (const Json& value : from) seen.insert(value.dump());
  return {Json(static_cast<std::uint64_t>(seen.size()))};
}

Values after(const Values& from, std::string_view step) {
  if (step == "*") return elements(from);
  if (step == "#") return {Json(static_cast<std::uint64_t>(from.size()))};
  if (step == "##") return different(from);
  const std::size_t equals = step.find('=');
  if (equals == std::string_view::npos) return members(from, step);
  return those_with(from, step.substr(0, equals), step.substr(equals + 1));
}

}  // namespace

std::vector<Json> values_at(const Json& answer, std::string_view pointer) {
  Values out{answer};
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    out = after(out, pointer.substr(0, end));
    pointer.remove_prefix(end);
  }
  return out;
}

}  // namespace tz::http
