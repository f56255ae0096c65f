// What rolls up to special rectification items over HTTP, and the lists that its numbers lead to.
#include <gtest/gtest.h>

#include "http/client.h"
#include "http/contract.h"
#include "support/small_programme.h"

namespace tz::http_test {
namespace {

constexpr const char* kRoute = "/api/v1/programmes/{id}/rectification";

class RectificationRoute : public testing::Test {
 protected:
  RectificationRoute() {
    const Reply adopted =
        served.post("admin", "/api/v1/programmes", std::string(support::kSmallProgramme),
                    {"Content-Type: application/octet-stream"});
    EXPECT_EQ(adopted.status, 201U) << adopted.body;
  }
  std::string open(const std::string& person, const std::string& unit, const std::string& more) {
    const Reply opened =
        served.post(person, "/api/v1/items",
                    R"({"kind":"problem","title":"问题","unit":")" + unit + "\"," + more + "}",
                    {"Content-Type: application/json"});
    EXPECT_EQ(opened.status, 201U) << opened.body;
    return opened.text("item");
  }
  Reply rectification(const std::string& query) {
    Reply reply = served.ask({"GET", "/api/v1/programmes/small/rectification" + query, "", {}});
    EXPECT_EQ(reply.status, 200U) << reply.body;
    EXPECT_EQ(breach("GET", kRoute, reply), "") << reply.body;
    return reply;
  }
  // Of the first item, which the second is a part of, and of the second.
  std::string numbers(const Reply& reply, const std::string& path) {
    return reply.at("items/0/" + path).dump() + " " + reply.at("items/1/" + path).dump();
  }

  Served served;
};

TEST_F(RectificationRoute, TellsOfEachItemWithItsPartsAndOfEachSource) {
  const Reply empty = rectification("");
  ASSERT_EQ(empty.list("items").size(), 2U);
  EXPECT_EQ(empty.text("items/0/requirement"), "chaos");
  EXPECT_EQ(empty.text("items/1/parent"), "chaos");
  EXPECT_EQ(empty.at("items/1/depth").dump(), "1");
  EXPECT_EQ(numbers(empty, "findings/total"), "0 0");
  const std::string part = empty.text("items/1/special");
  const std::string no =
      open("recorder", "900101001001", R"("source":"resident","special":")" + part + "\"");
  open("recorder", "900101001002", R"("source":"resident","special":"small/chaos")");
  const Reply item = served.get("recorder", "/api/v1/items/" + no);
  EXPECT_EQ(breach("GET", "/api/v1/items/{no}", item), "") << item.body;
  EXPECT_EQ(item.text("special/special"), part);
  ASSERT_EQ(served
                .act("supervisor", no, "add_source",
                     R"({"source":"audit","upstream_no":"审-7","batch":"y2019"})")
                .status,
            200U);
  const Reply street = rectification("?unit=900101001");
  EXPECT_EQ(numbers(street, "findings/total"), "2 1");
  EXPECT_EQ(numbers(street, "findings/phases/listed/count"), "2 1");
  EXPECT_EQ(street.text("items/0/sources/0/source"), "audit");
  EXPECT_EQ(street.at("items/0/sources/0/counts/total").dump(), "1");
  EXPECT_EQ(street.at("items/0/sources/1/counts/total").dump(), "2");
  EXPECT_EQ(street.at("findings/total").dump(), "2") << "a part counts once in all";
  EXPECT_EQ(numbers(rectification("?unit=900101001002"), "findings/total"), "1 0");
  EXPECT_EQ(numbers(rectification("?unit=900102"), "findings/total"), "0 0");
  const Reply before = served.get(
      "recorder", "/api/v1/programmes/small/rectification?as_of=@" + empty.at("position").dump());
  EXPECT_EQ(numbers(before, "findings/total"), "0 0") << before.body;
  EXPECT_EQ(served.ask({"GET", "/api/v1/programmes/none/rectification", "", {}}).code(),
            "programme_unknown");
  EXPECT_EQ(served.ask({"GET", "/api/v1/programmes/small/rectification?unit=none", "", {}}).code(),
            "unit_unknown");
}

TEST_F(RectificationRoute, NumbersLeadToTheListsThatTheyCount) {
  const std::string part = rectification("").text("items/1/special");
  open("recorder", "900101001001", R"("source":"resident","special":")" + part + "\"");
  open("recorder", "900101001002", R"("source":"hotline","special":"small/chaos")");
  open("recorder", "900101001002", R"("source":"hotline")");
  const auto count = [&](const std::string& query) {
    const Reply list = served.get("supervisor", "/api/v1/items?" + query);
    EXPECT_EQ(breach("GET", "/api/v1/items", list), "") << list.body;
    return list.at("total").dump();
  };
  EXPECT_EQ(count("special=small/chaos"), "2") << "with its parts";
  EXPECT_EQ(count("special=" + part), "1");
  EXPECT_EQ(count("special=small/chaos&source=hotline"), "1");
  EXPECT_EQ(count("source=hotline"), "2");
  EXPECT_EQ(count("source=hotline&kind=problem"), "2");
  EXPECT_EQ(count("special=small/chaos&share=no"), "2");
  EXPECT_EQ(count("share=yes"), "0");
  const auto code = [&](const std::string& query) {
    return served.get("supervisor", "/api/v1/items?" + query).code();
  };
  EXPECT_EQ(code("special=small/meeting"), "special_unknown");
  EXPECT_EQ(code("source=moon"), "query_bad");
  EXPECT_EQ(code("share=perhaps"), "query_bad");
}

TEST_F(RectificationRoute, WhatWasSharedOutCountsOnceAndEachShareWhereItLies) {
  const std::string no =
      open("recorder", "900101001", R"("source":"hotline","special":"small/chaos")");
  ASSERT_EQ(
      served.act("supervisor", no, "assign", R"({"lead":"900101-zj","due":"2019-12-31"})").status,
      200U);
  const Reply shared =
      served.act("supervisor", no, "fan_out",
                 R"({"reason":"分头","shares":[)"
                 R"({"lead":"900101-zj","unit":"900101001001","title":"甲","due":"2019-12-01"},)"
                 R"({"lead":"900101-cg","unit":"900101001002","title":"乙","due":"2019-12-01"}]})");
  ASSERT_EQ(shared.status, 200U) << shared.body;
  const Reply street = rectification("?unit=900101001");
  EXPECT_EQ(street.at("findings/total").dump(), "1");
  EXPECT_EQ(street.at("shares/total").dump(), "2");
  const Reply village = rectification("?unit=900101001002");
  EXPECT_EQ(village.at("findings/total").dump(), "0");
  EXPECT_EQ(village.at("shares/total").dump(), "1");
  const Reply outside =
      served.act("supervisor", no, "fan_out",
                 R"({"reason":"分头","shares":[)"
                 R"({"lead":"900101-zj","unit":"900102","title":"丙","due":"2019-12-01"}]})");
  EXPECT_EQ(outside.code(), "share_outside");
  EXPECT_EQ(outside.status, 400U);
}

TEST_F(RectificationRoute, ASpecialItemIsCorrectedAndTakenAway) {
  const std::string no =
      open("recorder", "900101001001", R"("source":"resident","special":"small/chaos")");
  const auto correct = [&](const std::string& value) {
    return served.act("recorder", no, "correct",
                      R"({"field":"special","reason":"归错","value":")" + value + "\"}");
  };
  EXPECT_EQ(correct("small/meeting").code(), "requirement_not_special");
  EXPECT_EQ(correct("moon").code(), "field_bad");
  EXPECT_EQ(correct("").status, 200U);
  EXPECT_TRUE(served.get("recorder", "/api/v1/items/" + no).at("special").is_null());
  EXPECT_EQ(numbers(rectification(""), "findings/total"), "0 0");
}

}  // namespace
}  // namespace tz::http_test
