// Leaves beside a list of divisions: in order and place, and everything that is not.
#include "engine/coverage_divisions.h"

#include <gtest/gtest.h>

namespace tz::engine {
namespace {

ledger::UnitRow row(const char* code, std::uint32_t parent, ledger::UnitKind kind) {
  ledger::UnitRow out;
  out.code = code;
  out.parent = UnitId{parent};
  out.kind = kind;
  return out;
}

merkle::SumLeaf leaf(std::uint32_t position, const char* code, std::uint8_t level,
                     std::uint32_t subtree) {
  merkle::SumLeaf out;
  out.position = position;
  out.unit_code = code;
  out.level = level;
  out.subtree = subtree;
  out.tier = 1;
  return out;
}

std::vector<ledger::UnitRow> list() {
  return {row("0", 0, ledger::UnitKind::Nation), row("22", 0, ledger::UnitKind::Province),
          row("2202", 1, ledger::UnitKind::Prefecture), row("13", 0, ledger::UnitKind::Province)};
}

std::vector<merkle::SumLeaf> leaves() {
  return {leaf(0, "0", 0, 5), leaf(1, "22", 1, 3), leaf(2, "OFFICE", 1, 1), leaf(3, "2202", 2, 1),
          leaf(4, "13", 1, 1)};
}

std::string why(const std::vector<merkle::SumLeaf>& of) {
  const auto compared = compare(of, list());
  if (compared.ok()) return "";
  EXPECT_EQ(compared.error().code, "coverage_divisions_differ");
  return compared.error().facts.at(0).second + " " + compared.error().facts.at(1).second;
}

TEST(CoverageDivisions, EachStandsOnceInItsPlaceAndOthersAreCounted) {
  const auto compared = compare(leaves(), list());
  ASSERT_TRUE(compared.ok());
  EXPECT_EQ(compared->listed, 4U);
  EXPECT_EQ(compared->unlisted, 1U);
}

TEST(CoverageDivisions, WhatIsMissingOrElsewhereIsNamed) {
  auto of = leaves();
  of[3].unit_code = "2203";
  EXPECT_EQ(why(of), "2202 missing");
  of = leaves();
  of.pop_back();
  EXPECT_EQ(why(of), "13 missing");
  of = leaves();
  of[2].unit_code = "22";
  EXPECT_EQ(why(of), "22 order");
  of = leaves();
  of[1].subtree = 2;
  EXPECT_EQ(why(of), "2202 parent");
  of = leaves();
  of[3].level = 3;
  EXPECT_EQ(why(of), "2202 level");
  of[3].level = 0;
  EXPECT_EQ(why(of), "2202 level");
  of[3].tier = 0;
  EXPECT_EQ(why(of), "");
}

}  // namespace
}  // namespace tz::engine
