// The steps of asking those whom a project concerns: a list that the ledger sees by its hash alone,
// whom the records draw from it, and what each of these says.
#include "access/query_code.h"
#include "base/bytes.h"
#include "engine/draw_root.h"
#include "taizhang/demo_player.h"

namespace tz::program {

// Somebody a line, with a word by which nobody can guess the list from its hash.
Outcome Player::list_affected(const Json& step) {
  const std::int64_t affected = *number_in(step, "affected");
  std::string list;
  for (std::int64_t i = 1; i <= affected; ++i)
    list += std::to_string(i) + "\t" + access::new_query_code(random_) + "\t演示户" +
            std::to_string(i) + "（虚构）\n";
  ledger::ActionInput input;
  input.affected = static_cast<std::uint32_t>(affected);
  input.asked = static_cast<std::uint16_t>(*number_in(step, "asked"));
  input.digest = sha256(as_bytes(list));
  const std::string& name = text_of(step, "item");
  items_[name] = TZ_TRY(take(step, "list_affected", std::move(input)));
  lists_[name] = std::move(list);
  return Done{};
}

Outcome Player::draw_lot(const Json& step) {
  const std::string& name = text_of(step, "item");
  const ledger::Item item = TZ_TRY(ledger_.engine->item(*items_.at(name).item));
  ledger::ActionInput input;
  input.root = TZ_TRY(engine::draw_root(*ledger_.engine, item));
  items_[name] = TZ_TRY(take(step, "draw", std::move(input)));
  return Done{};
}

// The same answer of several. Whose numbers they are, nobody knows beforehand: the story names them
// by the order in which they were drawn.
Outcome Player::ask_drawn(const Json& step) {
  const auto tree = ledger_.engine->published().state->tree;
  const std::string& name = text_of(step, "item");
  ledger::ActionInput input = TZ_TRY(ledger::read_action_input(*step.find("input"), *tree));
  const ledger::Item item = TZ_TRY(ledger_.engine->item(*items_.at(name).item));
  TZ_ASSERT(item.lot.has_value());
  for (const Json& place : *step.find("drawn")->as_array()) {
    input.drawn = item.lot->drawn.at(static_cast<std::size_t>(*place.as_int()) - 1).number;
    items_[name] = TZ_TRY(take(step, "ask_drawn", input));
  }
  return Done{};
}

}  // namespace tz::program
