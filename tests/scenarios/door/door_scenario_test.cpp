// Plays the scenarios about who comes in and what is written down of it.
//
//   tz_door_scenario_test FOLDER FILE...
#include "scenarios/door/door_player.h"

int main(int count, char** words) {
  const std::vector<std::string> given(words + 1, words + count);
  if (given.size() < 2) return 2;
  return tz::test::play_files(given[0], {given.begin() + 1, given.end()},
                              [] { return std::make_unique<tz::test::DoorPlayer>(); });
}
