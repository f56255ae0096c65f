// The fields of a file people write, taken one by one; each fault names its place and the mend.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "ledger/flow.h"
#include "programme/yaml_file.h"

namespace tz::programme {

constexpr std::size_t kFaultCountMax = 100;

using Words = std::vector<std::string_view>;

// The names of an enum, from its first enumerator to its last.
template <class Enum>
Words names_to(Enum last) {
  Words names;
  for (int value = 0; value <= static_cast<int>(last); ++value)
    names.push_back(to_text(static_cast<Enum>(value)));
  return names;
}

// "a, b, c"
std::string listed(const Words& words);
// The word that takes the fewest single changes to make out of `word`; needs at least one.
std::string_view nearest(std::string_view word, const Words& words);

// Collects faults; every take_ function gives a value only if it was there and right. Facts, beside
// line and column: `key` is the key concerned, `value` what stands there, `expected` the words
// allowed, `nearest` the likeliest of them.
class FileFields {
 public:
  // The file's own value; none if it cannot be read, with the faults of read_yaml.
  std::optional<YamlValue> read(std::string_view text);
  // Whether it is a map with no keys but these and all of the required ones. Faults:
  // yaml_map_expected, yaml_key_unknown (expected, nearest), yaml_key_missing.
  bool take_map(const YamlValue& value, std::string_view key, const Words& required,
                const Words& optional = {});
  // The items of a list, none if it is no list. Fault: yaml_list_expected.
  const std::vector<YamlValue>& take_list(const YamlValue& value, std::string_view key);
  // Faults: yaml_text_expected; yaml_text_length (chars_max), which an empty text is too.
  std::optional<std::string> take_text(const YamlValue& value, std::string_view key,
                                       std::size_t chars_max);
  // The same words in both languages: {zh-CN: …, en: …}.
  ledger::Title take_title(const YamlValue& value, std::string_view key, std::size_t chars_max);
  // A lower-case identifier: a letter, then letters, digits and underscores, 32 at most. Fault:
  // yaml_id_malformed.
  std::optional<std::string> take_id(const YamlValue& value, std::string_view key);
  // One of the words. Fault: yaml_value_unknown (value, expected, nearest).
  std::optional<std::string> take_word(const YamlValue& value, std::string_view key,
                                       const Words& words);
  // Digits only. Fault: yaml_number_expected (min, max).
  std::optional<std::int64_t> take_number(const YamlValue& value, std::string_view key,
                                          std::int64_t min, std::int64_t max);
  // true or false. Fault: yaml_value_unknown.
  std::optional<bool> take_yes_no(const YamlValue& value, std::string_view key);

  // Beyond kFaultCountMax they are passed over: nobody mends more at once.
  void add(Error fault) {
    if (faults_.size() < kFaultCountMax) faults_.push_back(std::move(fault));
  }
  // What stands in a list twice. Fault: yaml_value_repeated (value).
  void add_repeated(const YamlValue& value, std::string_view key);
  [[nodiscard]] bool clean() const { return faults_.empty(); }
  // All so far, by their place in the file.
  [[nodiscard]] std::vector<Error> faults() const;

 private:
  std::vector<Error> faults_;
};

}  // namespace tz::programme
