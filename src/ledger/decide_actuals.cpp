// What was reached by now, as those say who carry it out: nothing without its source, nothing that
// is still to come, and no money that is not there.
#include <algorithm>

#include "ledger/acting.h"

namespace tz::ledger {
namespace {

// The money as it stands after the step.
struct Money {
  std::optional<std::int64_t> planned;
  std::int64_t in_place = 0;
  std::int64_t paid = 0;
};
Money after(const Acting& a) {
  const Funds& now = a.item.funds;
  return {a.input.planned_fen ? a.input.planned_fen : now.planned_fen,
          a.input.in_place_fen.value_or(now.in_place_fen.value_or(0)),
          a.input.paid_fen.value_or(now.paid_fen.value_or(0))};
}

Refused money_fault(const Acting& a) {
  const Money money = after(a);
  if (money.in_place > money.planned.value_or(0))
    return refusal("funds_over_planned", {{"planned", std::to_string(money.planned.value_or(0))},
                                          {"in_place", std::to_string(money.in_place)}});
  if (money.paid > money.in_place)
    return refusal("paid_over_in_place", {{"in_place", std::to_string(money.in_place)},
                                          {"paid", std::to_string(money.paid)}});
  return std::nullopt;
}

Refused not_to_come(const Acting& a, Day day) {
  if (a.today < day) return refusal("as_of_in_future", {{"day", to_text(day)}});
  return std::nullopt;
}

Refused indicator_fault(const Acting& a, const Quantity& actual) {
  const Quantity* wanted = a.item.criterion ? find_quantity(*a.item.criterion, actual.id) : nullptr;
  if (wanted == nullptr) return refusal("quantity_not_in_criterion", {{"quantity", actual.id}});
  if (wanted->unit != actual.unit)
    return refusal("quantity_other_unit", {{"quantity", actual.id}, {"unit", wanted->unit}});
  if (!actual.as_of) return refusal("field_required", {{"field", "as_of"}});
  return not_to_come(a, *actual.as_of);
}

// A measure that still stands.
Refused milestone_fault(const Acting& a, const MilestoneDay& one) {
  const Facts which = {{"measure", std::to_string(one.measure)}};
  const auto known = std::find_if(a.item.measures.begin(), a.item.measures.end(),
                                  [&](const Measure& m) { return m.measure == one.measure; });
  if (known == a.item.measures.end()) return refusal("measure_unknown", which);
  if (known->ended) return refusal("measure_ended", which);
  if (known->done) return refusal("milestone_reached", which);
  const auto same = [&](const MilestoneDay& other) { return other.measure == one.measure; };
  if (std::count_if(a.input.milestones.begin(), a.input.milestones.end(), same) > 1)
    return refusal("field_bad", {{"field", "milestones"}});
  return std::nullopt;
}

}  // namespace

Refused report_actuals(Acting& a) {
  const ActionInput& in = a.input;
  if (in.actuals.empty() && in.milestones.empty() && !in.in_place_fen && !in.paid_fen)
    return required("actuals", in);
  if (in.evidence.empty() && (!in.source_doc || in.source_doc->empty()))
    return refusal("actuals_unsourced");
  for (const Quantity& actual : in.actuals)
    if (auto error = indicator_fault(a, actual)) return error;
  for (const MilestoneDay& one : in.milestones) {
    if (auto error = milestone_fault(a, one)) return error;
    if (auto error = not_to_come(a, one.day)) return error;
  }
  if (in.in_place_fen || in.paid_fen)
    if (auto error = money_fault(a)) return error;
  add_evidence(a);
  ActualsReported event{in.actuals, in.milestones, in.in_place_fen, in.paid_fen, {}};
  for (const GivenEvidence& file : in.evidence) event.files.push_back(file.sha256);
  std::vector<LabelledText> texts;
  if (in.source_doc && !in.source_doc->empty()) texts.push_back({"source_doc", *in.source_doc});
  a.add(std::move(event), std::move(texts));
  return std::nullopt;
}

Refused plan_funds(Acting& a) {
  if (!a.input.planned_fen) return std::nullopt;
  if (a.transition.act == Act::Plan && a.item.funds.planned_fen) return refusal("funds_stand");
  if (auto error = money_fault(a)) return error;
  a.add(FundsPlanned{*a.input.planned_fen});
  return std::nullopt;
}

Refused move_milestones(Acting& a) {
  for (const MilestoneDay& one : a.input.milestones) {
    if (auto error = milestone_fault(a, one)) return error;
    if (auto error = not_past(a, one.day)) return error;
    a.add(MilestoneMoved{one});
  }
  return std::nullopt;
}

Refused follows_model(const Acting& a) {
  if (!a.item.copy_of || a.input.quantities.empty()) return std::nullopt;
  const Item* model = a.at.item(*a.item.copy_of);
  TZ_ASSERT(model != nullptr);
  if (!model->criterion) return std::nullopt;
  for (const Quantity& wanted : *model->criterion) {
    const Quantity* own = find_quantity(a.input.quantities, wanted.id);
    if (own == nullptr || own->unit != wanted.unit)
      return refusal("model_indicator_missing", {{"quantity", wanted.id}, {"unit", wanted.unit}});
  }
  return std::nullopt;
}

}  // namespace tz::ledger
