// JSON: what I-JSON forbids is refused with its reason, and what is written is read back the same.
#include "base/json.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace tz {
namespace {

std::string why(std::string_view text, JsonLimits limits = {}) {
  const auto outcome = parse_json(text, limits);
  if (outcome.ok()) return "ok";
  EXPECT_EQ(outcome.error().code, "bad_json");
  EXPECT_EQ(outcome.error().facts.at(0).first, "why");
  EXPECT_EQ(outcome.error().facts.at(1).first, "at");
  return outcome.error().facts.at(0).second;
}

std::string again(std::string_view text) {
  const auto outcome = parse_json(text);
  return outcome.ok() ? outcome->dump() : outcome.error().facts.at(0).second;
}

TEST(Json, ReadsEveryType) {
  const auto json = parse_json(R"( {"a":[null,true,false,-7,"文"],"b":{}} )");
  ASSERT_TRUE(json.ok());
  const JsonArray& list = *json->find("a")->as_array();
  ASSERT_EQ(list.size(), 5U);
  EXPECT_TRUE(list[0].is_null());
  EXPECT_TRUE(*list[1].as_bool());
  EXPECT_FALSE(*list[2].as_bool());
  EXPECT_EQ(*list[3].as_int(), -7);
  EXPECT_EQ(*list[4].as_text(), "文");
  EXPECT_TRUE(json->find("b")->as_object()->empty());
  EXPECT_EQ(json->find("c"), nullptr);
  EXPECT_EQ(list[3].as_text(), nullptr);
  EXPECT_EQ(list[3].find("a"), nullptr);
}

TEST(Json, SyntaxThatIsNotJsonIsRefused) {
  for (const char* bad : {"",         " ",         "{",          "}",
                          "[",        "[1,]",      "{\"a\":1,}", "{a:1}",
                          "{'a':1}",  "{\"a\" 1}", "[1 2]",      "nul",
                          "True",     "NaN",       "Infinity",   "-",
                          "01",       "+1",        ".5",         "1.",
                          "0x10",     "\"a",       "\"\\x\"",    "\"\\u12g4\"",
                          "\"a\nb\"", "\"a\tb\"",  "1 2",        "{} {}",
                          "[]]",      "// c\n1",   "/* c */ 1",  "\xef\xbb\xbf{}"})
    EXPECT_NE(why(bad), "ok") << bad;
  EXPECT_EQ(why("[1,]"), "syntax");
  EXPECT_EQ(why("{} {}"), "syntax");
}

TEST(Json, TheByteWhereItWentWrongIsTold) {
  EXPECT_EQ(parse_json("[1,x]").error().facts.at(1).second, "3");
  EXPECT_EQ(parse_json("[] x").error().facts.at(1).second, "3");
}

TEST(Json, ANameTwiceIsRefused) {
  EXPECT_EQ(why(R"({"a":1,"a":1})"), "duplicate_key");
  EXPECT_EQ(why(R"({"a":1,"\u0061":1})"), "duplicate_key");
  EXPECT_EQ(why(R"({"":1,"":1})"), "duplicate_key");
  EXPECT_EQ(why(R"({"a":{"b":1,"c":2,"b":3}})"), "duplicate_key");
  EXPECT_EQ(why(R"([{"a":1},{"a":1}])"), "ok");
  EXPECT_EQ(why(R"({"a":{"a":{"a":1}}})"), "ok");
}

TEST(Json, ANameTwiceAmongManyIsRefusedWhereverItStands) {
  for (int count : {2, 16, 17, 200})
    for (int twin : {0, count / 2, count - 1}) {
      std::string text = "{";
      for (int i = 0; i < count; ++i) text += "\"name" + std::to_string(i) + "\":0,";
      EXPECT_EQ(why(text + "\"other\":0}"), "ok");
      EXPECT_EQ(why(text + "\"name" + std::to_string(twin) + "\":0}"), "duplicate_key");
    }
}

TEST(Json, FractionsAndExponentsAreRefused) {
  for (const char* bad : {"1.0", "0.5", "-0.5", "1e2", "1E2", "1e-2", "1e999", "1e99999999999",
                          "-1.5e10", "123456789012345678901234567890.5"})
    EXPECT_EQ(why(bad), "fraction") << bad;
}

TEST(Json, IntegersLieWithinTheRangeThatAllReadersShare) {
  EXPECT_EQ(again("9007199254740991"), "9007199254740991");
  EXPECT_EQ(again("-9007199254740991"), "-9007199254740991");
  EXPECT_EQ(again("0"), "0");
  EXPECT_EQ(again("-0"), "0");
  for (const char* bad :
       {"9007199254740992", "-9007199254740992", "9223372036854775807", "-9223372036854775808",
        "9223372036854775808", "18446744073709551615", "18446744073709551616",
        "-9223372036854775809", "123456789012345678901234567890"})
    EXPECT_EQ(why(bad), "integer_range") << bad;
}

TEST(Json, DepthIsLimited) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_EQ(why(nested(16)), "ok");
  EXPECT_EQ(why(nested(17)), "depth");
  EXPECT_EQ(why(std::string(100'000, '[')), "depth");
  EXPECT_EQ(why(R"({"a":{"b":1}})", {.depth_max = 1}), "depth");
  EXPECT_EQ(why(R"({"a":1})", {.depth_max = 1}), "ok");
  EXPECT_EQ(why("1", {.depth_max = 0}), "ok");
}

TEST(Json, SizeIsLimited) {
  const std::string text = "\"" + std::string(98, 'x') + "\"";
  EXPECT_EQ(why(text, {.bytes_max = 100}), "ok");
  EXPECT_EQ(why(text + " ", {.bytes_max = 100}), "size");
  EXPECT_EQ(why("{\"" + std::string(2000, 'k') + "\":1}"), "size");
}

TEST(Json, TextMustBeUtf8) {
  for (const char* bad : {"\"\xff\"", "\"\xc0\x80\"", "\"\xc1\xbf\"", "\"\xe0\x80\x80\"",
                          "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"", "\"\xf8\x88\x80\x80\x80\"",
                          "\"\x80\"", "\"\xe6\x96\"", "\"\xe6\x96x\""})
    EXPECT_EQ(why(bad), "utf8") << bad;
  EXPECT_EQ(why("{\"\xff\":1}"), "utf8");
  EXPECT_EQ(again("\"\xe6\x96\x87 \xf0\xa0\xae\xb7\""), "\"文 𠮷\"");
}

TEST(Json, SurrogatesMustBePairs) {
  EXPECT_EQ(again(R"("\ud83d\ude00")"), "\"😀\"");
  for (const char* bad : {R"("\ud83d")", R"("\ude00")", R"("\ud83dx")", R"("\ud83d\u0041")",
                          R"("\ud83d\ud83d")", R"("\ude00\ud83d")", R"({"\ud83d":1})"})
    EXPECT_NE(why(bad), "ok") << bad;
  EXPECT_EQ(why(R"("\ude00")"), "utf8");
  EXPECT_EQ(why(R"("\ud83d\u0041")"), "utf8");
}

TEST(Json, NoncharactersAreRefusedAndTheirNeighboursNot) {
  for (const char* bad :
       {R"("\ufffe")", R"("\uffff")", R"("a\ufdd0")", R"("\ufdefb")", "\"\xef\xbf\xbf\"",
        "\"\xf0\x9f\xbf\xbe\"", "\"\xf4\x8f\xbf\xbf\"", R"("\ud83f\udffe")", R"({"\uffff":1})"})
    EXPECT_EQ(why(bad), "utf8") << bad;
  for (const char* good : {R"("\ufffd")", R"("\ufdcf")", R"("\ufdf0")", R"("\ud83f\udffd")",
                           R"("\u0fff")", R"("\u1ffe\u2fff")", R"("\uefbf\ubfbe")"})
    EXPECT_EQ(why(good), "ok") << good;
}

TEST(Json, ANulIsTextOnlyWhenEscaped) {
  EXPECT_EQ(again(R"("a\u0000b")"), R"("a\u0000b")");
  EXPECT_EQ(parse_json(R"("a\u0000b")")->as_text()->size(), 3U);
  EXPECT_EQ(why(std::string_view("\"a\0b\"", 5)), "syntax");
  EXPECT_EQ(why(std::string_view("1\0", 2)), "syntax");
  EXPECT_EQ(why(std::string_view("\0", 1)), "syntax");
}

TEST(Json, WritesOneTextForOneValue) {
  Json json;
  json.set("z", 1).set("a", nullptr).set("list", JsonArray{true, "x", -5});
  EXPECT_EQ(json.dump(), R"({"z":1,"a":null,"list":[true,"x",-5]})");
  Json list;
  list.push(std::uint32_t{4'000'000'000}).push("").push(JsonObject{});
  EXPECT_EQ(list.dump(), R"([4000000000,"",{}])");
}

TEST(Json, EscapesWhatMustBeAndNothingElse) {
  EXPECT_EQ(Json("\"\\\n\t\x01\x1f\x7f/<文").dump(),
            "\"\\\"\\\\\\n\\u0009\\u0001\\u001f\x7f/<文\"");
}

TEST(JsonDeathTest, ANameSetTwiceIsABug) {
  Json json;
  json.set("a", 1);
  EXPECT_DEATH(json.set("a", 2), "bug");
  EXPECT_DEATH(json.push(2), "bug");
}

// A value of every shape that a seed can give.
Json any_value(SeededRandom& random, int depth) {
  constexpr std::string_view kPieces[] = {"a", "\"", "\\", "\n", "\x01", "文", "😀", "\x7f", "/"};
  const auto text = [&] {
    std::string out;
    for (std::uint64_t i = random.next_u64() % 6; i > 0; --i)
      out += kPieces[random.next_u64() % std::size(kPieces)];
    if (random.next_u64() % 8 == 0) out.push_back('\0');
    return out;
  };
  switch (random.next_u64() % (depth > 0 ? 6 : 4)) {
    case 0:
      return nullptr;
    case 1:
      return random.next_u64() % 2 == 0;
    case 2:
      return static_cast<std::int64_t>(random.next_u64() >> (10 + random.next_u64() % 54)) *
             (random.next_u64() % 2 == 0 ? 1 : -1) / 2;
    case 3:
      return text();
    case 4: {
      JsonArray list;
      for (std::uint64_t i = random.next_u64() % 5; i > 0; --i)
        list.push_back(any_value(random, depth - 1));
      return list;
    }
    default: {
      Json object = JsonObject{};
      for (std::uint64_t i = random.next_u64() % 5; i > 0; --i) {
        const std::string name = text();
        if (object.find(name) == nullptr) object.set(name, any_value(random, depth - 1));
      }
      return object;
    }
  }
}

TEST(Json, ALongTextIsBoundedByTheLimitsAlone) {
  const std::size_t length = std::size_t{20} << 20;
  const std::string text = "\"" + std::string(length, 'a') + "\"";
  EXPECT_EQ(why(text, {length, 1}), "size");
  const auto read = parse_json(text, {length + 2, 1});
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->as_text()->size(), length);
}

TEST(Json, WhatIsWrittenIsReadBackTheSame) {
  const std::uint64_t seed = 5;
  SeededRandom random(seed);
  for (int round = 0; round < 3000; ++round) {
    const Json value = any_value(random, 4);
    const auto read = parse_json(value.dump());
    ASSERT_TRUE(read.ok()) << "seed " << seed << " round " << round << " " << value.dump();
    ASSERT_EQ(*read, value) << "seed " << seed << " round " << round;
    ASSERT_EQ(read->dump(), value.dump());
  }
}

TEST(Json, ChangedBytesAreAnsweredWithoutHarm) {
  const std::uint64_t seed = 6;
  SeededRandom random(seed);
  for (int round = 0; round < 5000; ++round) {
    std::string text = any_value(random, 3).dump();
    for (std::uint64_t i = random.next_u64() % 4; i > 0; --i)
      text[random.next_u64() % text.size()] = static_cast<char>(random.next_u64());
    const auto read = parse_json(text);
    if (!read.ok()) continue;
    ASSERT_EQ(*parse_json(read->dump()), *read) << "seed " << seed << " round " << round;
  }
}

}  // namespace
}  // namespace tz
