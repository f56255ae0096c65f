// Boost.JSON's parser drives it; what goes beyond JSON's grammar (I-JSON, limits) is checked here.
#include "base/json.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>

#include "base/csv.h"

namespace tz {
namespace {

using boost::json::error_code;

// A few members are compared each with each; many are sorted, so that no input is slow.
bool has_duplicate(const JsonObject& members) {
  constexpr std::size_t kFew = 16;
  if (members.size() <= kFew) {
    for (std::size_t i = 1; i < members.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        if (members[i].first == members[k].first) return true;
    return false;
  }
  std::vector<std::string_view> names;
  names.reserve(members.size());
  for (const JsonMember& member : members) names.emplace_back(member.first);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

// Whether UTF-8 text holds a noncharacter, which I-JSON forbids (RFC 7493 section 2.1): U+FDD0 to
// U+FDEF, and the last two code points of every plane.
bool has_noncharacter(std::string_view text) {
  const auto byte_at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (std::size_t i = 2; i < text.size(); ++i) {
    const unsigned char last = byte_at(i);
    const unsigned char middle = byte_at(i - 1);
    if (middle == 0xb7 && last >= 0x90 && last <= 0xaf && byte_at(i - 2) == 0xef) return true;
    if (middle != 0xbf || last < 0xbe || last > 0xbf) continue;
    if (byte_at(i - 2) == 0xef) return true;
    const bool plane_end = (byte_at(i - 2) & 0x0f) == 0x0f && (byte_at(i - 2) & 0xc0) == 0x80;
    if (i >= 3 && byte_at(i - 3) >= 0xf0 && plane_end) return true;
  }
  return false;
}

// Receives the parser's events and builds the value; `why` names what was refused.
struct Builder {
  static constexpr std::size_t max_object_size = 1 << 16;
  static constexpr std::size_t max_array_size = 1 << 20;
  static constexpr std::size_t max_key_size = 1 << 10;
  static constexpr std::size_t max_string_size = 1 << 28;  // the limits say what a text may be

  struct Level {
    bool object = false;
    JsonArray array;
    JsonObject members;
    std::string key;
  };
  std::vector<Level> levels;
  Json root;
  std::string text;
  const char* why = "syntax";

  bool fail(error_code& ec, const char* reason) {
    why = reason;
    ec = boost::json::error::syntax;
    return false;
  }
  bool put(Json value) {
    if (levels.empty()) {
      root = std::move(value);
    } else if (levels.back().object) {
      levels.back().members.emplace_back(std::move(levels.back().key), std::move(value));
      levels.back().key.clear();
    } else {
      levels.back().array.push_back(std::move(value));
    }
    return true;
  }
  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) {
    levels.push_back({.object = true, .array = {}, .members = {}, .key = {}});
    return true;
  }
  bool on_object_end(std::size_t, error_code& ec) {
    if (has_duplicate(levels.back().members)) return fail(ec, "duplicate_key");
    JsonObject members = std::move(levels.back().members);
    levels.pop_back();
    return put(std::move(members));
  }
  bool on_array_begin(error_code&) {
    levels.emplace_back();
    return true;
  }
  bool on_array_end(std::size_t, error_code&) {
    JsonArray array = std::move(levels.back().array);
    levels.pop_back();
    return put(std::move(array));
  }
  bool on_key_part(boost::json::string_view part, std::size_t, error_code&) {
    text.append(part.data(), part.size());
    return true;
  }
  bool on_key(boost::json::string_view part, std::size_t, error_code& ec) {
    text.append(part.data(), part.size());
    if (has_noncharacter(text)) return fail(ec, "utf8");
    levels.back().key = std::move(text);
    text.clear();
    return true;
  }
  bool on_string_part(boost::json::string_view part, std::size_t, error_code&) {
    text.append(part.data(), part.size());
    return true;
  }
  bool on_string(boost::json::string_view part, std::size_t, error_code& ec) {
    text.append(part.data(), part.size());
    if (has_noncharacter(text)) return fail(ec, "utf8");
    std::string whole = std::move(text);
    text.clear();
    return put(std::move(whole));
  }
  bool on_number_part(boost::json::string_view, error_code&) { return true; }
  bool on_int64(std::int64_t v, boost::json::string_view, error_code& ec) {
    if (v > kJsonIntegerMax || v < -kJsonIntegerMax) return fail(ec, "integer_range");
    return put(v);
  }
  bool on_uint64(std::uint64_t, boost::json::string_view, error_code& ec) {
    return fail(ec, "integer_range");
  }
  bool on_double(double, boost::json::string_view part, error_code& ec) {
    const bool fraction = part.find_first_of(".eE") != boost::json::string_view::npos;
    return fail(ec, fraction ? "fraction" : "integer_range");
  }
  bool on_bool(bool v, error_code&) { return put(v); }
  bool on_null(error_code&) { return put(nullptr); }
  bool on_comment_part(boost::json::string_view, error_code&) { return true; }
  bool on_comment(boost::json::string_view, error_code&) { return true; }
};

void dump_text(std::string_view text, std::string& out) {
  out.push_back('"');
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20) {
      constexpr std::string_view digits = "0123456789abcdef";
      out += "\\u00";
      out.push_back(digits[byte >> 4]);
      out.push_back(digits[byte & 15]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

Error bad_json(const char* why, std::size_t at) {
  return refusal("bad_json", {{"why", why}, {"at", std::to_string(at)}});
}

// Boost's reason in the words of the contract; `said` is what the builder found.
const char* reason(error_code ec, const char* said, std::string_view text, std::size_t at) {
  using boost::json::error;
  if (ec == error::too_deep) return "depth";
  if (ec == error::exponent_overflow) return "fraction";
  if (ec == error::illegal_leading_surrogate || ec == error::illegal_trailing_surrogate)
    return "utf8";
  if (ec == error::object_too_large || ec == error::array_too_large || ec == error::key_too_large ||
      ec == error::string_too_large)
    return "size";
  if (ec == error::syntax && std::string_view(said) == "syntax" && at < text.size() &&
      static_cast<unsigned char>(text[at]) >= 0x80 && !valid_utf8(text))
    return "utf8";
  return said;
}

}  // namespace

const Json* Json::find(std::string_view name) const {
  const JsonObject* members = as_object();
  if (members == nullptr) return nullptr;
  for (const JsonMember& member : *members)
    if (member.first == name) return &member.second;
  return nullptr;
}

Json& Json::set(std::string name, Json value) {
  if (is_null()) held_ = JsonObject{};
  auto* members = std::get_if<JsonObject>(&held_);
  TZ_ASSERT(members != nullptr);
  TZ_ASSERT(find(name) == nullptr);
  members->emplace_back(std::move(name), std::move(value));
  return *this;
}

Json& Json::push(Json value) {
  if (is_null()) held_ = JsonArray{};
  auto* array = std::get_if<JsonArray>(&held_);
  TZ_ASSERT(array != nullptr);
  array->push_back(std::move(value));
  return *this;
}

std::string Json::dump() const {
  std::string out;
  dump_to(out);
  return out;
}

void Json::dump_to(std::string& out) const {
  if (const bool* yes = as_bool()) {
    out += *yes ? "true" : "false";
  } else if (const std::int64_t* number = as_int()) {
    out += std::to_string(*number);
  } else if (const std::string* text = as_text()) {
    dump_text(*text, out);
  } else if (const JsonArray* array = as_array()) {
    out.push_back('[');
    for (std::size_t i = 0; i < array->size(); ++i) {
      if (i > 0) out.push_back(',');
      (*array)[i].dump_to(out);
    }
    out.push_back(']');
  } else if (const JsonObject* members = as_object()) {
    out.push_back('{');
    for (std::size_t i = 0; i < members->size(); ++i) {
      if (i > 0) out.push_back(',');
      dump_text((*members)[i].first, out);
      out.push_back(':');
      (*members)[i].second.dump_to(out);
    }
    out.push_back('}');
  } else {
    out += "null";
  }
}

Result<Json> parse_json(std::string_view text, JsonLimits limits) {
  if (text.size() > limits.bytes_max) return bad_json("size", limits.bytes_max);
  boost::json::parse_options options;
  options.max_depth = limits.depth_max;
  boost::json::basic_parser<Builder> parser(options);
  error_code ec;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), ec);
  if (ec) return bad_json(reason(ec, parser.handler().why, text, used), used);
  if (used != text.size()) return bad_json("syntax", used);
  return std::move(parser.handler().root);
}

}  // namespace tz
