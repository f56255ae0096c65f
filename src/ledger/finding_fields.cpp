// A list in one text, because a correction gives one value.
#include "ledger/finding_fields.h"

#include <algorithm>

namespace tz::ledger {
namespace {

// None where one of the codes was nobody's.
std::optional<std::vector<UnitId>> units_named(const OrgTree& tree, std::string_view list,
                                               Seq record) {
  std::vector<UnitId> out;
  for (const std::string& code : codes_in(list)) {
    const auto unit = tree.find_at(code, record);
    if (!unit) return std::nullopt;
    out.push_back(*unit);
  }
  return out;
}

void set_feedback(Item& item, const State& state, std::optional<Day> day) {
  const Flow& flow = flow_of(item, state);
  for (ItemClock& clock : item.clocks)
    if (day && item.feedback && flow.clocks[clock.clock].from_feedback &&
        clock.started == start_of(*item.feedback, state.zone))
      clock.started = start_of(*day, state.zone);
  item.feedback = day;
}

}  // namespace

bool is_of_finding(std::string_view field) {
  return field == "feedback" || field == "implementing" || field == "to_accept";
}

std::vector<std::string> codes_in(std::string_view list) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    std::string code(list.substr(0, end));
    if (!code.empty() && std::find(out.begin(), out.end(), code) == out.end())
      out.push_back(std::move(code));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
}

bool can_be_read(const Corrected& event, const OrgTree& tree, Seq record) {
  if (!event.value) return false;
  if (event.field == "feedback") return event.value->empty() || parse_day(*event.value).ok();
  const auto units = units_named(tree, *event.value, record);
  return units && (event.field == "implementing" || units->size() <= 1);
}

void correct_finding(Item& item, const State& state, const Corrected& event, Seq record) {
  TZ_ASSERT(can_be_read(event, *state.tree, record));
  if (event.field == "feedback") {
    std::optional<Day> day;
    if (!event.value->empty()) day = *parse_day(*event.value);
    return set_feedback(item, state, day);
  }
  const auto units = units_named(*state.tree, *event.value, record);
  if (event.field == "implementing") item.implementing = *units;
  if (event.field != "to_accept") return;
  item.to_accept.reset();
  if (!units->empty()) item.to_accept = units->front();
}

}  // namespace tz::ledger
