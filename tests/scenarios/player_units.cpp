// Lines about changes of the tree.
#include "scenarios/player.h"

namespace tz::test {

using namespace ledger;

// change CODE { name=NAME | code=CODE | parent=CODE }
Fault Player::change_unit(const Words& words) {
  const auto tree = ledger_.engine().published().state->tree;
  const auto unit = words.size() > 2 ? tree->find(words[1]) : std::nullopt;
  if (!unit) return ScenarioFault{"change CODE KEY=VALUE is needed"};
  ChangeUnits command{"test", day_, {}, {}, {}};
  for (std::size_t i = 2; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    const std::string key = words[i].substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : words[i].substr(equals + 1);
    if (key == "name") {
      command.changes.push_back({*unit, ChangeKind::Renamed, value, {}});
    } else if (key == "code") {
      command.changes.push_back({*unit, ChangeKind::Recoded, value, {}});
    } else if (const auto parent = tree->find(value); key == "parent" && parent) {
      command.changes.push_back({*unit, ChangeKind::Moved, {}, *parent});
    } else {
      return ScenarioFault{"cannot be read: " + words[i]};
    }
  }
  return ask({}, std::move(command));
}

// ends CODE { CODE }: the unit, and who succeeds it
Fault Player::end_unit(const Words& words) {
  const auto tree = ledger_.engine().published().state->tree;
  const auto unit = words.size() > 1 ? tree->find(words[1]) : std::nullopt;
  if (!unit) return ScenarioFault{"ends CODE { CODE } is needed"};
  ChangeUnits command{"test", day_, {}, {{*unit, ChangeKind::Ended, {}, {}}}, {}};
  for (std::size_t i = 2; i < words.size(); ++i) {
    const auto successor = tree->find(words[i]);
    if (!successor) return ScenarioFault{"there is no unit " + words[i]};
    command.changes.push_back({*unit, ChangeKind::Succeeded, {}, *successor});
  }
  return ask({}, std::move(command));
}

}  // namespace tz::test
