// Fields of files: what is right is taken, what is wrong is named together with the mend.
#include "programme/file_fields.h"

#include <gtest/gtest.h>

#include <string>

namespace tz::programme {
namespace {

YamlValue text(std::string word) {
  YamlValue value;
  value.type = YamlValue::Type::Text;
  value.at = {3, 7};
  value.text = std::move(word);
  return value;
}

std::string fact(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.facts)
    if (key == name) return value;
  return "(none)";
}

// The code of the only fault.
std::string only(const FileFields& fields) {
  return fields.faults().size() == 1 ? fields.faults()[0].code : "not one fault";
}

TEST(FileFields, TheNearestWordTakesTheFewestChanges) {
  EXPECT_EQ(nearest("gaurds", {"from", "guards", "who"}), "guards");
  EXPECT_EQ(nearest("evidence", {"evidence_attached", "independent"}), "evidence_attached");
  EXPECT_EQ(nearest("", {"from", "to"}), "to");
  EXPECT_EQ(nearest("to", {"from", "to"}), "to");
}

TEST(FileFields, AnUnknownKeyIsNamedWithTheAllowedOnes) {
  const Result<YamlValue> file = read_yaml("id: a\ntitel: b\n");
  ASSERT_TRUE(file.ok());
  FileFields fields;
  EXPECT_FALSE(fields.take_map(*file, "states", {"id", "title"}, {"note"}));
  const std::vector<Error> faults = fields.faults();
  ASSERT_EQ(faults.size(), 2U);
  EXPECT_EQ(faults[0].code, "yaml_key_missing");
  EXPECT_EQ(fact(faults[0], "key"), "title");
  EXPECT_EQ(faults[1].code, "yaml_key_unknown");
  EXPECT_EQ(fact(faults[1], "line"), "2");
  EXPECT_EQ(fact(faults[1], "key"), "titel");
  EXPECT_EQ(fact(faults[1], "nearest"), "title");
  EXPECT_EQ(fact(faults[1], "expected"), "id, title, note");
}

TEST(FileFields, TakesWhatIsRight) {
  FileFields fields;
  EXPECT_EQ(fields.take_text(text("问题"), "k", 2), "问题");
  EXPECT_EQ(fields.take_id(text("closure_2"), "k"), "closure_2");
  EXPECT_EQ(fields.take_word(text("b"), "k", {"a", "b"}), "b");
  EXPECT_EQ(fields.take_number(text("15"), "k", 3, 15), 15);
  EXPECT_EQ(fields.take_yes_no(text("true"), "k"), true);
  EXPECT_EQ(fields.take_yes_no(text("false"), "k"), false);
  EXPECT_TRUE(fields.clean());
}

TEST(FileFields, NamesWhatIsWrong) {
  const auto fault_of = [](auto take) {
    FileFields fields;
    EXPECT_FALSE(take(fields));
    return only(fields);
  };
  YamlValue list;
  list.type = YamlValue::Type::List;
  using F = FileFields&;
  EXPECT_EQ(fault_of([&](F f) { return f.take_text(list, "k", 9); }), "yaml_text_expected");
  EXPECT_EQ(fault_of([&](F f) { return f.take_text(text("问题台账"), "k", 3); }),
            "yaml_text_length");
  EXPECT_EQ(fault_of([&](F f) { return f.take_text(text(""), "k", 3); }), "yaml_text_length");
  for (const char* id : {"", "2a", "Abc", "a-b", "问", "a234567890123456789012345678901_3"})
    EXPECT_EQ(fault_of([&](F f) { return f.take_id(text(id), "k"); }), "yaml_id_malformed") << id;
  EXPECT_EQ(fault_of([&](F f) { return f.take_word(text("c"), "k", {"a"}); }),
            "yaml_value_unknown");
  for (const char* number : {"", "2", "16", "5x", " 5", "5.0", "0x5", "99999999999999999999"})
    EXPECT_EQ(fault_of([&](F f) { return f.take_number(text(number), "k", 3, 15); }),
              "yaml_number_expected")
        << number;
  EXPECT_EQ(fault_of([&](F f) { return f.take_yes_no(text("yes"), "k"); }), "yaml_value_unknown");
  FileFields fields;
  EXPECT_TRUE(fields.take_list(text("a"), "k").empty());
  EXPECT_EQ(only(fields), "yaml_list_expected");
}

TEST(FileFields, QuotesOnlyTheBeginningOfALongValue) {
  std::string word;
  for (int count = 0; count < 100; ++count) word += "问";
  FileFields fields;
  EXPECT_FALSE(fields.take_word(text(word), "k", {"a"}));
  EXPECT_EQ(fact(fields.faults()[0], "value"), word.substr(0, 60) + "…");
}

TEST(FileFields, GivesFaultsByTheirPlaceAndNotWithoutEnd) {
  FileFields fields;
  fields.add(yaml_fault("c", {10, 1}));
  fields.add(yaml_fault("b", {9, 12}));
  fields.add(yaml_fault("a", {9, 2}));
  const std::vector<Error> faults = fields.faults();
  EXPECT_EQ(faults[0].code + faults[1].code + faults[2].code, "abc");
  for (int count = 0; count < 1000; ++count) fields.add(yaml_fault("d", {1, 1}));
  EXPECT_EQ(fields.faults().size(), kFaultCountMax);
}

}  // namespace
}  // namespace tz::programme
