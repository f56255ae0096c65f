// Files people write in YAML, read strictly: what looks one way to a reader must not be another.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tz::programme {

constexpr std::size_t kYamlBytesMax = std::size_t{256} << 10;
constexpr int kYamlDepthMax = 8;

// Where something stands in the file, in lines and characters from one.
struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
  friend bool operator==(const Place&, const Place&) = default;
};

// One value of the file and where it stands.
struct YamlValue {
  enum class Type : std::uint8_t { Null, Text, List, Map };
  struct Key {
    std::string text;
    Place at;
  };

  Type type = Type::Null;
  Place at;
  std::string text;              // Text only; what type it means is the reader's business
  std::vector<YamlValue> items;  // of a List; of a Map, the value of each key
  std::vector<Key> keys;         // Map only, in their order, none twice

  // The value under that key, or null pointer.
  [[nodiscard]] const YamlValue* find(std::string_view key) const;
};

// An error with the facts line, column and `more`.
Error yaml_fault(std::string code, Place at, Facts more = {});

// The one document of the file; its top is a map or a list. Refuses yaml_too_large (bytes_max),
// yaml_encoding, yaml_control_character, yaml_list_unclosed, yaml_map_unclosed,
// yaml_colon_misplaced, yaml_tab_indents, yaml_quote_unclosed, yaml_syntax (detail),
// yaml_duplicate_key (key, first_line), yaml_alias (an anchor is one too), yaml_tag, yaml_depth
// (depth_max), yaml_key_not_text, yaml_empty and yaml_second_document; all but the first with the
// facts line and column. A byte order mark is passed over.
Result<YamlValue> read_yaml(std::string_view text);

}  // namespace tz::programme
