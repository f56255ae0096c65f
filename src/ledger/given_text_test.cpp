// Texts that say nothing are as good as none, and a line is one line.
#include "ledger/given_text.h"

#include <gtest/gtest.h>

namespace tz::ledger {
namespace {

std::string fault(std::string_view text, Shape shape = Shape::Line, std::size_t chars_max = 10) {
  const auto error = text_fault({"title", chars_max, shape}, text);
  return error ? error->code : "-";
}

TEST(GivenText, BlanksOfEveryWidthAreNoText) {
  for (const char* blank : {" ", "\t", "\n \r\n", "　", "\u00a0", "\u200b\u200b", "\ufeff",
                            "\u3164", "\u2800", "\u202e \u2066", "\u180e"})
    for (const Shape shape : {Shape::Line, Shape::Text})
      EXPECT_EQ(fault(blank, shape), "field_required") << blank;
  EXPECT_EQ(fault(""), "-") << "not given";
  for (const char* text : {"a", " a", "　漏水　", "。", "𠮷", "\u0e01"})
    EXPECT_EQ(fault(text), "-") << text;
}

TEST(GivenText, ALineHasNoControlCharacters) {
  for (const char* line : {"漏\n水", "漏\t水", "\u0085漏水", "漏水\u2028", "a\x7f", "\x1b[31m红"}) {
    EXPECT_EQ(fault(line), "text_control") << line;
    EXPECT_EQ(fault(line, Shape::Text), "-") << line;
  }
}

TEST(GivenText, IsCountedInCharacters) {
  EXPECT_EQ(fault("一二三四五六七八九十"), "-");
  EXPECT_EQ(fault("一二三四五六七八九十一"), "text_too_long");
  EXPECT_EQ(fault("𠮷𠮷", Shape::Text, 2), "-");
  EXPECT_EQ(fault("\xff"), "text_encoding");
  EXPECT_EQ(fault("\xe4\xb8"), "text_encoding");
}

TEST(GivenText, ACodeIsShortAndPlain) {
  for (const char* code : {"parking_spaces", "a", "1", "_", "co2_t"})
    EXPECT_TRUE(valid_code(code)) << code;
  for (const char* text : {"", "Parking", "停车位", "a b", "a-b", "a\n", "é"})
    EXPECT_FALSE(valid_code(text)) << text;
  EXPECT_TRUE(valid_code(std::string(40, 'x')));
  EXPECT_FALSE(valid_code(std::string(41, 'x')));
}

}  // namespace
}  // namespace tz::ledger
