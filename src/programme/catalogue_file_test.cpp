// Catalogues of services: what contradicts itself in one is named where it stands.
#include "programme/catalogue_file.h"

#include <gtest/gtest.h>

#include <string>

#include "programme/file_text_test.h"

namespace tz::programme {
namespace {

// In 13 lines.
std::string small_text() {
  return "version: 3\n"
         "title: {zh-CN: 办事目录, en: Services}\n"
         "materials:\n"
         "  - {id: id_card, title: {zh-CN: 身份证, en: Identity card}, held_by: applicant}\n"
         "  - {id: register, title: {zh-CN: 户口登记, en: Register}, held_by: administration}\n"
         "  - {id: diagnosis, title: {zh-CN: 诊断证明, en: Diagnosis}, held_by: third_party}\n"
         "services:\n"
         "  - id: move\n"
         "    title: {zh-CN: 户口迁移, en: Move of household}\n"
         "    given_by: {levels: [county, township]}\n"
         "    asks: [id_card]\n"
         "    looks_up: [register]\n"
         "  - {id: aid, title: {zh-CN: 救助, en: Aid}, given_by: {units: ['2202']}, asks: "
         "[diagnosis, id_card]}\n";
}

std::string faults_with(std::string_view old, std::string_view fresh) {
  return shown(catalogue_faults(replaced(small_text(), old, fresh)));
}

TEST(CatalogueFile, SaysWhoGivesWhatAndWhoHoldsWhatItNeeds) {
  const auto read = read_catalogue(small_text());
  ASSERT_TRUE(read.ok()) << shown({read.error()});
  EXPECT_EQ(read->version, 3);
  const ledger::CatalogueEntry* move = read->service("move");
  ASSERT_NE(move, nullptr);
  EXPECT_EQ(move->levels, (std::vector{ledger::Level::County, ledger::Level::Township}));
  EXPECT_TRUE(read->asks(*move, "id_card"));
  EXPECT_FALSE(read->asks(*move, "register"));
  EXPECT_EQ(read->service("aid")->units, std::vector<std::string>{"2202"});
  EXPECT_EQ(read->service("other"), nullptr);
}

TEST(CatalogueFile, WhatTheAdministrationHoldsIsNotAsked) {
  EXPECT_EQ(faults_with("asks: [id_card]", "asks: [id_card, register]"),
            "yaml_value_repeated@8:5 looks_up register\n");
  EXPECT_EQ(faults_with("asks: [diagnosis, id_card]", "asks: [diagnosis, register]"),
            "catalogue_asks_held@13:91\n");
  EXPECT_EQ(faults_with("looks_up: [register]", "looks_up: [diagnosis]"),
            "catalogue_looks_up_unheld@12:16\n");
}

TEST(CatalogueFile, EachMistakeIsNamedWhereItStands) {
  EXPECT_EQ(faults_with("{levels: [county, township]}", "{}"), "catalogue_given_nowhere@8:9\n");
  EXPECT_EQ(faults_with("{id: aid,", "{id: move,"), "catalogue_id_twice@13:10\n");
  EXPECT_EQ(faults_with("asks: [id_card]", "asks: [id_cart]"),
            "yaml_value_unknown@11:12 asks id_cart id_card\n");
  EXPECT_EQ(faults_with("held_by: third_party", "held_by: administrator"),
            "yaml_value_unknown@6:67 held_by administrator administration\n");
  EXPECT_EQ(faults_with("'2202'", "'22 02'"), "catalogue_code_bad@13:63 22 02\n");
  EXPECT_EQ(faults_with("version: 3", "version: 0"), "yaml_number_expected@1:10 version\n");
  EXPECT_EQ(faults_with("township", "county"), "yaml_value_repeated@10:33 levels county\n");
}

TEST(CatalogueFile, ListsAreNeitherEmptyNorEndless) {
  const std::string text = small_text();
  const std::size_t services = text.find("services:\n");
  EXPECT_EQ(shown(catalogue_faults(text.substr(0, services) + "services: []\n")),
            "catalogue_empty@7:11 services\n");
  const std::size_t materials = text.find("materials:\n");
  const std::string none = text.substr(0, materials) + "materials: []\n" + text.substr(services);
  EXPECT_NE(shown(catalogue_faults(none)).find("catalogue_empty@8:11 materials\n"),
            std::string::npos)
      << shown(catalogue_faults(none));
  std::string many = text.substr(0, services);
  std::string asked;
  for (std::size_t i = 0; i <= ledger::kCatalogueNeedsMax; ++i) {
    const std::string id = "paper_" + std::to_string(i);
    many += "  - {id: " + id + ", title: {zh-CN: 材料, en: Paper}, held_by: applicant}\n";
    asked += (i == 0 ? "" : ", ") + id;
  }
  many += replaced(text.substr(services), "asks: [id_card]", "asks: [" + asked + "]");
  const std::string faults = shown(catalogue_faults(many));
  EXPECT_EQ(faults.find("catalogue_list_long@"), 0U) << faults;
  EXPECT_NE(faults.find(" asks\n"), std::string::npos) << faults;
}

TEST(CatalogueFile, NoDamageIsTakenForAnythingElse) {
  SeededRandom random = seeded_anew();
  for (int i = 0; i < 2000; ++i) {
    std::string text = small_text();
    damage(text, random);
    const auto read = read_catalogue(text);
    EXPECT_EQ(read.ok(), catalogue_faults(text).empty());
    if (!read.ok()) continue;
    EXPECT_TRUE(ledger::check(*read).empty());
  }
}

}  // namespace
}  // namespace tz::programme
