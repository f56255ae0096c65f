// Who may say what of a unit's answer to a requirement, and what has to come with it.
#include "ledger/decide_programme.h"

#include <gtest/gtest.h>

#include <map>

#include "ledger/decide_activity.h"
#include "ledger/small_programme_test.h"

namespace tz::ledger {
namespace {

using Status = CoverageStatus;

constexpr UnitId kProvince{1};
constexpr UnitId kCounty{2};
constexpr UnitId kVillage{3};
constexpr UnitId kSecond{4};
constexpr UnitId kOther{5};  // a county beside kCounty

// "2", or "2 less": the small programme of that version, or without its meeting.
Result<Programme> read_small_programme(std::string_view text) {
  Programme out = sound_programme();
  if (text == "bad") return refusal("yaml_empty");
  out.version = text[0] - '0';
  if (text.ends_with("less")) {
    out.requirements.erase(out.requirements.begin() + 2);
    out.tiers[2].without.clear();
  }
  if (text.ends_with("wide")) out.tiers.resize(kSealedTiersMax + 1);
  return out;
}
const FileReaders kReaders{nullptr, &read_small_programme};

std::shared_ptr<const Policy> small_policy() {
  auto policy = std::make_shared<Policy>();
  const auto posts = [&](Right right, std::vector<Role> roles, Relation over) {
    PolicyRow& row = policy->of(right);
    row.admits = Admits::Posts;
    for (const Role role : roles) row.who[static_cast<std::size_t>(role)] = {over};
  };
  posts(Right::CoverageAnswer, {Role::Responsible, Role::Recorder}, Relation::Own);
  posts(Right::CoverageJudge, {Role::Verifier, Role::Supervisor}, Relation::Scope);
  posts(Right::CoverageExempt, {Role::Verifier, Role::Supervisor}, Relation::Scope);
  posts(Right::ActivityRecord, {Role::Responsible, Role::Recorder}, Relation::Scope);
  posts(Right::ItemRead, {Role::Responsible, Role::Recorder}, Relation::Scope);
  policy->of(Right::ProgrammeAdopt).program = true;
  policy->of(Right::CoverageSeal).program = true;
  return policy;
}

std::shared_ptr<const Flow> small_flow() {
  Flow flow;
  flow.kind = "problem";
  flow.states = {{"registered", {}, Phase::Listed}, {"rejected", {}, Phase::Dropped}};
  return std::make_shared<const Flow>(flow);
}

class DecideProgramme : public testing::Test {
 protected:
  DecideProgramme() {
    state.policy = small_policy();
    state.kinds = {"problem"};
    state.flows = {small_flow()};
    take(Genesis{std::string(32, '0'), "test", "Asia/Shanghai", false});
    const auto row = [](const char* code, std::uint32_t parent, UnitKind kind) {
      return UnitRow{code, code, UnitId{parent}, kind, false, Day{0}, {}};
    };
    take(UnitsRegistered{"test",
                         UnitId{0},
                         {row("0", 0, UnitKind::Nation), row("p", 0, UnitKind::Province),
                          row("c", 1, UnitKind::County), row("v", 2, UnitKind::Village),
                          row("w", 2, UnitKind::Village), row("d", 1, UnitKind::County)}});
    settle(state);
    village = person({{kVillage, Role::Responsible}});
    county = person({{kCounty, Role::Recorder}});
    above = person({{kProvince, Role::Supervisor}});
    checker = person({{kCounty, Role::Verifier}});
    EXPECT_EQ(code_of(AdoptProgramme{"1"}, AccountId{}), "");
  }

  void take(const Event& event) { apply(state, event, now(), kReaders); }
  [[nodiscard]] Instant now() const { return Instant{start_of(today, state.zone).us + 1}; }
  AccountId person(const std::vector<std::pair<UnitId, Role>>& posts) {
    const AccountId account{state.accounts.size() + 1};
    take(AccountOpened{account});
    for (const auto& [unit, role] : posts)
      take(PostGranted{PostId{state.posts.size() + 1}, account, unit, role, today, {}});
    return account;
  }
  ItemNo problem(UnitId place, Day opened, std::string source = "self_check") {
    Item item;
    item.no = ItemNo{1000 + items.size()};
    item.place = place;
    item.source = std::move(source);
    item.opened = start_of(opened, state.zone);
    items.emplace(item.no.value, item);
    return item.no;
  }

  static AnswerRequirement answer(std::string requirement, Status status, UnitId unit) {
    AnswerRequirement out;
    out.programme = "education";
    out.requirement = std::move(requirement);
    out.status = status;
    out.units = {unit};
    out.text = "做了";
    return out;
  }
  [[nodiscard]] Circumstances at(AccountId account) const {
    return {state,
            [this](ItemNo no) {
              const auto found = items.find(no.value);
              return found == items.end() ? nullptr : &found->second;
            },
            {account, {}},
            now(),
            kReaders,
            {}};
  }
  Result<Decision> decided(const AdoptProgramme& command, AccountId account) const {
    return decide_programme(at(account), command);
  }
  Result<Decision> decided(const AnswerRequirement& command, AccountId account) const {
    return decide_requirement(at(account), command);
  }
  Result<Decision> decided(const RecordActivity& command, AccountId account) const {
    return decide_activity(at(account), command);
  }
  Result<Decision> decided(const SealCoverage& command, AccountId account) const {
    return decide_seal(at(account), command);
  }
  // Takes in what was decided; the code of a refusal, or nothing.
  template <class Command>
  std::string code_of(const Command& command, AccountId account) {
    const Result<Decision> decision = decided(command, account);
    if (!decision.ok()) return decision.error().code;
    for (const EventDraft& draft : decision->events) take(draft.event);
    return "";
  }
  [[nodiscard]] const AdoptedRequirement& requirement(std::string_view id) const {
    return *state.programmes[0]->requirement(id);
  }
  [[nodiscard]] Status status(std::string_view id, UnitId unit) const {
    const Coverage& coverage = requirement(id).coverage;
    return coverage.status(coverage.asked().tree->position(unit));
  }

  State state;
  Day today = day("2019-09-10");
  std::map<std::uint64_t, Item> items;
  AccountId village, county, above, checker;
};

TEST_F(DecideProgramme, OnlyANewerVersionOfWhatCanBeSealedIsAdopted) {
  EXPECT_EQ(code_of(AdoptProgramme{"1"}, AccountId{}), "programme_kept");
  EXPECT_EQ(code_of(AdoptProgramme{"bad"}, AccountId{}), "yaml_empty");
  EXPECT_EQ(code_of(AdoptProgramme{"2"}, village), "not_permitted");
  EXPECT_EQ(code_of(AdoptProgramme{"3 wide"}, AccountId{}), "programme_tiers_unsealed");
  EXPECT_EQ(code_of(AdoptProgramme{"2 less"}, AccountId{}), "");
  EXPECT_TRUE(requirement("meeting").dropped);
  EXPECT_EQ(code_of(answer("meeting", Status::Exempt, kCounty), above), "requirement_unknown");
}

TEST_F(DecideProgramme, WhatIsNotThereIsNotAnswered) {
  AnswerRequirement elsewhere = answer("study", Status::Met, kVillage);
  elsewhere.programme = "none";
  EXPECT_EQ(code_of(elsewhere, village), "programme_unknown");
  EXPECT_EQ(code_of(answer("none", Status::Met, kVillage), village), "requirement_unknown");
  EXPECT_EQ(code_of(answer("list", Status::Met, kCounty), county), "requirement_not_asked");
  EXPECT_EQ(code_of(answer("study", Status::Late, kVillage), village), "field_bad");
}

TEST_F(DecideProgramme, AUnitAnswersForItselfAlone) {
  EXPECT_EQ(code_of(answer("study", Status::Met, kSecond), village), "not_permitted");
  EXPECT_EQ(code_of(answer("study", Status::Met, kVillage), county), "not_permitted");
  EXPECT_EQ(code_of(answer("study", Status::Met, kVillage), village), "");
  EXPECT_EQ(status("study", kVillage), Status::Met);
  EXPECT_EQ(code_of(answer("study", Status::Met, kVillage), village), "requirement_answered");
}

// Codes, numbers and ids stand in the plain payload; what somebody wrote is sealed.
TEST_F(DecideProgramme, TheTextIsASealedPart) {
  const auto decision = decided(answer("study", Status::Met, kVillage), village);
  ASSERT_TRUE(decision.ok());
  ASSERT_EQ(decision->events.size(), 1U);
  ASSERT_EQ(decision->events[0].texts.size(), 1U);
  EXPECT_EQ(decision->events[0].texts[0].text, "做了");
  EXPECT_EQ(decision->events[0].item, std::nullopt);
}

TEST_F(DecideProgramme, AfterItsDayItIsLate) {
  today = day("2019-12-01");
  EXPECT_EQ(code_of(answer("study", Status::Met, kVillage), village), "");
  EXPECT_EQ(status("study", kVillage), Status::Late);
}

TEST_F(DecideProgramme, StudyAndDeliveryNeedAResult) {
  for (const char* id : {"study", "item", "list"}) {
    AnswerRequirement bare = answer(id, Status::Met, kVillage);
    bare.text.clear();
    EXPECT_EQ(code_of(bare, village), "field_required") << id;
    bare.sha256 = Hash{};
    EXPECT_EQ(code_of(bare, village), "") << id;
  }
}

TEST_F(DecideProgramme, AMeetingNeedsItsQuorum) {
  AnswerRequirement meeting = answer("meeting", Status::Met, kCounty);
  EXPECT_EQ(code_of(meeting, county), "field_required");
  meeting.expected = 9;
  EXPECT_EQ(code_of(meeting, county), "field_required");
  meeting.present = 5;
  const auto refused = decided(meeting, county);
  EXPECT_EQ(refused.error().code, "quorum_missed");
  const Facts facts = {{"needed", "6"}, {"expected", "9"}};
  EXPECT_EQ(refused.error().facts, facts);
  for (const auto& [present, expected] :
       {std::pair<std::int64_t, std::int64_t>{-1, 9}, {10, 9}, {0, 0}, {1, INT64_MAX}}) {
    meeting.present = present;
    meeting.expected = expected;
    EXPECT_EQ(code_of(meeting, county), "field_bad") << present << " of " << expected;
  }
  meeting.present = 6;
  meeting.expected = 9;
  EXPECT_EQ(code_of(meeting, county), "");
}

TEST_F(DecideProgramme, AListNamesTheUnitsOwnProblemsSinceTheProgrammeBegan) {
  AnswerRequirement list = answer("self", Status::Met, kVillage);
  const auto code_with = [&](std::vector<ItemNo> named) {
    list.items = std::move(named);
    return code_of(list, village);
  };
  const ItemNo own = problem(kVillage, today);
  const ItemNo rejected = problem(kVillage, today);
  items.at(rejected.value).state = 1;
  EXPECT_EQ(code_with({}), "problems_missing");
  EXPECT_EQ(code_with({ItemNo{7}}), "item_unknown");
  EXPECT_EQ(code_with({problem(kSecond, today)}), "item_unknown") << "not his to see";
  EXPECT_EQ(code_with({own, problem(kVillage, day("2019-05-31"))}), "problem_elsewhere");
  EXPECT_EQ(code_with({problem(kVillage, today, "hotline")}), "problem_elsewhere");
  EXPECT_EQ(code_with({rejected}), "problem_elsewhere");
  EXPECT_EQ(code_with({own, own}), "item_twice");
  EXPECT_EQ(code_with(std::vector<ItemNo>(201, own)), "list_too_long");
  EXPECT_EQ(code_with({own}), "");
  EXPECT_EQ(status("self", kVillage), Status::Met);
}

TEST_F(DecideProgramme, NoneIsFoundSoFromAboveAndNeverByTheUnitItself) {
  EXPECT_EQ(code_of(answer("study", Status::NoneClaimed, kVillage), village), "field_bad");
  EXPECT_EQ(code_of(answer("self", Status::NoneChecked, kVillage), checker),
            "requirement_not_answered");
  EXPECT_EQ(code_of(answer("self", Status::NoneClaimed, kVillage), village), "");
  EXPECT_EQ(status("self", kVillage), Status::NoneClaimed);
  EXPECT_EQ(requirement("self").coverage.counts({0, 6}).covered(), 0U);
  EXPECT_EQ(code_of(answer("self", Status::NoneChecked, kVillage), village), "not_permitted");
  EXPECT_EQ(code_of(answer("self", Status::NoneChecked, kVillage), checker), "");
  EXPECT_EQ(status("self", kVillage), Status::NoneChecked);
  EXPECT_EQ(code_of(answer("self", Status::Open, kVillage), above), "");
  EXPECT_EQ(status("self", kVillage), Status::Open);
  EXPECT_EQ(code_of(answer("self", Status::Open, kVillage), above), "requirement_not_answered");
}

TEST_F(DecideProgramme, WhoHoldsAPostInTheUnitDoesNotJudgeIt) {
  EXPECT_EQ(code_of(answer("study", Status::Exempt, kCounty), checker), "judges_own_answer");
  const AccountId both = person({{kProvince, Role::Supervisor}, {kVillage, Role::Recorder}});
  EXPECT_EQ(code_of(answer("study", Status::Exempt, kVillage), both), "judges_own_answer");
  // Nor of one that his own has taken over.
  take(UnitSucceeded{kSecond, kVillage, today});
  EXPECT_EQ(code_of(answer("study", Status::Exempt, kSecond), both), "judges_own_answer");
  EXPECT_EQ(code_of(answer("study", Status::Exempt, kCounty), both), "");
}

TEST_F(DecideProgramme, WhoIsExemptedIsSoForAReason) {
  AnswerRequirement exempt = answer("study", Status::Exempt, kVillage);
  exempt.text.clear();
  EXPECT_EQ(code_of(exempt, above), "field_required");
  exempt.text = " ";
  EXPECT_EQ(code_of(exempt, above), "field_required");
  exempt.text = "撤并";
  const auto decision = decided(exempt, above);
  ASSERT_TRUE(decision.ok());
  EXPECT_EQ(state.post(decision->post)->account, above) << "who approved it is recorded";
  EXPECT_EQ(code_of(exempt, above), "");
  EXPECT_EQ(status("study", kVillage), Status::Exempt);
}

TEST_F(DecideProgramme, SeveralUnitsNeedOnePostOverThemAll) {
  const AccountId two = person({{kCounty, Role::Verifier}, {kOther, Role::Verifier}});
  AnswerRequirement exempt = answer("study", Status::Exempt, kVillage);
  exempt.units = {kVillage, kSecond, kVillage};
  EXPECT_EQ(code_of(exempt, above), "unit_twice");
  exempt.units = {kVillage, kProvince};
  EXPECT_EQ(code_of(exempt, two), "not_permitted");
  take(UnitsRegistered{
      "test", UnitId{6}, {{"x", "x", kOther, UnitKind::Village, false, Day{0}, {}}}});
  settle(state);
  exempt.units = {kVillage, UnitId{6}};
  EXPECT_EQ(code_of(exempt, two), "units_of_several_posts");
  EXPECT_EQ(code_of(exempt, above), "requirement_not_asked") << "it came after the adoption";
  // Posts in two units, one of them over both.
  const AccountId wide = person({{kCounty, Role::Verifier}, {kProvince, Role::Verifier}});
  exempt.units = {kVillage, kOther};
  const auto decision = decided(exempt, wide);
  ASSERT_TRUE(decision.ok()) << decision.error().code;
  EXPECT_EQ(state.post(decision->post)->unit, kProvince);
  exempt.units.assign(kUnitsPerRecord + 1, kVillage);
  EXPECT_EQ(code_of(exempt, above), "list_too_long");
  exempt.units.clear();
  EXPECT_EQ(code_of(exempt, above), "field_required");
}

TEST_F(DecideProgramme, NothingOfAnotherSortComesWithAnAnswer) {
  AnswerRequirement study = answer("study", Status::Met, kVillage);
  study.present = 3;
  EXPECT_EQ(code_of(study, village), "field_bad");
  study.present.reset();
  study.items = {problem(kVillage, today)};
  EXPECT_EQ(code_of(study, village), "field_bad");
  study.items.clear();
  study.text = std::string("a\0b", 3);
  study.text.append(kTextCharsMax, 'a');
  EXPECT_EQ(code_of(study, village), "text_too_long");
  AnswerRequirement exempt = answer("study", Status::Exempt, kVillage);
  exempt.sha256 = Hash{};
  EXPECT_EQ(code_of(exempt, above), "field_bad");
}

// What was held says nothing of what anybody has met, whatever it was held for.
TEST_F(DecideProgramme, AnActivityMeetsNothing) {
  RecordActivity held;
  held.programme = "education";
  held.requirement = "meeting";
  held.day = today;
  held.units = {kCounty, kVillage, kSecond};
  held.people = 120;
  const std::uint64_t changes = requirement("meeting").changes;
  EXPECT_EQ(code_of(held, county), "");
  EXPECT_EQ(status("meeting", kCounty), Status::Open);
  EXPECT_EQ(requirement("meeting").changes, changes);
  EXPECT_EQ(requirement("meeting").coverage.counts({0, 6}).covered(), 0U);
  ASSERT_EQ(state.activities.size(), 1U) << "one record, however many units";
  EXPECT_EQ(state.activities.at(0).units.size(), 3U);
}

TEST_F(DecideProgramme, AnActivityIsOfUnitsThatThePostIsOver) {
  RecordActivity held;
  held.programme = "education";
  held.day = today;
  held.units = {kVillage, kCounty};
  EXPECT_EQ(code_of(held, village), "not_permitted");
  EXPECT_EQ(code_of(held, above), "not_permitted");
  held.units = {kVillage};
  EXPECT_EQ(code_of(held, village), "");
  held.day = Day{today.number + 1};
  EXPECT_EQ(code_of(held, village), "occurred_in_future");
  held.day = day("2019-05-31");
  EXPECT_EQ(code_of(held, village), "field_bad");
  held.day = today;
  held.people = 0;
  EXPECT_EQ(code_of(held, village), "field_bad");
  held.people.reset();
  held.units = {kVillage, kVillage};
  EXPECT_EQ(code_of(held, village), "unit_twice");
  held.units = {UnitId{99}};
  EXPECT_EQ(code_of(held, village), "unit_unknown");
  held.units = {};
  EXPECT_EQ(code_of(held, village), "field_required");
  held.units = {kVillage};
  held.requirement = "none";
  EXPECT_EQ(code_of(held, village), "requirement_unknown");
  held.requirement.reset();
  held.programme = "none";
  EXPECT_EQ(code_of(held, village), "programme_unknown");
}

TEST_F(DecideProgramme, WhatAnActivityFoundWasOpenedThereSinceThatDay) {
  RecordActivity held;
  held.programme = "education";
  held.sort = ActivitySort::Visit;
  held.day = today;
  held.units = {kVillage};
  const auto code_with = [&](std::vector<ItemNo> found) {
    held.items = std::move(found);
    return code_of(held, county);
  };
  const ItemNo gap = problem(kVillage, today);
  EXPECT_EQ(code_with({gap, gap}), "item_twice");
  EXPECT_EQ(code_with({ItemNo{7}}), "item_unknown");
  EXPECT_EQ(code_with({problem(kSecond, today)}), "gap_elsewhere");
  EXPECT_EQ(code_with({problem(kVillage, Day{today.number - 1})}), "gap_elsewhere");
  EXPECT_EQ(code_with({gap}), "");
}

TEST_F(DecideProgramme, ASealIsOfTheCoverageAsItIs) {
  SealCoverage seal{"education", "study", SealReason::Adoption, 0, 9, Hash{}};
  EXPECT_EQ(code_of(seal, above), "not_permitted");
  EXPECT_EQ(code_of(answer("study", Status::Met, kVillage), village), "");
  EXPECT_EQ(code_of(seal, AccountId{}), "coverage_moved");
  seal.changes = requirement("study").changes;
  EXPECT_EQ(code_of(seal, AccountId{}), "");
  ASSERT_EQ(requirement("study").seals.size(), 1U);
  EXPECT_EQ(requirement("study").seals[0].day, today);
  EXPECT_EQ(requirement("study").sealed_changes, seal.changes);
  seal.requirement = "none";
  EXPECT_EQ(code_of(seal, AccountId{}), "requirement_unknown");
}

}  // namespace
}  // namespace tz::ledger
