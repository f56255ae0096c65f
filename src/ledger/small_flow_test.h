// Steps and faults of small flows that tests make.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ledger/flow.h"

namespace tz::ledger {

// A supervisor's.
inline Transition move(std::string id, std::vector<std::uint16_t> from, std::uint16_t to, Act act,
                       std::vector<Guard> guards = {}) {
  Transition out;
  out.id = std::move(id);
  out.from = std::move(from);
  out.to = to;
  out.act = act;
  out.who = {{Role::Supervisor, Relation::Scope}};
  out.guards = std::move(guards);
  return out;
}

// "flow_act_needs@close ", of every fault.
inline std::string shown(const Flow& flow) {
  std::string out;
  for (const FlowFault& fault : check(flow)) out += fault.code + "@" + fault.at + " ";
  return out;
}

}  // namespace tz::ledger
