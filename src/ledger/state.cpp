// Folding the events that are about no item.
#include "ledger/state.h"

#include <algorithm>

#include "ledger/fund_fold.h"
#include "ledger/special_items.h"

namespace tz::ledger {
namespace {

struct Applier {
  State& state;
  Instant recorded;
  Seq record;
  FileReaders readers;

  void operator()(const Genesis& event) const {
    state.genesis = event;
    const auto zone = zone_named(event.zone);
    TZ_ASSERT(zone.ok());
    state.zone = *zone;
  }
  void operator()(const UnitsRegistered& event) const {
    TZ_ASSERT(event.first.value == growing().size());
    growing().append_units(event.rows, record);
  }
  void operator()(const UnitLinesAdded& event) const { growing().add_lines(event.edges); }
  void operator()(const UnitsChanged& event) const {
    growing().change_units(event.changes, event.from, record);
  }
  [[nodiscard]] OrgTree& growing() const {
    if (!state.growing) state.growing = std::make_shared<OrgTree>(*state.tree);
    return *state.growing;
  }
  void operator()(const FlowAdopted& event) const {
    auto flow = readers.flow(event.text);
    TZ_ASSERT(flow.ok());
    if (!state.kind_index(event.kind)) state.kinds.push_back(event.kind);
    state.flows.push_back(std::make_shared<const Flow>(std::move(flow).value()));
  }
  void operator()(const AccountOpened& event) const {
    TZ_ASSERT(event.account.value == state.accounts.size() + 1);
    state.accounts.add(event.account);
  }
  void operator()(const PostGranted& event) const {
    add_post(state, {event.post, event.account, event.unit, event.role, event.from, event.to});
  }
  void operator()(const PostEnded& event) const {
    TZ_ASSERT(event.post.value >= 1 && event.post.value <= state.posts.size());
    state.posts.change(event.post.value - 1, [&](Post& post) { post.to = event.last_day; });
    // Nobody acts in a post that is over, nor out of one.
    std::vector<PostId> over;
    for (const Post& post : state.posts)
      if (post.acting && (post.acting->place == event.post || post.acting->by == event.post))
        over.push_back(post.id);
    for (const PostId id : over)
      state.posts.change(id.value - 1,
                         [&](Post& post) { post.to = std::min(*post.to, event.last_day); });
  }
  void operator()(const ActingGranted& event) const {
    const Post* place = state.post(event.place);
    const Post* by = state.post(event.by);
    TZ_ASSERT(place != nullptr);
    TZ_ASSERT(by != nullptr);
    Post post{event.post, by->account, place->unit, place->role, event.from, event.to};
    for (const Post* other : {place, by})
      if (other->to) post.to = std::min(*post.to, *other->to);
    post.acting = Post::Acting{place->id, place->account, by->id};
    add_post(state, post);
  }
  void operator()(const HandoverProposed& event) const {
    TZ_ASSERT(event.handover.value == state.handovers.size() + 1);
    state.handovers.add({event.from, event.to, event.list});
  }
  void operator()(const HandoverEnded& event) const {
    TZ_ASSERT(state.handover(event.handover) != nullptr);
    state.handovers.change(event.handover.value - 1,
                           [](Handover& handover) { handover.open = false; });
  }
  void operator()(const FiguresPublished& event) const {
    const auto kind = state.kind_index(event.kind);
    TZ_ASSERT(kind.has_value());
    // The records of a month follow one another.
    auto& months = state.public_months;
    const OrgTree& tree = state.growing ? *state.growing : *state.tree;
    const bool more =
        !months.empty() && months.back()->kind == *kind && months.back()->month == event.month;
    if (!more) {
      months.add(std::make_shared<const PublicMonth>(
          PublicMonth{*kind, event.month, tree.size(), event.figures}));
      return;
    }
    months.change(months.size() - 1, [&](std::shared_ptr<const PublicMonth>& month) {
      auto grown = std::make_shared<PublicMonth>(*month);
      grown->figures.insert(grown->figures.end(), event.figures.begin(), event.figures.end());
      month = std::move(grown);
    });
  }
  void operator()(const ReceivingKeySet& event) const {
    const Day today = day_of(recorded, state.zone);
    const ReceivingKeys* before = state.receiving_keys.find(event.unit);
    if (before == nullptr) {
      state.receiving_keys.put(event.unit, {{event.key, today}, {}});
      return;
    }
    ReceivingKeys keys{before->on(today), {}};
    // The key that holds, set again, calls off the one that was to come.
    if (keys.earlier.key != event.key)
      keys.next = {event.key, Day{today.number + kReceivingKeyWaitDays}};
    state.receiving_keys.put(event.unit, keys);
  }
  void operator()(const CalendarAdopted& event) const {
    auto rules = state.time_rules->with_calendar(event.text, event.known);
    TZ_ASSERT(rules.ok());
    state.time_rules = std::make_shared<const TimeRules>(*std::move(rules));
  }
  void operator()(const LimitsAdopted& event) const {
    auto rules = state.time_rules->with_limits(event.text, record);
    TZ_ASSERT(rules.ok());
    state.time_rules = std::make_shared<const TimeRules>(*std::move(rules));
  }
  void operator()(const DutiesAdopted& event) const {
    auto duties = DutyList::parse(event.text);
    TZ_ASSERT(duties.ok());
    state.duties = std::make_shared<const DutyList>(*std::move(duties));
  }
  void operator()(const BudgetAdopted& event) const {
    auto budget = BurdenBudget::parse(event.text);
    TZ_ASSERT(budget.ok());
    state.budget = std::make_shared<const BurdenBudget>(*std::move(budget));
  }
  void operator()(const UnitSucceeded& event) const {
    state.successions.add({event.unit, event.successor, event.from});
  }
  void operator()(const ProgrammeAdopted& event) const {
    auto programme = readers.programme(event.text);
    TZ_ASSERT(programme.ok());
    settle(state);
    const auto known = state.programme_of(event.programme);
    if (!known) state.programmes.push_back(std::make_shared<const AdoptedProgramme>());
    auto& adopted = state.programmes[known.value_or(state.programmes.size() - 1)];
    adopted = std::make_shared<const AdoptedProgramme>(
        with_version(*adopted, std::make_shared<const Programme>(*std::move(programme)), state.tree,
                     day_of(recorded, state.zone)));
    note_specials(known.value_or(state.programmes.size() - 1));
  }
  // What is one already keeps its place, whatever later versions say of it.
  void note_specials(std::size_t programme) const {
    const AdoptedProgramme& adopted = *state.programmes[programme];
    for (std::size_t i = 0; i < adopted.requirements.size(); ++i) {
      const Requirement& words = adopted.requirements[i]->words();
      std::string name = special_name(adopted.newest().id, words.id);
      if (words.sort == RequirementSort::Rectification && !state.special_of(name))
        state.specials.add({programme, i, std::move(name)});
    }
  }
  void operator()(const RequirementAnswered& event) const {
    change(event.programme, event.requirement, [&](AdoptedRequirement& one) {
      const Day today = day_of(recorded, state.zone);
      ++one.changes;
      for (const UnitId unit : event.units) {
        one.take(one.coverage.asked().tree->position(unit), event.status, today);
      }
    });
  }
  void operator()(const ActivityRecorded& event) const {
    const auto programme = state.programme_of(event.programme);
    TZ_ASSERT(programme.has_value());
    state.activities.add({static_cast<std::uint16_t>(*programme), event.requirement, event.sort,
                          event.day, event.units, event.people, event.qualifier, event.items});
  }
  void operator()(const CatalogueAdopted& event) const {
    auto catalogue = readers.catalogue(event.text);
    TZ_ASSERT(catalogue.ok());
    state.catalogue =
        with_version(state.catalogue, std::make_shared<const Catalogue>(*std::move(catalogue)));
  }
  void operator()(const HandlingRecorded& event) const {
    const auto service = state.catalogue.index_of(event.service);
    TZ_ASSERT(service.has_value());
    state.handlings.add(handling_of(event, *service));
  }
  void operator()(const DisputeBrought& event) const { state.disputes.apply(event); }
  void operator()(const DisputeEnded& event) const { state.disputes.apply(event); }
  void operator()(const PartyAnswered& event) const { state.disputes.apply(event); }
  void operator()(const CoverageSealed& event) const {
    change(event.programme, event.requirement, [&](AdoptedRequirement& one) {
      one.seals.push_back(
          {event.position, day_of(recorded, state.zone), event.reason, event.digest});
      one.sealed_changes = one.changes;
      one.sealed = one.coverage;
    });
  }
  template <class Work>
  void change(const std::string& programme, const std::string& requirement,
              const Work& work) const {
    const auto index = state.programme_of(programme);
    TZ_ASSERT(index.has_value());
    auto changed = std::make_shared<AdoptedProgramme>(*state.programmes[*index]);
    AdoptedRequirement* one = changed->requirement(requirement);
    TZ_ASSERT(one != nullptr);
    work(*one);
    state.programmes[*index] = std::move(changed);
  }
  void operator()(const WorkGroupMandated& event) const {
    TZ_ASSERT(event.group.value == state.work_groups.size() + 1);
    WorkGroup group;
    group.name = event.name;
    group.record = record;
    group.issuer = event.issuer;
    group.members = event.members;
    group.units = event.units;
    group.kinds = event.kinds;
    group.requirements = event.requirements;
    group.visits_max = event.visits_max;
    group.from = event.from;
    group.to = event.to;
    group.overlaps = event.overlaps;
    state.work_groups.add(std::make_shared<const WorkGroup>(std::move(group)));
  }
  void operator()(const WorkGroupMembersChanged& event) const {
    change(event.group, [&](WorkGroup& group) { group.members = event.members; });
  }
  void operator()(const WorkGroupEnded& event) const {
    change(event.group, [&](WorkGroup& group) { group.to = std::min(group.to, event.last_day); });
  }
  void operator()(const VisitRecorded& event) const {
    change(event.group, [&](WorkGroup& group) {
      group.visits.add(
          {record, event.unit, event.day, event.sort, event.asked, event.opened, event.checked});
    });
  }
  void operator()(const BallotHeld& event) const {
    TZ_ASSERT(event.ballot.value == state.ballots.size() + 1);
    state.ballots.add(std::make_shared<const Ballot>(Ballot{event, record}));
  }
  template <class Work>
  void change(WorkGroupId id, const Work& work) const {
    TZ_ASSERT(state.work_group(id) != nullptr);
    auto changed = std::make_shared<WorkGroup>(*state.work_group(id));
    work(*changed);
    state.work_groups.change(id.value - 1, [&](auto& group) { group = std::move(changed); });
  }
  void operator()(const FundOpened& event) const { open_fund(state, event, record); }
  void operator()(const FundCheckersBound& event) const { bind_checkers(state, event); }
  void operator()(const FundMoneyBooked& event) const {
    book_money(state, event, day_of(recorded, state.zone), record);
  }
  void operator()(const SchemeOpened& event) const {
    Scheme scheme;
    scheme.code = event.scheme;
    scheme.name = event.name;
    scheme.units = event.units;
    state.schemes.add(std::make_shared<const Scheme>(std::move(scheme)));
  }
  void operator()(const RegisterClosed& event) const {
    change_scheme(event.scheme, [&](Scheme& scheme) {
      scheme.closed = record;
      scheme.register_day = day_of(recorded, state.zone);
    });
  }
  void operator()(const RosterFrozen& event) const {
    change_scheme(event.scheme, [&](Scheme& scheme) {
      auto all = std::make_shared<std::vector<HouseholdCount>>();
      if (scheme.households) *all = *scheme.households;
      for (const HouseholdCount& one : event.households) {
        all->push_back(one);
        scheme.household_count += one.households;
      }
      scheme.households = std::move(all);
    });
  }
  void operator()(const SigningOpened& event) const {
    change_scheme(event.scheme, [&](Scheme& scheme) {
      scheme.term = SigningTerm{event.first, event.last, event.percent};
    });
  }
  void operator()(const SignatureCounted& event) const {
    change_scheme(event.scheme,
                  [&](Scheme& scheme) { scheme.signed_count += event.given ? 1 : -1; });
  }
  void operator()(const SchemeTookEffect& event) const {
    change_scheme(event.scheme,
                  [&](Scheme& scheme) { scheme.in_effect = day_of(recorded, state.zone); });
  }
  void operator()(const RosterPublished& event) const {
    change_scheme(event.scheme, [&](Scheme& scheme) {
      scheme.publish({event.audience, event.unit, event.first, event.last, event.position, recorded,
                      event.rows},
                     day_of(recorded, state.zone));
    });
  }
  template <class Work>
  void change_scheme(const std::string& code, const Work& work) const {
    const auto index = state.scheme_of(code);
    TZ_ASSERT(index.has_value());
    auto changed = std::make_shared<Scheme>(*state.schemes[*index]);
    work(*changed);
    state.schemes.change(*index, [&](auto& scheme) { scheme = std::move(changed); });
  }
  void operator()(const ImportAdopted& event) const { state.adopted_imports.add(event.import); }
  template <class Other>
  void operator()(const Other&) const {}  // about an item: ledger/item.h
};

}  // namespace

std::optional<std::uint16_t> State::flow_of(std::string_view kind) const {
  for (std::size_t i = flows.size(); i > 0; --i)
    if (flows[i - 1]->kind == kind) return static_cast<std::uint16_t>(i - 1);
  return std::nullopt;
}

std::optional<std::uint16_t> State::flow_of(std::string_view kind, std::int64_t version) const {
  for (std::size_t i = 0; i < flows.size(); ++i)
    if (flows[i]->kind == kind && flows[i]->version == version)
      return static_cast<std::uint16_t>(i);
  return std::nullopt;
}

std::optional<std::uint8_t> State::kind_index(std::string_view kind) const {
  for (std::size_t i = 0; i < kinds.size(); ++i)
    if (kinds[i] == kind) return static_cast<std::uint8_t>(i);
  return std::nullopt;
}

std::optional<std::size_t> State::programme_of(std::string_view id) const {
  for (std::size_t i = 0; i < programmes.size(); ++i)
    if (!programmes[i]->versions.empty() && programmes[i]->newest().id == id) return i;
  return std::nullopt;
}

std::optional<std::uint32_t> State::special_of(std::string_view programme,
                                               std::string_view requirement) const {
  return special_of(special_name(programme, requirement));
}

std::optional<std::uint32_t> State::special_of(std::string_view name) const {
  for (std::size_t i = 0; i < specials.size(); ++i)
    if (specials[i].name == name) return static_cast<std::uint32_t>(i);
  return std::nullopt;
}

const Fund* State::fund(std::string_view code) const {
  for (const auto& each : funds)
    if (each->code == code) return each.get();
  return nullptr;
}

const Fund* State::fund_of(ItemNo item) const {
  for (const auto& each : funds)
    if (each->loan(item) != nullptr) return each.get();
  return nullptr;
}

std::optional<std::uint16_t> State::scheme_of(std::string_view code) const {
  for (std::size_t i = 0; i < schemes.size(); ++i)
    if (schemes[i]->code == code) return static_cast<std::uint16_t>(i);
  return std::nullopt;
}

const PublicMonth* State::public_month(std::uint8_t kind, Day month) const {
  for (const auto& each : public_months)
    if (each->kind == kind && each->month == month) return each.get();
  return nullptr;
}

const Post* State::post(PostId id) const {
  if (id.value < 1 || id.value > posts.size()) return nullptr;
  return &posts[id.value - 1];
}

const Handover* State::handover(HandoverId id) const {
  if (id.value < 1 || id.value > handovers.size()) return nullptr;
  return &handovers[id.value - 1];
}

const Ballot* State::ballot(BallotId id) const {
  const bool known = id.value >= 1 && id.value <= ballots.size();
  return known ? ballots[id.value - 1].get() : nullptr;
}

const WorkGroup* State::work_group(WorkGroupId id) const {
  if (id.value < 1 || id.value > work_groups.size()) return nullptr;
  return work_groups[id.value - 1].get();
}

UnitId State::now_of(UnitId unit, Day day) const {
  // Whoever is succeeded succeeds nobody later (decide.cpp), so that each round leads on. Of a unit
  // that has ended since it was succeeded the tree says whose its matters are, as it says where
  // they count.
  const std::span<const Heir> heirs = tree->history().successors(unit);
  if (!heirs.empty() && heirs.front().from <= day) return now_of(heirs.front().successor, day);
  for (const Succession& one : successions)
    if (one.unit == unit && one.from <= day) return now_of(one.successor, day);
  return unit;
}

std::vector<UnitId> State::before_of(UnitId unit, Day day) const {
  std::vector<UnitId> out{unit};
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const Succession& one : successions) {
      const std::span<const Heir> heirs = tree->history().successors(one.unit);
      const bool went_on = !heirs.empty() && heirs.front().from <= day;
      if (one.successor == out[i] && one.from <= day && !went_on) out.push_back(one.unit);
    }
    for (const Heir& heir : tree->history().predecessors(out[i]))
      if (heir.from <= day) out.push_back(heir.unit);
  }
  return out;
}

bool State::acts(AccountId account, Day day) const {
  const std::vector<std::uint32_t>* held = posts_held.find(account);
  return held != nullptr && std::any_of(held->begin(), held->end(), [&](std::uint32_t index) {
           return posts[index].acting && posts[index].held_on(day);
         });
}

std::vector<Post> State::posts_of(AccountId account, Day day) const {
  std::vector<Post> out;
  const std::vector<std::uint32_t>* held = posts_held.find(account);
  if (held == nullptr) return out;
  for (const std::uint32_t index : *held)
    if (posts[index].held_on(day)) out.push_back(posts[index]);
  return out;
}

void add_post(State& state, const Post& post) {
  TZ_ASSERT(post.id.value == state.posts.size() + 1);
  TZ_ASSERT(post.account.value >= 1 && post.account.value <= state.accounts.size());
  const auto index = static_cast<std::uint32_t>(state.posts.size());
  const auto note = [index](std::vector<std::uint32_t>& posts) { posts.push_back(index); };
  state.posts_held.change(post.account, note);
  state.posts_in.change(post.unit, note);
  state.posts.add(post);
}

void apply(State& state, const Event& event, const RecordedAs& recorded, FileReaders readers) {
  std::visit(Applier{state, recorded.at, recorded.record, readers}, event);
}

bool changes_tree(const Event& event) {
  return std::holds_alternative<UnitsRegistered>(event) ||
         std::holds_alternative<UnitLinesAdded>(event) ||
         std::holds_alternative<UnitsChanged>(event);
}

bool settle(State& state) {
  if (!state.growing) return false;
  state.growing->settle();
  state.tree = std::move(state.growing);
  state.growing.reset();
  return true;
}

}  // namespace tz::ledger
