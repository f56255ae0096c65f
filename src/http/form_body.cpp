// Decoding each field once.
#include "http/form_body.h"

#include <algorithm>
#include <optional>

#include "base/csv.h"
#include "http/percent.h"

namespace tz::http {
namespace {

constexpr std::size_t kNameBytesMax = 32;

Error bad(const char* why) { return refusal("form_bad", {{"why", why}}); }

Result<std::string> decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i] == '+' ? ' ' : text[i];
    if (c == '%') {
      const auto byte = percent_byte(text.substr(i));
      if (!byte) return bad("percent");
      c = *byte;
      i += 2;
    }
    out.push_back(c);
  }
  if (!valid_utf8(out)) return bad("encoding");
  return out;
}

// CR LF and CR as browsers send them become LF; no other control character belongs in a text.
Result<std::string> with_line_ends(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r') {
      out.push_back('\n');
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
    } else if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
      return bad("control");
    } else {
      out.push_back(c);
    }
  }
  return out;
}

bool valid_name(std::string_view name) {
  return !name.empty() && name.size() <= kNameBytesMax &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

}  // namespace

Result<Form> read_form(std::string_view body) {
  Form out;
  while (!body.empty()) {
    const std::string_view field = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), field.size() + 1));
    const std::size_t equals = field.find('=');
    const std::string_view name = field.substr(0, equals);
    if (equals == std::string_view::npos || !valid_name(name)) return bad("name");
    const std::string text = TZ_TRY(decoded(field.substr(equals + 1)));
    std::string value = TZ_TRY(with_line_ends(text));
    if (out.size() == kFormFieldsMax) return bad("count");
    if (!out.emplace(name, std::move(value)).second) return bad("twice");
  }
  return out;
}

std::string value_of(const Form& form, std::string_view name) {
  const auto found = form.find(name);
  return found == form.end() ? std::string() : found->second;
}

}  // namespace tz::http
