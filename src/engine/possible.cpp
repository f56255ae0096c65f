// One overload an event whose replay rests on something; each names what it rests on.
#include "engine/possible.h"

#include <algorithm>
#include <limits>
#include <set>

#include "ledger/finding_fields.h"
#include "ledger/fund_fold.h"
#include "ledger/lot.h"
#include "ledger/unit_changes.h"

namespace tz::engine {
namespace {

using namespace ledger;

bool known(const OrgTree& tree, UnitId unit) { return unit.value < tree.size(); }

// Events about an item that is there.
struct AboutItem {
  const State& state;
  const ItemRow& row;
  Seq record;

  bool operator()(const ItemOpened&) const { return false; }
  bool operator()(const TransitionTaken& event) const {
    return state.flows[row.flow]->state(event.to).has_value();
  }
  bool operator()(const Assigned& event) const {
    for (UnitId unit : event.responsible)
      if (!known(*state.tree, unit)) return false;
    for (UnitId unit : event.supporting)
      if (!known(*state.tree, unit)) return false;
    return known(*state.tree, event.lead);
  }
  bool operator()(const PartAssigned& event) const { return known(*state.tree, event.unit); }
  bool operator()(const HandedOver& event) const {
    return state.post(event.from) != nullptr && state.post(event.to) != nullptr;
  }
  bool operator()(const Corrected& event) const {
    if (is_of_finding(event.field)) return can_be_read(event, *state.tree, record);
    return event.field != "place" || !event.value || state.tree->find_at(*event.value, record);
  }
  bool operator()(const IdentitySealed& event) const { return known(*state.tree, event.unit); }
  bool operator()(const AffectedListed& event) const {
    return event.asked >= 1 && event.asked <= event.affected && event.affected <= kAffectedMax;
  }
  bool operator()(const ClockStarted& event) const {
    return state.flows[row.flow]->clock(event.clock) && calendar::parse_length(event.length).ok();
  }
  bool operator()(const ClockMoved& event) const {
    return state.flows[row.flow]->clock(event.clock) &&
           (!event.by || calendar::parse_length(*event.by).ok());
  }
  bool operator()(const LoanAsked& event) const {
    return known(*state.tree, event.unit) && possible_booking(state, row.no, event);
  }
  bool operator()(const LoanBooked& event) const { return possible_booking(state, row.no, event); }
  bool operator()(const LoanEnded& event) const { return possible_booking(state, row.no, event); }
  template <class Other>
  bool operator()(const Other&) const {
    return true;
  }
};

// Events that change the state. Units may wait in `growing` for the tree to be settled.
struct AboutState {
  const State& state;
  std::uint64_t seq;
  Instant recorded;
  FileReaders readers;

  const OrgTree& tree() const { return state.growing ? *state.growing : *state.tree; }

  bool operator()(const Genesis& event) const { return seq == 0 && zone_named(event.zone).ok(); }
  bool operator()(const UnitsRegistered& event) const {
    const OrgTree& units = tree();
    if (event.first.value != units.size()) return false;
    std::set<std::string_view> codes;
    std::uint64_t id = units.size();
    for (const UnitRow& row : event.rows) {
      const bool placed = row.parent.value < id || (id == 0 && row.parent.value == 0);
      if (!placed || !valid_unit_code(row.code) || unit_name_fault(row.name)) return false;
      if (!units.code_free(row.code, row.from) || !codes.insert(row.code).second) return false;
      ++id;
    }
    return true;
  }
  bool operator()(const UnitLinesAdded& event) const {
    for (const LineEdge& edge : event.edges)
      if (!known(tree(), edge.unit) || !known(tree(), edge.superior)) return false;
    return true;
  }
  [[nodiscard]] bool succeeded(UnitId unit) const {
    return std::any_of(state.successions.begin(), state.successions.end(),
                       [&](const Succession& one) { return one.unit == unit; });
  }
  bool operator()(const UnitsChanged& event) const {
    return !fault_in(
        tree(), [this](UnitId unit) { return succeeded(unit); }, event.changes, event.from);
  }
  bool operator()(const UnitSucceeded& event) const {
    if (!known(tree(), event.unit) || !known(tree(), event.successor)) return false;
    const UnitHistory& history = tree().history();
    return event.unit != event.successor && !succeeded(event.unit) && !succeeded(event.successor) &&
           history.successors(event.unit).empty() && history.successors(event.successor).empty();
  }
  bool operator()(const ProgrammeAdopted& event) const {
    const auto programme = readers.programme(event.text);
    return programme.ok() && programme->id == event.programme &&
           programme->version == event.version && tree().size() > 0;
  }
  [[nodiscard]] const AdoptedRequirement* adopted(const std::string& programme,
                                                  const std::string& requirement) const {
    const auto known = state.programme_of(programme);
    return known ? state.programmes[*known]->requirement(requirement) : nullptr;
  }
  bool operator()(const RequirementAnswered& event) const {
    const AdoptedRequirement* one = adopted(event.programme, event.requirement);
    if (one == nullptr || event.status == CoverageStatus::Late) return false;
    const AskedUnits& asked = one->coverage.asked();
    return day_of(recorded, state.zone) >= asked.day &&
           std::all_of(event.units.begin(), event.units.end(), [&](UnitId unit) {
             return known(*asked.tree, unit) && one->coverage.asks(asked.tree->position(unit));
           });
  }
  bool operator()(const ActivityRecorded& event) const {
    return state.programme_of(event.programme).has_value() &&
           std::all_of(event.units.begin(), event.units.end(),
                       [&](UnitId unit) { return known(tree(), unit); });
  }
  bool operator()(const CatalogueAdopted& event) const {
    const auto catalogue = readers.catalogue(event.text);
    return catalogue.ok() && catalogue->version == event.version;
  }
  bool operator()(const HandlingRecorded& event) const {
    const std::int64_t further = std::max<std::int64_t>(event.visits - 1, 0);
    return state.catalogue.index_of(event.service) && known(tree(), event.unit) &&
           event.visits >= 0 && event.visits <= kHandlingVisitsMax &&
           static_cast<std::int64_t>(event.further.size()) == further;
  }
  bool operator()(const DisputeBrought& event) const {
    const Dispute* earlier = event.returns ? state.disputes.find(*event.returns) : nullptr;
    const bool ended = !event.returns || (earlier != nullptr && earlier->outcome);
    return ended && known(tree(), event.unit) && state.disputes.find(event.no) == nullptr &&
           event.parties.size() >= kPartiesMin && event.parties.size() <= kPartiesMax;
  }
  bool operator()(const DisputeEnded& event) const {
    const Dispute* dispute = state.disputes.find(event.dispute);
    return dispute != nullptr && !dispute->outcome && posts(event.mediators);
  }
  bool operator()(const PartyAnswered& event) const {
    const Dispute* dispute = state.disputes.find(event.dispute);
    return dispute != nullptr && dispute->outcome && event.party >= 1 &&
           event.party <= dispute->parties.size();
  }
  bool operator()(const CoverageSealed& event) const {
    return adopted(event.programme, event.requirement) != nullptr && event.position <= seq;
  }
  bool operator()(const BudgetAdopted& event) const { return BurdenBudget::parse(event.text).ok(); }
  bool operator()(const DutiesAdopted& event) const { return DutyList::parse(event.text).ok(); }
  bool operator()(const FlowAdopted& event) const {
    const auto flow = readers.flow(event.text);
    return flow.ok() && flow->kind == event.kind && flow->version == event.version &&
           (state.kind_index(event.kind) || state.kinds.size() < kKindCountMax);
  }
  bool operator()(const CalendarAdopted& event) const {
    return state.time_rules->with_calendar(event.text, event.known).ok();
  }
  bool operator()(const LimitsAdopted& event) const {
    return state.time_rules->with_limits(event.text).ok();
  }
  bool operator()(const FiguresPublished& event) const {
    const UnitId* before = nullptr;
    for (const PublicFigure& figure : event.figures) {
      if (!known(tree(), figure.unit) || figure.received < kPublicCountMin) return false;
      if (before != nullptr && !(*before < figure.unit)) return false;
      before = &figure.unit;
    }
    return state.kind_index(event.kind).has_value() && event.month == first_of_month(event.month);
  }
  bool operator()(const ReceivingKeySet& event) const { return known(tree(), event.unit); }
  bool operator()(const AccountOpened& event) const {
    return event.account.value == state.accounts.size() + 1;
  }
  bool operator()(const PostGranted& event) const {
    return event.post.value == state.posts.size() + 1 && known(tree(), event.unit) &&
           event.account.value >= 1 && event.account.value <= state.accounts.size();
  }
  bool operator()(const ActingGranted& event) const {
    return event.post.value == state.posts.size() + 1 && state.post(event.place) != nullptr &&
           state.post(event.by) != nullptr;
  }
  bool operator()(const HandoverProposed& event) const {
    return event.handover.value == state.handovers.size() + 1 &&
           state.post(event.from) != nullptr && state.post(event.to) != nullptr;
  }
  bool operator()(const HandoverEnded& event) const {
    return state.handover(event.handover) != nullptr;
  }
  bool operator()(const BallotHeld& event) const {
    return event.ballot.value == state.ballots.size() + 1 && known(tree(), event.unit);
  }
  bool operator()(const WorkGroupMandated& event) const {
    return event.group.value == state.work_groups.size() + 1 &&
           state.post(event.issuer) != nullptr && posts(event.members) &&
           std::all_of(event.units.begin(), event.units.end(),
                       [&](UnitId unit) { return known(tree(), unit); });
  }
  bool operator()(const WorkGroupMembersChanged& event) const {
    return state.work_group(event.group) != nullptr && posts(event.members);
  }
  bool operator()(const WorkGroupEnded& event) const {
    return state.work_group(event.group) != nullptr;
  }
  bool operator()(const VisitRecorded& event) const {
    return state.work_group(event.group) != nullptr && known(tree(), event.unit);
  }
  bool operator()(const SchemeOpened& event) const {
    return !state.scheme_of(event.scheme) && state.schemes.size() < kSchemesMax &&
           std::all_of(event.units.begin(), event.units.end(),
                       [&](UnitId unit) { return known(tree(), unit); });
  }
  bool operator()(const RegisterClosed& event) const { return scheme(event.scheme); }
  bool operator()(const RosterFrozen& event) const {
    return scheme(event.scheme) &&
           std::all_of(event.households.begin(), event.households.end(),
                       [&](const HouseholdCount& one) {
                         return known(tree(), one.unit) && one.households > 0 &&
                                one.households <= std::numeric_limits<std::uint32_t>::max();
                       });
  }
  bool operator()(const SigningOpened& event) const {
    return scheme(event.scheme) && event.first <= event.last &&
           (!event.percent || (*event.percent >= kSigningPercentMin && *event.percent <= 100));
  }
  bool operator()(const SignatureCounted& event) const {
    const auto index = state.scheme_of(event.scheme);
    return index && (event.given || state.schemes[*index]->signed_count > 0);
  }
  bool operator()(const SchemeTookEffect& event) const { return scheme(event.scheme); }
  bool operator()(const RosterPublished& event) const {
    return scheme(event.scheme) && (!event.unit || known(tree(), *event.unit)) &&
           may_be_public(event.rows) &&
           std::all_of(event.rows.begin(), event.rows.end(), [&](const RosterRow& row) {
             return std::all_of(row.units.begin(), row.units.end(),
                                [&](UnitId unit) { return known(tree(), unit); });
           });
  }
  [[nodiscard]] bool scheme(const std::string& code) const {
    return state.scheme_of(code).has_value();
  }
  [[nodiscard]] bool posts(const std::vector<PostId>& some) const {
    return std::all_of(some.begin(), some.end(),
                       [&](PostId post) { return state.post(post) != nullptr; });
  }
  bool operator()(const FundOpened& event) const {
    return state.fund(event.fund) == nullptr && known(tree(), event.unit);
  }
  bool operator()(const FundCheckersBound& event) const {
    return state.fund(event.fund) != nullptr && posts(event.checkers);
  }
  bool operator()(const FundMoneyBooked& event) const { return possible_money(state, event); }
  bool operator()(const PostEnded& event) const {
    return event.post.value >= 1 && event.post.value <= state.posts.size();
  }
  template <class Other>
  bool operator()(const Other&) const {
    return true;
  }
};

// Whether it can be the opening of that item.
bool opens(const State& state, const ItemOpened& event, std::uint64_t no) {
  const OrgTree& tree = *state.tree;
  const auto& implementing = event.implementing.value_or(std::vector<UnitId>{});
  const bool placed = known(tree, event.place) &&
                      (!event.accepting || known(tree, *event.accepting)) &&
                      std::all_of(implementing.begin(), implementing.end(),
                                  [&](UnitId unit) { return known(tree, unit); });
  if (event.no.value != no || !placed || !state.flow_of(event.kind, event.flow_version))
    return false;
  if (event.programme.has_value() != event.requirement.has_value()) return false;
  if (event.scheme && !state.scheme_of(*event.scheme)) return false;
  return !event.programme || state.special_of(*event.programme, *event.requirement);
}

}  // namespace

bool possible(World& world, const OpenedRecord& opened, ledger::FileReaders readers) {
  const Event& event = opened.event.event;
  if (!changes_tree(event)) settle(world);
  if (!opened.record.item)
    return std::visit(
        AboutState{world.state, opened.record.seq.value, opened.record.recorded, readers}, event);
  const auto row = world.rollup.find(ItemNo{*opened.record.item});
  if (row) return std::visit(AboutItem{world.state, *row, opened.record.seq}, event);
  const auto* opening = std::get_if<ItemOpened>(&event);
  return opening != nullptr && opens(world.state, *opening, *opened.record.item);
}

}  // namespace tz::engine
