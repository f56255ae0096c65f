// How a matter ends: closed with an outcome, merged, looked at again, judged, reopened.
#include <algorithm>
#include <set>

#include "ledger/acting.h"
#include "ledger/clock.h"
#include "ledger/decide_item.h"
#include "ledger/finding.h"
#include "ledger/given_text.h"
#include "ledger/verdict.h"

namespace tz::ledger {
namespace {

// What was shared out is whole only while every share is: with a share its matter begins again.
Outcome reopen_whole(Acting& a) {
  if (!a.item.share_of) return Done{};
  const Item* whole = a.at.item(*a.item.share_of);
  TZ_ASSERT(whole != nullptr);
  const std::uint16_t closure = closing_that_stands(*whole);
  const Flow& flow = flow_of(*whole, a.at.state);
  const auto back = std::find_if(
      flow.transitions.begin(), flow.transitions.end(),
      [&](const Transition& one) { return one.act == Act::Reopen && one.leaves(whole->state); });
  if (closure == 0 || back == flow.transitions.end()) return Done{};
  const std::uint16_t to = back->target(whole->state);
  a.after.push_back({ItemReopened{closure}, whole->no, {}});
  TZ_TRY(turn_clocks(a.at, *whole, *back, to, {}, a.after));
  a.after.push_back(
      {TransitionTaken{back->id, flow.states[whole->state].id, flow.states[to].id}, whole->no, {}});
  return Done{};
}

// The other item that an act names, where the actor may know of it.
Result<const Item*> named(const Acting& a) {
  if (auto error = required("into", a.input)) return *error;
  const Facts which = {{"item", to_text(*a.input.into)}};
  if (*a.input.into == a.item.no) return refusal("item_merged_into_itself", which);
  const Item* other = a.at.item(*a.input.into);
  if (other == nullptr || is_staged(*other, a.at.state) ||
      !may_read(a.at.state, a.at.actor.account, *other, a.today))
    return refusal("item_unknown", which);
  if (phase_of(*other, a.at.state) == Phase::Dropped) return refusal("item_dropped", which);
  return other;
}

bool is_accusation(const Item& item) { return item.report && item.report->accusation; }

// A unit that took over has one place with those whose matters it has.
bool same_place(const Acting& a, const Item& other) {
  const OrgTree& tree = *a.at.state.tree;
  return tree.counted_at(other.place, std::nullopt) == tree.counted_at(a.item.place, std::nullopt);
}

// Requests about one matter are dealt with once. Of an accusation the link would tell those it
// complains of. What waits for an answer is merged into what is still to get one.
Refused request_not_merged(const Acting& a, const Item& other) {
  const Facts which = {{"item", to_text(other.no)}};
  const State& state = a.at.state;
  const bool one_kind = flow_of(a.item, state).kind == flow_of(other, state).kind;
  if (!one_kind || is_accusation(a.item) || is_accusation(other))
    return refusal("report_not_merged", which);
  if (!same_place(a, other) || other.category != a.item.category)
    return refusal("matter_differs", which);
  if (!is_open(phase_of(other, state))) return refusal("matter_ended", which);
  if (!a.item.closures.empty() || a.item.judged) return refusal("answered_not_merged");
  if (!a.item.merged_from.empty()) return refusal("others_merged_into", which);
  return std::nullopt;
}

// That a demand cannot be met is found of one that somebody was not satisfied with, and why is
// said.
Refused unmet_fault(const Acting& a, bool unmet) {
  if (!unmet && a.input.ground) return refusal("field_unknown", {{"field", "ground"}});
  if (!unmet) return std::nullopt;
  if (!contested(a.item)) return refusal("verdict_not_unsatisfied");
  return required("ground", a.input);
}

}  // namespace

Refused begin_again(Acting& a, std::uint16_t closure) {
  a.add(ItemReopened{closure});
  const Outcome whole = reopen_whole(a);
  if (!whole.ok()) return whole.error();
  return std::nullopt;
}

Refused close(Acting& a) {
  const Flow& flow = flow_of(a.item, a.at.state);
  // A step with one outcome says itself which.
  const bool only = a.transition.outcomes.size() == 1 && !a.input.outcome;
  if (!only)
    if (auto error = required("outcome", a.input)) return error;
  const std::string& named =
      only ? flow.outcomes[a.transition.outcomes.front()].id : *a.input.outcome;
  const auto outcome = flow.outcome(named);
  if (!outcome || !a.transition.ends_with(*outcome))
    return refusal("outcome_unknown", {{"outcome", named}});
  const bool fixed = flow.outcomes[*outcome].fixed;
  if (fixed && in_stages(a.item)) return refusal("class_never_fixed");
  const bool unmet = flow.outcomes[*outcome].unmet;
  if (auto error = unmet_fault(a, unmet)) return error;
  a.add(ItemClosed{named, fixed, static_cast<std::uint16_t>(a.item.closures.size() + 1),
                   fixed ? a.item.measured : std::vector<Quantity>{}, a.input.ground});
  return std::nullopt;
}

// The same matter without new facts is answered by what was done about it; nothing is reopened.
Refused link(Acting& a) {
  const auto other = named(a);
  if (!other.ok()) return other.error();
  const State& state = a.at.state;
  const bool same = flow_of(a.item, state).kind == flow_of(**other, state).kind &&
                    same_place(a, **other) && (*other)->category == a.item.category;
  // Of an accusation a link would tell those it complains of.
  if (!same || is_accusation(a.item) || is_accusation(**other))
    return refusal("matter_differs", {{"item", to_text((*other)->no)}});
  if (closing_that_stands(**other) == 0)
    return refusal("matter_not_answered", {{"item", to_text((*other)->no)}});
  a.add(ItemsLinked{LinkKind::SameMatter, (*other)->no});
  return close(a);
}

Refused reopen(Acting& a) {
  const std::uint16_t closure = closing_that_stands(a.item);
  if (closure == 0) return refusal("not_closed");
  return begin_again(a, closure);
}

Refused judge(Acting& a) {
  if (auto error = required("solved", a.input)) return error;
  const std::uint16_t closure = closing_that_stands(a.item);
  if (waits_for_other(a.item, a.at.state)) {
    const Item* other = a.at.item(*a.item.merged_into);
    TZ_ASSERT(other != nullptr);
    if (is_open(phase_of(*other, a.at.state))) return refusal("not_closed");
  }
  if (auto error = said_fault(a.input)) return error;
  const JudgementGiven said = said_by(a.input, closure);
  a.add(said);
  if (!goes_back(said, a.transition, a.item, a.at.state)) return std::nullopt;
  a.to = *a.transition.to_if_unsatisfied;
  return closure == 0 ? Refused{} : begin_again(a, closure);
}

Refused look_back(Acting& a) {
  if (auto error = required("found", a.input)) return error;
  const std::uint16_t closure = closing_that_stands(a.item);
  if (closure == 0) return refusal("not_closed");
  const LookBackResult found = *a.input.found;
  const bool holds = found == LookBackResult::Held || found == LookBackResult::NewProblem;
  add_evidence(a);
  a.add(VerificationGiven{Stage::LookBack, holds, a.input.checkers, {}, found});
  if (holds || !a.transition.to_if_unsatisfied) return std::nullopt;
  a.to = *a.transition.to_if_unsatisfied;
  return begin_again(a, closure);
}

Refused merge(Acting& a) {
  const auto other = named(a);
  if (!other.ok()) return other.error();
  const State& state = a.at.state;
  const auto of_persons = [&](const Item& item) {
    return flow_of(item, state).totals == TotalsAudience::Scope;
  };
  if (of_persons(a.item) || of_persons(**other))
    if (auto refused = request_not_merged(a, **other)) return refused;
  // Its shares would be nobody's.
  if (!a.item.shares.empty()) return refusal("shares_not_merged");
  a.add(ItemsLinked{LinkKind::MergedInto, (*other)->no});
  a.after.push_back({ItemsLinked{LinkKind::MergedFrom, a.item.no}, (*other)->no, {}});
  return std::nullopt;
}

Refused add_source(Acting& a) {
  if (auto error = required("source", a.input)) return error;
  const std::vector<std::string>& known = flow_of(a.item, a.at.state).sources;
  if (std::find(known.begin(), known.end(), *a.input.source) == known.end())
    return refusal("source_unknown", {{"source", *a.input.source}});
  if (a.input.batch && !valid_code(*a.input.batch))
    return refusal("code_bad", {{"field", "batch"}});
  std::set<std::string> others(a.item.more_sources.begin(), a.item.more_sources.end());
  others.insert(*a.input.source);
  if (others.size() > kMoreSourcesMax)
    return refusal("sources_many", {{"count_max", std::to_string(kMoreSourcesMax)}});
  if (auto error = number_fault(a.input.upstream_no, a.input.known_as)) return error;
  std::vector<LabelledText> texts;
  if (a.input.upstream_no) texts.push_back({"upstream_no", *a.input.upstream_no});
  if (a.input.source_doc) texts.push_back({"source_doc", *a.input.source_doc});
  a.add(SourceAdded{*a.input.source, a.input.batch}, std::move(texts));
  return std::nullopt;
}

}  // namespace tz::ledger
