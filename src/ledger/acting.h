// A transition being decided: what its act adds to the move, spread over the files of its nouns.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/decide.h"

namespace tz::ledger {

// What an act adds to the TransitionTaken.
struct Acting {
  const Circumstances& at;
  const Transition& transition;
  const Item& item;
  const ActionInput& input;
  Day today;
  PostId post;
  std::vector<EventDraft> before;  // facts that stand before the move
  std::vector<EventDraft> after;   // and those that follow from it
  std::uint16_t to = 0;

  void add(Event event, std::vector<LabelledText> texts = {}) {
    before.push_back({std::move(event), item.no, std::move(texts)});
  }
};
using Refused = std::optional<Error>;  // none: nothing stands in the way

// Refuses `field_required`.
Refused required(std::string_view field, const ActionInput& input);
// Refuses `due_in_past`.
Refused not_past(const Acting& a, Day due);
void add_evidence(Acting& a);

// Of what several units do (ledger/decide_parts.cpp).
std::vector<UnitId> with_parts(const ActionInput& input);  // the supporting units, each once
Refused assign_parts(Acting& a, const std::optional<Day>& due);
Refused contribute(Acting& a);
Refused call_in(Acting& a);
Refused assess(Acting& a);
Refused split(Acting& a);

// Of how a matter ends, and begins again (ledger/decide_closing.cpp).
Refused close(Acting& a);
Refused link(Acting& a);
Refused reopen(Acting& a);
Refused judge(Acting& a);
Refused look_back(Acting& a);
Refused merge(Acting& a);
Refused add_source(Acting& a);
Refused begin_again(Acting& a, std::uint16_t closure);

// Of whom to ask where a closing concerns many (ledger/decide_lot.cpp).
Refused ask_many(Acting& a);

// Of what is counted (ledger/decide_actuals.cpp).
Refused report_actuals(Acting& a);
// The money of a plan, where none stands, or of a change.
Refused plan_funds(Acting& a);
Refused move_milestones(Acting& a);
// A copy counts what its model counts, so that they add up. Refuses `model_indicator_missing`.
Refused follows_model(const Acting& a);

}  // namespace tz::ledger
