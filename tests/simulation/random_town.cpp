// Draws deeds; ledger::offers says what somebody could do, so that items get somewhere.
#include "simulation/random_town.h"

#include <algorithm>
#include <charconv>

namespace tz::test {

using namespace ledger;

namespace {

constexpr Day kLongAgo{-7000};

// How much each transition is wanted, so that not all items end early.
unsigned weight_of(const std::string& transition) {
  static const std::map<std::string, unsigned> kWeights = {{"close", 40},
                                                           {"publicise", 40},
                                                           {"check", 40},
                                                           {"review", 40},
                                                           {"request_closure", 40},
                                                           {"report", 16},
                                                           {"plan", 24},
                                                           {"assign", 20},
                                                           {"reopen", 10},
                                                           {"judge", 12},
                                                           {"return", 1},
                                                           {"reassign", 3},
                                                           {"suspend", 1},
                                                           {"resume", 12},
                                                           {"extend", 2},
                                                           {"object", 3},
                                                           {"merge", 2},
                                                           {"revise_criterion", 1},
                                                           {"contribute", 20},
                                                           {"reject", 1},
                                                           {"withdraw", 1}};
  const auto found = kWeights.find(transition);
  return found == kWeights.end() ? 1 : found->second;
}

}  // namespace

RandomTown::RandomTown(EngineLedger& ledger, std::uint64_t seed)
    : ledger_(ledger), random_(seed * 2 + 1) {}

Day RandomTown::today() const {
  return day_of(ledger_.clock().now(), ledger_.engine().published().state->zone);
}

Outcome RandomTown::settle() {
  TZ_TRY(register_units());
  return add_people();
}

Outcome RandomTown::register_units() {
  RegisterUnits command{"town", {}, {}};
  const std::size_t count = 14 + below(14);
  for (std::size_t i = 0; i < count; ++i) {
    UnitRow row;
    row.code = "u" + std::to_string(i + 1);
    row.name = "单位" + std::to_string(i + 1);
    // Mostly below a late one, so that the tree is deep.
    const std::uint64_t known = i + 1;
    row.parent = UnitId{static_cast<std::uint32_t>(by_chance(40) ? known - 1 : below(known))};
    row.kind = by_chance(30) ? UnitKind::Agency : UnitKind::Township;
    row.from = kLongAgo;
    command.rows.push_back(row);
  }
  for (std::size_t i = 0; i < 2 + below(5); ++i) {
    LineEdge edge;
    edge.unit = UnitId{static_cast<std::uint32_t>(2 + below(count - 1))};
    edge.superior = UnitId{static_cast<std::uint32_t>(below(edge.unit.value))};
    edge.line = by_chance(50) ? LineKind::Business : LineKind::Vertical;
    edge.from = by_chance(80) ? kLongAgo : Day{today().number + 10};
    if (by_chance(30)) edge.to = Day{today().number + static_cast<int>(below(60))};
    command.edges.push_back(edge);
  }
  TZ_TRY(ledger_.set_up(std::move(command)));
  return Done{};
}

Outcome RandomTown::add_people() {
  const auto units = static_cast<std::uint32_t>(ledger_.engine().published().state->tree->size());
  const auto any_unit = [&] { return UnitId{static_cast<std::uint32_t>(below(units))}; };
  const auto upper_unit = [&] { return UnitId{static_cast<std::uint32_t>(below(4))}; };
  std::vector<std::pair<UnitId, Role>> posts;
  posts.emplace_back(UnitId{0}, Role::Recorder);
  posts.emplace_back(upper_unit(), Role::Recorder);
  for (int i = 0; i < 2; ++i) posts.emplace_back(upper_unit(), Role::Supervisor);
  posts.emplace_back(UnitId{0}, Role::Supervisor);
  for (int i = 0; i < 3; ++i) posts.emplace_back(UnitId{0}, Role::Verifier);
  for (int i = 0; i < 5; ++i) {
    verifying_units_.push_back(UnitId{static_cast<std::uint32_t>(1 + below(units - 1))});
    posts.emplace_back(verifying_units_.back(), Role::Verifier);
  }
  for (int i = 0; i < 7; ++i) {
    working_units_.push_back(any_unit());
    posts.emplace_back(working_units_.back(), Role::Responsible);
  }
  for (const auto& post : posts) {
    std::vector<std::pair<UnitId, Role>> held{post};
    // A second post, so that some would verify what they fixed themselves.
    if (by_chance(35))
      held.emplace_back(any_unit(), by_chance(60) ? Role::Verifier : Role::Recorder);
    people_.push_back(TZ_TRY(ledger_.add_person(std::move(held))));
  }
  return Done{};
}

void RandomTown::pass_days() {
  const Day later{today().number + 1 + static_cast<int>(below(5))};
  ledger_.clock().set_to(later);
  ledger_.publish();
}

engine::Request RandomTown::next_request() {
  const auto now = ledger_.engine().published();
  const std::uint32_t count = now.view->row_count();
  if (count < 4 || by_chance(count < 14 ? 10 : 1)) return open_item();
  if (by_chance(4)) return change_administration();
  for (int attempt = 0; attempt < 20; ++attempt) {
    const ItemRow row = now.view->row({static_cast<std::uint32_t>(below(count))});
    if (row.phase == Phase::Dropped && by_chance(90)) continue;
    if (auto request = act(row.no)) return *std::move(request);
  }
  return open_item();
}

engine::Request RandomTown::open_item() {
  const auto state = ledger_.engine().published().state;
  OpenItem command;
  command.kind = "problem";
  command.place = UnitId{static_cast<std::uint32_t>(below(state->tree->size()))};
  command.source = by_chance(95) ? "resident" : "rumour";
  command.title = "小区无处停车 " + std::to_string(++made_);
  if (by_chance(60)) command.description = "僵尸车占用公共车位";
  if (by_chance(30)) command.category = by_chance(90) ? "traffic" : "nowhere";
  if (by_chance(30)) command.nature = Nature::Common;
  if (by_chance(20)) command.remark = "备注" + std::to_string(made_);
  if (by_chance(40)) command.due = Day{today().number + static_cast<int>(below(30))};
  if (import_ > 0 && by_chance(15)) command.import = import_;
  // The program itself lists items too, as an import does.
  const AccountId who = command.import || by_chance(25) ? AccountId{0} : people_[below(2)];
  return {command, {who, {}}, {}, {}};
}

std::optional<engine::Request> RandomTown::act(ItemNo no) {
  const auto now = ledger_.engine().published();
  const auto item = ledger_.engine().item(no);
  TZ_ASSERT(item.ok());
  if (by_chance(4)) return correct(*item);
  if (by_chance(3)) return redact(*item);
  struct Choice {
    AccountId who;
    const Transition* transition;
    unsigned weight;
  };
  std::vector<Choice> choices;
  unsigned sum = 0;
  for (AccountId who : people_)
    for (const Offer& offer : offers(*now.state, who, *item, ledger_.clock().now())) {
      // What is refused is asked for now and then all the same.
      if (offer.refusal && !by_chance(4)) continue;
      const unsigned weight = offer.refusal ? 2 : weight_of(offer.transition->id);
      choices.push_back({who, offer.transition, weight});
      sum += weight;
    }
  if (sum == 0) return std::nullopt;
  std::uint64_t at = below(sum);
  const auto chosen = std::find_if(choices.begin(), choices.end(), [&](const Choice& choice) {
    if (at < choice.weight) return true;
    at -= choice.weight;
    return false;
  });
  ++tried_[chosen->transition->id];
  TakeAction action{no, item->last, chosen->transition->id, input_for(*chosen->transition, *item)};
  if (by_chance(2)) action.seen = item->first;
  return engine::Request{std::move(action), {chosen->who, {}}, {}, {}};
}

ActionInput RandomTown::input_for(const Transition& transition, const Item& item) {
  ActionInput input;
  input.text = "说明" + std::to_string(++made_);
  input.reason = "理由";
  if (transition.act == Act::Assign) fill_assignment(input);
  if (transition.act == Act::Plan) fill_plan(input, item);
  if (transition.act == Act::Revise) fill_criterion(input);
  if (transition.act == Act::Report) {
    for (const Measure& measure : item.measures)
      if (!measure.done && (!measure.ended || by_chance(2))) input.measure = measure.measure;
    input.done = by_chance(85);
    if (by_chance(30)) input.progress_pct = static_cast<std::uint8_t>(below(101));
  }
  if (transition.act == Act::Report || transition.act == Act::AskClosing ||
      transition.act == Act::Move)
    if (by_chance(60))
      input.evidence.push_back(
          {sha256(as_bytes(*input.text)), "application/pdf", 100, {}, {}, {}, "验收单.pdf", {}});
  if (transition.act == Act::AskClosing && item.criterion && by_chance(80))
    input.measured = *item.criterion;
  if (transition.act == Act::Check) fill_check(input, item);
  if (transition.act == Act::Publicise)
    input.notice_last = Day{today().number + 4 + static_cast<int>(below(4))};
  if (transition.act == Act::Close && transition.outcomes.size() != 1)
    input.outcome = by_chance(80) ? "fixed" : "partly_fixed";
  if (transition.act == Act::Split) fill_shares(input);
  if (transition.act == Act::AddSource) input.source = "audit";
  if (transition.act == Act::Judge) {
    input.solved = by_chance(50) ? Verdict::No : Verdict::Yes;
    if (by_chance(50)) input.satisfied = by_chance(50) ? Verdict::No : Verdict::NoAnswer;
    input.way = by_chance(90) ? VerdictWay::Phone : VerdictWay::Code;
  }
  if (transition.act == Act::Merge) {
    const auto view = ledger_.engine().published().view;
    input.into = view->row({static_cast<std::uint32_t>(below(view->row_count()))}).no;
  }
  if (transition.act == Act::Extend) {
    input.due = Day{today().number + static_cast<int>(below(60))};
    if (by_chance(80)) input.undone_reason = UndoneReason::Season;
  }
  return input;
}

void RandomTown::fill_assignment(ActionInput& input) {
  const auto units = ledger_.engine().published().state->tree->size();
  const auto any_unit = [&] { return UnitId{static_cast<std::uint32_t>(below(units))}; };
  input.lead = any_of(working_units_);
  if (by_chance(30)) input.responsible.push_back(any_of(working_units_));
  if (by_chance(20))
    input.parts.push_back(
        {any_of(working_units_), "协助清理", Day{today().number + static_cast<int>(below(20))}});
  if (by_chance(30)) input.supervising = any_unit();
  if (by_chance(30)) input.accepting = any_unit();
  input.due = Day{today().number - 1 + static_cast<int>(below(25))};
  if (by_chance(30)) input.responsible_person = "演示甲";
  if (by_chance(80)) input.undone_reason = UndoneReason::OwnerSlow;
}

void RandomTown::fill_shares(ActionInput& input) {
  for (std::size_t i = 0; i < 1 + below(2); ++i)
    input.shares.push_back({{},
                            any_of(working_units_),
                            "分到的一份",
                            Day{today().number + static_cast<int>(below(20))}});
}

void RandomTown::fill_plan(ActionInput& input, const Item& item) {
  for (std::size_t i = 0; i < 1 + below(2); ++i) {
    PlannedMeasure measure{"清理", {}, Day{today().number + static_cast<int>(below(20))}};
    if (by_chance(30)) measure.owner = any_of(verifying_units_);
    input.measures.push_back(measure);
  }
  // A criterion that stands is kept, and one in twenty tries to set it all the same.
  if (item.criterion && by_chance(95)) return;
  fill_criterion(input);
}

void RandomTown::fill_criterion(ActionInput& input) {
  if (by_chance(90)) input.criterion = "无僵尸车";
  if (by_chance(70))
    input.quantities.push_back({"parking_spaces",
                                "space",
                                static_cast<std::int64_t>(below(40)),
                                Qualifier::Exact,
                                {},
                                {},
                                {}});
  if (by_chance(20)) input.quantities.push_back({"trees", "tree", 3, Qualifier::Exact, {}, {}, {}});
}

void RandomTown::fill_check(ActionInput& input, const Item& item) {
  const auto state = ledger_.engine().published().state;
  std::vector<PostId> verifiers;
  for (const Post& post : state->posts)
    if (post.role == Role::Verifier && (post.unit == UnitId{0} || by_chance(20)))
      verifiers.push_back(post.id);
  for (std::size_t i = 0; i < 1 + below(2); ++i) input.checkers.push_back(any_of(verifiers));
  if (!item.criterion) return;
  for (Quantity quantity : *item.criterion) {
    quantity.value += by_chance(85) ? static_cast<std::int64_t>(below(5)) : -1;
    quantity.qualifier = static_cast<Qualifier>(below(3));
    input.measured.push_back(quantity);
  }
}

engine::Request RandomTown::correct(const Item& item) {
  const auto state = ledger_.engine().published().state;
  CorrectItem command{item.no, item.last, "place", {}, "登记有误"};
  command.value = std::string(
      state->tree->code(UnitId{static_cast<std::uint32_t>(below(state->tree->size()))}));
  if (by_chance(40)) {
    command.field = "title";
    command.value = "改正的标题" + std::to_string(++made_);
  } else if (by_chance(30)) {
    command.field = "source";
    command.value = "hotline";
  }
  return {command, {people_[below(5)], {}}, {}, {}};
}

engine::Request RandomTown::redact(const Item& item) {
  RedactText command{item.no, item.last, item.first, 0, "误录"};
  if (!item.texts.empty()) {
    const TextNote& note = any_of(item.texts);
    command.record = note.record;
    command.part = static_cast<std::uint8_t>(below(note.count));
  }
  if (!item.evidence.empty() && by_chance(25)) {
    command.record = any_of(item.evidence).record;
    command.part.reset();
  }
  return {command, {people_[below(5)], {}}, {}, {}};
}

engine::Request RandomTown::change_administration() {
  const auto state = ledger_.engine().published().state;
  const auto any_unit = [&] {
    return UnitId{static_cast<std::uint32_t>(below(state->tree->size()))};
  };
  const Actor program{AccountId{0}, {}};
  switch (below(6)) {
    case 0: {
      UnitRow row{"n" + std::to_string(++made_),
                  "新单位",
                  any_unit(),
                  UnitKind::Village,
                  false,
                  today(),
                  {}};
      return {RegisterUnits{"town", {row}, {}}, program, {}, {}};
    }
    case 1:
      return {GrantPost{any_of(people_), any_unit(),
                        by_chance(50) ? Role::Verifier : Role::Responsible},
              program,
              {},
              {}};
    case 2:
      return {EndPost{PostId{12 + below(state->posts.size())}}, program, {}, {}};
    case 3: {
      std::string text = problem_flow_text();
      const std::string key = "\nversion: ";
      const std::size_t at = text.find(key) + key.size();
      const std::size_t digits = text.find('\n', at) - at;
      if (flow_version_ == 0)
        std::from_chars(text.data() + at, text.data() + at + digits, flow_version_);
      text.replace(at, digits, std::to_string(++flow_version_));
      return {AdoptFlow{std::move(text)}, program, {}, {}};
    }
    case 4:
      if (import_ > 0 && by_chance(70))
        return {AdoptImport{std::exchange(import_, 0), 1}, program, {}, {}};
      import_ = 100 + ++made_;
      return open_item();
    default:
      return {
          RegisterUnits{"town",
                        {},
                        {{UnitId{static_cast<std::uint32_t>(1 + below(state->tree->size() - 1))},
                          UnitId{0},
                          LineKind::Business,
                          today(),
                          {}}}},
          program,
          {},
          {}};
  }
}

}  // namespace tz::test
