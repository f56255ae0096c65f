// What the loader takes and refuses, and that it points at the right character.
#include "programme/yaml_file.h"

#include <gtest/gtest.h>

#include <string>

namespace tz::programme {
namespace {

std::string fact(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.facts)
    if (key == name) return value;
  return "(none)";
}

// "code line:column", or "ok".
std::string said(std::string_view text) {
  const Result<YamlValue> read = read_yaml(text);
  if (read.ok()) return "ok";
  return read.error().code + " " + fact(read.error(), "line") + ":" + fact(read.error(), "column");
}

TEST(YamlFile, ReadsMapsListsAndTextsWithTheirPlaces) {
  const Result<YamlValue> read = read_yaml("kind: problem\nlist:\n  - a\n  - {b: '2'}\nnone:\n");
  ASSERT_TRUE(read.ok()) << said("");
  ASSERT_EQ(read->type, YamlValue::Type::Map);
  EXPECT_EQ(read->find("kind")->text, "problem");
  EXPECT_EQ(read->find("kind")->at, (Place{1, 7}));
  const YamlValue& list = *read->find("list");
  ASSERT_EQ(list.type, YamlValue::Type::List);
  ASSERT_EQ(list.items.size(), 2U);
  EXPECT_EQ(list.items[0].at, (Place{3, 5}));
  EXPECT_EQ(list.items[1].find("b")->text, "2");
  EXPECT_EQ(list.items[1].keys[0].at, (Place{4, 6}));
  EXPECT_EQ(read->find("none")->type, YamlValue::Type::Null);
  EXPECT_EQ(read->find("other"), nullptr);
}

TEST(YamlFile, CountsColumnsInCharactersFromOne) {
  const Result<YamlValue> read = read_yaml("{问题: 台账, 😀: x}\n");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->keys[0].at, (Place{1, 2}));
  EXPECT_EQ(read->items[0].at, (Place{1, 6}));
  EXPECT_EQ(read->keys[1].at, (Place{1, 10}));
  EXPECT_EQ(read->items[1].at, (Place{1, 13}));
  EXPECT_EQ(said("名称: {问题: 台账, 问题: x}\n"), "yaml_duplicate_key 1:14");
}

TEST(YamlFile, TakesLineEndsAndMarksOfOtherSystems) {
  const Result<YamlValue> read = read_yaml("\xEF\xBB\xBFkind: a\r\nversion: 1\r\n");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->find("kind")->text, "a");
  EXPECT_EQ(read->find("kind")->at, (Place{1, 7}));
  EXPECT_EQ(read->find("version")->at, (Place{2, 10}));
}

TEST(YamlFile, RefusesDuplicateKeysAndNamesTheFirst) {
  const Result<YamlValue> read = read_yaml("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n");
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, "yaml_duplicate_key");
  EXPECT_EQ(fact(read.error(), "line"), "5");
  EXPECT_EQ(fact(read.error(), "column"), "3");
  EXPECT_EQ(fact(read.error(), "key"), "c");
  EXPECT_EQ(fact(read.error(), "first_line"), "3");
  EXPECT_EQ(said("a: {c: 1}\nb: {c: 2}\n"), "ok");
}

TEST(YamlFile, RefusesWhatLooksOneWayAndIsAnother) {
  EXPECT_EQ(said("a: &x 1\nb: *x\n"), "yaml_alias 1:4");
  EXPECT_EQ(said("b: *x\n"), "yaml_alias 1:4");
  EXPECT_EQ(said("a: {<<: *x}\n"), "yaml_alias 1:9");
  EXPECT_EQ(said("a: !!int 1\n"), "yaml_tag 1:4");
  EXPECT_EQ(said("a: !own [1]\n"), "yaml_tag 1:4");
  EXPECT_EQ(said("[1]: a\n"), "yaml_key_not_text 1:1");
  EXPECT_EQ(said("{~: a}\n"), "yaml_key_not_text 1:2");
  EXPECT_EQ(said("a: 1\n---\nb: 2\n"), "yaml_second_document 2:1");
  EXPECT_EQ(said(""), "yaml_empty 1:1");
  EXPECT_EQ(said("# nothing\n"), "yaml_empty 1:1");
}

TEST(YamlFile, SaysWhereTheSyntaxBreaks) {
  EXPECT_EQ(said("a: [b, c\nd: 1\n"), "yaml_list_unclosed 2:2");
  EXPECT_EQ(said("a: {b: c\nd: e\n"), "yaml_map_unclosed 2:2");
  EXPECT_EQ(said("名: b: c\n"), "yaml_colon_misplaced 1:5");
  EXPECT_EQ(said("a:\n\tb: c\n"), "yaml_tab_indents 2:1");
  EXPECT_EQ(said("a: b\n\tc: d\n"), "yaml_tab_indents 2:1");
  EXPECT_EQ(said("a: \"b\n"), "yaml_quote_unclosed 2:1");
  EXPECT_EQ(said("a: \"b"), "yaml_quote_unclosed 1:6");
  EXPECT_EQ(said("a: 'b\nc: d\n"), "yaml_quote_unclosed 3:1");
  EXPECT_EQ(said("a: [b"), "yaml_list_unclosed 1:6");
  EXPECT_EQ(said("a: ]\n").substr(0, 11), "yaml_syntax");
}

TEST(YamlFile, RefusesBytesThatAreNoText) {
  EXPECT_EQ(said("a: 1\nb: 问\xFF\n"), "yaml_encoding 2:5");
  EXPECT_EQ(said("a: \xE9\x97"), "yaml_encoding 1:4");
  EXPECT_EQ(said("a: \xC0\x80"), "yaml_encoding 1:4");
  EXPECT_EQ(said("a: \xED\xA0\x80"), "yaml_encoding 1:4");
  EXPECT_EQ(said(std::string("a: \0", 4)), "yaml_control_character 1:4");
  EXPECT_EQ(said("问: \x04 b"), "yaml_control_character 1:4");
}

TEST(YamlFile, HasALimitOfDepth) {
  std::string deep;
  for (int depth = 0; depth < kYamlDepthMax; ++depth) deep += "- ";
  EXPECT_EQ(said(deep + "a\n"), "ok");
  EXPECT_EQ(said(deep + "- a\n"), "yaml_depth 1:17");
  std::string brackets;
  for (int depth = 0; depth < 100'000; ++depth) brackets += "- ";
  EXPECT_EQ(said(brackets), "yaml_depth 1:17");
}

TEST(YamlFile, HasALimitOfSize) {
  std::string text = "a: ";
  text.append(kYamlBytesMax - text.size(), 'x');
  EXPECT_EQ(said(text), "ok");
  text += 'x';
  const Result<YamlValue> read = read_yaml(text);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, "yaml_too_large");
  EXPECT_EQ(fact(read.error(), "bytes_max"), std::to_string(kYamlBytesMax));
}

}  // namespace
}  // namespace tz::programme
