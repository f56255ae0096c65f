// One piece an act, so that whatever a flow asks for is there.
#include "walk/walk_input.h"

#include <algorithm>

namespace tz::test {

using namespace ledger;

namespace {

Day later(Day today, std::uint64_t days) {
  return Day{today.number + static_cast<std::int32_t>(days)};
}

}  // namespace

void WalkInput::assign(ActionInput& input, const WalkMoment& at) {
  input.lead = names_.working[below(3)];
  input.due = later(at.today, 5 + below(60));
  input.undone_reason = UndoneReason::Season;
  if (by_chance(25)) input.responsible.push_back(any_of(names_.working));
  if (by_chance(25))
    input.parts.push_back({any_of(names_.supporting), "配合", later(at.today, below(5))});
  if (by_chance(15)) input.supervising = UnitId{0};
  if (by_chance(15)) input.accepting = UnitId{static_cast<std::uint32_t>(1 + below(2))};
}

void WalkInput::finding(OpenItem& command, Day today) {
  command.upstream_no = "第" + std::to_string(++made_) + "号";
  command.source_doc = "反馈意见";
  command.target = "达标";
  command.key_measures = "治理";
  command.due = later(today, 20 + below(60));
  command.implementing = {names_.working[below(3)]};
  command.accepting = UnitId{0};
  if (by_chance(50)) command.batch = "second";
  if (by_chance(50)) command.feedback = Day{today.number - static_cast<std::int32_t>(below(40))};
}

void WalkInput::plan(ActionInput& input, const Item& item, const WalkMoment& at) {
  for (std::uint64_t i = 0; i < 2 + below(2); ++i)
    input.measures.push_back({"措施", {}, later(at.today, 3 + 7 * i)});
  input.funds = "自筹";
  input.emergency_plan = "疏散";
  input.responsible_person = "演示甲";
  input.lead_official = "演示乙";
  if (flow_of(item, at.state).counts_results())
    input.planned_fen = static_cast<std::int64_t>(1'000 + below(1'000));
  if (item.criterion) return;
  input.criterion = "达标";
  if (flow_of(item, at.state).counts_results() || by_chance(60))
    input.quantities.push_back({"parking_spaces",
                                "space",
                                static_cast<std::int64_t>(below(9)),
                                Qualifier::Exact,
                                {},
                                {},
                                {}});
}

void WalkInput::end(ActionInput& input, const Transition& transition, const Item& item,
                    const WalkMoment& at) {
  const Flow& flow = flow_of(item, at.state);
  std::vector<std::string> outcomes;
  for (std::size_t i = 0; i < flow.outcomes.size(); ++i)
    if (transition.ends_with(static_cast<std::uint16_t>(i)))
      outcomes.push_back(flow.outcomes[i].id);
  if (std::find(transition.required.begin(), transition.required.end(), "ground") !=
      transition.required.end())
    input.ground = UnmetGround::RightsOfOthers;
  if (!outcomes.empty()) input.outcome = by_chance(50) ? outcomes.front() : any_of(outcomes);
  const bool merges = transition.act == Act::Merge;
  std::vector<ItemNo> fitting;
  std::vector<ItemNo> all;
  for (std::uint32_t row = 0; row < at.view.row_count(); ++row) {
    const ItemRow other = at.view.row({row});
    all.push_back(other.no);
    const bool alike = at.state.kinds[other.kind] == flow.kind && other.place == item.place &&
                       other.category == category_of(flow, item.category);
    const bool stands = merges ? is_open(other.phase) : other.phase == Phase::Closed;
    if (alike && stands && other.no != item.no) fitting.push_back(other.no);
  }
  if (!all.empty()) input.into = any_of(fitting.empty() || by_chance(20) ? all : fitting);
}

// On paper or by telephone; of one who was drawn, where there is one, mostly one still to be asked.
void WalkInput::said(ActionInput& input, const Item& item) {
  if (!input.solved) input.solved = by_chance(50) ? Verdict::Yes : static_cast<Verdict>(below(3));
  if (input.solved == Verdict::NoAnswer) input.satisfied.reset();
  input.way = by_chance(50) ? VerdictWay::Paper : VerdictWay::Phone;
  if (!item.lot) return;
  input.drawn = 1;
  for (const DrawnAnswer& one : item.lot->drawn)
    if (!one.done()) input.drawn = one.number;
}

void WalkInput::about_parts(ActionInput& input, const Item& item, const WalkMoment& at) {
  input.parts.push_back({any_of(names_.supporting), "报到", later(at.today, below(6))});
  if (!item.parts.empty()) input.part = any_of(item.parts).part;
  input.good = by_chance(60);
  input.shares.push_back({{}, names_.working[0], "第一部分", later(at.today, 20)});
  if (by_chance(60))
    input.shares.push_back({{}, names_.working[1], "第二部分", later(at.today, 30)});
}

// What a project reached so far, the days on which its milestones were, and what was paid.
void WalkInput::actuals(ActionInput& input, const Item& item, const WalkMoment& at) {
  input.source_doc = "清点表";
  if (item.criterion)
    for (Quantity quantity : *item.criterion) {
      quantity.value += static_cast<std::int64_t>(below(3));
      quantity.baseline.reset();
      quantity.bound = {};
      quantity.as_of = at.today;
      input.actuals.push_back(quantity);
    }
  for (const Measure& measure : item.measures)
    if (!measure.done && !measure.ended) {
      input.milestones.push_back({measure.measure, at.today});
      if (by_chance(50)) break;
    }
  input.in_place_fen = static_cast<std::int64_t>(500 + below(500));
  input.paid_fen = static_cast<std::int64_t>(below(500));
}

void WalkInput::measure(ActionInput& input, const Item& item) {
  if (!item.criterion) return;
  for (Quantity quantity : *item.criterion) {
    const int reached = quantity.bound == Bound::AtMost ? -1 : 1;
    quantity.value += by_chance(90) ? reached : -reached;
    input.measured.push_back(quantity);
  }
}

// What is approved of a loan, and what comes back of it.
void WalkInput::money(ActionInput& input, const Item& item, const WalkMoment& at) {
  const Fund* fund = at.state.fund_of(item.no);
  if (fund == nullptr) return;
  const Loan& loan = *fund->loan(item.no);
  const std::int64_t out = loan.outstanding();
  const std::int64_t most = out > 0              ? out
                            : item.review_passed ? loan.asked
                                                 : std::min(loan.asked, fund->rules.small_fen);
  const auto part = 1 + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most)));
  input.amount = by_chance(60) ? most : part;
  if (out == 0) input.due = later(at.today, 5 + below(300));
}

ActionInput WalkInput::sound(const Transition& transition, const Item& item, const WalkMoment& at) {
  ActionInput input;
  input.title = "标题";
  input.text = "说明" + std::to_string(++made_);
  input.reason = "理由";
  if (transition.act == Act::Assign) assign(input, at);
  // By hand it can only be earlier than the limit.
  if (transition.act == Act::Assign && !flow_of(item, at.state).deadlines.empty())
    input.due.reset();
  if (transition.act == Act::Plan) plan(input, item, at);
  if (transition.act == Act::Revise) input.criterion = "新标准";
  if (transition.act == Act::Report) {
    for (const Measure& measure : item.measures)
      if (!measure.done && !measure.ended) input.measure = measure.measure;
    if (input.measure) input.done = by_chance(90);
    if (by_chance(30)) input.progress_pct = static_cast<std::uint8_t>(below(101));
  }
  const bool ends_work = transition.act == Act::Move || transition.act == Act::AskClosing;
  if (transition.act == Act::Report || ends_work || by_chance(5))
    input.evidence.push_back(
        {sha256(as_bytes(*input.text)), "application/pdf", 100, {}, {}, {}, "验收单.pdf", {}});
  if (transition.act == Act::Check || transition.act == Act::LookBack) {
    input.checkers = {any_of(names_.checkers), any_of(names_.checkers)};
    measure(input, item);
    input.found = by_chance(60) ? LookBackResult::Held : static_cast<LookBackResult>(below(4));
  }
  if (transition.act == Act::AskClosing) measure(input, item);
  if (transition.act == Act::Actuals) actuals(input, item, at);
  if (transition.act == Act::Change) input.planned_fen = static_cast<std::int64_t>(below(3'000));
  if (transition.act == Act::Publicise) input.notice_last = later(at.today, 5 + below(10));
  if (transition.act == Act::Close || transition.act == Act::Link || transition.act == Act::Merge)
    end(input, transition, item, at);
  if (transition.act == Act::Judge) {
    input.solved = by_chance(60) ? Verdict::Yes : static_cast<Verdict>(below(3));
    if (by_chance(60)) input.satisfied = static_cast<Verdict>(below(3));
  }
  if (transition.act == Act::Judge || transition.act == Act::AskDrawn) said(input, item);
  if (transition.act == Act::ListAffected) {
    input.affected = 5 + static_cast<std::uint32_t>(below(100));
    input.asked = static_cast<std::uint16_t>(5 + below(3));
    input.digest = sha256(as_bytes(*input.text));
  }
  if (transition.act == Act::Extend) {
    const std::int32_t from = std::max(at.today.number, item.due ? item.due->number : 0);
    input.due = later(Day{from}, 1 + below(60));
    input.undone_reason = UndoneReason::Season;
  }
  if (transition.act == Act::Commit || transition.act == Act::Repay) money(input, item, at);
  if (transition.act == Act::Prolong)
    input.extension = *calendar::parse_length(by_chance(50) ? "5wd" : "30d");
  if (transition.act == Act::CallIn || transition.act == Act::Assess ||
      transition.act == Act::Split)
    about_parts(input, item, at);
  if (transition.act == Act::AddSource) input.source = any_of(flow_of(item, at.state).sources);
  return input;
}

void WalkInput::spoil(ActionInput& input, const WalkMoment& at) {
  const UnitId any{static_cast<std::uint32_t>(below(at.state.tree->size()))};
  switch (below(13)) {
    case 0:
      input.due = Day{at.today.number - 1 - static_cast<std::int32_t>(below(400))};
      break;
    case 1:
      input.reason.reset();
      input.text.reset();
      break;
    case 2:
      input.lead = any;
      break;
    case 3:
      input.outcome = "nothing";
      break;
    case 4:
      input.checkers.clear();
      break;
    case 5:
      input.measured.clear();
      input.evidence.clear();
      break;
    case 6:
      input.notice_last = at.today;
      break;
    case 7:
      input.measure = static_cast<std::uint16_t>(below(9));
      break;
    case 8:
      input.parts = {{any, "", at.today}, {any, "", at.today}};
      break;
    case 9:
      input.accepting = any;
      break;
    case 10:
      input.amount = kFenMax;
      break;
    case 11:
      input.extension = *calendar::parse_length("900d");
      break;
    default:
      input = {};
  }
}

}  // namespace tz::test
