// Plays scenario files; each fault is told with file and line. Or checks that rules and scenarios
// name each other.
//
//   tz_scenario_test play FOLDER FILE...     tz_scenario_test named FOLDER RULES
#include <cstdio>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "base/file.h"
#include "scenarios/player.h"

namespace tz::test {
namespace {

constexpr std::size_t kFileBytesMax = 1 << 20;

Result<std::string> text_of(const std::string& path) {
  const auto file = TZ_TRY(read_file(path, kFileBytesMax));
  if (!file) return refusal("file_missing", {{"path", path}});
  return std::string(as_text(file->bytes));
}

int tell(const std::string& where, const std::string& what) {
  std::printf("%s: %s\n", where.c_str(), what.c_str());
  return 1;
}

// The first fault of each case; the number of cases without one goes to `held`.
int play(const std::string& path, const std::string& whole_life, int& held) {
  const auto text = text_of(path);
  if (!text.ok()) return tell(path, text.error().code);
  int faults = 0;
  std::optional<Player> player;
  bool broken = false;
  std::size_t number = 0;
  const auto end_case = [&](std::size_t line) {
    if (!player) return;
    if (const Fault wrong = broken ? Fault{} : player->finish())
      faults += tell(path + ":" + std::to_string(line), wrong->what);
    else if (!broken)
      ++held;
  };
  for (const std::string& line : split(*text, '\n')) {
    ++number;
    const bool given = line.starts_with("given ");
    if (given) end_case(number - 1);
    if (given || !player) {
      player.emplace(whole_life);
      broken = false;
    }
    if (broken) continue;
    const Fault wrong = given ? player->play_up_to(line.substr(6)) : player->play(line);
    if (!wrong) continue;
    faults += tell(path + ":" + std::to_string(number), line + ": " + wrong->what);
    broken = true;
  }
  end_case(number);
  return faults;
}

int play_all(const std::string& folder, const std::vector<std::string>& files) {
  const auto whole_life = text_of(folder + "/whole_life.txt");
  if (!whole_life.ok()) return tell(folder, "whole_life.txt is missing");
  int faults = 0;
  int held = 0;
  for (const std::string& file : files) faults += play(folder + "/" + file, *whole_life, held);
  std::printf("%zu scenarios, %d cases hold, %d faults\n", files.size(), held, faults);
  return faults == 0 ? 0 : 1;
}

// Every scenario is named by a rule, and every scenario that a rule names is there.
int check_named(const std::string& folder, const std::string& rules) {
  const auto text = text_of(rules);
  if (!text.ok()) return tell(rules, text.error().code);
  static const std::string kBefore = "tests/scenarios/";
  std::set<std::string> named;
  for (std::size_t at = text->find(kBefore); at != std::string::npos;
       at = text->find(kBefore, at + 1)) {
    const std::size_t from = at + kBefore.size();
    named.insert(text->substr(from, text->find('`', from) - from));
  }
  std::set<std::string> there;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".txt" && entry.path().filename() != "CMakeLists.txt")
      there.insert(entry.path().filename());
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
