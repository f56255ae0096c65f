// The words of the policy file, and where a policy contradicts itself.
#include "ledger/policy.h"

#include <algorithm>

#include "ledger/enum_names.h"

namespace tz::ledger {
namespace {

// Each table has its enumerators' names in their order.
constexpr std::array<std::string_view, kRightCount> kRights = {
    "account.mend",
    "account.open",
    "account.own",
    "acting.grant",
    "activity.record",
    "audit.read",
    "ballot.read",
    "ballot.record",
    "budget.adopt",
    "calendar.follow",
    "clock.act",
    "coverage.answer",
    "coverage.exempt",
    "coverage.judge",
    "coverage.seal",
    "dispute.answer",
    "dispute.confirm",
    "dispute.read",
    "dispute.record",
    "duties.adopt",
    "evidence.keep",
    "figures.publish",
    "flow.adopt",
    "fund.figures",
    "fund.keep",
    "fund.open",
    "fund.read",
    "handling.read",
    "handling.record",
    "handover.mend",
    "handover.own",
    "health.read",
    "household.code",
    "household.follow",
    "import.adopt",
    "item.correct",
    "item.correct_closed",
    "item.list",
    "item.move",
    "item.open",
    "item.read",
    "item.redact",
    "journal.read",
    "kind.read",
    "ledger.read",
    "log.read",
    "page.read",
    "post.end",
    "post.grant",
    "post.read",
    "programme.adopt",
    "programme.read",
    "receiving_key.set",
    "reporter.read",
    "request.follow",
    "request.open",
    "roster.publish",
    "roster.read",
    "scheme.open",
    "scheme.read",
    "search.read",
    "service.adopt",
    "service.read",
    "session.open",
    "step.abstract",
    "step.actuals",
    "step.add_source",
    "step.agree_opening",
    "step.approve",
    "step.ask_closing",
    "step.ask_many",
    "step.ask_opening",
    "step.assess",
    "step.assign",
    "step.ballot",
    "step.call_in",
    "step.change",
    "step.check",
    "step.close",
    "step.commit",
    "step.contribute",
    "step.extend",
    "step.hand_out",
    "step.judge",
    "step.link",
    "step.look_back",
    "step.merge",
    "step.move",
    "step.pay",
    "step.plan",
    "step.prolong",
    "step.publicise",
    "step.question",
    "step.recuse",
    "step.reopen",
    "step.repay",
    "step.report",
    "step.return",
    "step.review",
    "step.revise",
    "step.revoke",
    "step.sign",
    "step.split",
    "step.take",
    "step.write_off",
    "stream.read",
    "time_rules.adopt",
    "totals.read",
    "totals.scoped",
    "unit.change",
    "unit.read",
    "unit.register",
    "unit.succeed",
    "visit.record",
    "work.read",
    "work_group.mandate",
    "work_group.read",
};
constexpr std::array<std::string_view, 3> kAbouts = {"nothing", "unit", "item"};
constexpr std::array<std::string_view, kDutyCount> kDuties = {
    "took_part", "unit_took_part", "fixer", "supporter", "below", "accused"};

template <class Work>
void for_each_right(const Work& work) {
  for (std::size_t i = 0; i < kRightCount; ++i) work(static_cast<Right>(i));
}

// What a list shows is scanned for in rows, which know no more of an item than these.
constexpr Relations kInRows = {Relation::Scope, Relation::LeadScope, Relation::Recorder,
                               Relation::Mandate};

class Checking {
 public:
  explicit Checking(const Policy& policy) : policy_(policy) {}

  std::vector<PolicyFault> run() {
    for_each_right([&](Right right) { one(right, policy_.of(right)); });
    lists();
    return std::move(faults_);
  }

 private:
  void add(std::string code, Right right) {
    PolicyFault fault{std::move(code), right};
    if (std::find(faults_.begin(), faults_.end(), fault) == faults_.end())
      faults_.push_back(std::move(fault));
  }

  void one(Right right, const PolicyRow& row) {
    for (const Relations relations : row.who)
      if (!relations.within(relations_about(row.about))) add("policy_relation_misplaced", right);
    if (!row.never.empty() && row.about != About::Item) add("policy_duty_misplaced", right);
    if (row.shows && policy_.of(*row.shows).about != About::Item)
      add("policy_shows_no_item", right);
  }

  // A list shows nothing that may not be opened, and asks for nothing that a row does not tell.
  void lists() {
    const PolicyRow& list = policy_.of(Right::ItemList);
    const PolicyRow& read = policy_.of(Right::ItemRead);
    if (read.never != list.never) add("policy_list_beyond_read", Right::ItemList);
    for (std::size_t i = 0; i < kRoleCount; ++i) {
      const auto role = static_cast<Role>(i);
      if (!list.over(role).within(kInRows)) add("policy_list_not_in_rows", Right::ItemList);
      if (!list.over(role).within(read.over(role))) add("policy_list_beyond_read", Right::ItemList);
    }
  }

  const Policy& policy_;
  std::vector<PolicyFault> faults_;
};

}  // namespace

std::string_view to_text(Right right) { return name_in(kRights, right); }
std::optional<Right> right_named(std::string_view name) { return named_in<Right>(kRights, name); }

std::string_view to_text(About about) { return name_in(kAbouts, about); }
std::optional<About> about_named(std::string_view name) { return named_in<About>(kAbouts, name); }

std::string_view to_text(Duty duty) { return name_in(kDuties, duty); }
std::optional<Duty> duty_named(std::string_view name) { return named_in<Duty>(kDuties, name); }

Right right_of(Act act) {
  // In the order of the acts.
  static constexpr std::array<Right, 42> kSteps = {
      Right::StepMove,       Right::StepAssign,     Right::StepPlan,         Right::StepReport,
      Right::StepReview,     Right::StepCheck,      Right::StepReturn,       Right::StepPublicise,
      Right::StepClose,      Right::StepReopen,     Right::StepJudge,        Right::StepMerge,
      Right::StepExtend,     Right::StepRevise,     Right::StepQuestion,     Right::StepAbstract,
      Right::StepApprove,    Right::StepAskOpening, Right::StepAgreeOpening, Right::StepHandOut,
      Right::StepProlong,    Right::StepContribute, Right::StepCallIn,       Right::StepAssess,
      Right::StepSplit,      Right::StepAddSource,  Right::StepLink,         Right::StepLookBack,
      Right::StepAskClosing, Right::StepRecuse,     Right::StepCommit,       Right::StepPay,
      Right::StepRepay,      Right::StepWriteOff,   Right::StepBallot,       Right::StepActuals,
      Right::StepChange,     Right::StepSign,       Right::StepRevoke,       Right::StepAskMany,
      Right::StepAskMany,    Right::StepJudge};
  const auto index = static_cast<std::size_t>(act);
  TZ_ASSERT(index < kSteps.size());
  return kSteps[index];
}

Relations relations_about(About about) {
  switch (about) {
    case About::Nothing:
      return {Relation::Any};
    case About::Unit:
      return {Relation::Any, Relation::Scope, Relation::Subtree, Relation::Own, Relation::Mandate};
    case About::Item:
      return {Relation::Scope,     Relation::Fixer,   Relation::Named,
              Relation::Recorder,  Relation::Own,     Relation::Supporting,
              Relation::LeadScope, Relation::Subtree, Relation::Mandate};
  }
  return {};
}

std::string who_text(const PolicyRow& row) {
  std::string out;
  for (std::size_t i = 0; i < kRoleCount; ++i)
    for (int r = 0; r <= static_cast<int>(Relation::Any); ++r) {
      const auto relation = static_cast<Relation>(r);
      if (!row.who[i].has(relation)) continue;
      if (!out.empty()) out += ", ";
      out += std::string(to_text(static_cast<Role>(i))) + "/" + std::string(to_text(relation));
    }
  return out.empty() ? "-" : out;
}

std::vector<PolicyFault> check(const Policy& policy) { return Checking(policy).run(); }

}  // namespace tz::ledger
