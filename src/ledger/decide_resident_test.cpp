// Who may record services and disputes, what has to come with it, and whose answer an answer is.
#include <gtest/gtest.h>

#include "ledger/decide_dispute.h"
#include "ledger/decide_handling.h"
#include "ledger/resident_sight.h"

namespace tz::ledger {
namespace {

constexpr UnitId kCounty{1};
constexpr UnitId kTownship{2};
constexpr UnitId kVillage{3};
constexpr UnitId kOther{4};  // a county beside kCounty

// "2": that version.
Result<Catalogue> read_small_catalogue(std::string_view text) {
  if (text == "bad") return refusal("yaml_empty");
  Catalogue out;
  out.version = text[0] - '0';
  out.materials = {{"id_card", {}, Holder::Applicant}, {"register", {}, Holder::Administration}};
  out.services = {{"permit", {}, {Level::Township}, {}, {0}, {1}},
                  {"court", {}, {}, {text.ends_with("far") ? "nowhere" : "c"}, {}, {}}};
  return out;
}

std::shared_ptr<const Policy> small_policy() {
  auto policy = std::make_shared<Policy>();
  const auto posts = [&](Right right, std::vector<Role> roles) {
    PolicyRow& row = policy->of(right);
    row.admits = Admits::Posts;
    for (const Role role : roles) row.who[static_cast<std::size_t>(role)] = {Relation::Scope};
  };
  posts(Right::HandlingRecord, {Role::Recorder});
  posts(Right::HandlingRead, {Role::Recorder, Role::Verifier});
  posts(Right::DisputeRecord, {Role::Recorder});
  posts(Right::DisputeRead, {Role::Recorder, Role::Verifier});
  posts(Right::SchemeRead, {Role::Recorder});
  posts(Right::FundRead, {Role::Verifier});
  posts(Right::DisputeConfirm, {Role::Recorder, Role::Verifier});
  policy->of(Right::DisputeAnswer).admits = Admits::Anybody;
  policy->of(Right::ServiceAdopt).program = true;
  return policy;
}

class DecideResident : public testing::Test {
 protected:
  DecideResident() {
    state.policy = small_policy();
    readers.catalogue = &read_small_catalogue;
    take(Genesis{std::string(32, '0'), "test", "Asia/Shanghai", false});
    const auto row = [](const char* code, std::uint32_t parent, UnitKind kind) {
      return UnitRow{code, code, UnitId{parent}, kind, false, Day{0}, {}};
    };
    take(UnitsRegistered{"test",
                         UnitId{0},
                         {row("0", 0, UnitKind::Nation), row("c", 0, UnitKind::County),
                          row("t", 1, UnitKind::Township), row("v", 2, UnitKind::Village),
                          row("d", 0, UnitKind::County)}});
    settle(state);
    clerk = person(kCounty, Role::Recorder);
    second = person(kTownship, Role::Recorder);
    checker = person(kCounty, Role::Verifier);
    elsewhere = person(kOther, Role::Recorder);
    EXPECT_EQ(code_of(decide_catalogue(at(AccountId{}), {"1"})), "");
  }

  void take(const Event& event) { apply(state, event, now(), readers); }
  [[nodiscard]] Instant now() const { return Instant{start_of(today, state.zone).us + 1}; }
  AccountId person(UnitId unit, Role role) {
    const AccountId account{state.accounts.size() + 1};
    take(AccountOpened{account});
    take(PostGranted{PostId{state.posts.size() + 1}, account, unit, role, today, {}});
    return account;
  }
  [[nodiscard]] Circumstances at(AccountId account) const {
    return {state, [](ItemNo) { return nullptr; }, {account, {}}, now(), readers, {}};
  }
  // Takes in what was decided; the code of a refusal, or nothing.
  std::string code_of(const Result<Decision>& decision) {
    if (!decision.ok()) return decision.error().code;
    for (const EventDraft& draft : decision->events) take(draft.event);
    return "";
  }
  [[nodiscard]] RecordHandling handling(std::int64_t visits,
                                        std::vector<GivenVisit> further = {}) const {
    return {"permit", kTownship, today, visits, std::move(further)};
  }
  [[nodiscard]] RecordDispute dispute(std::uint64_t no,
                                      std::optional<DisputeOutcome> outcome = {}) const {
    RecordDispute out;
    out.no = DisputeNo{no};
    out.unit = kVillage;
    out.day = today;
    out.parties = {code(1), code(2)};
    if (outcome) out.end = GivenEnd{*outcome, {}, {}};
    return out;
  }
  static Hash code(std::uint8_t party) {
    Hash out{};
    out[0] = party;
    return out;
  }
  std::string handle(AccountId account, const RecordHandling& command) {
    return code_of(decide_handling(at(account), command));
  }
  std::string bring(AccountId account, const RecordDispute& command) {
    return code_of(decide_dispute(at(account), command));
  }
  std::string answer(std::uint64_t no, const Hash& hash, bool agrees) {
    return code_of(decide_party_answer(at(AccountId{}), {DisputeNo{no}, hash, agrees}));
  }
  std::string enter(AccountId account, std::uint64_t no, std::uint16_t party) {
    return code_of(decide_party_paper(at(account), {DisputeNo{no}, party, true}));
  }

  State state;
  FileReaders readers;
  Day today = *parse_day("2019-09-10");
  AccountId clerk, second, checker, elsewhere;
};

TEST_F(DecideResident, OnlyANewerCatalogueOfUnitsThatAreThereIsAdopted) {
  EXPECT_EQ(code_of(decide_catalogue(at(AccountId{}), {"1"})), "catalogue_version_old");
  EXPECT_EQ(code_of(decide_catalogue(at(AccountId{}), {"bad"})), "yaml_empty");
  EXPECT_EQ(code_of(decide_catalogue(at(AccountId{}), {"2 far"})), "unit_unknown");
  EXPECT_EQ(code_of(decide_catalogue(at(clerk), {"2"})), "not_permitted");
  EXPECT_EQ(code_of(decide_catalogue(at(AccountId{}), {"2"})), "");
  EXPECT_EQ(state.catalogue.ids.size(), 2U);
}

TEST_F(DecideResident, AServiceIsGivenByWhomTheCatalogueSays) {
  EXPECT_EQ(handle(clerk, handling(1)), "");
  EXPECT_EQ(handle(checker, handling(1)), "not_permitted");
  EXPECT_EQ(handle(elsewhere, handling(1)), "not_permitted");
  RecordHandling other = handling(1);
  other.unit = kVillage;
  EXPECT_EQ(handle(clerk, other), "service_elsewhere");
  other.service = "court";
  EXPECT_EQ(handle(clerk, other), "service_elsewhere");
  other.unit = kCounty;
  EXPECT_EQ(handle(clerk, other), "");
  other.service = "none";
  EXPECT_EQ(handle(clerk, other), "service_unknown");
  other = handling(1);
  other.day = Day{today.number + 1};
  EXPECT_EQ(handle(clerk, other), "occurred_in_future");
  EXPECT_EQ(state.handlings.size(), 2U);
}

TEST_F(DecideResident, EveryVisitBeyondTheFirstHasItsReason) {
  const auto missing = [](const char* material, std::optional<MissingWhy> why) {
    return GivenVisit{{VisitReason::MaterialMissing, material, why}, ""};
  };
  EXPECT_EQ(handle(clerk, handling(2)), "visit_reasons_missing");
  EXPECT_EQ(handle(clerk, handling(0, {missing("id_card", MissingWhy::NotTold)})),
            "visit_reasons_missing");
  EXPECT_EQ(handle(clerk, handling(2, {missing("id_card", {})})), "field_required");
  EXPECT_EQ(handle(clerk, handling(2, {missing("register", MissingWhy::NotTold)})),
            "material_not_asked");
  EXPECT_EQ(handle(clerk, handling(2, {{{VisitReason::SystemDown, "id_card", {}}, ""}})),
            "field_bad");
  EXPECT_EQ(handle(clerk, handling(2, {{{VisitReason::SystemDown, {}, {}}, "雪"}})), "field_bad");
  EXPECT_EQ(handle(clerk, handling(2, {{{VisitReason::Other, {}, {}}, ""}})), "field_required");
  EXPECT_EQ(handle(clerk, handling(21)), "field_bad");
  const auto decision =
      decide_handling(at(clerk), handling(3, {missing("id_card", MissingWhy::NotValid),
                                              {{VisitReason::Other, {}, {}}, "雪"}}));
  ASSERT_TRUE(decision.ok());
  ASSERT_EQ(decision->events[0].texts.size(), 1U);
  EXPECT_EQ(decision->events[0].texts[0].text, "雪");
}

TEST_F(DecideResident, ADisputeEndsOnceAndNotBeforeItWasBrought) {
  EXPECT_EQ(bring(clerk, dispute(1)), "");
  EXPECT_EQ(bring(clerk, dispute(1)), "dispute_number_taken");
  RecordDispute alone = dispute(2);
  alone.parties.resize(1);
  EXPECT_EQ(bring(clerk, alone), "parties_count");
  EXPECT_EQ(bring(clerk, dispute(2, DisputeOutcome::Referred)), "field_required");
  EXPECT_EQ(bring(elsewhere, dispute(2)), "not_permitted");
  const auto end = [&](AccountId account, Day day) {
    return code_of(decide_dispute_end(
        at(account), {DisputeNo{1}, day, GivenEnd{DisputeOutcome::Agreed, {}, {}}}));
  };
  EXPECT_EQ(end(elsewhere, today), "dispute_unknown");
  EXPECT_EQ(end(checker, today), "not_permitted");
  EXPECT_EQ(end(clerk, Day{today.number - 1}), "field_bad");
  EXPECT_EQ(end(clerk, Day{today.number + 1}), "occurred_in_future");
  EXPECT_EQ(end(clerk, today), "");
  EXPECT_EQ(end(clerk, today), "dispute_ended");
}

TEST_F(DecideResident, APartyAnswersOnceByItsOwnCode) {
  EXPECT_EQ(bring(clerk, dispute(1)), "");
  EXPECT_EQ(answer(1, code(1), true), "dispute_open");
  EXPECT_EQ(bring(clerk, dispute(2, DisputeOutcome::Agreed)), "");
  EXPECT_EQ(answer(2, code(3), true), "dispute_unknown");
  EXPECT_EQ(answer(9, code(1), true), "dispute_unknown");
  EXPECT_EQ(answer(2, code(2), false), "");
  EXPECT_EQ(answer(2, code(2), true), "party_answered");
  EXPECT_EQ(state.disputes.find(DisputeNo{2})->answers,
            (std::vector{PartyAnswer::None, PartyAnswer::No}));
}

TEST_F(DecideResident, WhoMediatedEntersNoPaper) {
  RecordDispute brought = dispute(1, DisputeOutcome::Agreed);
  brought.end->mediators = {state.posts[1].id};  // of the second
  EXPECT_EQ(bring(clerk, brought), "");
  EXPECT_EQ(enter(clerk, 1, 1), "mediator_answers");
  EXPECT_EQ(enter(second, 1, 1), "mediator_answers");
  EXPECT_EQ(enter(elsewhere, 1, 1), "dispute_unknown");
  EXPECT_EQ(enter(checker, 1, 3), "party_unknown");
  EXPECT_EQ(enter(checker, 1, 1), "");
  EXPECT_EQ(answer(1, code(1), false), "party_answered");
}

TEST_F(DecideResident, WhatComesBackIsLinkedByWhoKnowsOfBoth) {
  EXPECT_EQ(bring(clerk, dispute(1)), "");
  RecordDispute again = dispute(2);
  again.returns = DisputeNo{1};
  EXPECT_EQ(bring(clerk, again), "dispute_open");
  EXPECT_EQ(bring(clerk, dispute(3, DisputeOutcome::Withdrawn)), "");
  again.returns = DisputeNo{3};
  again.unit = kOther;
  EXPECT_EQ(bring(elsewhere, again), "dispute_unknown");
  again.unit = kTownship;
  EXPECT_EQ(bring(clerk, again), "");
  EXPECT_EQ(state.disputes.find(DisputeNo{3})->returned, 1U);
}

TEST_F(DecideResident, RecordsAreForWhoMayReadThem) {
  EXPECT_EQ(bring(clerk, dispute(1)), "");
  const Event brought = DisputeBrought{DisputeNo{1}, kVillage, {}, today, {}, {}, {}};
  const Event given = HandlingRecorded{"permit", 1, kTownship, today, 1, {}};
  EXPECT_TRUE(may_know(state, brought, checker, today));
  EXPECT_FALSE(may_know(state, brought, elsewhere, today));
  EXPECT_TRUE(may_know(state, given, clerk, today));
  EXPECT_FALSE(may_know(state, given, elsewhere, today));
  take(SchemeOpened{"round_3", "第三批", {kTownship}});
  const Event frozen = RosterFrozen{"round_3", 1, {{kVillage, 3}}};
  EXPECT_TRUE(may_know(state, frozen, clerk, today));
  EXPECT_FALSE(may_know(state, frozen, elsewhere, today));
  EXPECT_FALSE(may_know(state, SignatureCounted{"round_3", true}, elsewhere, today));
  const Event one =
      RosterPublished{"round_3", RosterAudience::Affected, kVillage, today, today, 1, {}};
  EXPECT_TRUE(may_know(state, one, clerk, today));
  EXPECT_FALSE(may_know(state, one, elsewhere, today));
  const Event all = RosterPublished{"round_3", RosterAudience::Everybody, {}, today, today, 1, {}};
  EXPECT_TRUE(may_know(state, all, elsewhere, today));
  take(FundOpened{"relief", kTownship, "周转金", "Relief fund", {}});
  const Event money = FundMoneyBooked{"relief", EntrySort::Income, 100};
  EXPECT_TRUE(may_know(state, money, checker, today));
  EXPECT_FALSE(may_know(state, money, elsewhere, today));
  EXPECT_FALSE(may_know(state, FundCheckersBound{"relief", {}}, clerk, today));
  EXPECT_TRUE(may_know(state, PostEnded{PostId{1}, today}, elsewhere, today));
}

}  // namespace
}  // namespace tz::ledger
