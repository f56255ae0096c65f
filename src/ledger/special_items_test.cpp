// Special items over versions of a small programme, and which findings may roll up to which.
#include "ledger/special_items.h"

#include <gtest/gtest.h>

#include "ledger/item.h"
#include "ledger/row_fold.h"
#include "ledger/small_programme_test.h"

namespace tz::ledger {
namespace {

void add_item(Programme& programme, const char* id, std::optional<std::uint16_t> parent) {
  Requirement one;
  one.id = id;
  one.sort = RequirementSort::Rectification;
  one.of = {0};
  one.due = programme.requirements[0].due;
  one.parent = parent;
  programme.requirements.push_back(std::move(one));
}

// "item" stands in the small programme already. Version 2 asks no more for "b", and for one more
// part; "item" is then a part itself.
Result<Programme> read_version(std::string_view text) {
  Programme out = sound_programme();
  out.version = text == "1" ? 1 : 2;
  if (text == "1") {
    add_item(out, "a", std::nullopt);  // 5
    add_item(out, "a1", 5);
    add_item(out, "b", 6);
    out.requirements[6].among = Selector{{}, {}, {"22"}, {}};
    return out;
  }
  add_item(out, "a1", std::nullopt);  // 5
  add_item(out, "a", std::nullopt);
  out.requirements[5].parent = 6;
  out.requirements[3].parent = 5;
  add_item(out, "new", 6);
  return out;
}

State adopted(int versions) {
  State state;
  const std::vector<UnitRow> rows = {
      {"0", "全国", UnitId{0}, UnitKind::Nation, false, {}, {}},
      {"22", "吉林省", UnitId{0}, UnitKind::Province, false, {}, {}},
      {"2202", "吉林市", UnitId{1}, UnitKind::Prefecture, false, {}, {}},
      {"33", "浙江省", UnitId{0}, UnitKind::Province, false, {}, {}},
      {"3301", "杭州市", UnitId{3}, UnitKind::Prefecture, false, {}, {}}};
  OrgTree tree;
  tree.add_units(rows);
  state.tree = std::make_shared<OrgTree>(std::move(tree));
  FileReaders readers;
  readers.programme = &read_version;
  for (int version = 1; version <= versions; ++version)
    apply(state, ProgrammeAdopted{"education", version, std::to_string(version)}, {}, readers);
  return state;
}

// "item a -a1 --b": a stroke for each level.
std::string tree_of(const State& state) {
  std::string out;
  for (const SpecialNode& node : special_tree(state, 0)) {
    const std::string id = words_of(state, node.special).words().id;
    out += (out.empty() ? "" : " ") + std::string(node.depth, '-') + id;
  }
  return out;
}

std::string parts_of(const State& state, const char* id) {
  std::string out;
  for (const std::uint32_t special : with_parts(state, *state.special_of("education", id)))
    out += (out.empty() ? "" : " ") + words_of(state, special).words().id;
  return out;
}

TEST(SpecialItems, StandInTheTreeOfTheVersionThatHoldsForEach) {
  const State first = adopted(1);
  EXPECT_EQ(tree_of(first), "item a -a1 --b");
  EXPECT_EQ(parts_of(first, "a"), "a a1 b");
  EXPECT_EQ(parts_of(first, "a1"), "a1 b");
  EXPECT_EQ(parts_of(first, "item"), "item");
  const State second = adopted(2);
  EXPECT_EQ(tree_of(second), "a -a1 --item --b -new") << "what is asked no more keeps its place";
  EXPECT_EQ(parts_of(second, "a1"), "item a1 b");
  EXPECT_EQ(first.special_of("education/b"), second.special_of("education/b"));
  EXPECT_FALSE(first.special_of("education/study")) << "no special item";
}

TEST(SpecialItems, AreNamedByProgrammeAndRequirement) {
  EXPECT_EQ(special_named("education/a1"), (SpecialName{"education", "a1"}));
  EXPECT_EQ(special_name("education", "a1"), "education/a1");
  for (const char* text : {"", "/", "education", "education/", "/a1"})
    EXPECT_FALSE(special_named(text)) << text;
}

TEST(SpecialItems, AreNamedOnlyWhereTheyAreAsked) {
  const State state = adopted(2);
  Flow flow;
  flow.kind = "problem";
  const auto fault = [&](UnitId place, const char* programme, const char* requirement) {
    const auto error = special_fault(state, flow, place, {programme, requirement});
    return error ? error->code : std::string("-");
  };
  EXPECT_EQ(fault(UnitId{2}, "education", "a"), "-") << "asked of the province above";
  EXPECT_EQ(fault(UnitId{0}, "education", "a"), "special_not_asked");
  EXPECT_EQ(fault(UnitId{2}, "moon", "a"), "programme_unknown");
  EXPECT_EQ(fault(UnitId{2}, "education", "moon"), "requirement_unknown");
  EXPECT_EQ(fault(UnitId{2}, "education", "b"), "requirement_unknown") << "asked no more";
  EXPECT_EQ(fault(UnitId{2}, "education", "study"), "requirement_not_special");
  flow.totals = TotalsAudience::Scope;
  EXPECT_EQ(fault(UnitId{2}, "education", "a"), "special_of_persons");
}

TEST(SpecialItems, AreAskedOfTheSuccessorToo) {
  State state = adopted(1);
  OrgTree tree = *state.tree;
  const UnitId once{1};
  const UnitId successor{static_cast<std::uint32_t>(tree.size())};
  const UnitRow row{"23", "新省", UnitId{0}, UnitKind::Province, false, {}, {}};
  tree.append_units({&row, 1}, Seq{8});
  const std::vector<UnitChange> changes = {{UnitId{2}, ChangeKind::Moved, {}, successor},
                                           {once, ChangeKind::Ended, {}, {}},
                                           {once, ChangeKind::Succeeded, {}, successor}};
  tree.change_units(changes, Day{18'200}, Seq{9});
  tree.settle();
  state.tree = std::make_shared<const OrgTree>(tree);
  EXPECT_FALSE(special_fault(state, Flow{}, successor, {"education", "a1"}));
  EXPECT_FALSE(special_fault(state, Flow{}, UnitId{2}, {"education", "a1"}));
  EXPECT_TRUE(special_fault(state, Flow{}, UnitId{4}, {"education", "a1"}));
}

TEST(SpecialItems, AnAreaOfTheirOwnKeepsOthersOut) {
  const State state = adopted(1);
  Flow flow;
  EXPECT_FALSE(special_fault(state, flow, UnitId{2}, {"education", "a1"}));
  const auto elsewhere = special_fault(state, flow, UnitId{4}, {"education", "a1"});
  ASSERT_TRUE(elsewhere);
  EXPECT_EQ(elsewhere->code, "special_not_asked");
}

TEST(SpecialItems, ARowKeepsWhichOneItRollsUpTo) {
  State state = adopted(1);
  Flow flow;
  flow.kind = "problem";
  flow.sources = {"audit", "resident"};
  flow.states = {{"listed", {}, Phase::Listed}};
  state.kinds = {"problem"};
  state.flows = {std::make_shared<Flow>(std::move(flow))};
  ItemOpened event;
  event.no = ItemNo{1};
  event.kind = "problem";
  event.source = "resident";
  event.programme = "education";
  event.requirement = "a1";
  Item item = open(state, event, {});
  ItemRow row = open_row(state, event, {});
  EXPECT_EQ(row.special, *state.special_of("education/a1") + 1);
  EXPECT_EQ(row.source, 2);
  for (const Event& later :
       {Event(SourceAdded{"audit"}), Event(SourceAdded{"audit"}), Event(SourceAdded{"moon"}),
        Event(Corrected{"source", "audit"}), Event(Corrected{"special", "education/b"}),
        Event(ItemsLinked{LinkKind::ShareOf, ItemNo{2}}), Event(Corrected{"special", ""})}) {
    apply(item, state, later, {});
    fold(row, state, later, {});
    EXPECT_EQ(row_of(item, state), row);
  }
  EXPECT_EQ(row.special, 0U);
  EXPECT_TRUE(row.share);
  EXPECT_EQ(row.source, 1);
  EXPECT_EQ(row.more_sources[0], 1);
  EXPECT_EQ(row.more_sources[1], 0);
}

}  // namespace
}  // namespace tz::ledger
