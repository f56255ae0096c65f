// Plays scenario files; each fault is told with file and line. Or checks that rules and scenarios
// name each other.
//
//   tz_scenario_test play FOLDER FILE...     tz_scenario_test named FOLDER RULES
#include <cstdio>
#include <filesystem>
#include <set>
#include <string>

#include "scenarios/player.h"

namespace tz::test {
namespace {

int play_all(const std::string& folder, const std::vector<std::string>& files) {
  const auto whole_life = scenario_text(folder + "/whole_life.txt");
  if (!whole_life.ok()) return tell(folder, "whole_life.txt is missing");
  return play_files(folder, files, [&] { return std::make_unique<Player>(*whole_life); });
}

// Every scenario is named by a rule, and every scenario that a rule names is there.
int check_named(const std::string& folder, const std::string& rules) {
  const auto text = scenario_text(rules);
  if (!text.ok()) return tell(rules, text.error().code);
  static const std::string kBefore = "tests/scenarios/";
  std::set<std::string> named;
  for (std::size_t at = text->find(kBefore); at != std::string::npos;
       at = text->find(kBefore, at + 1)) {
    const std::size_t from = at + kBefore.size();
    named.insert(text->substr(from, text->find('`', from) - from));
  }
  std::set<std::string> there;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".txt" && entry.path().filename() != "CMakeLists.txt")
      there.insert(entry.path().lexically_relative(folder).string());
  int faults = 0;
  for (const std::string& file : there)
    if (!named.contains(file)) faults += tell(folder + "/" + file, "no rule names it");
  for (const std::string& file : named)
    if (!there.contains(file)) faults += tell(rules, "names " + file + ", which is not there");
  std::printf("%zu scenarios, %zu named, %d faults\n", there.size(), named.size(), faults);
  return faults == 0 && !there.empty() ? 0 : 1;
}

}  // namespace
}  // namespace tz::test

int main(int count, char** words) {
  const std::vector<std::string> given(words + 1, words + count);
  if (given.size() >= 3 && given[0] == "play")
    return tz::test::play_all(given[1], {given.begin() + 2, given.end()});
  if (given.size() == 3 && given[0] == "named") return tz::test::check_named(given[1], given[2]);
  return 2;
}
