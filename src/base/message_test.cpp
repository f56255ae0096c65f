// Sentences: templates and their facts, the choice of language, and the two files that ship.
#include "base/message.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/embedded.h"
#include "base/json.h"

namespace tz {
namespace {

std::string file_text(const std::string& path_in_project) {
  std::ifstream in(std::string(TZ_SOURCE) + "/" + path_in_project, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace

// This room's test has no files built in: it reads the project's own.
std::string_view embedded_file(std::string_view path) {
  static std::map<std::string, std::string, std::less<>> files;
  const auto known = files.find(path);
  if (known != files.end()) return known->second;
  return files.emplace(std::string(path), file_text(std::string(path))).first->second;
}

namespace {

std::string filled(const std::string& sentence, const Facts& facts) {
  const auto messages = Messages::parse(Json(JsonObject{{"k", sentence}}).dump());
  TZ_ASSERT(messages.ok());
  return messages->text("k", facts);
}

TEST(Message, FactsStandWhereTheirNamesStood) {
  EXPECT_EQ(filled("unit {unit} of {parent}", {{"parent", "22"}, {"unit", "2202"}}),
            "unit 2202 of 22");
  EXPECT_EQ(filled("{a}{a}", {{"a", "x"}}), "xx");
  EXPECT_EQ(filled("no names", {{"a", "x"}}), "no names");
  EXPECT_EQ(filled("", {}), "");
}

TEST(Message, AMissingFactIsADash) {
  EXPECT_EQ(filled("unit {unit} is unknown", {}), "unit — is unknown");
  EXPECT_EQ(filled("unit {unit} is unknown", {{"unit", ""}}), "unit  is unknown");
}

TEST(Message, ABracketedPartStandsOnlyWithAllItsFacts) {
  const std::string sentence = "stale[ (saw {seen}, now {current})]. Look[ at {item}].";
  EXPECT_EQ(filled(sentence, {{"seen", "1"}, {"current", "2"}, {"item", "7K3M"}}),
            "stale (saw 1, now 2). Look at 7K3M.");
  EXPECT_EQ(filled(sentence, {{"seen", "1"}, {"item", "7K3M"}}), "stale. Look at 7K3M.");
  EXPECT_EQ(filled(sentence, {}), "stale. Look.");
}

TEST(Message, OtherBracketsAndBracesAreText) {
  EXPECT_EQ(filled("units DIR [UNIT]", {}), "units DIR [UNIT]");
  EXPECT_EQ(filled("{} {A} {a b} {a", {{"a", "x"}}), "{} {A} {a b} {a");
  EXPECT_EQ(filled("a ] b [ c {a}", {{"a", "x"}}), "a ] b [ c x");
  EXPECT_EQ(filled("[", {}), "[");
}

TEST(Message, WhatAFactSaysIsNeverATemplate) {
  EXPECT_EQ(filled("{a} {b}", {{"a", "{b}"}, {"b", "[x{c}]"}}), "{b} [x{c}]");
}

TEST(Message, ADayIsWrittenAsPeopleWriteIt) {
  const auto chinese =
      *Messages::parse(R"({"k":"到{due}为止，{text}","format.day":"{year}年{month}月{day}日"})");
  EXPECT_EQ(chinese.text("k", {{"due", "2019-09-08"}, {"text", "2019-13-08"}}),
            "到2019年9月8日为止，2019-13-08");
  const auto english = *Messages::parse(
      R"({"k":"by {due}","format.day":"{day} {month} {year}","format.month_9":"September"})");
  EXPECT_EQ(english.text("k", {{"due", "2019-09-25"}}), "by 25 September 2019");
  EXPECT_EQ(filled("by {due}", {{"due", "2019-09-25"}}), "by 2019-09-25");
}

TEST(Message, AnErrorIsNamedByItsCode) {
  const auto messages = *Messages::parse(R"({"error.odd":"{number} is odd"})");
  EXPECT_EQ(messages.text(refusal("odd", {{"number", "3"}})), "3 is odd");
  EXPECT_EQ(messages.text(refusal("even")), "error.even");
  EXPECT_TRUE(messages.has("error.odd"));
  EXPECT_FALSE(messages.has("odd"));
  EXPECT_EQ(messages.keys(), (std::vector<std::string>{"error.odd"}));
}

TEST(Message, ADamagedFileIsRefused) {
  for (const char* bad : {"", "[]", "\"x\"", "{\"a\":1}", "{\"a\":{\"b\":\"c\"}}", "{\"a\":null}",
                          "{\"a\":\"x\",\"a\":\"y\"}", "{\"a\":\"x\",}"}) {
    const auto messages = Messages::parse(bad);
    ASSERT_FALSE(messages.ok()) << bad;
    EXPECT_EQ(messages.error().code, "locale_damaged");
  }
}

TEST(Language, IsTheFirstOfTheTwoThatIsPreferred) {
  const std::pair<const char*, Language> cases[] = {
      {"", Language::Chinese},
      {"zh-CN,zh;q=0.9,en;q=0.8", Language::Chinese},
      {"en", Language::English},
      {"en-US,en;q=0.9,zh-CN;q=0.8", Language::English},
      {"en;q=0.8, zh;q=0.9", Language::Chinese},
      {"fr, de;q=0.9", Language::Chinese},
      {"fr, en;q=0.1", Language::English},
      {"zh;q=0, en;q=0.1", Language::English},
      {"en;q=0", Language::Chinese},
      {"EN-gb", Language::English},
      {"en ; q=1.0 , zh", Language::English},
      {"zh_CN.UTF-8", Language::Chinese},
      {"en_US.UTF-8", Language::English},
      {"en.UTF-8", Language::English},
      {"C.UTF-8", Language::Chinese},
      {"*", Language::Chinese},
      {"english", Language::Chinese},
      {"en;q=abc", Language::Chinese},
      {"en;q=0.5x", Language::Chinese},
      {",,;;,en", Language::English},
  };
  for (const auto& [preference, language] : cases)
    EXPECT_EQ(language_from(preference), language) << preference;
  EXPECT_EQ(language_from(std::string(1 << 20, ',') + "en"), Language::Chinese);
}

// The two files that ship.

std::set<std::string> names_in(const std::string& sentence) {
  std::set<std::string> names;
  for (std::size_t at = sentence.find('{'); at != std::string::npos;
       at = sentence.find('{', at + 1))
    names.insert(sentence.substr(at + 1, sentence.find('}', at) - at - 1));
  return names;
}

// The sentence before anything is filled in.
std::map<std::string, std::string> sentences(const std::string& path) {
  std::map<std::string, std::string> out;
  const auto json = parse_json(file_text(path), {.bytes_max = 4 << 20, .depth_max = 1});
  TZ_ASSERT(json.ok());
  for (const auto& [key, value] : *json->as_object()) out.emplace(key, *value.as_text());
  return out;
}

TEST(Locales, AreBuiltIn) {
  EXPECT_TRUE(Messages::of(Language::Chinese).has("error.not_permitted"));
  EXPECT_TRUE(Messages::of(Language::English).has("error.not_permitted"));
  EXPECT_NE(Messages::of(Language::Chinese).text("error.not_permitted"),
            Messages::of(Language::English).text("error.not_permitted"));
}

TEST(Locales, HaveTheSameKeysAndTheSameFacts) {
  const auto chinese = sentences("locales/zh-CN.json");
  const auto english = sentences("locales/en.json");
  ASSERT_GT(english.size(), 50U);
  EXPECT_EQ(Messages::of(Language::Chinese).keys(), Messages::of(Language::English).keys());
  for (const auto& [key, sentence] : english) {
    const auto other = chinese.find(key);
    ASSERT_NE(other, chinese.end()) << key;
    EXPECT_EQ(names_in(sentence), names_in(other->second)) << key;
  }
}

TEST(Locales, AreSortedOneEntryALine) {
  for (const char* path : {"locales/zh-CN.json", "locales/en.json"}) {
    std::istringstream lines(file_text(path));
    std::string line;
    std::vector<std::string> keys;
    while (std::getline(lines, line))
      if (line.starts_with("  \"")) keys.push_back(line.substr(3, line.find('"', 3) - 3));
    EXPECT_EQ(keys.size(), sentences(path).size()) << path;
    EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end())) << path;
  }
}

// Whichever facts there are, a sentence has no brace, no half bracket and an end.
TEST(Locales, EverySentenceIsWholeWithAnyOfItsFacts) {
  for (const char* path : {"locales/zh-CN.json", "locales/en.json"})
    for (const auto& [key, sentence] : sentences(path)) {
      const std::set<std::string> names = names_in(sentence);
      ASSERT_LE(names.size(), 9U) << key;
      for (unsigned chosen = 0; chosen < 1U << names.size(); ++chosen) {
        Facts facts;
        unsigned bit = 0;
        for (const std::string& name : names)
          if ((chosen >> bit++ & 1U) != 0) facts.emplace_back(name, "x");
        const std::string text = filled(sentence, facts);
        const auto count = [&](const std::string& part) {
          std::size_t found = 0;
          for (std::size_t at = text.find(part); at != std::string::npos;
               at = text.find(part, at + part.size()))
            ++found;
          return found;
        };
        EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << path << " " << text;
        EXPECT_EQ(count("("), count(")")) << path << " " << text;
        EXPECT_EQ(count("（"), count("）")) << path << " " << text;
        EXPECT_EQ(count("“"), count("”")) << path << " " << text;
        EXPECT_EQ(text.find("  "), std::string::npos) << path << " " << text;
      }
    }
}

}  // namespace
}  // namespace tz
