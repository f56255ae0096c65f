// What stays and what is drawn anew when a programme is adopted, and adopted again.
#include "ledger/adopted_programme.h"

#include <gtest/gtest.h>

#include "ledger/small_programme_test.h"

namespace tz::ledger {
namespace {

using Status = CoverageStatus;

const Day kAdopted = day("2019-06-01");

UnitRow row(const std::string& code, std::uint32_t parent, UnitKind kind) {
  return {code, code, UnitId{parent}, kind, false, Day{0}, {}};
}

// Nation 0, province 1, county 2 with villages 3 and 4, county 5.
std::shared_ptr<OrgTree> small_tree() {
  auto tree = std::make_shared<OrgTree>();
  const std::vector<UnitRow> rows = {
      row("0", 0, UnitKind::Nation),  row("p", 0, UnitKind::Province),
      row("c", 1, UnitKind::County),  row("v", 2, UnitKind::Village),
      row("w", 2, UnitKind::Village), row("d", 1, UnitKind::County)};
  tree->add_units(rows);
  return tree;
}

std::shared_ptr<const Programme> version(std::int64_t number, Programme programme) {
  programme.version = number;
  return std::make_shared<const Programme>(std::move(programme));
}

AdoptedProgramme adopted(const std::shared_ptr<const OrgTree>& tree) {
  return with_version({}, version(1, sound_programme()), tree, kAdopted);
}

std::uint32_t asked(const AdoptedRequirement& of) {
  return of.coverage.counts({0, static_cast<std::uint32_t>(of.coverage.asked().tree->size())})
      .asked();
}

std::uint32_t at(const AdoptedRequirement& of, std::string_view code) {
  const OrgTree& tree = *of.coverage.asked().tree;
  return tree.position(*tree.find(code));
}

TEST(AdoptedProgramme, AsksWhomItsTiersTakeInAndNobodyElse) {
  const AdoptedProgramme programme = adopted(small_tree());
  EXPECT_EQ(programme.requirements.size(), 5U);
  EXPECT_EQ(asked(*programme.requirement("study")), 5U);
  EXPECT_EQ(asked(*programme.requirement("meeting")), 3U);
  EXPECT_EQ(asked(*programme.requirement("list")), 2U);
  EXPECT_EQ(programme.requirement("none_such"), nullptr);
  const AdoptedRequirement& study = *programme.requirement("study");
  EXPECT_EQ(study.due(at(study, "p")), day("2019-08-31"));
  EXPECT_EQ(study.due(at(study, "v")), day("2019-11-30"));
  EXPECT_EQ(study.due(at(study, "0")), std::nullopt);
}

// Units that come later are in no denominator until another version is adopted.
TEST(AdoptedProgramme, TheTreeOfItsDayIsFrozen) {
  const auto tree = small_tree();
  const AdoptedProgramme before = adopted(tree);
  auto grown = std::make_shared<OrgTree>(*tree);
  const std::vector<UnitRow> more = {row("x", 5, UnitKind::Village)};
  grown->add_units(more);
  EXPECT_EQ(asked(*before.requirement("study")), 5U);
  EXPECT_EQ(before.requirement("study")->coverage.asked().tree->size(), 6U);
  const Day later{kAdopted.number + 30};
  const AdoptedProgramme after = with_version(before, version(2, sound_programme()), grown, later);
  EXPECT_EQ(asked(*after.requirement("study")), 6U);
  EXPECT_EQ(after.requirement("study")->coverage.asked().day, later);
  EXPECT_EQ(asked(*before.requirement("study")), 5U) << "a version changes no earlier one";
}

// County d went into c, which was asked too; village w had answered before it ended.
TEST(AdoptedProgramme, WhatWasAskedOfAUnitThatHasEndedStaysAsked) {
  const auto tree = small_tree();
  AdoptedProgramme programme = adopted(tree);
  AdoptedRequirement& study = *programme.requirement("study");
  study.take(at(study, "w"), Status::Met, Day{kAdopted.number + 1});
  const Day later{kAdopted.number + 30};
  auto merged = std::make_shared<OrgTree>(*tree);
  const UnitId county = *tree->find("d");
  merged->change_units(std::vector<UnitChange>{{county, ChangeKind::Ended, {}, {}},
                                               {county, ChangeKind::Succeeded, {}, UnitId{2}},
                                               {*tree->find("w"), ChangeKind::Ended, {}, {}}},
                       later, Seq{9});
  merged->settle();
  EXPECT_EQ(
      asked(*with_version({}, version(1, sound_programme()), merged, later).requirement("study")),
      3U)
      << "nobody draws what has ended";
  const AdoptedProgramme after =
      with_version(programme, version(2, sound_programme()), merged, later);
  const AdoptedRequirement& again = *after.requirement("study");
  EXPECT_EQ(asked(again), 5U);
  EXPECT_EQ(again.coverage.status(at(again, "d")), Status::Open);
  EXPECT_EQ(again.coverage.status(at(again, "w")), Status::Met);
  EXPECT_EQ(again.due(at(again, "d")), study.due(at(study, "d")));
  EXPECT_EQ(asked(*after.requirement("meeting")), 3U);
  // Another tier is another question: who goes on is drawn for it, who has ended is not.
  Programme other = sound_programme();
  other.tiers[2].id = "cells";
  EXPECT_EQ(asked(*with_version(after, version(3, other), merged, later).requirement("study")), 4U);
}

TEST(AdoptedProgramme, AnotherVersionKeepsAnswersAndSinceWhenTheyStand) {
  const auto tree = small_tree();
  AdoptedProgramme programme = adopted(tree);
  AdoptedRequirement* study = programme.requirement("study");
  const Day answered{kAdopted.number + 10};
  study->take(at(*study, "c"), Status::Met, answered);
  // A unit in between moves the positions of those behind it.
  auto grown = std::make_shared<OrgTree>(*tree);
  const std::vector<UnitRow> more = {row("x", 2, UnitKind::Village)};
  grown->add_units(more);
  const Day later{kAdopted.number + 30};
  programme = with_version(programme, version(2, sound_programme()), grown, later);
  study = programme.requirement("study");
  EXPECT_EQ(study->coverage.status(at(*study, "c")), Status::Met);
  EXPECT_EQ(study->coverage.since(at(*study, "c")), answered);
  EXPECT_EQ(study->coverage.status(at(*study, "v")), Status::Open);
  EXPECT_EQ(study->coverage.since(at(*study, "v")), kAdopted) << "open since it was first asked";
  EXPECT_EQ(study->coverage.since(at(*study, "x")), later) << "asked since it is there";
  EXPECT_EQ(study->changes, 1U);
  EXPECT_EQ(programme.versions.size(), 2U);
  EXPECT_EQ(programme.newest().version, 2);
}

TEST(AdoptedProgramme, WhatAVersionDropsKeepsItsHistoryAndComesBackWithIt) {
  const auto tree = small_tree();
  AdoptedProgramme programme = adopted(tree);
  AdoptedRequirement* meeting = programme.requirement("meeting");
  const Day answered{kAdopted.number + 10};
  meeting->take(at(*meeting, "d"), Status::Met, answered);
  meeting->seals.push_back({7, answered, SealReason::Daily, {}});

  Programme less = sound_programme();
  less.tiers[2].without.clear();
  less.requirements.erase(less.requirements.begin() + 2);
  programme = with_version(programme, version(2, less), tree, Day{kAdopted.number + 20});
  meeting = programme.requirement("meeting");
  ASSERT_NE(meeting, nullptr);
  EXPECT_TRUE(meeting->dropped);
  EXPECT_EQ(meeting->words().id, "meeting");
  EXPECT_EQ(meeting->coverage.status(at(*meeting, "d")), Status::Met);
  EXPECT_EQ(meeting->seals.size(), 1U);
  EXPECT_FALSE(programme.requirement("study")->dropped);

  programme =
      with_version(programme, version(3, sound_programme()), tree, Day{kAdopted.number + 25});
  meeting = programme.requirement("meeting");
  EXPECT_FALSE(meeting->dropped);
  EXPECT_EQ(meeting->coverage.status(at(*meeting, "d")), Status::Met);
  EXPECT_EQ(meeting->coverage.since(at(*meeting, "d")), answered);
  EXPECT_EQ(meeting->seals.size(), 1U);
}

TEST(AdoptedProgramme, WhatComesAfterItsDayIsLate) {
  AdoptedProgramme programme = adopted(small_tree());
  AdoptedRequirement* self = programme.requirement("self");
  const Day last = *self->due(at(*self, "p"));
  const Day after{last.number + 1};
  const auto stands = [&] { return self->coverage.status(at(*self, "p")); };
  self->take(at(*self, "p"), Status::Met, last);
  EXPECT_EQ(stands(), Status::Met);
  self->take(at(*self, "p"), Status::Open, after);
  EXPECT_EQ(stands(), Status::Open);
  self->take(at(*self, "p"), Status::Met, after);
  EXPECT_EQ(stands(), Status::Late);
  // Of "none" the day counts when it was claimed, not when somebody found the time to look.
  self->take(at(*self, "p"), Status::NoneClaimed, last);
  self->take(at(*self, "p"), Status::NoneChecked, after);
  EXPECT_EQ(stands(), Status::NoneChecked);
  self->take(at(*self, "p"), Status::NoneClaimed, after);
  self->take(at(*self, "p"), Status::NoneChecked, after);
  EXPECT_EQ(stands(), Status::Late);
  self->take(at(*self, "p"), Status::Exempt, after);
  EXPECT_EQ(stands(), Status::Exempt) << "who is exempt was late with nothing";
}

TEST(AdoptedProgramme, EveryReasonOfASealHasItsWord) {
  for (const SealReason one : {SealReason::Adoption, SealReason::Deadline, SealReason::Daily})
    EXPECT_EQ(seal_reason_named(to_text(one)), one);
  EXPECT_EQ(seal_reason_named("whim"), std::nullopt);
}

}  // namespace
}  // namespace tz::ledger
