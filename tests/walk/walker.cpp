// People and time are drawn; what may be done is asked of ledger::offers, what became of it of the
// journal.
#include "walk/walker.h"

#include <algorithm>
#include <utility>

#include "base/embedded.h"
#include "engine/draw_root.h"
#include "engine/history.h"
#include "ledger/waiting.h"
#include "programme/file_readers.h"

namespace tz::test {

using namespace ledger;

namespace {

constexpr std::size_t kItemsMax = 32;
constexpr std::size_t kTrailMax = 40;
constexpr int kEndingSteps = 1000;

// Units by number, in order of registration; 0 is the nation.
constexpr UnitId kProvince{1}, kPrefecture{2}, kCounty{3}, kTownship{4}, kBureau{5}, kOffice{6},
    kFar{7}, kNear{8};

std::string number_of(ItemNo no) { return ledger::to_text(no); }

}  // namespace

Walker::Walker(std::uint64_t seed)
    : ledger_(EngineSettings{seed, {}, {}, {}}),
      random_(seed * 2 + 1),
      store_(journal::make_memory_store()),
      input_(random_, names_) {}

Day Walker::today() { return day_of(ledger_.clock().now(), now().state->zone); }

Violation Walker::settle(const std::vector<std::string>& flows) {
  const Outcome founded = found(flows);
  if (!founded.ok()) return "not founded: " + to_text(founded.error());
  return look(std::nullopt);
}

Outcome Walker::found(const std::vector<std::string>& flows) {
  TZ_TRY(ledger_.found(journal::open_memory_journal(store_)));
  ledger_.clock().set_to(*parse_day("2019-09-09"));
  RegisterUnits units{"walk", {}, {}};
  const std::vector<std::pair<UnitId, UnitKind>> rows = {
      {UnitId{0}, UnitKind::Province}, {kProvince, UnitKind::Prefecture},
      {kPrefecture, UnitKind::County}, {kCounty, UnitKind::Township},
      {kCounty, UnitKind::Agency},     {kCounty, UnitKind::Agency},
      {kPrefecture, UnitKind::Agency}, {kCounty, UnitKind::Agency}};
  for (std::size_t i = 0; i < rows.size(); ++i)
    units.rows.push_back({"u" + std::to_string(i + 1),
                          "单位" + std::to_string(i + 1),
                          rows[i].first,
                          rows[i].second,
                          false,
                          *parse_day("1949-10-01"),
                          {}});
  TZ_TRY(ledger_.set_up(std::move(units)));
  TZ_TRY(ledger_.set_up(AdoptTimeRules{std::string(embedded_file("calendar/holidays.csv")),
                                       std::string(embedded_file("calendar/limits.csv"))}));
  // Below the county nobody has a key: what is sealed there is sealed to it.
  Hash key{};
  key.fill(7);
  TZ_TRY(ledger_.set_up(SetReceivingKey{kCounty, key}));
  for (const std::string& flow : flows)
    if (flow != problem_flow_text()) TZ_TRY(ledger_.set_up(AdoptFlow{flow}));
  return add_people();
}

Outcome Walker::add_people() {
  names_.working = {kTownship, kBureau, kOffice};
  names_.supporting = {kFar, kNear};
  const auto add = [&](std::vector<std::pair<UnitId, Role>> posts) -> Outcome {
    people_.push_back(TZ_TRY(ledger_.add_person(std::move(posts))));
    return Done{};
  };
  TZ_TRY(add({{kCounty, Role::Recorder}}));
  TZ_TRY(add({{kPrefecture, Role::Recorder}}));
  recorders_ = people_;
  // Two at the top: above it nobody takes over from one who stands aside.
  for (const UnitId unit :
       {kCounty, kCounty, kCounty, kPrefecture, kProvince, UnitId{0}, UnitId{0}})
    TZ_TRY(add({{unit, Role::Supervisor}}));
  for (const UnitId unit : {kTownship, kBureau, kOffice, kFar, kNear})
    TZ_TRY(add({{unit, Role::Responsible}}));
  // What the province fixes itself is checked from above it.
  for (const UnitId unit :
       {kPrefecture, kPrefecture, kProvince, kProvince, kProvince, UnitId{0}, UnitId{0}})
    TZ_TRY(add({{unit, Role::Verifier}}));
  // Some who would verify what they work on, or dispatch what they answer for.
  TZ_TRY(add({{kTownship, Role::Responsible}, {kPrefecture, Role::Verifier}}));
  TZ_TRY(add({{kTownship, Role::Verifier}, {kCounty, Role::Supervisor}}));
  for (const Post& post : now().state->posts)
    if (post.role == Role::Verifier) names_.checkers.push_back(post.id);
  return open_fund(kCounty);
}

Item Walker::item(ItemNo no) {
  auto found = ledger_.engine().item(no);
  TZ_ASSERT(found.ok());
  return std::move(found).value();
}

std::vector<ItemNo> Walker::open_items() {
  std::vector<ItemNo> out;
  const auto view = now().view;
  for (std::uint32_t row = 0; row < view->row_count(); ++row)
    if (is_open(view->row({row}).phase)) out.push_back(view->row({row}).no);
  return out;
}

void Walker::pass_time(std::uint64_t days_max) {
  const auto hours = static_cast<std::int64_t>(1 + input_.below(days_max * 24));
  ledger_.clock().set(Instant{ledger_.clock().now().us + hours * 3'600'000'000});
  ledger_.publish();
}

Violation Walker::send(const std::string& what, Actor actor, Command command) {
  trail_.push_back(what);
  if (trail_.size() > kTrailMax) trail_.erase(trail_.begin());
  const std::uint64_t before = now().size;
  const auto about = item_of(command);
  const auto receipt = ledger_.ask(actor, std::move(command));
  if (receipt.ok()) {
    ++taken_count_;
    return look(receipt->item ? receipt->item : about);
  }
  trail_.back() += " !" + receipt.error().code;
  ++refused_[receipt.error().code];
  if (receipt.error().error_class != ErrorClass::Refusal)
    return "failed: " + to_text(receipt.error());
  if (now().size != before) return "refused, and yet recorded";
  return std::nullopt;
}

// What was just recorded keeps every rule, and the row of the item is that of the whole item.
Violation Walker::look(const std::optional<ItemNo>& about) {
  for (;;) {
    const auto records = engine::records_from(ledger_.engine(), Seq{read_}, 500);
    if (!records.ok()) return "no records: " + to_text(records.error());
    if (records->empty()) break;
    for (const engine::OpenedRecord& opened : *records) {
      if (Violation wrong = rules_.take(opened, *now().state)) return wrong;
      ++read_;
    }
  }
  if (Violation wrong = rules_.shares_hold()) return wrong;
  if (!about) return std::nullopt;
  const auto published = now();
  const auto row = published.view->find(*about);
  if (!row) return "an item without a row";
  if (!(published.view->row(*row) == row_of(item(*about), *published.state)))
    return "the row of " + number_of(*about) + " is not that of the item";
  return std::nullopt;
}

Violation Walker::list(const std::string& kind) {
  const auto state = now().state;
  if (kind == "request" && input_.by_chance(50)) return send_report();
  const Flow& flow = *state->flows[*state->flow_of(kind)];
  OpenItem command;
  command.kind = kind;
  // A request is for the unit it lies at, and in the township nobody takes requests.
  command.place = kind == "request" || input_.by_chance(80) ? kCounty : kTownship;
  command.source = input_.any_of(flow.sources);
  command.title = "事项";
  if (!flow.categories.empty()) command.category = flow.categories[input_.below(2)];
  command.severity = input_.by_chance(50) ? Severity::Major : Severity::General;
  if (kind == "problem" || kind == "hazard")
    command.fix_class = input_.any_of(
        std::vector<std::string>{"by_date", "by_date", "immediate", "phased", "long_term"});
  if (kind == "petition" && input_.by_chance(20)) command.accused = {kBureau};
  if (flow.finds(command.source) && input_.by_chance(90))
    input_.finding(command, day_of(ledger_.clock().now(), state->zone));
  if (flow.lends()) command.loan = asked_loan();
  if (flow.resettles()) return list_household(std::move(command));
  if (input_.by_chance(5)) command.source = "nowhere";
  return send("open " + kind, recorder(), std::move(command));
}

Violation Walker::send_report() {
  ReceiveReport command;
  command.kind = "request";
  command.place = kCounty;
  command.text = "路灯不亮";
  command.category = "livelihood";
  // One in three is sealed, and half of those complain of a unit that may lead.
  if (input_.by_chance(33)) {
    Hash key{};
    key.fill(7);
    command.manner = Manner::ReceiverOnly;
    command.envelope = GivenEnvelope{kCounty, key, {}, "AAAA"};
    if (input_.by_chance(50)) command.accused = {kBureau};
  }
  random_.fill(command.code_salt);
  random_.fill(command.code_hash);
  const Hash code = command.code_hash;
  const std::uint64_t before = now().view->row_count();
  Violation wrong = send("report", {}, std::move(command));
  const auto view = now().view;
  if (!wrong && view->row_count() > before)
    codes_[view->row({static_cast<std::uint32_t>(before)}).no.value] = code;
  return wrong;
}

std::vector<Walker::Choice> Walker::choices(const Item& about) {
  std::vector<Choice> out;
  for (const AccountId who : people_)
    for (const Offer& offer : offers(*now().state, who, about, ledger_.clock().now()))
      out.push_back({who, offer.transition, offer.refusal.has_value()});
  return out;
}

bool Walker::somebody_may(const Item& about) {
  const auto may = [&](Instant at) {
    for (const AccountId who : people_)
      for (const Offer& offer : offers(*now().state, who, about, at))
        if (!offer.refusal) return true;
    return false;
  };
  const Instant at = ledger_.clock().now();
  return may(at) || may(Instant{at.us + 40 * kDayUs}) || may(Instant{at.us + 800 * kDayUs});
}

Violation Walker::judge_report(const Item& about) {
  JudgeReport command;
  command.item = about.no;
  command.code_hash = codes_.at(about.no.value);
  if (input_.by_chance(5)) command.code_hash[0] ^= 1;
  command.closure = closing_that_stands(about);
  command.solved = static_cast<Verdict>(input_.below(3));
  command.satisfied = static_cast<Verdict>(input_.below(3));
  return send("verdict " + number_of(about.no), {}, command);
}

// On all that are argued for at the moment, but for one place; two are new, so that there are some.
Violation Walker::vote() {
  for (int i = 0; i < 2; ++i)
    if (Violation wrong = list("project")) return wrong;
  for (const ItemNo no : open_items()) {
    const Item about = item(no);
    const Flow& flow = flow_of(about, *now().state);
    if (flow.kind != "project" || flow.states[about.state].id != "collected") continue;
    ActionInput input;
    input.text = "可行";
    const std::string argue = "argue " + number_of(no);
    TakeAction command{no, about.last, "argue", std::move(input)};
    if (Violation wrong = send(argue, leader(), std::move(command))) return wrong;
  }
  RecordBallot command;
  command.unit = kCounty;
  command.day = today();
  std::int64_t votes = 50;
  for (const ItemNo no : open_items()) {
    const Item about = item(no);
    const Flow& flow = flow_of(about, *now().state);
    if (flow.kind == "project" && flow.states[about.state].id == "argued")
      command.candidates.push_back({no, --votes, 1, 1});
  }
  command.places = static_cast<std::int64_t>(command.candidates.size()) - 1;
  if (command.places < 1) return std::nullopt;
  const std::size_t before = taken_count_;
  Violation wrong = send("ballot", recorder(), std::move(command));
  if (taken_count_ > before) ++steps_["project.ballot"];
  return wrong;
}

Violation Walker::turn(ItemNo no) {
  if (Violation wrong = send("turn " + number_of(no), {}, TurnClock{no})) return wrong;
  const std::uint64_t size = now().size;
  if (Violation wrong = send("turn again " + number_of(no), {}, TurnClock{no})) return wrong;
  if (now().size != size) return "the clock did at once again what it had done";
  return rules_.turned(no.value, ledger_.clock().now(), *now().state);
}

// First the step, then the person: else what many may do is done most. Often the step that was
// taken least, so that what is seldom offered is taken when it is.
const Transition* Walker::chosen(const Flow& flow, const std::vector<Choice>& all, Taste taste) {
  if (input_.by_chance(30)) return input_.any_of(all).transition;
  std::vector<const Transition*> steps;
  for (const Choice& one : all)
    if (std::find(steps.begin(), steps.end(), one.transition) == steps.end())
      steps.push_back(one.transition);
  if (taste == Taste::Sound || input_.by_chance(60)) return input_.any_of(steps);
  const auto count = [&](const Transition* one) {
    const auto taken = steps_.find(flow.kind + "." + one->id);
    return taken == steps_.end() ? 0 : taken->second;
  };
  return *std::min_element(steps.begin(), steps.end(), [&](const auto* one, const auto* other) {
    return count(one) < count(other);
  });
}

Violation Walker::act(ItemNo no, Taste taste) {
  const Item about = item(no);
  const Flow& flow = flow_of(about, *now().state);
  if (is_open(phase_of(about, *now().state)) && !somebody_may(about))
    return "nobody can ever do anything about " + number_of(no) + " in " + flow.kind + "." +
           flow.states[about.state].id;
  std::vector<Choice> all = choices(about);
  const bool any = taste == Taste::Any && input_.by_chance(4);
  std::erase_if(all, [&](const Choice& one) { return one.refused && !any; });
  // Where everybody stands aside nobody is left to judge it.
  if (!about.recused.empty() || !input_.by_chance(10))
    std::erase_if(all, [](const Choice& one) { return one.transition->act == Act::Recuse; });
  // At the end nobody prevents it from coming.
  if (taste == Taste::Sound && input_.by_chance(85)) {
    const auto on = [&](const Choice& one) {
      return one.transition->act == Act::Repay || moves_on(flow, *one.transition, about.state);
    };
    if (std::any_of(all.begin(), all.end(), on))
      std::erase_if(all, [&](const Choice& one) { return !on(one); });
  }
  if (all.empty()) {
    if (is_open(phase_of(about, *now().state))) pass_time(60);
    return std::nullopt;
  }
  const Transition* step = chosen(flow, all, taste);
  std::erase_if(all, [&](const Choice& one) { return one.transition != step; });
  const WalkMoment at{*now().state, *now().view, today()};
  TakeAction command{no, about.last, step->id, input_.sound(*step, about, at)};
  if (taste == Taste::Any && input_.by_chance(8)) input_.spoil(command.input, at);
  if (taste == Taste::Any && input_.by_chance(1)) command.seen = about.first;
  if (step->act == Act::Draw) {
    const auto root = engine::draw_root(ledger_.engine(), about);
    if (root.ok()) command.input.root = *root;
  }
  const std::size_t before = taken_count_;
  const std::string name = flow.kind + "." + step->id;
  const AccountId who = input_.any_of(all).who;
  Violation wrong = send(name + " " + number_of(no) + " from " + flow.states[about.state].id,
                         {who, {}}, std::move(command));
  if (taken_count_ > before) ++steps_[name];
  if (taken_count_ > before && flow.kind == "petition" &&
      (step->act == Act::Close || !about.closures.empty()))
    at_hand_ = no;
  return wrong;
}

Violation Walker::step() {
  const auto view = now().view;
  // Of a petition half the way comes after the first answer, each step within thirty days.
  if (at_hand_ && input_.by_chance(60)) return act(*std::exchange(at_hand_, {}), Taste::Any);
  if (open_items().size() < 4 || (view->row_count() < kItemsMax && input_.by_chance(6)))
    return list(input_.any_of(now().state->kinds));
  if (input_.by_chance(12)) pass_time(input_.by_chance(10) ? 200 : 8);
  if (input_.by_chance(4)) return come_back();
  if (view->row_count() < kItemsMax && input_.below(400) == 0) return vote();
  const ItemRow row = view->row({static_cast<std::uint32_t>(input_.below(view->row_count()))});
  if (!is_open(row.phase) && input_.by_chance(70))
    return act(input_.any_of(open_items()), Taste::Any);
  if (input_.by_chance(5)) return turn(row.no);
  if (codes_.contains(row.no.value) && input_.by_chance(row.phase == Phase::Closed ? 50 : 10))
    return judge_report(item(row.no));
  return act(row.no, Taste::Any);
}

Violation Walker::come_back() {
  const auto view = now().view;
  std::vector<ItemNo> closed;
  for (std::uint32_t row = 0; row < view->row_count(); ++row)
    if (view->row({row}).phase == Phase::Closed) closed.push_back(view->row({row}).no);
  if (closed.empty()) return std::nullopt;
  if (input_.by_chance(50)) pass_time(120);
  return act(input_.any_of(closed), Taste::Any);
}

Violation Walker::bring_to_end(ItemNo no) {
  if (Violation wrong = open_signing_of(item(no))) return wrong;
  for (int i = 0; i < kEndingSteps; ++i) {
    const Item about = item(no);
    if (!is_open(phase_of(about, *now().state)) || lapsed(about)) return std::nullopt;
    // A whole waits for its shares, and a household for those that split from it.
    std::vector<ItemNo> parts = about.shares;
    if (about.household)
      parts.insert(parts.end(), about.household->splits.begin(), about.household->splits.end());
    for (const ItemNo part : parts)
      if (is_open(phase_of(item(part), *now().state)))
        if (Violation wrong = bring_to_end(part)) return wrong;
    if (i % 12 == 11) pass_time(20);
    if (Violation wrong = act(no, Taste::Sound)) return wrong;
  }
  const Item about = item(no);
  const Flow& flow = flow_of(about, *now().state);
  std::string out = number_of(no) + " never ends: " + flow.kind + "." + flow.states[about.state].id;
  for (const AccountId who : people_)
    for (const Offer& offer : offers(*now().state, who, about, ledger_.clock().now()))
      out += "\n  " + std::to_string(who.value) + " " + offer.transition->id + " " +
             (offer.refusal ? offer.refusal->code : "may");
  return out;
}

Violation Walker::recount() {
  std::vector<Item> items;
  const auto published = now();
  for (std::uint32_t row = 0; row < published.view->row_count(); ++row) {
    items.push_back(item(published.view->row({row}).no));
    if (!(published.view->row({row}) == row_of(items.back(), *published.state)))
      return "the row of " + number_of(items.back().no) + " is not that of the item";
  }
  return compare_totals(rules_.history(), *published.state, *published.view, items);
}

Violation Walker::end() {
  // Long enough for reminders of what is to be looked at again.
  ledger_.clock().set(Instant{ledger_.clock().now().us + 400 * kDayUs});
  ledger_.publish();
  const auto view = now().view;
  for (std::uint32_t row = 0; row < view->row_count(); ++row)
    if (Violation wrong = turn(view->row({row}).no)) return wrong;
  const auto report = ledger_.verify();
  if (!report.ok()) return "not verified: " + to_text(report.error());
  if (!report->findings.empty()) return "verify finds " + report->findings.front().code;
  const auto reader = journal::open_memory_journal(store_)->open_reader();
  engine::World world;
  world.ledger_id = *engine::ledger_id_of(*engine::read_genesis(**reader));
  const Outcome caught =
      engine::catch_up(world, **reader, *(*reader)->size(), programme::file_readers());
  if (!caught.ok()) return "not replayed: " + to_text(caught.error());
  if (world.rollup.save() != now().view->save()) return "replay gives other rows";
  return std::nullopt;
}

}  // namespace tz::test
