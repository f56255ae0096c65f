// Stages stand where households are counted by them, and signing is where they say so.
#include "ledger/household_flow.h"

#include <algorithm>

namespace tz::ledger {
namespace {

bool is_signed(const Flow& flow, std::uint16_t state) {
  return state < flow.states.size() && flow.states[state].stage == HouseholdStage::Signed;
}

// What is counted as signed is where the stages say so, and nowhere else.
bool signs_wrongly(const Flow& flow, const Transition& t) {
  const bool leads = !t.stays && is_signed(flow, t.to);
  if (t.act != Act::Sign && t.act != Act::Revoke) return leads && flow.resettles();
  const bool leaves = std::any_of(t.from.begin(), t.from.end(),
                                  [&](std::uint16_t state) { return is_signed(flow, state); });
  return leads != (t.act == Act::Sign) || leaves == (t.act == Act::Sign);
}

}  // namespace

std::vector<FlowFault> household_faults(const Flow& flow) {
  std::vector<FlowFault> out;
  for (const Transition& t : flow.transitions)
    if (signs_wrongly(flow, t)) out.push_back({"flow_act_needs", t.id});
  if (!flow.resettles()) return out;
  // Every household is at some stage until it leaves the register, and at none then.
  for (const FlowState& state : flow.states)
    if ((state.stage == HouseholdStage::None) != (state.phase == Phase::Dropped))
      out.push_back({"flow_state_stageless", state.id});
  return out;
}

}  // namespace tz::ledger
