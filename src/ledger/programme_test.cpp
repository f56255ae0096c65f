// What a programme asks of a tier, and each way in which it can contradict itself.
#include "ledger/programme.h"

#include <gtest/gtest.h>

#include "ledger/small_programme_test.h"

namespace tz::ledger {
namespace {

using Indexes = std::vector<std::uint16_t>;

// The faults of the sound programme after a change.
template <class Spoil>
std::string after(Spoil spoil) {
  Programme programme = sound_programme();
  spoil(programme);
  return shown(check(programme));
}

TEST(Programme, TheSmallOneIsSound) {
  EXPECT_EQ(after([](Programme&) {}), "");
}

TEST(Programme, ATierIsAskedWhatTheOtherIsLessWhatItLeavesOut) {
  const Programme programme = sound_programme();
  EXPECT_EQ(programme.asked_of(0), (Indexes{0, 1, 2, 3}));
  EXPECT_EQ(programme.asked_of(1), (Indexes{0, 1, 2, 3}));
  EXPECT_EQ(programme.asked_of(2), (Indexes{0, 1, 3, 4}));
  EXPECT_EQ(programme.due(2, 4), day("2019-11-30"));
}

TEST(Programme, WhatATierNamesItselfIsAskedThoughTheOtherWasNot) {
  Programme programme = sound_programme();
  programme.tiers[1].without = {0};
  programme.requirements[0].of = {0, 2};
  EXPECT_EQ(programme.asked_of(1), (Indexes{1, 2, 3}));
  EXPECT_EQ(programme.asked_of(2), (Indexes{0, 1, 3, 4}));
}

TEST(Programme, TiersThatReferInACircleStillHaveAnAnswer) {
  Programme programme = sound_programme();
  programme.tiers[0].by_reference_to = 2;
  EXPECT_EQ(programme.asked_of(0), (Indexes{0, 1, 2, 3, 4}));
  EXPECT_EQ(shown(check(programme)),
            "programme_tier_cycle@above programme_tier_cycle@full programme_tier_cycle@branches ");
}

TEST(Programme, LevelsAreTheAdministrativeKinds) {
  EXPECT_EQ(level_of(UnitKind::Nation), Level::Nation);
  EXPECT_EQ(level_of(UnitKind::Township), Level::Township);
  EXPECT_EQ(level_of(UnitKind::Group), Level::Group);
  for (const UnitKind kind :
       {UnitKind::Neighbourhood, UnitKind::Agency, UnitKind::Branch, UnitKind::Enterprise,
        UnitKind::University, UnitKind::Organisation, UnitKind::Area})
    EXPECT_EQ(level_of(kind), std::nullopt);
  EXPECT_TRUE(possible(UnitKind::Agency, Level::County));
  EXPECT_FALSE(possible(UnitKind::Village, Level::County));
}

TEST(Programme, KnowsHoursAndMinutesInBothLanguages) {
  for (const char* words :
       {"40 hours", "40学时", "每周两小时", "study_hours", "online_minutes", "Hour by hour",
        "30-minute sessions", "ten minutes", "不少于90分钟", "minutes", "10课时"})
    EXPECT_TRUE(counts_time(words)) << words;
  for (const char* words : {"two weeks", "两周", "minutes of the meeting", "neighbourhood", "一周",
                            "会议纪要", "Signed minutes", "meeting_record", ""})
    EXPECT_FALSE(counts_time(words)) << words;
}

TEST(ProgrammeCheck, NeedsBatchesTiersAndRequirements) {
  EXPECT_EQ(after([](Programme& p) { p.batches.clear(); }), "programme_empty@education ");
  EXPECT_EQ(after([](Programme& p) { p.tiers.clear(); }), "programme_empty@education ");
  EXPECT_EQ(after([](Programme& p) { p.requirements.clear(); }), "programme_empty@education ");
  EXPECT_EQ(after([](Programme& p) { p.tiers.resize(101, p.tiers[0]); }),
            "programme_too_large@education ");
}

TEST(ProgrammeCheck, IdsStandOnce) {
  EXPECT_EQ(after([](Programme& p) { p.batches[1].id = "first"; }),
            "programme_batch_duplicate@first ");
  EXPECT_EQ(after([](Programme& p) { p.tiers[1].id = "above"; }),
            "programme_tier_duplicate@above ");
  EXPECT_EQ(after([](Programme& p) { p.requirements[1].id = "study"; }),
            "programme_requirement_duplicate@study ");
}

TEST(ProgrammeCheck, BatchesFollowEachOtherWithinThePeriod) {
  EXPECT_EQ(after([](Programme& p) { p.to = day("2019-05-01"); }),
            "programme_period_backwards@education ");
  EXPECT_EQ(after([](Programme& p) { p.to = day("2019-11-29"); }),
            "programme_batch_outside@second ");
  EXPECT_EQ(after([](Programme& p) { p.batches[1].from = day("2019-08-31"); }),
            "programme_batch_order@second ");
  EXPECT_EQ(after([](Programme& p) { std::swap(p.batches[0], p.batches[1]); }),
            "programme_batch_order@first ");
  EXPECT_EQ(after([](Programme& p) { p.batches[0].to = day("2019-05-31"); }),
            "programme_batch_backwards@first ");
}

TEST(ProgrammeCheck, TiersAskSomethingOfSomebody) {
  EXPECT_EQ(after([](Programme& p) { p.tiers[1].by_reference_to.reset(); }),
            "programme_tier_idle@full programme_without_unasked@branches ");
  EXPECT_EQ(after([](Programme& p) { p.tiers[0].selectors.clear(); }),
            "programme_tier_unselected@above ");
  EXPECT_EQ(after([](Programme& p) { p.tiers[2].by_reference_to.reset(); }),
            "programme_without_reference@branches ");
  EXPECT_EQ(after([](Programme& p) { p.tiers[2].without = {4}; }),
            "programme_without_unasked@branches ");
  EXPECT_EQ(after([](Programme& p) { p.requirements[4].of.clear(); }),
            "programme_requirement_unasked@list ");
}

TEST(ProgrammeCheck, DatesCanBeKept) {
  EXPECT_EQ(after([](Programme& p) { p.requirements[4].due[1].reset(); }),
            "programme_due_missing@list ");
  EXPECT_EQ(after([](Programme& p) { p.requirements[4].due[1] = day("2019-09-07"); }),
            "programme_due_outside@list ");
  EXPECT_EQ(after([](Programme& p) { p.requirements[4].due[1] = day("2019-12-01"); }),
            "programme_due_outside@list ");
  // Nobody of the first batch is asked for it.
  EXPECT_EQ(after([](Programme& p) { p.requirements[4].due[0] = day("2019-12-01"); }), "");
}

// A part of the only special rectification item, asked of the same tiers.
Programme with_part() {
  Programme programme = sound_programme();
  Requirement part = programme.requirements[3];
  part.id = "part";
  part.parent = 3;
  part.set_by = SetBy::Provincial;
  programme.requirements.push_back(part);
  return programme;
}

TEST(ProgrammeCheck, APartIsDueNoLaterThanTheWhole) {
  Programme programme = with_part();
  EXPECT_EQ(shown(check(programme)), "");
  programme.requirements[5].due[1] = day("2019-10-31");
  EXPECT_EQ(shown(check(programme)), "");
  programme.requirements[3].due[1] = day("2019-10-30");
  EXPECT_EQ(shown(check(programme)), "programme_due_after_parent@part ");
}

TEST(ProgrammeCheck, ItemsHangTogetherAsATree) {
  Programme programme = with_part();
  programme.requirements[3].parent = 5;
  EXPECT_EQ(shown(check(programme)), "programme_parent_cycle@item programme_parent_cycle@part ");
  programme = with_part();
  programme.requirements[5].parent = 1;
  EXPECT_EQ(shown(check(programme)), "programme_parent_sort@part ");
  programme = with_part();
  programme.requirements[3].set_by = SetBy::Local;
  EXPECT_EQ(shown(check(programme)), "programme_set_by_above@part ");
}

TEST(ProgrammeCheck, NothingKnownIsAskedAndNothingTwice) {
  EXPECT_EQ(after([](Programme& p) { p.requirements[4].asks.fields = {"unit_name"}; }),
            "programme_field_known@list ");
  EXPECT_EQ(after([](Programme& p) {
              p.requirements[4].asks = {};
              p.requirements[4].asks.fields = {"assessed"};
            }),
            "programme_field_twice@list ");
  // Asked of other units of the tier, it is asked once.
  EXPECT_EQ(after([](Programme& p) {
              p.requirements[4].asks.fields = {"assessed"};
              p.requirements[4].asks.visits = 0;
              p.requirements[0].among = Selector{{}, {}, {}, {}, Position::Inner};
              p.requirements[4].among = Selector{{}, {}, {}, {}, Position::Leaf};
            }),
            "");
}

TEST(ProgrammeCheck, EvidenceIsExplainedAndAQuorumIsAPart) {
  EXPECT_EQ(after([](Programme& p) {
              p.requirements[4].asks = {};
              p.requirements[4].asks.evidence = 1;
            }),
            "programme_evidence_unexplained@list ");
  EXPECT_EQ(after([](Programme& p) {
              p.requirements[2].quorum = {4, 3};
            }),
            "programme_quorum_bad@meeting ");
}

TEST(ProgrammeCheck, NobodyIsAskedForMoreThanTheBudgetInAMonth) {
  EXPECT_EQ(after([](Programme& p) { p.requirements[4].asks.visits = 2; }),
            "programme_burden_over@branches ");
  // Two fields in October and two visits in November are within it.
  EXPECT_EQ(after([](Programme& p) {
              p.requirements[4].asks.visits = 2;
              p.requirements[0].due[1] = day("2019-10-31");
            }),
            "");
  EXPECT_EQ(after([](Programme& p) { p.budget[static_cast<int>(Level::Village)].reset(); }),
            "programme_budget_missing@branches ");
}

TEST(ProgrammeCheck, WhatIsAskedInDifferentAreasIsNotAdded) {
  const auto spoil = [](const char* area) {
    return [area](Programme& p) {
      p.requirements[0].among = Selector{{}, {}, {"22"}, {}};
      p.requirements[4].among = Selector{{}, {}, {area}, {}};
      p.requirements[4].asks.visits = 2;
    };
  };
  EXPECT_EQ(after(spoil("65")), "");
  EXPECT_EQ(after(spoil("22")), "programme_burden_over@branches ");
}

}  // namespace
}  // namespace tz::ledger
