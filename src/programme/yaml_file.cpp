// Builds the values from yaml-cpp's events, which, unlike its nodes, still tell duplicates apart.
#include "programme/yaml_file.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

#include "base/csv.h"

namespace tz::programme {
namespace {

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// Turns byte positions into lines and characters.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {
    starts_.push_back(0);
    for (std::size_t at = 0; at < text.size(); ++at)
      if (text[at] == '\n') starts_.push_back(at + 1);
  }

  [[nodiscard]] Place place_of(std::size_t byte) const {
    byte = std::min(byte, text_.size());
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), byte);
    const std::size_t start = *(after - 1);
    return {static_cast<std::size_t>(after - starts_.begin()), characters(start, byte) + 1};
  }

  // yaml-cpp's line and column, which count bytes from zero. Its end of file may lie beyond ours.
  [[nodiscard]] Place place_of(const YAML::Mark& mark) const {
    if (mark.is_null() || mark.line < 0 || mark.column < 0) return {};
    const auto line = static_cast<std::size_t>(mark.line);
    if (line >= starts_.size()) return place_of(text_.size());
    const std::size_t byte = starts_[line] + static_cast<std::size_t>(mark.column);
    return {line + 1, characters(starts_[line], std::min(byte, text_.size())) + 1};
  }

  [[nodiscard]] bool indented_by_tab(std::size_t line) const {
    const std::size_t end = text_.find_first_not_of(" \t", starts_[line - 1]);
    const std::size_t tab = text_.find('\t', starts_[line - 1]);
    return tab != std::string_view::npos && (end == std::string_view::npos || tab < end);
  }

 private:
  [[nodiscard]] std::size_t characters(std::size_t begin, std::size_t end) const {
    std::size_t count = 0;
    for (std::size_t at = begin; at < end; ++at) count += continues_character(text_[at]) ? 0 : 1;
    return count;
  }

  std::string_view text_;
  std::vector<std::size_t> starts_;
};

// Receives yaml-cpp's events. After the first fault it takes no more: throwing through the library
// would need an exception of ours, so the rest of the file is parsed in vain, within its size.
class Builder final : public YAML::EventHandler {
 public:
  explicit Builder(const Lines& lines) : lines_(lines) {}

  [[nodiscard]] const std::optional<Error>& fault() const { return fault_; }
  [[nodiscard]] const std::optional<YamlValue>& top() const { return top_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (top_) fail("yaml_second_document", lines_.place_of(mark));
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (refused(mark, "", anchor)) return;
    add_leaf(value_at(YamlValue::Type::Null, mark));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    fail("yaml_alias", lines_.place_of(mark));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    if (refused(mark, tag, anchor)) return;
    YamlValue value = value_at(YamlValue::Type::Text, mark);
    value.text = text;
    add_leaf(std::move(value));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    if (refused(mark, tag, anchor)) return;
    open(YamlValue::Type::List, mark);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    if (refused(mark, tag, anchor)) return;
    open(YamlValue::Type::Map, mark);
  }
  void OnMapEnd() override { end(); }

 private:
  struct Open {
    YamlValue value;
    bool key_given = false;                    // Map: the last member still lacks its value
    std::map<std::string, std::size_t> lines;  // Map: where each key stands
  };

  void fail(std::string code, Place at, Facts more = {}) {
    if (!fault_) fault_ = yaml_fault(std::move(code), at, std::move(more));
  }
  [[nodiscard]] YamlValue value_at(YamlValue::Type type, const YAML::Mark& mark) const {
    YamlValue value;
    value.type = type;
    value.at = lines_.place_of(mark);
    return value;
  }
  // Whether the event is to be passed over, because of itself or of an earlier one. yaml-cpp gives
  // "?" for a plain value and "!" for a quoted one.
  bool refused(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) fail("yaml_alias", lines_.place_of(mark));
    if (!tag.empty() && tag != "?" && tag != "!") fail("yaml_tag", lines_.place_of(mark));
    return fault_.has_value();
  }
  void open(YamlValue::Type type, const YAML::Mark& mark) {
    if (wants_key()) return fail("yaml_key_not_text", lines_.place_of(mark));
    if (open_.size() >= kYamlDepthMax)
      return fail("yaml_depth", lines_.place_of(mark),
                  {{"depth_max", std::to_string(kYamlDepthMax)}});
    open_.push_back({value_at(type, mark), false, {}});
  }
  void end() {
    if (fault_) return;
    TZ_ASSERT(!open_.empty() && !open_.back().key_given);
    YamlValue value = std::move(open_.back().value);
    open_.pop_back();
    put(std::move(value));
  }
  [[nodiscard]] bool wants_key() const {
    return !open_.empty() && open_.back().value.type == YamlValue::Type::Map &&
           !open_.back().key_given;
  }
  void add_leaf(YamlValue value) {
    if (!wants_key()) return put(std::move(value));
    if (value.type != YamlValue::Type::Text) return fail("yaml_key_not_text", value.at);
    Open& map = open_.back();
    const auto [earlier, fresh] = map.lines.emplace(value.text, value.at.line);
    if (!fresh)
      return fail("yaml_duplicate_key", value.at,
                  {{"key", value.text}, {"first_line", std::to_string(earlier->second)}});
    map.value.keys.push_back({std::move(value.text), value.at});
    map.key_given = true;
  }
  void put(YamlValue value) {
    if (open_.empty()) {
      top_ = std::move(value);
      return;
    }
    open_.back().value.items.push_back(std::move(value));
    open_.back().key_given = false;
  }

  const Lines& lines_;
  std::vector<Open> open_;
  std::optional<YamlValue> top_;
  std::optional<Error> fault_;
};

// Where the first thing stands that is no character; the size of the text if all are.
std::size_t first_bad_character(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (!valid_utf8(text.substr(at, bytes))) return at;
    at += bytes;
  }
  return at;
}

// Tab and line ends are the only control characters; yaml-cpp would take 04 for the end of file.
std::size_t first_control_character(std::string_view text) {
  const auto found = std::find_if(text.begin(), text.end(), [](char byte) {
    const auto code = static_cast<unsigned char>(byte);
    return (code < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || code == 0x7F;
  });
  return static_cast<std::size_t>(found - text.begin());
}

// The mistakes people make most have codes, and so sentences, of their own; `detail` is English.
Error syntax_fault(const YAML::ParserException& thrown, const Lines& lines) {
  const Place at = lines.place_of(thrown.mark);
  // An alias without its anchor: say that neither is allowed, not that one is missing.
  if (thrown.msg.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR)) return yaml_fault("yaml_alias", at);
  if (lines.indented_by_tab(at.line)) return yaml_fault("yaml_tab_indents", {at.line, 1});
  const std::pair<const char*, const char*> common[] = {
      {YAML::ErrorMsg::END_OF_SEQ_FLOW, "yaml_list_unclosed"},
      {YAML::ErrorMsg::END_OF_MAP_FLOW, "yaml_map_unclosed"},
      {YAML::ErrorMsg::MAP_VALUE, "yaml_colon_misplaced"},
      {YAML::ErrorMsg::EOF_IN_SCALAR, "yaml_quote_unclosed"},
      {YAML::ErrorMsg::DOC_IN_SCALAR, "yaml_quote_unclosed"},
  };
  for (const auto& [message, code] : common)
    if (thrown.msg == message) return yaml_fault(code, at);
  return yaml_fault("yaml_syntax", at, {{"detail", thrown.msg}});
}

}  // namespace

const YamlValue* YamlValue::find(std::string_view key) const {
  for (std::size_t index = 0; index < keys.size(); ++index)
    if (keys[index].text == key) return &items[index];
  return nullptr;
}

Error yaml_fault(std::string code, Place at, Facts more) {
  Facts facts = {{"line", std::to_string(at.line)}, {"column", std::to_string(at.column)}};
  facts.insert(facts.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
  return refusal(std::move(code), std::move(facts));
}

Result<YamlValue> read_yaml(std::string_view text) {
  if (text.size() > kYamlBytesMax)
    return refusal("yaml_too_large", {{"bytes_max", std::to_string(kYamlBytesMax)}});
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const Lines lines(text);
  if (const std::size_t at = first_bad_character(text); at < text.size())
    return yaml_fault("yaml_encoding", lines.place_of(at));
  if (const std::size_t at = first_control_character(text); at < text.size())
    return yaml_fault("yaml_control_character", lines.place_of(at));

  Builder builder(lines);
  try {
    // yaml-cpp takes a quote that is open at the end of the file for closed, unless the document is
    // ended in words.
    std::istringstream in{std::string(text) + "\n...\n"};
    YAML::Parser parser(in);
    while (!builder.fault() && parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::ParserException& thrown) {
    if (!builder.fault()) return syntax_fault(thrown, lines);
  } catch (const std::exception& thrown) {
    return failure("yaml_reader_failed", {{"detail", thrown.what()}});
  }
  if (builder.fault()) return *builder.fault();
  if (!builder.top() || builder.top()->type == YamlValue::Type::Null)
    return yaml_fault("yaml_empty", {});
  return *builder.top();
}

}  // namespace tz::programme
