// Taking a request's target apart without guessing what was meant.
#include "http/target.h"

#include <algorithm>
#include <charconv>

#include "base/csv.h"
#include "http/percent.h"

namespace tz::http {
namespace {

Error bad(const char* why) { return refusal("bad_target", {{"why", why}}); }

// RFC 3986: what may stand in a path segment or a query without being encoded.
bool may_stand(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return std::string_view("-._~!$&'()*+,;=:@/?").find(c) != std::string_view::npos;
}

enum class Part { Path, Query };

Result<std::string> decode(std::string_view text, Part part) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const auto byte = percent_byte(text.substr(i));
      if (!byte) return bad("percent");
      c = *byte;
      i += 2;
    } else if (!may_stand(c)) {
      return bad("character");
    } else if (c == '+' && part == Part::Query) {
      c = ' ';
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return bad("character");
    out.push_back(c);
  }
  if (!valid_utf8(out)) return bad("encoding");
  return out;
}

Outcome read_path(std::string_view path, Target& out) {
  if (path.empty() || path.front() != '/') return bad("form");
  path.remove_prefix(1);
  if (path.empty()) return Done{};
  for (;;) {
    const std::size_t end = path.find('/');
    std::string segment = TZ_TRY(decode(path.substr(0, end), Part::Path));
    if (segment.empty() || segment == "." || segment == ".." ||
        segment.find_first_of("/\\") != std::string::npos)
      return bad("segment");
    if (out.segments.size() == kSegmentsMax) return bad("count");
    out.segments.push_back(std::move(segment));
    if (end == std::string_view::npos) return Done{};
    path.remove_prefix(end + 1);
  }
}

Outcome read_query(std::string_view query, Target& out) {
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view field = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    const std::size_t equals = field.find('=');
    std::string name = TZ_TRY(decode(field.substr(0, equals), Part::Query));
    std::string value;
    if (equals != std::string_view::npos)
      value = TZ_TRY(decode(field.substr(equals + 1), Part::Query));
    if (name.empty()) return bad("form");
    if (out.query.size() == kQueryFieldsMax) return bad("count");
    for (const auto& other : out.query)
      if (other.first == name) return bad("query_twice");
    out.query.emplace_back(std::move(name), std::move(value));
  }
  return Done{};
}

}  // namespace

Result<Target> parse_target(std::string_view target) {
  if (target.size() > kTargetBytesMax)
    return refusal("target_too_long", {{"bytes_max", std::to_string(kTargetBytesMax)}});
  Target out;
  const std::size_t question = target.find('?');
  TZ_TRY(read_path(target.substr(0, question), out));
  if (question != std::string_view::npos) TZ_TRY(read_query(target.substr(question + 1), out));
  return out;
}

Error query_bad(std::string_view name, std::string_view text) {
  const std::string_view shown = valid_utf8(text) ? beginning_of(text, 60) : "";
  return refusal("query_bad", {{"name", std::string(name)}, {"text", std::string(shown)}});
}

std::optional<std::string> QueryReader::text(std::string_view name) {
  asked_.emplace_back(name);
  for (const auto& [key, value] : target_.query)
    if (key == name) return value;
  return std::nullopt;
}

Result<std::optional<std::uint64_t>> QueryReader::number(std::string_view name, std::uint64_t max) {
  const auto given = text(name);
  if (!given) return std::optional<std::uint64_t>{};
  std::uint64_t value = 0;
  const char* end = given->data() + given->size();
  const auto [at, fault] = std::from_chars(given->data(), end, value);
  if (fault != std::errc{} || at != end || value > max) return query_bad(name, *given);
  return std::optional<std::uint64_t>{value};
}

Result<std::optional<bool>> QueryReader::yes_no(std::string_view name) {
  const auto given = text(name);
  if (!given) return std::optional<bool>{};
  if (*given == "true" || *given == "yes") return std::optional<bool>{true};
  if (*given == "false" || *given == "no") return std::optional<bool>{false};
  return query_bad(name, *given);
}

Result<std::size_t> QueryReader::limit(std::size_t usual, std::size_t max) {
  const auto given = TZ_TRY(number("limit", max));
  if (given && *given == 0) return query_bad("limit", "0");
  return given ? static_cast<std::size_t>(*given) : usual;
}

Outcome QueryReader::finish() const {
  for (const auto& [key, value] : target_.query)
    if (std::find(asked_.begin(), asked_.end(), key) == asked_.end())
      return refusal("query_unknown", {{"name", std::string(beginning_of(key, 60))}});
  return Done{};
}

}  // namespace tz::http
