// Tables of items against a small ledger: what is taken, and every fault at its cell.
#include "ledger/item_file.h"

#include <gtest/gtest.h>

#include "base/csv.h"
#include "ledger/decide.h"
#include "ledger/small_programme_test.h"

namespace tz::ledger {
namespace {

State small_state() {
  State state;
  const std::vector<UnitRow> rows = {
      {"0", "全国", UnitId{0}, UnitKind::Nation, false, {}, {}},
      {"13", "河北省", UnitId{0}, UnitKind::Province, false, {}, {}},
      {"1306", "保定市", UnitId{1}, UnitKind::Prefecture, false, {}, {}},
      {"22", "吉林省", UnitId{0}, UnitKind::Province, false, {}, {}}};
  OrgTree tree;
  tree.add_units(rows);
  state.tree = std::make_shared<OrgTree>(std::move(tree));
  Flow flow;
  flow.kind = "problem";
  flow.opened_by = {{Role::Recorder, Relation::Scope}};
  flow.opening_required = {"title", "source"};
  flow.sources = {"audit", "resident", "inspection"};
  flow.source_titles = {
      {"审计", "Audit"}, {"居民上报", "Report of a resident"}, {"巡视", "Inspection"}};
  flow.findings.sources = {2};
  flow.findings.required = {"upstream_no", "implementing", "target", "due", "accepting"};
  flow.categories = {"housing"};
  flow.category_titles = {{"住房", "Housing"}};
  flow.states = {{"listed", {}, Phase::Listed}};
  state.kinds = {"problem"};
  state.flows = {std::make_shared<Flow>(std::move(flow))};
  state.accounts = {AccountId{1}};
  add_post(state, {PostId{1}, AccountId{1}, UnitId{1}, Role::Recorder, Day{0}, {}});
  Policy policy;
  PolicyRow& opening = policy.of(Right::ItemOpen);
  opening = {{}, About::Unit, Admits::Posts, {}, true, true, {}, {}};
  opening.who[static_cast<std::size_t>(Role::Recorder)] = {Relation::Scope};
  state.policy = std::make_shared<Policy>(policy);
  return state;
}

// Programmes are read by number: one with a special item for Baoding alone.
Result<Programme> read_programme(std::string_view) {
  Programme out = sound_programme();
  Requirement item = out.requirements[3];
  item.id = "lamps";
  item.title = {"路灯", "Lamps"};
  item.of = {0};
  item.among = Selector{{}, {}, {"13"}, {}};
  out.requirements.push_back(std::move(item));
  return out;
}
State with_programme() {
  State state = small_state();
  FileReaders readers;
  readers.programme = &read_programme;
  apply(state, ProgrammeAdopted{"education", 1, "1"}, {}, readers);
  return state;
}

ItemFile read(std::string_view csv, AccountId account = {}, UnitId into = UnitId{1},
              const State& state = with_programme()) {
  ItemFileRequest request;
  request.kind = "problem";
  request.into = into;
  request.now = start_of(*parse_day("2019-09-09"), Zone{});
  request.actor.account = account;
  request.known = [](const UpstreamNumber& number) {
    return number == UpstreamNumber{"inspection", "second", "B9"} ? std::optional(ItemNo{7})
                                                                  : std::nullopt;
  };
  const auto file = read_item_file(*parse_csv(csv), state, request);
  if (file.ok()) return *file;
  ADD_FAILURE() << file.error().code;
  return {};
}

// "2B unit_unknown 3 column_count": where each fault is, and its code.
std::string faults(const ItemFile& file) {
  std::string text;
  for (const CellFault& fault : file.faults)
    text += (text.empty() ? "" : " ") + std::to_string(fault.line) +
            (fault.column ? column_letters(*fault.column) : "") + " " + fault.error.code;
  return text;
}

TEST(ItemFile, TakesEveryWayOfWriting) {
  const ItemFile file = read(
      "标题,Source,单位代码,fix_class,Deadline,发生日期,,\n"
      "甲,审计,1306 保定市,限期整改,2019/9/30,2019年9月8日,,\n"
      "乙,Report of a resident, 13 ,Long-term,2019.10.1,2019-9-8,\n"
      " , , ,　,,\n"
      "丙,resident,,,,\n");
  EXPECT_EQ(faults(file), "");
  EXPECT_EQ(file.row_count, 3U);
  ASSERT_EQ(file.items.size(), 3U);
  EXPECT_EQ(file.items[0].source, "audit");
  EXPECT_EQ(file.items[0].place, UnitId{2});
  EXPECT_EQ(file.items[0].fix_class, "by_date");
  EXPECT_EQ(file.items[0].due, parse_day("2019-09-30").value());
  EXPECT_EQ(file.items[0].occurred, parse_day("2019-09-08").value());
  EXPECT_EQ(file.items[1].source, "resident");
  EXPECT_EQ(file.items[1].place, UnitId{1});
  EXPECT_EQ(file.items[1].fix_class, "long_term");
  EXPECT_EQ(file.items[1].due, parse_day("2019-10-01").value());
  EXPECT_EQ(file.items[2].place, UnitId{1});
  EXPECT_FALSE(file.items[2].due.has_value());
}

TEST(ItemFile, TellsEveryFaultOfARowAtItsCell) {
  const ItemFile file = read(
      "unit,title,source,due,occurred,upstream_no,fix_class\n"
      "99,,moon,soon,2019-09-10,A1,\n"
      "13,甲,audit,,,A1,\n"
      "22,甲,audit,,,A1,never\n"
      "13,乙,audit,2019-02-30,,A2,\n"
      "13,丙,audit\n"
      "13,丙,audit,,,A3,,,x\n");
  EXPECT_EQ(faults(file),
            "2A unit_unknown 2B field_required 2C source_unknown 2D bad_day 2E occurred_in_future "
            "4A unit_outside 4F upstream_no_twice 4G field_bad 5D bad_day 6 column_count "
            "7I column_count");
  EXPECT_EQ(file.row_count, 6U);
}

TEST(ItemFile, FaultsOfTheHeaderStandInTheHeader) {
  EXPECT_EQ(faults(read("title,source,colour,,title,unit\n甲,audit,red,,乙,99\n")),
            "1C column_unknown 1D column_unnamed 1E column_twice 2F unit_unknown");
  EXPECT_EQ(faults(read("title,unit\n甲,99\n")), "1 column_missing");
  const auto none = read_item_file({}, small_state(), {});
  EXPECT_EQ(none.error().code, "column_missing");
}

TEST(ItemFile, IsDecidedForWhoeverListsIt) {
  constexpr std::string_view kRows = "unit,title,source\n1306,甲,audit\n0,乙,audit\n";
  EXPECT_EQ(faults(read(kRows, AccountId{1}, UnitId{0})), "3A not_permitted");
  EXPECT_EQ(faults(read(kRows, AccountId{2}, UnitId{0})), "2A not_permitted 3A not_permitted");
  EXPECT_EQ(faults(read(kRows, AccountId{0}, UnitId{0})), "");
}

TEST(ItemFile, EveryWordOfAChoiceIsOne) {
  const State state = small_state();
  for (const ItemFileColumn& column : item_file_columns())
    for (const ItemFileWord& word : item_file_choices(state, *state.flows[0], column.word.id))
      for (const std::string_view text : {word.id, word.zh, word.en}) {
        const bool source = column.word.id == "source";
        const std::string csv = source ? "title,source\n甲," + std::string(text) + "\n"
                                       : "title,source," + std::string(column.word.id) +
                                             "\n甲,audit," + std::string(text) + "\n";
        // What else an inspection's list must hold has no column here.
        for (const CellFault& fault : read(csv).faults)
          EXPECT_TRUE(state.flows[0]->finds(word.id) && !fault.column) << text;
      }
  const ItemFile file = read(
      "title,source,问题类别,Nature,severity,fix_class,备注,source_doc\n"
      "甲,audit,住房,共性,Major,长期坚持,另见附件,吉市督〔2019〕3号\n");
  ASSERT_EQ(faults(file), "");
  EXPECT_EQ(file.items[0].category, "housing");
  EXPECT_EQ(file.items[0].nature, Nature::Common);
  EXPECT_EQ(file.items[0].severity, Severity::Major);
  EXPECT_EQ(file.items[0].fix_class, "long_term");
  EXPECT_EQ(file.items[0].remark, "另见附件");
  EXPECT_EQ(file.items[0].source_doc, "吉市督〔2019〕3号");
  EXPECT_EQ(faults(read("title,source,category,nature,severity\n甲,audit,x,y,z\n")),
            "2C category_unknown 2D field_bad 2E field_bad");
}

// Upper-case letters are cells: A unit, B title, C source, D number, E batch, F implementing,
// G target, H due, I accepting, J special, K feedback.
constexpr std::string_view kFindings =
    "unit,title,source,upstream_no,batch,implementing,target,due,accepting,special,feedback\n";
ItemFile read_findings(const std::string& rows) { return read(std::string(kFindings) + rows); }

TEST(ItemFile, TakesFindingsWithAllThatTheirListSays) {
  const ItemFile file = read_findings(
      "1306,甲,巡视,B1,second,1306 保定市；13,达标,2019-12-31,0,路灯,2019-09-02\n"
      "1306,乙,巡视,B1,first,1306,达标,2019-12-31,0,education/lamps,\n"
      "1306,丙,居民上报,B1,,,,,,,\n");
  ASSERT_EQ(faults(file), "");
  ASSERT_EQ(file.items.size(), 3U);
  EXPECT_EQ(file.items[0].batch, "second");
  EXPECT_EQ(file.items[0].implementing, (std::vector<UnitId>{UnitId{2}, UnitId{1}}));
  EXPECT_EQ(file.items[0].accepting, UnitId{0});
  EXPECT_EQ(file.items[0].target, "达标");
  EXPECT_EQ(file.items[0].special, (SpecialName{"education", "lamps"}));
  EXPECT_EQ(file.items[0].feedback, *parse_day("2019-09-02"));
  EXPECT_EQ(file.items[1].special, file.items[0].special);
}

TEST(ItemFile, TellsAllThatIsMissingOfAFindingAndAllThatIsWrong) {
  EXPECT_EQ(faults(read_findings("1306,甲,inspection,,,,,,,,\n")),
            "2D field_required 2F field_required 2G field_required 2H field_required "
            "2I field_required");
  EXPECT_EQ(faults(read_findings("1306,甲,inspection,B1,Second!,99;1306,达标,2019-09-01,1306,moon,"
                                 "2019-09-10\n")),
            "2E code_bad 2F unit_unknown 2H due_in_past 2I verifier_is_fixer 2J field_bad "
            "2K feedback_in_future");
  EXPECT_EQ(faults(read_findings("1306,甲,inspection,B1,,99,达标,2019-12-31,98,,\n")),
            "2F unit_unknown 2I unit_unknown");
  EXPECT_EQ(faults(read_findings("1306,甲,inspection,B1,,13,达标,2019-12-31,1306,,\n")),
            "2I verifier_below_fixer");
  EXPECT_EQ(faults(read_findings("1306,甲,inspection,B1,,1306,达标,2019-12-31,0,moon/x,\n"
                                 "1306,乙,inspection,B2,,1306,达标,2019-12-31,0,education/x,\n"
                                 "1306,丙,inspection,B3,,1306,达标,2019-12-31,0,education/study,"
                                 "\n")),
            "2J programme_unknown 3J requirement_unknown 4J requirement_not_special");
}

TEST(ItemFile, WhatIsMissingIsToldOnceWhereEverySourceIsAnInspection) {
  State state = with_programme();
  Flow flow = *state.flows[0];
  flow.findings.sources = {0, 1, 2};
  state.flows[0] = std::make_shared<Flow>(std::move(flow));
  EXPECT_EQ(faults(read("title,source,target\n甲,audit,\n", {}, UnitId{1}, state)),
            "2 field_required 2 field_required 2 field_required 2 field_required "
            "2C field_required");
  const std::string bodies = "1306,达标,2019-12-31,1306,,\n";
  EXPECT_EQ(
      faults(read(std::string(kFindings) + "1306,甲,moon,B1,," + bodies, {}, UnitId{1}, state)),
      "2C source_unknown 2I verifier_is_fixer");
}

TEST(ItemFile, ANumberOfASourceAndBatchIsTakenInOnce) {
  const std::string rest = ",1306,达标,2019-12-31,0,,\n";
  EXPECT_EQ(
      faults(read_findings("1306,甲,inspection,B1,first" + rest + "1306,乙,inspection,B1,second" +
                           rest + "1306,丙,inspection,B1,first" + rest)),
      "4D upstream_no_twice");
  EXPECT_EQ(
      faults(read_findings("1306,甲,inspection,B9,second" + rest + "1306,乙,inspection,B9,first" +
                           rest + "1306,丙,audit,B9,second,,,,,,\n")),
      "2D upstream_no_known");
}

TEST(ItemFile, WrongDaysStayWrong) {
  for (const char* text : {"2019-9", "2019-9/8", "19-9-8", "2019-13-01", "2019年9月8", "43716",
                           "20190908", "2019-09-08x", "2019-09-08 00:00", "二〇一九年"}) {
    EXPECT_EQ(faults(read("title,source,due\n甲,audit," + std::string(text) + "\n")), "2C bad_day")
        << text;
  }
}

TEST(ItemFile, OffersTheWordsOfTheDropDownWhereItHasWords) {
  const auto offered = [](std::optional<Language> words_in) {
    ItemFileRequest request;
    request.kind = "problem";
    request.into = UnitId{1};
    request.now = start_of(*parse_day("2019-09-09"), Zone{});
    request.words_in = words_in;
    const auto file = read_item_file(*parse_csv("title,source,fix_class\nx,resident,moon\n"),
                                     small_state(), request);
    TZ_ASSERT(file.ok() && file->faults.size() == 1);
    for (const auto& [name, value] : file->faults[0].error.facts)
      if (name == "allowed") return value;
    return std::string("-");
  };
  EXPECT_EQ(offered(Language::Chinese), "立行立改、限期整改、分阶段整改、长期坚持");
  EXPECT_EQ(offered(Language::English).find("、"), std::string::npos);
  EXPECT_EQ(offered(std::nullopt).substr(0, 10), "immediate ");
}

}  // namespace
}  // namespace tz::ledger
