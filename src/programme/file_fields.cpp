// Checks single fields and finds the word that was probably meant.
#include "programme/file_fields.h"

#include <algorithm>
#include <charconv>
#include <numeric>

namespace tz::programme {
namespace {

constexpr std::size_t kIdBytesMax = 32;
constexpr std::size_t kShownBytesMax = 60;

// How many insertions, deletions and replacements make `a` of `b` (Levenshtein 1966).
std::size_t changes(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::size_t characters(std::string_view text) {
  return text.size() -
         static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues_character));
}

// What a fault quotes of a value: its beginning, cut between characters.
std::string shown(std::string_view text) {
  if (text.size() <= kShownBytesMax) return std::string(text);
  std::size_t end = kShownBytesMax;
  while (end > 0 && continues_character(text[end])) --end;
  return std::string(text.substr(0, end)) + "…";
}

bool holds(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::size_t fact_number(const Error& fault, std::string_view name) {
  for (const auto& [key, text] : fault.facts) {
    std::size_t number = 0;
    if (key == name) {
      std::from_chars(text.data(), text.data() + text.size(), number);
      return number;
    }
  }
  return 0;
}

}  // namespace

std::string listed(const Words& words) {
  std::string out;
  for (std::string_view word : words) {
    if (!out.empty()) out += ", ";
    out += word;
  }
  return out;
}

std::string_view nearest(std::string_view word, const Words& words) {
  TZ_ASSERT(!words.empty());
  const std::string_view beginning = word.substr(0, kShownBytesMax);
  if (!beginning.empty())  // half a word means the whole of it
    for (std::string_view one : words)
      if (one.starts_with(beginning)) return one;
  return *std::min_element(words.begin(), words.end(), [&](std::string_view a, std::string_view b) {
    return changes(beginning, a) < changes(beginning, b);
  });
}

std::optional<YamlValue> FileFields::read(std::string_view text) {
  Result<YamlValue> file = read_yaml(text);
  if (file.ok()) return *std::move(file);
  add(file.error());
  return std::nullopt;
}

bool FileFields::take_map(const YamlValue& value, std::string_view key, const Words& required,
                          const Words& optional) {
  if (value.type != YamlValue::Type::Map) {
    add(yaml_fault("yaml_map_expected", value.at, {{"key", std::string(key)}}));
    return false;
  }
  Words allowed = required;
  allowed.insert(allowed.end(), optional.begin(), optional.end());
  bool right = true;
  for (const YamlValue::Key& one : value.keys) {
    if (holds(allowed, one.text)) continue;
    add(yaml_fault("yaml_key_unknown", one.at,
                   {{"key", shown(one.text)},
                    {"expected", listed(allowed)},
                    {"nearest", std::string(nearest(one.text, allowed))}}));
    right = false;
  }
  for (std::string_view one : required) {
    if (value.find(one) != nullptr) continue;
    add(yaml_fault("yaml_key_missing", value.at, {{"key", std::string(one)}}));
    right = false;
  }
  return right;
}

const std::vector<YamlValue>& FileFields::take_list(const YamlValue& value, std::string_view key) {
  static const std::vector<YamlValue> kNone;
  if (value.type == YamlValue::Type::List) return value.items;
  add(yaml_fault("yaml_list_expected", value.at, {{"key", std::string(key)}}));
  return kNone;
}

std::optional<std::string> FileFields::take_text(const YamlValue& value, std::string_view key,
                                                 std::size_t chars_max) {
  if (value.type != YamlValue::Type::Text) {
    add(yaml_fault("yaml_text_expected", value.at, {{"key", std::string(key)}}));
    return std::nullopt;
  }
  if (value.text.empty() || characters(value.text) > chars_max) {
    add(yaml_fault("yaml_text_length", value.at,
                   {{"key", std::string(key)}, {"chars_max", std::to_string(chars_max)}}));
    return std::nullopt;
  }
  return value.text;
}

ledger::Title FileFields::take_title(const YamlValue& value, std::string_view key,
                                     std::size_t chars_max) {
  ledger::Title out;
  take_map(value, key, {"zh-CN", "en"});
  if (const auto* v = value.find("zh-CN")) out.zh = take_text(*v, "zh-CN", chars_max).value_or("");
  if (const auto* v = value.find("en")) out.en = take_text(*v, "en", chars_max).value_or("");
  return out;
}

void FileFields::add_repeated(const YamlValue& value, std::string_view key) {
  add(yaml_fault("yaml_value_repeated", value.at,
                 {{"key", std::string(key)}, {"value", value.text}}));
}

std::optional<std::string> FileFields::take_id(const YamlValue& value, std::string_view key) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  const std::string& id = value.text;
  if (value.type == YamlValue::Type::Text && !id.empty() && id.size() <= kIdBytesMax &&
      letter(id[0]) && std::all_of(id.begin(), id.end(), inner))
    return id;
  add(yaml_fault("yaml_id_malformed", value.at, {{"key", std::string(key)}, {"value", shown(id)}}));
  return std::nullopt;
}

std::optional<std::string> FileFields::take_word(const YamlValue& value, std::string_view key,
                                                 const Words& words) {
  if (value.type != YamlValue::Type::Text) {
    add(yaml_fault("yaml_text_expected", value.at, {{"key", std::string(key)}}));
    return std::nullopt;
  }
  if (holds(words, value.text)) return value.text;
  add(yaml_fault("yaml_value_unknown", value.at,
                 {{"key", std::string(key)},
                  {"value", shown(value.text)},
                  {"expected", listed(words)},
                  {"nearest", std::string(nearest(value.text, words))}}));
  return std::nullopt;
}

std::optional<std::int64_t> FileFields::take_number(const YamlValue& value, std::string_view key,
                                                    std::int64_t min, std::int64_t max) {
  std::int64_t number = 0;
  const char* const end = value.text.data() + value.text.size();
  const auto [stop, error] = std::from_chars(value.text.data(), end, number);
  if (value.type == YamlValue::Type::Text && error == std::errc{} && stop == end && number >= min &&
      number <= max)
    return number;
  add(yaml_fault(
      "yaml_number_expected", value.at,
      {{"key", std::string(key)}, {"min", std::to_string(min)}, {"max", std::to_string(max)}}));
  return std::nullopt;
}

std::optional<bool> FileFields::take_yes_no(const YamlValue& value, std::string_view key) {
  const auto word = take_word(value, key, {"true", "false"});
  if (!word) return std::nullopt;
  return *word == "true";
}

std::vector<Error> FileFields::faults() const {
  std::vector<Error> sorted = faults_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Error& a, const Error& b) {
    return std::pair(fact_number(a, "line"), fact_number(a, "column")) <
           std::pair(fact_number(b, "line"), fact_number(b, "column"));
  });
  return sorted;
}

}  // namespace tz::programme
