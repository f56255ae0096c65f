// What the mandates of work groups reach: for which post, at which units, in which matters, on
// which day. Outside of that a group gives nobody anything.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/item.h"
#include "ledger/org_tree.h"
#include "ledger/state.h"
#include "ledger/work_group.h"

namespace tz::ledger {

// What something is about, as mandates tell matters apart: items of a kind (an index into
// State::kinds), or a requirement of a programme. Of what is about neither, no mandate is.
struct Matter {
  std::optional<std::uint8_t> kind = std::nullopt;
  std::string_view programme = {};
  std::string_view requirement = {};
};

// What units and areas cover on that day. Of a mandate it is its first: areas that grow later do
// not widen it. Merged.
std::vector<Interval> covered_by(const OrgTree& tree, const std::vector<UnitId>& units, Day day);

// Where of that a member may look. Of a unit of his own that is covered he took part in what is
// done there: he is kept from it, from what lies below it and from what lies above it, by place or
// by line. His own are those of posts_bound() (ledger/permission.h). Merged.
std::vector<Interval> reach_of(const State& state, const WorkGroup& group, AccountId account,
                               Day day);

// Whether a place of the mandate's is the unit, or one that ended since the mandate's first day and
// whose matters are the unit's now. Of all else of such a successor a mandate is not.
bool reaches(const State& state, const WorkGroup& group, const std::vector<Interval>& where,
             UnitId unit, Day day);
// Whether a member may look at an item by its place: where it counts, or where it lay when the
// mandate began, though that has ended since.
bool reaches(const State& state, const WorkGroup& group, AccountId account, const Item& item,
             Day day);

// Whether the post stands over an item by the mandate of some group.
bool mandated(const State& state, const Post& post, const Item& item, Day day);

// The work group by whose mandate the post stands over a unit in that matter; none if by none.
// Acting in a member's post gives none.
std::optional<WorkGroupId> mandate_of(const State& state, const Post& post, UnitId unit,
                                      const Matter& about, Day day);

// Whether one of the group's members is that account, while the mandate is in force.
bool is_member(const State& state, const WorkGroup& group, AccountId account, Day day);

// The group that an event is about; none of any other event.
std::optional<WorkGroupId> group_of(const Event& event);

// Whether an account may know of the group: its members while it is in force, and who could have
// sent it (the policy's row work_group.read).
bool may_read(const State& state, const WorkGroup& group, AccountId account, Day day);

}  // namespace tz::ledger
