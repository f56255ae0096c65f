// Deciding commands that are about no single item, and handing the rest to their noun.
#include "ledger/decide.h"

#include <algorithm>
#include <set>

#include "ledger/clock.h"
#include "ledger/decide_activity.h"
#include "ledger/decide_ballot.h"
#include "ledger/decide_dispute.h"
#include "ledger/decide_fund.h"
#include "ledger/decide_handling.h"
#include "ledger/decide_item.h"
#include "ledger/decide_post.h"
#include "ledger/decide_programme.h"
#include "ledger/decide_report.h"
#include "ledger/decide_resettlement.h"
#include "ledger/decide_units.h"
#include "ledger/decide_work_group.h"
#include "ledger/limit_check.h"

namespace tz::ledger {
namespace {

// What is about the whole ledger is about its root.
Result<PostId> administer(const Circumstances& at, Right right, UnitId unit = UnitId{0}) {
  return permitted(at, {right, nullptr, to_text(right)}, unit);
}

// Where a flow names somebody whom the policy does not let take that step, or open an item.
std::optional<Error> beyond_policy(const Policy& policy, const Flow& flow) {
  const auto beyond = [&](Right right, const std::vector<Who>& who) {
    return std::any_of(who.begin(), who.end(), [&](const Who& one) {
      return !policy.of(right).over(one.role).has(one.relation);
    });
  };
  if (beyond(Right::ItemOpen, flow.opened_by))
    return refusal("flow_who_beyond_policy", {{"at", "opened_by"}});
  for (const Transition& transition : flow.transitions)
    if (beyond(right_of(transition.act), transition.who))
      return refusal("flow_who_beyond_policy", {{"at", transition.id}});
  return std::nullopt;
}

struct Decider {
  const Circumstances& at;

  Result<Decision> operator()(const AdoptFlow& command) const {
    const PostId post = TZ_TRY(administer(at, Right::FlowAdopt));
    TZ_ASSERT(at.readers.flow != nullptr);
    const Flow flow = TZ_TRY(at.readers.flow(command.text));
    const std::vector<FlowFault> faults = check(flow);
    if (!faults.empty()) return refusal(faults.front().code, {{"at", faults.front().at}});
    if (auto error = beyond_policy(*at.state.policy, flow)) return *error;
    for (const FlowClock& clock : flow.clocks)
      if (!clock.rule.empty() && !at.state.time_rules->knows(clock.rule))
        return refusal("flow_limit_unknown", {{"at", clock.id}, {"limit", clock.rule}});
    const auto newest = at.state.flow_of(flow.kind);
    if (newest && at.state.flows[*newest]->version >= flow.version)
      return refusal("flow_version_old", {{"kind", flow.kind}});
    if (!newest && at.state.kinds.size() == kKindCountMax) return refusal("kinds_too_many");
    return Decision{post, {{FlowAdopted{flow.kind, flow.version, command.text}, {}, {}}}};
  }

  Result<Decision> operator()(const AdoptDuties& command) const {
    const PostId post = TZ_TRY(administer(at, Right::DutiesAdopt));
    TZ_TRY(DutyList::parse(command.text));
    return Decision{post, {{DutiesAdopted{command.text}, {}, {}}}};
  }

  Result<Decision> operator()(const AdoptBudget& command) const {
    const PostId post = TZ_TRY(administer(at, Right::BudgetAdopt));
    TZ_TRY(BurdenBudget::parse(command.text));
    return Decision{post, {{BudgetAdopted{command.text}, {}, {}}}};
  }

  Result<Decision> operator()(const SucceedUnit& command) const {
    const PostId post = TZ_TRY(administer(at, Right::UnitSucceed));
    const OrgTree& tree = *at.state.tree;
    const Day today = day_of(at.now, at.state.zone);
    const Facts which = {{"unit", std::string(tree.code(command.unit))},
                         {"successor", std::string(tree.code(command.successor))}};
    if (command.unit == command.successor || tree.to(command.successor))
      return refusal("succession_bad", which);
    // Nobody succeeds whom he was succeeded by, and each is succeeded once.
    for (const UnitId unit : {command.unit, command.successor}) {
      const auto of_unit = [&](const Succession& one) { return one.unit == unit; };
      if (std::any_of(at.state.successions.begin(), at.state.successions.end(), of_unit) ||
          !tree.history().successors(unit).empty())
        return refusal("succession_bad", which);
    }
    const Day from = command.from.value_or(today);
    if (from < today) return refusal("due_in_past", {{"day", to_text(from)}});
    return Decision{post, {{UnitSucceeded{command.unit, command.successor, from}, {}, {}}}};
  }

  Result<Decision> operator()(const RegisterUnits& command) const {
    return decide_registration(at, command);
  }
  Result<Decision> operator()(const ChangeUnits& command) const {
    return decide_changes(at, command);
  }

  Result<Decision> operator()(const OpenAccount& command) const {
    const PostId post = TZ_TRY(administer(at, Right::AccountOpen));
    if (command.account.value != at.state.accounts.size() + 1) return refusal("account_id_taken");
    Decision decision{post, {{AccountOpened{command.account}, {}, {}}}};
    std::vector<Role> roles;
    for (const auto& [unit, role] : command.posts) {
      if (auto error = ended_unit(at.state, unit, day_of(at.now, at.state.zone))) return *error;
      if (const auto clash = excluded(*at.state.policy, roles, role)) return *clash;
      roles.push_back(role);
      decision.events.push_back({grant(command.account, unit, role, roles.size()), {}, {}});
    }
    return decision;
  }

  Result<Decision> operator()(const GrantPost& command) const {
    const PostId post = TZ_TRY(administer(at, Right::PostGrant, command.unit));
    if (auto error = ended_unit(at.state, command.unit, day_of(at.now, at.state.zone)))
      return *error;
    if (command.account.value < 1 || command.account.value > at.state.accounts.size())
      return refusal("account_unknown");
    const auto roles = roles_from(at.state, command.account, day_of(at.now, at.state.zone));
    if (const auto clash = excluded(*at.state.policy, roles, command.role)) return *clash;
    return Decision{post, {{grant(command.account, command.unit, command.role, 1), {}, {}}}};
  }

  Result<Decision> operator()(const EndPost& command) const {
    const Post* ended = at.state.post(command.post);
    if (ended == nullptr) return refusal("post_unknown");
    const PostId post = TZ_TRY(administer(at, Right::PostEnd, ended->unit));
    const Day today = day_of(at.now, at.state.zone);
    if (ended->to && *ended->to < today) return refusal("post_ended");
    return Decision{post, {{PostEnded{command.post, today}, {}, {}}}};
  }

  Result<Decision> operator()(const AdoptProgramme& command) const {
    return decide_programme(at, command);
  }
  Result<Decision> operator()(const AnswerRequirement& command) const {
    return decide_requirement(at, command);
  }
  Result<Decision> operator()(const RecordActivity& command) const {
    return decide_activity(at, command);
  }
  Result<Decision> operator()(const AdoptCatalogue& command) const {
    return decide_catalogue(at, command);
  }
  Result<Decision> operator()(const RecordHandling& command) const {
    return decide_handling(at, command);
  }
  Result<Decision> operator()(const RecordDispute& command) const {
    return decide_dispute(at, command);
  }
  Result<Decision> operator()(const EndDispute& command) const {
    return decide_dispute_end(at, command);
  }
  Result<Decision> operator()(const AnswerDispute& command) const {
    return decide_party_answer(at, command);
  }
  Result<Decision> operator()(const EnterAnswer& command) const {
    return decide_party_paper(at, command);
  }
  Result<Decision> operator()(const SealCoverage& command) const {
    return decide_seal(at, command);
  }
  Result<Decision> operator()(const MandateWorkGroup& command) const {
    return decide_mandate(at, command);
  }
  Result<Decision> operator()(const ChangeMembers& command) const {
    return decide_members(at, command);
  }
  Result<Decision> operator()(const EndWorkGroup& command) const {
    return decide_group_end(at, command);
  }
  Result<Decision> operator()(const RecordVisit& command) const {
    return decide_visit(at, command);
  }
  Result<Decision> operator()(const OpenFund& command) const { return decide_fund(at, command); }
  Result<Decision> operator()(const BindCheckers& command) const {
    return decide_checkers(at, command);
  }
  Result<Decision> operator()(const BookMoney& command) const { return decide_money(at, command); }
  Result<Decision> operator()(const RecordBallot& command) const {
    return decide_ballot(at, command);
  }
  Result<Decision> operator()(const OpenScheme& command) const {
    return decide_scheme(at, command);
  }
  Result<Decision> operator()(const CloseRegister& command) const {
    return decide_register_end(at, command);
  }
  Result<Decision> operator()(const FreezeRoster& command) const {
    return decide_roster(at, command);
  }
  Result<Decision> operator()(const OpenSigning& command) const {
    return decide_signing(at, command);
  }
  Result<Decision> operator()(const PublishRoster& command) const {
    return decide_publication(at, command);
  }
  Result<Decision> operator()(const IssueQueryCode& command) const {
    return decide_code(at, command);
  }
  Result<Decision> operator()(const GrantActing& command) const {
    return decide_acting(at, command);
  }
  Result<Decision> operator()(const ProposeHandover& command) const {
    return decide_proposal(at, command);
  }
  Result<Decision> operator()(const ConfirmHandover& command) const {
    return decide_confirmation(at, command);
  }
  Result<Decision> operator()(const EndHandover& command) const {
    return decide_handover_end(at, command);
  }

  Result<Decision> operator()(const AdoptTimeRules& command) const {
    const PostId post = TZ_TRY(administer(at, Right::TimeRulesAdopt));
    Decision decision{post, {}};
    const TimeRules& before = *at.state.time_rules;
    if (command.calendar) {
      const Day known = day_of(at.now, at.state.zone);
      TZ_TRY(before.with_calendar(*command.calendar, known));
      decision.events.push_back({CalendarAdopted{known, *command.calendar}, {}, {}});
    }
    if (command.limits) {
      const TimeRules after = TZ_TRY(before.with_limits(*command.limits));
      TZ_TRY(after.keeps_limits(before));
      TZ_TRY(check_limits(*command.limits, at.state.flows, day_of(at.now, at.state.zone)));
      decision.events.push_back({LimitsAdopted{*command.limits}, {}, {}});
    }
    if (decision.events.empty()) return refusal("nothing_to_do");
    return decision;
  }

  Result<Decision> operator()(const AdoptImport& command) const {
    const PostId post = TZ_TRY(administer(at, Right::ImportAdopt));
    if (at.state.adopted_imports.contains(command.import)) return refusal("import_adopted");
    TZ_TRY(registers_open(at.state, command.schemes));
    return Decision{post, {{ImportAdopted{command.import, command.count}, {}, {}}}};
  }

  Result<Decision> operator()(const PublishFigures& command) const {
    const PostId post = TZ_TRY(administer(at, Right::FiguresPublish));
    const auto flow = at.state.flow_of(command.kind);
    if (!flow) return refusal("kind_unknown", {{"kind", command.kind}});
    const std::string month = month_text(command.month);
    if (at.state.flows[*flow]->totals != TotalsAudience::Scope)
      return refusal("figures_public_already", {{"kind", command.kind}});
    if (day_of(at.now, at.state.zone) < next_month(command.month))
      return refusal("figures_month_not_over", {{"month", month}});
    if (at.state.public_month(*at.state.kind_index(command.kind), command.month) != nullptr)
      return refusal("figures_published", {{"month", month}});
    TZ_ASSERT(command.month == first_of_month(command.month));
    Decision decision{post, {}};
    for (std::size_t i = 0; i == 0 || i < command.figures.size(); i += kUnitsPerRecord) {
      const std::size_t end = std::min(command.figures.size(), i + kUnitsPerRecord);
      FiguresPublished event{command.kind, command.month, {}};
      for (std::size_t k = i; k < end; ++k) {
        TZ_ASSERT(command.figures[k].received >= kPublicCountMin);
        TZ_ASSERT(command.figures[k].unit.value < at.state.tree->size());
        TZ_ASSERT(k == 0 || command.figures[k - 1].unit < command.figures[k].unit);
        event.figures.push_back(command.figures[k]);
      }
      decision.events.push_back({std::move(event), {}, {}});
    }
    return decision;
  }

  Result<Decision> operator()(const SetReceivingKey& command) const {
    TZ_ASSERT(command.unit.value < at.state.tree->size());
    const PostId post = TZ_TRY(administer(at, Right::ReceivingKeySet, command.unit));
    const Day today = day_of(at.now, at.state.zone);
    if (auto error = ended_unit(at.state, command.unit, today)) return *error;
    if (const ReceivingKeys* keys = at.state.receiving_keys.find(command.unit)) {
      const ReceivingKey* coming = keys->coming(today);
      // The key that holds, set again, calls off the one that is to come.
      const Hash& newest = coming == nullptr ? keys->on(today).key : coming->key;
      if (newest == command.key) return refusal("nothing_to_do");
    }
    return Decision{post, {{ReceivingKeySet{command.unit, command.key}, {}, {}}}};
  }

  Result<Decision> operator()(const AnswerQuestion& command) const {
    return decide_answer(at, command);
  }
  Result<Decision> operator()(const JudgeReport& command) const {
    return decide_verdict(at, command);
  }
  Result<Decision> operator()(const OpenItem& command) const { return decide_open(at, command); }
  Result<Decision> operator()(const ReceiveReport& command) const {
    return decide_report(at, command);
  }
  Result<Decision> operator()(const TakeAction& command) const {
    return decide_action(at, command);
  }
  Result<Decision> operator()(const TurnClock& command) const { return decide_turn(at, command); }
  Result<Decision> operator()(const CorrectItem& command) const {
    return decide_correct(at, command);
  }
  Result<Decision> operator()(const EraseItem& command) const { return decide_erase(at, command); }
  Result<Decision> operator()(const ReadReporter& command) const {
    return decide_reading(at, command);
  }
  Result<Decision> operator()(const RedactText& command) const {
    return decide_redact(at, command);
  }

 private:
  PostGranted grant(AccountId account, UnitId unit, Role role, std::size_t nth) const {
    return {PostId{at.state.posts.size() + nth}, account,     unit, role,
            day_of(at.now, at.state.zone),       std::nullopt};
  }
};

// Nothing in a demonstration is real, and nothing outside one is anything else.
Result<Origin> origin_of(const Circumstances& at) {
  const bool simulated = at.state.genesis.simulated;
  const Origin origin = at.origin.value_or(simulated ? Origin::Invented : Origin::Real);
  if (!simulated && origin != Origin::Real) return refusal("origin_not_simulated");
  if (simulated && origin == Origin::Real) return refusal("origin_not_real");
  return origin;
}

}  // namespace

Result<Decision> decide(const Circumstances& circumstances, const Command& command) {
  const Origin origin = TZ_TRY(origin_of(circumstances));
  Result<Decision> decision = std::visit(Decider{circumstances}, command);
  if (decision.ok()) decision->origin = origin;
  return decision;
}

std::optional<ItemNo> item_of(const Command& command) {
  if (const auto* opening = std::get_if<OpenItem>(&command)) return opening->no;
  if (const auto* report = std::get_if<ReceiveReport>(&command)) return report->no;
  if (std::holds_alternative<ConfirmHandover>(command) ||
      std::holds_alternative<AnswerRequirement>(command) ||
      std::holds_alternative<RecordActivity>(command) ||
      std::holds_alternative<RecordBallot>(command) || std::holds_alternative<RecordVisit>(command))
    return std::nullopt;
  const std::vector<ItemNo> named = items_named(command);
  if (named.empty()) return std::nullopt;
  return named.front();
}

std::vector<ItemNo> items_named(const Command& command) {
  if (const auto* confirm = std::get_if<ConfirmHandover>(&command)) {
    std::vector<ItemNo> out;
    for (const OpenWork& work : confirm->list.items) out.push_back(work.item);
    return out;
  }
  if (const auto* action = std::get_if<TakeAction>(&command)) {
    std::vector<ItemNo> out{action->item};
    if (action->input.into && *action->input.into != action->item)
      out.push_back(*action->input.into);
    return out;
  }
  if (const auto* opening = std::get_if<OpenItem>(&command)) {
    std::vector<ItemNo> out = opening->closed_before;
    if (opening->model) out.push_back(*opening->model);
    if (opening->split_from) out.push_back(*opening->split_from);
    return out;
  }
  if (const auto* code = std::get_if<IssueQueryCode>(&command)) return {code->item};
  if (const auto* ballot = std::get_if<RecordBallot>(&command)) {
    std::vector<ItemNo> out;
    for (const CandidateVotes& one : ballot->candidates) out.push_back(one.item);
    return out;
  }
  if (const auto* report = std::get_if<ReceiveReport>(&command)) return report->closed_before;
  if (const auto* turn = std::get_if<TurnClock>(&command)) return {turn->item};
  if (const auto* correct = std::get_if<CorrectItem>(&command)) return {correct->item};
  if (const auto* erase = std::get_if<EraseItem>(&command)) return {erase->item};
  if (const auto* redact = std::get_if<RedactText>(&command)) return {redact->item};
  if (const auto* read = std::get_if<ReadReporter>(&command)) return {read->item};
  if (const auto* answer = std::get_if<AnswerQuestion>(&command)) return {answer->item};
  if (const auto* judge = std::get_if<JudgeReport>(&command)) return {judge->item};
  if (const auto* answer = std::get_if<AnswerRequirement>(&command)) return answer->items;
  if (const auto* activity = std::get_if<RecordActivity>(&command)) return activity->items;
  if (const auto* visit = std::get_if<RecordVisit>(&command)) {
    std::vector<ItemNo> out = visit->opened;
    out.insert(out.end(), visit->checked.begin(), visit->checked.end());
    return out;
  }
  return {};
}

}  // namespace tz::ledger
