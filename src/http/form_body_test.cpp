// A form's body as browsers send it, and as others might.
#include "http/form_body.h"

#include <gtest/gtest.h>

namespace tz::http {
namespace {

std::string why(std::string_view body) {
  const auto form = read_form(body);
  return form.ok() ? "taken" : form.error().facts.front().second;
}

TEST(FormBody, IsReadAsItWasTyped) {
  const auto form = read_form("text=%E6%B2%B3+%26+a%0D%0Ab%0Dc&empty=&lang=zh-CN");
  ASSERT_TRUE(form.ok());
  EXPECT_EQ(value_of(*form, "text"), "河 & a\nb\nc");
  EXPECT_EQ(value_of(*form, "empty"), "");
  EXPECT_EQ(value_of(*form, "missing"), "");
  EXPECT_EQ(form->size(), 3U);
  EXPECT_TRUE(read_form("")->empty());
}

TEST(FormBody, WhatIsNoneIsRefusedWithItsReason) {
  EXPECT_EQ(why("a=%"), "percent");
  EXPECT_EQ(why("a=%4"), "percent");
  EXPECT_EQ(why("a=%zz"), "percent");
  EXPECT_EQ(why("a=%FF"), "encoding");
  EXPECT_EQ(why("a=%00"), "control");
  EXPECT_EQ(why("a=%1B"), "control");
  EXPECT_EQ(why("a=1&a=2"), "twice");
  EXPECT_EQ(why("a"), "name");
  EXPECT_EQ(why("A=1"), "name");
  EXPECT_EQ(why("=1"), "name");
  EXPECT_EQ(why("a=1&&b=2"), "name");
  std::string many;
  for (char c = 'a'; c <= 'z'; ++c) many += std::string(1, c) + "=&" + c + "_=&";
  many.pop_back();
  EXPECT_EQ(why(many), "count");
}

}  // namespace
}  // namespace tz::http
