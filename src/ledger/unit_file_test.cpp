// Unit files against a small tree: what is taken, in which order, and every fault of a row.
#include "ledger/unit_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/random.h"
#include "ledger/unit_file_row.h"

namespace tz::ledger {
namespace {

constexpr std::string_view kHeader = "code,name,parent,kind,line,from,to\n";

OrgTree small_tree() {
  const Day from{0};
  const std::vector<UnitRow> rows = {
      {"0", "全国", UnitId{0}, UnitKind::Nation, false, from, {}},
      {"13", "河北省", UnitId{0}, UnitKind::Province, false, from, {}},
      {"1306", "保定市", UnitId{1}, UnitKind::Prefecture, false, from, {}},
      {"130606", "莲池区", UnitId{2}, UnitKind::County, false, from, {}},
      {"130629", "容城县", UnitId{2}, UnitKind::County, false, from, {}},
      {"130632", "安新县", UnitId{2}, UnitKind::County, false, from, {}},
      {"130638", "雄县", UnitId{2}, UnitKind::County, false, from, {}},
      {"130638100", "雄州镇", UnitId{6}, UnitKind::Township, false, from, {}}};
  OrgTree tree;
  tree.add_units(rows);
  return tree;
}

std::string fact(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.facts)
    if (key == name) return value;
  return "no fact " + std::string(name);
}

UnitFile read(std::string_view rows, const OrgTree& tree = small_tree()) {
  auto file = read_unit_file(std::string(kHeader) + std::string(rows), tree);
  if (file.ok()) return std::move(file).value();
  ADD_FAILURE() << file.error().code;
  return {};
}

// "2 unit_code_bad 3 unit_cycle": the lines and codes of all faults.
std::string faults(std::string_view rows, const OrgTree& tree = small_tree()) {
  const UnitFile file = read(rows, tree);
  if (!file.faults.empty()) {
    EXPECT_TRUE(file.rows.empty() && file.edges.empty()) << "nothing of a wrong file is taken";
  }
  std::string text;
  for (const RowFault& fault : file.faults)
    text += (text.empty() ? "" : " ") + std::to_string(fault.line) + " " + fault.error.code;
  return text;
}

OrgTree joined(OrgTree tree, const UnitFile& file) {
  tree.add_units(file.rows);
  tree.add_lines(file.edges);
  return tree;
}

TEST(UnitFile, XiongAnIsThreeCountiesThatStayInBaoding) {
  const UnitFile file = read(
      "XA,雄安新区,13,area,,2017-04-01,\n"
      "130629,,XA,,area,2017-04-01,\n"
      "130632,,XA,,area,2017-04-01,\n"
      "130638,,XA,,area,2017-04-01,2020-12-31\n");
  ASSERT_TRUE(file.faults.empty());
  const OrgTree tree = joined(small_tree(), file);
  const UnitId area = tree.find("XA").value();
  EXPECT_EQ(tree.parent(area), tree.find("13").value());
  std::vector<std::string> covered;
  for (const Interval& interval : tree.extent(area, parse_day("2020-12-31").value()))
    for (std::uint32_t at = interval.begin; at < interval.end; ++at)
      covered.emplace_back(tree.code(tree.at(at)));
  // The three counties and the area itself lie side by side: one interval.
  EXPECT_EQ(covered, (std::vector<std::string>{"130629", "130632", "130638", "130638100", "XA"}));
  EXPECT_EQ(tree.extent(area, parse_day("2020-12-31").value()).size(), 1u);
  EXPECT_EQ(tree.extent(area, parse_day("2021-01-01").value()).size(), 2u);
  EXPECT_EQ(tree.extent(area, parse_day("2017-03-31").value()).size(), 1u);
  EXPECT_EQ(tree.subtree(tree.find("1306").value()).end - tree.position(UnitId{2}), 6u);
}

TEST(UnitFile, ParentsMayStandBelowTheirChildren) {
  const UnitFile file = read(
      "c,丙,b,组织,,2020-01-01,\n"
      "x,戊,130606,机关,,2020-01-01,2021-01-01\n"
      "c,,x,,业务,2020-01-01,\n"
      "b,乙,a,企业,,2020-01-01,\n"
      "a,甲,130606,高校,,2020-01-01,\n");
  ASSERT_TRUE(file.faults.empty());
  std::string codes;
  for (const UnitRow& row : file.rows) codes += row.code;
  EXPECT_EQ(codes, "abcx");
  const OrgTree tree = joined(small_tree(), file);
  EXPECT_EQ(tree.parent(tree.find("c").value()), tree.find("b").value());
  EXPECT_EQ(tree.kind(tree.find("a").value()), UnitKind::University);
  EXPECT_EQ(tree.to(tree.find("x").value()), parse_day("2021-01-01").value());
  EXPECT_EQ(tree.line_superiors(tree.find("c").value(), parse_day("2020-01-01").value()),
            std::vector<UnitId>{tree.find("x").value()});
}

TEST(UnitFile, ChineseHeaderSpacesAndEmptyRowsAreAccepted) {
  const auto file = read_unit_file(
      "代码,名称,上级,类型,条线,起,止\r\n , ,,,,,\r\nP1, 铁路派出所 "
      ",130606,机关,,2019-01-01,\r\n\r\n"
      "P1,,13,,垂直管理,2019-01-01,2020-01-01\r\n",
      small_tree());
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE(file->faults.empty()) << file->faults[0].error.code;
  ASSERT_EQ(file->rows.size(), 1u);
  EXPECT_EQ(file->rows[0].name, "铁路派出所");
  EXPECT_EQ(file->edges, (std::vector<LineEdge>{{UnitId{8}, UnitId{1}, LineKind::Vertical,
                                                 parse_day("2019-01-01").value(),
                                                 parse_day("2020-01-01").value()}}));
}

TEST(UnitFile, WrongFilesAreRefusedAsAWhole) {
  const OrgTree tree = small_tree();
  for (const std::string_view text :
       {"", "code,name,parent,kind,line,from\n", "代码,name,parent,kind,line,from,to\n",
        "a,甲,13,agency,,2020-01-01,\n"}) {
    const auto file = read_unit_file(text, tree);
    ASSERT_FALSE(file.ok()) << text;
    EXPECT_EQ(file.error().code, "unit_file_header");
  }
  const auto open = read_unit_file(std::string(kHeader) + "\"a\n", tree);
  ASSERT_FALSE(open.ok());
  EXPECT_EQ(open.error().code, "csv_malformed");
}

TEST(UnitFile, EveryWordOfTheTableIsUnderstood) {
  const std::pair<std::string_view, UnitKind> words[] = {
      {"机关", UnitKind::Agency},       {"小区", UnitKind::Neighbourhood},
      {"村民小组", UnitKind::Group},    {"支部", UnitKind::Branch},
      {"企业", UnitKind::Enterprise},   {"高校", UnitKind::University},
      {"组织", UnitKind::Organisation}, {"片区", UnitKind::Area},
      {"省", UnitKind::Province},       {"市", UnitKind::Prefecture},
      {"县", UnitKind::County},         {"乡", UnitKind::Township},
      {"村", UnitKind::Village}};
  for (const auto& [word, kind] : words) {
    EXPECT_EQ(unit_kind_in_file(word), kind) << word;
    EXPECT_EQ(unit_kind_in_file(to_text(kind)), kind);
  }
  for (const std::string_view word : {"", "nation", "国家", "Agency", "机"})
    EXPECT_EQ(unit_kind_in_file(word), std::nullopt) << word;
  EXPECT_EQ(line_kind_in_file("业务"), LineKind::Business);
  EXPECT_EQ(line_kind_in_file("垂直管理"), LineKind::Vertical);
  EXPECT_EQ(line_kind_in_file("片区"), LineKind::Area);
  EXPECT_EQ(line_kind_in_file("vertical"), LineKind::Vertical);
  EXPECT_EQ(line_kind_in_file("line"), std::nullopt);
}

TEST(UnitFile, FaultsThatARowShowsByItself) {
  EXPECT_EQ(faults("a,甲,13,agency,,2020-01-01\n"), "2 unit_row_columns");
  EXPECT_EQ(faults("a,甲,13,agency,,2020-01-01,,\n"), "2 unit_row_columns");
  EXPECT_EQ(faults(",甲,13,agency,,2020-01-01,\n"), "2 unit_code_bad");
  EXPECT_EQ(faults("a b,甲,13,agency,,2020-01-01,\n"), "2 unit_code_bad");
  EXPECT_EQ(faults(std::string(33, 'a') + ",甲,13,agency,,2020-01-01,\n"), "2 unit_code_bad");
  EXPECT_EQ(faults("a,甲,,agency,,2020-01-01,\n"), "2 unit_parent_missing");
  EXPECT_EQ(faults("a,,13,agency,,2020-01-01,\n"), "2 unit_name_empty");
  EXPECT_EQ(faults("a,\"甲\n乙\",13,agency,,2020-01-01,\n"), "2 unit_name_control");
  EXPECT_EQ(faults("a," + std::string(201, 'n') + ",13,agency,,2020-01-01,\n"),
            "2 unit_name_too_long");
  EXPECT_EQ(faults("a," + std::string(200, 'n') + ",13,agency,,2020-01-01,\n"), "");
  EXPECT_EQ(faults("a,甲,13,,,2020-01-01,\n"), "2 unit_kind_unknown");
  EXPECT_EQ(faults("a,甲,13,office,,2020-01-01,\n"), "2 unit_kind_unknown");
  EXPECT_EQ(faults("130606,,13,,guidance,2020-01-01,\n"), "2 unit_line_unknown");
  EXPECT_EQ(faults("130606,莲池区,13,,business,2020-01-01,\n"), "2 unit_line_extra");
  EXPECT_EQ(faults("130606,,13,county,business,2020-01-01,\n"), "2 unit_line_extra");
  EXPECT_EQ(faults("a,甲,13,agency,,,\n"), "2 unit_day_bad");
  EXPECT_EQ(faults("a,甲,13,agency,,2020-02-30,\n"), "2 unit_day_bad");
  EXPECT_EQ(faults("a,甲,13,agency,,2020-01-01,2020/2/1\n"), "2 unit_day_bad");
  EXPECT_EQ(faults("a,甲,13,agency,,2020-01-02,2020-01-01\n"), "2 unit_days_reversed");
  EXPECT_EQ(faults("a,甲,13,agency,,2020-01-02,2020-01-02\n"), "");
}

TEST(UnitFile, FaultsAgainstTheTreeAndTheFile) {
  EXPECT_EQ(faults("1306,保定,13,agency,,2020-01-01,\n"), "2 unit_code_taken");
  EXPECT_EQ(faults("a,甲,13,agency,,2020-01-01,\nb,乙,13,agency,,2020-01-01,\n"
                   "a,丙,13,agency,,2020-01-01,\n"),
            "4 unit_code_repeated");
  EXPECT_EQ(faults("a,甲,14,agency,,2020-01-01,\n"), "2 unit_parent_unknown");
  EXPECT_EQ(faults("130606,,14,,business,2020-01-01,\n"), "2 unit_parent_unknown");
  EXPECT_EQ(faults("9,,13,,business,2020-01-01,\n"), "2 unit_line_unit_unknown");
  EXPECT_EQ(faults("130606,,13,,area,2020-01-01,\n"), "2 unit_area_expected");
  EXPECT_EQ(faults("a,甲,13,agency,,2020-01-01,\n130606,,a,,area,2020-01-01,\n"),
            "3 unit_area_expected");
  EXPECT_EQ(faults("b,乙,XA,agency,,2020-01-01,\nXA,新区,13,area,,2020-01-01,\n"),
            "2 unit_parent_area");
  EXPECT_EQ(faults("a,甲,130606,agency,,2020-01-01,\na,,13,,business,2020-01-01,2020-06-30\n"
                   "a,,13,,business,2020-07-01,\na,,13,,vertical,2020-01-01,\n"),
            "");
  EXPECT_EQ(faults("130606,,13,,business,2020-01-01,2020-06-30\n"
                   "130606,,13,,business,2020-06-30,\n130606,,13,,business,2019-01-01,\n"),
            "3 unit_line_repeated 4 unit_line_repeated");
}

TEST(UnitFile, FaultsNameWhatIsWrong) {
  const UnitFile file = read(
      "a,甲,13,agency,,2020-01-01,\n\"a\",丙,13,agency,,2020-01-01,\n"
      "b,乙,14,agency,,2020-01-01,\nc,乙,13,agency,,2020-01-01,昨天\n");
  ASSERT_EQ(file.faults.size(), 3u);
  EXPECT_EQ(fact(file.faults[0].error, "code"), "a");
  EXPECT_EQ(fact(file.faults[0].error, "first_line"), "2");
  EXPECT_EQ(fact(file.faults[1].error, "code"), "b");
  EXPECT_EQ(fact(file.faults[1].error, "parent"), "14");
  EXPECT_EQ(fact(file.faults[2].error, "column"), "to");
  EXPECT_EQ(fact(file.faults[2].error, "text"), "昨天");
}

// One mistake gives one fault: what hangs on the row is not called unknown as well.
TEST(UnitFile, ChildrenOfAWrongRowAreNotFaults) {
  EXPECT_EQ(faults("a,甲,13,agency,,2020-13-01,\nb,乙,a,agency,,2020-01-01,\n"
                   "b,,a,,business,2020-01-01,\n"),
            "2 unit_day_bad");
}

TEST(UnitFile, CyclesByPlace) {
  EXPECT_EQ(faults("a,甲,a,agency,,2020-01-01,\n"), "2 unit_cycle");
  EXPECT_EQ(faults("a,甲,b,agency,,2020-01-01,\nb,乙,c,agency,,2020-01-01,\n"
                   "c,丙,a,agency,,2020-01-01,\nd,丁,c,agency,,2020-01-01,\n"),
            "4 unit_cycle");
}

TEST(UnitFile, CyclesByPlaceAndLineOnOneDay) {
  // By lines in the file.
  EXPECT_EQ(faults("130606,,130629,,business,2020-01-01,\n130629,,130632,,vertical,2020-01-01,\n"
                   "130632,,130606,,business,2020-01-01,\n"),
            "4 unit_cycle");
  // A superior that stands below the unit by place, in the tree or newly.
  EXPECT_EQ(faults("13,,130606,,business,2020-01-01,\n"), "2 unit_cycle");
  EXPECT_EQ(faults("13,,a,,business,2020-01-01,\na,甲,130606,agency,,2020-01-01,\n"),
            "3 unit_cycle");
  // Downward by place and line at once is none.
  EXPECT_EQ(faults("130606,,13,,business,2020-01-01,\n130606,,1306,,vertical,2020-01-01,\n"), "");
  // Days that do not meet: first the one guides the other, then the other way round.
  EXPECT_EQ(faults("130606,,130629,,business,2020-01-01,2020-12-31\n"
                   "130629,,130606,,business,2021-01-01,\n"),
            "");
  EXPECT_EQ(faults("130606,,130629,,business,2020-01-01,2021-01-01\n"
                   "130629,,130606,,business,2021-01-01,\n"),
            "3 unit_cycle");
}

TEST(UnitFile, CyclesWithEdgesOfTheTree) {
  OrgTree tree = small_tree();
  const std::vector<LineEdge> edges = {{UnitId{3}, UnitId{4}, LineKind::Business, Day{100}, {}},
                                       {UnitId{4}, UnitId{5}, LineKind::Area, Day{100}, {}}};
  tree.add_lines(edges);
  EXPECT_EQ(faults("130629,,130606,,vertical,2020-01-01,\n", tree), "2 unit_cycle");
  EXPECT_EQ(faults("130606,,130629,,business,2020-01-01,\n", tree), "2 unit_line_taken");
  // 容城 is a member of 安新's area; that makes 安新 no superior of it.
  EXPECT_EQ(faults("130632,,130629,,business,2020-01-01,\n", tree), "");
}

TEST(UnitFile, AreasThatHoldEachOtherAreACycle) {
  EXPECT_EQ(faults("X,甲区,13,area,,2020-01-01,\nY,乙区,13,area,,2020-01-01,\n"
                   "X,,Y,,area,2020-01-01,\nY,,X,,area,2020-01-01,\n"),
            "5 unit_cycle");
  // An area may hold the unit that it stands below.
  EXPECT_EQ(faults("X,甲区,130606,area,,2020-01-01,\n130606,,X,,area,2020-01-01,\n"), "");
}

TEST(UnitFile, AHugeKnotOfManyDaysIsStillAnsweredSoon) {
  std::string rows;
  std::string edges;
  constexpr int kCount = 6000;
  for (int i = 0; i < kCount; ++i) {
    rows += "n" + std::to_string(i) + ",甲,13,agency,,2000-01-01,\n";
    edges += "n" + std::to_string(i) + ",,n" + std::to_string((i + 1) % kCount) + ",,business," +
             to_text(Day{15'000 + i}) + ",\n";
  }
  EXPECT_EQ(faults(rows + edges), std::to_string(2 * kCount + 1) + " unit_cycle");
}

// Random files: a sound one joins the tree and agrees with what its rows say; where a circle is
// reported, the last row's edge really closes one, by walking on a day.
TEST(UnitFile, RandomEdgesAreRefusedExactlyWhenTheyCloseACircle) {
  std::size_t refused = 0;
  std::size_t taken = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    SeededRandom random(seed);
    const OrgTree tree = small_tree();
    std::string text;
    OrgTree grown = tree;
    std::vector<LineEdge> edges;
    std::set<std::string> used;
    for (std::uint64_t i = 1 + random.next_u64() % 6; i > 0; --i) {
      LineEdge edge{UnitId{static_cast<std::uint32_t>(random.next_u64() % tree.size())},
                    UnitId{static_cast<std::uint32_t>(random.next_u64() % tree.size())},
                    LineKind::Business,
                    Day{static_cast<std::int32_t>(random.next_u64() % 8)},
                    {}};
      if (random.next_u64() % 2 == 0)
        edge.to = Day{edge.from.number + static_cast<std::int32_t>(random.next_u64() % 4)};
      const std::string pair = std::string(tree.code(edge.unit)) + ",,";
      if (!used.insert(pair + std::string(tree.code(edge.superior))).second) continue;
      text += pair + std::string(tree.code(edge.superior)) + ",,business," + to_text(edge.from) +
              "," + (edge.to ? to_text(*edge.to) : "") + "\n";
      edges.push_back(edge);
    }
    grown.add_lines(edges);
    bool circle = false;
    for (const LineEdge& edge : edges)
      for (int day = 0; day < 12; ++day)
        if (edge.from <= Day{day} && (!edge.to || Day{day} <= *edge.to))
          circle = circle || grown.below_on_any_edge(edge.superior, edge.unit, Day{day});
    const UnitFile file = read(text, tree);
    ASSERT_EQ(!file.faults.empty(), circle) << "seed " << seed << "\n" << text;
    ++(circle ? refused : taken);
    if (!circle) {
      ASSERT_EQ(file.edges, edges) << "seed " << seed;
    }
  }
  EXPECT_GT(refused, 100u);
  EXPECT_GT(taken, 100u);
}

TEST(UnitFile, RandomOrdersOfASoundFileGiveTheSameTree) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SeededRandom random(seed);
    std::vector<std::string> rows;
    std::vector<std::string> parents;
    const std::size_t count = 1 + random.next_u64() % 20;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t above = random.next_u64() % (i + 1);
      parents.push_back(above == i ? "130606" : "n" + std::to_string(above));
      rows.push_back("n" + std::to_string(i) + ",甲" + std::to_string(i) + "," + parents.back() +
                     ",agency,,2020-01-01,\n");
    }
    std::string text;
    for (std::size_t left = rows.size(); left > 0; --left) {
      std::swap(rows[left - 1], rows[random.next_u64() % left]);
      text += rows[left - 1];
    }
    const UnitFile file = read(text);
    ASSERT_TRUE(file.faults.empty()) << "seed " << seed << "\n" << text;
    const OrgTree tree = joined(small_tree(), file);
    ASSERT_EQ(tree.size(), 8 + count);
    for (std::size_t i = 0; i < count; ++i) {
      const UnitId unit = tree.find("n" + std::to_string(i)).value();
      ASSERT_EQ(tree.code(tree.parent(unit)), parents[i]) << "seed " << seed;
      ASSERT_EQ(tree.name(unit), "甲" + std::to_string(i));
    }
  }
}

}  // namespace
}  // namespace tz::ledger
