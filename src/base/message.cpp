// Reading locale files, filling templates, and choosing between the two languages.
#include "base/message.h"

#include <algorithm>
#include <optional>

#include "base/json.h"
#include "base/time.h"

namespace tz {
namespace {

constexpr std::size_t kPreferenceBytesMax = 1024;
constexpr std::size_t kLocaleBytesMax = std::size_t{4} << 20;
constexpr std::string_view kMissing = "—";

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// "zh" of "zh-CN" or "ZH_cn.UTF-8", in lower case.
std::string primary_language(std::string_view tag) {
  std::string out(tag.substr(0, tag.find_first_of("-_.@")));
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// The weight of "en;q=0.8" in thousandths (RFC 9110 section 12.4.2); 0 when it is malformed.
int weight_of(std::string_view parameters) {
  parameters = trimmed(parameters);
  if (parameters.empty()) return 1000;
  if (parameters.size() < 3 || (parameters[0] != 'q' && parameters[0] != 'Q')) return 0;
  std::string_view digits = trimmed(parameters.substr(1));
  if (digits.empty() || digits[0] != '=') return 0;
  digits = trimmed(digits.substr(1));
  if (digits.empty() || digits.size() > 5 || (digits[0] != '0' && digits[0] != '1')) return 0;
  int weight = (digits[0] - '0') * 1000;
  if (digits.size() == 1) return weight;
  if (digits[1] != '.') return 0;
  int scale = 100;
  for (char c : digits.substr(2)) {
    if (c < '0' || c > '9') return 0;
    weight += (c - '0') * scale;
    scale /= 10;
  }
  return std::min(weight, 1000);
}

// The name at `template_text[at]`, which is '{'; none if it is no {name}.
std::optional<std::string_view> name_at(std::string_view template_text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < template_text.size() && is_name_character(template_text[end])) ++end;
  if (end == at + 1 || end == template_text.size() || template_text[end] != '}')
    return std::nullopt;
  return template_text.substr(at + 1, end - at - 1);
}

const std::string* fact_named(const Facts& facts, std::string_view name) {
  const auto found = std::find_if(facts.begin(), facts.end(),
                                  [&](const auto& fact) { return fact.first == name; });
  return found == facts.end() ? nullptr : &found->second;
}

struct Filled {
  std::string text;
  bool has_names = false;
  bool all_there = true;
};

using Texts = std::map<std::string, std::string, std::less<>>;
Filled fill(std::string_view template_text, const Facts& facts, const Texts& texts);

// A day as people of the language write it, by its sentence "format.day"; all else as it is.
std::string shown(const std::string& fact, const Texts& texts) {
  constexpr std::size_t kDayBytes = 10;  // 2019-09-08
  if (fact.size() != kDayBytes || !parse_day(fact).ok()) return fact;
  const auto number = [&](std::size_t at, std::size_t count) {
    std::string_view digits = std::string_view(fact).substr(at, count);
    while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
    return std::string(digits);
  };
  const std::string month = number(5, 2);
  const auto format = texts.find("format.day");
  const auto month_name = texts.find("format.month_" + month);
  if (format == texts.end()) return fact;
  return fill(format->second,
              {{"year", number(0, 4)},
               {"month", month_name == texts.end() ? month : month_name->second},
               {"day", number(8, 2)}},
              {})
      .text;
}

// Replaces names; brackets are text here. The texts tell how a day is written.
Filled fill(std::string_view template_text, const Facts& facts, const Texts& texts) {
  Filled out;
  for (std::size_t at = 0; at < template_text.size();) {
    const auto name = template_text[at] == '{' ? name_at(template_text, at) : std::nullopt;
    if (!name) {
      out.text.push_back(template_text[at++]);
      continue;
    }
    const std::string* fact = fact_named(facts, *name);
    out.has_names = true;
    out.all_there = out.all_there && fact != nullptr;
    out.text += fact == nullptr ? std::string(kMissing) : shown(*fact, texts);
    at += name->size() + 2;
  }
  return out;
}

}  // namespace

Language language_from(std::string_view preference) {
  preference = preference.substr(0, kPreferenceBytesMax);
  Language best = Language::Chinese;
  int best_weight = 0;
  while (!preference.empty()) {
    const std::size_t comma = std::min(preference.find(','), preference.size());
    const std::string_view part = trimmed(preference.substr(0, comma));
    preference.remove_prefix(std::min(comma + 1, preference.size()));
    const std::size_t semicolon = std::min(part.find(';'), part.size());
    const std::string language = primary_language(trimmed(part.substr(0, semicolon)));
    if (language != "zh" && language != "en") continue;
    const int weight = weight_of(part.substr(std::min(semicolon + 1, part.size())));
    if (weight <= best_weight) continue;
    best_weight = weight;
    best = language == "en" ? Language::English : Language::Chinese;
  }
  return best;
}

Result<Messages> Messages::parse(std::string_view json) {
  const auto read = parse_json(json, {.bytes_max = kLocaleBytesMax, .depth_max = 1});
  if (!read.ok()) return refusal("locale_damaged", read.error().facts);
  const JsonObject* members = read->as_object();
  if (members == nullptr) return refusal("locale_damaged", {{"at", "0"}});
  Messages messages;
  for (const auto& [key, value] : *members) {
    const std::string* sentence = value.as_text();
    if (sentence == nullptr) return refusal("locale_damaged", {{"key", key}});
    messages.texts_.emplace(key, *sentence);
  }
  return messages;
}

std::string Messages::text(std::string_view key, const Facts& facts) const {
  const auto found = texts_.find(key);
  if (found == texts_.end()) return std::string(key);
  std::string_view rest = found->second;
  std::string out;
  while (!rest.empty()) {
    const std::size_t open = std::min(rest.find('['), rest.size());
    const std::size_t close = rest.find(']', open);
    if (close == std::string_view::npos) return out + fill(rest, facts, texts_).text;
    out += fill(rest.substr(0, open), facts, texts_).text;
    const Filled part = fill(rest.substr(open + 1, close - open - 1), facts, texts_);
    if (!part.has_names) out += rest.substr(open, close - open + 1);
    if (part.has_names && part.all_there) out += part.text;
    rest.remove_prefix(close + 1);
  }
  return out;
}

std::string Messages::text(const Error& error) const {
  return text("error." + error.code, error.facts);
}

bool Messages::has(std::string_view key) const { return texts_.find(key) != texts_.end(); }

std::vector<std::string> Messages::keys() const {
  std::vector<std::string> out;
  out.reserve(texts_.size());
  for (const auto& [key, sentence] : texts_) out.push_back(key);
  return out;
}

}  // namespace tz
