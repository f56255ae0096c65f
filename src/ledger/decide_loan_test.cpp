// Loans of a fund: who may decide what, and that never more is promised or paid than is there,
// however steps come one after another.
#include "ledger/decide_loan.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "ledger/fund_fold.h"
#include "ledger/small_flow_test.h"

namespace tz::ledger {
namespace {

constexpr Day kToday{18'147};
constexpr std::int64_t kYuan = 100;

// 0 county, 1 township of it, 2 village of that, 3 another township.
std::shared_ptr<const OrgTree> small_tree() {
  const auto row = [](const char* code, std::uint32_t parent, UnitKind kind) {
    return UnitRow{code, code, UnitId{parent}, kind, false, Day{1}, {}};
  };
  auto tree = std::make_shared<OrgTree>();
  tree->add_units(
      std::vector<UnitRow>{row("0", 0, UnitKind::County), row("1", 0, UnitKind::Township),
                           row("2", 1, UnitKind::Village), row("3", 0, UnitKind::Township)});
  return tree;
}

Transition step(std::string id, std::uint16_t from, std::uint16_t to, Act act, Role role,
                std::vector<Guard> guards = {}) {
  Transition out = move(std::move(id), {from}, to, act, std::move(guards));
  out.who = {{role, Relation::Scope}};
  out.stays = from == to;
  return out;
}

enum : std::uint16_t { kApplied, kChecked, kApproved, kPaid, kSettled, kRefused };

Flow small_flow() {
  Flow flow;
  flow.kind = "loan";
  flow.totals = TotalsAudience::Scope;
  flow.states = {{"applied", {}, Phase::Listed},    {"checked", {}, Phase::Checking},
                 {"approved", {}, Phase::Assigned}, {"paid", {}, Phase::Working},
                 {"settled", {}, Phase::Closed},    {"refused", {}, Phase::Dropped}};
  flow.opened_by = {{Role::Recorder, Relation::Scope}};
  flow.opening_required = {"fund", "amount", "household", "episode"};
  flow.sources = {"household"};
  flow.outcomes = {{"repaid", {}}};
  const Guard independent{GuardKind::Independent, 0};
  flow.transitions = {step("check", kApplied, kChecked, Act::Review, Role::Verifier, {independent}),
                      step("approve", kChecked, kApproved, Act::Commit, Role::Supervisor),
                      step("approve_small", kApplied, kApproved, Act::Commit, Role::Supervisor),
                      step("approve_again", kApproved, kApproved, Act::Commit, Role::Supervisor),
                      step("pay", kApproved, kPaid, Act::Pay, Role::Recorder),
                      step("pay_at_once", kChecked, kPaid, Act::Pay, Role::Recorder),
                      step("check_after", kPaid, kPaid, Act::Review, Role::Verifier, {independent}),
                      step("repay", kPaid, kPaid, Act::Repay, Role::Recorder),
                      step("extend", kPaid, kPaid, Act::Extend, Role::Supervisor),
                      step("write_off", kPaid, kPaid, Act::WriteOff, Role::Supervisor),
                      step("settle", kPaid, kSettled, Act::Close, Role::Supervisor),
                      step("drop", kApplied, kRefused, Act::Move, Role::Supervisor),
                      step("refuse", kApproved, kRefused, Act::Move, Role::Supervisor),
                      step("give_up", kPaid, kRefused, Act::Move, Role::Supervisor)};
  for (Transition& one : flow.transitions)
    if (one.act == Act::Close) one.outcomes = {0};
  return flow;
}

Result<Flow> read_small(std::string_view) { return small_flow(); }

std::shared_ptr<const Policy> small_policy() {
  auto policy = std::make_shared<Policy>();
  const auto give = [&](Right right, About about, std::vector<Role> roles) {
    PolicyRow& row = policy->of(right);
    row.about = about;
    row.admits = Admits::Posts;
    row.by_flow = about == About::Item && right != Right::ItemRead;
    for (const Role role : roles) row.who[static_cast<std::size_t>(role)] = {Relation::Scope};
  };
  const std::vector<Role> all = {Role::Recorder, Role::Verifier, Role::Supervisor};
  for (const Right right : {Right::StepCommit, Right::StepClose, Right::StepExtend,
                            Right::StepWriteOff, Right::StepMove})
    give(right, About::Item, {Role::Supervisor});
  for (const Right right : {Right::StepPay, Right::StepRepay})
    give(right, About::Item, {Role::Recorder});
  give(Right::StepReview, About::Item, {Role::Verifier});
  give(Right::ItemRead, About::Item, all);
  give(Right::FundOpen, About::Unit, {Role::Supervisor});
  give(Right::FundKeep, About::Unit, {Role::Supervisor});
  give(Right::ItemOpen, About::Unit, {Role::Recorder});
  policy->of(Right::ItemOpen).by_flow = true;
  return policy;
}

enum Person : std::uint64_t {
  kClerk = 1,  // records in the village
  kChecker,    // verifies there, bound to secrecy
  kOther,      // verifies there, not bound
  kTownship,   // supervises the township
  kCounty,     // supervises the county, where the fund is
  kCashier,    // records in the county
  kAlone,      // verifies, supervises and records in the county
  kPersonCount,
};

class Loans : public testing::Test {
 protected:
  Loans() {
    state.tree = small_tree();
    state.policy = small_policy();
    take(FlowAdopted{"loan", 1, ""}, {}, {});
    for (std::uint64_t id = kClerk; id < kPersonCount; ++id)
      take(AccountOpened{AccountId{id}}, {}, {});
    post(kClerk, 2, Role::Recorder);
    post(kChecker, 2, Role::Verifier);
    post(kOther, 2, Role::Verifier);
    post(kTownship, 1, Role::Supervisor);
    post(kCounty, 0, Role::Supervisor);
    post(kCashier, 0, Role::Recorder);
    post(kAlone, 0, Role::Verifier);
    post(kAlone, 0, Role::Supervisor);
    post(kAlone, 0, Role::Recorder);
    EXPECT_EQ(ask(kCounty, opening()), "ok");
    EXPECT_EQ(ask(kCounty, BindCheckers{"relief", {PostId{2}, PostId{7}}}), "ok");
    EXPECT_EQ(ask(kCounty, BookMoney{"relief", EntrySort::Capital, 100'000 * kYuan, "文件"}), "ok");
  }

  static OpenFund opening() {
    OpenFund out;
    out.fund = "relief";
    out.unit = UnitId{0};
    out.title_zh = "大病救急周转金";
    out.title_en = "Relief fund";
    out.rules = {30'000 * kYuan, 3'000 * kYuan, 365, 180, 1, "县政办发〔2019〕1号"};
    out.key = std::string(64, 'a');
    return out;
  }
  void post(std::uint64_t account, std::uint32_t unit, Role role) {
    take(
        PostGranted{
            PostId{state.posts.size() + 1}, AccountId{account}, UnitId{unit}, role, Day{1}, {}},
        {}, {});
  }

  void take(const Event& event, std::optional<ItemNo> no, PostId actor) {
    const Instant at = start_of(today, Zone{});
    const Mark mark{Seq{++records}, at, actor, 0, {}};
    if (const auto* opened = std::get_if<ItemOpened>(&event)) {
      items[*no] = open(state, *opened, mark);
    } else if (no) {
      ASSERT_TRUE(possible_booking(state, *no, event));
      apply(items.at(*no), state, event, mark);
      book(state, *no, event, mark);
    } else {
      apply(state, event, {at, mark.seq}, {read_small});
    }
  }
  Result<Decision> decided(std::uint64_t account, const Command& command) {
    return decide({state,
                   [this](ItemNo no) -> const Item* {
                     const auto found = items.find(no);
                     return found == items.end() ? nullptr : &found->second;
                   },
                   {AccountId{account}, {}},
                   start_of(today, Zone{})},
                  command);
  }
  // "ok", or the refusal's code.
  std::string ask(std::uint64_t account, const Command& command) {
    const auto decision = decided(account, command);
    if (!decision.ok()) return decision.error().code;
    for (const EventDraft& draft : decision->events) take(draft.event, draft.item, decision->post);
    return "ok";
  }
  OpenItem application(std::uint64_t no, std::int64_t fen, const char* household = "户1",
                       const char* episode = "住院1") const {
    OpenItem out;
    out.no = ItemNo{no};
    out.kind = "loan";
    out.place = UnitId{2};
    out.source = "household";
    out.title = "借款";
    AskedLoan loan;
    loan.fund = "relief";
    loan.fen = fen;
    loan.household = household;
    loan.episode = episode;
    loan.marks = loan_marks(as_bytes("key"), household, episode);
    out.loan = loan;
    return out;
  }
  std::string act(std::uint64_t account, std::uint64_t no, const char* transition,
                  ActionInput input = {}) {
    const auto found = items.find(ItemNo{no});
    const std::optional<Seq> seen =
        found == items.end() ? std::nullopt : std::optional<Seq>(found->second.last);
    return ask(account, TakeAction{ItemNo{no}, seen, transition, std::move(input)});
  }
  std::string approve(std::uint64_t account, std::uint64_t no, std::int64_t fen,
                      const char* transition = "approve", std::int32_t days = 100) {
    ActionInput input;
    input.amount = fen;
    input.due = Day{today.number + days};
    return act(account, no, transition, input);
  }
  std::string repay(std::uint64_t no, std::int64_t fen) {
    ActionInput input;
    input.amount = fen;
    return act(kCashier, no, "repay", input);
  }
  std::string with_reason(std::uint64_t account, std::uint64_t no, const char* transition,
                          std::int32_t days = 0) {
    ActionInput input;
    input.reason = "因故";
    if (days != 0) input.due = Day{today.number + days};
    return act(account, no, transition, input);
  }
  // Asked for, checked and approved.
  void approved(std::uint64_t no, std::int64_t fen, const char* household) {
    ASSERT_EQ(ask(kClerk, application(no, fen, household)), "ok");
    ASSERT_EQ(act(kChecker, no, "check"), "ok");
    ASSERT_EQ(approve(kCounty, no, fen), "ok");
  }
  [[nodiscard]] const Fund& fund() const { return *state.fund("relief"); }

  State state;
  std::map<ItemNo, Item> items;
  Day today = kToday;
  std::uint64_t records = 0;
};

TEST_F(Loans, AFundIsOpenedOnceByRulesThatMakeSense) {
  EXPECT_EQ(ask(kCounty, opening()), "fund_open_already");
  EXPECT_EQ(ask(kClerk, opening()), "not_permitted");
  OpenFund second = opening();
  second.fund = "Second";
  EXPECT_EQ(ask(kCounty, second), "code_bad");
  second.fund = "second";
  second.rules.small_fen = second.rules.cap_fen + 1;
  EXPECT_EQ(ask(kCounty, second), "field_bad");
  second.rules.small_fen = 0;
  second.rules.basis = "";
  EXPECT_EQ(ask(kCounty, second), "field_required");
  second.rules.basis = "文件";
  EXPECT_EQ(ask(kCounty, second), "ok");
}

TEST_F(Loans, MoneyComesWithADocumentAndGoesBackOnlyWhereItIsFree) {
  EXPECT_EQ(ask(kCounty, BookMoney{"relief", EntrySort::Income, 100, ""}), "field_required");
  EXPECT_EQ(ask(kCounty, BookMoney{"none", EntrySort::Income, 100, "x"}), "fund_unknown");
  EXPECT_EQ(ask(kCounty, BookMoney{"relief", EntrySort::Paid, 100, "x"}), "field_bad");
  EXPECT_EQ(ask(kCounty, BookMoney{"relief", EntrySort::Income, 0, "x"}), "field_bad");
  EXPECT_EQ(ask(kTownship, BookMoney{"relief", EntrySort::Income, 100, "x"}), "not_permitted");
  approved(1, 30'000 * kYuan, "户1");
  const BookMoney back{"relief", EntrySort::Returned, 70'000 * kYuan + 1, "x"};
  EXPECT_EQ(ask(kCounty, back), "fund_short");
  EXPECT_EQ(ask(kCounty, BookMoney{"relief", EntrySort::Returned, 70'000 * kYuan, "x"}), "ok");
  EXPECT_EQ(fund().accounts.available(), 0);
}

TEST_F(Loans, OnlyVerifiersAreBoundToCheck) {
  EXPECT_EQ(ask(kCounty, BindCheckers{"relief", {PostId{1}}}), "post_unknown");
  EXPECT_EQ(ask(kCounty, BindCheckers{"relief", {PostId{2}, PostId{2}}}), "field_bad");
  EXPECT_EQ(ask(kCounty, BindCheckers{"relief", {PostId{7}, PostId{2}}}), "nothing_to_do");
}

TEST_F(Loans, AreAskedForOncePerHouseholdAndEpisode) {
  EXPECT_EQ(ask(kClerk, application(1, 30'000 * kYuan + 1)), "loan_over_cap");
  OpenItem unmarked = application(1, 100);
  unmarked.loan->marks.reset();
  EXPECT_EQ(ask(kClerk, unmarked), "loan_marks_missing");
  OpenItem nowhere = application(1, 100);
  nowhere.loan->fund = "none";
  EXPECT_EQ(ask(kClerk, nowhere), "fund_unknown");
  EXPECT_EQ(ask(kClerk, application(1, 100)), "ok");
  EXPECT_EQ(ask(kClerk, application(2, 100)), "loan_open_already");
  EXPECT_EQ(ask(kClerk, application(2, 100, "户1", "住院2")), "ok");
  EXPECT_EQ(ask(kClerk, application(3, 100, "户2")), "ok");
}

TEST_F(Loans, AreAskedForOnceWhateverTheFund) {
  OpenFund second = opening();
  second.fund = "second";
  const auto opened = decided(kCounty, second);
  ASSERT_TRUE(opened.ok());
  // The first fund has the key of all marks.
  EXPECT_TRUE(opened->events[0].texts.empty());
  ASSERT_EQ(ask(kCounty, second), "ok");
  ASSERT_EQ(ask(kClerk, application(1, 100)), "ok");
  OpenItem other = application(2, 100);
  other.loan->fund = "second";
  EXPECT_EQ(ask(kClerk, other), "loan_open_already");
  other = application(2, 100, "户1", "住院2");
  other.loan->fund = "second";
  EXPECT_EQ(ask(kClerk, other), "ok");
  EXPECT_EQ(with_reason(kCounty, 1, "drop"), "ok");
  other = application(3, 100);
  other.loan->fund = "second";
  EXPECT_EQ(ask(kClerk, other), "ok");
}

TEST_F(Loans, AreCheckedByWhoIsBoundToSecrecy) {
  ASSERT_EQ(ask(kClerk, application(1, 10'000 * kYuan)), "ok");
  EXPECT_EQ(act(kOther, 1, "check"), "loan_checker_unbound");
  EXPECT_EQ(act(kChecker, 1, "check"), "ok");
}

TEST_F(Loans, OneWhoChecksApprovesAndPaysNothing) {
  ASSERT_EQ(ask(kClerk, application(1, 10'000 * kYuan)), "ok");
  ASSERT_EQ(act(kAlone, 1, "check"), "ok");
  EXPECT_EQ(approve(kAlone, 1, 100), "loan_same_person");
  ASSERT_EQ(approve(kCounty, 1, 100), "ok");
  EXPECT_EQ(act(kAlone, 1, "pay"), "loan_same_person");
  ASSERT_EQ(ask(kClerk, application(2, 10'000 * kYuan, "户2")), "ok");
  ASSERT_EQ(act(kChecker, 2, "check"), "ok");
  ASSERT_EQ(approve(kAlone, 2, 100), "ok");
  EXPECT_EQ(act(kAlone, 2, "pay"), "loan_same_person");
  EXPECT_EQ(act(kCashier, 2, "pay"), "ok");
}

TEST_F(Loans, AreApprovedByTheFundsUnitWithinItsRules) {
  ASSERT_EQ(ask(kClerk, application(1, 10'000 * kYuan)), "ok");
  ASSERT_EQ(act(kChecker, 1, "check"), "ok");
  EXPECT_EQ(approve(kTownship, 1, 100), "loan_not_fund_unit");
  EXPECT_EQ(approve(kCounty, 1, 10'000 * kYuan + 1), "loan_over_asked");
  EXPECT_EQ(approve(kCounty, 1, 100, "approve", 366), "loan_term_over");
  EXPECT_EQ(approve(kCounty, 1, 100, "approve", -1), "due_in_past");
  EXPECT_EQ(act(kCounty, 1, "approve"), "field_required");
  EXPECT_EQ(approve(kCounty, 1, 10'000 * kYuan), "ok");
  EXPECT_EQ(fund().accounts.committed, 10'000 * kYuan);
}

TEST_F(Loans, KeepToTheCapOfAHouseholdInAll) {
  ASSERT_EQ(ask(kClerk, application(1, 20'000 * kYuan)), "ok");
  ASSERT_EQ(ask(kClerk, application(2, 20'000 * kYuan, "户1", "住院2")), "ok");
  for (const std::uint64_t no : {1U, 2U}) ASSERT_EQ(act(kChecker, no, "check"), "ok");
  ASSERT_EQ(approve(kCounty, 1, 20'000 * kYuan), "ok");
  EXPECT_EQ(approve(kCounty, 2, 10'000 * kYuan + 1), "loan_over_cap");
  EXPECT_EQ(approve(kCounty, 2, 10'000 * kYuan), "ok");
}

TEST_F(Loans, NoMoreIsPromisedThanIsThere) {
  for (std::uint64_t no = 1; no <= 3; ++no)
    approved(no, 30'000 * kYuan, std::to_string(no).c_str());
  ASSERT_EQ(ask(kClerk, application(4, 30'000 * kYuan, "户4")), "ok");
  ASSERT_EQ(act(kChecker, 4, "check"), "ok");
  EXPECT_EQ(approve(kCounty, 4, 10'000 * kYuan + 1), "fund_short");
  EXPECT_EQ(with_reason(kCounty, 3, "refuse"), "ok");
  EXPECT_EQ(fund().accounts.committed, 60'000 * kYuan);
  EXPECT_EQ(approve(kCounty, 4, 30'000 * kYuan), "ok");
}

TEST_F(Loans, ASmallAmountIsPaidFirstAndCheckedAfterByOthers) {
  ASSERT_EQ(ask(kClerk, application(1, 10'000 * kYuan)), "ok");
  EXPECT_EQ(approve(kTownship, 1, 3'000 * kYuan + 1, "approve_small"), "loan_unchecked");
  ASSERT_EQ(approve(kAlone, 1, 3'000 * kYuan, "approve_small"), "ok");
  ASSERT_EQ(act(kCashier, 1, "pay"), "ok");
  EXPECT_EQ(act(kAlone, 1, "check_after"), "loan_same_person");
  EXPECT_EQ(act(kChecker, 1, "check_after"), "ok");
}

// A flow file may offer these steps; the fund's book takes neither of them.
TEST_F(Loans, ArePromisedOnceAndPaidOnlyWhenPromised) {
  ASSERT_EQ(ask(kClerk, application(1, 10'000 * kYuan)), "ok");
  ASSERT_EQ(act(kChecker, 1, "check"), "ok");
  EXPECT_EQ(act(kCashier, 1, "pay_at_once"), "loan_not_approved");
  ASSERT_EQ(approve(kCounty, 1, 1'000), "ok");
  EXPECT_EQ(approve(kCounty, 1, 1'000, "approve_again"), "loan_approved_already");
  EXPECT_EQ(fund().accounts.committed, 1'000);
}

TEST_F(Loans, AreForPlacesBelowTheFundsUnit) {
  OpenFund township = opening();
  township.fund = "second";
  township.unit = UnitId{1};
  ASSERT_EQ(ask(kCounty, township), "ok");
  OpenItem outside = application(1, 100);
  outside.loan->fund = "second";
  outside.place = UnitId{3};
  EXPECT_EQ(ask(kCashier, outside), "fund_not_there");
  outside.place = UnitId{1};
  EXPECT_EQ(ask(kCashier, outside), "ok");
}

TEST_F(Loans, AreNotTakenInFromTables) {
  OpenItem row = application(1, 100);
  row.loan.reset();
  row.import = 7;
  EXPECT_EQ(ask(kClerk, row), "loan_not_imported");
}

TEST_F(Loans, ComeBackInPartsAndEndWhenNothingIsOut) {
  approved(1, 1'000, "户1");
  EXPECT_EQ(act(kCashier, 1, "pay"), "ok");
  EXPECT_EQ(items.at(ItemNo{1}).due, Day(Day{today.number + 100}));
  EXPECT_EQ(repay(1, 1'001), "loan_over_repaid");
  EXPECT_EQ(repay(1, 400), "ok");
  EXPECT_EQ(act(kCounty, 1, "settle"), "loan_outstanding");
  EXPECT_EQ(with_reason(kCounty, 1, "give_up"), "loan_outstanding");
  EXPECT_EQ(repay(1, 600), "ok");
  EXPECT_EQ(with_reason(kCounty, 1, "extend", 200), "loan_not_out");
  EXPECT_EQ(ask(kClerk, application(2, 100)), "loan_open_already");
  EXPECT_EQ(act(kCounty, 1, "settle"), "ok");
  EXPECT_TRUE(fund().loan(ItemNo{1})->ended);
  EXPECT_EQ(ask(kClerk, application(2, 100)), "ok");
}

TEST_F(Loans, AreExtendedAsOftenAndAsLongAsTheRulesSay) {
  approved(1, 1'000, "户1");
  EXPECT_EQ(act(kCashier, 1, "pay"), "ok");
  EXPECT_EQ(with_reason(kTownship, 1, "extend", 200), "loan_not_fund_unit");
  EXPECT_EQ(with_reason(kCounty, 1, "extend", 281), "due_over_cap");
  EXPECT_EQ(with_reason(kCounty, 1, "extend", 200), "ok");
  EXPECT_EQ(fund().loan(ItemNo{1})->due, Day(Day{today.number + 200}));
  EXPECT_EQ(with_reason(kCounty, 1, "extend", 210), "loan_extensions_used");
}

TEST_F(Loans, AreWrittenOffOnlyOverdueAndNotByWhoPaid) {
  approved(1, 1'000, "户1");
  EXPECT_EQ(act(kAlone, 1, "pay"), "ok");
  EXPECT_EQ(with_reason(kCounty, 1, "write_off"), "loan_not_overdue");
  today.number += 101;
  EXPECT_EQ(with_reason(kTownship, 1, "write_off"), "loan_not_fund_unit");
  EXPECT_EQ(with_reason(kAlone, 1, "write_off"), "loan_same_person");
  EXPECT_EQ(with_reason(kCounty, 1, "write_off"), "ok");
  EXPECT_EQ(fund().accounts.write_offs, 1'000);
  EXPECT_EQ(fund().accounts.cash, 100'000 * kYuan - 1'000);
  EXPECT_EQ(act(kCounty, 1, "settle"), "ok");
}

TEST_F(Loans, WhatComesBackOfOneThatIsOverSaysOfWhich) {
  approved(1, 1'000, "户1");
  BookMoney back{"relief", EntrySort::Income, 100, "凭证", ItemNo{1}};
  EXPECT_EQ(ask(kCounty, back), "field_bad");
  ASSERT_EQ(act(kCashier, 1, "pay"), "ok");
  EXPECT_EQ(ask(kCounty, back), "field_bad");
  ASSERT_EQ(repay(1, 1'000), "ok");
  EXPECT_EQ(ask(kCounty, back), "ok");
  back.sort = EntrySort::Capital;
  EXPECT_EQ(ask(kCounty, back), "field_bad");
  back.sort = EntrySort::Income;
  back.loan = ItemNo{2};
  EXPECT_EQ(ask(kCounty, back), "field_bad");
}

TEST_F(Loans, WhatNobodyFoundTrueIsNotExtended) {
  ASSERT_EQ(ask(kClerk, application(1, 1'000)), "ok");
  ASSERT_EQ(approve(kTownship, 1, 1'000, "approve_small"), "ok");
  ASSERT_EQ(act(kCashier, 1, "pay"), "ok");
  EXPECT_EQ(with_reason(kCounty, 1, "extend", 200), "loan_not_checked");
  ASSERT_EQ(act(kChecker, 1, "check_after"), "ok");
  EXPECT_EQ(with_reason(kCounty, 1, "extend", 200), "ok");
}

TEST_F(Loans, AFlowThatLendsKeepsItsPromises) {
  Flow flow = small_flow();
  EXPECT_EQ(shown(flow), "");
  flow.totals = TotalsAudience::Public;
  EXPECT_EQ(shown(flow), "flow_loan_unprotected@loan ");
  flow = small_flow();
  flow.opening_required = {"fund", "amount", "household"};
  EXPECT_EQ(shown(flow), "flow_loan_incomplete@loan ");
  flow.opening_required = {};
  EXPECT_NE(shown(flow).find("flow_loan_without_fund@approve "), std::string::npos);
}

TEST_F(Loans, AFlowThatLendsPublishesNothingAndBeginsNothingAgain) {
  const auto with = [](Act act) {
    Flow flow = small_flow();
    flow.transitions[0].act = act;
    return shown(flow);
  };
  EXPECT_NE(with(Act::Publicise).find("flow_loan_unprotected@check "), std::string::npos);
  for (const Act act : {Act::Merge, Act::Link, Act::Split, Act::Reopen, Act::LookBack, Act::Judge})
    EXPECT_NE(with(act).find("flow_loan_begins_again@check "), std::string::npos);
}

// What the events say, summed anew each time.
struct Twin {
  std::vector<std::pair<ItemNo, LoanBooked>> booked;
  std::int64_t capital = 100'000 * kYuan;

  [[nodiscard]] std::int64_t sum(EntrySort sort) const {
    std::int64_t out = 0;
    for (const auto& [item, one] : booked) out += one.sort == sort ? one.fen : 0;
    return out;
  }
  [[nodiscard]] std::int64_t balance() const {
    return capital + sum(EntrySort::Repaid) - sum(EntrySort::Paid);
  }
  [[nodiscard]] std::int64_t committed() const {
    return sum(EntrySort::Committed) - sum(EntrySort::Released) - sum(EntrySort::Paid);
  }
};

// Any person tries any step on any loan, in any order.
TEST_F(Loans, NeverHaveMoreOutThanTheFundHas) {
  std::mt19937_64 random(20'190'917);
  const auto below = [&](std::uint64_t count) { return random() % count; };
  const std::vector<Transition> steps = small_flow().transitions;
  Twin twin;
  std::map<std::string, int> codes;
  for (int round = 0; round < 30'000; ++round) {
    if (below(50) == 0) today.number += static_cast<std::int32_t>(below(30));
    const std::uint64_t no = 1 + below(60 + static_cast<std::uint64_t>(round) / 50);
    const std::uint64_t account = 1 + below(kPersonCount - 1);
    Command command = application(no, 1 + static_cast<std::int64_t>(below(30'000)) * kYuan,
                                  std::to_string(no % 7).c_str(), std::to_string(no).c_str());
    if (const auto found = items.find(ItemNo{no}); found != items.end()) {
      ActionInput input;
      input.amount = 1 + static_cast<std::int64_t>(below(30'000)) * kYuan;
      input.due = Day{today.number + static_cast<std::int32_t>(below(300))};
      input.reason = "因故";
      input.undone_reason = UndoneReason::OwnerSlow;
      command = TakeAction{ItemNo{no}, found->second.last, steps[below(steps.size())].id, input};
    }
    const auto decision = decided(account, command);
    ++codes[decision.ok() ? "ok" : decision.error().code];
    if (!decision.ok()) continue;
    for (const EventDraft& draft : decision->events) {
      take(draft.event, draft.item, decision->post);
      if (const auto* one = std::get_if<LoanBooked>(&draft.event))
        twin.booked.emplace_back(*draft.item, *one);
    }
    ASSERT_EQ(fund().accounts.cash, twin.balance());
    ASSERT_EQ(fund().accounts.committed, twin.committed());
    ASSERT_GE(twin.committed(), 0);
    ASSERT_GE(twin.balance(), twin.committed());
    std::map<Hash, std::int64_t> held;
    for (const Loan* one : fund().loans()) {
      ASSERT_GE(one->outstanding(), 0);
      held[one->marks.household] += one->outstanding() + one->committed;
    }
    for (const auto& [household, fen] : held) ASSERT_LE(fen, fund().rules.cap_fen);
  }
  for (const char* code :
       {"ok", "fund_short", "loan_over_cap", "loan_same_person", "loan_over_repaid",
        "loan_outstanding", "loan_not_fund_unit", "loan_approved_already", "loan_not_approved"})
    EXPECT_GT(codes[code], 0) << code;
}

}  // namespace
}  // namespace tz::ledger
