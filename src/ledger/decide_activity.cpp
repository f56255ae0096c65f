// An activity says what was held, never what came of it: what it found is listed as items.
#include "ledger/decide_activity.h"

#include <algorithm>

#include "ledger/decide_units.h"
#include "ledger/given_text.h"
#include "ledger/permission.h"

namespace tz::ledger {
namespace {

using Refused = std::optional<Error>;

constexpr std::int64_t kPeopleMax = 100'000'000;
constexpr std::size_t kGapsMax = 200;

Refused too_long(const char* field, std::size_t count, std::size_t count_max) {
  if (count <= count_max) return std::nullopt;
  return refusal("list_too_long", {{"field", field}, {"count_max", std::to_string(count_max)}});
}

Refused units_fault(const State& state, const std::vector<UnitId>& units) {
  if (units.empty()) return refusal("field_required", {{"field", "units"}});
  if (auto error = too_long("units", units.size(), kUnitsPerRecord)) return error;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i].value >= state.tree->size())
      return refusal("unit_unknown", {{"unit", std::to_string(units[i].value)}});
    const auto here = units.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(units.begin(), here, units[i]) != here)
      return refusal("unit_twice", {{"unit", std::string(state.tree->code(units[i]))}});
  }
  return std::nullopt;
}

// Gaps were found at one of the units, on its day or after.
Refused gaps_fault(const Circumstances& at, const RecordActivity& command, Day today) {
  const std::vector<ItemNo>& items = command.items;
  if (auto error = too_long("items", items.size(), kGapsMax)) return error;
  for (const ItemNo no : items) {
    const Facts which = {{"item", to_text(no)}};
    if (std::count(items.begin(), items.end(), no) > 1) return refusal("item_twice", which);
    const Item* item = at.item(no);
    if (item == nullptr || !may_read(at.state, at.actor.account, *item, today))
      return refusal("item_unknown", which);
    const bool there = std::any_of(command.units.begin(), command.units.end(), [&](UnitId unit) {
      return at.state.tree->within(counted_at(*item, item->place, at.state), unit);
    });
    if (!there || day_of(item->opened, at.state.zone) < command.day)
      return refusal("gap_elsewhere", which);
  }
  return std::nullopt;
}

}  // namespace

Result<Decision> decide_activity(const Circumstances& at, const RecordActivity& command) {
  const State& state = at.state;
  if (auto error = units_fault(state, command.units)) return *error;
  const Right right = Right::ActivityRecord;
  const PostId post = TZ_TRY(permitted(at, Wish{right, nullptr, to_text(right)}, command.units));
  const auto known = state.programme_of(command.programme);
  if (!known) return refusal("programme_unknown", {{"programme", command.programme}});
  const AdoptedProgramme& programme = *state.programmes[*known];
  if (command.requirement && programme.requirement(*command.requirement) == nullptr)
    return refusal("requirement_unknown", {{"requirement", *command.requirement}});
  const Day today = day_of(at.now, state.zone);
  if (today < command.day) return refusal("occurred_in_future", {{"day", to_text(command.day)}});
  if (command.day < programme.newest().from) return refusal("field_bad", {{"field", "day"}});
  for (const UnitId unit : command.units)
    if (auto error = ended_unit(state, unit, command.day)) return *error;
  if (command.people && (*command.people < 1 || *command.people > kPeopleMax))
    return refusal("field_bad", {{"field", "people"}});
  if (auto error = text_fault({"text", kTextCharsMax}, command.text)) return *error;
  if (auto error = gaps_fault(at, command, today)) return *error;
  ActivityRecorded event{command.programme, command.requirement, command.sort,      command.day,
                         command.units,     command.people,      command.qualifier, command.items};
  std::vector<LabelledText> texts;
  if (!command.text.empty()) texts.push_back({"text", command.text});
  return Decision{post, {{std::move(event), {}, std::move(texts)}}};
}

}  // namespace tz::ledger
